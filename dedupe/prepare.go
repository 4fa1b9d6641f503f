package dedupe

import (
	"context"
	"sync"

	"github.com/unecho/unecho/dedupe/join"
)

// Prepared is a list whose candidate pairs have been found and measured: all
// that does not depend on weights, thresholds or decisions. It may be matched
// again and again as a person's answers come in.
type Prepared struct {
	list    *list
	pairs   []join.Pair // of distinct records
	rows    comparisons
	facts   []facts
	near    []float64 // how much the two records of each pair resemble each other
	margins *margins
	deeds   *occurrences // nil for most lists
	promise Promise
	idle    sync.Pool // comparers that Explain used: what one remembers, and its memory, serve the next pair
}

// Prepare finds the candidate pairs of a list and measures them.
func Prepare(ctx context.Context, in *Input, progress func(stage string, done, total int)) (*Prepared, error) {
	tell := func(stage string) func(int, int) { return during(stage, progress) }
	l, err := newList(ctx, in, tell("numbering words"))
	if err != nil {
		return nil, err
	}
	p := &Prepared{list: l}
	if p.deeds, err = newOccurrences(ctx, l); err != nil {
		return nil, err
	}
	l.in = in.folded() // and in is not asked again
	var pairs []join.Scored
	if pairs, p.promise, err = l.candidates(ctx, tell("searching"), tell("ranking pairs")); err != nil {
		return nil, err
	}
	p.take(pairs)
	p.rows = newComparisons(len(pairs))
	return p, p.measure(ctx, func(int) bool { return true }, tell("comparing"))
}

// during gives what is told during a stage.
func during(stage string, progress func(stage string, done, total int)) func(done, total int) {
	if progress == nil {
		return nil
	}
	return func(done, total int) { progress(stage, done, total) }
}

// Trim lets go of the measured pairs, half of the memory. What is left explains
// pairs and ranks records; it cannot be matched again.
func (p *Prepared) Trim() { p.pairs, p.near, p.rows, p.facts = nil, nil, comparisons{}, nil }

// take takes the candidates, which are not yet compared.
func (p *Prepared) take(pairs []join.Scored) {
	p.pairs, p.near = make([]join.Pair, len(pairs)), make([]float64, len(pairs))
	eachRange(len(pairs), func(lo, hi int) {
		for i, q := range pairs[lo:hi] {
			p.pairs[lo+i], p.near[lo+i] = join.Pair{A: q.A, B: q.B}, q.Score
		}
	})
	p.margins = p.list.margins(pairs)
	p.facts = make([]facts, len(pairs))
}

// measure compares those pairs that are wanted, on all cores.
func (p *Prepared) measure(ctx context.Context, wanted func(i int) bool, progress func(done, total int)) error {
	const chunk = 1 << 12
	chunks := (len(p.pairs) + chunk - 1) / chunk
	count := counter{total: len(p.pairs), tell: progress}
	comparers := sync.Pool{New: func() any { return p.list.newComparer() }}
	eachChunk(chunks, func(i int) {
		if ctx.Err() != nil {
			return
		}
		c := comparers.Get().(*comparer)
		defer comparers.Put(c)
		hi := min((i+1)*chunk, len(p.pairs))
		for k := i * chunk; k < hi; k++ {
			if wanted(k) {
				*p.rows.at(k), p.facts[k], _ = p.compareNear(c, p.pairs[k].A, p.pairs[k].B, p.near[k])
			}
		}
		count.add(hi - i*chunk)
	})
	return ctx.Err()
}

// compare measures one pair of distinct records in full.
func (p *Prepared) compare(c *comparer, a, b int32) (comparison, facts, compared) {
	return p.compareNear(c, a, b, c.resemblances().of(a, b))
}

// compareNear is compare, given how much the two resemble each other.
func (p *Prepared) compareNear(c *comparer, a, b int32, near float64) (comparison, facts, compared) {
	m, d := c.measure(a, b, near)
	m[mMargin] = float32(p.margins.of(a, b, near))
	return m, p.list.factsOf(a, b, &d), d
}

// Reach says how many of the true pairs are among the candidates.
type Reach struct {
	Pairs  int     // candidates, of records
	Recall float64 // share of the true pairs that are among them, 0 to 1
}

// Reach measures the candidates against known clusters; where sources is not
// nil, only pairs of two sources count. Pairs of equal records are found
// without a search and count as found.
func (p *Prepared) Reach(truth, sources []int32) Reach {
	found, all := 0, 0
	counts := func(a, b int32) bool {
		return truth[a] == truth[b] && (sources == nil || sources[a] != sources[b])
	}
	for _, q := range p.pairs {
		for _, a := range p.list.rows(q.A) {
			for _, b := range p.list.rows(q.B) {
				if counts(a, b) {
					found++
				}
			}
		}
	}
	for d := range int32(p.list.n) {
		rows := p.list.rows(d)
		for i, a := range rows {
			for _, b := range rows[i+1:] {
				if counts(a, b) {
					found++
				}
			}
		}
	}
	byCluster := map[int32][]int32{}
	for r, t := range truth {
		byCluster[t] = append(byCluster[t], int32(r))
	}
	for _, rows := range byCluster {
		for i, a := range rows {
			for _, b := range rows[i+1:] {
				if counts(a, b) {
					all++
				}
			}
		}
	}
	if all == 0 {
		return Reach{len(p.pairs), 1}
	}
	return Reach{len(p.pairs), float64(found) / float64(all)}
}

// MainText names the columns that are compared as the main text.
func (p *Prepared) MainText() string { return p.list.titled }

// Equal says whether two rows of the list are one record to the search: equal
// in every column that is compared, and not told apart by Different or Related.
func (p *Prepared) Equal(a, b int) bool { return p.list.of[a] == p.list.of[b] }
