package export

import (
	"fmt"
	"strings"
)

// Fill is a blank field of a kept record that was filled from another record
// of its cluster. Rows and columns count from 0.
type Fill struct {
	Row, Column int
	From        int // the row that the cell is from
}

// OneLine gives a text with its white space made single spaces, so that it
// stands in a sentence.
func OneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// filled says for each kept record where its filled fields are from: "date
// from row 14, city from row 3".
func (w *Work) filled() map[int]string {
	from := make(map[int]string)
	for _, fill := range w.Fills {
		words := fmt.Sprintf("%s from row %d", OneLine(w.Columns[fill.Column].Name), fill.From+1)
		if before := from[fill.Row]; before != "" {
			words = before + ", " + words
		}
		from[fill.Row] = words
	}
	return from
}
