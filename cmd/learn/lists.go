package main

import (
	"cmp"
	"context"
	"slices"

	"github.com/unecho/unecho/dedupe"
	labels "github.com/unecho/unecho/pipeline/evaluate/labelled"
	"github.com/unecho/unecho/pipeline/normalize"
	"github.com/unecho/unecho/pipeline/profile"
	"github.com/unecho/unecho/pipeline/record"
)

// labelled is a list whose clusters are known, ready for learning.
type labelled struct {
	name, family string
	titles       bool      // without any column but the main text
	alone        *labelled // the same list, titles alone
	focus        bool      // named on the command line
	across       bool      // pairs within one source do not count
	truth        []int32
	sources      []int32
	prepared     *dedupe.Prepared
	columns      []record.Column
}

// find gives the names of the labelled lists below a folder, parts of other
// lists left out.
func find(root string) ([]string, error) {
	names, err := labels.Find(root)
	return slices.DeleteFunc(names, labels.Part), err
}

// load reads a labelled list and prepares it.
func load(ctx context.Context, root, name string, o loadOptions) (*labelled, error) {
	read, err := labels.Read(root, name)
	if err != nil {
		return nil, err
	}
	l := &labelled{name: name, family: cmp.Or(labels.Family(name), name), truth: read.Truth, sources: read.Sources, across: read.Cross}
	t := asTable(read)
	ignore := o.ignore
	for _, c := range t.Columns {
		if slices.Contains(labels.Hidden[:], c.Name) {
			ignore = append(ignore, c.Name)
		}
	}
	var across []int32
	if o.across && l.across {
		across = l.sources
	}
	if err := l.prepare(ctx, t, ignore, across); err != nil {
		return nil, err
	}
	l.alone, err = l.titlesAlone(ctx, t, across)
	return l, err
}

// titlesAlone is the same list without any column but the main text, nil where
// it has no other: what lists of titles look like.
func (l *labelled) titlesAlone(ctx context.Context, t *record.Table, across []int32) (*labelled, error) {
	main := record.Main(l.columns)
	var ignore []string
	others := false
	for c, col := range l.columns {
		if !slices.Contains(main, c) {
			ignore = append(ignore, col.Name)
			others = others || !col.Ignored
		}
	}
	if !others {
		return nil, nil
	}
	alone := &labelled{name: l.name + " titles", family: l.family, titles: true, across: l.across, truth: l.truth, sources: l.sources}
	return alone, alone.prepare(ctx, t, ignore, across)
}

// prepare takes a table down the road as far as its candidates.
func (l *labelled) prepare(ctx context.Context, t *record.Table, ignore []string, across []int32) error {
	cells, _, err := normalize.Table(ctx, t, false, nil)
	if err != nil {
		return err
	}
	if l.columns, _, err = profile.Columns(t, cells, profile.Overrides{Ignore: ignore}); err != nil {
		return err
	}
	in := &dedupe.Input{Columns: l.columns, Cells: cells, Forms: make([][]record.Form, len(l.columns)), Across: across}
	for c, col := range l.columns {
		if col.Ignored {
			continue
		}
		if in.Forms[c], err = normalize.Forms(ctx, col, cells, len(l.columns), c, nil); err != nil {
			return err
		}
	}
	l.prepared, err = dedupe.Prepare(ctx, in, nil)
	return err
}

// loadOptions say how lists are read.
type loadOptions struct {
	ignore []string // columns that the matcher must not see, beside those that score
	across bool     // tell the matcher that a source holds no repeats

	samples string // folder of the project's samples, "" for none
}

// asTable is a labelled list as the road takes it.
func asTable(l *labels.List) *record.Table {
	t := &record.Table{}
	for _, name := range l.Header {
		t.Columns = append(t.Columns, record.Column{Name: name})
	}
	for i, row := range l.Rows {
		t.Cells = append(t.Cells, row...)
		t.At = append(t.At, record.Position{Line: int32(i + 2)})
	}
	return t
}
