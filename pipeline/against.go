package pipeline

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/unecho/unecho/dedupe"
	"github.com/unecho/unecho/export"
	"github.com/unecho/unecho/pipeline/parse"
	"github.com/unecho/unecho/pipeline/record"
)

// A list may be compared with lists that were cleaned before. Their records
// stand behind its own in one table, under its own columns, so that one search
// finds what repeats what. A cluster that holds an old record is kept by that
// one: the new records in it are removed, because the old list has the entry.

// against appends the records of Options.Against to a table. Columns are
// matched by name, letter case and space around aside; what one of the two
// lists lacks is not compared, and a column that only an old list has is
// passed over. What could not be read of an old list is no concern of this one.
func against(ctx context.Context, t *record.Table, o Options) error {
	if len(t.Columns) == 0 || t.Len() == 0 {
		return nil
	}
	for _, name := range o.Against {
		old, err := parse.Files(ctx, []string{name}, parse.Options{Progress: o.bytes("reading "+filepath.Base(name), "parsing")})
		if err != nil {
			return err
		}
		if old.Len() == 0 {
			continue
		}
		to := sharedColumns(t, old)
		if !slices.ContainsFunc(to, func(c int) bool { return c >= 0 }) {
			return &Error{Msg: fmt.Sprintf("--against %s: none of its columns (%s) is one of %s (%s)", name, shortList(old), t.Sources[0].Name, shortList(t)),
				Hint: "give the columns of both lists the same names"}
		}
		appendOld(t, old, to)
	}
	return nil
}

// remember finds what earlier runs say of the records of a list: of its own by
// id, of those compared with by place in what lies beside their list.
func (l *List) remember(o Options) {
	runs := []*Clustering{before(o)}
	if o.DryRun {
		l.before = runs[0]
	}
	var ids []string
	if l.Table.Old > 0 {
		ids = record.IDs(l.Columns, l.Cells)
	}
	row := l.Table.Own()
	for s := len(l.Table.OwnSources()); s < len(l.Table.Sources); s++ {
		n := 0
		for row+n < l.Table.Len() && int(l.Table.At[row+n].Source) == s {
			n++
		}
		c, at := beforeOf(l.Table.Sources[s].Name, n)
		for i, place := range at {
			c.Rows[place].ID = ids[row+i] // as it is called under the columns of this list
		}
		runs, row = append(runs, c), row+n
	}
	l.was = known(runs...)
}

// sharedColumns gives for each column of old the column of t with its name, -1
// for none. Of several columns of one name the first goes with the first.
func sharedColumns(t, old *record.Table) []int {
	key := func(name string) string {
		return strings.ToLower(strings.TrimSpace(strings.TrimPrefix(name, "\ufeff")))
	}
	to, used := make([]int, len(old.Columns)), make([]bool, len(t.Columns))
	for i, column := range old.Columns {
		to[i] = -1
		for c := range t.Columns {
			if !used[c] && key(t.Columns[c].Name) == key(column.Name) {
				to[i], used[c] = c, true
				break
			}
		}
	}
	return to
}

// shortList names the first columns of a table.
func shortList(t *record.Table) string {
	var names []string
	for i, c := range t.Columns {
		if i == 6 {
			names = append(names, "…")
			break
		}
		names = append(names, c.Name)
	}
	return strings.Join(names, ", ")
}

// appendOld puts the records of old behind those of t, whose memory may be
// that of the input's bytes and is not written to.
func appendOld(t, old *record.Table, to []int) {
	n, first := len(t.Columns), int32(len(t.Sources))
	cells := make([]string, len(t.Cells), len(t.Cells)+n*old.Len())
	copy(cells, t.Cells)
	for r := range old.Len() {
		row := make([]string, n)
		for i, cell := range old.Row(r) {
			if to[i] >= 0 {
				row[to[i]] = cell
			}
		}
		cells = append(cells, row...)
	}
	at := slices.Clone(t.At)
	for _, p := range old.At {
		p.Source += first
		at = append(at, p)
	}
	t.Cells, t.At = cells, at
	t.Sources = append(slices.Clone(t.Sources), old.Sources...)
	t.Old += old.Len()
	t.OldSources += len(old.Sources)
}

