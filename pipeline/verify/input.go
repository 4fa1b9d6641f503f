package verify

import (
	"bytes"
	"context"
	"path/filepath"
	"slices"
	"strings"
)

// list is what was found in the inputs by the plain readers.
type list struct{ records []entry }

// entry is one record of an input: its cells by name of column, in order.
type entry struct {
	file   string
	number int // of the record in its file, from 1
	names  []string
	cells  []string
	words  bool // compare by words: the format does not fix the white space
	loose  bool // some cells are shown otherwise than they are stored (numbers of a workbook)
}

// readInputs cuts the rejects out of each input and reads what is left.
func (r *Report) readInputs(ctx context.Context, files []string, run *run) (*list, error) {
	l := &list{}
	var f finding
	var size int64
	for _, path := range files {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		data, err := load(path)
		if err != nil {
			return nil, err
		}
		if data, err = unpack(data); err != nil {
			return nil, &Error{File: path, Msg: "cannot be unpacked: " + err.Error()}
		}
		size += int64(len(data))
		entries, err := readInput(path, data, run, &f)
		if err != nil {
			return nil, err
		}
		l.records = append(l.records, entries...)
	}
	for _, reject := range run.rejects {
		if !reject.seen {
			f.fault("%s: line %d: the rejected text %.60q does not stand there", reject.file, reject.line, reject.text)
		}
	}
	var cut int
	for _, reject := range run.rejects {
		cut += reject.bytes
	}
	r.close("rejects", &f, "%d rejects, %d of %d bytes of the input, found at their place byte for byte", len(run.rejects), cut, size)
	return l, nil
}

func readInput(path string, data []byte, run *run, f *finding) ([]entry, error) {
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		entries, err := readSheet(path, data, run)
		if err != nil {
			return nil, &Error{File: path, Msg: err.Error()}
		}
		return entries, nil
	}
	rest := cutRejects(path, data, run, f)
	text, err := decode(rest, run.clean)
	if err != nil {
		return nil, &Error{File: path, Msg: err.Error()}
	}
	rows, names, words := readText(text, run.header, width(run.clean))
	entries := make([]entry, len(rows))
	for i, cells := range rows {
		entries[i] = entry{file: path, number: i + 1, cells: cells, names: names, words: words}
	}
	return entries, nil
}

// cutRejects takes the bytes of each reject of this file out of it, after
// making sure that they stand there, at the line that is named.
func cutRejects(path string, data []byte, run *run, f *finding) []byte {
	var spans [][2]int
	from := 0
	for i := range run.rejects {
		reject := &run.rejects[i]
		if reject.seen || filepath.Clean(reject.file) != filepath.Clean(path) {
			continue
		}
		at := placeOf(data, reject, from)
		if at < 0 {
			continue
		}
		reject.seen = true
		end := at + reject.bytes
		if reject.bytes < len(reject.text) || end > len(data) {
			f.fault("%s:%d: %d bytes are said to be rejected, the text has %d", path, reject.line, reject.bytes, len(reject.text))
			end = at + len(reject.text)
		}
		if gap := data[at+len(reject.text) : end]; len(bytes.Trim(gap, " \t\r\n\x00,")) > 0 {
			f.fault("%s:%d: more than the text was rejected: %.60q", path, reject.line, gap)
		}
		spans, from = append(spans, [2]int{at, end}), end
	}
	if spans == nil {
		return data
	}
	var rest []byte
	last := 0
	for _, s := range spans {
		rest = append(rest, data[last:s[0]]...)
		last = s[1]
	}
	return append(rest, data[last:]...)
}

// placeOf finds the text of a reject at its line, from some place on; -1 where
// it is not there. Lines are counted by line feeds, or by carriage returns as
// well, since files mix them; elements of a JSON array have no lines.
func placeOf(data []byte, reject *reject, from int) int {
	text := []byte(reject.text)
	element := bytes.HasPrefix(bytes.TrimLeft(data, " \t\r\n\xef\xbb\xbf"), []byte("["))
	for at := from; at <= len(data); at++ {
		found := bytes.Index(data[at:], text)
		if found < 0 {
			return -1
		}
		at += found
		if n := lineOf(data[:at]); element || slices.Contains(n[:], reject.line) {
			return at
		}
		if len(text) == 0 {
			return -1
		}
	}
	return -1
}

// lineOf gives the line, from 1, that follows head, by line feeds alone and
// with lone carriage returns.
func lineOf(head []byte) [2]int {
	feeds := bytes.Count(head, []byte("\n"))
	lone := bytes.Count(head, []byte("\r")) - bytes.Count(head, []byte("\r\n")) - bytes.Count(head, []byte("\r\x00\n"))
	return [2]int{feeds + 1, feeds + lone + 1}
}

// sameNames tells whether the fields are names of columns of the clean list.
func sameNames(fields, header []string) bool {
	if len(header) == 0 || len(fields) == 0 {
		return false
	}
	left := slices.Clone(header)
	for _, name := range fields {
		at := slices.Index(left, strings.TrimPrefix(name, "\ufeff"))
		if at < 0 {
			return false
		}
		left = slices.Delete(left, at, at+1)
	}
	return true
}
