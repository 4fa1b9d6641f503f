package dedupe

import (
	"context"
	"slices"
	"unicode/utf8"

	"github.com/unecho/unecho/dedupe/join"
)

// What words may stand for each other by a slip of the hand in the search for
// candidates.
const (
	slipLetters = 5 // letters of a word, at least
	slipWords   = 5 // words that one word is a slip of, at most, on average
)

// slips gives, for each record, a token for every rare word of its main text
// that is one edit away from another rare word, the same token for both: two
// records whose only telling word is misspelt in one share it.
func (l *list) slips(ctx context.Context) (*join.Sets, error) {
	w := l.title
	var text []string
	var symbol []int32
	for t, p := range w.symbols.text {
		if int(w.count(int32(t))) < few(l.n) && !digit(p) && utf8.RuneCountInString(p) >= slipLetters {
			text, symbol = append(text, p), append(symbol, int32(t))
		}
	}
	r, err := join.Typo(ctx, text, 1, join.Options{MaxPerRow: slipWords, Work: wordReads})
	if err != nil {
		return nil, err
	}
	of := make([][]int32, len(w.symbols.text))
	for k, p := range r.Pairs {
		of[symbol[p.A]] = append(of[symbol[p.A]], int32(k))
		of[symbol[p.B]] = append(of[symbol[p.B]], int32(k))
	}
	out := &join.Sets{Start: make([]int32, 1, l.n+1)}
	var row []int32
	for d := range int32(l.n) {
		row = row[:0]
		for _, t := range w.set(d) {
			row = append(row, of[t]...)
		}
		slices.Sort(row)
		out.Add(slices.Compact(row)...)
	}
	return out, nil
}

// vectors gives the words of each record with their weights, for a join.
func (w *words) vectors() *join.Vectors {
	v := &join.Vectors{Sets: w.sets, Each: make([]float32, len(w.weight))}
	for t, weight := range w.weight {
		v.Each[t] = float32(weight)
	}
	return v
}
