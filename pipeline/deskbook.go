package pipeline

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"slices"

	"github.com/unecho/unecho/pipeline/record"
	"github.com/unecho/unecho/pipeline/review"
)

// deskBook is what the ledger says about a list, kept in memory: every
// decision that was ever taken knows its rows, so that none is looked for
// twice.
type deskBook struct {
	paths  []string
	size   int64 // of all ledgers, as they were read or written last
	ledger *review.Ledger
	refs   *review.List

	rows   map[string]int    // by id
	first  []int32           // the first row of the same content
	second map[int32]int32   // by the first, where there are copies
	placed map[string]onRows // by id of a decision, those taken back included
	force  []placedDecision  // in force and about this list, in order of time
	of     map[[2]int]int    // of them, the last about a pair that is no skip
	skips  map[[2]int]int    // and the last that is
	said   map[[2]int][]review.Said
	says   map[review.Kind]string // Learn and Stop
	learnt int                    // decisions in force that taught when Learn was decided last
}

// onRows is where a decision stands in the list.
type onRows struct {
	a, b    int // rows; of a pair the smaller first, else a alone
	column  int
	carried string // what was corrected since
}

type placedDecision struct {
	review.Decision
	onRows
}

// pair gives the rows of a decision about two records.
func (p onRows) pair() [2]int { return [2]int{p.a, p.b} }

func newDeskBook(list *List, paths []string) *deskBook {
	b := &deskBook{paths: paths, refs: review.NewList(list.Columns, list.Cells)}
	n := b.refs.Len()
	b.rows, b.first, b.second = make(map[string]int, n), make([]int32, n), map[int32]int32{}
	contents := make(map[string]int32, n)
	for r, id := range b.refs.IDs() {
		b.rows[id] = r
		content := review.Content(id)
		first, known := contents[content]
		if !known {
			first = int32(r)
			contents[content] = first
		}
		b.first[r] = first
		if _, two := b.second[first]; known && !two {
			b.second[first] = int32(r)
		}
	}
	return b
}

// row finds a record by its id.
func (b *deskBook) row(id string) (int, error) {
	r, ok := b.rows[id]
	if !ok {
		return 0, &Error{Msg: fmt.Sprintf("the list has no entry %q", id), Hint: "it was changed since; open the review again"}
	}
	return r, nil
}

// pairOf gives the rows that stand for two records in every decision about
// them: the first of their copies, the smaller first. Two copies of one record
// are its first two rows.
func (b *deskBook) pairOf(x, y int) [2]int {
	p, q := b.first[x], b.first[y]
	if p == q {
		if two, ok := b.second[p]; ok && x != y {
			q = two
		}
	}
	return [2]int{int(min(p, q)), int(max(p, q))}
}

// read reads the ledgers, and finds the rows of all decisions in them.
func (b *deskBook) read() (err error) {
	size := b.onDisk()
	if b.ledger, err = readLedgers(b.paths...); err != nil {
		return err
	}
	b.size = size
	b.placed = make(map[string]onRows, len(b.ledger.Decisions))
	everything := &review.InForce{Decisions: b.ledger.Decisions}
	found := everything.On(b.refs)
	for _, p := range found.Pairs {
		b.placed[p.Decision.ID] = onRows{a: p.A, b: p.B}
	}
	for _, k := range found.Keeps {
		b.placed[k.Decision.ID] = onRows{a: k.Row}
	}
	for _, v := range found.Values {
		if _, known := b.placed[v.Decision.ID]; !known {
			b.placed[v.Decision.ID] = onRows{a: v.Row, column: v.Column}
		}
	}
	for _, c := range found.Carried {
		p := b.placed[c.Decision.ID]
		p.carried = c.What
		b.placed[c.Decision.ID] = p
	}
	return nil
}

// onDisk is how long the ledgers are, together.
func (b *deskBook) onDisk() (size int64) {
	for _, path := range b.paths {
		if info, err := os.Stat(path); err == nil {
			size += info.Size()
		}
	}
	return size
}

// elsewhere says whether somebody else has written since.
func (b *deskBook) elsewhere() bool { return b.onDisk() != b.size }

// write puts decisions into the ledger on disk, then into the one in memory.
// Their rows are at.
func (b *deskBook) write(decisions []review.Decision, at []onRows) ([]review.Decision, error) {
	sealed, err := review.Append(b.paths[0], decisions...)
	if err != nil {
		return nil, &Error{Msg: fmt.Sprintf("the answer could not be kept: %v", err), Hint: "nothing was decided; make room or name another ledger with --decisions FILE"}
	}
	b.size = b.onDisk()
	for i, d := range sealed {
		if d.Kind != review.Undo && d.Kind != review.Learn && d.Kind != review.Stop {
			b.placed[d.ID] = at[i]
		}
	}
	b.ledger.Decisions = append(b.ledger.Decisions, sealed...)
	return sealed, nil
}

