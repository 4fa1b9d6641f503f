package export

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// The rows below the header are spelled here, byte for byte as excelize's
// StreamWriter spells them, and go to the press; all else of a sheet is
// excelize's. The StreamWriter spells one sheet after the other, a third of its
// time on memory for each cell, into a temporary file of the whole text, which
// is deflated when the last sheet is done: for a million rows 12 s instead of 4.

// blockSize is how much text of rows is packed at a time.
const blockSize = 1 << 19

// appendRow opens a row of so many lines; level above 0 puts it under the row
// before it.
func appendRow(dst []byte, row, lines, level int) []byte {
	dst = append(dst, `<row r="`...)
	dst = strconv.AppendInt(dst, int64(row), 10)
	dst = append(dst, `" ht="`...)
	dst = strconv.AppendFloat(dst, rowHeight(lines), 'f', -1, 64)
	dst = append(dst, `" customHeight="1"`...)
	if level > 0 {
		dst = append(dst, ` outlineLevel="`...)
		dst = strconv.AppendInt(dst, int64(level), 10)
		dst = append(dst, '"')
	}
	return append(dst, '>')
}

// appendCell writes a cell of a column, named by its letters. Its value is nil,
// a string, an int, a float64 below 10¹⁵ or rich text; a formula has an int.
// Strings are such that a workbook can hold them, see fit.
func appendCell(dst []byte, letters string, row int, cell excelize.Cell) ([]byte, error) {
	dst = append(dst, `<c r="`...)
	dst = append(dst, letters...)
	dst = strconv.AppendInt(dst, int64(row), 10)
	dst = append(dst, '"')
	if cell.StyleID != 0 {
		dst = append(dst, ` s="`...)
		dst = strconv.AppendInt(dst, int64(cell.StyleID), 10)
		dst = append(dst, '"')
	}
	switch v := cell.Value.(type) {
	case nil:
		dst = append(dst, '>')
	case string:
		dst = append(dst, ` t="inlineStr"><is>`...)
		dst = appendText(dst, v, "\n")
		dst = append(dst, `</is>`...)
	case int:
		dst = append(dst, '>')
		if cell.Formula != "" {
			formula := bytes.NewBuffer(append(dst, `<f>`...))
			xml.EscapeText(formula, []byte(cell.Formula)) // fails only as a writer does
			dst = append(formula.Bytes(), `</f>`...)
		}
		dst = append(dst, `<v>`...)
		dst = strconv.AppendInt(dst, int64(v), 10)
		dst = append(dst, `</v>`...)
	case float64:
		dst = append(dst, `><v>`...)
		dst = appendNumber(dst, v)
		dst = append(dst, `</v>`...)
	case []excelize.RichTextRun:
		dst = append(dst, ` t="inlineStr"><is>`...)
		for _, run := range v {
			dst = appendRun(dst, run)
		}
		dst = append(dst, `</is>`...)
	default:
		return dst, fmt.Errorf("cell %s%d: %T is none of the values of a cell", letters, row, v)
	}
	return append(dst, `</c>`...), nil
}

// appendRun writes a run of rich text. Of its font it knows what marked sets.
func appendRun(dst []byte, run excelize.RichTextRun) []byte {
	dst = append(dst, `<r>`...)
	if font := run.Font; font != nil {
		dst = append(dst, `<rPr><rFont val="`...)
		dst = append(dst, font.Family...)
		dst = append(dst, `"></rFont><family val="2"></family>`...)
		if font.Bold {
			dst = append(dst, `<b val="1"></b>`...)
		}
		if font.Italic {
			dst = append(dst, `<i val="1"></i>`...)
		}
		dst = append(dst, `<color rgb="FF`...)
		dst = append(dst, font.Color...)
		dst = append(dst, `"></color><sz val="`...)
		dst = strconv.AppendFloat(dst, font.Size, 'f', -1, 64)
		dst = append(dst, `"></sz>`...)
		if font.Underline != "" {
			dst = append(dst, `<u val="`...)
			dst = append(dst, font.Underline...)
			dst = append(dst, `"></u>`...)
		}
		dst = append(dst, `</rPr>`...)
	}
	dst = appendText(dst, run.Text, "&#xA;")
	return append(dst, `</r>`...)
}

// appendText writes text in its element; outer spaces are kept.
func appendText(dst []byte, s, newline string) []byte {
	dst = append(dst, `<t`...)
	if s != "" && (isBlank(s[0]) || isBlank(s[len(s)-1])) {
		dst = append(dst, ` xml:space="preserve"`...)
	}
	dst = append(dst, '>')
	dst = appendXML(dst, s, newline)
	return append(dst, `</t>`...)
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// appendXML escapes what XML reads as its own, and what the file format reads as
// an escape of its own: "_x0041_" becomes "_x005F_x0041_".
func appendXML(dst []byte, s, newline string) []byte {
	from := 0
	for i := range len(s) {
		var sign string
		switch s[i] {
		case '"':
			sign = "&#34;"
		case '\'':
			sign = "&#39;"
		case '&':
			sign = "&amp;"
		case '<':
			sign = "&lt;"
		case '>':
			sign = "&gt;"
		case '\t':
			sign = "&#x9;"
		case '\r':
			sign = "&#xD;"
		case '\n':
			sign = newline
		case '_':
			if !isEscape(s[i:]) {
				continue
			}
			sign = "_x005F_"
		default:
			continue
		}
		dst = append(dst, s[from:i]...)
		dst = append(dst, sign...)
		from = i + 1
	}
	return append(dst, s[from:]...)
}

// isEscape says whether text begins as an escape does: "_x0041_".
func isEscape(s string) bool {
	if len(s) < 7 || s[1] != 'x' || s[6] != '_' {
		return false
	}
	for _, c := range []byte(s[2:6]) {
		if !(c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F') {
			return false
		}
	}
	return true
}

// appendNumber writes a number with the 15 digits that a spreadsheet keeps.
func appendNumber(dst []byte, x float64) []byte {
	from, digits := len(dst), 0
	dst = strconv.AppendFloat(dst, x, 'f', -1, 64)
	for i, c := range dst[from:] {
		if c < '0' || c > '9' || digits == 0 && c == '0' {
			continue
		}
		if digits++; digits > 15 {
			return bytes.TrimSuffix(dst[:from+i], []byte("."))
		}
	}
	return dst
}
