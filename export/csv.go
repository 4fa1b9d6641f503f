package export

import (
	"io"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/unecho/unecho/pipeline/record"
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
	head := newCSV(o.Delimiter)
	if o.BOM {
		head.raw("\uFEFF")
	}
	cell := func(out *csvWriter, r, c int, text string) {
		if o.Safe {
			safe := Harmless(text)
			if safe != text && o.Changed != nil {
				o.Changed(r, c)
			}
			text = safe
		}
		out.field(text)
	}
	if !o.NoHeader && len(work.Columns) > 0 {
		for c, column := range work.Columns {
			cell(head, -1, c, column.Name)
		}
		head.end()
	}
	cores := runtime.GOMAXPROCS(0)
	if o.Safe && o.Changed != nil {
		cores = 1 // it is told in order
	}
	own := work.own()
	first := max(0, slices.IndexFunc(own, func(v record.Verdict) bool { return v.Kept }))
	return writeLines(w, head, first, len(own), cores, func(out *csvWriter, r int) {
		if !own[r].Kept {
			return
		}
		for c, text := range work.row(r) {
			cell(out, r, c, text)
		}
		out.end()
	})
}

// Rejects writes what could not be read: file,line,bytes,reason,text. The text
// is the bytes as they stand in the input, whatever its encoding.
func Rejects(w io.Writer, work *Work) error {
	head := newCSV(',')
	head.line("file", "line", "bytes", "reason", "text")
	return writeLines(w, head, 0, len(work.Table.Rejects), 1, func(out *csvWriter, i int) {
		reject := &work.Table.Rejects[i]
		name := work.Table.Sources[reject.Source].Name
		out.line(name, strconv.Itoa(int(reject.Line)), strconv.FormatInt(reject.Bytes, 10), reject.Reason, reject.Text)
	})
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

// csvWriter spells lines of RFC 4180 with LF. encoding/csv is not used because
// it writes a record of one empty field as a blank line, which readers skip, and
// leaves "ID" at the start of a file, which Excel takes for SYLK.
type csvWriter struct {
	text      []byte // the lines
	delimiter rune
	first     bool // nothing but a byte order mark stands in the file
	fields    int  // of the line being written
	blank     bool // and it has nothing in it
}

func newCSV(delimiter rune) *csvWriter {
	if delimiter == 0 {
		delimiter = ','
	}
	return &csvWriter{delimiter: delimiter, first: true}
}

// raw writes s as it is.
func (c *csvWriter) raw(s string) { c.text = append(c.text, s...) }

// next begins a field of the line.
func (c *csvWriter) next(blank bool) {
	if c.fields > 0 {
		c.text = utf8.AppendRune(c.text, c.delimiter)
	}
	c.blank = c.fields == 0 && blank
	c.fields++
}

// number writes one field of the line.
func (c *csvWriter) number(n int) {
	c.next(false)
	c.text = strconv.AppendInt(c.text, int64(n), 10)
	c.first = false
}

// fixed writes a number with so many decimals as one field of the line.
func (c *csvWriter) fixed(x float64, decimals int) {
	c.next(false)
	c.text = strconv.AppendFloat(c.text, x, 'f', decimals, 64)
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

// end ends the line.
func (c *csvWriter) end() {
	if c.blank {
		c.raw(`""`)
	}
	c.fields, c.blank = 0, false
	c.raw("\n")
}

func (c *csvWriter) line(fields ...string) {
	for _, f := range fields {
		c.field(f)
	}
	c.end()
}

// blockLines is how many lines are spelled at a time.
const blockLines = 1 << 10

// writeLines writes the lines of a head and those that spell makes of from to
// n-1, in order. Blocks of them are spelled on so many cores, each the blocks
// that are its turn, while those before them are written.
func writeLines(w io.Writer, head *csvWriter, from, n, cores int, spell func(out *csvWriter, i int)) error {
	if _, err := w.Write(head.text); err != nil {
		return err
	}
	blocks := (n - from + blockLines - 1) / blockLines
	cores = min(cores, blocks)
	var atWork sync.WaitGroup
	defer atWork.Wait()
	failed := make(chan struct{})
	defer close(failed)
	spelled := make([]chan []byte, cores)
	for k := range spelled {
		spelled[k] = make(chan []byte)
		atWork.Go(func() {
			var text, other []byte // one is written while lines are put into the other
			for block := k; block < blocks; block += cores {
				out := &csvWriter{text: text[:0], delimiter: head.delimiter, first: head.first && block == 0}
				begin := from + block*blockLines
				for i := begin; i < min(begin+blockLines, n); i++ {
					spell(out, i)
				}
				select {
				case spelled[k] <- out.text:
				case <-failed:
					return
				}
				text, other = other, out.text
			}
		})
	}
	for block := range blocks {
		if _, err := w.Write(<-spelled[block%cores]); err != nil {
			return err
		}
	}
	return nil
}

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
