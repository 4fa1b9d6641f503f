package dedupe

import (
	"math"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/unecho/unecho/dedupe/join"
)

// texts holds one text of each record, cut into words.
type texts struct {
	symbols *symbols
	start   []int32 // words of record d are seq[start[d]:start[d+1]], in the order of the text
	seq     []int32
	aside   []bool // parallel to seq: the word belongs to an affix set aside; nil where none does
}

// words holds one text of each record as words, and what each is worth.
type words struct {
	texts
	sets   join.Sets // the same as sets
	means  *meanings // what words may stand for; of the main text only
	traits []trait   // of each word; of the main text only
	firsts []uint64  // of each record: the first letters of its words; of the main text only
	heads  []int     // records that have word t are held[heads[t]:heads[t+1]], ascending
	held   []int32
	weight []float64 // nats that a shared word is worth: ln((n+1)/(count+1/2))
	sum    []float64 // of the weights of each record's set
	equal  []int32   // how many records have the same set of words; nil where nothing else is compared
	same   []int32   // number of that set
}

// newWords cuts the texts into words and weighs these, on all cores. text gives
// a record's text and the same without affixes; it must be pure.
func newWords(n int, text func(d int) (full, core string)) *words {
	w := &words{texts: *cutTexts(n, text, nil)}
	w.gather()
	w.weigh()
	return w
}

// cutTexts cuts the texts into words, on all cores; progress may be nil. Words are
// numbered in the order in which they are first seen: those of a part while others
// are still cut.
func cutTexts(n int, text func(d int) (full, core string), progress func(done, total int)) *texts {
	count := counter{total: n, tell: progress}
	parts := make([]*cutPart, (n+wordChunk-1)/wordChunk)
	c := &texts{symbols: &symbols{}, start: make([]int32, 1, n+1)}
	aside := false
	number := newTurns(len(parts), func(i int) {
		parts[i].number(c.symbols)
		for _, length := range parts[i].length {
			c.start = append(c.start, c.start[len(c.start)-1]+length)
		}
		aside = aside || parts[i].aside != nil
	})
	eachChunk(len(parts), func(i int) {
		lo, hi := i*wordChunk, min((i+1)*wordChunk, n)
		parts[i] = cutRange(lo, hi, text)
		number.ready(i)
		count.add(hi - lo)
	})
	c.seq = make([]int32, c.start[n])
	if aside {
		c.aside = make([]bool, len(c.seq))
	}
	eachChunk(len(parts), func(i int) {
		at := c.start[i*wordChunk]
		for k, t := range parts[i].seq {
			c.seq[int(at)+k] = parts[i].id[t]
		}
		if parts[i].aside != nil {
			copy(c.aside[at:], parts[i].aside)
		}
		parts[i] = nil
	})
	return c
}

// wordChunk is how many records are cut at a time.
const wordChunk = 1 << 13

// cutPart holds the words of some records by numbers of their own.
type cutPart struct {
	symbols *symbols // nil once they are numbered
	id      []int32  // of each of the symbols, in the numbers of all records
	seq     []int32
	aside   []bool  // nil where no word is
	length  []int32 // words of each record
}

// cutRange cuts the texts of records lo to hi.
func cutRange(lo, hi int, text func(d int) (full, core string)) *cutPart {
	c := &cutPart{symbols: lent.Get().(*symbols), seq: make([]int32, 0, 8*(hi-lo)), length: make([]int32, 0, hi-lo)}
	for d := lo; d < hi; d++ {
		full, core := text(d)
		from := len(c.seq)
		c.cut(full)
		if len(core) != len(full) {
			c.aside = append(c.aside, make([]bool, len(c.seq)-len(c.aside))...)
			markAside(c.aside[from:], c.seq[from:], c.symbols.text, core)
		}
		c.length = append(c.length, int32(len(c.seq)-from))
	}
	if c.aside != nil {
		c.aside = slices.Grow(c.aside, len(c.seq)-len(c.aside))[:len(c.seq)]
	}
	return c
}

// lent are symbols of parts, which one part after the other uses.
var lent = sync.Pool{New: func() any { return &symbols{lent: true} }}

