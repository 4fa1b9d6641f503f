package dedupe

import (
	"encoding/binary"
	"math"
	"slices"
	"sync/atomic"
	"unicode/utf8"

	"github.com/unecho/unecho/dedupe/join"
)

// grams holds the character 3-grams of one text of each record, weighted as
// TF-IDF with logarithmic counts (Manning, Raghavan, Schütze 2008, section
// 6.4) and normalised to length 1: the product of two rows is their cosine.
//
// A title has some fifty; written as gaps between ascending ids they take two
// bytes each, a quarter of what ids and weights would take.
type grams struct {
	code  [][]byte  // by gramChunk records: rows, one after the other
	start []uint32  // where in its chunk each record's row begins
	count []int32   // in how many records each gram stands, by id
	idf   []float32 // of each gram: ln((n+1)/(count+1))+1
	scale []float32 // of each record: what brings it to length 1
}

// gramChunk is how many records are cut at a time.
const gramChunk = 1 << 11

// newGrams cuts the texts, on all cores; text must be pure. A gram never
// crosses a word: each word stands between two spaces.
func newGrams(n int, text func(d int) string) *grams {
	ids := newGramIDs(n, text)
	g := &grams{
		code:  make([][]byte, (n+gramChunk-1)/gramChunk),
		start: make([]uint32, n),
		count: make([]int32, ids.next),
		idf:   make([]float32, ids.next),
		scale: make([]float32, n),
	}
	eachChunk(len(g.code), func(i int) {
		var row []int32
		var code []byte
		for d := i * gramChunk; d < min((i+1)*gramChunk, n); d++ {
			row = ids.cut(row[:0], text(d))
			slices.Sort(row)
			g.start[d] = uint32(len(code))
			code = g.write(code, row)
		}
		g.code[i] = slices.Clip(code)
	})
	for t, c := range g.count {
		g.idf[t] = float32(math.Log(float64(n+1)/float64(c+1)) + 1)
	}
	eachRange(n, func(lo, hi int) {
		for d := lo; d < hi; d++ {
			var sum float64
			for r := g.read(int32(d)); r.next(); {
				sum += float64(r.weight) * float64(r.weight)
			}
			if sum > 0 {
				g.scale[d] = float32(1 / math.Sqrt(sum))
			}
		}
	})
	return g
}

// write appends a row: how many different grams it has, then for each the gap
// from the one before, doubled, and odd where the number of times follows.
func (g *grams) write(code []byte, row []int32) []byte {
	different := 0
	for i, t := range row {
		if i == 0 || t != row[i-1] {
			different++
		}
	}
	code = binary.AppendUvarint(code, uint64(different))
	last := int32(-1)
	for i := 0; i < len(row); {
		k := i + 1
		for k < len(row) && row[k] == row[i] {
			k++
		}
		gap := uint64(row[i]-last) << 1
		if k-i == 1 {
			code = binary.AppendUvarint(code, gap)
		} else {
			code = binary.AppendUvarint(code, gap|1)
			code = binary.AppendUvarint(code, uint64(k-i))
		}
		last = row[i]
		atomic.AddInt32(&g.count[last], 1)
		i = k
	}
	return code
}

// A gramReader goes through the grams of a record, ascending.
type gramReader struct {
	g      *grams
	code   []byte
	left   uint64
	token  int32
	weight float32 // before scaling
}

func (g *grams) read(d int32) gramReader {
	code := g.code[d/gramChunk][g.start[d]:]
	left, n := binary.Uvarint(code)
	return gramReader{g: g, code: code[n:], left: left, token: -1}
}

// next goes on to the next gram, false at the end.
func (r *gramReader) next() bool {
	if r.left == 0 {
		return false
	}
	r.left--
	gap := r.number()
	r.token += int32(gap >> 1)
	r.weight = r.g.idf[r.token]
	if gap&1 != 0 {
		r.weight *= float32(timesWeight(r.number()))
	}
	return true
}

// number reads one number; most have one or two bytes.
func (r *gramReader) number() uint64 {
	c := r.code
	if c[0] < 0x80 {
		r.code = c[1:]
		return uint64(c[0])
	}
	if c[1] < 0x80 {
		r.code = c[2:]
		return uint64(c[0]&0x7f) | uint64(c[1])<<7
	}
	v, n := binary.Uvarint(c)
	r.code = c[n:]
	return v
}

