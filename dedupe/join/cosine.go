package join

import (
	"context"
	"fmt"
	"math"
	"slices"
)

// cosineSlack is taken off the threshold wherever float32 numbers are
// compared. Rows are normalised to length 1, so the error of a product of two
// lengths or of a sum of products is a few 2^-24; the slack is ten times that.
const cosineSlack = 4e-6

// nothing stands for the weight 0 of a token that is there, so that a weight
// other than 0 says that a row has a token. No sum notices it.
const nothing = 1e-30

// CosineOf is the cosine of rows a and b: the sum of the products of their
// weights in ascending order of the tokens, over the root of the product of
// the two sums of squares, all in float64. It is 0 where a row has no weight,
// and exactly 1 for equal rows.
func CosineOf(v *Vectors, a, b int32) float64 {
	return v.cosine(a, b, v.squares(a), v.squares(b))
}

// squares is the sum of the squares of row r.
func (v *Vectors) squares(r int32) float64 {
	sum := 0.0
	for i := v.Start[r]; i < v.Start[r+1]; i++ {
		w := float64(v.weight(i))
		sum += w * w
	}
	return sum
}

// weight is that of entry i of Token.
func (v *Vectors) weight(i int32) float32 {
	if v.Each != nil {
		return v.Each[v.Token[i]]
	}
	return v.Weight[i]
}

// cosine is CosineOf with the sums of squares given.
func (v *Vectors) cosine(a, b int32, sqa, sqb float64) float64 {
	if sqa == 0 || sqb == 0 {
		return 0
	}
	dot := 0.0
	i, iend, j, jend := v.Start[a], v.Start[a+1], v.Start[b], v.Start[b+1]
	for i < iend && j < jend {
		switch ta, tb := v.Token[i], v.Token[j]; {
		case ta < tb:
			i++
		case ta > tb:
			j++
		default:
			dot += float64(v.weight(i)) * float64(v.weight(j))
			i++
			j++
		}
	}
	return dot / math.Sqrt(sqa*sqb)
}

// Cosine finds every pair of rows whose CosineOf is t or more. It fails when
// t is outside [MinThreshold, 1], the input is malformed or ctx is done.
//
// It is an all-pairs join in the line of Bayardo, Ma and Srikant (Scaling Up
// All Pairs Similarity Search, WWW 2007) with the length bounds of Anastasiu
// and Karypis (L2AP: Fast Cosine Similarity Search with Prefix L-2 Norm
// Bounds, ICDE 2014, §IV). Rows have length 1 and their tokens stand rarest
// first. The tail of a row at a token is the length of the row from there on.
//
//   - Let c be the first token that x and y share. All they have in common
//     lies in their tails at c, so by Cauchy–Schwarz the cosine is at most
//     tail(x,c)·tail(y,c): both tails are ≥ t, and one is ≥ √t.
//   - So the list of a token holds the rows whose tail there is ≥ t, ordered
//     by tail, and row x reads from its own place downwards, until the product
//     falls below t. Each pair is met at c from exactly one side, the one with
//     the longer tail, and a row reads no list at which its tail is below √t.
//     (This ordering is ours; L2AP keeps lists in order of arrival and must
//     look at every entry.)
//   - Signature: each row has a signature of 64 bits, which stands beside its
//     entries, and one of 256. What x and y share lies in the tokens of x's tail
//     whose bits y has; their length times y's tail bounds the cosine (the
//     bitmap filter of Sandes, Teodoro, Melo, 2020, carried over to lengths).
//     The short one turns most rows of few tokens away as the list is read
//     along, the long one most of the others before their tokens are fetched.
//   - What is left gets its dot product computed over y's tokens against x laid
//     out flat; it stops once the rest of y cannot reach t (L2AP, "l2cv"),
//     or when an earlier common token shows that the pair is another's.
func Cosine(ctx context.Context, v *Vectors, t float64, o Options) (*Result, error) {
	ix, err := indexCosine(ctx, v, t, &o)
	if err != nil {
		return nil, err
	}
	return run(ctx, v.Len(), o, func() prober {
		return &cosineProber{
			cosineIndex: ix,
			flat:        make([]float32, len(ix.head)-1),
			seen:        make([]int32, v.Len()),
		}
	})
}

