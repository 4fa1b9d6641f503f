package profile

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// slowShape is patternShape without a glance before any pattern.
func slowShape(v string) Shape {
	p := loadPatterns()
	hasDigit := strings.ContainsAny(v, "0123456789")
	oneWord := !strings.ContainsAny(v, " \t\n")
	switch {
	case p.email.MatchString(v):
		return ShapeEmail
	case p.doi.MatchString(v):
		return ShapeDOI
	case oneWord && strings.ContainsAny(v, ":/") && p.url.MatchString(v), oneWord && strings.HasPrefix(strings.ToLower(v), "www."):
		return ShapeURL
	case oneWord && p.host.MatchString(v):
		return ShapeHost
	case !hasDigit:
		return ShapeOther
	case IsBookNumber(v):
		return ShapeISBN
	case p.uuid.MatchString(v):
		return ShapeUUID
	case p.date.MatchString(v):
		return ShapeDate
	case p.year.MatchString(v):
		return ShapeYear
	case p.whole.MatchString(v):
		return ShapeWhole
	case p.decimal.MatchString(v):
		return ShapeDecimal
	case p.pages.MatchString(v):
		return ShapePages
	case p.price.MatchString(v):
		return ShapePrice
	case p.phone.MatchString(v):
		return ShapePhone
	case p.age.MatchString(v):
		return ShapeAge
	case p.dateWords.MatchString(v):
		return ShapeDate
	case !oneWord && p.address.MatchString(v) && len(strings.Fields(v)) <= 7:
		return ShapeAddress
	}
	return ShapeOther
}

// TestGlancesTurnNothingAway holds that a value has the shape that it has when
// every pattern is tried.
func TestGlancesTurnNothingAway(t *testing.T) {
	pieces := strings.Fields("1 7 12 31 1987 2014 2101 10. 1000 19361207 3.14 1,299.00 + - – . , ( ) [ ] : / @ $ € £ % x c c. p. pp. pages Seiten s. e eur EUR usd st rd " +
		"about over vor il y a hace ago years Jahren ſ K weeks March 3rd März May de 12:30 T12:00 Monday, doi: https://doi.org/ 10.1000/x www. example .com Str. Hauptstraße weg rue de the 0000-0000 00 ext")
	rng := rand.New(rand.NewPCG(11, 12))
	shapes := map[Shape]int{}
	for range 60_000 {
		var b strings.Builder
		for range 1 + rng.IntN(7) {
			b.WriteString(pieces[rng.IntN(len(pieces))])
			b.WriteString([...]string{"", " ", " "}[rng.IntN(3)])
		}
		v := strings.TrimSpace(b.String())
		got, want := patternShape(v), slowShape(v)
		if shapes[want]++; got != want {
			t.Fatalf("%q: %v, want %v", v, got, want)
		}
	}
	if len(shapes) < 14 {
		t.Errorf("only the shapes %v were tried", shapes)
	}
}

// TestRepeatsEqualReference holds the shards to one map.
func TestRepeatsEqualReference(t *testing.T) {
	rng := rand.New(rand.NewPCG(13, 14))
	for range 50 {
		hashes := make([]uint64, rng.IntN(3000))
		for i := range hashes {
			hashes[i] = mix(rng.Uint64N(1+uint64(len(hashes)))) | 1<<63
		}
		seen := map[uint64]bool{}
		for i, again := range repeats(hashes) {
			if again != seen[hashes[i]] {
				t.Fatalf("hash %d of %d: %v", i, len(hashes), again)
			}
			seen[hashes[i]] = true
		}
	}
}
