package pipeline

import (
	"context"

	"github.com/unecho/unecho/dedupe"
	"github.com/unecho/unecho/pipeline/normalize"
	"github.com/unecho/unecho/pipeline/record"
)

// Match searches a list for repeats until the clean list holds none that a
// search of it would find.
func Match(ctx context.Context, list *List, o Options) (*Found, error) {
	searched, err := Prepare(ctx, list, o)
	if err != nil {
		return nil, err
	}
	return MatchPrepared(ctx, searched, o)
}

// Searched is a list whose pairs worth a look were found and measured.
type Searched struct {
	*dedupe.Prepared
	list     *List
	segments []*normalize.Segments // by column, nil where it has none
}

// Prepare takes the forms of every column that is compared, and finds and
// measures the pairs worth a look.
func Prepare(ctx context.Context, list *List, o Options) (*Searched, error) {
	in, segments, err := input(ctx, list, o)
	if err != nil {
		return nil, err
	}
	prepared, err := dedupe.Prepare(ctx, in, o.stages())
	return &Searched{prepared, list, segments}, err
}

// input is the list as the search takes it.
func input(ctx context.Context, list *List, o Options) (*dedupe.Input, []*normalize.Segments, error) {
	in := &dedupe.Input{Columns: list.Columns, Cells: list.Cells, Forms: make([][]record.Form, len(list.Columns)), Different: list.apart, Old: list.Table.Old}
	segments := make([]*normalize.Segments, len(list.Columns))
	for c, column := range list.Columns {
		if column.Ignored {
			continue
		}
		var err error
		affixes := ""
		if column.Role == record.Title {
			affixes = "finding affixes of " + column.Name
		}
		in.Forms[c], segments[c], err = normalize.SegmentedForms(ctx, column, list.Cells, len(list.Columns), c, o.progress("folding "+column.Name, affixes))
		if err != nil {
			return nil, nil, err
		}
	}
	decided, err := list.told(o.Decisions)
	if err != nil {
		return nil, nil, err
	}
	in.Different = append(decided.apart(), list.apart...)
	in.Across, err = list.across(o)
	return in, segments, err
}

// across numbers the list that each record is of, nil when all are of one.
func (l *List) across(o Options) ([]int32, error) {
	if o.Columns.Across == "" {
		return nil, nil
	}
	column, err := l.Column(o.Columns.Across)
	if err != nil {
		return nil, err
	}
	numbers := lists(l.Values(column))
	for r := l.Table.Own(); r < len(numbers); r++ {
		numbers[r] = -1 // what was there before is of no list
	}
	return numbers, nil
}

// lists numbers the values of the column that says which list a record is of,
// from 0 by first occurrence; a record without a value is of no list.
func lists(values []string) []int32 {
	numbers := make(map[string]int32)
	across := make([]int32, len(values))
	for r, value := range values {
		if value == "" {
			across[r] = -1
			continue
		}
		number, known := numbers[value]
		if !known {
			number = int32(len(numbers))
			numbers[value] = number
		}
		across[r] = number
	}
	return across
}

func (o Options) matching() dedupe.Options {
	return dedupe.Options{Unmoved: o.Unmoved, Stopped: o.Stopped, Same: o.Same, Review: o.Review, Balanced: o.Balanced, Keep: o.Keep, Weights: o.Weights, Progress: o.stages()}
}

// weights are those that the run starts from.
func (o Options) weights() *dedupe.Weights {
	if o.Weights != nil {
		return o.Weights
	}
	return dedupe.Shipped()
}

// stages gives what the search calls.
func (o Options) stages() func(stage string, done, total int) {
	if o.Progress == nil {
		return nil
	}
	return func(stage string, done, total int) { o.Progress(stage, int64(done), int64(total)) }
}
