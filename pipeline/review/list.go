package review

import (
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/unecho/unecho/pipeline/record"
)

// List is a list as decisions know it: what its records hold.
type List struct {
	Columns []record.Column
	Cells   []string // cleaned text, record after record

	main []int
	ids  func() []string
}

// NewList takes a list; cells are its cleaned text.
func NewList(columns []record.Column, cells []string) *List {
	ids := sync.OnceValue(func() []string { return record.IDs(columns, cells) })
	return &List{Columns: columns, Cells: cells, ids: ids, main: mainText(columns)}
}

// IDs gives the lasting ids (record.IDs), one a record. They are made when they are first
// asked for: a list without decisions needs none.
func (l *List) IDs() []string { return l.ids() }

// mainText gives the columns that name a record; all where none does.
func mainText(columns []record.Column) []int {
	if main := record.Main(columns); len(main) > 0 {
		return main
	}
	all := make([]int, len(columns))
	for c := range all {
		all[c] = c
	}
	return all
}

// Len is the number of records.
func (l *List) Len() int { return len(l.Cells) / max(1, len(l.Columns)) }

func (l *List) cell(row, column int) string {
	return strings.TrimSpace(l.Cells[row*len(l.Columns)+column])
}

// Text gives the main text of a record in one line.
func (l *List) Text(row int) string {
	var parts []string
	for _, c := range l.main {
		if cell := l.cell(row, c); cell != "" {
			parts = append(parts, strings.Join(strings.Fields(cell), " "))
		}
	}
	return strings.Join(parts, " ")
}

// Ref names a record by its content, for the ledger.
func (l *List) Ref(row int) Ref {
	ref := Ref{ID: Content(l.IDs()[row]), Text: beginning(l.Text(row), textLength), Cells: map[string]string{}}
	for c, column := range l.Columns {
		if cell := l.cell(row, c); cell != "" {
			ref.Cells[heading(column.Name)] += print(cell)
		}
	}
	return ref
}

// heading is the name of a column as decisions know it: how it is written does
// not matter. Columns of one name are one.
func heading(name string) string { return strings.ToLower(strings.Join(strings.Fields(name), " ")) }

// print is the fingerprint of a field: spaces do not matter.
func print(cell string) string {
	h := fnv.New64a()
	for i, word := range strings.Fields(cell) {
		if i > 0 {
			h.Write([]byte{' '})
		}
		h.Write([]byte(word))
	}
	return strconv.FormatUint(h.Sum64(), 36)
}

// prints gives the fingerprints of a record by heading, as Ref does.
func (l *List) prints(row int, headings []string) map[string]string {
	prints := make(map[string]string, len(headings))
	for c, h := range headings {
		if cell := l.cell(row, c); cell != "" {
			prints[h] += print(cell)
		}
	}
	return prints
}

// headings gives the names of the columns as decisions know them.
func (l *List) headings() []string {
	out := make([]string, len(l.Columns))
	for c, column := range l.Columns {
		out[c] = heading(column.Name)
	}
	return out
}

// mainHeadings gives those of the main text.
func (l *List) mainHeadings() []string {
	var out []string
	for _, c := range l.main {
		if h := heading(l.Columns[c].Name); !slices.Contains(out, h) {
			out = append(out, h)
		}
	}
	return out
}
