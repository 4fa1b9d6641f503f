package evaluate

import "slices"

// groups are records put together: the number of each record's group, from 0,
// and how many records each group has.
type groups struct {
	of    []int32
	sizes []int64
}

// group puts together the records that agree in a, and in b where b is not
// nil. Groups are numbered by their labels in rising order. Sorting does it
// without a map, so that memory is known and no order is left to chance.
func group(a, b []int32) groups {
	type keyed struct {
		key uint64
		row int32
	}
	rows := make([]keyed, len(a))
	for r := range a {
		rows[r] = keyed{uint64(uint32(a[r])) << 32, int32(r)}
		if b != nil {
			rows[r].key |= uint64(uint32(b[r]))
		}
	}
	slices.SortFunc(rows, func(x, y keyed) int {
		switch {
		case x.key < y.key:
			return -1
		case x.key > y.key:
			return 1
		}
		return 0
	})
	g := groups{of: make([]int32, len(a))}
	for i, r := range rows {
		if i == 0 || r.key != rows[i-1].key {
			g.sizes = append(g.sizes, 0)
		}
		last := len(g.sizes) - 1
		g.of[r.row] = int32(last)
		g.sizes[last]++
	}
	return g
}

// pairsWithin is the number of pairs of records that share a group.
func pairsWithin(sizes []int64) (pairs int64) {
	for _, n := range sizes {
		pairs += n * (n - 1) / 2
	}
	return pairs
}

// Labels numbers words from 0 by first appearance, equal words alike, so that
// clusters or sources named by words can be scored.
func Labels(words []string) []int32 {
	number := make(map[string]int32, len(words))
	labels := make([]int32, len(words))
	for i, w := range words {
		n, seen := number[w]
		if !seen {
			n = int32(len(number))
			number[w] = n
		}
		labels[i] = n
	}
	return labels
}
