package dedupe

import (
	"strings"
)

// alignment is what two main texts share and what is left over, word by word.
type alignment struct {
	shared []int32    // words that both have, ascending by symbol
	nats   float64    // weight of the shared words
	typo   float64    // weight, on both sides, of words that a slip of the hand parts
	abbr   float64    // of words that stand for their beginning, or for initials
	joined float64    // of words written as one here and as two there
	left   [2][]int32 // words of a and of b that found no partner, affixes not counted
	aside  [2]int     // how many affix words were left over and not counted
	rarest [2]float64 // weight of the rarest word left over on each side
	over   float64    // weight of all words left over
	total  float64    // weight of all words of both sides
}

// scratch is memory that a comparer uses again and again. What align gives
// lies in it, and is good until the comparer compares another pair.
type scratch struct {
	a, b, shared []int32
	left         [2][]int32
	used         []bool
	fields       []float64
}

// align pairs the words of records a and b: equal words first, then slips,
// abbreviations, words joined or parted, and initials of several words.
func (c *comparer) align(a, b int32) alignment {
	w := c.l.title
	al := alignment{total: w.sum[a] + w.sum[b]}
	c.split(a, b, &al)
	left := [2][]int32{c.scratch.a, c.scratch.b}
	if len(left[0]) > 0 && len(left[1]) > 0 && len(left[0])*len(left[1]) <= maxAligned {
		left[0], left[1] = c.pairSlips(left[0], left[1], &al)
	}
	for s, other := range [2]int32{b, a} {
		if len(left[s]) > 0 {
			left[s], left[1-s] = c.pairJoined(left[s], left[1-s], other, &al)
		}
	}
	for s, d := range [2]int32{a, b} {
		c.scratch.left[s] = c.scratch.left[s][:0]
		for _, t := range left[s] {
			if w.isAside(d, t) {
				al.aside[s]++
				continue
			}
			c.scratch.left[s] = append(c.scratch.left[s], t)
			al.rarest[s] = max(al.rarest[s], w.weight[t])
			al.over += w.weight[t]
		}
		al.left[s] = c.scratch.left[s]
	}
	return al
}

// maxAligned is how many pairs of left-over words are compared letter by letter.
const maxAligned = 200

// split finds the shared words; the others go to scratch.
func (c *comparer) split(a, b int32, al *alignment) {
	w := c.l.title
	x, y := w.set(a), w.set(b)
	c.scratch.a, c.scratch.b, c.scratch.shared = c.scratch.a[:0], c.scratch.b[:0], c.scratch.shared[:0]
	for len(x) > 0 || len(y) > 0 {
		switch {
		case len(y) == 0 || len(x) > 0 && x[0] < y[0]:
			c.scratch.a = append(c.scratch.a, x[0])
			x = x[1:]
		case len(x) == 0 || y[0] < x[0]:
			c.scratch.b = append(c.scratch.b, y[0])
			y = y[1:]
		default:
			c.scratch.shared = append(c.scratch.shared, x[0])
			al.nats += w.weight[x[0]]
			x, y = x[1:], y[1:]
		}
	}
	al.shared = c.scratch.shared
}

// pairSlips pairs words that differ by a slip, or of which one begins the
// other; what is left of x and y is written over them.
func (c *comparer) pairSlips(x, y []int32, al *alignment) (restX, restY []int32) {
	w := c.l.title
	used := append(c.scratch.used[:0], make([]bool, len(y))...)
	c.scratch.used = used
	restX, restY = x[:0], y[:0]
	for _, t := range x {
		at, kind := -1, 0
		for k, u := range y {
			if used[k] {
				continue
			}
			n := 0
			if w.means.share(t, u) {
				n = slipMeaning
			} else {
				n = w.slip(t, u)
			}
			if n > kind {
				at, kind = k, n
			}
		}
		if at < 0 {
			restX = append(restX, t)
			continue
		}
		used[at] = true
		weight := w.weight[t] + w.weight[y[at]]
		if kind == slipTypo {
			al.typo += weight
		} else {
			al.abbr += weight
		}
	}
	for k, u := range y {
		if !used[k] {
			restY = append(restY, u)
		}
	}
	return restX, restY
}

// How two words may stand for each other, the better the higher.
const (
	slipBeginning = 1
	slipTypo      = 2
	slipMeaning   = 3
)

// How long the shorter of two words must be for one edit, or two, to be a slip.
const (
	slipFrom = 4
	slipTwo  = 7
)

// roman says whether a word could be a roman numeral below forty; two of them
// are two numbers, not a slip.
func roman(w string) bool { return strings.Trim(w, "ivx") == "" }

// pairJoined pairs a word of x with two neighbours of the other text's words,
// or with their initials; other is the record whose words y are. What is left
// of x and y is written over them.
func (c *comparer) pairJoined(x, y []int32, other int32, al *alignment) (restX, restY []int32) {
	if len(y) == 0 {
		return x, y
	}
	w := c.l.title
	order, firsts := w.in(other), w.firsts[other]
	restX = x[:0]
	for _, t := range x {
		p := &w.traits[t]
		if p.length < 2 || p.digit || len(y) == 0 {
			restX = append(restX, t)
			continue
		}
		if n := len(y); p.length >= 5 && firsts&(1<<(p.first&63)) != 0 {
			y = c.dropJoined(t, order, y)
			if len(y) < n {
				al.joined += w.weight[t]
				continue
			}
		}
		if n := len(y); p.length <= 6 && len(y) > 1 && p.letters&^firsts == 0 {
			y = c.dropInitials(w.symbols.text[t], order, y)
			if len(y) < n {
				al.abbr += w.weight[t]
				continue
			}
		}
		restX = append(restX, t)
	}
	return restX, y
}

// dropJoined takes from y two neighbours that, written as one, give word t.
func (c *comparer) dropJoined(t int32, order, y []int32) []int32 {
	w := c.l.title
	text, p := w.symbols.text, &w.traits[t]
	for i := 0; i+1 < len(order); i++ {
		x, z := &w.traits[order[i]], &w.traits[order[i+1]]
		if x.first != p.first || x.length+z.length != p.length {
			continue
		}
		u, v := order[i], order[i+1]
		if strings.HasPrefix(text[t], text[u]) && strings.HasSuffix(text[t], text[v]) && (has(y, u) || has(y, v)) {
			return without(without(y, u), v)
		}
	}
	return y
}

// dropInitials takes from y the neighbours whose initials spell p.
func (c *comparer) dropInitials(p string, order, y []int32) []int32 {
	traits := c.l.title.traits
	for i := 0; i+len(p) <= len(order); i++ {
		k := 0
		for k < len(p) && traits[order[i+k]].first == p[k] {
			k++
		}
		if k < len(p) || !has(y, order[i]) {
			continue
		}
		for _, u := range order[i : i+k] {
			y = without(y, u)
		}
		return y
	}
	return y
}

func has(set []int32, t int32) bool {
	for _, u := range set {
		if u == t {
			return true
		}
	}
	return false
}

// without takes t out of set, in place.
func without(set []int32, t int32) []int32 {
	rest := set[:0]
	for _, u := range set {
		if u != t {
			rest = append(rest, u)
		}
	}
	return rest
}
