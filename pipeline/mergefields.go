package pipeline

import (
	"fmt"
	"slices"
	"strings"

	"github.com/unecho/unecho/dedupe"
	"github.com/unecho/unecho/export"
	"github.com/unecho/unecho/pipeline/record"
)

// fill finds, for each blank field of a record that stands for others, the
// first of them in survivor-rank order that has it filled. Columns that are
// pieces of one field (year and month, street and city) are filled only from a
// record that agrees in the pieces which both have, so that no date or address
// is made up from two. The column that tells lists apart and row numbers are
// left alone. Fills come in order of row, then column.
func (f *Found) fill(list *List, keep dedupe.Keep, across string) []export.Fill {
	var fills []export.Fill
	members := f.members()
	for _, rows := range members {
		survivor := int(f.Survivor[rows[0]])
		if len(rows) < 2 || survivor >= list.Table.Own() {
			continue
		}
		others := slices.DeleteFunc(f.passes[0].Rank(rows, keep), func(r int) bool { return r == survivor })
		m := merger{list: list, from: slices.Repeat([]int{survivor}, len(list.Columns))}
		for c, column := range list.Columns {
			if column.Name != across || across == "" {
				if r, ok := m.fill(c, others); ok {
					fills = append(fills, export.Fill{Row: survivor, Column: c, From: r})
				}
			}
		}
	}
	slices.SortFunc(fills, func(x, y export.Fill) int {
		if x.Row != y.Row {
			return x.Row - y.Row
		}
		return x.Column - y.Column
	})
	return fills
}

// merger fills the fields of one record.
type merger struct {
	list *List
	from []int // the record that each column so far is of
}

// fill takes a column that is blank so far from the first of some records that
// has it filled and fits; ok is false where it is not to be filled.
func (m *merger) fill(c int, others []int) (from int, ok bool) {
	column := m.list.Columns[c]
	if column.Part == record.RowNumber || !m.blank(m.from[c], c) {
		return 0, false
	}
	for _, r := range others {
		if !m.blank(r, c) && m.fits(r, column.Group) {
			m.from[c] = r
			return r, true
		}
	}
	return 0, false
}

func (m *merger) cell(r, c int) string { return m.list.Cells[r*len(m.list.Columns)+c] }

func (m *merger) blank(r, c int) bool { return strings.TrimSpace(m.cell(r, c)) == "" }

// fits says whether a record agrees with what the survivor has so far of a
// group of columns; a column that stands alone always fits.
func (m *merger) fits(r, group int) bool {
	if group == 0 {
		return true
	}
	for c, column := range m.list.Columns {
		mine := m.from[c]
		if column.Group != group || m.blank(mine, c) || m.blank(r, c) {
			continue
		}
		if !strings.EqualFold(strings.TrimSpace(m.cell(mine, c)), strings.TrimSpace(m.cell(r, c))) {
			return false
		}
	}
	return true
}

// merged gives cells, record after record, with the fills made; cells itself
// is left as it is.
func merged(cells []string, columns int, fills []export.Fill) []string {
	if len(fills) == 0 {
		return cells
	}
	out := slices.Clone(cells)
	for _, fill := range fills {
		out[fill.Row*columns+fill.Column] = cells[fill.From*columns+fill.Column]
	}
	return out
}

// filledFrom adds to the reasons of filled records where each field is from:
// "kept; date from row 14, city from row 3".
func filledFrom(verdicts []record.Verdict, columns []record.Column, fills []export.Fill) {
	for i, fill := range fills {
		before := "; "
		if i > 0 && fills[i-1].Row == fill.Row {
			before = ", "
		}
		verdicts[fill.Row].Reason += before + fmt.Sprintf("%s from row %d", export.OneLine(columns[fill.Column].Name), fill.From+1)
	}
}
