package dedupe

import (
	"math"

	"github.com/unecho/unecho/dedupe/lexicon"
)

// Some words tell one of a few apart and are never left out by accident: the
// women's team and the men's, the junior cup, the northern district. However
// alike the rest is, a text that has one and a text that has not are two
// things far more often than one.

// newQualified gives, for each record, which of these words its main text has.
func newQualified(w *words) []uint16 {
	known := &symbols{}
	bits := make([]uint16, len(w.symbols.text))
	for _, form := range lexicon.Forms(lexicon.Qualifier) {
		if t, ok := w.symbols.find(form); ok {
			for _, q := range lexicon.Stands(lexicon.Qualifier, form) {
				bits[t] |= 1 << known.of(q)
			}
		}
	}
	told := make([]uint16, len(w.sum))
	eachRange(len(told), func(lo, hi int) {
		for d := lo; d < hi; d++ {
			for _, t := range w.set(int32(d)) {
				told[d] |= bits[t]
			}
		}
	})
	return told
}

// qualifiers compares them: NaN where neither text has any, 1 for the same,
// -1 where one has a word that the other lacks.
func (l *list) qualifiers(a, b int32) float64 {
	switch x, y := l.told[a], l.told[b]; {
	case x|y == 0:
		return math.NaN()
	case x == y:
		return 1
	}
	return -1
}
