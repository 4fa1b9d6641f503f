package pipeline

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/unecho/unecho/pipeline/review"
)

// Applied says what answers changed.
type Applied struct {
	Report *Report        `json:"report"`
	Books  []AppliedBook  `json:"books"`
	By     string         `json:"by"`
	New    map[string]int `json:"new"`   // answers written to the ledger, by kind; "brought back" beside the kinds of review
	Known  int            `json:"known"` // answers that were there already

	Stale   []string `json:"stale"`   // answers about records that the list does not have any more
	Past    []string `json:"past"`    // answers that were applied before, and taken back or replaced since
	Left    []string `json:"left"`    // what was read and has no effect
	Changed []string `json:"changed"` // inputs that are not what they were when the workbook was written

	// Before is what the run kept and asked that the workbook is of; nil where
	// that is not known.
	Before *Before `json:"before"`
	// Agreements say how far each two files agree.
	Agreements []AppliedAgreement `json:"agreements"`
}

// AppliedBook is one file with answers.
type AppliedBook struct {
	Path    string `json:"path"`
	Answers int    `json:"answers"`
}

// Before is what a workbook said.
type Before struct {
	Kept      int `json:"kept"`
	Questions int `json:"questions"`
}

// AppliedAgreement says how far two files agree on the pairs that both answer.
type AppliedAgreement struct {
	A string `json:"a"`
	B string `json:"b"`
	review.Agreement
}

// String says it in words, with Cohen's kappa.
func (a AppliedAgreement) String() string {
	return fmt.Sprintf("%s and %s agree on %d of %s that both answer (Cohen's κ %.2f)", a.A, a.B, a.Agreed, plural(a.Pairs, "pair", "pairs"), a.Kappa)
}

// BroughtBack is the word in Applied.New for records that were brought back.
const BroughtBack = "brought back"

// Apply takes the answers out of files, puts what is new of them into the
// ledger, in one stroke and in the name of by, and writes the outputs anew.
// Nothing is written while one answer is not understood, or contradicts
// another or what somebody else decided; the *[Error] names the cells then.
// Answers about records that the list does not have any more are left, and
// said. o is the run that the files belong to; with DryRun nothing is written.
func Apply(ctx context.Context, b *Books, o Options, at time.Time, by string) (*Applied, error) {
	o.answered = b.paths()
	places, list, err := setOut(ctx, o)
	if err != nil {
		return nil, err
	}
	recalled, err := recallAgreed(list, o)
	if err != nil {
		return nil, err
	}
	a := newApplying(list, recalled, o, by)
	a.many = len(b.sources) > 1
	a.done = &Applied{By: by, New: map[string]int{}, Changed: b.changed(list), Before: b.before()}
	if err := a.read(b); err != nil {
		return nil, err
	}
	fresh, err := a.weigh(b.since())
	if err != nil {
		return nil, err
	}
	return a.done, a.finish(ctx, fresh, recalled, places, at)
}

// finish matches under the new answers; when that stands, they are written to
// the ledger, and then the outputs.
func (a *applying) finish(ctx context.Context, fresh []review.Entry, recalled *Recalled, places *places, at time.Time) error {
	decisions := a.stroke(fresh, at)
	recalled.Ledger = recalled.Ledger.With(decisions...)
	recalled.resolve()
	t, err := travel(ctx, a.list, recalled, a.o)
	if err != nil {
		return err
	}
	if !a.o.DryRun {
		if _, err := review.Append(recalled.Paths[0], decisions...); err != nil {
			return &Error{Msg: fmt.Sprintf("the answers could not be kept: %v", err), Hint: "nothing was written; make room or name another ledger with --decisions FILE"}
		}
	}
	a.done.Report, err = t.write(ctx, places, a.o)
	return err
}

// applying is the state of one Apply.
type applying struct {
	o      Options
	list   *List
	refs   *review.List
	ledger *review.Ledger
	by     string
	many   bool                         // files, so that places name theirs
	rows   map[string]int               // by lasting id
	first  map[string]int               // by content
	said   map[string][]review.Decision // values by content
	holds  func(kind review.Kind, a, b string) bool

	entries []review.Entry
	back    map[review.Cell]bool // cells that bring a record back
	done    *Applied
}

func newApplying(list *List, recalled *Recalled, o Options, by string) *applying {
	a := &applying{list: list, refs: recalled.Refs, ledger: recalled.Ledger, by: by, o: o, rows: map[string]int{}, first: map[string]int{}}
	for r, id := range a.refs.IDs() {
		a.rows[id] = r
		if _, known := a.first[review.Content(id)]; !known {
			a.first[review.Content(id)] = r
		}
	}
	return a
}

