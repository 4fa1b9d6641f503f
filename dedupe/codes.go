package dedupe

import (
	"strings"

	"github.com/unecho/unecho/pipeline/record"
)

// Model codes name the product: two offers that share a code that few others
// have are most likely one thing however else they are worded, and two of
// which each has a code of its own are two, be there but one character between.
// Shops cut codes differently ("KDL-46 V4100", "KDL46V4100") and add letters for
// a colour or a country ("NNSN667W", "NNSN667WH"), so a code is looked for in
// the words of the other text as well.

// codeLetters is how long a code must be, at least, to be found within a longer
// code or in words written together.
const codeLetters = 5

// codes compares the model codes of two main texts: -1 where each has a code
// and none is found in the other, 0 where at most one has any, otherwise how
// rare the rarest found is, up to 1 for a code that no third record has.
func (c *comparer) codes(a, b int32) float64 {
	found, nats := false, 0.0
	count := [2]int{}
	for s, d := range [2][2]int32{{a, b}, {b, a}} {
		for _, m := range c.l.marks(d[0]) {
			if m.Kind != record.ModelCode {
				continue
			}
			count[s]++
			switch c.codeIn(m.Value, d[1]) {
			case codeWhole:
				found, nats = true, max(nats, c.codeNats(m.Value))
			case codeBegun:
				found = true
			}
		}
	}
	switch {
	case found:
		return max(begun, min(1, nats/c.l.logN))
	case count[0] > 0 && count[1] > 0:
		return -1
	}
	return 0
}

// codeNats is what sharing a code tells: the weight of the word that it is.
func (c *comparer) codeNats(code string) float64 {
	w := c.l.title
	if t, ok := w.symbols.find(code); ok && w.count(t) > 0 {
		return w.weight[t] + pairNats
	}
	return c.l.logN
}

// pairNats is how much less than ln(n+1) a word weighs that two records have.
const pairNats = 0.92

// How a code stands in a text.
const (
	codeNot   = iota
	codeBegun // but for letters at its end
	codeWhole
)

// begun is what sharing a code but for letters at its end counts.
const begun = 0.5

// codeIn says how a code stands in the main text of record d: as a word or as
// neighbours that give it when written together, or but for letters at its end.
func (c *comparer) codeIn(code string, d int32) int {
	w := c.l.title
	found := codeNot
	for _, m := range c.l.marks(d) {
		switch {
		case m.Kind != record.ModelCode:
		case m.Value == code:
			return codeWhole
		case sameCode(m.Value, code):
			found = codeBegun
		}
	}
	order := w.in(d)
	for i := range order {
		rest := code
		for _, t := range order[i:] {
			var ok bool
			if rest, ok = strings.CutPrefix(rest, strings.ReplaceAll(w.symbols.text[t], ".", "")); !ok {
				break
			}
			if rest == "" {
				return codeWhole
			}
		}
	}
	return found
}

// sameCode says whether two words with digits are one code, letters at its end
// aside: another digit, or a letter within, is another product.
func sameCode(p, q string) bool {
	if len(p) > len(q) {
		p, q = q, p
	}
	rest, ok := strings.CutPrefix(q, p)
	return ok && len(p) >= codeLetters && !strings.ContainsAny(rest, "0123456789") && len(rest) <= 3
}

// coded says whether a word holds a digit.
func coded(w string) bool { return strings.ContainsAny(w, "0123456789") }
