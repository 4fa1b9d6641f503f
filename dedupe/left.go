package dedupe

import (
	"context"
	"math"
	"slices"
	"sync"

	"github.com/unecho/unecho/dedupe/join"
)

// farOff is how far, in nats, a pair must be from being asked about to be left as
// it was compared before. The counts of words and values, which are all that
// has changed, seldom move a pair by a tenth of that (TestLeftIsPreparedFromTheStart).
const farOff = 1.5

// mostGone is the share of the distinct records, one in so many, that may be
// gone: beyond it, what is left is another list.
const mostGone = 4

// Left is Prepare of what is left of a list once records are gone: kept are its
// rows that are, ascending, and apart are those, by their number among these,
// that are different. It takes a fraction of the time: words and values are
// counted anew, and each pair that p found and that may be merged or asked about
// with o is compared anew if a word, a value or a neighbour of its records is
// another, as are those that a word or a value makes worth a look now that it has
// become rare. The others stay as they were compared.
//
// It serves large lists, which are searched at one similarity far below what
// may be merged, however many records are gone. What the columns hold and how
// rare each group of letters is are taken over. What of a main text is an affix
// is found anew: anew tells of it, nil leaves it as it is; pairs of records that
// have other affixes are compared anew too. ok is false where all this will not
// do, because the list is or becomes small or more than a quarter of it is gone.
// Then what is left must be prepared from the start.
//
// Where over is set and ok is true, p must not be used any more: what is left is
// laid down over it, which takes less memory.
func (p *Prepared) Left(ctx context.Context, kept []int, apart [][2]int, anew Anew, over bool, o Options) (left *Prepared, ok bool, err error) {
	if p.pairs == nil || p.deeds != nil || p.list.n <= smallList || p.list.across != nil {
		return nil, false, nil
	}
	if o.Progress != nil {
		o.Progress("counting", 0, 0)
	}
	k := p.list.keep(kept, over)
	if k == nil || len(k.records) <= smallList || few(len(k.records)) != few(p.list.n) || (p.list.n-len(k.records))*mostGone > p.list.n {
		return nil, false, nil
	}
	l, other, ok := p.list.left(k, apart, anew)
	if !ok {
		return nil, false, nil
	}
	more, err := l.rarer(ctx, p.list)
	if err != nil {
		return nil, false, err
	}
	stirred := l.stirred(p.list)
	left = &Prepared{list: l, promise: p.promise}
	open := left.follow(p, k.of, l.resembling(more, nil), stirred, over, o)
	for i, q := range left.pairs {
		open[i] = open[i] || other != nil && (other[q.A] || other[q.B])
	}
	return left, true, left.measure(ctx, func(i int) bool { return open[i] }, during("comparing", o.Progress))
}

// hardly is by how much, in nats, the weight of a word or a value may be another
// than in the pass before for a pair to stay as it was compared: with all words
// of a record and all passes a small share of farOff.
const hardly = 0.002

// stirred says which records hold a word or a value that weighs another amount
// than before, the same list with more records.
func (l *list) stirred(before *list) []bool {
	out := make([]bool, l.n)
	if !l.still(before) {
		for d := range out {
			out[d] = true
		}
		return out
	}
	mark := func(w, was *words) {
		moved := make([]bool, len(w.weight))
		for t, v := range w.weight {
			moved[t] = math.Abs(v-was.weight[t]) > hardly
		}
		eachRange(l.n, func(lo, hi int) {
			for d := lo; d < hi; d++ {
				out[d] = out[d] || slices.ContainsFunc(w.in(int32(d)), func(t int32) bool { return moved[t] })
			}
		})
	}
	mark(l.title, before.title)
	for i, b := range l.bodies {
		mark(b, before.bodies[i])
	}
	for i, f := range l.fields {
		for d, v := range f.value {
			out[d] = out[d] || v >= 0 && math.Abs(f.nats(v, l.logN)-before.fields[i].nats(v, l.logN)) > hardly
		}
	}
	return out
}

