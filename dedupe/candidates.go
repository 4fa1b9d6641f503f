package dedupe

import (
	"context"
	"fmt"
	"sort"
	"sync"

	"github.com/unecho/unecho/dedupe/join"
	"github.com/unecho/unecho/pipeline/record"
)

// The search for candidates. A small list affords a join over the letters of
// whole records at a low similarity; what resembles by chance grows with the
// square of the list, so a large one is joined over its words. Rare words,
// rare words a slip apart, and equal rare values of other columns come on top.
// docs/performance.md says what each reaches on the labelled lists.
const (
	gramReads  = 15_000_000 // index entries that the join over letters may read
	wordReads  = 10_000_000 // index entries that the join over words may read, the fewer the larger a large list is,
	wordMore   = 60         // and so many for each record
	nearPer    = 100        // pairs that a join keeps per record, on average
	rarePer    = 40         // pairs by rare words or values that are kept per record
	rareIn     = 10         // records that a rare value has, at most, in a list of any size
	smallList  = 25_000     // records up to which the budgets are generous
	middleList = 200_000
)

// lettered and spelt are the similarities that the two joins are asked for, the
// lowest that can be afforded.
var (
	lettered = []float64{0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6}
	spelt    = []float64{0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8}
)

// few is how many records of n have a word or a value that is rare enough for a
// look at all pairs of them.
func few(n int) int {
	switch {
	case n <= smallList:
		return 50
	case n <= middleList:
		return 20
	}
	return rareIn
}

// candidates finds the pairs of distinct records that are worth comparing, in
// order of A, then B, each with its resemblance, and says what is promised.
// searching and ranking are told how far it is.
func (l *list) candidates(ctx context.Context, searching, ranking func(done, total int)) ([]join.Scored, Promise, error) {
	way, share := &steps{tell: searching, total: l.n}, [3]float64{0.25, 0.6, 0.15} // of a large list; a small one is searched at once
	if len(l.fields) > 0 {
		share = [3]float64{0.1, 0.5, 0.4}
	}
	way.next(share[0])
	s := &search{ctx: ctx, l: l, o: join.Options{List: l.across, MaxPerRow: nearPer, Progress: rising(way.next(share[1]))}}
	var slips *join.Sets
	var failed error
	var aside sync.WaitGroup // what one core does alone goes beside what the others do
	aside.Go(func() { slips, failed = l.slips(ctx) })
	s.near()
	way.next(share[2])
	aside.Wait()
	promised := len(s.found)
	s.o.MaxPerRow, s.o.Progress = rarePer, nil
	s.rare(&l.title.sets)
	if l.n > smallList && s.err == nil {
		rare := &s.found[len(s.found)-1]
		*rare = l.title.sharing(*rare)
	}
	if failed != nil {
		s.fail(failed)
	}
	s.rare(slips)
	if len(l.fields) > 0 {
		s.rare(l.values())
	}
	if s.err != nil {
		return nil, s.promise, s.err
	}
	found, near := join.Union(s.found...), join.Union(s.found[:promised]...)
	s.found = nil // large, and not needed while the rest is weighed
	pairs := l.nearest(found, ranking)
	s.note(near, pairs)
	s.promise.Candidates = len(pairs)
	if l.n > 0 {
		s.promise.PerRecord = float64(len(pairs)) / float64(l.n)
	}
	return pairs, s.promise, ctx.Err()
}

// rising tells how far a join is, which reads the more the more records came before.
func rising(tell func(done, total int)) func(done, total int) {
	if tell == nil {
		return nil
	}
	return func(done, total int) {
		x := float64(done) / float64(max(total, 1))
		tell(int(1000*(x+x*x)), 2000)
	}
}

// search collects pairs, the first error ends it.
type search struct {
	ctx     context.Context
	l       *list
	o       join.Options
	found   [][]join.Scored
	promise Promise
	err     error
}

// near runs the exact joins: over letters where that can be afforded, and over
// words. The promise is that of the first.
func (s *search) near() {
	l := s.l
	if t := s.letters(l.whole); t > 0 {
		s.promise.Similarity, s.promise.Of = t, "groups of three letters of the whole record, weighted by rarity"
	}
	if l.short != l.whole {
		s.letters(l.short)
	}
	words := l.title.vectors()
	reads := wordReads*min(1, smallList/float64(l.n)) + wordMore*float64(l.n)
	t := s.affordable(words, l.n, spelt, reads)
	if t == 0 {
		t = spelt[len(spelt)-1]
		s.o.Work = int64(reads)
	}
	if s.promise.Similarity == 0 {
		s.promise.Similarity, s.promise.Of = t, "words of the main text, weighted by rarity"
	}
	s.cosine(words, t)
}

