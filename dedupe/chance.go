package dedupe

import (
	"math"

	"github.com/adrg/strutil"

	"github.com/unecho/unecho/pipeline/record"
)

// chance sums up what two records of persons have in common against how often
// that happens by chance, after Fellegi and Sunter (1969): nats of the name and
// of each kind of column that agrees, less what differs, less ln(n), the odds
// against any two records of a list being one. Above 0 the two are likelier
// the same than not, if kinds of columns are independent; so several columns
// of one kind, a city and its postcode, tell together no more than one that is
// unique.
type chance struct {
	agree  [len(record.Roles)]float64 // nats by kind
	both   [len(record.Roles)]bool    // both records have such a column
	differ float64
	born   bool // a date of the person agrees
	other  bool // or is another
	own    bool // an identifier that a family does not share agrees
}

// What a value a slip apart tells, as a share of what an equal one does.
const (
	slipShare = 0.8
	nearShare = 0.4
	nearFrom  = 0.6
)

// add takes a field that both records have, s alike; nats is what an equal
// value tells.
func (h *chance) add(f *field, s, nats float64) {
	h.both[f.kind] = true
	if f.role == record.Date {
		h.born = h.born || s >= nearFrom
		h.other = h.other || s < differsBelow
	}
	if f.role == record.Identifier && f.part != record.Phone {
		h.own = h.own || s > agreesFrom
	}
	switch {
	case s == 1:
		h.agree[f.kind] += nats
	case s > agreesFrom:
		h.agree[f.kind] += nats * slipShare
	case s >= nearFrom:
		h.agree[f.kind] += nats * nearShare
	case s < differsBelow:
		h.differ += f.against
	}
}

// apart is what the sum is at the most where something says that these are two
// of a family.
const apart = -2.5

// odds is the sum; NaN where fewer than two kinds can be compared. A family
// shares an address, a telephone and a surname. So where each name has a word
// that is nothing like any of the other's, the birth dates are others, or a
// record has neither a name nor a birth date that agrees, two of three must
// agree: the name, the birth date, an identifier.
func (c *comparer) odds(a, b int32, h *chance, d *alignment) float64 {
	l := c.l
	sum, kinds, proofs := -h.differ-l.logN, 0, 0
	for kind, nats := range h.agree {
		sum += min(nats, l.logN)
		if h.both[kind] {
			kinds++
		}
	}
	doubt := h.other
	if l.title.sum[a] > 0 && l.title.sum[b] > 0 {
		nats, clash := c.nameNats(d)
		sum += nats
		kinds++
		doubt = doubt || clash
		if !clash {
			proofs++
		}
	} else {
		doubt = doubt || !h.born
	}
	if h.born {
		proofs++
	}
	if h.own {
		proofs++
	}
	switch {
	case kinds < 2:
		return math.NaN()
	case doubt && proofs < 2:
		return min(sum, apart)
	}
	return sum
}

// What words that one side has of its own speak against a name, and how alike
// (Winkler 1990) two must be to be one badly written.
const (
	nameBoth = 1.0
	nameOne  = 0.7
	nameNear = 0.75
)

// nameNats is what two names tell, and whether each has a word that the other
// has nothing like.
func (c *comparer) nameNats(d *alignment) (nats float64, clash bool) {
	nats = min(d.nats+slipShare/2*(d.typo+d.joined+d.abbr), 2*c.l.logN)
	x, y := d.left[0], d.left[1]
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(y) == 0 {
		return nats, false
	}
	if len(x) == 0 {
		return nats - nameOne, false
	}
	text := c.l.title.symbols.text
	for _, t := range x {
		near := false
		for _, u := range y {
			near = near || strutil.Similarity(text[t], text[u], c.winkler) >= nameNear
		}
		clash = clash || !near
	}
	return nats - nameBoth, clash
}
