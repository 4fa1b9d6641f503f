package main

import (
	"fmt"
	"strings"

	"github.com/unecho/unecho/pipeline"
)

// decisions says what became of what people decided.
func (v *voice) decisions(r *pipeline.Report) {
	d := r.Decisions
	v.audited(r.Audit)
	if len(d.Ledgers) == 0 {
		return
	}
	v.note("%s obeyed, of %s%s", plural(d.Obeyed, "decision", "decisions"), shown(strings.Join(d.Ledgers, ", ")), decisionsAside(d))
	v.few("carried over to an entry that was corrected since: ", d.Carried)
	v.few("not applied, the field reads otherwise by now: ", d.Stale)
	v.few("not readable, left where it is: ", d.Aside)
	for _, words := range d.Words {
		v.note("learned from the decisions: %s", words)
	}
	if d.Stopped {
		v.note("nothing is merged without asking: a check of sure repeats found one that is none (unecho undo takes that back)")
	}
}

// decisionsAside counts what was not obeyed.
func decisionsAside(d pipeline.DecisionReport) string {
	var parts []string
	if d.Skipped > 0 {
		parts = append(parts, fmt.Sprintf("%d put off", d.Skipped))
	}
	if d.Missing > 0 {
		parts = append(parts, fmt.Sprintf("%d about entries that are not in this list", d.Missing))
	}
	if len(parts) == 0 {
		return ""
	}
	return "; " + strings.Join(parts, ", ")
}

// fewShown is how many of a kind are named.
const fewShown = 3

// few notes the first of some lines.
func (v *voice) few(what string, lines []string) {
	for i, line := range lines {
		if i == fewShown {
			v.note("%sand %d more", what, len(lines)-fewShown)
			return
		}
		v.note("%s%s", what, line)
	}
}
