package normalize

import "github.com/unecho/unecho/pipeline/record"

// formOf gives what makes the form of a cell of col, where that is not the
// folded text: addresses, identifiers, dates, numbers, persons. It is nil for
// the rest.
func formOf(col record.Column, rows int, cell func(int) string) func(string) record.Form {
	return nil
}
