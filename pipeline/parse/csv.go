package parse

import (
	"fmt"
	"strings"

	"github.com/unecho/unecho/pipeline/record"
)

// csvReader reads RFC 4180 records, and what people make of them, out of a
// text: any one-byte delimiter, LF, CR LF or (in a file without LF) CR line
// ends, quotes inside unquoted fields, stray quotes inside quoted fields of
// one line. On every input that encoding/csv accepts it gives the same fields,
// but that line breaks inside quoted fields stay as they are.
//
// A quoted field may hold line breaks only when it is well quoted up to its
// end. Otherwise the quote that opened it counts as never closed: the line
// with the opening quote is a reject and reading goes on behind it, so that an
// unclosed quote costs its own record only.
//
// Cells share the memory of the text, except where doubled quotes had to be
// undone.
type csvReader struct {
	t      *text
	delim  byte
	single bool // the table has one column and no delimiter
	p      int  // where the next record begins
	line   int  // its line, from 1
	fields []string
}

// csvRecord says what was read: where it stands, and what is wrong with it.
type csvRecord struct {
	start, line, endLine int
	blank                bool   // a line without anything
	open                 bool   // a quote was opened and not closed
	bad                  string // why it is no record; "" for a good one
}

// next reads one record into r.fields; ok is false at the end. A blank line is
// given as such. When the record spans lines, has not width fields, and the
// line after the opening one has, the opening quote counts as unclosed; width
// 0 takes any number of fields.
func (r *csvReader) next(width int) (rec csvRecord, ok bool) {
	s := r.t.s
	if r.p >= len(s) {
		return rec, false
	}
	rec.start, rec.line, rec.endLine = r.p, r.line, r.line
	ln := r.t.line(r.p)
	l := s[ln.start:ln.end]
	r.fields = r.fields[:0]
	if strings.IndexByte(l, '"') < 0 {
		r.p, r.line = ln.next, r.line+1
		if blank(l) && (r.single || width == 1 || strings.IndexByte(l, r.delim) < 0) {
			rec.blank = true
			return rec, true
		}
		r.split(l)
		return rec, true
	}
	end, lines, closed := r.quoted(r.p)
	if closed && lines > 0 && width > 0 && len(r.fields) != width && r.stands(ln.next, width) {
		closed = false
	}
	if !closed {
		r.p, r.line = ln.next, r.line+1
		rec.open, rec.bad = true, "a quote is opened here and not closed"
		return rec, true
	}
	r.p, r.line, rec.endLine = end, r.line+lines+1, r.line+lines
	return rec, true
}

// split cuts a line without quotes.
func (r *csvReader) split(l string) {
	if !r.single {
		for {
			i := strings.IndexByte(l, r.delim)
			if i < 0 {
				break
			}
			r.fields = append(r.fields, l[:i])
			l = l[i+1:]
		}
	}
	r.fields = append(r.fields, l)
}

// quoted reads the record at p, which has quotes in its first line. end is
// where the next one begins, lines the number of line breaks inside it.
func (r *csvReader) quoted(p int) (end, lines int, closed bool) {
	s := r.t.s
	ln := r.t.line(p)
	for {
		if p < len(s) && s[p] == '"' {
			f := r.field(p)
			if !f.closed {
				return 0, 0, false
			}
			r.fields = append(r.fields, f.text)
			p, lines = f.end, lines+f.lines
			if f.lines > 0 {
				ln = r.t.line(p)
			}
		} else {
			e := ln.end
			if i := strings.IndexByte(s[p:max(p, ln.end)], r.delim); i >= 0 && !r.single {
				e = p + i
			}
			r.fields = append(r.fields, s[p:max(p, e)])
			p = max(p, e)
		}
		if p >= ln.end {
			return ln.next, lines, true
		}
		p++ // the delimiter
	}
}

// quotedField is one field in quotes; end is where the delimiter or line break
// behind it stands.
type quotedField struct {
	text       string
	end, lines int
	closed     bool
}

// field reads the quoted field whose opening quote stands at p.
func (r *csvReader) field(p int) (f quotedField) {
	s := r.t.s
	from, doubled, stray := p+1, false, false
	limit := min(len(s), from+MaxLine)
	for p = from; ; {
		i := strings.IndexByte(s[p:limit], '"')
		if i < 0 {
			return f
		}
		if n := strings.Count(s[p:p+i], str([]byte{r.t.eol})); n > 0 {
			if f.lines += n; stray {
				return f
			}
		}
		p += i + 1
		switch {
		case r.ends(p):
			f.text, f.end, f.closed = s[from:p-1], p, true
			if doubled {
				f.text = strings.ReplaceAll(f.text, `""`, `"`)
			}
			return f
		case s[p] == '"':
			doubled = true
			p++
		case f.lines > 0:
			return f
		default:
			stray = true
		}
	}
}

// ends says whether a field may end at p: at a delimiter, a line break or the end.
func (r *csvReader) ends(p int) bool {
	s := r.t.s
	if p >= len(s) || s[p] == r.t.eol || s[p] == r.delim && !r.single {
		return true
	}
	return s[p] == '\r' && (p+1 == len(s) || s[p+1] == r.t.eol)
}

// stands says whether the line at p makes a record of width fields by itself.
func (r *csvReader) stands(p, width int) bool {
	if p >= len(r.t.s) {
		return false
	}
	probe := csvReader{t: &text{s: r.t.s[:r.t.line(p).next], eol: r.t.eol}, delim: r.delim, single: r.single, p: p}
	rec, ok := probe.next(0)
	return ok && !rec.blank && !rec.open && len(probe.fields) == width
}

// parseTable reads the records of a table whose shape is known. A row with too
// few fields is a reject, for it may be a piece of a row that a stray line
// break has cut; so is one with too many, unless those beyond are empty, as
// many programs write them. Where nearly all rows are shorter than the header
// by the same fields, that is how the table was written, and they are records.
func parseTable(t *text, l *list, g tableGuess) {
	r := csvReader{t: t, delim: g.delim, single: g.single, p: g.skip, line: g.skipLines + 1}
	l.name(g.names...)
	width := len(g.names)
	if rows := strings.Count(t.s, str([]byte{t.eol})) + 1; width > 0 {
		l.cells = make([]string, 0, min(rows, len(t.s)/width+1)*width)
		l.at = make([]record.Position, 0, min(rows, 1<<24))
	}
	for head := g.header; ; {
		rec, ok := r.next(width)
		if !ok || l.stopped() {
			return
		}
		switch {
		case rec.blank:
		case head:
			head = false
		case rec.open:
			l.reject(rec.start, rec.line, rec.endLine, rec.bad)
		case len(r.fields) == g.short && g.short > 0:
			l.begin(rec.start, rec.line, rec.endLine)
			l.cells = append(append(l.cells, r.fields...), make([]string, width-g.short)...)
		case len(r.fields) < width || len(r.fields) > width && !empty(r.fields[width:]):
			l.reject(rec.start, rec.line, rec.endLine, ragged(len(r.fields), width, g.header))
		default:
			l.begin(rec.start, rec.line, rec.endLine)
			l.cells = append(l.cells, r.fields[:width]...)
		}
	}
}

func ragged(n, width int, header bool) string {
	fields := "fields"
	if n == 1 {
		fields = "field"
	}
	if header {
		return fmt.Sprintf("%d %s where the header has %d", n, fields, width)
	}
	return fmt.Sprintf("%d %s where the other rows have %d", n, fields, width)
}

func empty(cells []string) bool {
	for _, c := range cells {
		if c != "" {
			return false
		}
	}
	return true
}
