package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/unecho/unecho/pipeline/review"
)

// desk is the review of one list. What stands on it is worked out from two
// things alone: what the search found, and what the ledger says. So a desk
// that was left, or killed, opens where it was.
type desk struct {
	mu    sync.Mutex
	ctx   context.Context
	o     Options
	clock func() time.Time
	by    string
	via   string

	list     *List
	searched *Searched
	book     *deskBook
	match    *deskMatch // what the search says by itself
	first    ladder     // the questions to learn from
	said     *board     // what people said, by chains, over rows
	groups   *board     // the groups that stand by search and decisions
	open     []ask      // neither decided nor implied, the strongest first
	links    map[int32][]int32
	implied  int
	// searchedWith are decisions that the search was told of, by id; nil where
	// there are questions without that.
	searchedWith []string
	merged       int             // records that the search merges without asking
	sitting      map[string]bool // decisions taken at this desk
	lesson       *heldLesson
}

// OpenDesk reads a list and its ledger, searches it, and gives the desk at
// which a screen asks about it. The clock gives the times of decisions, by the
// name of who answers, and via what they answer with where a choice does not
// say. The desk obeys ctx.
//
// Errors are those of [Run]: all that would stand in the way of the outputs
// is found before the first question.
func OpenDesk(ctx context.Context, o Options, clock func() time.Time, by, via string) (review.Desk, error) {
	_, list, err := setOut(ctx, o)
	if err != nil {
		return nil, err
	}
	return openDesk(ctx, list, nil, o, clock, by, via)
}

// openDesk opens a desk on a list that was read, and searched where searched
// is not nil.
func openDesk(ctx context.Context, list *List, searched *Searched, o Options, clock func() time.Time, by, via string) (review.Desk, error) {
	d := &desk{ctx: ctx, o: o, clock: clock, by: by, via: via, list: list, searched: searched, sitting: map[string]bool{}}
	d.book = newDeskBook(list, LedgerPaths(o))
	err := d.book.read()
	if err != nil {
		return nil, err
	}
	if d.searched == nil {
		if d.searched, err = Prepare(ctx, list, o); err != nil {
			return nil, err
		}
	}
	if err := d.replay(); err != nil {
		return nil, err
	}
	if err := d.deepen(); err != nil {
		return nil, err
	}
	return d, nil
}

// replay works everything out again from the ledger in memory. The list is
// searched again only where a decision says that it is to be matched in
// another way.
func (d *desk) replay() error {
	if err := d.book.settle(); err != nil {
		return err
	}
	if !d.holdsAll(d.searchedWith) {
		d.searchedWith = nil
	}
	if err := d.lay(); err != nil {
		return err
	}
	return d.contradiction()
}

// lay matches the list, and works out groups and questions.
func (d *desk) lay() error {
	if err := d.rematch(); err != nil {
		return err
	}
	d.rebuild()
	d.survey()
	return nil
}

// deepen searches once more, with all that was decided, where past sittings
// left nothing to ask: a list without the repeats that people found looks
// otherwise, and a run may have new doubts about it.
func (d *desk) deepen() error {
	if len(d.open) > 0 || len(d.book.of) == 0 {
		return nil
	}
	d.searchedWith = d.book.linkIDs()
	return d.lay()
}

// fresh reads the ledger again where somebody else has written to it, and
// says whether it did.
func (d *desk) fresh() (again bool, err error) {
	if !d.book.elsewhere() {
		return false, nil
	}
	if err := d.book.read(); err != nil {
		return true, err
	}
	return true, d.replay()
}

// rebuild works out the groups. People come first: what they said is the same
// stands together, what they said is not stands apart. A group of the search
// that a decision touches is put together again around that, by its strongest
// links; the others stand as they are.
func (d *desk) rebuild() {
	together, apart := d.book.links()
	d.said = newBoard(d.list.Table.Len(), d.match.found.lists)
	d.groups = d.match.base.clone()
	touched := map[int32]bool{}
	for _, pairs := range [2][][2]int{together, apart} {
		for _, p := range pairs {
			for _, r := range p {
				touched[d.match.found.Cluster[r]] = true
			}
		}
	}
	for c := range touched {
		d.groups.dissolve(d.match.members[c])
	}
	for _, p := range together {
		d.said.join(p[0], p[1])
		d.groups.join(p[0], p[1])
	}
	for _, p := range apart {
		d.said.part(p[0], p[1])
		d.groups.part(p[0], p[1])
	}
	d.glue(touched)
}

// glue puts touched groups together again: copies, then the strongest links
// of the search, then what it held in without a link.
func (d *desk) glue(touched map[int32]bool) {
	cluster := d.match.found.Cluster
	for c := range touched {
		for _, r := range d.match.members[c] {
			d.groups.join(int(d.book.first[r]), r)
		}
	}
	for _, link := range d.match.inside {
		if touched[cluster[link.A]] {
			d.groups.join(link.A, link.B)
		}
	}
	for _, c := range slices.Sorted(maps.Keys(touched)) {
		for _, r := range d.match.members[c] {
			d.groups.join(int(d.match.found.Survivor[r]), r)
		}
	}
}

