package pipeline

import (
	"fmt"
	"slices"
	"strings"

	"github.com/unecho/unecho/pipeline/record"
	"github.com/unecho/unecho/pipeline/review"
)

// deskMatch is what the search of a list says by itself, decisions left out
// but for those that moved the weights.
type deskMatch struct {
	how     matchedHow
	found   *Found
	members [][]int       // rows by cluster
	base    *board        // its clusters
	inside  []record.Link // pairs within clusters, the strongest first
	asks    []record.Link // doubtful pairs between clusters, the strongest first
}

// matchedHow is what a matching depends on, beside the list and the options.
type matchedHow struct {
	learned string // the decisions that moved the weights; "" where they did not
	with    string // those that the search was told of beside; "" for none
	stopped bool
}

// how says how the list is to be matched by what was decided.
func (d *desk) how() matchedHow {
	h := matchedHow{stopped: d.o.Stopped || d.book.says[review.Stop] == review.Yes, with: strings.Join(d.searchedWith, " ")}
	if d.book.says[review.Learn] != review.Yes || d.o.Unmoved {
		return h
	}
	var words []string
	for _, p := range d.book.teachers() {
		words = append(words, fmt.Sprint(p.a, p.b, p.Kind))
	}
	slices.Sort(words)
	h.learned = strings.Join(words, "\n")
	return h
}

// rematch matches the list where it was not yet, or not in the way that is
// asked for now.
func (d *desk) rematch() error {
	how := d.how()
	if d.match != nil && d.match.how == how {
		return nil
	}
	o := d.o
	o.Unmoved, o.Stopped = how.learned == "", how.stopped
	o.Decisions = d.told(how)
	found, err := MatchPrepared(d.ctx, d.searched, o)
	if err != nil {
		return err
	}
	d.match = &deskMatch{how: how, found: found, members: found.members()}
	d.match.base = newBoard(len(found.Cluster), found.lists)
	for _, rows := range d.match.members {
		for _, r := range rows[1:] {
			d.match.base.join(rows[0], r)
		}
	}
	if how.with == "" {
		d.merged = len(found.Survivor) - len(found.kept())
	}
	for _, link := range found.Links {
		switch same := found.Cluster[link.A] == found.Cluster[link.B]; {
		case same:
			d.match.inside = append(d.match.inside, link)
		case link.Band >= record.Review:
			d.match.asks = append(d.match.asks, link)
		}
	}
	d.book.strongestFirst(d.match.inside)
	d.book.strongestFirst(d.match.asks)
	return nil
}

// told gives the decisions that the search is told of: those that move the
// weights, and those beside.
func (d *desk) told(how matchedHow) (out []Decision) {
	with := setOf(d.searchedWith)
	for _, p := range d.book.force {
		teaches := p.Teaches && how.learned != ""
		if p.Kind.Decides() && (teaches || with[p.ID]) {
			out = append(out, Decision{A: d.book.refs.IDs()[p.a], B: d.book.refs.IDs()[p.b], Says: says(p.Decision), Links: !teaches})
		}
	}
	return out
}

// holdsAll says whether decisions, by id, are all in force.
func (d *desk) holdsAll(ids []string) bool {
	missing := setOf(ids)
	for _, p := range d.book.force {
		delete(missing, p.ID)
	}
	return len(missing) == 0
}

func setOf(ids []string) map[string]bool {
	set := make(map[string]bool, len(ids))
	for _, id := range ids {
		set[id] = true
	}
	return set
}

// ask is a question that stands open.
type ask struct {
	record.Link
	x, y    int32 // leaders of the groups that it would join
	skipped int   // when it was put off, as a number that grows; -1 when it was not
}

// survey finds what is open: of several pairs between the same two groups only
// the likeliest is asked.
func (d *desk) survey() {
	d.open, d.links, d.implied = d.open[:0], nil, 0
	at := make(map[[2]int32]int, len(d.match.asks))
	for _, link := range d.match.asks {
		x, y := d.groups.find(link.A), d.groups.find(link.B)
		if x == y || d.groups.apart(link.A, link.B) {
			if _, decided := d.book.of[d.book.pairOf(link.A, link.B)]; !decided {
				d.implied++
			}
			continue
		}
		skipped, isSkipped := d.book.skipped(d.book.pairOf(link.A, link.B))
		if !isSkipped {
			skipped = -1
		}
		key := [2]int32{min(x, y), max(x, y)}
		if i, known := at[key]; known {
			d.open[i].skipped = max(d.open[i].skipped, skipped)
			continue
		}
		at[key] = len(d.open)
		d.open = append(d.open, ask{link, x, y, skipped})
	}
}

// standing gives the open question between the groups of two rows.
func (d *desk) standing(a, b int) (ask, bool) {
	x, y := d.groups.find(a), d.groups.find(b)
	for _, i := range d.beside(x) {
		if q := d.open[i]; q.x == y || q.y == y {
			return q, true
		}
	}
	return ask{}, false
}

// beside gives the open questions of a group.
func (d *desk) beside(leader int32) []int32 {
	if d.links == nil {
		d.links = make(map[int32][]int32, len(d.open))
		for i, q := range d.open {
			d.links[q.x] = append(d.links[q.x], int32(i))
			d.links[q.y] = append(d.links[q.y], int32(i))
		}
	}
	return d.links[leader]
}

// settles counts the other questions that "same" about two rows would settle:
// those that it would answer, and of two about one third group the weaker.
func (d *desk) settles(a, b int) (n int) {
	x, y := d.groups.find(a), d.groups.find(b)
	if x == y {
		return 0
	}
	third := map[int32]bool{}
	for _, i := range d.beside(x) {
		q := d.open[i]
		other := q.x + q.y - x
		third[other] = true
		if other != y && d.groups.apart(int(other), int(y)) {
			n++
		}
	}
	for _, i := range d.beside(y) {
		q := d.open[i]
		other := q.x + q.y - y
		if other != x && (third[other] || d.groups.apart(int(other), int(x))) {
			n++
		}
	}
	return n
}

// rowsSettled is how many records an answer decides: those of the smaller of
// the two groups.
func (d *desk) rowsSettled(q ask) int {
	return int(min(d.groups.size[q.x], d.groups.size[q.y]))
}

// use is rows settled times doubt, which is 1 at even odds and 0 where nothing
// is open.
func (d *desk) use(q ask) float64 {
	p := q.Probability
	return float64(d.rowsSettled(q)) * 4 * p * (1 - p)
}