// letters runs the join over letters at the lowest similarity that can be
// afforded, and gives it, 0 where none can.
func (s *search) letters(g *grams) float64 {
	t := s.affordable(g.vectors(min(s.l.n, sampled)), s.l.n, lettered, gramReads)
	if t > 0 {
		s.cosine(g.vectors(s.l.n), t)
	}
	return t
}

// sampled is how many records the cost of a join is estimated from. Records
// are in order of a hash of their content, so the first are as good as any.
const sampled = 4096

// affordable gives the lowest of the similarities, ascending, for which a join
// of n records, of which v has the first or all, reads about so many index
// entries, 0 where each reads more. The cost grows with the square of the list.
func (s *search) affordable(v *join.Vectors, n int, similarities []float64, reads float64) float64 {
	m := min(v.Len(), sampled)
	part := &join.Vectors{Sets: join.Sets{Start: v.Start[:m+1], Token: v.Token[:v.Start[m]]}, Each: v.Each}
	if v.Each == nil {
		part.Weight = v.Weight[:v.Start[m]]
	}
	scale := float64(n) / float64(max(m, 1))
	at := sort.Search(len(similarities), func(i int) bool {
		cost, err := join.CosineCost(s.ctx, part, similarities[i], join.Options{})
		if err != nil {
			s.fail(err)
		}
		return err != nil || float64(cost)*scale*scale <= reads
	})
	if s.err != nil || at == len(similarities) {
		return 0
	}
	return similarities[at]
}

func (s *search) fail(err error) {
	if s.err == nil {
		s.err = err
	}
}

func (s *search) cosine(v *join.Vectors, t float64) {
	if s.err != nil {
		return
	}
	r, err := join.Cosine(s.ctx, v, t, s.o)
	if err != nil {
		s.fail(err)
		return
	}
	if r.Cut > 0 {
		s.promise.Notes = append(s.promise.Notes, fmt.Sprintf("%d records share words with so many others that the search among them was cut short", r.Cut))
	}
	s.o.Progress = nil
	s.found = append(s.found, r.Pairs)
}

func (s *search) rare(sets *join.Sets) {
	if s.err != nil {
		return
	}
	r, err := join.Rare(s.ctx, sets, few(s.l.n), s.o)
	if err != nil {
		s.fail(err)
		return
	}
	s.found = append(s.found, r.Pairs)
}

// leastShared is how much of the words of two records they must share, by
// weight, to be worth a look for a rare word alone, in a large list.
const leastShared = 0.1

// sharing gives the pairs that share so much, in their order.
func (w *words) sharing(pairs []join.Scored) []join.Scored {
	far := make([]bool, len(pairs))
	eachRange(len(pairs), func(lo, hi int) {
		for i := lo; i < hi; i++ {
			far[i] = w.jaccard(pairs[i].A, pairs[i].B) < leastShared
		}
	})
	out := pairs[:0]
	for i, p := range pairs {
		if !far[i] {
			out = append(out, p)
		}
	}
	return out
}

// jaccard is the weight of the words that two records share against that of
// the words of either.
func (w *words) jaccard(a, b int32) float64 {
	nats := w.shared(a, b)
	return nats / (w.sum[a] + w.sum[b] - nats)
}

// note says how many of the pairs that the joins promise were left out.
func (s *search) note(promised []join.Pair, kept []join.Scored) {
	left, k := 0, 0
	for _, p := range promised {
		for k < len(kept) && (kept[k].A < p.A || kept[k].A == p.A && kept[k].B < p.B) {
			k++
		}
		if k == len(kept) || kept[k].A != p.A || kept[k].B != p.B {
			left++
		}
	}
	if left > 0 {
		s.promise.Notes = append(s.promise.Notes, fmt.Sprintf("%d pairs of records that resemble many others were not compared; the nearest of each record were", left))
	}
}

// values gives the other fields' values as sets of tokens, one number space
// for all fields. Dates, quantities and categories make no pairs: they agree
// for nothing.
func (l *list) values() *join.Sets {
	s := &join.Sets{}
	offset := make([]int32, len(l.fields))
	next := int32(0)
	for i, f := range l.fields {
		offset[i] = next
		next += int32(len(f.text))
	}
	row := make([]int32, 0, len(l.fields))
	for d := range l.n {
		row = row[:0]
		for i, f := range l.fields {
			if v := f.value[d]; v >= 0 && f.telling() {
				row = append(row, offset[i]+v)
			}
		}
		s.Add(row...)
	}
	return s
}

// telling says whether an equal rare value of the field makes two records
// worth comparing.
func (f *field) telling() bool {
	switch f.role {
	case record.Number, record.Category:
		return f.part == record.Pages
	}
	return true
}