// contradiction says that decisions of the ledger contradict each other over
// a chain; a run would refuse them.
func (d *desk) contradiction() error {
	_, apart := d.book.links()
	for _, p := range apart {
		if d.said.same(p[0], p[1]) {
			w := d.book.word(p)
			return &Error{Msg: fmt.Sprintf("the decisions contradict each other: %q and %q are the same over a chain of them, and %s said %s on %s",
				w.A.Text, w.B.Text, person(w.By), spoken(w.Decision), w.At.Format("2006-01-02")),
				Hint: fmt.Sprintf("unecho undo %s %s takes that back", d.book.paths[0], w.ID)}
		}
	}
	return nil
}

// now is the time of a decision: that of the clock, and later than all before.
func (d *desk) now() time.Time {
	now := d.clock().UTC().Truncate(time.Millisecond)
	if n := len(d.book.ledger.Decisions); n > 0 {
		if last := d.book.ledger.Decisions[n-1].At; !now.After(last) {
			return last.Add(time.Millisecond)
		}
	}
	return now
}

// record writes decisions of one stroke, and takes them for taken. Who calls
// it works out what follows.
func (d *desk) record(decisions []review.Decision, at []onRows) ([]review.Decision, error) {
	now := d.now()
	for i := range decisions {
		s := &decisions[i]
		s.By, s.At, s.Version, s.Via = d.by, now, d.o.Version, cmp.Or(s.Via, d.via)
	}
	if len(decisions) > 1 {
		stroke := "b" + decisions[0].Sealed().ID[1:]
		for i := range decisions {
			decisions[i].Batch = stroke
		}
	}
	sealed, err := d.book.write(decisions, at)
	for _, s := range sealed {
		d.sitting[s.ID] = true
	}
	return sealed, err
}

// Head says how far the sitting is.
func (d *desk) Head() review.Head {
	d.mu.Lock()
	defer d.mu.Unlock()
	h := review.Head{
		List: d.name(), Records: d.list.Table.Own(), Left: len(d.open), Decided: d.book.decided(), Implied: d.implied,
		Merged: d.merged, Bargain: d.bargain(), Stopped: d.match.how.stopped, By: d.by, Decision: d.book.paths[0],
		Carried: len(d.carried()),
	}
	for _, q := range d.open {
		if q.skipped >= 0 {
			h.Skipped++
		}
	}
	for _, p := range d.book.force {
		if d.sitting[p.ID] && p.Kind.Decides() {
			h.Sitting++
		}
	}
	return h
}

// name is that of the list, for a person.
func (d *desk) name() string {
	name := filepath.Base(d.o.Inputs[0])
	if n := len(d.o.Inputs); n > 1 {
		return fmt.Sprintf("%s and %d more", name, n-1)
	}
	return name
}

// Next gives the question to ask now.
func (d *desk) Next() (review.Card, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.fresh() // an error stays until somebody decides, and is told then
	pair, ok := d.next()
	if !ok {
		return review.Card{}, false
	}
	return d.card(pair[0], pair[1]), true
}

// Card gives any pair as a question.
func (d *desk) Card(a, b string) (review.Card, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	x, y, err := d.rowsOf(a, b)
	if err != nil {
		return review.Card{}, err
	}
	return d.card(x, y), nil
}

// Ahead gives up to n questions in their order.
func (d *desk) Ahead(n int) []review.Card {
	d.mu.Lock()
	defer d.mu.Unlock()
	var cards []review.Card
	for _, pair := range d.ahead(n) {
		cards = append(cards, d.card(pair[0], pair[1]))
	}
	return cards
}

// rowsOf finds two records that are not one.
func (d *desk) rowsOf(a, b string) (x, y int, err error) {
	if x, err = d.book.row(a); err != nil {
		return 0, 0, err
	}
	if y, err = d.book.row(b); err != nil {
		return 0, 0, err
	}
	if x == y {
		return 0, 0, &Error{Msg: fmt.Sprintf("%q is one entry", d.book.refs.Text(x)), Hint: "name two"}
	}
	return x, y, nil
}

// Done writes the outputs on the same road as clean.
func (d *desk) Done() ([]string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	report, err := Run(d.ctx, d.o)
	if err != nil {
		return nil, err
	}
	r := report.Records
	summary := []string{
		fmt.Sprintf("%s read, %s merged, %d kept", plural(r.Read, "entry", "entries"), plural(r.Removed, "repeat", "repeats"), r.Kept),
		fmt.Sprintf("%s obeyed, %s left", plural(report.Decisions.Obeyed, "decision", "decisions"), plural(report.Review, "question", "questions")),
	}
	if len(d.open) == 0 && report.Review > 0 {
		summary[1] += ": without the repeats that you found, the list has new ones"
	}
	for _, words := range report.Decisions.Words {
		summary = append(summary, "learned: "+words)
	}
	if len(report.Outputs) > 0 {
		summary = append(summary, "wrote "+strings.Join(report.Outputs, ", "))
	}
	return summary, nil
}

// carried are the decisions that hold for records that were corrected since,
// and that nobody has looked at again.
func (d *desk) carried() (out []placedDecision) {
	for _, p := range d.book.force {
		if p.carried == "" || !p.Kind.Decides() {
			continue
		}
		shown := false
		for _, other := range d.book.force {
			shown = shown || other.Kind.Pairwise() && other.pair() == p.pair() && other.carried == "" && other.ID != p.ID
		}
		if !shown {
			out = append(out, p)
		}
	}
	return out
}

// text is the main text of a row.
func (d *desk) text(row int) string { return d.book.refs.Text(row) }
