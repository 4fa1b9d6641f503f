package cluster

import "math/bits"

// mean is a mean score as an exact fraction: a sum in millionths over a number
// of pairs. Both are above 0.
type mean struct{ sum, pairs int64 }

// compare orders means: below 0 when m is the smaller.
func (m mean) compare(other mean) int {
	hi, lo := bits.Mul64(uint64(m.sum), uint64(other.pairs))
	ohi, olo := bits.Mul64(uint64(other.sum), uint64(m.pairs))
	switch {
	case hi != ohi:
		return order(hi, ohi)
	default:
		return order(lo, olo)
	}
}

func order(a, b uint64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// offer is a merge that was possible when it was made.
type offer struct {
	mean
	first, second int32 // the first units of the two clusters then, first < second
	link          int32
	stamp         int32 // the link's stamp then
}

// before says whether an offer is taken before another: the larger mean, then
// the clusters whose first units have the smaller keys.
func (a *offer) before(b *offer) bool {
	if c := a.compare(b.mean); c != 0 {
		return c > 0
	}
	if a.first != b.first {
		return a.first < b.first
	}
	return a.second < b.second
}

// queue is a binary heap of offers, the best on top.
type queue []offer

func (q *queue) push(o offer) {
	*q = append(*q, o)
	h := *q
	i := len(h) - 1
	for i > 0 {
		up := (i - 1) / 2
		if !o.before(&h[up]) {
			break
		}
		h[i] = h[up]
		i = up
	}
	h[i] = o
}

// pop takes the best offer; the queue is not empty.
func (q *queue) pop() offer {
	h := *q
	top, last := h[0], h[len(h)-1]
	h = h[:len(h)-1]
	*q = h
	if len(h) == 0 {
		return top
	}
	i := 0
	for {
		down := 2*i + 1
		if down >= len(h) {
			break
		}
		if down+1 < len(h) && h[down+1].before(&h[down]) {
			down++
		}
		if !h[down].before(&last) {
			break
		}
		h[i] = h[down]
		i = down
	}
	h[i] = last
	return top
}