// CosineCost is the number of index entries that Cosine would read, without
// reading them; it takes a small part of the time of the join. A caller can
// ask for the lowest threshold that it can afford. It fails as Cosine does.
func CosineCost(ctx context.Context, v *Vectors, t float64, o Options) (int64, error) {
	ix, err := indexCosine(ctx, v, t, &o)
	if err != nil {
		return 0, err
	}
	costs, err := costsOf(ctx, v.Len(), func() prober { return &cosineProber{cosineIndex: ix} })
	sum := int64(0)
	for _, c := range costs {
		sum += c
	}
	return sum, err
}

// checkVectors reports the first thing that makes the input unfit for Cosine.
func checkVectors(v *Vectors, t float64, o *Options) error {
	if err := checkThreshold(t); err != nil {
		return err
	}
	if err := v.check(*o); err != nil {
		return err
	}
	if wanted := v.tokens(); v.Each != nil && len(v.Each) < wanted {
		return fmt.Errorf("join: %d weights for %d tokens", len(v.Each), wanted)
	}
	if v.Each == nil && len(v.Weight) != len(v.Token) {
		return fmt.Errorf("join: %d weights for %d tokens", len(v.Weight), len(v.Token))
	}
	for i, w := range v.Each {
		if !finite(float64(w)) {
			return fmt.Errorf("join: weight %v of token %d is not a number from 0 up", w, i)
		}
	}
	for i, w := range v.Weight {
		if !finite(float64(w)) {
			return fmt.Errorf("join: weight %v of token %d is not a number from 0 up", w, v.Token[i])
		}
	}
	return nil
}

// cosineIndex is what the workers share.
type cosineIndex struct {
	v       *Vectors
	o       *Options
	t       float64   // the threshold
	bound   float64   // the threshold less the slack
	squares []float64 // of each row of v
	token   []int32   // renumbered, rarest first, ascending within a row
	weight  []float32 // normalised
	head    []int     // entries of token k are entry[head[k]:head[k+1]]
	entry   []uint64  // tail (float32 bits) and row, ascending
	behind  []uint64  // parallel to entry: the short signature of the row behind the token
	shares  []float32 // parallel to entry: the weight of the token in the row
	sign    []bitmap  // the long signature of each row
	long    bool      // rows are long
}

// An index entry holds the tail in its upper half. Floats that are not
// negative are ordered as their bits are, so entries can be sorted as numbers.
func newEntry(tail float32, row int32) uint64 {
	return uint64(math.Float32bits(tail))<<32 | uint64(row)
}
func entryTail(e uint64) float32 { return math.Float32frombits(uint32(e >> 32)) }
func entryRow(e uint64) int32    { return int32(uint32(e)) }

// sorter puts a list in order; its memory is used again.
type sorter struct {
	key    []uint64
	row    []int32
	behind []uint64
	shares []float32
}

// sort puts entries, which stand in order of their rows, in order of tail and
// row, and what stands beside them too: what is sorted are the tails with the
// places in the list.
func (s *sorter) sort(entries, behind []uint64, shares []float32) {
	if len(entries) < 2 {
		return
	}
	s.key, s.row = s.key[:0], s.row[:0]
	for i, e := range entries {
		s.key = append(s.key, e>>32<<32|uint64(i))
		s.row = append(s.row, entryRow(e))
	}
	s.behind, s.shares = append(s.behind[:0], behind...), append(s.shares[:0], shares...)
	slices.Sort(s.key)
	for i, k := range s.key {
		entries[i] = k>>32<<32 | uint64(s.row[uint32(k)])
		behind[i], shares[i] = s.behind[uint32(k)], s.shares[uint32(k)]
	}
}

// row gives the tokens and weights of row r.
func (ix *cosineIndex) row(r int32) ([]int32, []float32) {
	from, to := ix.v.Start[r], ix.v.Start[r+1]
	return ix.token[from:to], ix.weight[from:to]
}

// indexCosine checks, renumbers and normalises the rows and builds the lists.
func indexCosine(ctx context.Context, v *Vectors, t float64, o *Options) (*cosineIndex, error) {
	if err := checkVectors(v, t, o); err != nil {
		return nil, err
	}
	rank, rows := rarestFirst(&v.Sets)
	ix := &cosineIndex{
		v: v, o: o, t: t, bound: t - cosineSlack,
		squares: make([]float64, v.Len()),
		sign:    make([]bitmap, v.Len()),
		long:    len(v.Token) > longRow*v.Len(),
		token:   make([]int32, len(v.Token)),
		weight:  make([]float32, len(v.Token)),
	}
	err := overChunks(ctx, v.Len(), nil, func() func(number, from, to int) {
		var scratch []uint64
		return func(_, from, to int) {
			for r := from; r < to; r++ {
				scratch = ix.normalise(int32(r), rank, scratch)
			}
		}
	})
	if err != nil {
		return nil, err
	}
	ix.fill(len(rows))
	err = overChunks(ctx, len(rows), nil, func() func(number, from, to int) {
		var s sorter
		return func(_, from, to int) {
			for k := from; k < to; k++ {
				from, to := ix.head[k], ix.head[k+1]
				s.sort(ix.entry[from:to], ix.behind[from:to], ix.shares[from:to])
			}
		}
	})
	return ix, err
}

