package join

import (
	"runtime"
	"sync"
)

// rarestFirst renumbers the tokens by how many rows have them, rarest first,
// ties by token id: rank[token] is the new number. Prefix filters look for a
// common token among the first tokens of both rows, and find the fewest
// by-standers when those are the rarest (Chaudhuri, Ganti, Kaushik: A
// Primitive Operator for Similarity Joins in Data Cleaning, ICDE 2006, §4.2).
func rarestFirst(s *Sets) (rank []int32, rows []int32) {
	count := s.counts(s.tokens())
	at := make([]int32, s.Len()+2) // where the tokens that so many rows have begin, less one
	for _, n := range count {
		at[n+1]++
	}
	for n := range s.Len() + 1 {
		at[n+1] += at[n]
	}
	rank = make([]int32, len(count))
	rows = make([]int32, len(count))
	for tok, n := range count {
		rank[tok] = at[n]
		rows[at[n]] = n
		at[n]++
	}
	return rank, rows
}

// counts gives how many rows have each of the tokens.
func (s *Sets) counts(tokens int) []int32 {
	parts := s.countParts(tokens)
	for _, p := range parts[1:] {
		for tok, n := range p {
			parts[0][tok] += n
		}
	}
	return parts[0]
}

// countParts gives how many rows of each part have each of the tokens.
func (s *Sets) countParts(tokens int) [][]int32 {
	parts := make([][]int32, partsOf(s.Len()))
	eachPart(s.Len(), func(i, from, to int) {
		parts[i] = make([]int32, tokens)
		if from < to {
			for _, tok := range s.Token[s.Start[from]:s.Start[to]] {
				parts[i][tok]++
			}
		}
	})
	return parts
}

// Holders lists for each of the tokens the rows that have it, ascending: those of
// token t are rows[head[t]:head[t+1]], none where kept turns their number away.
// tokens is more than the largest token. It uses all cores.
func (s *Sets) Holders(tokens int, kept func(rows int) bool) (head []int, rows []int32) {
	next := s.countParts(tokens)
	head = places(next, kept)
	rows = make([]int32, head[tokens])
	eachPart(s.Len(), func(i, from, to int) {
		for r := int32(from); r < int32(to); r++ {
			for _, tok := range s.Row(r) {
				if head[tok+1] > head[tok] {
					rows[next[i][tok]] = r
					next[i][tok]++
				}
			}
		}
	})
	return head, rows
}

// partsOf is into how many parts n rows are split for all cores.
func partsOf(n int) int { return max(1, min(runtime.GOMAXPROCS(0), n/(32*chunk))) }

// eachPart calls f for the parts of rows 0 to n-1, at once on all cores.
func eachPart(n int, f func(i, from, to int)) {
	var group sync.WaitGroup
	parts := partsOf(n)
	for i := range parts {
		group.Go(func() { f(i, i*n/parts, (i+1)*n/parts) })
	}
	group.Wait()
}

// places lays lists out, one a token, that hold the rows of parts one after the
// other: given how many rows of each part go to each list, it gives where the
// lists begin, the last entry being the sum, and writes where in each list a
// part begins over the counts. Lists whose length is not kept stay empty.
func places(counts [][]int32, kept func(rows int) bool) (head []int) {
	head = make([]int, len(counts[0])+1)
	for tok := range counts[0] {
		at := int32(head[tok])
		for _, c := range counts {
			c[tok], at = at, at+c[tok]
		}
		head[tok+1] = head[tok]
		if kept(int(at) - head[tok]) {
			head[tok+1] = int(at)
		}
	}
	return head
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
