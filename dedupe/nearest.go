package dedupe

import (
	"cmp"
	"slices"
	"sync"

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
func (l *list) nearest(found []join.Pair, progress func(done, total int)) []join.Scored {
	way := &steps{tell: progress, total: len(found)}
	pairs := l.resembling(found, way.next(0.85))
	way.next(0.15)
	budget := l.budget()
	if len(pairs) <= budget && len(pairs) <= nearestPer {
		return pairs
	}
	order := nearestFirst(pairs)
	rank := ranks(pairs, order, l.n)
	keep := make([]bool, len(pairs))
	least := surely
	for budget < len(pairs) && least > 1 && count(rank, least) > budget*2/3 {
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

// farApart is the resemblance below which pairs of a list of more than
// smallList records are not measured: hardly one in a thousand of them is even
// doubtful, and they are half of what is found (docs/performance.md).
const farApart = 0.35

// resembling gives pairs with their resemblance, in their order; in a large
// list without those that resemble hardly at all.
func (l *list) resembling(found []join.Pair, progress func(done, total int)) []join.Scored {
	count := counter{total: len(found), tell: progress}
	least := 0.0
	if l.n > smallList {
		least = farApart
	}
	const chunk = 1 << 14
	parts := make([][]join.Scored, (len(found)+chunk-1)/chunk)
	pool := sync.Pool{New: func() any { return l.resemblances() }}
	eachChunk(len(parts), func(i int) {
		near := pool.Get().(*resemblances)
		defer pool.Put(near)
		some := make([]join.Scored, 0, chunk)
		for _, p := range found[i*chunk : min((i+1)*chunk, len(found))] {
			if score := near.of(p.A, p.B); score >= least {
				some = append(some, join.Scored{A: p.A, B: p.B, Score: score})
			}
		}
		parts[i] = slices.Clone(some)
		count.add(min((i+1)*chunk, len(found)) - i*chunk)
	})
	return slices.Concat(parts...)
}

// nearestFirst orders pairs from the nearest, ties in the order in which they
// stand. The scores, 0 to 1, spread over many narrow shelves; each shelf is put
// in order by itself, which is cheaper than to sort them all.
func nearestFirst(pairs []join.Scored) []int32 {
	const shelves = 1 << 14
	shelf := func(score float64) int { return shelves - int(score*shelves) } // the nearest on 0
	var from [shelves + 2]int32
	for _, p := range pairs {
		from[shelf(p.Score)+1]++
	}
	for s := range shelves + 1 {
		from[s+1] += from[s]
	}
	order, next := make([]int32, len(pairs)), from
	for i, p := range pairs {
		s := shelf(p.Score)
		order[next[s]] = int32(i)
		next[s]++
	}
	eachRange(shelves+1, func(lo, hi int) {
		for s := lo; s < hi; s++ {
			slices.SortFunc(order[from[s]:from[s+1]], func(i, j int32) int {
				return cmp.Or(cmp.Compare(pairs[j].Score, pairs[i].Score), cmp.Compare(i, j))
			})
		}
	})
	return order
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
