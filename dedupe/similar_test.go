package dedupe

import "testing"

// A date is equal or different, never a ratio: 1932 and 1957 are not "75 % similar".
func TestDateSimilarity(t *testing.T) {
	for _, c := range []struct {
		a, b     string
		low, top float64
	}{
		{"1932", "1957", 0, 0},
		{"2017", "2018", 0.5, 0.5},
		{"2017", "2017-03-05", 0.95, 0.95},
		{"2017-03-05", "2017-05-03", 0.9, 0.9},
		{"2017-03-05", "2017-03-06", 0.8, 0.8},
		{"2017-03-05", "2017-11-28", 0.4, 0.5},
		{"1946-07-21", "1980-02-28", 0, 0},
	} {
		if s := dateSimilarity(c.a, c.b); s < c.low || s > c.top {
			t.Errorf("%s and %s: %v, want %v to %v", c.a, c.b, s, c.low, c.top)
		}
		if dateSimilarity(c.a, c.b) != dateSimilarity(c.b, c.a) {
			t.Errorf("%s and %s: not the same the other way round", c.a, c.b)
		}
	}
}

func TestAuthors(t *testing.T) {
	c := &comparer{}
	for _, k := range []struct {
		a, b   string
		agrees bool
	}{
		{"rusch v w; albain k s", "albain k s; rusch v w", true},
		{"rusch valerie; albain kathy", "rusch v w; albain k s", true},
		{"ross kenneth", "ross kenneth; ooi beng chin; neven frank", false},
		{"meyer anna", "schulz bernd", false},
		{"meyer anna", "meyer bernd", false},
	} {
		if s := c.authors(k.a, k.b); (s > agreesFrom) != k.agrees {
			t.Errorf("%q and %q: %v", k.a, k.b, s)
		}
	}
}

func TestRomanNumeralsAreNoSlip(t *testing.T) {
	for _, c := range []struct {
		p, q string
		want int
	}{
		{"ii", "iii", 0}, {"iv", "vi", 0}, {"international", "int", slipBeginning}, {"umbrella", "umbrela", slipTypo}, {"north", "south", 0},
	} {
		if got := slipKind(c.p, c.q); got != c.want {
			t.Errorf("%s and %s: %d, want %d", c.p, c.q, got, c.want)
		}
	}
}
