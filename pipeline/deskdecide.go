package pipeline

import (
	"fmt"
	"slices"
	"strings"

	"github.com/unecho/unecho/pipeline/review"
)

// Decide records one decision.
func (d *desk) Decide(c review.Choice) (review.Effect, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	again, err := d.fresh()
	if err != nil {
		return review.Effect{}, err
	}
	switch {
	case c.Kind.Pairwise():
		if again && d.answered(c) {
			return review.Effect{}, &Error{Msg: "this pair was answered elsewhere in the meantime", Hint: "look at it again, and answer it if it still stands"}
		}
		return d.decidePair(c)
	case c.Kind == review.Keep:
		return d.decideKeep(c)
	case c.Kind == review.Value:
		return d.decideValue(c)
	}
	return review.Effect{}, &Error{Msg: fmt.Sprintf("%q is no answer to a question", c.Kind), Hint: "say same, different, related or skip; keep or value"}
}

// answered says whether a pair is decided.
func (d *desk) answered(c review.Choice) bool {
	a, b, err := d.rowsOf(c.A, c.B)
	return err == nil && d.book.word(d.book.pairOf(a, b)) != nil
}

// decidePair records what is said about two records.
func (d *desk) decidePair(c review.Choice) (effect review.Effect, err error) {
	a, b, err := d.rowsOf(c.A, c.B)
	if err != nil {
		return effect, err
	}
	pair := d.book.pairOf(a, b)
	if err := d.allowed(c.Kind, pair); err != nil {
		return effect, err
	}
	said := d.book.decision(c.Kind, a, b)
	said.Why, said.Via = c.Why, c.Via
	said.Teaches = c.Kind != review.Skip && !c.Probe && d.teaches(pair)
	decisions, at := []review.Decision{said}, []onRows{{a: pair[0], b: pair[1]}}
	if c.Kind == review.Same && c.Keep != "" {
		stays, err := d.stays(c, a, b)
		if err != nil {
			return effect, err
		}
		decisions, at = append(decisions, stays), append(at, onRows{a: d.book.rows[c.Keep]})
	}
	stops := c.Probe && (c.Kind == review.Different || c.Kind == review.Related) && !d.match.how.stopped
	if stops {
		decisions, at = append(decisions, review.Decision{Kind: review.Stop, Value: review.Yes, Via: c.Via}), append(at, onRows{})
	}
	if old := d.carriedOver(pair); len(old) > 0 && c.Kind != review.Skip {
		decisions, at = append(decisions, review.Decision{Kind: review.Undo, Undoes: old, Via: c.Via, Why: "looked at again after the entry was corrected"}), append(at, onRows{})
	}
	return d.take(decisions, at)
}

// take records decisions and works out what they change.
func (d *desk) take(decisions []review.Decision, at []onRows) (effect review.Effect, err error) {
	before, asked := len(d.open), 0
	counted := map[[2]int32]bool{}
	for i, s := range decisions {
		if q, ok := d.standing(at[i].a, at[i].b); ok && s.Kind.Decides() && !counted[[2]int32{q.x, q.y}] {
			counted[[2]int32{q.x, q.y}] = true
			asked++
		}
		effect.Stopped = effect.Stopped || s.Kind == review.Stop
	}
	simple := len(decisions) == 1 && d.simple(decisions[0], at[0])
	sealed, err := d.record(decisions, at)
	if err != nil {
		return review.Effect{}, err
	}
	if simple {
		d.apply(placedDecision{sealed[0], at[0]})
	} else if err := d.replay(); err != nil {
		return review.Effect{}, err
	}
	effect.Settles = max(0, before-len(d.open)-asked)
	effect.Words = []string{}
	switch {
	case effect.Stopped:
		effect.Settles = 0
		effect.Words = append(effect.Words, "nothing is merged without asking any more: "+plural(len(d.open), "question", "questions"))
	case effect.Settles > 0:
		effect.Words = append(effect.Words, "also settles "+plural(effect.Settles, "other pair", "other pairs"))
	}
	return effect, nil
}