// still says whether what is weighed for the list as a whole is hardly another
// than before.
func (l *list) still(before *list) bool {
	if before.logN-l.logN > hardly {
		return false
	}
	for i, f := range l.fields {
		if b := before.fields[i]; math.Abs(f.power-b.power) > hardly || math.Abs(f.against-b.against) > hardly {
			return false
		}
	}
	return true
}

// follow takes the pairs of before whose records are left, of says which they
// are now, and more pairs; it gives those that must be compared anew, of pairs that
// were compared before those with a record that is stirred, or that lost or
// gained a neighbour. Where over is set, before lets go of what it holds.
func (p *Prepared) follow(before *Prepared, of []int32, more []join.Scored, stirred []bool, over bool, o Options) (open []bool) {
	o = before.settings(o)
	for _, q := range more {
		stirred[q.A], stirred[q.B] = true, true
	}
	most := len(before.pairs) + len(more)
	pairs := make([]join.Scored, 0, most)
	was := make([]int32, 0, most) // of each pair: its number before, -1 for a new one
	for i, q := range before.pairs {
		a, b := of[q.A], of[q.B]
		if a < 0 || b < 0 {
			if d := max(a, b); d >= 0 {
				stirred[d] = true
			}
			continue
		}
		for len(more) > 0 && (more[0].A < a || more[0].A == a && more[0].B < b) {
			pairs, was, more = append(pairs, more[0]), append(was, -1), more[1:]
		}
		if len(more) > 0 && more[0].A == a && more[0].B == b {
			more = more[1:]
		}
		pairs, was = append(pairs, join.Scored{A: a, B: b, Score: before.near[i]}), append(was, int32(i))
	}
	for _, q := range more {
		pairs, was = append(pairs, q), append(was, -1)
	}
	if over {
		before.pairs, before.near, before.margins = nil, nil, nil
	}
	p.take(pairs)
	p.rows = before.rows.pick(was, over)
	open = make([]bool, len(pairs))
	asked, any := logOdds(o.Review), o
	any.Same = 0
	eachRange(len(pairs), func(lo, hi int) {
		for i := lo; i < hi; i++ {
			if was[i] < 0 {
				open[i] = true
				continue
			}
			p.facts[i] = before.facts[was[i]]
			score := o.Weights.score(p.rows.at(i))
			open[i] = (stirred[pairs[i].A] || stirred[pairs[i].B]) && (score >= asked-farOff || certain(score, p.facts[i], &any))
		}
	})
	return open
}

// keeper says which records are kept, and picks them out of what is known of all.
type keeper struct {
	rows    []int   // kept, ascending
	records []int32 // distinct ones, ascending
	of      []int32 // of each distinct record: its number among those kept, -1 where it is gone
	row     []int32 // of each kept: where its row stands among rows
	over    bool    // what is picked is laid down over what it is picked from
}

// keep makes the keeper; nil where equal records are kept.
func (l *list) keep(rows []int, over bool) *keeper {
	k := &keeper{rows: rows, of: make([]int32, l.n), over: over}
	at := make([]int32, l.n) // 1 + where the row of a record stands
	for i, r := range rows {
		d := l.of[r]
		if at[d] > 0 {
			return nil
		}
		at[d] = int32(i) + 1
	}
	for d, i := range at {
		k.of[d] = -1
		if i > 0 {
			k.of[d] = int32(len(k.records))
			k.records = append(k.records, int32(d))
			k.row = append(k.row, i-1)
		}
	}
	return k
}

// pick gives the values of the distinct records that are kept; nil of nil.
func pick[T any](k *keeper, values []T) []T { return pickAt(k, k.records, values) }

// pickAt gives the values at ascending places.
func pickAt[T any, I int | int32](k *keeper, at []I, values []T) []T {
	if values == nil {
		return nil
	}
	out := values[:len(at)]
	if !k.over {
		out = make([]T, len(at))
	}
	for i, d := range at {
		out[i] = values[d]
	}
	return out
}

