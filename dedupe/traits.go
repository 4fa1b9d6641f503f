package dedupe

import (
	"math/bits"
	"strings"
)

// trait is what decides, at a glance, that a word is no slip of another.
// Most pairs of left-over words have nothing in common; the glance costs a few
// nanoseconds, the letters a hundred.
type trait struct {
	letters uint64 // a bit for each of its bytes, by their last six bits
	length  int32  // in bytes
	first   byte
	digit   bool // begins with one
	coded   bool // holds one
	roman   bool // could be a roman numeral
}

// newTraits looks at each word once.
func newTraits(words []string) []trait {
	traits := make([]trait, len(words))
	eachRange(len(words), func(lo, hi int) {
		for i := lo; i < hi; i++ {
			traits[i] = traitOf(words[i])
		}
	})
	return traits
}

func traitOf(w string) trait {
	t := trait{length: int32(len(w)), digit: digit(w), coded: coded(w), roman: roman(w)}
	if w != "" {
		t.first = w[0]
	}
	for i := range len(w) {
		t.letters |= 1 << (w[i] & 63)
	}
	return t
}

// firstLetters gives, for each record, a bit for each first byte of its words, as
// trait.letters has them.
func (w *words) firstLetters() []uint64 {
	letters := make([]uint64, w.records())
	eachRange(len(letters), func(lo, hi int) {
		for d := lo; d < hi; d++ {
			for _, t := range w.set(int32(d)) {
				letters[d] |= 1 << (w.traits[t].first & 63)
			}
		}
	})
	return letters
}

// editsAtLeast is a lower bound of the edits between two words: an edit brings in at
// most one byte that the word did not have, and takes out at most one.
func editsAtLeast(x, y *trait) int {
	return max(bits.OnesCount64(x.letters&^y.letters), bits.OnesCount64(y.letters&^x.letters))
}

// slip says how words t and u may stand for each other, 0 where they may not or
// one begins with a digit. The tests hold it to slipKind, letter by letter.
func (w *words) slip(t, u int32) int {
	x, y := &w.traits[t], &w.traits[u]
	if x.digit || y.digit || x.roman && y.roman {
		return 0
	}
	shorter := min(x.length, y.length)
	if x.coded || y.coded {
		if shorter >= codeLetters && x.first == y.first && sameCode(w.symbols.text[t], w.symbols.text[u]) {
			return slipBeginning
		}
		return 0
	}
	limit := slipEdits(int(shorter))
	apart := int(max(x.length, y.length) - shorter)
	if shorter >= slipFrom && apart <= limit && editsAtLeast(x, y) <= limit && edits(w.symbols.text[t], w.symbols.text[u], limit) <= limit {
		return slipTypo
	}
	if x.first == y.first && (strings.HasPrefix(w.symbols.text[t], w.symbols.text[u]) || strings.HasPrefix(w.symbols.text[u], w.symbols.text[t])) {
		return slipBeginning
	}
	return 0
}