// simple says whether a decision can be added to what stands on the desk: it
// is the first about its pair, and is at odds with no group of the search.
func (d *desk) simple(s review.Decision, at onRows) bool {
	if !s.Kind.Pairwise() || len(d.book.said[at.pair()]) > 0 || s.Teaches && d.match.how.learned != "" {
		return false
	}
	switch s.Kind {
	case review.Skip:
		return true
	case review.Same:
		return !d.groups.apart(at.a, at.b)
	}
	return !d.groups.same(at.a, at.b)
}

// apply adds a simple decision.
func (d *desk) apply(p placedDecision) {
	d.book.hold(p)
	d.book.note(p.Decision, p.onRows)
	switch p.Kind {
	case review.Skip:
	case review.Same:
		d.said.join(p.a, p.b)
		d.groups.join(p.a, p.b)
	default:
		d.said.part(p.a, p.b)
		d.groups.part(p.a, p.b)
	}
	d.survey()
}

// allowed refuses a word about a pair that another person has decided
// otherwise, and one that contradicts a chain of decisions: a run could obey
// neither.
func (d *desk) allowed(kind review.Kind, pair [2]int) error {
	if kind == review.Skip {
		return nil
	}
	said := d.said
	if w := d.book.word(pair); w != nil {
		if w.By != d.by && w.Kind != kind && w.carried == "" {
			return &Error{Msg: fmt.Sprintf("%s said %s about these two on %s", person(w.By), spoken(w.Decision), w.At.Format("2006-01-02")),
				Hint: fmt.Sprintf("unecho undo %s %s takes that back", d.book.paths[0], w.ID)}
		}
		said = d.without(pair)
	}
	switch {
	case kind == review.Same && said.apart(pair[0], pair[1]):
		return &Error{Msg: "these two cannot be the same: by earlier decisions, each is the same as entries that are different", Hint: chainHint}
	case kind != review.Same && said.same(pair[0], pair[1]):
		return &Error{Msg: "these two cannot be kept apart: by earlier decisions, both are the same as a third entry", Hint: chainHint}
	}
	return nil
}

const chainHint = "take the wrong one of these back first"

// without is what people said, but for one pair.
func (d *desk) without(pair [2]int) *board {
	together, apart := d.book.links()
	said := newBoard(d.list.Table.Len(), d.match.found.lists)
	for _, p := range together {
		if p != pair {
			said.join(p[0], p[1])
		}
	}
	for _, p := range apart {
		if p != pair {
			said.part(p[0], p[1])
		}
	}
	return said
}