// settle works out what holds. It fails where people contradict each other.
func (b *deskBook) settle() error {
	in := b.ledger.InForce()
	if err := agreed(in.Conflicts); err != nil {
		return err
	}
	b.force, b.of, b.skips = b.force[:0], map[[2]int]int{}, map[[2]int]int{}
	b.says = map[review.Kind]string{}
	taught := 0
	for _, d := range in.Decisions {
		if d.Kind == review.Learn || d.Kind == review.Stop {
			b.says[d.Kind] = d.Value
			if d.Kind == review.Learn {
				b.learnt = taught
			}
			continue
		}
		if at, ok := b.placed[d.ID]; ok {
			b.hold(placedDecision{d, at})
			if d.Teaches && d.Kind != review.Skip {
				taught++
			}
		}
	}
	b.said = map[[2]int][]review.Said{}
	for _, d := range b.ledger.Standing() {
		if at, ok := b.placed[d.ID]; ok && d.Kind.Pairwise() {
			b.note(d, at)
		}
	}
	return nil
}

// hold takes a decision into force. A word ends a skip, and a skip a word
// only for as long as nobody says anything.
func (b *deskBook) hold(p placedDecision) {
	b.force = append(b.force, p)
	switch {
	case p.Kind == review.Skip:
		b.skips[p.pair()] = len(b.force) - 1
	case p.Kind.Pairwise():
		b.of[p.pair()] = len(b.force) - 1
		delete(b.skips, p.pair())
	}
}

// note keeps what was said about a pair, for the screen.
func (b *deskBook) note(d review.Decision, at onRows) {
	b.said[at.pair()] = append(b.said[at.pair()], review.Said{Kind: d.Kind, By: d.By, At: d.At.Format("2006-01-02T15:04:05Z07:00")})
}

// word gives what holds about a pair, nil where nothing was said.
func (b *deskBook) word(pair [2]int) *placedDecision {
	if i, ok := b.of[pair]; ok {
		return &b.force[i]
	}
	return nil
}

// skipped says whether a pair was put off, and when, as a number that grows.
func (b *deskBook) skipped(pair [2]int) (int, bool) {
	i, ok := b.skips[pair]
	return i, ok
}

// teachers are the decisions in force that were taken to learn from.
func (b *deskBook) teachers() (out []placedDecision) {
	for _, d := range b.force {
		if d.Teaches && d.Kind.Decides() {
			out = append(out, d)
		}
	}
	return out
}

// decided counts the pairs that were decided.
func (b *deskBook) decided() int { return len(b.of) }

// links gives the pairs that hold, as the board takes them.
func (b *deskBook) links() (together, apart [][2]int) {
	for _, i := range slices.Sorted(maps.Values(b.of)) {
		if p := &b.force[i]; p.Kind == review.Same {
			together = append(together, p.pair())
		} else {
			apart = append(apart, p.pair())
		}
	}
	return together, apart
}

// linkIDs gives the ids of the decisions about pairs, in order of time.
func (b *deskBook) linkIDs() (ids []string) {
	for _, i := range slices.Sorted(maps.Values(b.of)) {
		ids = append(ids, b.force[i].ID)
	}
	return ids
}

// decision begins a decision about records of the list.
func (b *deskBook) decision(kind review.Kind, rows ...int) review.Decision {
	d := review.Decision{Kind: kind}
	if len(rows) > 0 {
		d.A = b.refs.Ref(rows[0])
	}
	if len(rows) > 1 {
		d.B = b.refs.Ref(rows[1])
	}
	return d
}

// earlier orders two rows by content, whatever the order of the list.
func (b *deskBook) earlier(x, y [2]int) int {
	xs, ys := b.names(x), b.names(y)
	return cmp.Or(cmp.Compare(xs[0], ys[0]), cmp.Compare(xs[1], ys[1]), cmp.Compare(x[0], y[0]), cmp.Compare(x[1], y[1]))
}

func (b *deskBook) names(x [2]int) [2]string {
	p, q := b.refs.IDs()[x[0]], b.refs.IDs()[x[1]]
	return [2]string{min(p, q), max(p, q)}
}

// strongestFirst orders pairs by falling score, equal ones by content.
func (b *deskBook) strongestFirst(links []record.Link) {
	slices.SortFunc(links, func(x, y record.Link) int {
		return cmp.Or(cmp.Compare(y.Score, x.Score), b.earlier([2]int{x.A, x.B}, [2]int{y.A, y.B}))
	})
}
