package normalize

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

// slowlyPlain is isPlain byte by byte.
func slowlyPlain(s string) bool {
	prev := byte(' ')
	for i := range len(s) {
		b := s[i]
		if b < ' ' || b >= 0x7f || b == '&' || b == ' ' && prev == ' ' {
			return false
		}
		prev = b
	}
	return s == "" || prev != ' '
}

func TestPlainEqualsReference(t *testing.T) {
	rng := rand.New(rand.NewPCG(15, 16))
	odd := "  \x00\x1f\x20\x21&\x7e\x7f\x80\xff\n\tA~"
	plain := 0
	for range 500_000 {
		b := []byte(strings.Repeat("a b", 12)[:rng.IntN(34)])
		for range rng.IntN(3) {
			if len(b) > 0 {
				b[rng.IntN(len(b))] = odd[rng.IntN(len(odd))]
			}
		}
		got, want := isPlain(string(b)), slowlyPlain(string(b))
		if got != want {
			t.Fatalf("isPlain(%q) = %v", b, got)
		}
		if want {
			plain++
		}
	}
	if plain < 1000 {
		t.Errorf("only %d texts were plain", plain)
	}
}

// TestQuietTextIsAtRest holds that no repair changes what isQuiet tells: of
// every character that stands for itself beside others of its kind, and of
// random text.
func TestQuietTextIsAtRest(t *testing.T) {
	var quiet []string
	for r := rune(utf8.RuneSelf); r <= utf8.MaxRune; r++ {
		if standsForItself(r) {
			quiet = append(quiet, string(r))
		}
	}
	rng := rand.New(rand.NewPCG(17, 18))
	ascii := []string{" ", "a", "e", ".", "&", "x;", "amp", "1"}
	told := 0
	hold := func(s string) {
		if !isQuiet(s) {
			return
		}
		told++
		if out, rules := cleanBy(s, repairs[:]); out != s {
			t.Fatalf("%q is quiet and becomes %q by %q", s, out, rules)
		}
	}
	for _, a := range quiet {
		hold(a)
		for range 8 {
			b, c := quiet[rng.IntN(len(quiet))], quiet[rng.IntN(min(len(quiet), 600))]
			hold(a + b)
			hold("a" + c + a + "e" + b + c)
			hold(ascii[rng.IntN(len(ascii))] + a + ascii[rng.IntN(len(ascii))] + c)
		}
	}
	for range 100_000 {
		hold(randomText(rng))
	}
	if told < 100_000 {
		t.Errorf("only %d texts were quiet", told)
	}
}
