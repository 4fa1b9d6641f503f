package join

import (
	"math/bits"
	"slices"
)

// bitmapBits is the length of a bitmap. A title has some 50 different 3-grams,
// so that a sixth of the bits are set.
const bitmapBits = 256

// bitmap is the signature of a row: the bits of its tokens. A bit that is not
// set says that the row has none of the tokens of that bit.
type bitmap [bitmapBits / 64]uint64

func (b *bitmap) set(bit int) { b[bit>>6] |= 1 << (bit & 63) }

// short folds the signature into 64 bits.
func (b *bitmap) short() uint64 { return b[0] | b[1] | b[2] | b[3] }

// bitOf spreads the tokens over the bits (Knuth's multiplicative hash).
func bitOf(tok int32) int { return int(uint32(tok) * 2654435769 >> 24) }

// bitEnergy is what a row holds in each bit: the sum of the squares of its
// weights. It bounds how much of the row another row can share, given the
// other's signature.
type bitEnergy struct {
	sign   bitmap
	short  uint64 // sign, folded
	energy [bitmapBits]float64
	folded [64]float64             // energy, folded
	tokens [bitmapBits]int32       // how many
	most   [bitmapBits + 1]float64 // most[m] is no less than what any m bits hold, after sum
	full   [bitmapBits]float64     // scratch of sum
}

// lay takes the tokens of a row; clear must have been called for the last.
func (e *bitEnergy) lay(tokens []int32, weights []float32) {
	for i, tok := range tokens {
		bit := bitOf(tok)
		e.sign.set(bit)
		e.energy[bit] += float64(weights[i]) * float64(weights[i])
		e.folded[bit&63] += float64(weights[i]) * float64(weights[i])
		e.tokens[bit]++
	}
	e.short = e.sign.short()
}

// clear forgets the row of these tokens.
func (e *bitEnergy) clear(tokens []int32) {
	for _, tok := range tokens {
		bit := bitOf(tok)
		e.energy[bit], e.folded[bit&63], e.tokens[bit] = 0, 0, 0
	}
	e.sign, e.short = bitmap{}, 0
}

// sum fills most, for the bits of the short signature or of the long one. It costs as
// much as a hundred calls of shared, so that it pays only before many of common.
func (e *bitEnergy) sum(long bool) {
	n := 0
	full := &e.full
	if long {
		for i, word := range e.sign {
			for ; word != 0; word &= word - 1 {
				full[n] = e.energy[i<<6|bits.TrailingZeros64(word)]
				n++
			}
		}
	} else {
		for word := e.short; word != 0; word &= word - 1 {
			full[n] = e.folded[bits.TrailingZeros64(word)]
			n++
		}
	}
	slices.Sort(full[:n])
	sum := 0.0
	for m := range n {
		sum += full[n-1-m]
		e.most[m+1] = sum
	}
}

// pass takes the token at hand out of what is left of the row. It leaves most
// as it was, which still bounds, if less closely.
func (e *bitEnergy) pass(tok int32, weight float32) {
	bit := bitOf(tok)
	e.energy[bit] -= float64(weight) * float64(weight)
	e.folded[bit&63] -= float64(weight) * float64(weight)
	e.tokens[bit]--
	if e.tokens[bit] == 0 {
		e.sign[bit>>6] &^= 1 << (bit & 63)
		e.short = e.sign.short()
	}
}

// common is the number of bits that a row of long signature y may share with the
// row; most of it bounds the energy.
func (e *bitEnergy) common(y *bitmap) int {
	return bits.OnesCount64(e.sign[0]&y[0]) + bits.OnesCount64(e.sign[1]&y[1]) +
		bits.OnesCount64(e.sign[2]&y[2]) + bits.OnesCount64(e.sign[3]&y[3])
}

// foldedMost is how many bits are added up one by one: the row holds no less in
// the bits of y than it shares with a row of short signature y.
const foldedMost = 8

// holds says whether the row holds so much in the bits of a short signature, as
// far as can be told at a glance. most must be filled, or many false.
func (e *bitEnergy) holds(y uint64, wanted float64, many bool) bool {
	y &= e.short
	n := bits.OnesCount64(y)
	if many && e.most[n] < wanted {
		return false
	}
	if n > foldedMost {
		return true
	}
	sum := 0.0
	for ; y != 0; y &= y - 1 {
		sum += e.folded[bits.TrailingZeros64(y)]
	}
	return sum >= wanted
}

// shared is what the row holds in the bits that a row of signature y has.
func (e *bitEnergy) shared(y *bitmap) float64 {
	sum := 0.0
	for i, word := range e.sign {
		for word &= y[i]; word != 0; word &= word - 1 {
			sum += e.energy[i<<6|bits.TrailingZeros64(word)]
		}
	}
	return sum
}
