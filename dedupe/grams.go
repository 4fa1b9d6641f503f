package dedupe

import (
	"math"
	"slices"
	"unicode/utf8"

	"github.com/unecho/unecho/dedupe/join"
)

// grams holds the character 3-grams of one text of each record, weighted as
// TF-IDF with logarithmic counts (Manning, Raghavan, Schütze 2008, section
// 6.4) and normalised to length 1: the product of two rows is their cosine.
type grams struct {
	join.Vectors
}

// newGrams cuts the texts. A gram never crosses a word: each word stands
// between two spaces.
func newGrams(n int, text func(d int) string) *grams {
	g := &grams{}
	g.Start = make([]int32, 1, n+1)
	ids := &gramIDs{wide: map[[3]rune]int32{}}
	var row []int32
	for d := range n {
		row = ids.cut(row[:0], text(d))
		slices.Sort(row)
		for i := 0; i < len(row); {
			k := i + 1
			for k < len(row) && row[k] == row[i] {
				k++
			}
			g.Token = append(g.Token, row[i])
			g.Weight = append(g.Weight, float32(1+math.Log(float64(k-i))))
			i = k
		}
		g.Start = append(g.Start, int32(len(g.Token)))
	}
	g.normalise(n, int(ids.next))
	return g
}

// normalise multiplies by ln((n+1)/(count+1))+1 and scales each row to length 1.
func (g *grams) normalise(n, tokens int) {
	count := make([]int32, tokens)
	for _, t := range g.Token {
		count[t]++
	}
	idf := make([]float32, tokens)
	for t, c := range count {
		idf[t] = float32(math.Log(float64(n+1)/float64(c+1)) + 1)
	}
	eachRange(n, func(lo, hi int) {
		for d := lo; d < hi; d++ {
			var sum float64
			for i := g.Start[d]; i < g.Start[d+1]; i++ {
				g.Weight[i] *= idf[g.Token[i]]
				sum += float64(g.Weight[i]) * float64(g.Weight[i])
			}
			if sum == 0 {
				continue
			}
			scale := float32(1 / math.Sqrt(sum))
			for i := g.Start[d]; i < g.Start[d+1]; i++ {
				g.Weight[i] *= scale
			}
		}
	})
}

// cosine is the cosine of records a and b, 0 to 1.
func (g *grams) cosine(a, b int32) float64 {
	i, j := g.Start[a], g.Start[b]
	ei, ej := g.Start[a+1], g.Start[b+1]
	var sum float64
	for i < ei && j < ej {
		switch x, y := g.Token[i], g.Token[j]; {
		case x < y:
			i++
		case x > y:
			j++
		default:
			sum += float64(g.Weight[i]) * float64(g.Weight[j])
			i++
			j++
		}
	}
	return min(sum, 1)
}

// gramIDs numbers 3-grams in the order in which they are first seen.
type gramIDs struct {
	ascii [64 * 64 * 64]int32 // id+1 of grams whose characters small knows
	wide  map[[3]rune]int32   // ids of all others
	next  int32
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

// cut appends the ids of the grams of s to row, repeats included.
func (ids *gramIDs) cut(row []int32, s string) []int32 {
	x, y := rune(' '), rune(' ')
	letters := 0 // of the word at hand
	emit := func(z rune) {
		row = append(row, ids.of(x, y, z))
	}
	for i := 0; i < len(s); {
		z, size := rune(s[i]), 1
		if z >= utf8.RuneSelf {
			z, size = utf8.DecodeRuneInString(s[i:])
		}
		i += size
		if z == ' ' {
			if letters > 0 {
				emit(' ')
			}
			x, y, letters = ' ', ' ', 0
			continue
		}
		letters++
		if letters > 1 {
			emit(z)
			x, y = y, z
		} else {
			x, y = ' ', z
		}
	}
	if letters > 0 {
		emit(' ')
	}
	return row
}

// of gives the id of a gram.
func (ids *gramIDs) of(x, y, z rune) int32 {
	a, b, c := small(x), small(y), small(z)
	if a < 64 && b < 64 && c < 64 {
		p := &ids.ascii[a<<12|b<<6|c]
		if *p == 0 {
			ids.next++
			*p = ids.next
		}
		return *p - 1
	}
	id, ok := ids.wide[[3]rune{x, y, z}]
	if !ok {
		id = ids.next
		ids.next++
		ids.wide[[3]rune{x, y, z}] = id
	}
	return id
}