// longRow is how many tokens a row has on average for a signature of 64 bits to
// be all but full.
const longRow = 24

// normalise writes row r with renumbered tokens in order and length 1.
func (ix *cosineIndex) normalise(r int32, rank []int32, scratch []uint64) []uint64 {
	v := ix.v
	from, to := v.Start[r], v.Start[r+1]
	ix.squares[r] = v.squares(r)
	length := math.Sqrt(ix.squares[r])
	scratch = scratch[:0]
	for i := from; i < to; i++ {
		w := float32(nothing)
		if length > 0 {
			w = max(w, float32(float64(v.weight(i))/length))
		}
		scratch = append(scratch, uint64(rank[v.Token[i]])<<32|uint64(math.Float32bits(w)))
	}
	slices.Sort(scratch)
	for i, e := range scratch {
		tok := int32(e >> 32)
		ix.token[int(from)+i] = tok
		ix.sign[r].set(bitOf(tok))
		ix.weight[int(from)+i] = math.Float32frombits(uint32(e))
	}
	return scratch
}

// tails gives, for each token of a row, the length of the row from there on.
func tails(weights []float32, buf []float32) []float32 {
	buf = slices.Grow(buf[:0], len(weights))[:len(weights)]
	sum := 0.0
	for i := len(weights) - 1; i >= 0; i-- {
		sum += float64(weights[i]) * float64(weights[i])
		buf[i] = float32(math.Sqrt(sum))
	}
	return buf
}

// fill builds the lists, unsorted.
func (ix *cosineIndex) fill(tokens int) {
	n := ix.v.Len()
	next := make([][]int32, partsOf(n))
	eachPart(n, func(i, from, to int) {
		next[i] = make([]int32, tokens)
		var scratch indexed
		for r := int32(from); r < int32(to); r++ {
			tokens, _ := ix.row(r)
			for _, tok := range tokens[:ix.entries(r, &scratch)] {
				next[i][tok]++
			}
		}
	})
	ix.head = places(next, func(int) bool { return true })
	ix.entry = make([]uint64, ix.head[tokens])
	ix.behind, ix.shares = make([]uint64, ix.head[tokens]), make([]float32, ix.head[tokens])
	eachPart(n, func(i, from, to int) { ix.fillPart(next[i], from, to) })
}

// fillPart enters the rows from, to; next says where the next entry of each
// token goes.
func (ix *cosineIndex) fillPart(next []int32, from, to int) {
	var scratch indexed
	for r := int32(from); r < int32(to); r++ {
		tokens, weights := ix.row(r)
		n := ix.entries(r, &scratch)
		scratch.sign = signs(tokens, scratch.sign)
		for i, tok := range tokens[:n] {
			at := next[tok]
			ix.entry[at] = newEntry(scratch.tail[i], r)
			ix.behind[at], ix.shares[at] = scratch.sign[i+1], weights[i]
			next[tok]++
		}
	}
}

// indexed is scratch memory for one row.
type indexed struct {
	tail []float32
	sign []uint64
}

// signs gives, for each token of a row and behind the last, the short signature of
// the row from there on.
func signs(tokens []int32, buf []uint64) []uint64 {
	buf = slices.Grow(buf[:0], len(tokens)+1)[:len(tokens)+1]
	buf[len(tokens)] = 0
	for i := len(tokens) - 1; i >= 0; i-- {
		buf[i] = buf[i+1] | 1<<(bitOf(tokens[i])&63)
	}
	return buf
}

// entries is at how many of its tokens, the first, the tail of row r is long
// enough for an entry; the tails stand in scratch.
func (ix *cosineIndex) entries(r int32, scratch *indexed) int {
	_, weights := ix.row(r)
	scratch.tail = tails(weights, scratch.tail)
	for i, tail := range scratch.tail {
		if float64(tail) < ix.bound {
			return i
		}
	}
	return len(weights)
}
