package join

import (
	"cmp"
	"context"
	"fmt"
	"slices"
)

// jaccardSlack is taken off the share of two rows' weights that they must have
// in common, wherever float32 numbers are compared; their relative error is a
// few 2^-24.
const jaccardSlack = 1e-6

// JaccardOf is the weighted Jaccard similarity of rows a and b: the weight of
// the tokens they share over the weight of the tokens that either has. Each
// sum is taken in ascending order of the tokens, in float64, and the lower one
// is shared / (weight of a + weight of b − shared). It is 0 when neither has
// weight, and exactly 1 for equal rows. weight nil stands for 1 each.
func JaccardOf(s *Sets, weight []float64, a, b int32) float64 {
	return s.jaccard(weight, a, b, s.weigh(weight, a), s.weigh(weight, b))
}

// weigh is the sum of the weights of row r.
func (s *Sets) weigh(weight []float64, r int32) float64 {
	if weight == nil {
		return float64(s.Start[r+1] - s.Start[r])
	}
	sum := 0.0
	for _, tok := range s.Row(r) {
		sum += weight[tok]
	}
	return sum
}

// jaccard is JaccardOf with the weights of the rows given.
func (s *Sets) jaccard(weight []float64, a, b int32, wa, wb float64) float64 {
	x, y := s.Row(a), s.Row(b)
	shared := 0.0
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case x[i] < y[j]:
			i++
		case x[i] > y[j]:
			j++
		default:
			if weight == nil {
				shared++
			} else {
				shared += weight[x[i]]
			}
			i++
			j++
		}
	}
	if shared == 0 {
		return 0
	}
	return shared / (wa + wb - shared)
}

// Jaccard finds every pair of rows whose JaccardOf is t or more. weight is by
// token, each 0 or within [1e-12, 1e12]; nil stands for 1 each. It fails when
// t is outside [MinThreshold, 1], the input is malformed or ctx is done.
//
// It is PPJoin (Xiao, Wang, Lin, Yu: Efficient Similarity Joins for Near
// Duplicate Detection, WWW 2008) for weighted sets (Chaudhuri, Ganti, Kaushik,
// ICDE 2006, §4). Tokens stand rarest first, rows lightest first; w is the
// weight of a row, rest(x,i) its weight from its i-th token on.
//
//   - J ≥ t ⇔ shared ≥ c·(w(x)+w(y)), where c = t/(1+t) (Xiao, eq. 1).
//   - Weight window: w(y) ≥ t·w(x), for y lighter than x (size filter; Arasu,
//     Ganti, Kaushik, VLDB 2006). A row reads only lighter rows, so each pair
//     is met once, and its list entries stand in order of weight.
//   - Prefixes: x needs t·w(x) in common even with the lightest partner, and y
//     2c·w(y) even with an equally heavy one; tokens where the rest of the row
//     is lighter than that are not read, or not indexed (Xiao, §3.1 and
//     lemma 1; the shorter index prefix, §3.3).
//   - Position: at the first common token, shared ≤ rest(x,i), so the window
//     ends at w(y) = rest(x,i)/c − w(x); and shared ≤ rest(y,j), so an entry
//     holds room = rest(y,j) − c·w(y), to be compared with c·w(x) (Xiao, §3.2).
//   - Signature: an entry holds a 64-bit signature of y. Bits of x's rest that
//     it lacks are tokens that y lacks; their number bounds the lost weight
//     from below (the bitmap filter of Sandes, Teodoro, Melo, 2020, here with
//     weights), before anything of y has to be fetched.
//   - What is left is merged from the common token on, until the rest cannot
//     reach the need.
func Jaccard(ctx context.Context, s *Sets, weight []float64, t float64, o Options) (*Result, error) {
	if err := checkThreshold(t); err != nil {
		return nil, err
	}
	if err := s.check(o); err != nil {
		return nil, err
	}
	if err := checkWeights(s, weight); err != nil {
		return nil, err
	}
	ix := indexJaccard(s, weight, t, &o)
	return run(ctx, s.Len(), o, func() prober {
		return &jaccardProber{jaccardIndex: ix, seen: make([]int32, s.Len())}
	})
}

// checkWeights reports a token without a weight, or with one that sums of
// float32 numbers could lose.
func checkWeights(s *Sets, weight []float64) error {
	if weight == nil {
		return nil
	}
	if n := s.tokens(); n > len(weight) {
		return fmt.Errorf("join: %d weights for %d tokens", len(weight), n)
	}
	for tok, w := range weight {
		if w != 0 && !(w >= 1e-12 && w <= 1e12) {
			return fmt.Errorf("join: weight %v of token %d is neither 0 nor within [1e-12, 1e12]", w, tok)
		}
	}
	return nil
}

