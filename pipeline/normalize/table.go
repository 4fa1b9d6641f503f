package normalize

import (
	"context"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/unecho/unecho/pipeline/record"
)

// Table cleans every cell of t. The cells stand row after row as in t.Cells;
// one that is unchanged shares its memory, and t itself is not touched. The
// changes stand in the order of the cells; a title whose brackets do not match
// is among them with After equal to Before, for nothing is changed. Trimmings
// are removed from columns of role Body alone, so the roles should be known.
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
	cells = make([]string, len(t.Cells))
	found := make([][]record.Change, (rows+chunk-1)/chunk)
	err = eachChunk(ctx, rows, progress, func(from, to int) {
		for k := from * cols; k < to*cols; k++ {
			col := t.Columns[k%cols]
			out, rules := cleanCell(t.Cells[k], col)
			cells[k] = out
			if len(rules) > 0 {
				found[from/chunk] = append(found[from/chunk], record.Change{
					Row: k / cols, Col: k % cols,
					Before: printable(t.Cells[k]), After: printable(out), Rule: join(rules),
				})
			}
		}
	})
	if err != nil {
		return nil, nil, err
	}
	for _, f := range found {
		changes = append(changes, f...)
	}
	return cells, changes, nil
}

// cleanCell cleans a cell as its column asks.
func cleanCell(s string, col record.Column) (out string, rules []Rule) {
	out, rules = Clean(s)
	switch col.Role {
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
