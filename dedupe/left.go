package dedupe

import (
	"context"
	"math"

	"github.com/unecho/unecho/dedupe/join"
	"github.com/unecho/unecho/pipeline/record"
)

// Left is Prepare of what is left of a list once records are gone: kept are its
// rows that are, ascending, and apart are those, by their number among these,
// that are different. Words, values and resemblances are counted anew and every
// pair is compared anew; but the pairs are those that p found, and those that a
// word or a value makes worth a look now that it has become rare. So it takes a
// fraction of the time.
//
// It serves large lists, which are searched at one similarity far below what
// may be merged, however many records are gone. What the columns hold and which
// words are affixes is taken over too: an affix is one for standing with many
// texts, and those that go take from that, so that no pair is surer for it. ok is false
// where it will not do, because the list is or becomes small. Then what is left
// must be prepared from the start.
func (p *Prepared) Left(ctx context.Context, kept []int, apart [][2]int, progress func(stage string, done, total int)) (left *Prepared, ok bool, err error) {
	if p.pairs == nil || p.deeds != nil || p.list.n <= smallList || p.list.across != nil {
		return nil, false, nil
	}
	l, of := p.list.left(p.list.in.left(kept, apart), kept)
	if l == nil || l.n <= smallList || l.few() != p.list.few() {
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

// left gives some of the records, with those that are different.
func (in *Input) left(kept []int, apart [][2]int) *Input {
	out := &Input{Columns: in.Columns, Forms: make([][]record.Form, len(in.Forms)), Different: apart}
	old := in.Len() - in.Old
	for _, r := range kept {
		if r >= old {
			out.Old++
		}
	}
	n := len(in.Columns)
	out.Cells = make([]string, 0, len(kept)*n)
	for _, r := range kept {
		out.Cells = append(out.Cells, in.Cells[r*n:(r+1)*n]...)
	}
	for c, forms := range in.Forms {
		if forms == nil {
			continue
		}
		out.Forms[c] = make([]record.Form, len(kept))
		for i, r := range kept {
			out.Forms[c][i] = forms[r]
		}
	}
	return out
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
	w.means, w.traits, w.firsts = from.title.means, from.title.traits, pickAll(from.title.firsts, keep)
	l.title = w
	l.told = pickAll(from.told, keep)
	l.heads = pickAll(from.heads, keep)
	l.sentence = pickAll(from.sentence, keep)
	l.joinMarks()
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

// left gives the texts of some of the records, in the same symbols.
func (t *texts) left(keep []int32) *texts {
	out := &texts{symbols: t.symbols}
	out.start, out.seq = pickRows(t.start, t.seq, keep)
	if t.aside != nil {
		_, out.aside = pickRows(t.start, t.aside, keep)
	}
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