// number numbers the words in the symbols of all records.
func (c *cutPart) number(all *symbols) {
	c.id = make([]int32, len(c.symbols.text))
	for k, t := range c.symbols.text {
		c.id[k] = all.of(t)
	}
	c.symbols.reset()
	lent.Put(c.symbols)
	c.symbols = nil
}

// cut appends the words of a text.
func (c *cutPart) cut(text string) {
	from := 0
	for i := 0; i <= len(text); i++ {
		switch {
		case i < len(text) && (text[i] >= utf8.RuneSelf || text[i] < ' '):
			for s := range strings.FieldsSeq(text[from:]) {
				c.seq = append(c.seq, c.symbols.of(s))
			}
			return
		case i < len(text) && text[i] != ' ':
			continue
		case i > from:
			c.seq = append(c.seq, c.symbols.of(text[from:i]))
		}
		from = i + 1
	}
}

// markAside marks the words of a record that its core lacks. The core is a
// piece of the text, so each word is met in order.
func markAside(aside []bool, row []int32, text []string, core string) {
	left := map[string]int{}
	for s := range strings.FieldsSeq(core) {
		left[s]++
	}
	for i, t := range row {
		if left[text[t]] > 0 {
			left[text[t]]--
		} else {
			aside[i] = true
		}
	}
}

// gather makes the sets of words.
func (w *words) gather() {
	n := w.records()
	sets := make([][]int32, (n+wordChunk-1)/wordChunk)
	size := make([]int32, n)
	eachChunk(len(sets), func(i int) {
		lo, hi := i*wordChunk, min((i+1)*wordChunk, n)
		all := make([]int32, 0, w.start[hi]-w.start[lo])
		for d := lo; d < hi; d++ {
			from := len(all)
			all = append(all, w.in(int32(d))...)
			slices.Sort(all[from:])
			all = all[:from+len(slices.Compact(all[from:]))]
			size[d] = int32(len(all) - from)
		}
		sets[i] = all
	})
	w.sets.Start = make([]int32, 1, n+1)
	for _, s := range size {
		w.sets.Start = append(w.sets.Start, w.sets.Start[len(w.sets.Start)-1]+s)
	}
	w.sets.Token = make([]int32, w.sets.Start[n])
	eachChunk(len(sets), func(i int) {
		copy(w.sets.Token[w.sets.Start[i*wordChunk]:], sets[i])
		sets[i] = nil
	})
}

// weigh counts the words and gives each its weight, on all cores.
func (w *words) weigh() {
	n, different := w.records(), len(w.symbols.text)
	w.heads, w.held = w.sets.Holders(different, func(int) bool { return true })
	w.weight = make([]float64, different)
	eachRange(different, func(lo, hi int) {
		for t := lo; t < hi; t++ {
			w.weight[t] = math.Log(float64(n+1) / (float64(w.count(int32(t))) + 0.5))
		}
	})
	w.sum = make([]float64, n)
	eachRange(n, func(lo, hi int) {
		for d := lo; d < hi; d++ {
			for _, t := range w.set(int32(d)) {
				w.sum[d] += w.weight[t]
			}
		}
	})
}

// records is how many there are.
func (w *words) records() int { return len(w.start) - 1 }

// count is in how many records word t stands.
func (w *words) count(t int32) int32 { return int32(w.heads[t+1] - w.heads[t]) }

// holders are these records, ascending.
func (w *words) holders(t int32) []int32 { return w.held[w.heads[t]:w.heads[t+1]] }

// findAlike finds the records that have the same set of words.
func (w *words) findAlike() {
	_, w.same = join.Collapse(&w.sets)
	per := make([]int32, len(w.same))
	for _, g := range w.same {
		per[g]++
	}
	w.equal = make([]int32, len(w.same))
	for d, g := range w.same {
		w.equal[d] = per[g]
	}
}

// set gives the words of record d as a set, ascending by symbol.
func (w *words) set(d int32) []int32 { return w.sets.Row(d) }

