package export

import (
	"bufio"
	"io"
	"strconv"
	"unicode/utf8"
)

// JSONL writes the kept records, one JSON object a line, keys in column order
// and nothing added. Every value is a string, the cell as it stands in
// Work.Cells, so that leading zeros and long numbers come through; an empty
// cell is "". Keys are the names of the columns; a name that stands twice
// becomes "title (2)" and one that is blank "column 3", because a JSON reader
// keeps only one of two equal keys. Bytes that are not UTF-8 become U+FFFD,
// as JSON cannot hold them; Clusters spells them.
func JSONL(w io.Writer, work *Work) error {
	out := bufio.NewWriterSize(w, 1<<16)
	keys := make([][]byte, len(work.Columns))
	for c, name := range uniqueNames(columnNames(work), nil) {
		keys[c] = append(appendJSON(nil, name), ':')
	}
	var line []byte
	for r, v := range work.own() {
		if !v.Kept {
			continue
		}
		line = append(line[:0], '{')
		for c, cell := range work.row(r) {
			if c > 0 {
				line = append(line, ',')
			}
			line = append(line, keys[c]...)
			line = appendJSON(line, cell)
		}
		line = append(line, "}\n"...)
		if _, err := out.Write(line); err != nil {
			return err
		}
	}
	return out.Flush()
}

// appendJSON appends s as a JSON string, as encoding/json does without its
// escaping for HTML.
func appendJSON(dst []byte, s string) []byte {
	dst = append(dst, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			dst = append(dst, '\\', byte(r))
		case r == '\n':
			dst = append(dst, `\n`...)
		case r == '\r':
			dst = append(dst, `\r`...)
		case r == '\t':
			dst = append(dst, `\t`...)
		case r < ' ' || r == '\u2028' || r == '\u2029':
			dst = append(dst, `\u`...)
			hex := strconv.FormatInt(int64(r)+0x10000, 16)
			dst = append(dst, hex[1:]...)
		default:
			dst = utf8.AppendRune(dst, r)
		}
	}
	return append(dst, '"')
}
