package dedupe

import (
	"cmp"
	"slices"

	"github.com/unecho/unecho/dedupe/join"
)

// How many candidates are measured.
const (
	budgetPer  = 12 // pairs a record, on average, of a list of up to smallList records
	budgetMore = 2  // pairs for each record above that
	nearestPer = 50 // nearest others of a record that may be measured
	surely     = 4  // nearest others of a record that come before what is left of the budget is shared out; fewer where it does not last
)

// budget is how many pairs are measured at the most. It goes by distinct
// records, so that one copy more changes nothing.
func (l *list) budget() int {
	n := l.n
	return budgetPer*min(n, smallList) + budgetMore*max(0, n-smallList)
}

// nearest keeps, of the pairs found, those worth measuring, in their order and
// with their resemblance: the few nearest of every record first, since
// it may stand alone with its one repeat in words that resemble little; then
// what resembles most, up to the budget and nearestPer for a record.
func (l *list) nearest(found []join.Pair) []join.Scored {
	pairs := make([]join.Scored, len(found))
	eachRange(len(found), func(lo, hi int) {
		near := l.resemblances()
		for i := lo; i < hi; i++ {
			p := found[i]
			pairs[i] = join.Scored{A: p.A, B: p.B, Score: near.of(p.A, p.B)}
		}
	})
	budget := l.budget()
	if len(pairs) <= budget && len(pairs) <= nearestPer {
		return pairs
	}
	order := make([]int32, len(pairs)) // from the nearest pair
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(i, j int32) int {
		return cmp.Or(cmp.Compare(pairs[j].Score, pairs[i].Score), cmp.Compare(i, j))
	})
	rank := ranks(pairs, order, l.n)
	keep := make([]bool, len(pairs))
	least := surely
	for budget < len(found) && least > 1 && count(rank, least) > budget*2/3 {
		least--
	}
	kept := 0
	take := func(below uint16) {
		for _, i := range order {
			if kept < budget && !keep[i] && rank[i] < below {
				keep[i] = true
				kept++
			}
		}
	}
	take(uint16(least))
	take(nearestPer)
	out := make([]join.Scored, 0, kept)
	for i, p := range pairs {
		if keep[i] {
			out = append(out, p)
		}
	}
	return out
}

// ranks gives each pair the better of its places among the pairs of its two
// records, from 0, as they stand in order.
func ranks(pairs []join.Scored, order []int32, n int) []uint16 {
	met := make([]uint16, n)
	rank := make([]uint16, len(pairs))
	for _, i := range order {
		a, b := pairs[i].A, pairs[i].B
		rank[i] = min(met[a], met[b])
		met[a] = min(met[a]+1, nearestPer)
		met[b] = min(met[b]+1, nearestPer)
	}
	return rank
}

// count is how many pairs rank below a place.
func count(rank []uint16, below int) int {
	n := 0
	for _, r := range rank {
		if int(r) < below {
			n++
		}
	}
	return n
}