// read takes the answers out of all files. It fails when a cell is no answer.
func (a *applying) read(b *Books) error {
	a.back = map[review.Cell]bool{}
	clean := a.clean(b.run)
	var wrong []string
	each := make([][]review.Entry, len(b.sources))
	for i, s := range b.sources {
		answers := s.Read(clean)
		for _, f := range answers.Wrong {
			wrong = append(wrong, a.at(f.Cell)+": "+f.Msg)
		}
		for _, f := range answers.Left {
			a.done.Left = append(a.done.Left, a.at(f.Cell)+": "+f.Msg)
		}
		for _, said := range answers.Said {
			each[i] = append(each[i], a.decided(said)...)
		}
		a.entries = append(a.entries, each[i]...)
		a.done.Books = append(a.done.Books, AppliedBook{s.Path, len(answers.Said)})
	}
	if len(wrong) > 0 {
		return &Error{Msg: listed(plural(len(wrong), "cell is not understood", "cells are not understood")+", so no answer was applied", wrong),
			Hint: "correct these cells, save, and apply again; words are same, different, related, skip, or s, d, r, y, n, 1, 0, x"}
	}
	a.agree(b, each)
	return nil
}

// at names a cell, with its file where there are several.
func (a *applying) at(c review.Cell) string {
	if a.many && c.Sheet != "" {
		return filepath.Base(c.Path) + ": " + c.String()
	}
	return c.String()
}

// linesShown is how many lines an error lists.
const linesShown = 20

// listed is a sentence with lines below it.
func listed(what string, lines []string) string {
	more := len(lines) - linesShown
	if more > 0 {
		lines = append(slices.Clone(lines[:linesShown]), fmt.Sprintf("and %d more", more))
	}
	return what + ":\n  " + strings.Join(lines, "\n  ")
}

// row finds a record by the id that a sheet has.
func (a *applying) row(id string) (row int, ok bool) {
	if row, ok = a.rows[id]; ok {
		return row, true
	}
	row, ok = a.first[review.Content(id)]
	return row, ok
}

// decided gives the decisions that an answer stands for; none where the list
// does not have its records any more.
func (a *applying) decided(said review.Answer) (entries []review.Entry) {
	x, ok := a.row(said.A)
	y, both := x, true
	if said.B != "" {
		y, both = a.row(said.B)
	}
	if !ok || !both || said.Kind.Pairwise() && x == y {
		if !a.remembered(said) {
			a.done.Stale = append(a.done.Stale, fmt.Sprintf("%s: %s", a.at(said.Cell), said.Kind))
		} else {
			a.done.Known++
		}
		return nil
	}
	add := func(d review.Decision, implied bool) {
		d.By, d.At, d.Via, d.Why = a.by, said.At, cmp.Or(said.Via, "workbook"), said.Why
		entries = append(entries, review.Entry{Decision: d, Cell: said.Cell, Implied: implied})
	}
	switch {
	case said.Kind.Pairwise():
		add(review.Decision{Kind: said.Kind, A: a.refs.Ref(x), B: a.refs.Ref(y)}, false)
		if stays, ok := a.row(said.Keep); ok && said.Kind == review.Same && said.Keep != "" {
			add(review.Decision{Kind: review.Keep, A: a.refs.Ref(stays)}, false)
		}
		if said.Undo {
			a.back[said.Cell] = true
			for _, other := range said.Others {
				if z, ok := a.row(other); ok && z != x && z != y {
					add(review.Decision{Kind: review.Different, A: a.refs.Ref(x), B: a.refs.Ref(z)}, true)
				}
			}
		}
	case said.Kind == review.Keep:
		add(review.Decision{Kind: review.Keep, A: a.refs.Ref(x)}, false)
	case said.Kind == review.Value:
		c, err := a.list.Column(said.Column)
		if err != nil {
			a.done.Stale = append(a.done.Stale, fmt.Sprintf("%s: the list has no column %q any more", a.at(said.Cell), said.Column))
			return nil
		}
		was := a.list.Cells[x*len(a.list.Columns)+c]
		if said.Value != was {
			add(review.Decision{Kind: review.Value, A: a.refs.Ref(x), Column: a.list.Columns[c].Name, Value: said.Value, Was: was}, false)
		}
	}
	return entries
}

// remembered says whether the ledger holds a pair's answer in these words.
func (a *applying) remembered(said review.Answer) bool {
	if a.holds == nil {
		a.holds = a.ledger.Saying(false)
	}
	return said.Kind.Pairwise() && a.holds(said.Kind, said.A, said.B)
}

