package pipeline

import (
	"context"
	"slices"

	"github.com/unecho/unecho/dedupe"
	"github.com/unecho/unecho/pipeline/normalize"
	"github.com/unecho/unecho/pipeline/record"
)

// maxPasses bounds how often a list is searched. Two are the rule, and each
// that is not the last removes a record or learns what must stay apart.
const maxPasses = 12

// pass is one search: of the whole list, or of what the passes before left.
type pass struct {
	*dedupe.Prepared
	segments []*normalize.Segments // of what is searched
	result   *dedupe.Result
	rows     []int // the row in the whole list of each record of the pass
}

// MatchPrepared decides about the pairs of a list that was searched already,
// which is quick, so that one search serves several settings. Where it finds
// repeats, what is left is searched again.
//
// Affixes, roles and the rarity of words are found from the list itself, so
// they change when its repeats are gone. Yet cleaning a cleaned list must
// remove nothing. So the records that are kept go down the same road once
// more, as the clean list will hold them, each standing for its cluster, and
// what that finds is joined to the clusters, until a pass removes nothing.
//
// The balanced setting is one pass: it merges by the mean evidence between
// groups and against the runner-up, and both rise when the copies that spoke
// against a merge are gone. Measured on the labelled lists, further passes cost
// it up to 0.17 of pair F1 (docs/matching.md); so the law is kept by the
// cautious setting alone.
func MatchPrepared(ctx context.Context, searched *Searched, o Options) (*Found, error) {
	whole := searched.list
	lists, err := whole.across(o)
	if err != nil {
		return nil, err
	}
	decided, err := whole.told(o.Decisions)
	if err != nil {
		return nil, err
	}
	if searched, err = searched.parted(ctx, decided, o); err != nil {
		return nil, err
	}
	settings := o.matching()
	settings.Answers = decided.answers()
	settings, moved := searched.Learned(settings)
	found := &Found{own: whole.Table.Own(), Unused: decided.unused, settings: settings, lists: lists, told: decided, moved: moved}
	next := pass{Prepared: searched.Prepared, segments: searched.segments, rows: rowsOf(whole.Table.Len())}
	for k := range maxPasses {
		settings.Stay = next.staying(o.Stay)
		settings.Unworded = true
		if next.result, err = next.Match(ctx, settings); err != nil {
			return nil, err
		}
		if o.worded() && (o.Balanced || k == maxPasses-1 || next.result.Removed() == 0) {
			next.Word(next.result.Links) // of earlier passes what is not merged is looked at again
		}
		settings.Answers = nil // of rows of the whole list; what was told apart goes along (again)
		changed := found.join(next)
		next.result = nil // joined, and large
		// Text that is written as it came is read back in another way.
		if found.Settled = !changed && (!o.KeepText || len(found.passes) > 1); found.Settled {
			break
		}
		if o.Balanced {
			found.Settled = true
			if o.MergeFields {
				found.Fills = found.fill(whole, o.Keep, o.Columns.Across)
			}
			break
		}
		if o.MergeFields {
			found.Fills = found.fill(whole, o.Keep, o.Columns.Across)
		}
		if k == maxPasses-1 {
			break // what was searched last is still asked for evidence
		}
		if o.forget {
			found.forget(o.MergeFields)
		}
		if next, err = whole.again(ctx, next, found, o); err != nil {
			return nil, err
		}
	}
	found.relate()
	found.dropOld(whole.Table.Own())
	return found, nil
}

// worded says whether someone will read why a pair is doubtful: not where nothing is
// written that lists such pairs.
func (o Options) worded() bool { return !o.forget || o.DryRun || o.writes(XLSX) }

// staying gives the rows of the pass that a person wants to stay.
func (p *pass) staying(rows []int) (stay []int) {
	for _, r := range rows {
		if i, there := slices.BinarySearch(p.rows, r); there {
			stay = append(stay, i)
		}
	}
	return stay
}

// again searches the records that are kept, as they will be read from the
// clean list; before is the pass that left them.
func (l *List) again(ctx context.Context, before pass, found *Found, o Options) (pass, error) {
	settings := found.settings
	next := pass{rows: found.kept()}
	o.Progress, o.Decisions = onceMore(o.Progress), nil
	settings.Progress = o.stages()
	var apart [][2]int
	for _, pair := range append(found.standing(), found.apart...) {
		a, isA := slices.BinarySearch(next.rows, pair[0])
		b, isB := slices.BinarySearch(next.rows, pair[1])
		if isA && isB {
			apart = append(apart, [2]int{a, b})
		}
	}
	if !o.KeepText && len(found.Fills) == 0 && len(o.Values) == 0 {
		kept := indexes(before.rows, next.rows)
		segments := make([]*normalize.Segments, len(l.Columns))
		over := o.forget && !o.MergeFields
		anew := func(c int, tell func(row, from, to int)) {
			if s := before.segments[c]; s != nil {
				segments[c] = s.Left(kept, over)
				segments[c].Cores(ctx, tell)
			}
		}
		left, ok, err := before.Left(ctx, kept, apart, anew, over, settings)
		if ok || err != nil {
			next.Prepared, next.segments = left, segments
			return next, err
		}
	}
	if o.forget {
		before.Trim()
	}
	list, err := look(ctx, l.left(next.rows, found, o), o)
	if err != nil {
		return next, err
	}
	list.apart = apart
	searched, err := Prepare(ctx, list, o)
	if err == nil {
		next.Prepared, next.segments = searched.Prepared, searched.segments
	}
	return next, err
}

// left is the table of the records that are kept, as it will be written.
func (l *List) left(rows []int, found *Found, o Options) *record.Table {
	written := l.Cells
	if o.KeepText {
		written = l.Table.Cells
	}
	written = merged(written, len(l.Columns), found.Fills)
	written, _ = found.typed(written, len(l.Columns), o.Values)
	t := &record.Table{Columns: make([]record.Column, len(l.Columns))}
	for c, column := range l.Columns {
		t.Columns[c].Name = column.Name
	}
	t.At = make([]record.Position, 0, len(rows))
	t.Cells = make([]string, 0, len(rows)*len(t.Columns))
	for _, r := range rows {
		if r >= l.Table.Own() {
			t.Old++
		}
		t.At = append(t.At, l.Table.At[r])
		t.Cells = append(t.Cells, written[r*len(t.Columns):(r+1)*len(t.Columns)]...)
	}
	return t
}

// indexes finds where some of the numbers, both ascending, stand.
func indexes(numbers, some []int) []int {
	at := make([]int, 0, len(some))
	for i, n := range numbers {
		if len(at) < len(some) && some[len(at)] == n {
			at = append(at, i)
		}
	}
	return at
}

// onceMore says that a stage is not a first one.
func onceMore(progress func(stage string, done, total int64)) func(string, int64, int64) {
	if progress == nil {
		return nil
	}
	return func(stage string, done, total int64) { progress(stage+" once more", done, total) }
}

func rowsOf(n int) []int {
	rows := make([]int, n)
	for r := range rows {
		rows[r] = r
	}
	return rows
}
