package export

import (
	"strconv"
	"strings"
)

// Reads says whether the text of a cell, as a spreadsheet gives it back, reads
// as a field that was written to it: space around and inside aside, signs
// shown for what a cell cannot hold, numbers by their value. A field that is
// longer than a cell always does, since not all of it stands there.
func Reads(cell, field string) bool {
	if len(field) > cellLimit && utf16Len(xmlText(field)) > cellLimit {
		return true
	}
	c, f := strings.Join(strings.Fields(cell), " "), strings.Join(strings.Fields(field), " ")
	if c == f || c == strings.Join(strings.Fields(xmlText(field)), " ") {
		return true
	}
	if _, plain := plainNumber(f); !plain {
		return false
	}
	x, err := strconv.ParseFloat(f, 64)
	y, err2 := strconv.ParseFloat(c, 64)
	return err == nil && err2 == nil && x == y
}
