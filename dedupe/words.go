package dedupe

import (
	"math"
	"slices"
	"strings"

	"github.com/unecho/unecho/dedupe/join"
)

// words holds one text of each record as words.
type words struct {
	symbols *symbols
	start   []int32 // words of record d are seq[start[d]:start[d+1]], in the order of the text
	seq     []int32
	aside   []bool    // parallel to seq: the word belongs to an affix set aside
	sets    join.Sets // the same as sets
	means   *meanings // what words may stand for; of the main text only
	traits  []trait   // of each word; of the main text only
	firsts  []uint64  // of each record: the first letters of its words; of the main text only
	rows    [][]int32 // records that have the word, ascending; nil where it stands in more than postingLimit
	count   []int32   // in how many records the word stands
	weight  []float64 // nats that a shared word is worth: ln((n+1)/(count+1/2))
	sum     []float64 // of the weights of each record's set
	equal   []int32   // how many records have the same set of words
	same    []int32   // number of that set
	flanked []bool    // of each record: it has words that are set aside
}

// newWords cuts the texts into words, on all cores. text gives a record's text
// and the same without affixes; it must be pure. Words are numbered in the
// order in which they are first seen.
func newWords(n int, text func(d int) (full, core string)) *words {
	parts := make([]*cutWords, (n+wordChunk-1)/wordChunk)
	eachChunk(len(parts), func(i int) { parts[i] = cutRange(i*wordChunk, min((i+1)*wordChunk, n), text) })
	w := &words{symbols: newSymbols(), start: make([]int32, 1, n+1)}
	w.sets.Start = make([]int32, 1, n+1)
	total := 0
	for _, p := range parts {
		total += len(p.seq)
		for k, t := range p.symbols.text {
			p.id[k] = w.symbols.of(t)
		}
		for _, length := range p.length {
			w.start = append(w.start, w.start[len(w.start)-1]+length)
		}
	}
	w.seq, w.aside = make([]int32, total), make([]bool, total)
	sets := make([][]int32, len(parts))
	size := make([]int32, n)
	eachChunk(len(parts), func(i int) { sets[i] = w.place(i*wordChunk, parts[i], size) })
	for _, s := range size {
		w.sets.Start = append(w.sets.Start, w.sets.Start[len(w.sets.Start)-1]+s)
	}
	w.sets.Token = slices.Concat(sets...)
	w.weigh(n)
	return w
}

// wordChunk is how many records are cut at a time.
const wordChunk = 1 << 13

// cutWords holds the words of some records by numbers of their own.
type cutWords struct {
	symbols *symbols
	id      []int32 // of each of the symbols, in the numbers of all records
	seq     []int32
	aside   []bool
	length  []int32 // words of each record
}

// cutRange cuts the texts of records lo to hi.
func cutRange(lo, hi int, text func(d int) (full, core string)) *cutWords {
	c := &cutWords{symbols: newSymbols()}
	for d := lo; d < hi; d++ {
		full, core := text(d)
		from := len(c.seq)
		for s := range strings.FieldsSeq(full) {
			c.seq = append(c.seq, c.symbols.of(s))
			c.aside = append(c.aside, false)
		}
		if core != full {
			c.markAside(from, core)
		}
		c.length = append(c.length, int32(len(c.seq)-from))
	}
	c.id = make([]int32, len(c.symbols.text))
	return c
}

// place writes the words of records lo on where they belong, and gives their
// sets; size is how large each set is.
func (w *words) place(lo int, c *cutWords, size []int32) []int32 {
	var sets, set []int32
	seq := w.seq[w.start[lo]:]
	for i, t := range c.seq {
		seq[i] = c.id[t]
	}
	copy(w.aside[w.start[lo]:], c.aside)
	for i := range c.length {
		set = append(set[:0], w.in(int32(lo+i))...)
		slices.Sort(set)
		set = slices.Compact(set)
		sets = append(sets, set...)
		size[lo+i] = int32(len(set))
	}
	return sets
}

// markAside marks the words from index from on that the core lacks. The core
// is a piece of the text, so each word is met in order.
func (w *cutWords) markAside(from int, core string) {
	left := map[string]int{}
	for s := range strings.FieldsSeq(core) {
		left[s]++
	}
	for i := from; i < len(w.seq); i++ {
		s := w.symbols.text[w.seq[i]]
		if left[s] > 0 {
			left[s]--
		} else {
			w.aside[i] = true
		}
	}
}

// weigh counts the words and gives each its weight.
func (w *words) weigh(n int) {
	w.count = make([]int32, len(w.symbols.text))
	for _, t := range w.sets.Token {
		w.count[t]++
	}
	w.weight = make([]float64, len(w.count))
	w.rows = make([][]int32, len(w.count))
	all := make([]int32, len(w.sets.Token))
	for t, c := range w.count {
		w.weight[t] = math.Log(float64(n+1) / (float64(c) + 0.5))
		w.rows[t] = all[:0:c]
		all = all[c:]
	}
	w.sum = make([]float64, n)
	w.flanked = make([]bool, n)
	for d := range n {
		w.flanked[d] = slices.Contains(w.aside[w.start[d]:w.start[d+1]], true)
		for _, t := range w.set(int32(d)) {
			w.rows[t] = append(w.rows[t], int32(d))
			w.sum[d] += w.weight[t]
		}
	}
	_, of := join.Collapse(&w.sets)
	w.same = of
	per := make([]int32, n)
	for _, g := range of {
		per[g]++
	}
	w.equal = make([]int32, n)
	for d, g := range of {
		w.equal[d] = per[g]
	}
}

// set gives the words of record d as a set, ascending by symbol.
func (w *words) set(d int32) []int32 { return w.sets.Row(d) }

// in gives the words of record d in the order of the text.
func (w *words) in(d int32) []int32 { return w.seq[w.start[d]:w.start[d+1]] }

// isAside says whether a word of record d stands only in its affixes.
func (w *words) isAside(d, word int32) bool {
	if !w.flanked[d] {
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
// It reads at most jointLimit records of the rarest word and scales up.
func (w *words) jointly(shared []int32, n int) float64 {
	if len(shared) == 0 {
		return float64(n)
	}
	rarest, second := shared[0], int32(-1)
	for _, t := range shared[1:] {
		switch {
		case w.count[t] < w.count[rarest]:
			rarest, second = t, rarest
		case second < 0 || w.count[t] < w.count[second]:
			second = t
		}
	}
	rows := w.rows[rarest]
	scale := 1.0
	if len(rows) > jointLimit {
		scale = float64(len(rows)) / jointLimit
		rows = rows[:jointLimit]
	}
	found := len(rows)
	if second >= 0 {
		found = w.holding(rows, shared, w.rows[second])
	}
	return max(2, float64(found)*scale)
}

// jointly is words.jointly of the main text. Pairs that share a few common
// words and no others are many, share the same ones, and take longest to
// count, so those counts are kept.
func (c *comparer) jointly(shared []int32) float64 {
	w := c.l.title
	if len(shared) < 2 || len(shared) > jointWords || slices.ContainsFunc(shared, func(t int32) bool { return w.count[t] < jointKept }) {
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

// holding is how many of the records, ascending, hold all of the words; also
// are the records that have one of the words. Where those are not too many
// they are walked along, which is cheaper than fetching the words of a record.
func (w *words) holding(rows, shared, also []int32) int {
	walk := len(also) <= 8*len(rows)
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

// jointLimit is how many records jointly reads at the most.
const jointLimit = 500

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
