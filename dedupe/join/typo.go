package join

import (
	"context"
	"fmt"
	"math/bits"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"unicode/utf8"
)

// MaxEdits is the largest number of edits that Typo looks for.
const MaxEdits = 2

// EditsOf is the optimal string alignment distance of a and b in code points:
// the fewest insertions, deletions, replacements and swaps of neighbours that
// turn one into the other, none of them touching the same place twice. It
// gives limit+1 when they are more than limit. A byte that is not UTF-8 counts
// as U+FFFD.
func EditsOf(a, b string, limit int) int {
	var e editor
	return e.distance([]rune(a), []rune(b), limit)
}

// Typo finds every pair of strings whose EditsOf is edits (1 or 2) or less;
// equal strings are 0 apart. The score is 1 − edits/(length of the longer one,
// in code points), 1 for two empty strings. It fails when edits is out of
// range or ctx is done.
//
// It joins deletion neighbourhoods (Mor and Fraenkel, A Hash Code Method for
// Detecting and Correcting Spelling Errors, CACM 1982; SymSpell): each of the
// four edits can be undone by deleting at most one code point on each side, so
// two strings within d edits share a string that is left when up to d code
// points are deleted from each. Strings that share one are compared in full.
// The cost is that of length^edits short hashes a string, and grows with the
// pairs that share a remainder; Options.Work bounds the latter. It is meant
// for names and single words, not for titles: strings longer than MaxTypoRunes
// are left out.
func Typo(ctx context.Context, list []string, edits int, o Options) (*Result, error) {
	if edits < 1 || edits > MaxEdits {
		return nil, fmt.Errorf("join: %d edits are not within [1, %d]", edits, MaxEdits)
	}
	if o.List != nil && len(o.List) != len(list) {
		return nil, fmt.Errorf("join: list numbers for %d rows, but there are %d", len(o.List), len(list))
	}
	ix, err := indexTypo(ctx, list, edits, &o)
	if err != nil {
		return nil, err
	}
	return run(ctx, len(list), o, func() prober {
		return &typoProber{typoIndex: ix, seen: make([]int32, len(list))}
	})
}

// MaxTypoRunes is the length, in code points, above which Typo leaves a string
// out: two edits mean little in it, and a similarity finds it.
const MaxTypoRunes = 64

// typoIndex holds the neighbourhoods of all strings: the hash of what is left
// after deletions in the upper half of an entry, the row in the lower half,
// ascending. Hashes that only one row has are left out.
type typoIndex struct {
	o     *Options
	text  [][]rune // nil where left out
	edits int
	entry []uint64
	shift int      // leaves the upper bits of a hash that from looks at, as many as entries need
	from  []int    // entries whose hash has the upper bits b begin at from[b]
	there hashBits // of the entries
}

// fromBits is how many upper bits of a hash typoIndex.from looks at, at most.
const fromBits = 16

// hashBits has a bit for each value that the upper bits of a hash may have.
type hashBits struct {
	bit   []uint64
	shift int // leaves the upper bits
}

// hashBitsMost is how many upper bits a hashBits looks at, at most: a table of 2 MB
// stays near the core.
const hashBitsMost = 24

// newHashBits makes room for so many hashes.
func newHashBits(hashes int) hashBits {
	n := min(bits.Len(uint(hashes))+6, hashBitsMost)
	return hashBits{make([]uint64, 1<<(n-6)), 32 - n}
}

func (b *hashBits) set(hash uint32) { b.bit[hash>>b.shift>>6] |= 1 << (hash >> b.shift & 63) }

// may says false only where the hash was not set.
func (b *hashBits) may(hash uint32) bool {
	return b.bit[hash>>b.shift>>6]>>(hash>>b.shift&63)&1 != 0
}

// partEntries is how many entries of the index each core makes and sorts at a
// time. It bounds the memory: of what is made, few hashes are shared and stay.
const partEntries = 1 << 22

func indexTypo(ctx context.Context, list []string, edits int, o *Options) (*typoIndex, error) {
	ix := &typoIndex{o: o, edits: edits, text: make([][]rune, len(list))}
	total := 0
	for r, s := range list {
		if n := utf8.RuneCountInString(s); n <= MaxTypoRunes {
			ix.text[r] = append(make([]rune, 0, n), []rune(s)...)
			total += 1 + n + (edits-1)*n*(n-1)/2
		}
	}
	shift := 32 - bits.Len(uint(total/partEntries))
	parts := make([][]uint64, 1<<(32-shift))
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(parts)) {
		group.Go(func() {
			made := make([]uint64, 0, min(total, partEntries+partEntries/4))
			for part := int(next.Add(1)) - 1; part < len(parts) && ctx.Err() == nil; part = int(next.Add(1)) - 1 {
				made = ix.part(uint32(part), shift, made[:0])
				parts[part] = severally(made)
			}
		})
	}
	group.Wait()
	ix.entry = slices.Concat(parts...)
	ix.lay()
	return ix, ctx.Err()
}

// lay notes where the entries of each upper bits begin, and which there are.
func (ix *typoIndex) lay() {
	top := min(fromBits, bits.Len(uint(len(ix.entry))))
	ix.shift, ix.from = 32-top, make([]int, 1<<top+1)
	ix.there = newHashBits(len(ix.entry))
	for _, e := range ix.entry {
		ix.from[uint32(e>>32)>>ix.shift+1]++
		ix.there.set(uint32(e >> 32))
	}
	for b := range 1 << top {
		ix.from[b+1] += ix.from[b]
	}
}

