package dedupe

import (
	"encoding/binary"
	"math"
)

// laidGrams is one record's grams laid out flat, so that its cosine with many
// others costs a walk over theirs alone. Each worker has its own.
type laidGrams struct {
	g      *grams
	of     int32     // the record, -1 before the first
	token  []int32   // its grams
	weight []float32 // by gram: its weight in the record, scaled, 0 where the record has it not
}

func (g *grams) lay() *laidGrams {
	return &laidGrams{g: g, of: -1, weight: make([]float32, len(g.idf))}
}

// take lays out record a.
func (x *laidGrams) take(a int32) {
	if x.of == a {
		return
	}
	for _, t := range x.token {
		x.weight[t] = 0
	}
	x.of, x.token = a, x.token[:0]
	for r := x.g.read(a); r.next(); {
		x.token = append(x.token, r.token)
		x.weight[r.token] = r.weight * x.g.scale[a]
	}
}

// cosine is grams.cosine of records a and b, to the last bit: what both have is
// summed in ascending order of the grams.
func (x *laidGrams) cosine(a, b int32) float64 {
	x.take(a)
	g := x.g
	code := g.code[b/gramChunk][g.start[b]:]
	left, n := uint64(code[0]), 1
	if left >= 0x80 {
		left, n = binary.Uvarint(code)
	}
	at, token, sum, scale := n, int32(-1), 0.0, g.scale[b]
	weight := x.weight
	for ; left > 0; left-- {
		gap := uint64(code[at])
		at++
		if gap >= 0x80 {
			next := uint64(code[at])
			at++
			gap = gap&0x7f | next<<7
			if next >= 0x80 {
				gap, n = binary.Uvarint(code[at-2:])
				at += n - 2
			}
		}
		token += int32(gap >> 1)
		times := uint64(1)
		if gap&1 != 0 {
			if times = uint64(code[at]); times < 0x80 {
				at++
			} else {
				times, n = binary.Uvarint(code[at:])
				at += n
			}
		}
		w := weight[token]
		if w == 0 {
			continue
		}
		v := g.idf[token]
		if times > 1 {
			v *= float32(timesWeight(times))
		}
		sum += float64(w) * float64(v*scale)
	}
	return min(sum, 1)
}

// timesWeight is 1 + ln(times), what a gram counts that stands so often.
func timesWeight(times uint64) float64 {
	if times < uint64(len(timesWeights)) {
		return timesWeights[times]
	}
	return 1 + math.Log(float64(times))
}

// timesWeights are those of the usual numbers of times.
var timesWeights = func() (w [16]float64) {
	for i := range w[1:] {
		w[i+1] = 1 + math.Log(float64(i+1))
	}
	return w
}()

// resemblances gives the resemblance of pairs; those of one first record share
// the work of laying it out, so pairs should stand in order.
type resemblances struct {
	l            *list
	short, whole *laidGrams
}

func (l *list) resemblances() *resemblances {
	r := &resemblances{l: l, short: l.short.lay()}
	r.whole = r.short
	if l.whole != l.short {
		r.whole = l.whole.lay()
	}
	return r
}

// of is list.resemblance.
func (r *resemblances) of(a, b int32) float64 {
	short := r.short.cosine(a, b)
	if r.short == r.whole {
		return short
	}
	return (short + r.whole.cosine(a, b)) / 2
}
