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
//
// A gram never crosses a word: each word stands between two spaces. So the
// grams of a word are cut once a list, and a record is a row of words, a tenth
// of the memory that its grams would take.
type grams struct {
	start []int32 // words of record d are seq[start[d]:start[d+1]]
	seq   []int32
	from  []int32 // grams of word t are of[from[t]:from[t+1]], in order, repeats included
	of    []int32
	idf   []float32 // of each gram: ln((n+1)/(records that have it+1))+1
	scale []float32 // of each record: what brings it to length 1
}

// grams cuts the words into grams, on all cores, and weighs the rows. Grams are
// numbered in the order in which they are first seen.
func (c *texts) grams(words []string) *grams {
	g := &grams{start: c.start, seq: c.seq, from: make([]int32, 1, len(words)+1)}
	var ids gramIDs
	parts := make([]*gramPart, (len(words)+wordChunk-1)/wordChunk)
	number := newTurns(len(parts), func(i int) {
		g.of = ids.number(g.of, parts[i])
		for _, length := range parts[i].length {
			g.from = append(g.from, g.from[len(g.from)-1]+length)
		}
		parts[i] = nil
	})
	eachChunk(len(parts), func(i int) {
		parts[i] = cutGrams(words[i*wordChunk : min((i+1)*wordChunk, len(words))])
		number.ready(i)
	})
	g.weigh(int(ids.next))
	return g
}

// gramPart holds the grams of some words.
type gramPart struct {
	place  []int32   // of each gram among the small ones, -1 for those that are not
	wide   [][3]rune // these, in order
	length []int32   // grams of each word
}

// cutGrams cuts words into grams.
func cutGrams(words []string) *gramPart {
	p := &gramPart{place: make([]int32, 0, 8*len(words)), length: make([]int32, 0, len(words))}
	for _, w := range words {
		from := len(p.place)
		eachGram(w, func(x, y, z rune) {
			at, ok := smallGram(x, y, z)
			if !ok {
				at = -1
				p.wide = append(p.wide, [3]rune{x, y, z})
			}
			p.place = append(p.place, at)
		})
		p.length = append(p.length, int32(len(p.place)-from))
	}
	return p
}

// weigh counts the grams and brings the rows to length 1.
func (g *grams) weigh(different int) {
	n := len(g.start) - 1
	g.idf = make([]float32, different)
	for t, c := range g.holders(different) {
		g.idf[t] = float32(math.Log(float64(n+1)/float64(c+1)) + 1)
	}
	g.scale = make([]float32, n)
	eachRange(n, func(lo, hi int) {
		x := g.lay()
		for d := lo; d < hi; d++ {
			var sum float64
			x.count(int32(d), func(t int32, times uint16) {
				w := float64(g.idf[t]) * timesWeight(times)
				sum += w * w
			})
			if sum > 0 {
				g.scale[d] = float32(1 / math.Sqrt(sum))
			}
		}
	})
}

// holders gives in how many records each gram stands.
func (g *grams) holders(different int) []int32 {
	n := len(g.start) - 1
	return sumRanges(n, different, func(lo, hi int, count []int32) {
		last := make([]int32, different) // 1 + the last record of the range that had the gram
		for d := lo; d < hi; d++ {
			for _, w := range g.row(int32(d)) {
				for _, t := range g.word(w) {
					if last[t] != int32(d)+1 {
						last[t] = int32(d) + 1
						count[t]++
					}
				}
			}
		}
	})
}

// row gives the words of record d.
func (g *grams) row(d int32) []int32 { return g.seq[g.start[d]:g.start[d+1]] }

// word gives the grams of word w.
func (g *grams) word(w int32) []int32 { return g.of[g.from[w]:g.from[w+1]] }

// vectors writes the first n records out for a join.
func (g *grams) vectors(n int) *join.Vectors {
	v := &join.Vectors{Sets: join.Sets{Start: make([]int32, 1, n+1)}}
	x := g.lay()
	times := make([]uint16, len(g.idf))
	var row []int32
	for d := range int32(n) {
		row = row[:0]
		x.count(d, func(t int32, k uint16) {
			row = append(row, t)
			times[t] = k
		})
		slices.Sort(row)
		for _, t := range row {
			v.Token = append(v.Token, t)
			v.Weight = append(v.Weight, g.idf[t]*float32(timesWeight(times[t]))*g.scale[d])
		}
		v.Start = append(v.Start, int32(len(v.Token)))
	}
	return v
}

// gramIDs numbers 3-grams in the order in which they are first seen.
type gramIDs struct {
	small [64 * 64]*[64]int32 // of grams of small characters, by the first two: 1 + the number
	wide  map[[3]rune]int32
	next  int32
}

// number appends the numbers of the grams of a part.
func (ids *gramIDs) number(out []int32, p *gramPart) []int32 {
	wide := p.wide
	for _, at := range p.place {
		if at >= 0 {
			out = append(out, ids.ofSmall(at))
			continue
		}
		out = append(out, ids.ofWide(wide[0]))
		wide = wide[1:]
	}
	return out
}

