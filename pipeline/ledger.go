package pipeline

import (
	"fmt"
	"slices"
	"strings"

	"github.com/unecho/unecho/pipeline/record"
	"github.com/unecho/unecho/pipeline/review"
)

// Recalled is what the ledgers of a list say about it.
type Recalled struct {
	*review.Resolved
	Paths  []string // the ledgers; the first is written to
	Ledger *review.Ledger
	Force  *review.InForce
	Refs   *review.List // the list as decisions know it
}

// LedgerPaths gives the ledgers of a run: those that were named, or
// NAME.decisions.jsonl beside the first input. They need not be there.
func LedgerPaths(o Options) []string {
	if len(o.Ledgers) > 0 {
		return o.Ledgers
	}
	if len(o.Inputs) == 0 {
		return nil
	}
	return []string{Beside(o.Inputs[0], "", review.Ending)}
}

// Recall reads the ledgers of a list and finds the records that they are
// about. The error is that of reading a file; people who contradict each other
// are Conflicts, and [Recalled.Agreed] refuses them.
func Recall(list *List, o Options) (*Recalled, error) {
	r := &Recalled{Paths: LedgerPaths(o)}
	var err error
	if r.Ledger, err = readLedgers(r.Paths...); err != nil {
		return nil, err
	}
	r.Refs = review.NewList(list.Columns, list.Cells)
	r.resolve()
	if len(r.Paths) > 1 {
		r.Conflicts, err = r.among()
	}
	return r, err
}

// recallAgreed is Recall for who obeys: people who contradict each other are an
// error.
func recallAgreed(list *List, o Options) (*Recalled, error) {
	r, err := Recall(list, o)
	if err != nil {
		return nil, err
	}
	return r, r.Agreed()
}

// readLedgers reads ledgers as one.
func readLedgers(paths ...string) (*review.Ledger, error) {
	l, err := review.Read(paths...)
	if err != nil {
		return nil, &Error{Msg: fmt.Sprintf("the decisions cannot be read: %v", err), Hint: "name another ledger with --decisions FILE"}
	}
	return l, nil
}

// among finds what contradicts each other in several ledgers.
func (r *Recalled) among() ([]review.Conflict, error) {
	var each []*review.Ledger
	for _, path := range r.Paths {
		one, err := readLedgers(path)
		if err != nil {
			return nil, err
		}
		each = append(each, one)
	}
	return review.Among(r.Force, each...), nil
}

// last is the id of the last decision of the ledger, "" for none.
func (r *Recalled) last() string {
	if n := len(r.Ledger.Decisions); n > 0 {
		return r.Ledger.Decisions[n-1].ID
	}
	return ""
}

// resolve works out again what the ledger says.
func (r *Recalled) resolve() {
	r.Force = r.Ledger.InForce()
	r.Resolved = r.Force.On(r.Refs)
}

// Agreed fails when people contradict each other: nothing is resolved in
// silence.
func (r *Recalled) Agreed() error { return agreed(r.Conflicts) }

func agreed(conflicts []review.Conflict) error {
	if len(conflicts) == 0 {
		return nil
	}
	c := conflicts[0]
	msg := fmt.Sprintf("%s contradict each other: %s said %s on %s and %s said %s on %s", plural(len(conflicts), "pair of decisions", "pairs of decisions"),
		person(c.A.By), spoken(c.A), c.A.At.Format("2006-01-02"), person(c.B.By), spoken(c.B), c.B.At.Format("2006-01-02"))
	if c.A.Kind.Pairwise() {
		msg += fmt.Sprintf(" of %q and %q", c.A.A.Text, c.A.B.Text)
	}
	return &Error{Msg: msg, Hint: "unecho log --conflicts shows all of them; unecho undo ID takes one back"}
}

// spoken is what a decision says, in a word or two.
func spoken(d review.Decision) string {
	if d.Kind == review.Value {
		return fmt.Sprintf("%q for %s", d.Value, d.Column)
	}
	if d.Kind == review.Learn || d.Kind == review.Stop {
		return string(d.Kind) + " " + d.Value
	}
	return fmt.Sprintf("%q", string(d.Kind))
}

