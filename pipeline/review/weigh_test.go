package review

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// said makes a decision of a line: "ann same a b", "ann value a title=x".
func saidBy(line string, minute int) Decision {
	f := strings.Fields(line)
	d := Decision{By: f[0], Kind: Kind(f[1]), A: Ref{ID: f[2]}, At: time.Date(2026, 11, 25, 9, minute, 0, 0, time.UTC)}
	switch {
	case d.Kind.Pairwise():
		d.B = Ref{ID: f[3]}
	case d.Kind == Value:
		d.Column, d.Value, _ = strings.Cut(f[3], "=")
	case d.Kind == Undo:
		d.A, d.Undoes = Ref{}, []string{f[2]}
	}
	return d.Sealed()
}

func TestWeigh(t *testing.T) {
	for name, c := range map[string]struct {
		ledger string // a * before the last line that the file's writer knew
		cells  string
		want   string // what is new, known, past, and how many clashes
	}{
		"new":                       {"", "ann same a b; ann different a c", "new: same a b, different a c"},
		"said twice":                {"", "ann same a b; ann same b a", "new: same a b"},
		"known":                     {"ann same a b", "ann same b a", "known: same b a"},
		"known of somebody else":    {"ben same a b", "ann same a b", "known: same a b"},
		"two cells":                 {"", "ann same a b; ann related b a", "new: same a b; clashes: 1"},
		"a skip beside a word":      {"", "ann skip a b; ann related b a", "new: related b a"},
		"a word before a skip":      {"", "ann same a b; ann skip a b", "new: same a b"},
		"a skip of what is decided": {"ben same a b", "ann skip a b", "known: skip a b"},
		"somebody else":             {"*ben same a b", "ann different a b", "clashes: 1"},
		"a change of mind":          {"*ann same a b", "ann different a b", "new: different a b"},
		"said elsewhere since":      {"ann same a b", "ann different a b", "clashes: 1"},
		"a skip of somebody else":   {"ben skip a b", "ann different a b", "new: different a b"},
		"taken back since":          {"ann same a b; ann undo 0", "ann same a b", "past: same a b"},
		"taken back before":         {"ann same a b; *ann undo 0", "ann same a b", "new: same a b"},
		"replaced since":            {"ann same a b; ann different a b", "ann same a b", "past: same a b"},
		"a chain":                   {"", "ann same a b; ann same b c; ann different a c", "new: same a b, same b c, different a c; clashes: 1"},
		"a chain over the ledger":   {"*ben same a b; ben same b c", "ann different a c", "new: different a c; clashes: 1"},
		"a chain that is cut":       {"ann same b c; *ann same a b", "ann different a b; ann different a c", "new: different a b, different a c"},
		"apart in the ledger":       {"*ben different a c", "ann same a b; ann same b c", "new: same a b, same b c; clashes: 1"},
		"at odds before":            {"ben same a b; ben same b c; ben related a c", "ann same x y", "new: same x y"},
		"two values":                {"", "ann value a t=x; ann value a t=y; ann value a u=z", "new: value a t=x, value a u=z; clashes: 1"},
	} {
		t.Run(name, func(t *testing.T) {
			ledger, since := &Ledger{}, ""
			for i, line := range split(c.ledger) {
				line, last := strings.CutPrefix(line, "*")
				if strings.HasSuffix(line, "undo 0") {
					line = strings.Replace(line, "undo 0", "undo "+ledger.Decisions[0].ID, 1)
				}
				d := saidBy(line, i)
				ledger.Decisions = append(ledger.Decisions, d)
				if last {
					since = d.ID
				}
			}
			var entries []Entry
			for i, line := range split(c.cells) {
				entries = append(entries, Entry{Decision: saidBy(line, 0), Cell: Cell{Path: "x", Line: i + 1}})
			}
			if diff := cmp.Diff(c.want, outcome(ledger.Weigh(entries, since))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func split(lines string) (out []string) {
	for line := range strings.SplitSeq(lines, ";") {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// outcome says in a line what became of entries.
func outcome(w *Weighed) string {
	var parts []string
	for _, group := range []struct {
		name    string
		entries []Entry
	}{{"new", w.New}, {"known", w.Known}, {"past", w.Past}} {
		var words []string
		for _, e := range group.entries {
			word := fmt.Sprintf("%s %s %s", e.Kind, e.A.ID, e.B.ID)
			if e.Kind == Value {
				word = fmt.Sprintf("%s %s %s=%s", e.Kind, e.A.ID, e.Column, e.Value)
			}
			words = append(words, word)
		}
		if words != nil {
			parts = append(parts, group.name+": "+strings.Join(words, ", "))
		}
	}
	if n := len(w.Clashes); n > 0 {
		parts = append(parts, fmt.Sprintf("clashes: %d", n))
	}
	return strings.Join(parts, "; ")
}

// What is implied by a record that is brought back gives way to every word.
func TestImplied(t *testing.T) {
	entry := func(line string, implied bool) Entry {
		return Entry{Decision: saidBy(line, 0), Cell: Cell{Path: "x", Line: 1}, Implied: implied}
	}
	ledger := &Ledger{Decisions: []Decision{saidBy("ben same a c", 0)}}
	w := ledger.Weigh([]Entry{entry("ann different a s", false), entry("ann different a b", true), entry("ann different a c", true), entry("ann different a d", true), entry("ann same a d", false), entry("ann same d e", false), entry("ann different a e", true)}, "")
	if got := outcome(w); got != "new: different a s, different a b, same a d, same d e" {
		t.Error(got)
	}
}
