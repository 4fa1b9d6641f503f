package parse

import (
	"encoding/json"
	"strings"

	"github.com/unecho/unecho/pipeline/record"
)

// Objects become records: a key is a column, in order of first appearance. A
// string gives its text, a number its digits as they stand, null an empty
// cell, true and false those words, and a nested value its JSON without
// spaces. A key that an object has twice takes two columns of that name, for
// both values are somebody's data. What is no object is a reject.

// objects gathers records of changing keys.
type objects struct {
	l     *list
	index map[column]int
	rows  [][]string // grows with the keys; flattened at the end
}

func newObjects(l *list) *objects { return &objects{l: l, index: map[column]int{}} }

// add reads the object in s, which is valid JSON; it is false for a value of
// another kind and for an object of too many keys.
func (o *objects) add(s string) (ok bool) {
	s = strings.Trim(s, jsonSpace)
	if s == "" || s[0] != '{' {
		return false
	}
	row := make([]string, len(o.index))
	count := map[string]int{}
	for p := skipSpace(s, 1); s[p] != '}'; {
		end := stringEnd(s, p)
		key := unquote(s[p:end])
		p = skipSpace(s, skipSpace(s, end)+1)
		end, _ = scanValue(s, p)
		k := column{key, count[key]}
		count[key]++
		c, known := o.index[k]
		if !known {
			if c = len(o.index); c >= MaxColumns {
				return false
			}
			o.index[k] = c
			o.l.columns = append(o.l.columns, record.Column{Name: key})
		}
		for len(row) <= c {
			row = append(row, "")
		}
		row[c] = cell(s[p:end])
		if p = skipSpace(s, end); s[p] == ',' {
			p = skipSpace(s, p+1)
		}
	}
	o.rows = append(o.rows, row)
	return true
}

// flatten lays the rows out as cells of equal width.
func (o *objects) flatten() {
	width := len(o.l.columns)
	if len(o.rows)*width > MaxCells { // the caller refuses it by the length of cells
		o.l.cells = make([]string, MaxCells+1)
		return
	}
	o.l.cells = make([]string, 0, len(o.rows)*width)
	for _, r := range o.rows {
		o.l.cells = append(o.l.cells, r...)
		for n := len(r); n < width; n++ {
			o.l.cells = append(o.l.cells, "")
		}
	}
}

// cell is the text of a valid JSON value.
func cell(v string) string {
	switch v[0] {
	case '"':
		return unquote(v)
	case 'n':
		return ""
	case '{', '[':
		return compact(v)
	}
	return v
}

// compact takes the spaces between the pieces of a valid JSON value away.
func compact(v string) string {
	if !strings.ContainsAny(v, jsonSpace) {
		return v
	}
	var b strings.Builder
	for p := 0; p < len(v); {
		if v[p] == '"' {
			end := stringEnd(v, p)
			b.WriteString(v[p:end])
			p = end
			continue
		}
		if !strings.ContainsRune(jsonSpace, rune(v[p])) {
			b.WriteByte(v[p])
		}
		p++
	}
	return b.String()
}

// parseJSONLines reads one object a line.
func parseJSONLines(t *text, l *list) {
	o := newObjects(l)
	for p, n := 0, 1; p < len(t.s) && !l.stopped(); n++ {
		ln := t.line(p)
		s := t.s[ln.start:ln.end]
		switch {
		case blank(s):
		case !json.Valid(view(s)):
			l.reject(p, n, n, "not valid JSON: "+jsonFault(s))
		case o.add(s):
			l.begin(p, n, n)
		default:
			l.reject(p, n, n, "not an object")
		}
		p = ln.next
	}
	o.flatten()
}

// jsonFault says what is wrong with a JSON text.
func jsonFault(s string) string {
	var v json.RawMessage
	if err := json.Unmarshal(view(s), &v); err != nil {
		return err.Error()
	}
	return "it cannot be read"
}

// parseJSON reads an array of objects, or objects one after the other. Line
// counts elements from 1. An element that is not valid costs itself only when
// the next one begins a line as far in as the broken one does.
func parseJSON(t *text, l *list) {
	o := newObjects(l)
	r := jsonReader{t: t, l: l, o: o, budget: 8*len(t.s) + 1<<20}
	p := skipSpace(t.s, 0)
	if p < len(t.s) && t.s[p] == '[' {
		r.array = true
		p++
	}
	for p = skipSpace(t.s, p); p < len(t.s) && !l.stopped(); p = skipSpace(t.s, p) {
		if r.array && t.s[p] == ']' {
			l.gaps = append(l.gaps, p)
			r.array = false
			if p = skipSpace(t.s, p+1); p < len(t.s) {
				r.element++
				l.reject(p, r.element, r.element, "text behind the end of the array")
			}
			break
		}
		p = r.value(p)
	}
	l.source.Rows = r.element
	o.flatten()
}

type jsonReader struct {
	t       *text
	l       *list
	o       *objects
	array   bool
	element int
	budget  int // bytes that may be looked at twice behind broken elements
}

// value reads the element at p and the comma behind it.
func (r *jsonReader) value(p int) int {
	s := r.t.s
	r.element++
	end, whole := scanValue(s, p)
	v := s[p:end]
	switch {
	case !whole || !json.Valid(view(v)):
		reason := "an element that never ends"
		if whole {
			reason = "not valid JSON: " + jsonFault(v)
		}
		end = r.resync(p, end, whole)
		r.l.reject(p, r.element, r.element, reason)
	case r.o.add(v):
		r.l.begin(p, r.element, r.element)
	default:
		r.l.reject(p, r.element, r.element, "not an object")
	}
	if end = skipSpace(s, end); end < len(s) && s[end] == ',' {
		end++
	}
	return end
}

// resync finds the next element behind a broken one: a line that begins an
// object, indented like the broken one. Failing that, the broken one takes all
// that was scanned, and a one that never ends takes the rest of the file.
func (r *jsonReader) resync(p, end int, whole bool) int {
	s := r.t.s
	head := strings.LastIndexByte(s[:p], r.t.eol) + 1
	if r.budget -= end - p; r.budget > 0 && strings.Trim(s[head:p], " \t") == "" {
		mark := string(rune(r.t.eol)) + s[head:p] + "{"
		if i := strings.Index(s[p:end], mark); i >= 0 {
			return p + i + len(mark) - 1
		}
	}
	if whole {
		return max(end, p+1)
	}
	return len(s)
}
