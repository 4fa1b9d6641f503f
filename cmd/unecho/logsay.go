package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/unecho/unecho/pipeline"
	"github.com/unecho/unecho/pipeline/review"
)

// How log and undo show decisions.

// log prints the decisions, or what contradicts each other.
func (v *voice) log(r *logReport, conflicts bool) {
	switch {
	case conflicts:
		v.conflicts(r)
	case len(r.Decisions) > 0:
		for _, d := range r.Decisions {
			v.decision(d, len(r.strokes[d.Batch]))
		}
		if n := len(r.Conflicts); n > 0 {
			v.note("%s each other: unecho log --conflicts shows them", plural(n, "pair of decisions contradicts", "pairs of decisions contradict"))
		}
	case len(r.Ledgers) == 0:
		v.note("nobody decided anything yet: there is no %s", strings.Join(r.paths, ", "))
	default:
		v.note("no such decision in %s", strings.Join(r.Ledgers, ", "))
	}
}

// decision prints one: what, when, who and whether it holds, then the texts.
func (v *voice) decision(d logDecision, stroke int) {
	v.data("%s\n", head(d, stroke))
	for _, line := range body(d.Decision) {
		v.data("    %s\n", line)
	}
}

// fewDecisions says the first of some decisions.
func (v *voice) fewDecisions(decisions []logDecision) {
	for i, d := range decisions {
		if i == decisionsShown {
			v.line("    and %d more", len(decisions)-i)
			return
		}
		d.State = review.Holds // what became of it before need not be said here
		v.line("    %s", head(d, 0))
		for _, line := range body(d.Decision) {
			v.line("        %s", line)
		}
	}
}

// decisionsShown bounds the decisions that undo spells out; the ledger has all.
const decisionsShown = 10

// head is the first line of a decision.
func head(d logDecision, stroke int) string {
	words := []string{d.ID, d.At.UTC().Format("2006-01-02 15:04"), nameOf(d.By), clip(spokenOf(d.Decision), 140)}
	if d.Via != "" {
		words = append(words, "("+clip(d.Via, 20)+")")
	}
	if stroke > 1 {
		words = append(words, fmt.Sprintf("in one stroke of %d", stroke))
	}
	switch d.State {
	case review.TakenBack, review.Replaced:
		words = append(words, fmt.Sprintf("– %s by %s", d.State, d.Through))
	case review.Contradicted:
		words = append(words, fmt.Sprintf("– contradicted by %s", d.Through))
	}
	return strings.Join(words, "  ")
}

// spokenOf is what was decided, in a word or two.
func spokenOf(d review.Decision) string {
	switch d.Kind {
	case review.Keep:
		return "stays"
	case review.Value:
		return fmt.Sprintf("%s = %q", d.Column, d.Value)
	case review.Learn, review.Stop:
		return fmt.Sprintf("%s: %s", d.Kind, d.Value)
	case review.Audit:
		return "audit: " + pipeline.AuditWords(d)
	case review.Undo:
		return "takes back " + strings.Join(d.Undoes, ", ")
	}
	return string(d.Kind)
}

// body gives the texts that a decision is about, and why it was taken.
func body(d review.Decision) []string {
	var lines []string
	for _, ref := range []review.Ref{d.A, d.B} {
		if ref.ID != "" {
			lines = append(lines, clip(ref.Text, 110))
		}
	}
	if d.Was != "" {
		lines = append(lines, fmt.Sprintf("it read %q", clip(d.Was, 100)))
	}
	if d.Why != "" {
		lines = append(lines, "why: "+clip(d.Why, 200))
	}
	return lines
}

// nameOf names a person for a line; who left no name is nobody known.
func nameOf(by string) string {
	if by == "" {
		return "(no name)"
	}
	return clip(by, 30)
}

// conflicts prints what contradicts each other, both lines of each, and how
// far each two agree.
func (v *voice) conflicts(r *logReport) {
	for _, c := range r.Conflicts {
		c.A.State, c.B.State = review.Holds, review.Holds // that they contradict each other is why they stand here
		v.decision(c.A, 0)
		v.data("%s\n\n", head(c.B, 0))
	}
	if len(r.Conflicts) == 0 {
		v.data("nothing contradicts\n")
	}
	if len(r.Agreement) == 0 {
		return
	}
	w := tabwriter.NewWriter(v.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "who\tand who\tpairs of both\tagreed\tCohen's kappa")
	for _, a := range r.Agreement {
		fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%.2f\n", nameOf(a.A), nameOf(a.B), a.Pairs, a.Agreed, a.Kappa)
	}
	w.Flush()
}

// aside names the lines that are no decision.
func (v *voice) aside(lines []review.Aside) {
	for _, a := range lines {
		v.note("%s:%d: set aside, %s: %s", a.Path, a.Line, a.Reason, clip(a.Text, 40))
	}
}
