package pipeline

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Comparable fails when a list has records and not one column that is compared
// holds a word: equal numbers or days do not make two things one. A column
// whose role a person named is taken at their word. The error is an *Error.
func (l *List) Comparable() error {
	n := len(l.Columns)
	words, filled := make([]int, n), make([]int, n)
	for i, cell := range l.Cells {
		c := i % n
		if cell == "" {
			continue
		}
		filled[c]++
		if column := l.Columns[c]; !column.Ignored && (strings.ContainsFunc(cell, isWord) || column.Confidence == 1 && column.Why == asYouSaid) {
			if words[c]++; words[c] > 1 {
				return nil
			}
		}
	}
	// One word among numbers is a heading that was taken for a record.
	if !slices.ContainsFunc(filled, func(f int) bool { return f > 0 }) {
		return nil
	}
	for c := range words {
		if words[c] > 0 && filled[c]-words[c] < 2 {
			return nil
		}
	}
	e := &Error{Hint: "if these values name things, say so: --columns title=NAME"}
	switch {
	case l.compared() == 0:
		e.Msg = fmt.Sprintf("%s: nothing is left to compare: all columns are left out", l.name())
		e.Hint = "leave out an --ignore, or name a column with --columns title=NAME"
	case n == 1:
		e.Msg = fmt.Sprintf("%s: the only column, %q, holds numbers and no text to compare", l.name(), l.Columns[0].Name)
	default:
		e.Msg = fmt.Sprintf("%s: none of the %d columns holds a text to compare", l.name(), n)
	}
	return e
}

// asYouSaid is the reason of a column whose role a person named.
const asYouSaid = "as you said"

// isWord says whether a character is one of words: a letter or a pictogram.
func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.Is(unicode.So, r) }

// compared counts the columns that are compared.
func (l *List) compared() int {
	n := 0
	for _, column := range l.Columns {
		if !column.Ignored {
			n++
		}
	}
	return n
}

// name is what the list is called in errors: its inputs.
func (l *List) name() string {
	var names []string
	for _, source := range l.Table.Sources {
		names = append(names, source.Name)
	}
	return strings.Join(names, ", ")
}