// pickRows gives the rows of the distinct records that are kept, of rows
// all[start[r]:start[r+1]].
func pickRows[T any](k *keeper, start []int32, all []T) ([]int32, []T) {
	at := make([]int32, 1, len(k.records)+1)
	for i, d := range k.records {
		at = append(at, at[i]+start[d+1]-start[d])
	}
	out := all[:at[len(k.records)]]
	if !k.over {
		out = make([]T, len(out))
	}
	for i, d := range k.records {
		copy(out[at[i]:], all[start[d]:start[d+1]])
	}
	return at, out
}

// left gives the records that are kept; apart are those, by their number among
// the rows kept, that are different.
func (in *Input) left(k *keeper, apart [][2]int) *Input {
	out := &Input{Columns: in.Columns, Cells: in.Cells, Different: apart, dates: make([][]string, len(in.dates))}
	old := in.Len() - in.Old
	for _, r := range k.rows {
		if r >= old {
			out.Old++
		}
	}
	if in.at != nil {
		out.at = pickAt(k, k.rows, in.at)
	} else {
		out.at = make([]int32, len(k.rows))
		for i, r := range k.rows {
			out.at[i] = int32(r)
		}
	}
	for c, dates := range in.dates {
		out.dates[c] = pickAt(k, k.rows, dates)
	}
	return out
}

// left makes the list of the records that are kept, and says which have other
// affixes than before, nil for none; ok is false, and nothing laid over, where a
// column tells nothing any more.
func (l *list) left(k *keeper, apart [][2]int, anew Anew) (out *list, other []bool, ok bool) {
	out = &list{cols: l.cols, main: l.main, titled: l.titled, named: l.named, n: len(k.records), order: k.row, of: make([]int32, len(k.rows))}
	out.logN = math.Log(float64(out.n) + 1)
	for d, i := range k.row {
		out.of[i] = int32(d)
		out.begin = append(out.begin, int32(d))
	}
	out.begin = append(out.begin, int32(out.n))
	if !out.copyFields(l, k) {
		return nil, nil, false
	}
	out.in, out.twins = l.in.left(k, apart), pick(k, l.twins)
	out.copyTitle(l, k)
	if anew != nil {
		other = out.setAside(anew)
	}
	for _, b := range l.bodies {
		out.bodies = append(out.bodies, b.left(k))
	}
	out.copyGrams(l, k)
	out.silence()
	return out, other, true
}

// copyTitle takes the main texts of the records of a list that are kept.
func (l *list) copyTitle(from *list, k *keeper) {
	l.title = from.title.left(k)
	l.title.means, l.title.traits, l.title.firsts = from.title.means, from.title.traits, pick(k, from.title.firsts)
	l.told, l.heads, l.sentence = pick(k, from.told), pick(k, from.heads), pick(k, from.sentence)
	l.marked, l.mark = pickRows(k, from.marked, from.mark)
	for _, b := range from.begins {
		l.begins = append(l.begins, pick(k, b))
	}
}

// Anew tells of rows of a column, by their number among those kept, which of
// their words, from..to, are no affix. It tells of all rows that may have one,
// once of each, from several goroutines at a time.
type Anew func(column int, tell func(row, from, to int))

// setAside says anew which words belong to affixes, and gives the records for
// which that is other than before; nil where there are none.
func (l *list) setAside(anew Anew) (other []bool) {
	if l.title.aside == nil {
		l.title.aside = make([]bool, len(l.title.seq))
	}
	other = make([]bool, l.n)
	for i, c := range l.main {
		anew(c, func(row, from, to int) {
			d := l.of[row]
			begin, end := l.piece(d, i)
			words, was := l.title.seq[begin:end], l.title.aside[begin:end]
			to = min(to, len(words)) // the text of a column is cut where there are several
			var room [64]bool
			aside := append(room[:0], make([]bool, len(words))...)
			markBeside(aside, words, min(from, to), to)
			if !slices.Equal(aside, was) {
				copy(was, aside)
				other[d] = true
			}
		})
	}
	if !slices.Contains(other, true) {
		return nil
	}
	return other
}

