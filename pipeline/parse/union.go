package parse

import (
	"context"
	"fmt"

	"github.com/unecho/unecho/pipeline/record"
)

// union joins the lists of several sources into one table.
type union struct {
	lists []*list
	cells int
}

// read parses one input and adds its list.
func (u *union) read(ctx context.Context, in *input, o Options) error {
	l, err := parseInput(ctx, in, o)
	if err != nil {
		return err
	}
	u.lists = append(u.lists, l)
	if u.cells += len(l.cells); u.cells > MaxCells {
		return &Error{Source: in.name, Msg: fmt.Sprintf("more than %d cells", MaxCells), Hint: "leave columns out, or clean the list in parts"}
	}
	return nil
}

// column names a column across files: the nth of that name in its file.
type column struct {
	name string
	nth  int
}

// table aligns the columns and joins the records. A single list is taken as
// it is, without copying its cells.
func (u *union) table() (*record.Table, error) {
	t := &record.Table{}
	at := map[column]int{}
	maps := make([][]int, len(u.lists))
	for i, l := range u.lists {
		seen := map[string]int{}
		for _, c := range l.columns {
			k := column{c.Name, seen[c.Name]}
			seen[c.Name]++
			if _, ok := at[k]; !ok {
				at[k] = len(t.Columns)
				t.Columns = append(t.Columns, c)
			}
			maps[i] = append(maps[i], at[k])
		}
	}
	records := 0
	for _, l := range u.lists {
		records += len(l.at)
	}
	if len(t.Columns) > MaxColumns || records*len(t.Columns) > MaxCells {
		return nil, &Error{Msg: fmt.Sprintf("%d records of %d columns are more than %d cells or %d columns", records, len(t.Columns), MaxCells, MaxColumns),
			Hint: "do these files belong in one list?"}
	}
	if len(u.lists) == 1 {
		l := u.lists[0]
		t.Cells, t.At, t.Rejects, t.Sources = l.cells, l.at, l.rejects, []record.Source{l.source}
		return t, nil
	}
	t.Cells = make([]string, records*len(t.Columns))
	t.At = make([]record.Position, 0, records)
	for i, l := range u.lists {
		u.place(t, int32(i), l, maps[i])
	}
	return t, nil
}

// place copies the records and rejects of list l behind those of t.
func (u *union) place(t *record.Table, source int32, l *list, to []int) {
	for r := range l.at {
		row := t.Cells[len(t.At)*len(t.Columns):]
		for c, cell := range l.cells[r*len(to) : (r+1)*len(to)] {
			row[to[c]] = cell
		}
		p := l.at[r]
		p.Source = source
		t.At = append(t.At, p)
	}
	for _, j := range l.rejects {
		j.Source = source
		t.Rejects = append(t.Rejects, j)
	}
	t.Sources = append(t.Sources, l.source)
}
