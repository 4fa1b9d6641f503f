package pipeline

import (
	"slices"
	"strings"

	"github.com/unecho/unecho/export"
	"github.com/unecho/unecho/pipeline/review"
)

// clean says how the sheet Clean of a run was written. A cell that reads as
// the list does, as it came or cleaned, or as anybody ever decided, is none
// that was edited here.
func (a *applying) clean(run *export.Run) *review.Clean {
	if run == nil {
		return nil
	}
	clean := &review.Clean{}
	filled := a.o.MergeFields || len(run.Flags["merge-fields"]) > 0
	var columns []int
	seen := map[string]bool{}
	for _, c := range run.Columns {
		at, err := a.list.Column(c.Name)
		if err != nil || seen[c.Name] {
			at = -1
		}
		seen[c.Name] = true
		columns = append(columns, at)
		clean.Columns, clean.Headers = append(clean.Columns, c.Name), append(clean.Headers, c.Header)
	}
	clean.Edited = func(id string, column int, text string) (string, bool) {
		row, ok := a.rows[id]
		if !ok || columns[column] < 0 {
			return "", false
		}
		return a.edited(row, columns[column], text, filled)
	}
	return clean
}

// edited compares a cell of Clean with its field, which a run may have filled
// from a copy where it was blank.
func (a *applying) edited(row, column int, text string, filled bool) (was string, ok bool) {
	at := row*len(a.list.Columns) + column
	was = a.list.Cells[at]
	for _, known := range append(a.given(row, column), was, a.list.Table.Cells[at]) {
		if export.Reads(text, known) {
			return was, false
		}
	}
	if filled && strings.TrimSpace(was) == "" && slices.ContainsFunc(a.list.Values(column), func(v string) bool { return export.Reads(text, v) }) {
		return was, false
	}
	return was, true
}

// given lists what people said a field reads, and what it read before.
func (a *applying) given(row, column int) (values []string) {
	if a.said == nil {
		a.said = map[string][]review.Decision{}
		for _, d := range a.ledger.Decisions {
			if d.Kind == review.Value {
				key := review.Content(d.A.ID)
				a.said[key] = append(a.said[key], d)
			}
		}
	}
	for _, d := range a.said[review.Content(a.refs.IDs()[row])] {
		if d.Column == a.list.Columns[column].Name {
			values = append(values, d.Value, d.Was)
		}
	}
	return values
}