// dropOld drops what the search found among old records alone: nothing is asked
// about them, and nothing is done to them.
func (f *Found) dropOld(own int) {
	if own == len(f.Survivor) {
		return
	}
	old := func(r int) bool { return int(f.Survivor[r]) >= own }
	f.Links = slices.DeleteFunc(f.Links, func(l record.Link) bool {
		same := f.Cluster[l.A] == f.Cluster[l.B]
		return same && l.A >= own && l.B >= own || !same && old(l.A) && old(l.B)
	})
	whole := make(map[int32]bool) // clusters with a record of the list itself
	for r := range own {
		whole[f.Cluster[r]] = true
	}
	f.Brakes = slices.DeleteFunc(f.Brakes, func(b dedupe.Brake) bool { return !whole[b.Cluster] })
}

// ofOwn gives the changes of records that are the list's own.
func ofOwn(t *record.Table, changes []record.Change) []record.Change {
	n, _ := slices.BinarySearchFunc(changes, t.Own(), func(c record.Change, own int) int { return c.Row - own })
	return changes[:n:n]
}

// place names an old record for a person: "last.clean.csv:41".
func place(t *record.Table, r int) string {
	at := t.At[r]
	return fmt.Sprintf("%s:%d", filepath.Base(t.Sources[at.Source].Name), at.Line)
}

// placed gives the reason of a removal with the places of old records instead
// of their rows.
func placed(t *record.Table, reason string) string {
	m := reasonRows.FindStringSubmatch(reason)
	if m == nil {
		return reason
	}
	name := func(word string) string {
		var row int
		if _, err := fmt.Sscan(word, &row); err == nil && row > t.Own() && row <= t.Len() {
			return place(t, row-1)
		}
		return "row " + word
	}
	over := ""
	if m[2] != "" {
		over = fmt.Sprintf(" (over %s)", name(m[2]))
	}
	return fmt.Sprintf("repeat of %s%s: %s", name(m[1]), over, reason[len(m[0]):])
}

// AgainstReport says what a list repeats of lists that were cleaned before.
type AgainstReport struct {
	Lists   []OldListReport `json:"lists"`
	Repeats []OldRepeat     `json:"repeats"` // records of the list that were removed for it, in order of row
}

// OldListReport is a list that was compared with.
type OldListReport struct {
	InputReport
	Repeated int `json:"repeated"` // records of the list that repeat one of its entries
}

// OldRepeat is a record of the list, and the old record that it repeats.
type OldRepeat struct {
	Row    int    `json:"row"`
	Text   string `json:"text"`
	File   string `json:"file"` // as it was named
	Line   int    `json:"line"` // of the file, or the row of its sheet
	Old    string `json:"old"`  // the text of the old record
	Reason string `json:"reason"`
}

// againstReport says what became of Options.Against, nil where there is none.
func againstReport(work *export.Work, o Options) *AgainstReport {
	if len(o.Against) == 0 {
		return nil
	}
	t := work.Table
	out := &AgainstReport{Lists: []OldListReport{}, Repeats: []OldRepeat{}}
	first := len(t.OwnSources())
	for _, in := range inputs(t)[first:] {
		out.Lists = append(out.Lists, OldListReport{InputReport: in})
	}
	for r, v := range work.Verdicts[:t.Own()] {
		if v.Survivor < t.Own() {
			continue
		}
		at := t.At[v.Survivor]
		out.Lists[int(at.Source)-first].Repeated++
		out.Repeats = append(out.Repeats, OldRepeat{Row: r + 1, Text: MainText(work.Columns, work.Cells, r),
			File: t.Sources[at.Source].Name, Line: int(at.Line), Old: MainText(work.Columns, work.Cells, v.Survivor), Reason: v.Reason})
	}
	return out
}
