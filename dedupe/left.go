package dedupe

import (
	"context"
	"math"
	"slices"

	"github.com/unecho/unecho/dedupe/join"
	"github.com/unecho/unecho/pipeline/record"
)

// Left is Prepare of what is left of a list once records are gone: in holds the
// rows kept of p, ascending, in their order. Words, values and resemblances are
// counted anew and every pair is compared anew; but the pairs are those that p
// found, and those that a word or a value makes worth a look now that it has
// become rare. So it takes a tenth of the time.
//
// It serves large lists, which are searched at one similarity far below what
// may be merged, however many records are gone. ok is false where it will not do:
// the list is or becomes small, or its forms or columns are others than before.
// Then what is left must be prepared from the start.
func (p *Prepared) Left(ctx context.Context, in *Input, kept []int, progress func(stage string, done, total int)) (left *Prepared, ok bool, err error) {
	if p.pairs == nil || p.deeds != nil || !p.list.unchanged(in, kept) {
		return nil, false, nil
	}
	l, of := p.list.left(in, kept)
	if l == nil || l.few() != p.list.few() || l.n <= smallList {
		return nil, false, nil
	}
	var found []join.Pair
	for _, q := range p.pairs {
		if a, b := of[q.A], of[q.B]; a >= 0 && b >= 0 {
			found = append(found, join.Pair{A: a, B: b})
		}
	}
	more, err := l.rarer(ctx, p.list)
	if err != nil {
		return nil, false, err
	}
	pairs := l.resembling(join.With(found, more...))
	left = &Prepared{list: l, promise: p.promise}
	return left, true, left.measure(ctx, pairs, during("comparing", progress))
}

// unchanged says whether rows have the columns and forms that they had. What of a
// main text is an affix may be other than before.
func (l *list) unchanged(in *Input, kept []int) bool {
	if l.n <= smallList || len(in.Columns) != len(l.in.Columns) || in.Across != nil != (l.in.Across != nil) {
		return false
	}
	same := func(x, y *record.Form) bool {
		return x.Text == y.Text && x.Head == y.Head && slices.Equal(x.Marks, y.Marks)
	}
	for c := range in.Columns {
		if x, y := in.Columns[c], l.in.Columns[c]; x.Role != y.Role || x.Part != y.Part || x.Group != y.Group || (in.Forms[c] == nil) != (l.in.Forms[c] == nil) {
			return false
		}
		if in.Forms[c] == nil {
			continue
		}
		for i, r := range kept {
			if !same(&in.Forms[c][i], &l.in.Forms[c][r]) {
				return false
			}
		}
	}
	return true
}

// left makes the list of the rows that are kept, and says which of its distinct
// records each of l is, -1 where it is gone. nil where equal records are kept, or
// a column tells nothing any more.
func (l *list) left(in *Input, kept []int) (out *list, of []int32) {
	out = &list{in: in, main: l.main, titled: l.titled, named: l.named, of: make([]int32, len(kept))}
	of = make([]int32, l.n)
	for d := range of {
		of[d] = -1
	}
	row := make([]int32, l.n) // where the row of a record stands in what is left
	for i, r := range kept {
		d := l.of[r]
		if of[d] >= 0 {
			return nil, nil
		}
		of[d], row[d] = 0, int32(i)
	}
	var keep []int32 // records of l
	for d := range of {
		if of[d] >= 0 {
			of[d] = int32(len(keep))
			out.of[row[d]] = of[d]
			out.begin = append(out.begin, of[d])
			out.order = append(out.order, row[d])
			keep = append(keep, int32(d))
		}
	}
	out.n = len(keep)
	out.begin = append(out.begin, int32(out.n))
	out.setAcross()
	out.logN = math.Log(float64(out.n) + 1)
	out.copyTitle(l, keep)
	if !out.copyFields(l, keep) {
		return nil, nil
	}
	out.copyGrams(l, keep)
	return out, of
}

// copyTitle takes the main texts of the records of l that are kept.
func (l *list) copyTitle(from *list, keep []int32) {
	w := from.title.left(keep)
	w.aside = l.asides(w)
	w.means, w.traits, w.firsts = from.title.means, from.title.traits, pickAll(from.title.firsts, keep)
	l.title = w
	l.told = pickAll(from.told, keep)
	l.heads = pickAll(from.heads, keep)
	l.sentence = pickAll(from.sentence, keep)
	l.joinMarks()
}

