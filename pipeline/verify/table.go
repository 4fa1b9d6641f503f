package verify

import "strings"

// splitTable cuts text into records and fields in the plainest way that RFC
// 4180 allows: a field that begins with a quote ends at a quote that a
// delimiter, a line end or the end follows, and two quotes in it are one.
// Lines with nothing in them are no records. It expects text that is well
// formed, and takes any.
func splitTable(text string, delimiter byte) [][]string {
	var rows [][]string
	ends := lineEnds(text)
	for len(text) > 0 {
		row, rest := splitRecord(text, delimiter, ends)
		if len(row) > 1 || row[0] != "" || text[0] == '"' {
			rows = append(rows, row)
		}
		text = rest
	}
	return rows
}

// lineEnds says which characters end a line: a lone carriage return does only
// where the text has no line feed at all.
func lineEnds(text string) string {
	if strings.Contains(text, "\n") {
		return "\n"
	}
	return "\r"
}

func splitRecord(text string, delimiter byte, ends string) (row []string, rest string) {
	for {
		field, after := splitField(text, delimiter, ends)
		row = append(row, field)
		switch {
		case after == "":
			return row, ""
		case after[0] == delimiter:
			text = after[1:]
		case strings.HasPrefix(after, "\r\n"):
			return row, after[2:]
		default:
			return row, after[1:]
		}
	}
}

// splitField takes one field; after begins with what ended it.
func splitField(text string, delimiter byte, ends string) (field, after string) {
	if !strings.HasPrefix(text, `"`) {
		end := strings.IndexAny(text, string(delimiter)+ends)
		if end < 0 {
			return text, ""
		}
		if text[end] == '\n' && end > 0 && text[end-1] == '\r' {
			end--
		}
		return text[:end], text[end:]
	}
	var b strings.Builder
	for i := 1; i < len(text); i++ {
		if text[i] != '"' {
			b.WriteByte(text[i])
			continue
		}
		next := text[i+1:]
		switch {
		case strings.HasPrefix(next, `"`):
			b.WriteByte('"')
			i++
		case next == "" || next[0] == delimiter || strings.IndexByte(ends, next[0]) == 0 || strings.HasPrefix(next, "\r\n"):
			return b.String(), next
		default:
			b.WriteByte('"')
		}
	}
	return b.String(), ""
}