// carriedOver gives the ids of decisions about a pair that were taken when
// one of its records read otherwise.
func (d *desk) carriedOver(pair [2]int) (ids []string) {
	for _, p := range d.book.force {
		if p.carried != "" && p.Kind.Pairwise() && p.pair() == pair {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

// stays is the decision that one of two records stays for their cluster.
func (d *desk) stays(c review.Choice, a, b int) (s review.Decision, err error) {
	r, err := d.book.row(c.Keep)
	if err != nil {
		return s, err
	}
	if !d.groups.same(r, a) && !d.groups.same(r, b) {
		return s, &Error{Msg: fmt.Sprintf("%q is of another group: it cannot stay for these two", d.text(r)), Hint: "name an entry of one of the two"}
	}
	s = d.book.decision(review.Keep, r)
	s.Via = c.Via
	return s, nil
}

func (d *desk) decideKeep(c review.Choice) (review.Effect, error) {
	r, err := d.book.row(c.A)
	if err != nil {
		return review.Effect{}, err
	}
	s := d.book.decision(review.Keep, r)
	s.Why, s.Via = c.Why, c.Via
	return d.take([]review.Decision{s}, []onRows{{a: r}})
}

// decideValue records what a field of a record reads.
func (d *desk) decideValue(c review.Choice) (review.Effect, error) {
	r, err := d.book.row(c.A)
	if err != nil {
		return review.Effect{}, err
	}
	column, err := d.list.Column(c.Column)
	if err != nil {
		return review.Effect{}, err
	}
	s := d.book.decision(review.Value, r)
	s.Column, s.Value, s.Was = c.Column, c.Value, strings.TrimSpace(d.cell(r, column))
	s.Why, s.Via = c.Why, c.Via
	return d.take([]review.Decision{s}, []onRows{{a: r, column: column}})
}

func (d *desk) cell(row, column int) string {
	return d.list.Cells[row*len(d.list.Columns)+column]
}

// Undo takes back the last decision in force, or the stroke that it was of.
func (d *desk) Undo() (undone review.Choice, effect review.Effect, ok bool, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, err := d.fresh(); err != nil {
		return undone, effect, false, err
	}
	ids := d.book.ledger.Stroke()
	if len(ids) == 0 {
		return undone, effect, false, nil
	}
	taken := 0
	for _, s := range d.book.ledger.Decisions {
		if !slices.Contains(ids, s.ID) || s.Kind == review.Undo {
			continue
		}
		if taken++; taken == 1 || s.Kind.Pairwise() && !undone.Kind.Pairwise() {
			undone = d.choice(s)
		}
	}
	if _, err := d.record([]review.Decision{{Kind: review.Undo, Undoes: ids}}, []onRows{{}}); err != nil {
		return review.Choice{}, effect, false, err
	}
	effect.Words = []string{}
	if taken > 1 {
		effect.Words = []string{fmt.Sprintf("took back %d decisions of one stroke", taken)}
	}
	return undone, effect, true, d.replay()
}

// choice is a decision as a screen knows it.
func (d *desk) choice(s review.Decision) review.Choice {
	c := review.Choice{Kind: s.Kind, TextA: s.A.Text, TextB: s.B.Text, Column: s.Column, Value: s.Value, Why: s.Why, Via: s.Via}
	at, ok := d.book.placed[s.ID]
	if !ok {
		return c
	}
	c.A = d.book.refs.IDs()[at.a]
	if s.Kind.Pairwise() {
		c.B = d.book.refs.IDs()[at.b]
		if review.Content(s.A.ID) == review.Content(c.B) && c.A != c.B {
			c.A, c.B = c.B, c.A // as it was said
		}
	}
	return c
}

// Recent gives the last n decisions in force about records of the list.
func (d *desk) Recent(n int) []review.Choice {
	d.mu.Lock()
	defer d.mu.Unlock()
	recent := []review.Choice{}
	for _, p := range slices.Backward(d.book.force) {
		if len(recent) >= n {
			break
		}
		recent = append(recent, d.choice(p.Decision))
	}
	return recent
}

// Confirm records Same for pairs in one stroke; those that are decided or
// implied by now, or by the others, are left out.
func (d *desk) Confirm(pairs [][2]string) (review.Effect, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, err := d.fresh(); err != nil {
		return review.Effect{}, err
	}
	groups := d.groups.clone()
	_, apart := d.book.links()
	for _, p := range apart {
		groups.part(p[0], p[1])
	}
	var decisions []review.Decision
	var at []onRows
	for _, p := range pairs {
		a, b, err := d.rowsOf(p[0], p[1])
		if err != nil {
			return review.Effect{}, err
		}
		pair := d.book.pairOf(a, b)
		if groups.same(a, b) || !groups.join(a, b) || d.allowed(review.Same, pair) != nil {
			continue
		}
		decisions, at = append(decisions, d.book.decision(review.Same, a, b)), append(at, onRows{a: pair[0], b: pair[1]})
	}
	if len(decisions) == 0 {
		return review.Effect{Words: []string{"these pairs are decided already"}}, nil
	}
	effect, err := d.take(decisions, at)
	if err == nil {
		effect.Words = append([]string{plural(len(decisions), "pair", "pairs") + " confirmed, one step back takes all of them back"}, effect.Words...)
	}
	return effect, err
}