// cosine is the cosine of records a and b, 0 to 1.
func (g *grams) cosine(a, b int32) float64 {
	x, y := g.read(a), g.read(b)
	scaleX, scaleY := g.scale[a], g.scale[b]
	var sum float64
	more := x.next() && y.next()
	for more {
		switch {
		case x.token < y.token:
			more = x.next()
		case x.token > y.token:
			more = y.next()
		default:
			sum += float64(x.weight*scaleX) * float64(y.weight*scaleY)
			more = x.next() && y.next()
		}
	}
	return min(sum, 1)
}

// vectors writes the first n records out for a join, with grams numbered
// without gaps.
func (g *grams) vectors(n int) *join.Vectors {
	dense := make([]int32, len(g.count))
	next := int32(0)
	for t, c := range g.count {
		dense[t] = next
		if c > 0 {
			next++
		}
	}
	v := &join.Vectors{Sets: join.Sets{Start: make([]int32, 1, n+1)}}
	for d := range int32(n) {
		for r := g.read(d); r.next(); {
			v.Token = append(v.Token, dense[r.token])
			v.Weight = append(v.Weight, r.weight*g.scale[d])
		}
		v.Start = append(v.Start, int32(len(v.Token)))
	}
	return v
}

// gramIDs numbers 3-grams: those of small characters by what they are, all
// others from there on in the order in which they are first seen.
type gramIDs struct {
	wide map[[3]rune]int32
	next int32
}

// smallGrams is how many grams small characters make.
const smallGrams = 64 * 64 * 64

// newGramIDs numbers the grams of all texts.
func newGramIDs(n int, text func(d int) string) *gramIDs {
	ids := &gramIDs{wide: map[[3]rune]int32{}, next: smallGrams}
	odd := make([]bool, n)
	eachRange(n, func(lo, hi int) {
		for d := lo; d < hi; d++ {
			odd[d] = !allSmall(text(d))
		}
	})
	for d, is := range odd {
		if is {
			eachGram(text(d), func(x, y, z rune) {
				gram := [3]rune{x, y, z}
				if _, ok := smallGram(x, y, z); ok {
					return
				}
				if _, ok := ids.wide[gram]; !ok {
					ids.wide[gram] = ids.next
					ids.next++
				}
			})
		}
	}
	return ids
}

// cut appends the ids of the grams of s to row, repeats included.
func (ids *gramIDs) cut(row []int32, s string) []int32 {
	eachGram(s, func(x, y, z rune) {
		id, ok := smallGram(x, y, z)
		if !ok {
			id = ids.wide[[3]rune{x, y, z}]
		}
		row = append(row, id)
	})
	return row
}

// small numbers the characters that most texts are made of, 0 to 63; 64 for all others.
func small(r rune) int32 {
	switch {
	case r == ' ':
		return 0
	case r >= 'a' && r <= 'z':
		return r - 'a' + 1
	case r >= '0' && r <= '9':
		return r - '0' + 27
	}
	return 64
}

func allSmall(s string) bool {
	for i := range len(s) {
		if small(rune(s[i])) == 64 {
			return false
		}
	}
	return true
}

// smallGram is the number of a gram of small characters.
func smallGram(x, y, z rune) (int32, bool) {
	a, b, c := small(x), small(y), small(z)
	return a<<12 | b<<6 | c, a|b|c < 64
}

// eachGram gives the grams of s in order.
func eachGram(s string, emit func(x, y, z rune)) {
	x, y := rune(' '), rune(' ')
	letters := 0 // of the word at hand
	for i := 0; i < len(s); {
		z, size := rune(s[i]), 1
		if z >= utf8.RuneSelf {
			z, size = utf8.DecodeRuneInString(s[i:])
		}
		i += size
		if z == ' ' {
			if letters > 0 {
				emit(x, y, ' ')
			}
			x, y, letters = ' ', ' ', 0
			continue
		}
		letters++
		if letters > 1 {
			emit(x, y, z)
			x, y = y, z
		} else {
			x, y = ' ', z
		}
	}
	if letters > 0 {
		emit(x, y, ' ')
	}
}
