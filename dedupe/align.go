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

// scratch is memory that a comparer uses again and again.
type scratch struct {
	a, b, shared []int32
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
		for _, t := range left[s] {
			if w.isAside(d, t) {
				al.aside[s]++
				continue
			}
			al.left[s] = append(al.left[s], t)
			al.rarest[s] = max(al.rarest[s], w.weight[t])
			al.over += w.weight[t]
		}
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

// pairSlips pairs words that differ by a slip, or of which one begins the other.
func (c *comparer) pairSlips(x, y []int32, al *alignment) (restX, restY []int32) {
	w := c.l.title
	used := make([]bool, len(y))
	for _, t := range x {
		p := w.symbols.text[t]
		at, kind := -1, 0
		for k, u := range y {
			if used[k] {
				continue
			}
			q := w.symbols.text[u]
			n := 0
			switch {
			case w.means.share(t, u):
				n = slipMeaning
			case !digit(p) && !digit(q):
				n = slipKind(p, q)
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

func slipKind(p, q string) int {
	if roman(p) && roman(q) {
		return 0
	}
	if coded(p) || coded(q) { // one character is another product
		if sameCode(p, q) {
			return slipBeginning
		}
		return 0
	}
	limit := typoLimit(p, q)
	switch {
	case min(len(p), len(q)) >= 4 && edits(p, q, limit) <= limit:
		return slipTypo
	case p[0] == q[0] && (strings.HasPrefix(p, q) || strings.HasPrefix(q, p)):
		return slipBeginning
	}
	return 0
}

// roman says whether a word could be a roman numeral below forty; two of them
// are two numbers, not a slip.
func roman(w string) bool { return strings.Trim(w, "ivx") == "" }

// pairJoined pairs a word of x with two neighbours of the other text's words,
// or with their initials; other is the record whose words y are.
func (c *comparer) pairJoined(x, y []int32, other int32, al *alignment) (restX, restY []int32) {
	w := c.l.title
	order := w.in(other)
	for _, t := range x {
		p := w.symbols.text[t]
		if len(p) < 2 || digit(p) {
			restX = append(restX, t)
			continue
		}
		if n := len(y); len(p) >= 5 {
			y = c.dropJoined(p, order, y)
			if len(y) < n {
				al.joined += w.weight[t]
				continue
			}
		}
		if n := len(y); len(p) <= 6 && len(y) > 1 {
			y = c.dropInitials(p, order, y)
			if len(y) < n {
				al.abbr += w.weight[t]
				continue
			}
		}
		restX = append(restX, t)
	}
	return restX, y
}

// dropJoined takes from y two neighbours that, written as one, give p.
func (c *comparer) dropJoined(p string, order, y []int32) []int32 {
	text := c.l.title.symbols.text
	for i := 0; i+1 < len(order); i++ {
		u, v := order[i], order[i+1]
		if len(text[u])+len(text[v]) == len(p) && strings.HasPrefix(p, text[u]) && strings.HasSuffix(p, text[v]) && (has(y, u) || has(y, v)) {
			return without(without(y, u), v)
		}
	}
	return y
}

// dropInitials takes from y the neighbours whose initials spell p.
func (c *comparer) dropInitials(p string, order, y []int32) []int32 {
	text := c.l.title.symbols.text
	for i := 0; i+len(p) <= len(order); i++ {
		k := 0
		for k < len(p) && text[order[i+k]][0] == p[k] {
			k++
		}
		if k < len(p) || !has(y, order[i]) {
			continue
		}
		rest := y
		for _, u := range order[i : i+k] {
			rest = without(rest, u)
		}
		return rest
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

// without gives set less t, in new memory where t is there.
func without(set []int32, t int32) []int32 {
	if !has(set, t) {
		return set
	}
	rest := make([]int32, 0, len(set))
	for _, u := range set {
		if u != t {
			rest = append(rest, u)
		}
	}
	return rest
}
