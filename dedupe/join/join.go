// Package join finds candidate pairs: the pairs of records of a list that are
// worth a closer look. It stands at the head of package dedupe's road, records
// → candidate pairs → scored pairs → clusters, and knows nothing of records:
// a row is a set of token ids, a weighted vector of them, or a string.
//
//   - Cosine and Jaccard are exact: they give every pair of rows at or above a
//     stated similarity, and none below it. There is no hashing luck.
//   - Rare gives the pairs that share a token which few rows have.
//   - Typo gives the pairs of strings within one or two edits.
//   - Collapse, TopK and Union stand before and after them.
//
// Everything is pure: no input or output, no clock, no random source. The
// result is the same at any GOMAXPROCS, in order of A, then B.
//
// # The promise, to the last bit
//
// A similarity is what CosineOf or JaccardOf gives: float64 arithmetic in
// ascending order of the token ids. The filters work in narrower numbers with
// a little slack, so that no pair is lost to rounding; what passes them is
// computed again by those functions and compared with the threshold as it is.
//
// # Budgets
//
// A list of a million rows that all resemble each other has half a billion
// times a thousand pairs; no algorithm can list them. Options.MaxPerRow and
// Options.Work bound the result and the effort, and Result.Full and Result.Cut
// count the rows for which the promise does not hold because of them. While
// both are 0 the promise is whole.
//
// Ties within a budget go to the lower row numbers. A caller whose results
// must not depend on the order of its list numbers the rows by their content.
package join

import (
	"cmp"
	"fmt"
	"math"
)

// Sets is a list of sets of tokens, row after row: row r is
// Token[Start[r]:Start[r+1]], in strictly ascending order. Token ids count
// from 0 and should be dense: memory grows with the largest. There are fewer
// than 2^31 tokens in all.
type Sets struct {
	Start []int32 // one more than rows
	Token []int32
}

// Len is the number of rows.
func (s *Sets) Len() int { return max(len(s.Start)-1, 0) }

// Row gives the tokens of row r; the caller must not change them.
func (s *Sets) Row(r int32) []int32 { return s.Token[s.Start[r]:s.Start[r+1]] }

// Add appends a row, whose tokens must be in strictly ascending order.
func (s *Sets) Add(tokens ...int32) {
	if len(s.Start) == 0 {
		s.Start = append(s.Start, 0)
	}
	s.Token = append(s.Token, tokens...)
	s.Start = append(s.Start, int32(len(s.Token)))
}

// Vectors is a sparse matrix: Sets with a weight for each token of each row.
// Weights are finite and not negative. Rows need not be normalised; a row
// without a positive weight resembles nothing.
type Vectors struct {
	Sets
	Weight []float32 // parallel to Token; nil where Each is there
	Each   []float32 // by token id: the weight that it has in every row
}

// Scored is a pair of rows, A < B, with its similarity.
type Scored struct {
	A, B  int32
	Score float64
}

// Pair is a pair of rows, A < B.
type Pair struct{ A, B int32 }

// Options bound a join. The zero value asks for every pair at any cost.
type Options struct {
	// MaxPerRow is how many pairs are kept per row; 0 is all of them. A pair
	// is found from one of its two rows, always the same one, and each row
	// keeps the best of the pairs found from it, ties to the lower partner.
	// At most MaxPerRow pairs a row come out on average.
	MaxPerRow int
	// Work is how many index entries may be read in all, 0 is any number.
	// Where the join would need more, the rows that need most are cut, all at
	// the same number of entries, such that the sum holds; tokens that fewer
	// rows have are read first.
	Work int64
	// List, where not nil, gives each row the number of a list; two rows of
	// the same list make no pair. (A join of two lists is a join of one list
	// that is written after the other.)
	List []int32
	// Since, where not 0, asks only for pairs of which one row at least is
	// numbered Since or higher: new rows against old ones and each other, at
	// the cost of searching for the new ones.
	Since int32
	// Progress is told how many rows of how many are done, about a hundred
	// times a join, from one goroutine at a time; it may be nil.
	Progress func(done, total int)
}

// together says whether rows a and b may make a pair.
func (o *Options) together(a, b int32) bool {
	return max(a, b) >= o.Since && (o.List == nil || o.List[a] != o.List[b])
}

// Result is what a join found.
type Result struct {
	Pairs    []Scored // in order of A, then B
	Read     int64    // index entries read
	Verified int64    // pairs whose similarity was computed
	Full     int      // rows that had more than MaxPerRow pairs and dropped the weakest
	Cut      int      // rows for which Work ended the search
}

// Complete says whether the promise is whole: no budget dropped anything.
func (r *Result) Complete() bool { return r.Full == 0 && r.Cut == 0 }

// MinThreshold is the lowest similarity that a join can be asked for: below
// it, everything resembles everything.
const MinThreshold = 0.01

// check reports the first thing that makes the input unfit for a join.
func (s *Sets) check(o Options) error {
	if len(s.Start) > 0 && (s.Start[0] != 0 || int(s.Start[len(s.Start)-1]) != len(s.Token)) {
		return fmt.Errorf("join: rows do not cover the %d tokens", len(s.Token))
	}
	if o.List != nil && len(o.List) != s.Len() {
		return fmt.Errorf("join: list numbers for %d rows, but there are %d", len(o.List), s.Len())
	}
	for r := range s.Len() {
		if s.Start[r] > s.Start[r+1] {
			return fmt.Errorf("join: row %d ends before it starts", r)
		}
	}
	failed := make([]error, partsOf(s.Len()))
	eachPart(s.Len(), func(i, from, to int) { failed[i] = s.checkRows(int32(from), int32(to)) })
	return cmp.Or(failed...)
}

// checkRows reports the first of the rows from, to whose tokens are out of order.
func (s *Sets) checkRows(from, to int32) error {
	for r := from; r < to; r++ {
		last := int32(-1)
		for _, tok := range s.Row(r) {
			if tok <= last {
				return fmt.Errorf("join: row %d: token %d stands after %d", r, tok, last)
			}
			last = tok
		}
	}
	return nil
}

// checkThreshold reports a threshold outside [MinThreshold, 1].
func checkThreshold(t float64) error {
	if !(t >= MinThreshold && t <= 1) {
		return fmt.Errorf("join: threshold %v is not within [%v, 1]", t, MinThreshold)
	}
	return nil
}

// tokens is the number of token ids, the largest plus one.
func (s *Sets) tokens() int {
	most := int32(-1)
	for _, tok := range s.Token {
		most = max(most, tok)
	}
	return int(most) + 1
}

// finite says whether w is a number that can be a weight.
func finite(w float64) bool { return w >= 0 && !math.IsInf(w, 1) }