// jaccardEntry says that a row has a token.
type jaccardEntry struct {
	row  int32   // by weight
	room float32 // rest − c·w at the token: c·w(x) must not be more
	sign uint64
}

// jaccardIndex is what the workers share. Rows are renumbered by weight.
type jaccardIndex struct {
	s      *Sets
	given  []float64 // weights by the caller's token
	o      *Options
	t, c   float64 // threshold; share of both rows' weight, less the slack
	low    float64 // lightest partner, in parts of a row, less the slack
	orig   []int32 // the caller's row
	start  []int32
	token  []int32   // renumbered, rarest first, ascending within a row
	weight []float64 // by renumbered token
	total  []float64 // by row, as weigh gives it
	light  []float32 // total, for the window
	head   []int     // entries of token k are entry[head[k]:head[k+1]]
	entry  []jaccardEntry
}

// indexJaccard renumbers tokens and rows and builds the lists.
func indexJaccard(s *Sets, weight []float64, t float64, o *Options) *jaccardIndex {
	c := t / (1 + t)
	ix := &jaccardIndex{
		s: s, given: weight, o: o, t: t, c: c - jaccardSlack, low: t - 2*jaccardSlack,
		orig:  make([]int32, s.Len()),
		start: make([]int32, 1, s.Len()+1),
		token: make([]int32, 0, len(s.Token)),
		total: make([]float64, s.Len()),
		light: make([]float32, s.Len()),
	}
	rank, rows := rarestFirst(s)
	ix.weight = make([]float64, len(rows))
	for tok, k := range rank {
		ix.weight[k] = 1
		if weight != nil {
			ix.weight[k] = weight[tok]
		}
	}
	ix.sortRows()
	for r, from := range ix.orig {
		for _, tok := range s.Row(from) {
			ix.token = append(ix.token, rank[tok])
		}
		slices.Sort(ix.token[ix.start[r]:])
		ix.start = append(ix.start, int32(len(ix.token)))
	}
	ix.fill()
	return ix
}

// sortRows numbers the rows by weight, ties by the caller's number.
func (ix *jaccardIndex) sortRows() {
	total := make([]float64, len(ix.orig))
	for r := range ix.orig {
		ix.orig[r] = int32(r)
		total[r] = ix.s.weigh(ix.given, int32(r))
	}
	slices.SortFunc(ix.orig, func(a, b int32) int {
		return cmp.Or(cmp.Compare(total[a], total[b]), cmp.Compare(a, b))
	})
	for r, from := range ix.orig {
		ix.total[r] = total[from]
		ix.light[r] = float32(total[from])
	}
}

// row gives the renumbered tokens of a renumbered row.
func (ix *jaccardIndex) row(r int32) []int32 { return ix.token[ix.start[r]:ix.start[r+1]] }

// rests gives, for each token of a row, the weight of the row from there on.
func (ix *jaccardIndex) rests(tokens []int32, buf []float64) []float64 {
	buf = slices.Grow(buf[:0], len(tokens))[:len(tokens)]
	sum := 0.0
	for i := len(tokens) - 1; i >= 0; i-- {
		sum += ix.weight[tokens[i]]
		buf[i] = sum
	}
	return buf
}

// fill builds the lists; their entries are in order of rows, that is, of weight.
func (ix *jaccardIndex) fill() {
	lengths := make([]int, len(ix.weight))
	ix.eachEntry(func(tok int32, _ jaccardEntry) { lengths[tok]++ })
	ix.head = heads(lengths)
	ix.entry = make([]jaccardEntry, ix.head[len(lengths)])
	next := slices.Clone(ix.head[:len(lengths)])
	ix.eachEntry(func(tok int32, e jaccardEntry) {
		ix.entry[next[tok]] = e
		next[tok]++
	})
}

// eachEntry gives every token of a row at which enough of the row is left.
func (ix *jaccardIndex) eachEntry(f func(tok int32, e jaccardEntry)) {
	var rest []float64
	for r, total := range ix.total {
		tokens := ix.row(int32(r))
		rest = ix.rests(tokens, rest)
		sign := signature(tokens)
		need := 2 * ix.c * total
		if ix.old(int32(r)) {
			need = ix.low * total // lighter rows look for it, too
		}
		for i, tok := range tokens {
			if rest[i] < need || rest[i] == 0 {
				break
			}
			f(tok, jaccardEntry{int32(r), float32(rest[i] - ix.c*total), sign})
		}
	}
}

// signatureBit spreads the tokens over 64 bits (Knuth's multiplicative hash).
func signatureBit(tok int32) int { return int(uint32(tok) * 2654435769 >> 26) }

// signature is the set of the bits of the tokens.
func signature(tokens []int32) uint64 {
	sign := uint64(0)
	for _, tok := range tokens {
		sign |= 1 << signatureBit(tok)
	}
	return sign
}