// part makes the entries whose hash, shifted, is part, in made, in order.
func (ix *typoIndex) part(part uint32, shift int, made []uint64) []uint64 {
	var left remainders
	for r, text := range ix.text {
		if text == nil {
			continue
		}
		left.each(text, ix.edits, func(hash uint32) {
			if uint64(hash)>>shift == uint64(part) {
				made = append(made, uint64(hash)<<32|uint64(r))
			}
		})
	}
	slices.Sort(made)
	return made
}

// severally gives each of the sorted entries once, without those whose hash only
// one row has.
func severally(made []uint64) []uint64 {
	rows := slices.Compact(made)
	var out []uint64
	for i, e := range rows {
		if i > 0 && rows[i-1]>>32 == e>>32 || i+1 < len(rows) && rows[i+1]>>32 == e>>32 {
			out = append(out, e)
		}
	}
	return out
}

// remainders gives the hashes of a text and of each string that is left when one
// code point, or up to two, are deleted. The hash of a string is the sum of a
// random number for each code point at its place; so that of a remainder is the
// sum of pieces of the text that have moved by as many places as were deleted
// before them.
type remainders struct {
	sums [MaxEdits + 1][MaxTypoRunes + 1]uint64 // of the code points before each, moved by so many places
}

// each gives the hashes. One may be given more than once.
func (s *remainders) each(text []rune, edits int, f func(hash uint32)) {
	n := len(text)
	for moved := range edits + 1 {
		sums := &s.sums[moved]
		for k, r := range text {
			sums[k+1] = sums[k] + placed(r, k-moved)
		}
	}
	f(uint32(s.sums[0][n] >> 32))
	for i := range n {
		head, tail := s.sums[0][i], s.sums[1][i+1]
		f(uint32((head + s.sums[1][n] - tail) >> 32))
		for j := i + 1; edits > 1 && j < n; j++ {
			f(uint32((head + s.sums[1][j] - tail + s.sums[2][n] - s.sums[2][j+1]) >> 32))
		}
	}
}

// placed is a random number for a code point at a place (the mixer of
// SplitMix64: Steele, Lea, Flood, OOPSLA 2014).
func placed(r rune, place int) uint64 {
	h := uint64(r)<<8 ^ uint64(place&0xff)
	h = (h + 0x9e3779b97f4a7c15) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}

// typoProber is one worker.
type typoProber struct {
	*typoIndex
	left   remainders
	editor editor
	seen   []int32 // x+1 where row x has met the row
}

// before gives the entries of the rows before x that share a remainder with x.
func (p *typoProber) before(x int32, f func(entries []uint64)) {
	if p.text[x] == nil || x < p.o.Since {
		return
	}
	p.left.each(p.text[x], p.edits, func(hash uint32) {
		if !p.there.may(hash) {
			return
		}
		top := hash >> p.shift
		list := p.entry[p.from[top]:p.from[top+1]]
		from, _ := slices.BinarySearch(list, uint64(hash)<<32)
		to, _ := slices.BinarySearch(list[from:], uint64(hash)<<32|uint64(x))
		f(list[from : from+to])
	})
}

func (p *typoProber) cost(x int32) int64 {
	sum := int64(0)
	p.before(x, func(entries []uint64) { sum += int64(len(entries)) })
	return sum
}

func (p *typoProber) probe(x int32, limit int64, f *found) {
	cut := false
	p.before(x, func(entries []uint64) {
		if int64(len(entries)) > limit {
			entries, cut = entries[:limit], true
		}
		limit -= int64(len(entries))
		f.read += int64(len(entries))
		for _, e := range entries {
			p.meet(x, int32(uint32(e)), f)
		}
	})
	if cut {
		f.cut++
	}
}

// meet compares rows x and y, unless they have met.
func (p *typoProber) meet(x, y int32, f *found) {
	if p.seen[y] == x+1 || !p.o.together(x, y) {
		return
	}
	p.seen[y] = x + 1
	f.verified++
	a, b := p.text[x], p.text[y]
	if d := p.editor.distance(a, b, p.edits); d <= p.edits {
		f.add(x, y, 1-float64(d)/float64(max(1, len(a), len(b))))
	}
}

// editor computes distances, keeping its rows from one to the next.
type editor struct{ prev2, prev, now []int }

// distance is EditsOf.
func (e *editor) distance(a, b []rune, limit int) int {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if max(len(a)-len(b), len(b)-len(a)) > limit {
		return limit + 1
	}
	e.start(len(b))
	for i := 1; i <= len(a); i++ {
		if e.next(a, b, i) > limit {
			return limit + 1
		}
	}
	return min(e.prev[len(b)], limit+1)
}

// start fills the row of distances from the empty string.
func (e *editor) start(n int) {
	e.prev2 = slices.Grow(e.prev2[:0], n+1)[:n+1]
	e.prev = slices.Grow(e.prev[:0], n+1)[:n+1]
	e.now = slices.Grow(e.now[:0], n+1)[:n+1]
	for j := range e.prev {
		e.prev[j] = j
	}
}

// next moves on to the distances of the first i code points of a and gives a
// number that all later distances reach.
func (e *editor) next(a, b []rune, i int) int {
	e.now[0] = i
	least := i
	for j := 1; j <= len(b); j++ {
		change := 1
		if a[i-1] == b[j-1] {
			change = 0
		}
		d := min(e.prev[j]+1, e.now[j-1]+1, e.prev[j-1]+change)
		if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
			d = min(d, e.prev2[j-2]+1)
		}
		e.now[j] = d
		// A swap that ends in the next row starts from the row before this one.
		least = min(least, d)
	}
	least = min(least, slices.Min(e.prev)+1)
	e.prev2, e.prev, e.now = e.prev, e.now, e.prev2
	return least
}
