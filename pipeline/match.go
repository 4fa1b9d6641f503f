package pipeline

import (
	"context"

	"github.com/unecho/unecho/dedupe"
	"github.com/unecho/unecho/pipeline/normalize"
	"github.com/unecho/unecho/pipeline/record"
)

// Found is what the search found, beside what it looked at.
type Found struct {
	*dedupe.Result
	Searched *dedupe.Prepared
	Settings dedupe.Options
}

// Match searches a list for repeats.
func Match(ctx context.Context, list *List, o Options) (*Found, error) {
	searched, err := Prepare(ctx, list, o)
	if err != nil {
		return nil, err
	}
	return MatchPrepared(ctx, searched, o)
}

// MatchPrepared decides about the pairs of a list that was searched already,
// which is quick, so that one search serves several settings.
func MatchPrepared(ctx context.Context, searched *dedupe.Prepared, o Options) (*Found, error) {
	settings := o.matching()
	result, err := searched.Match(ctx, settings)
	if err != nil {
		return nil, err
	}
	return &Found{Result: result, Searched: searched, Settings: settings}, nil
}

// Explain gives the evidence for two rows (from 0), whether or not the search
// looked at them.
func (f *Found) Explain(a, b int) *dedupe.Explanation { return f.Searched.Explain(f.Settings, a, b) }

// Prepare takes the forms of every column that is compared, and finds and
// measures the pairs worth a look.
func Prepare(ctx context.Context, list *List, o Options) (*dedupe.Prepared, error) {
	in, err := input(ctx, list, o)
	if err != nil {
		return nil, err
	}
	return dedupe.Prepare(ctx, in, o.stages())
}

// input is the list as the search takes it.
func input(ctx context.Context, list *List, o Options) (*dedupe.Input, error) {
	in := &dedupe.Input{Columns: list.Columns, Cells: list.Cells, Forms: make([][]record.Form, len(list.Columns))}
	for c, column := range list.Columns {
		if column.Ignored {
			continue
		}
		var err error
		in.Forms[c], err = normalize.Forms(ctx, column, list.Cells, len(list.Columns), c, o.progress("folding "+column.Name))
		if err != nil {
			return nil, err
		}
	}
	if o.Columns.Across == "" {
		return in, nil
	}
	across, err := list.Column(o.Columns.Across)
	if err != nil {
		return nil, err
	}
	in.Across = lists(list.Values(across))
	return in, nil
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
	return dedupe.Options{Same: o.Same, Review: o.Review, Balanced: o.Balanced, Keep: o.Keep, Progress: o.stages()}
}

// stages gives what the search calls.
func (o Options) stages() func(stage string, done, total int) {
	if o.Progress == nil {
		return nil
	}
	return func(stage string, done, total int) { o.Progress(stage, int64(done), int64(total)) }
}
