package pipeline

import (
	"context"
	"fmt"

	"github.com/unecho/unecho/pipeline/normalize"
	"github.com/unecho/unecho/pipeline/parse"
	"github.com/unecho/unecho/pipeline/profile"
	"github.com/unecho/unecho/pipeline/record"
)

// List is a list that was read and looked at, ready to be matched.
type List struct {
	Table   *record.Table   // as it came
	Cells   []string        // cleaned text, record after record as in Table.Cells; what is compared in any case
	Changes []record.Change // what cleaning changed, in order of row, then column
	Columns []record.Column // with roles
	Notes   []string        // what is left out of the comparison, and why

	apart  [][2]int          // rows that stay apart whatever the evidence
	before *Clustering       // of the last run at the place of the outputs, for a preview; nil for none
	was    map[string]member // the clusters that earlier runs put records into, by id
}

// Read reads the inputs, cleans their text and finds out what the columns hold.
func Read(ctx context.Context, o Options) (*List, error) {
	table, err := parse.Files(ctx, o.Inputs, parse.Options{From: o.From, Sheet: o.Sheet, Stdin: o.Stdin, Progress: o.bytes("reading", "parsing")})
	if err != nil {
		return nil, err
	}
	if err := against(ctx, table, o); err != nil {
		return nil, err
	}
	list, err := look(ctx, table, o)
	if err == nil {
		list.remember(o)
	}
	return list, err
}

// look cleans the text of a table and finds out what its columns hold.
func look(ctx context.Context, table *record.Table, o Options) (list *List, err error) {
	list = &List{Table: table}
	list.Cells, list.Changes, err = normalize.Table(ctx, table, false, o.progress("cleaning", "looking at columns"))
	if err != nil {
		return nil, err
	}
	return list, list.Overrule(o.Columns)
}

// Overrule finds out again what the columns hold, under what a person says
// about them. The error is a *[profile.Error].
func (l *List) Overrule(o profile.Overrides) (err error) {
	l.Columns, l.Notes, err = profile.Columns(l.Table, l.Cells, o)
	return err
}

// Column gives the number of the column with a name, or an *[Error] that
// suggests the nearest one.
func (l *List) Column(name string) (int, error) {
	names := make([]string, len(l.Columns))
	for c, column := range l.Columns {
		if column.Name == name {
			return c, nil
		}
		names[c] = column.Name
	}
	return 0, &Error{Msg: fmt.Sprintf("no column %q in the list", name), Hint: columnHint(names, name)}
}

// Values gives the cleaned text of a column.
func (l *List) Values(column int) []string {
	values := make([]string, l.Table.Len())
	for r := range values {
		values[r] = l.Cells[r*len(l.Columns)+column]
	}
	return values
}

// bytes gives what a stage calls that counts bytes. Once all is done, what comes
// next is told, unless it is blank: it takes a while and does not say how far it is.
func (o Options) bytes(stage, next string) func(done, total int64) {
	if o.Progress == nil {
		return nil
	}
	return func(done, total int64) {
		o.Progress(stage, done, total)
		if next != "" && done == total {
			o.Progress(next, 0, 0)
		}
	}
}