// piece gives where the words begin and end that column i of the main text has
// in record d.
func (l *list) piece(d int32, i int) (begin, end int32) {
	begin, end = l.title.start[d], l.title.start[d+1]
	if i < len(l.begins) {
		end = begin + l.begins[i][d]
	}
	if i > 0 {
		begin += l.begins[i-1][d]
	}
	return begin, end
}

// markBeside marks the words of a text that its core, words[from:to], lacks. Each
// word of the core is met in order, as in markAside.
func markBeside(aside []bool, words []int32, from, to int) {
	if from == 0 {
		for i := to; i < len(words); i++ {
			aside[i] = true
		}
		return
	}
	if !slices.ContainsFunc(words[:from], func(t int32) bool { return slices.Contains(words[from:to], t) }) {
		for i := range words {
			aside[i] = i < from || i >= to
		}
		return
	}
	left := map[int32]int{}
	for _, t := range words[from:to] {
		left[t]++
	}
	for i, t := range words {
		if left[t] > 0 {
			left[t]--
		} else {
			aside[i] = true
		}
	}
}

// copyFields takes the other columns; false where one tells nothing any more.
func (l *list) copyFields(from *list, k *keeper) bool {
	for _, f := range from.fields {
		g := *f
		g.value = pickAt(&keeper{}, k.records, f.value)
		if !g.weigh(l) {
			return false
		}
		l.fields = append(l.fields, &g)
	}
	return true
}

// copyGrams takes the groups of letters as they were weighed.
func (l *list) copyGrams(from *list, k *keeper) {
	take := func(g *grams, start, seq []int32) *grams {
		return &grams{start: start, seq: seq, from: g.from, of: g.of, idf: g.idf, scale: pick(k, g.scale)}
	}
	l.short = take(from.short, l.title.start, l.title.seq)
	l.whole = l.short
	if from.whole != from.short {
		start, seq := pickRows(k, from.whole.start, from.whole.seq)
		l.whole = take(from.whole, start, seq)
	}
}

// left gives the words of the records that are kept, in the same symbols, weighed anew.
func (w *words) left(k *keeper) *words {
	out := &words{texts: texts{symbols: w.symbols}}
	var beside sync.WaitGroup
	beside.Go(func() { out.sets.Start, out.sets.Token = pickRows(k, w.sets.Start, w.sets.Token) })
	if w.aside != nil {
		_, out.aside = pickRows(k, w.start, w.aside)
	}
	out.start, out.seq = pickRows(k, w.start, w.seq)
	beside.Wait()
	out.weigh()
	return out
}

// rarer finds the pairs that share a word or a value which too many records had
// before, and which has become rare.
func (l *list) rarer(ctx context.Context, before *list) ([]join.Pair, error) {
	var found [][]join.Scored
	few := int32(few(l.n))
	sets := []*join.Sets{l.title.only(func(t int32) bool { return before.title.count(t) > few && l.title.count(t) <= few })}
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
	return join.Union(found...), nil
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

// only gives the sets of words without those that do not hold.
func (w *words) only(holds func(t int32) bool) *join.Sets {
	out := &join.Sets{Start: make([]int32, w.records()+1)}
	var held []int32 // words
	for t := range int32(len(w.symbols.text)) {
		if !holds(t) {
			continue
		}
		held = append(held, t)
		for _, d := range w.holders(t) {
			out.Start[d+1]++
		}
	}
	for d := range w.records() {
		out.Start[d+1] += out.Start[d]
	}
	out.Token = make([]int32, out.Start[w.records()])
	next := slices.Clone(out.Start)
	for _, t := range held {
		for _, d := range w.holders(t) {
			out.Token[next[d]] = t
			next[d]++
		}
	}
	return out
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
