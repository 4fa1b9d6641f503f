package join

import (
	"cmp"
	"slices"
)

// Collapse gives the distinct sets of s in order of first appearance, and for
// each row of s the row of its set among them. A join of the distinct sets
// stands for the join of all: a million equal titles are one row.
func Collapse(s *Sets) (distinct *Sets, of []int32) {
	hash := make([]uint64, s.Len())
	order := make([]int32, s.Len())
	for r := range order {
		order[r] = int32(r)
		hash[r] = hashOf(s.Row(int32(r)))
	}
	// Equal rows come to stand together, the first of them first.
	slices.SortFunc(order, func(a, b int32) int {
		if c := cmp.Compare(hash[a], hash[b]); c != 0 {
			return c
		}
		return cmp.Or(slices.Compare(s.Row(a), s.Row(b)), cmp.Compare(a, b))
	})
	first := make([]int32, s.Len())
	for i, r := range order {
		first[r] = r
		if i > 0 && hash[r] == hash[order[i-1]] && slices.Equal(s.Row(r), s.Row(order[i-1])) {
			first[r] = first[order[i-1]]
		}
	}
	distinct = &Sets{Start: make([]int32, 1, s.Len()+1)}
	of = order
	for r := range first {
		if first[r] == int32(r) {
			of[r] = int32(distinct.Len())
			distinct.Add(s.Row(int32(r))...)
		} else {
			of[r] = of[first[r]]
		}
	}
	return distinct, of
}

// hashOf mixes the tokens of a row (FNV-1a over ids, then a finaliser). Rows
// of equal hash are compared, so it need not be safe from enemies: at worst,
// they cost a longer comparison.
func hashOf(tokens []int32) uint64 {
	h := uint64(14695981039346656037)
	for _, tok := range tokens {
		h = (h ^ uint64(tok)) * 1099511628211
		h ^= h >> 29
	}
	return h
}
