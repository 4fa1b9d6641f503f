package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/unecho/unecho/dedupe"
	"github.com/unecho/unecho/pipeline"
	"github.com/unecho/unecho/pipeline/review"
)

// What people decided about two entries, as why shows it, and the smallest
// change of the evidence that would turn the outcome.

// whyDecided is what decisions say about the two, for a script.
type whyDecided struct {
	Says      string            `json:"says"` // same, different or related; "" when no decision settles it
	Chain     []whyStep         `json:"chain"`
	Beside    []review.Decision `json:"beside"`  // put off, stays, fields
	Carried   []string          `json:"carried"` // decisions that hold for an entry that was corrected since
	Conflicts []whyConflict     `json:"conflicts"`
	Learned   int               `json:"learned"` // answers that moved the weights of this list
}

type whyStep struct {
	From     int             `json:"from"` // row, from 1
	To       int             `json:"to"`
	Decision review.Decision `json:"decision"`
}

type whyConflict struct {
	A review.Decision `json:"a"`
	B review.Decision `json:"b"`
}

// whyFlip is a smallest change that would turn the outcome.
type whyFlip struct {
	Outcome     string      `json:"outcome"` // what would become of the pair
	Threshold   float64     `json:"threshold"`
	Probability float64     `json:"probability"` // with the changes
	Changes     []whyChange `json:"changes"`
}

type whyChange struct {
	Name   string  `json:"name"`
	Was    string  `json:"was"`
	Weight float64 `json:"weight"`
	Level  string  `json:"level"` // instead; "" where it is left out
	To     float64 `json:"to"`    // its weight
}

func (w *why) decided() whyDecided {
	d := whyDecided{Says: string(w.bearing.Says), Chain: []whyStep{}, Beside: append([]review.Decision{}, w.bearing.Beside...), Carried: []string{}, Conflicts: []whyConflict{}}
	d.Learned, _ = w.found.Moved()
	for _, s := range w.bearing.Chain {
		d.Chain = append(d.Chain, whyStep{s.From + 1, s.To + 1, s.Decision})
	}
	for _, c := range w.bearing.Carried {
		d.Carried = append(d.Carried, carried(c))
	}
	for _, c := range w.bearing.Conflicts {
		d.Conflicts = append(d.Conflicts, whyConflict{c.A, c.B})
	}
	return d
}

func (w *why) flips() []whyFlip {
	out := []whyFlip{}
	if w.bearing.Says != "" {
		return out // the evidence does not decide
	}
	for _, f := range w.found.Flips(w.a, w.b) {
		flip := whyFlip{Outcome: f.Outcome, Threshold: f.Threshold, Probability: f.Probability, Changes: []whyChange{}}
		for _, c := range f.Changes {
			flip.Changes = append(flip.Changes, whyChange(c))
		}
		out = append(out, flip)
	}
	return out
}

// words says a flip in one sentence.
func (f whyFlip) words() string {
	var parts []string
	for _, c := range f.Changes {
		parts = append(parts, c.words())
	}
	if len(parts) > flipShown {
		parts = append(parts[:flipShown], fmt.Sprintf("%d more", len(parts)-flipShown))
	}
	become := map[string]string{dedupe.OutcomeMerged: "be merged", dedupe.OutcomeAsked: "be asked about", dedupe.OutcomeDifferent: "be taken for two"}[f.Outcome]
	things := "one thing"
	if n := len(f.Changes); n > 1 {
		things = fmt.Sprintf("%d things", n)
	}
	return fmt.Sprintf("they would %s (probability %s) if %s read otherwise: %s", become, percent(f.Probability), things, strings.Join(parts, "; "))
}

// flipShown bounds the changes that are spelled out; --json has all.
const flipShown = 4

func (c whyChange) words() string {
	moves := fmt.Sprintf("%s → %s", signed(c.Weight), signed(c.To))
	switch {
	case c.Level == "":
		return fmt.Sprintf("%s left out (%s)", c.Name, moves)
	case c.Was == "nothing to compare":
		return fmt.Sprintf("%s: %s (%s)", c.Name, c.Level, moves)
	}
	return fmt.Sprintf("%s: %s instead of %s (%s)", c.Name, c.Level, clip(c.Was, 40), moves)
}

// because says by which decisions the two are one or two; "" where none
// settles it.
func (w *why) because() string {
	if w.bearing.Says == "" {
		return ""
	}
	verdict := map[pipeline.Says]string{pipeline.SaysSame: "They are one", pipeline.SaysDifferent: "They are two", pipeline.SaysRelated: "They are two that belong together"}[w.bearing.Says]
	if chain := w.bearing.Chain; len(chain) == 1 {
		return fmt.Sprintf("%s: %s", verdict, saidSo(chain[0].Decision))
	}
	var steps []string
	for i, s := range w.bearing.Chain {
		said := string(s.Decision.Kind)
		if i == 0 || said != string(w.bearing.Chain[i-1].Decision.Kind) {
			said = "are " + map[review.Kind]string{review.Same: "the same", review.Different: "different", review.Related: "related"}[s.Decision.Kind]
		} else {
			said = "too"
		}
		rows := fmt.Sprintf("%d and %d", s.From+1, s.To+1)
		if i == 0 {
			rows = "rows " + rows
		}
		steps = append(steps, fmt.Sprintf("%s %s by decision (%s)", rows, said, whoAndWhen(s.Decision)))
	}
	return fmt.Sprintf("%s: %s", verdict, strings.Join(steps, ", "))
}

// saidSo says who decided, when and why.
func saidSo(d review.Decision) string {
	by := clip(d.By, 30)
	if by == "" {
		by = "somebody"
	}
	words := fmt.Sprintf("%s said %q on %s (%s)", by, string(d.Kind), d.At.UTC().Format("2006-01-02"), d.ID)
	if d.Why != "" {
		words += ", because: " + clip(d.Why, 100)
	}
	return words
}

func whoAndWhen(d review.Decision) string {
	day := d.At.UTC().Format("2006-01-02")
	if d.By == "" {
		return day
	}
	return clip(d.By, 30) + ", " + day
}

// carried says that a decision holds for an entry that was corrected since.
func carried(c review.Carry) string {
	rows := slices.Sorted(slices.Values(c.Rows))
	word := fmt.Sprintf("row %d", rows[0]+1)
	if len(rows) > 1 {
		word = fmt.Sprintf("rows %d and %d", rows[0]+1, rows[1]+1)
	}
	return fmt.Sprintf("carried over to %s: %s (%s)", word, c.What, c.Decision.ID)
}

// whyDecisions prints what else people decided about the two.
func (v *voice) whyDecisions(w *why) {
	var lines []string
	for _, c := range w.bearing.Conflicts {
		lines = append(lines, fmt.Sprintf("%s; but %s", saidSo(c.A), saidSo(c.B)))
	}
	for _, d := range w.bearing.Beside {
		lines = append(lines, fmt.Sprintf("%s: %s (%s, %s)", spokenOf(d), clip(d.A.Text, 60), whoAndWhen(d), d.ID))
	}
	for _, c := range w.bearing.Carried {
		lines = append(lines, carried(c))
	}
	if n, words := w.found.Moved(); n > 0 {
		lines = append(lines, fmt.Sprintf("the weights of this list were moved by %s: %s", plural(n, "answer", "answers"), strings.Join(words, "; ")))
	}
	if len(lines) > 0 {
		v.data("\nwhat people decided:\n  %s\n", strings.Join(lines, "\n  "))
	}
}
