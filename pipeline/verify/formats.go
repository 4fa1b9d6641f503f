package verify

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// readText reads well-formed text as the format that fits it and the header
// of the clean list: JSON, a table with or without names, a listing, or lines.
// names are those of its columns, in order; words says that white space within
// a record is not fixed by the format.
func readText(text string, header []string, fields int) (rows [][]string, names []string, words bool) {
	head := strings.TrimLeft(text, " \t\r\n\ufeff")
	if strings.HasPrefix(head, "[") || strings.HasPrefix(head, "{") {
		if rows, ok := readObjects(head, header); ok {
			return rows, header, false
		}
	}
	if slices.Equal(header, []string{"title", "excerpt", "source", "age"}) && strings.Contains(text, "@") {
		if rows := readListing(text); len(rows) > 0 {
			return rows, header, true
		}
	}
	body := withoutSep(text)
	for _, d := range []byte{',', ';', '\t', '|'} {
		rows := splitTable(body, d)
		if len(rows) > 0 && sameNames(rows[0], header) && (len(rows[0]) > 1 || len(header) == 1 || even(rows)) {
			return rows[1:], rows[0], false
		}
	}
	if fields > 1 {
		for _, d := range []byte{',', ';', '\t', '|'} {
			if rows := splitTable(body, d); len(rows) > 0 && len(rows[0]) == fields {
				return rows, header, false
			}
		}
	}
	return readLines(text), []string{"title"}, false
}

// withoutSep drops the line by which Excel is told the delimiter.
func withoutSep(text string) string {
	line, rest, _ := strings.Cut(text, "\n")
	if line = strings.TrimRight(line, "\r"); len(line) == 5 && strings.EqualFold(line[:4], "sep=") {
		return rest
	}
	return text
}

// lines cuts a text at its line feeds; a carriage return alone ends a line only
// where there are none.
func lines(text string) []string {
	if !strings.Contains(text, "\n") {
		return strings.Split(text, "\r")
	}
	return strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
}

// readLines takes each line that is not blank as a title.
func readLines(text string) (rows [][]string) {
	for _, line := range lines(text) {
		if strings.TrimSpace(line) != "" {
			rows = append(rows, []string{line})
		}
	}
	return rows
}

// readListing takes the lines up to each footer "@source | age" as one record:
// its first line the title, what is between the excerpt.
func readListing(text string) (rows [][]string) {
	var block []string
	for _, line := range lines(text) {
		line = strings.TrimSpace(strings.TrimPrefix(line, "\ufeff"))
		if line == "" {
			continue
		}
		source, age, footer := strings.Cut(line, "|")
		if !footer || !strings.HasPrefix(line, "@") {
			block = append(block, line)
			continue
		}
		row := []string{"", "", strings.TrimSpace(strings.TrimPrefix(source, "@")), strings.TrimSpace(age)}
		if len(block) > 0 {
			row[0], row[1] = block[0], strings.Join(block[1:], "\n")
		}
		rows, block = append(rows, row), nil
	}
	if len(block) > 0 {
		rows = append(rows, []string{block[0], strings.Join(block[1:], "\n"), "", ""})
	}
	return rows
}

// readObjects reads the objects of JSON lines or of an array, in order; ok is
// false where the text is something else.
func readObjects(text string, header []string) (rows [][]string, ok bool) {
	for _, object := range objects(text) {
		var fields map[string]json.RawMessage
		if json.Unmarshal([]byte(object), &fields) != nil {
			return nil, false
		}
		row := make([]string, len(header))
		for i, name := range header {
			row[i] = plainJSON(fields[name])
			delete(fields, name)
		}
		if len(fields) > 0 {
			return nil, false
		}
		rows = append(rows, row)
	}
	return rows, true
}

// objects cuts text into its outermost {…}, strings respected.
func objects(text string) (cut []string) {
	depth, from, quoted := 0, 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{':
			if depth == 0 {
				from = i
			}
			depth++
		case c == '}':
			if depth--; depth == 0 {
				cut = append(cut, text[from:i+1])
			}
			depth = max(depth, 0)
		}
	}
	return cut
}

// plainJSON writes a value as a cell: strings without quotes, null as nothing,
// everything else as it is written, without white space.
func plainJSON(value json.RawMessage) string {
	var s string
	var b bytes.Buffer
	switch {
	case len(value) == 0 || string(value) == "null":
		return ""
	case value[0] == '"' && json.Unmarshal(value, &s) == nil:
		return s
	case json.Compact(&b, value) == nil:
		return b.String()
	}
	return string(value)
}
