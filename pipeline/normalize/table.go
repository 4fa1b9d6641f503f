package normalize

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/unecho/unecho/pipeline/record"
)

// Table cleans every cell of t. The cells stand row after row as in t.Cells,
// and are t.Cells where none is changed; one that is unchanged shares its
// memory, and t itself is not touched. The changes stand in the order of the
// cells; a title whose brackets do not match is among them with After equal to
// Before, for nothing is changed. Trimmings are removed from columns of role
// Body alone, so the roles should be known.
//
// keepText leaves all text as it came, with no changes. In Before and After,
// bytes that are not UTF-8 are written \xHH, so that they can be shown.
// progress may be nil; it is called from one goroutine at a time. The only
// error is that of ctx.
func Table(ctx context.Context, t *record.Table, keepText bool, progress func(done, total int)) (cells []string, changes []record.Change, err error) {
	if keepText {
		return t.Cells, nil, ctx.Err()
	}
	cols := len(t.Columns)
	if cols == 0 {
		return nil, nil, ctx.Err()
	}
	rows := len(t.Cells) / cols
	found := make([][]record.Change, (rows+chunk-1)/chunk)
	err = eachChunk(ctx, rows, progress, func(from, to int) {
		for r := from; r < to; r++ {
			for c, cell := range t.Row(r) {
				out, rules := cleanCell(cell, t.Columns[c].Role)
				if len(rules) > 0 {
					found[from/chunk] = append(found[from/chunk], record.Change{
						Row: r, Col: c, Before: printable(cell), After: out, Rule: join(rules),
					})
				}
			}
		}
	})
	if err != nil {
		return nil, nil, err
	}
	changes = slices.Concat(found...)
	return withChanges(t.Cells, cols, changes), changes, nil
}

// withChanges gives cells, of so many columns, after the changes.
func withChanges(cells []string, cols int, changes []record.Change) []string {
	copied := false
	for _, change := range changes {
		k := change.Row*cols + change.Col
		if cells[k] == change.After {
			continue
		}
		if !copied {
			cells, copied = slices.Clone(cells), true
		}
		cells[k] = change.After
	}
	return cells
}

// cleanCell cleans a cell as the role of its column asks.
func cleanCell(s string, role record.Role) (out string, rules []Rule) {
	out, rules = Clean(s)
	switch role {
	case record.Body:
		if t := dropTrimmings(out); t != out {
			out, rules = t, append(rules, Trimmings)
		}
	case record.Title:
		rules = append(rules, Notes(out)...)
	}
	return out, rules
}

// printable writes bytes that are not UTF-8 as \xHH.
func printable(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			b.WriteString(`\x` + strings.ToUpper(strconv.FormatUint(uint64(s[i])+0x100, 16)[1:]))
		} else {
			b.WriteString(s[i : i+n])
		}
		i += n
	}
	return b.String()
}

func join(rules []Rule) string {
	names := make([]string, len(rules))
	for k, r := range rules {
		names[k] = string(r)
	}
	return strings.Join(names, ", ")
}