// in gives the words of record d in the order of the text.
func (w *words) in(d int32) []int32 { return w.seq[w.start[d]:w.start[d+1]] }

// shared is the weight of the words that two records share.
func (w *words) shared(a, b int32) float64 {
	var nats float64
	x, y := w.set(a), w.set(b)
	for i, k := 0, 0; i < len(x) && k < len(y); {
		switch {
		case x[i] < y[k]:
			i++
		case x[i] > y[k]:
			k++
		default:
			nats += w.weight[x[i]]
			i, k = i+1, k+1
		}
	}
	return nats
}

// isAside says whether a word of record d stands only in its affixes.
func (w *words) isAside(d, word int32) bool {
	if w.aside == nil {
		return false
	}
	found := false
	for i := w.start[d]; i < w.start[d+1]; i++ {
		if w.seq[i] == word {
			if !w.aside[i] {
				return false
			}
			found = true
		}
	}
	return found
}

// jointly is about how many records hold all of the words: how specific the
// shared part of two records is, without assuming that words are independent.
// It reads some hundred records of the rarest word at the most and scales up.
func (w *words) jointly(shared []int32, n int) float64 {
	if len(shared) == 0 {
		return float64(n)
	}
	rarest, second := shared[0], int32(-1)
	for _, t := range shared[1:] {
		switch {
		case w.count(t) < w.count(rarest):
			rarest, second = t, rarest
		case second < 0 || w.count(t) < w.count(second):
			second = t
		}
	}
	rows := w.holders(rarest)
	scale := 1.0
	limit := jointLimit
	if n > smallList {
		limit = jointFew
	}
	if len(rows) > limit {
		scale = float64(len(rows)) / float64(limit)
		rows = rows[:limit]
	}
	found := len(rows)
	if second >= 0 {
		found = w.holding(rows, shared, w.holders(second))
	}
	return max(2, float64(found)*scale)
}

// jointly is words.jointly of the main text. Pairs that share a few common
// words and no others are many, share the same ones, and take longest to
// count, so those counts are kept.
func (c *comparer) jointly(shared []int32) float64 {
	w := c.l.title
	if len(shared) < 2 || len(shared) > jointWords || slices.ContainsFunc(shared, func(t int32) bool { return w.count(t) < jointKept }) {
		return w.jointly(shared, c.l.n)
	}
	var key [jointWords]int32
	for i, t := range shared {
		key[i] = t + 1
	}
	v, known := c.joint[key]
	if !known {
		v = w.jointly(shared, c.l.n)
		if len(c.joint) < seenLimit {
			c.joint[key] = v
		}
	}
	return v
}

// What counts of shared words are kept: of so many words, each of which so many
// records have.
const (
	jointWords = 4
	jointKept  = 50
)

// holding is how many of the records, ascending and at least one, hold all of the
// words; also are the records that have one of the words, ascending. Where those up
// to the last of the records are not too many, they are walked along, which is
// cheaper than fetching the words of a record.
func (w *words) holding(rows, shared, also []int32) int {
	if len(also) > walked*len(rows) {
		end, _ := slices.BinarySearch(also, rows[len(rows)-1]+1)
		also = also[:end]
	}
	walk := len(also) <= walked*len(rows)
	found := 0
	for _, r := range rows {
		if walk {
			for len(also) > 0 && also[0] < r {
				also = also[1:]
			}
			if len(also) == 0 {
				break
			}
			if also[0] != r {
				continue
			}
			if len(shared) == 2 {
				found++
				continue
			}
		}
		if containsAll(w.set(r), shared) {
			found++
		}
	}
	return found
}

// jointLimit is how many records jointly reads at the most, and jointFew in a
// large list. They stand in order of a hash, so the first are a sample.
const (
	jointLimit = 500
	jointFew   = 100
)

// walked is how many records are walked along rather than the words of one fetched.
const walked = 32

// containsAll says whether the ascending set holds all of the ascending part.
func containsAll(set, part []int32) bool {
	i := 0
	for _, p := range part {
		for i < len(set) && set[i] < p {
			i++
		}
		if i == len(set) || set[i] != p {
			return false
		}
	}
	return true
}