// ofSmall gives the number of a gram of small characters by its place, a new
// one where it was not seen before.
func (ids *gramIDs) ofSmall(at int32) int32 {
	row := ids.small[at/64]
	if row == nil {
		row = new([64]int32)
		ids.small[at/64] = row
	}
	if row[at%64] == 0 {
		ids.next++
		row[at%64] = ids.next
	}
	return row[at%64] - 1
}

// ofWide is ofSmall of the others.
func (ids *gramIDs) ofWide(gram [3]rune) int32 {
	id, known := ids.wide[gram]
	if !known {
		if ids.wide == nil {
			ids.wide = map[[3]rune]int32{}
		}
		id = ids.next
		ids.wide[gram] = id
		ids.next++
	}
	return id
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

// smallGram is the place of a gram of small characters.
func smallGram(x, y, z rune) (int32, bool) {
	a, b, c := small(x), small(y), small(z)
	return a<<12 | b<<6 | c, a|b|c < 64
}

// eachGram gives the grams of a word in order, none for "".
func eachGram(word string, emit func(x, y, z rune)) {
	x, y := rune(' '), rune(' ')
	for i := 0; i < len(word); {
		z, size := utf8.DecodeRuneInString(word[i:])
		i += size
		if y != ' ' {
			emit(x, y, z)
		}
		x, y = y, z
	}
	if y != ' ' {
		emit(x, y, ' ')
	}
}

// laidGrams is one record's grams laid out flat, so that its cosine with many
// others costs a walk over theirs alone. Each worker has its own.
type laidGrams struct {
	g      *grams
	laid   int32      // the record, -1 before the first
	token  []int32    // its grams
	weight []float32  // by gram: its weight in the record, scaled, 0 where the record has it not
	times  []uint16   // by gram: how often it was met in the record at hand, 0 between records
	met    []int32    // the grams with times
	giant  *laidGrams // for giants, nil before the first
}

func (g *grams) lay() *laidGrams {
	return &laidGrams{g: g, laid: -1, weight: make([]float32, len(g.idf)), times: make([]uint16, len(g.idf))}
}

// count gives the grams of record d, each once, and how often each stands
// there, in the order in which they first do.
func (x *laidGrams) count(d int32, f func(t int32, times uint16)) {
	x.met = x.met[:0]
	for _, w := range x.g.row(d) {
		for _, t := range x.g.word(w) {
			x.meet(t)
		}
	}
	for _, t := range x.met {
		f(t, x.times[t])
		x.times[t] = 0
	}
}

// meet counts a gram.
func (x *laidGrams) meet(t int32) {
	switch x.times[t] {
	case 0:
		x.met = append(x.met, t)
	case math.MaxUint16:
		return
	}
	x.times[t]++
}

// take lays out record a.
func (x *laidGrams) take(a int32) {
	if x.laid == a {
		return
	}
	for _, t := range x.token {
		x.weight[t] = 0
	}
	x.laid, x.token = a, x.token[:0]
	x.count(a, func(t int32, times uint16) {
		x.token = append(x.token, t)
		x.weight[t] = x.g.weight(t, times, a)
	})
}

// weight is that of a gram that stands so often in record d.
func (g *grams) weight(t int32, times uint16, d int32) float32 {
	w := g.idf[t] * g.scale[d]
	if times > 1 {
		w *= float32(timesWeight(times))
	}
	return w
}

// giant is how many words a record has that is laid out rather than walked
// along for every record that it is compared with, and stays so.
const giant = 1000

// cosine is the cosine of records a and b, 0 to 1. The one with the lower
// number is laid out, or a giant, so that it is the same either way round, to
// the last bit.
func (x *laidGrams) cosine(a, b int32) float64 {
	a, b = min(a, b), max(a, b)
	if long := len(x.g.row(b)) >= giant; long || len(x.g.row(a)) >= giant {
		if long {
			a, b = b, a
		}
		if x.giant == nil {
			x.giant = x.g.lay()
		}
		return x.giant.with(a, b)
	}
	return x.with(a, b)
}

// with is cosine with a laid out.
func (x *laidGrams) with(a, b int32) float64 {
	x.take(a)
	g := x.g
	x.met = x.met[:0]
	for _, w := range g.row(b) {
		for _, t := range g.word(w) {
			if x.weight[t] != 0 {
				x.meet(t)
			}
		}
	}
	var sum float64
	for _, t := range x.met {
		sum += float64(x.weight[t]) * float64(g.weight(t, x.times[t], b))
		x.times[t] = 0
	}
	return min(sum, 1)
}

// timesWeight is 1 + ln(times), what a gram counts that stands so often.
func timesWeight(times uint16) float64 {
	if int(times) < len(timesWeights) {
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

// resemblances gives the resemblance of pairs, by which candidates are ranked.
// Pairs that share one record share the work of laying it out, so they should
// stand in order.
type resemblances struct {
	short, whole *laidGrams
}

func (l *list) resemblances() *resemblances {
	r := &resemblances{short: l.short.lay()}
	r.whole = r.short
	if l.whole != l.short {
		r.whole = l.whole.lay()
	}
	return r
}

// of is the mean of the cosines of the main texts and of the whole records.
func (r *resemblances) of(a, b int32) float64 {
	short := r.short.cosine(a, b)
	if r.short == r.whole {
		return short
	}
	return (short + r.whole.cosine(a, b)) / 2
}
