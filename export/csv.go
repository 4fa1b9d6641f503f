package export

import (
	"bufio"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// CSVOptions are the settings of the clean list. The zero value is RFC 4180
// in UTF-8 with commas and LF.
type CSVOptions struct {
	// BOM puts a byte order mark first, without which Excel reads UTF-8 as
	// the code page of the machine.
	BOM bool
	// Delimiter stands between fields; 0 is a comma. It must not be a quote
	// or a line break.
	Delimiter rune
	// NoHeader leaves the line of names out, for a list that came without one.
	NoHeader bool
	// Safe puts an apostrophe before each cell that a spreadsheet would take
	// for a formula. Plain numbers such as -5 are left as they are.
	Safe bool
	// Changed is told of each cell that Safe changed, row and column from 0
	// (row -1 is the line of names); it may be nil.
	Changed func(row, col int)
}

// Clean writes the kept records in input order: the user's own columns, under
// their names, in their order, and nothing else. Cells come out byte for byte
// as they stand in Work.Cells, line breaks, NUL and invalid UTF-8 included.
func Clean(w io.Writer, work *Work, o CSVOptions) error {
	out := newCSV(w, o.Delimiter)
	if o.BOM {
		out.raw("\uFEFF")
	}
	line := func(r, c int, cell string) {
		if safe := Harmless(cell); o.Safe && safe != cell {
			if o.Changed != nil {
				o.Changed(r, c)
			}
			cell = safe
		}
		out.field(cell)
	}
	if !o.NoHeader && len(work.Columns) > 0 {
		for c, column := range work.Columns {
			line(-1, c, column.Name)
		}
		out.end()
	}
	for r, v := range work.own() {
		if !v.Kept {
			continue
		}
		for c, cell := range work.row(r) {
			line(r, c, cell)
		}
		if err := out.end(); err != nil {
			return err
		}
	}
	return out.flush()
}

// Rejects writes what could not be read: file,line,bytes,reason,text. The text
// is the bytes as they stand in the input, whatever its encoding.
func Rejects(w io.Writer, work *Work) error {
	out := newCSV(w, ',')
	out.line("file", "line", "bytes", "reason", "text")
	for _, reject := range work.Table.Rejects {
		name := work.Table.Sources[reject.Source].Name
		err := out.line(name, strconv.Itoa(int(reject.Line)), strconv.FormatInt(reject.Bytes, 10), reject.Reason, reject.Text)
		if err != nil {
			return err
		}
	}
	return out.flush()
}

// Harmless gives a cell as a spreadsheet that opens a CSV takes it for text: with
// an apostrophe before what it would take for a formula.
func Harmless(cell string) string {
	if looksLikeFormula(cell) {
		return "'" + cell
	}
	return cell
}

// looksLikeFormula tells whether a spreadsheet that opens a CSV would take the
// cell for a formula (OWASP ASVS 1.2.10), full-width signs included. A plain
// number with a sign is none.
func looksLikeFormula(cell string) bool {
	first, size := utf8.DecodeRuneInString(cell)
	switch first {
	case '=', '@', '\t', '\r', '\uFF1D', '\uFF20', '\uFF0B', '\uFF0D':
		return true
	case '+', '-':
		return strings.Trim(cell[size:], "0123456789.,") != "" || len(cell) == size
	}
	return false
}

// csvWriter writes RFC 4180 with LF. encoding/csv is not used because it
// writes a record of one empty field as a blank line, which readers skip, and
// leaves "ID" at the start of a file, which Excel takes for SYLK.
type csvWriter struct {
	w         *bufio.Writer
	delimiter rune
	first     bool // nothing but a byte order mark was written
	fields    int  // of the line being written
	blank     bool // and it has nothing in it
}

func newCSV(w io.Writer, delimiter rune) *csvWriter {
	if delimiter == 0 {
		delimiter = ','
	}
	return &csvWriter{w: bufio.NewWriterSize(w, 1<<16), delimiter: delimiter, first: true}
}

// raw writes s as it is. Errors stay in the bufio.Writer and come out of end or flush.
func (c *csvWriter) raw(s string) { c.w.WriteString(s) }

// next begins a field of the line.
func (c *csvWriter) next(blank bool) {
	if c.fields > 0 {
		c.w.WriteRune(c.delimiter)
	}
	c.blank = c.fields == 0 && blank
	c.fields++
}

// number writes one field of the line.
func (c *csvWriter) number(n int) {
	c.next(false)
	c.w.Write(strconv.AppendInt(c.w.AvailableBuffer(), int64(n), 10))
	c.first = false
}

// fixed writes a number with so many decimals as one field of the line.
func (c *csvWriter) fixed(x float64, decimals int) {
	c.next(false)
	c.w.Write(strconv.AppendFloat(c.w.AvailableBuffer(), x, 'f', decimals, 64))
	c.first = false
}

// field writes one field of the line.
func (c *csvWriter) field(s string) {
	c.next(s == "")
	if !c.mustQuote(s) {
		c.raw(s)
	} else {
		c.raw(`"`)
		c.raw(strings.ReplaceAll(s, `"`, `""`))
		c.raw(`"`)
	}
	c.first = false
}

// end ends the line and says whether writing still works.
func (c *csvWriter) end() error {
	if c.blank {
		c.raw(`""`)
	}
	c.fields, c.blank = 0, false
	return c.w.WriteByte('\n')
}

func (c *csvWriter) line(fields ...string) error {
	for _, f := range fields {
		c.field(f)
	}
	return c.end()
}

func (c *csvWriter) flush() error { return c.w.Flush() }

// mustQuote holds back nothing that some reader would take in another sense:
// the delimiter, quotes, line breaks, outer spaces, and at the start of a file
// what Excel reads as SYLK, as a separator line, or as a byte order mark.
func (c *csvWriter) mustQuote(s string) bool {
	if s == "" {
		return false
	}
	if c.first && (strings.HasPrefix(s, "ID") || strings.HasPrefix(strings.ToLower(s), "sep=") || strings.HasPrefix(s, "\uFEFF")) {
		return true
	}
	if s[0] == ' ' || s[0] == '\t' || s[len(s)-1] == ' ' || s[len(s)-1] == '\t' {
		return true
	}
	return strings.ContainsRune(s, c.delimiter) || strings.IndexByte(s, '"') >= 0 || strings.IndexByte(s, '\n') >= 0 || strings.IndexByte(s, '\r') >= 0
}
