package normalize

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// slowLetters is appendLetters by way of whole strings, for text that holds
// none of the characters that foldRune treats on its own.
func slowLetters(s string) string {
	s = strings.Map(dropDiacritic, norm.NFKD.String(s))
	s = strings.Map(dropDiacritic, norm.NFKD.String(cases.Fold().String(s)))
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s))
}

func TestLettersEqualReference(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	ranges := [][2]rune{{'A', 'z'}, {0xC0, 0x24F}, {0x370, 0x3FF}, {0x400, 0x52F}, {0x900, 0x97F}, {0x0E01, 0x0E5B}, {0x1100, 0x11FF},
		{0x1E00, 0x1FFF}, {0x3041, 0x30FF}, {0x3131, 0x318E}, {0x4E00, 0x4EFF}, {0xAC00, 0xAD00}, {0xFB00, 0xFB06}, {0xFF10, 0xFF9F}, {0x300, 0x36F}}
	for range 20_000 {
		var b strings.Builder
		for range 1 + rng.IntN(8) {
			x := ranges[rng.IntN(len(ranges))]
			r := x[0] + rng.Int32N(x[1]-x[0]+1)
			if f, special := specialRune(r); special && !isDiacritic(r) && (r > 0x7f || f != strings.ToLower(string(r))) {
				continue
			}
			b.WriteRune(r)
		}
		s := b.String()
		if strings.ContainsFunc(slowLetters(s), func(r rune) bool { f, special := specialRune(r); return special && f != string(r) }) {
			continue // a special case came out of a decomposition
		}
		if got, want := string(appendLetters(nil, s)), slowLetters(s); got != want {
			t.Fatalf("%+q folds to %+q, want %+q", s, got, want)
		}
	}
}

func TestEveryCharacterFoldsOnce(t *testing.T) {
	for r := rune(1); r <= unicode.MaxRune; r++ {
		s := string(r)
		once := string(appendLetters(nil, s))
		if twice := string(appendLetters(nil, once)); twice != once {
			t.Errorf("%U folds to %+q, and that to %+q", r, once, twice)
		}
		if got := foldedRune(r); got != foldRune(r) {
			t.Errorf("%U: table %+q, slowly %+q", r, got, foldRune(r))
		}
		word := Fold(s)
		if again := Fold(word); again != word {
			t.Errorf("%U: Fold %+q, again %+q", r, word, again)
		}
		if r > 0xFFFF { // beyond the first plane every 16th is enough
			r += 15
		}
	}
}
