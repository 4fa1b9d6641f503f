package join

import (
	"cmp"
	"slices"
)

// rarestFirst renumbers the tokens by how many rows have them, rarest first,
// ties by token id: rank[token] is the new number. Prefix filters look for a
// common token among the first tokens of both rows, and find the fewest
// by-standers when those are the rarest (Chaudhuri, Ganti, Kaushik: A
// Primitive Operator for Similarity Joins in Data Cleaning, ICDE 2006, §4.2).
func rarestFirst(s *Sets) (rank []int32, rows []int32) {
	count := make([]int32, s.tokens())
	for _, tok := range s.Token {
		count[tok]++
	}
	order := make([]int32, len(count))
	for tok := range order {
		order[tok] = int32(tok)
	}
	slices.SortFunc(order, func(a, b int32) int { return cmp.Or(cmp.Compare(count[a], count[b]), cmp.Compare(a, b)) })
	rank = make([]int32, len(order))
	rows = make([]int32, len(order))
	for i, tok := range order {
		rank[tok] = int32(i)
		rows[i] = count[tok]
	}
	return rank, rows
}

// heads turns the lengths of lists into the places where they begin; the last
// entry is the sum.
func heads(lengths []int) []int {
	at := make([]int, len(lengths)+1)
	for i, n := range lengths {
		at[i+1] = at[i] + n
	}
	return at
}
