package join

import (
	"cmp"
	"context"
	"slices"
)

// Rare finds the pairs of rows that share a token which at most k rows have.
// The score is the sum, over the rare tokens that they share, of 1/(rows that
// have the token − 1): a token that only the two have counts 1. It is for what
// a similarity cannot see: one telling word in two titles that are otherwise
// worded differently, or an equal value of another column (tokens = values).
//
// The cost grows with the result, which is at most (k−1)/2 pairs per token of
// a row; Options.Work is not needed and not read. k below 2 finds nothing.
func Rare(ctx context.Context, s *Sets, k int, o Options) (*Result, error) {
	if err := s.check(o); err != nil {
		return nil, err
	}
	ix := indexRare(s, k, &o)
	o.Work = 0
	return runWith(ctx, s.Len(), o, oneSided, func() prober {
		return &rareProber{rareIndex: ix, score: make([]float64, s.Len())}
	})
}

// rareIndex holds the rows of each rare token, in order.
type rareIndex struct {
	s    *Sets
	o    *Options
	head []int
	rows []int32
}

func indexRare(s *Sets, k int, o *Options) *rareIndex {
	head, rows := s.Holders(s.tokens(), func(rows int) bool { return rows >= 2 && rows <= k })
	return &rareIndex{s: s, o: o, head: head, rows: rows}
}

// rareProber is one worker.
type rareProber struct {
	*rareIndex
	score   []float64 // of the row at hand with each row
	touched []int32   // rows with a score
}

func (p *rareProber) cost(int32) int64 { return 0 }

func (p *rareProber) probe(x int32, _ int64, f *found) {
	p.touched = p.touched[:0]
	for _, tok := range p.s.Row(x) {
		list := p.rows[p.head[tok]:p.head[tok+1]]
		if len(list) == 0 {
			continue
		}
		at, _ := slices.BinarySearch(list, max(x+1, p.o.Since))
		for _, y := range list[at:] {
			if p.score[y] == 0 {
				p.touched = append(p.touched, y)
			}
			p.score[y] += 1 / float64(len(list)-1)
		}
		f.read += int64(len(list) - at)
	}
	for _, y := range p.touched {
		if p.o.together(x, y) {
			f.verified++
			f.add(x, y, p.score[y])
		}
		p.score[y] = 0
	}
}

// TopK keeps the pairs that are among the best k of either of their rows, ties
// to the lower rows, in the order in which they stand. k ≤ 0 keeps all. It
// takes a budget per row that MaxPerRow, which sees a row from one side,
// cannot: about k pairs a row, the strongest. pairs is not changed.
func TopK(pairs []Scored, k int) []Scored {
	if k <= 0 {
		return slices.Clone(pairs)
	}
	rows := int32(0)
	order := make([]int32, len(pairs))
	for i, p := range pairs {
		order[i] = int32(i)
		rows = max(rows, p.B+1)
	}
	slices.SortFunc(order, func(i, j int32) int { return better(pairs[i], pairs[j]) })
	met := make([]int, rows)
	keep := make([]bool, len(pairs))
	for _, i := range order {
		p := pairs[i]
		keep[i] = met[p.A] < k || met[p.B] < k
		met[p.A]++
		met[p.B]++
	}
	var out []Scored
	for i, p := range pairs {
		if keep[i] {
			out = append(out, p)
		}
	}
	return out
}

// Union gives the pairs that are in any of the lists, once each, in order of
// A, then B. Lists that stand in that order already, as joins give them, are
// merged; others are sorted first.
func Union(lists ...[]Scored) []Pair {
	var all, merged []Pair
	for _, list := range lists {
		sorted := list
		if !slices.IsSortedFunc(list, byRows) {
			sorted = slices.SortedFunc(slices.Values(list), byRows)
		}
		merged = merge(merged[:0], all, sorted)
		all, merged = merged, all
	}
	return all
}

// byRows orders pairs by A, then B.
func byRows(p, q Scored) int { return cmp.Or(cmp.Compare(p.A, q.A), cmp.Compare(p.B, q.B)) }

// merge appends to out what is in either of two lists in order, once each;
// list may have pairs more than once.
func merge(out, all []Pair, list []Scored) []Pair {
	out = slices.Grow(out, len(all)+len(list))
	for len(list) > 0 {
		p := Pair{list[0].A, list[0].B}
		for len(all) > 0 && before(all[0], p) {
			out, all = append(out, all[0]), all[1:]
		}
		if (len(all) == 0 || all[0] != p) && (len(out) == 0 || out[len(out)-1] != p) {
			out = append(out, p)
		}
		list = list[1:]
	}
	return append(out, all...)
}

// before says whether p stands before q.
func before(p, q Pair) bool { return p.A < q.A || p.A == q.A && p.B < q.B }
