package export

import (
	"io"
	"runtime"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clusters writes one line for every input record:
// row,id,cluster,kept,survivor,probability,reason. Rows count from 1 in
// reading order; survivor is a row, or blank for a record that repeats one of a
// list that was compared with; probability has four decimals. A record
// that held bytes which are no text (invalid UTF-8, NUL, control characters, a
// lone carriage return) has them in its reason as a Go string, so that they
// can be had back: `kept; "title" as read: "Caf\xe9"`.
func Clusters(w io.Writer, work *Work) error {
	head := newCSV(',')
	head.line("row", "id", "cluster", "kept", "survivor", "probability", "reason")
	own := work.own()
	return writeLines(w, head, 0, len(own), runtime.GOMAXPROCS(0), func(out *csvWriter, r int) {
		v := &own[r]
		out.number(r + 1)
		out.field(v.ID)
		out.field(v.Cluster)
		out.field(strconv.FormatBool(v.Kept))
		if work.old(v.Survivor) {
			out.field("")
		} else {
			out.number(v.Survivor + 1)
		}
		out.fixed(v.Probability, 4)
		out.field(v.Reason + asRead(work, r))
		out.end()
	})
}

// asRead spells the cells of record r that are not text, "" when all are.
func asRead(work *Work, r int) string {
	var b strings.Builder
	for c, cell := range work.Table.Row(r) {
		if !isText(cell) {
			b.WriteString("; ")
			b.WriteString(strconv.Quote(work.Table.Columns[c].Name))
			b.WriteString(" as read: ")
			b.WriteString(strconv.Quote(cell))
		}
	}
	return b.String()
}

// isText tells whether a cell holds nothing but text: valid UTF-8 without
// control characters other than tab and line breaks (LF, CR LF).
func isText(cell string) bool {
	for i := 0; i < len(cell); {
		if b := cell[i]; b >= ' ' && b < 0x7F {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(cell[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			return false
		case r == '\r' && !strings.HasPrefix(cell[i+1:], "\n"):
			return false
		case r != '\t' && r != '\n' && r != '\r' && unicode.IsControl(r):
			return false
		}
		i += size
	}
	return true
}