// asides says which words of the main texts belong to affixes; nil where none do.
func (l *list) asides(w *words) []bool {
	flanked := make([]bool, l.n)
	eachRange(l.n, func(lo, hi int) {
		for d := lo; d < hi; d++ {
			flanked[d] = len(l.text(d, l.main, true)) != len(l.text(d, l.main, false))
		}
	})
	if !slices.Contains(flanked, true) {
		return nil
	}
	aside := make([]bool, len(w.seq))
	eachRange(l.n, func(lo, hi int) {
		for d := lo; d < hi; d++ {
			if flanked[d] {
				markAside(aside[w.start[d]:w.start[d+1]], w.in(int32(d)), w.symbols.text, l.text(d, l.main, true))
			}
		}
	})
	return aside
}

// copyFields takes the other columns; false where one tells nothing any more.
func (l *list) copyFields(from *list, keep []int32) bool {
	for _, f := range from.fields {
		g := *f
		g.value = pickAll(f.value, keep)
		if !g.weigh(l) {
			return false
		}
		l.fields = append(l.fields, &g)
	}
	for _, b := range from.bodies {
		l.bodies = append(l.bodies, b.left(keep))
	}
	l.silence()
	return true
}

// copyGrams takes the words of the texts and counts their grams anew.
func (l *list) copyGrams(from *list, keep []int32) {
	l.short = from.short.left(&l.title.texts)
	l.whole = l.short
	if from.whole != from.short {
		whole := texts{start: from.whole.start, seq: from.whole.seq}
		l.whole = from.whole.left(whole.left(keep))
	}
}

// left gives the grams of other texts in the same words.
func (g *grams) left(t *texts) *grams {
	out := &grams{start: t.start, seq: t.seq, from: g.from, of: g.of}
	out.weigh(len(g.idf))
	return out
}

// left gives the words of some of the records, weighed anew.
func (w *words) left(keep []int32) *words {
	out := &words{texts: *w.texts.left(keep)}
	out.sets.Start, out.sets.Token = pickRows(w.sets.Start, w.sets.Token, keep)
	out.weigh()
	return out
}

// left gives the texts of some of the records, in the same symbols, without
// affixes.
func (t *texts) left(keep []int32) *texts {
	out := &texts{symbols: t.symbols}
	out.start, out.seq = pickRows(t.start, t.seq, keep)
	return out
}

// pickAll gives some of the values; nil of nil.
func pickAll[T any](values []T, keep []int32) []T {
	if values == nil {
		return nil
	}
	out := make([]T, len(keep))
	for i, d := range keep {
		out[i] = values[d]
	}
	return out
}

// pickRows gives some of the rows, row r being all[start[r]:start[r+1]].
func pickRows[T any](start []int32, all []T, keep []int32) ([]int32, []T) {
	at := make([]int32, 1, len(keep)+1)
	for i, d := range keep {
		at = append(at, at[i]+start[d+1]-start[d])
	}
	out := make([]T, at[len(keep)])
	eachRange(len(keep), func(lo, hi int) {
		for i := lo; i < hi; i++ {
			copy(out[at[i]:at[i+1]], all[start[keep[i]]:start[keep[i]+1]])
		}
	})
	return at, out
}

// rarer finds the pairs that share a word or a value which too many records had
// before, and which has become rare.
func (l *list) rarer(ctx context.Context, before *list) (found [][]join.Scored, err error) {
	few := int32(l.few())
	words := func(t int32) bool { return before.title.count(t) > few && l.title.count(t) <= few }
	sets := []*join.Sets{only(&l.title.sets, words)}
	if len(l.fields) > 0 {
		sets = append(sets, only(l.values(), l.valueCrossed(before, few)))
	}
	for _, s := range sets {
		r, err := join.Rare(ctx, s, int(few), join.Options{List: l.across, MaxPerRow: rarePer})
		if err != nil {
			return nil, err
		}
		found = append(found, r.Pairs)
	}
	return found, nil
}

// valueCrossed says of the tokens of list.values whether too many records had
// them before.
func (l *list) valueCrossed(before *list, few int32) func(t int32) bool {
	var crossed []bool
	for i, f := range l.fields {
		for v, c := range f.count {
			crossed = append(crossed, before.fields[i].count[v] > few && c <= few)
		}
	}
	return func(t int32) bool { return crossed[t] }
}

// only gives the sets without the tokens that do not hold.
func only(s *join.Sets, holds func(t int32) bool) *join.Sets {
	out := &join.Sets{Start: make([]int32, 1, len(s.Start))}
	for r := range int32(s.Len()) {
		for _, t := range s.Row(r) {
			if holds(t) {
				out.Token = append(out.Token, t)
			}
		}
		out.Start = append(out.Start, int32(len(out.Token)))
	}
	return out
}