func person(by string) string {
	if by == "" {
		return "somebody"
	}
	return by
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// decided gives the settings of a run with what was decided in it.
func (r *Recalled) decided(o Options) Options {
	o.Decisions = slices.Clone(o.Decisions)
	for _, p := range r.Pairs {
		if p.Decision.Kind.Decides() {
			o.Decisions = append(o.Decisions, Decision{A: r.Refs.IDs()[p.A], B: r.Refs.IDs()[p.B], Says: says(p.Decision), Links: !p.Decision.Teaches})
		}
	}
	for _, k := range r.Keeps {
		o.Stay = append(o.Stay, k.Row)
	}
	for _, v := range r.Values {
		o.Values = append(o.Values, Typed{Row: v.Row, Column: v.Column, Value: v.Decision.Value})
	}
	o.Unmoved = o.Unmoved || r.Force.Says(review.Learn) == review.No
	o.Stopped = o.Stopped || r.Force.Says(review.Stop) == review.Yes
	return o
}

// says is what a decision that decides about two records says; the words of
// the ledger are those of the road.
func says(d review.Decision) Says { return Says(d.Kind) }

// Typed is a field that a person gave, by row and column from 0.
type Typed struct {
	Row, Column int
	Value       string
}

// typed gives cells with the fields that persons gave, and what that changed:
// a field stands in the record that stays for the one it was given for. cells
// itself is left as it is.
func (f *Found) typed(cells []string, columns int, values []Typed) ([]string, []record.Change) {
	if len(values) == 0 {
		return cells, nil
	}
	out := slices.Clone(cells)
	var changes []record.Change
	for _, v := range values {
		row := int(f.Survivor[v.Row])
		at := row*columns + v.Column
		if out[at] == v.Value {
			continue
		}
		changes = append(changes, record.Change{Row: row, Col: v.Column, Before: cells[at], After: v.Value, Rule: typedRule})
		out[at] = v.Value
	}
	return out, changes
}

// typedRule is what the sheet Changes says of a field that a person gave.
const typedRule = "a person's decision"

// withTyped puts such changes among those of cleaning, one a field, in order
// of row, then column.
func withTyped(changes, typed []record.Change) []record.Change {
	if len(typed) == 0 {
		return changes
	}
	type field struct{ row, col int }
	at := map[field]int{}
	out := slices.Clone(changes)
	for i, c := range out {
		at[field{c.Row, c.Col}] = i
	}
	for _, c := range typed {
		i, cleaned := at[field{c.Row, c.Col}]
		if !cleaned {
			at[field{c.Row, c.Col}] = len(out)
			out = append(out, c)
			continue
		}
		out[i].After = c.After
		if !strings.Contains(out[i].Rule, typedRule) {
			out[i].Rule += ", " + typedRule
		}
	}
	slices.SortStableFunc(out, func(x, y record.Change) int {
		if x.Row != y.Row {
			return x.Row - y.Row
		}
		return x.Col - y.Col
	})
	return out
}

// DecisionReport says what became of the decisions of the ledgers.
type DecisionReport struct {
	Ledgers []string `json:"ledgers"` // the files that are there
	InForce int      `json:"in_force"`
	Obeyed  int      `json:"obeyed"`  // about records of this list
	Skipped int      `json:"skipped"` // put off
	Carried []string `json:"carried"` // over to records that were corrected since, in words
	Missing int      `json:"missing"` // about records that this list does not have
	Stale   []string `json:"stale"`   // fields that read otherwise than when the decision was taken
	Aside   []string `json:"aside"`   // lines that could not be read
	Learned int      `json:"learned"` // answers that moved the weights
	Words   []string `json:"words"`   // what they changed
	Stopped bool     `json:"stopped"` // nothing is merged without asking
}

// report says what became of the decisions.
func (r *Recalled) report(found *Found) DecisionReport {
	d := DecisionReport{Ledgers: []string{}, Carried: []string{}, Stale: []string{}, Aside: []string{}, Words: []string{},
		InForce: len(r.Force.Decisions) - r.audits(), Missing: len(r.Missing), Stopped: found.settings.Stopped}
	if d.InForce > 0 || len(r.Ledger.Aside) > 0 {
		d.Ledgers = append(d.Ledgers, r.Paths...)
	}
	d.Obeyed = d.InForce - d.Missing - len(r.Stale)
	for _, p := range r.Pairs {
		if p.Decision.Kind == review.Skip {
			d.Skipped++
			d.Obeyed--
		}
	}
	for _, c := range r.Carried {
		d.Carried = append(d.Carried, fmt.Sprintf("%s: %s", described(c.Decision), c.What))
	}
	for _, s := range r.Stale {
		d.Stale = append(d.Stale, described(s))
	}
	for _, a := range r.Ledger.Aside {
		d.Aside = append(d.Aside, fmt.Sprintf("%s:%d: %s", a.Path, a.Line, a.Reason))
	}
	if moved := found.moved; moved != nil {
		d.Learned, d.Words = moved.Learned, append(d.Words, moved.Words()...)
	}
	return d
}

// described says what a decision is about.
func described(d review.Decision) string {
	switch {
	case d.Kind.Pairwise():
		return fmt.Sprintf("%s: %q and %q", d.Kind, d.A.Text, d.B.Text)
	case d.Kind == review.Value:
		return fmt.Sprintf("%s of %q: %q", d.Column, d.A.Text, d.Value)
	}
	return fmt.Sprintf("%s: %q", d.Kind, d.A.Text)
}