// weigh sets the answers against each other and against the ledger, and gives
// those that are new.
func (a *applying) weigh(since string) ([]review.Entry, error) {
	w := a.ledger.Weigh(a.entries, since)
	if len(w.Clashes) > 0 {
		lines := make([]string, len(w.Clashes))
		for i, c := range w.Clashes {
			lines[i] = a.clash(c)
		}
		for _, both := range a.done.Agreements {
			lines = append(lines, both.String())
		}
		return nil, &Error{Msg: listed(plural(len(w.Clashes), "contradiction", "contradictions")+", so no answer was applied", lines),
			Hint: "change one of the cells named and save, or take back a decision of the ledger with unecho undo ID; then apply again"}
	}
	for _, e := range w.New {
		switch {
		case e.Implied:
		case a.back[e.Cell] && e.Kind == review.Different:
			a.done.New[BroughtBack]++
		default:
			a.done.New[string(e.Kind)]++
		}
	}
	for _, e := range w.Known {
		if !e.Implied && e.Kind != review.Keep {
			a.done.Known++
		}
	}
	for _, e := range w.Past {
		if !e.Implied && e.Kind != review.Keep {
			a.done.Past = append(a.done.Past, fmt.Sprintf("%s: %s", a.at(e.Cell), described(e.Decision)))
		}
	}
	return w.New, nil
}

// clash says which cells contradict each other.
func (a *applying) clash(c review.Clash) string {
	says := func(d review.Decision, cell review.Cell) string {
		if cell.Path == "" {
			return fmt.Sprintf("%s said %s on %s (%s)", person(d.By), spoken(d), d.At.Format("2006-01-02"), d.ID)
		}
		return fmt.Sprintf("%s says %s", a.at(cell), spoken(d))
	}
	about := fmt.Sprintf("%q and %q", clipped(c.Entry.A.Text), clipped(c.Entry.B.Text))
	if !c.Entry.Kind.Pairwise() {
		about = fmt.Sprintf("%q", clipped(c.Entry.A.Text))
	}
	first := says(c.Entry.Decision, c.Entry.Cell)
	switch {
	case c.Other != nil:
		return fmt.Sprintf("%s, and %s: %s", says(c.Other.Decision, c.Other.Cell), first, about)
	case c.Said != nil:
		return fmt.Sprintf("%s, but %s: %s", first, says(*c.Said, review.Cell{}), about)
	}
	steps := make([]string, len(c.Chain))
	for i, l := range c.Chain {
		if l.Cell != nil {
			steps[i] = a.at(*l.Cell)
		} else {
			steps[i] = "the ledger (" + l.ID + ")"
		}
	}
	return fmt.Sprintf("%s, but by %s they are the same: %s", first, strings.Join(steps, ", "), about)
}

// clipped is a text for a line of an error.
func clipped(text string) string {
	if runes := []rune(text); len(runes) > 60 {
		return string(runes[:59]) + "…"
	}
	return text
}

// stroke gives entries as decisions of one stroke.
func (a *applying) stroke(entries []review.Entry, at time.Time) []review.Decision {
	decisions := make([]review.Decision, len(entries))
	sum := sha256.New()
	for i, e := range entries {
		d := e.Decision
		if d.At.IsZero() || d.At.After(at) {
			d.At = at
		}
		d.Version = a.o.Version
		fmt.Fprintln(sum, d.Kind, d.A.ID, d.B.ID, d.Column, d.Value, at.UnixMilli())
		decisions[i] = d
	}
	batch := "apply " + hex.EncodeToString(sum.Sum(nil)[:6])
	for i := range decisions {
		decisions[i].Batch = batch
		decisions[i] = decisions[i].Sealed()
	}
	return decisions
}

// agree says how far each two files agree.
func (a *applying) agree(b *Books, each [][]review.Entry) {
	ledgers := make([]*review.Ledger, len(each))
	for i, entries := range each {
		ledgers[i] = &review.Ledger{}
		for _, e := range entries {
			if !e.Implied {
				ledgers[i].Decisions = append(ledgers[i].Decisions, e.Decision)
			}
		}
	}
	for i := range ledgers {
		for k := range i {
			if both := review.Agree(ledgers[k], ledgers[i]); both.Pairs > 0 {
				a.done.Agreements = append(a.done.Agreements, AppliedAgreement{b.sources[k].Path, b.sources[i].Path, both})
			}
		}
	}
}

func (b *Books) paths() []string {
	paths := make([]string, len(b.sources))
	for i, s := range b.sources {
		paths[i] = s.Path
	}
	return paths
}

func (b *Books) since() string {
	if b.run == nil {
		return ""
	}
	return b.run.Ledger
}

func (b *Books) before() *Before {
	if b.run == nil || b.run.Kept == 0 {
		return nil
	}
	return &Before{b.run.Kept, b.run.Review}
}
