package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/unecho/unecho/dedupe"
	"github.com/unecho/unecho/pipeline/evaluate"
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

// hidden are the columns that the matcher must not see: they are for scoring.
var hidden = []string{"id", "source", "cluster"}

// family groups lists of one kind by the name of their folder.
func family(name string) string {
	switch {
	case strings.HasPrefix(name, "autofj"):
		return "names"
	case strings.HasPrefix(name, "bib"), strings.HasPrefix(name, "cora"), strings.HasPrefix(name, "dblp"):
		return "bibliographies"
	case strings.HasPrefix(name, "abt"), strings.HasPrefix(name, "sigmod"):
		return "products"
	case strings.HasPrefix(name, "people"), strings.HasPrefix(name, "patent"):
		return "people"
	case strings.HasPrefix(name, "imdb"):
		return "films"
	case strings.HasPrefix(name, "restaurants"):
		return "restaurants"
	case strings.HasPrefix(name, "reddit"):
		return "links"
	}
	return name
}

// contained are lists that are part of another list, which counts instead.
var contained = []string{"autofj/SoccerLeague", "autofj/NationalFootballLeagueSeason"}

// find gives the names of the labelled lists below a folder.
func find(root string) ([]string, error) {
	var names []string
	for _, pattern := range []string{"*/records.csv", "autofj/*/records.csv"} {
		paths, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			return nil, err
		}
		for _, p := range paths {
			name, err := filepath.Rel(root, filepath.Dir(p))
			if err != nil {
				return nil, err
			}
			if !slices.Contains(contained, name) {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	return names, nil
}

// load reads a labelled list and prepares it.
func load(ctx context.Context, root, name string, o loadOptions) (*labelled, error) {
	dir := filepath.Join(root, name)
	t, ids, err := readRecords(filepath.Join(dir, "records.csv"))
	if err != nil {
		return nil, err
	}
	l := &labelled{name: name, family: family(name)}
	if l.truth, err = readTruth(filepath.Join(dir, "truth.csv"), ids); err != nil {
		return nil, err
	}
	readme, err := os.ReadFile(filepath.Join(dir, "README.txt"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if c := slices.IndexFunc(t.Columns, func(c record.Column) bool { return c.Name == "source" }); c >= 0 {
		sources := make([]string, t.Len())
		for r := range sources {
			sources[r] = t.Cell(r, c)
		}
		l.sources = evaluate.Labels(sources)
		l.across = strings.Contains(string(readme), "score cross-source pairs only")
	}
	ignore := o.ignore
	for _, c := range t.Columns {
		if slices.Contains(hidden, c.Name) {
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
	ignore []string // columns that the matcher must not see, beside hidden
	across bool     // tell the matcher that a source holds no repeats

	samples string // folder of the project's samples, "" for none
}

func readRecords(path string) (*record.Table, []string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(rows) == 0 || rows[0][0] != "id" {
		return nil, nil, fmt.Errorf("%s:1: the first column is not id", path)
	}
	t := &record.Table{}
	for _, name := range rows[0] {
		t.Columns = append(t.Columns, record.Column{Name: name})
	}
	var ids []string
	for i, row := range rows[1:] {
		t.Cells = append(t.Cells, row...)
		t.At = append(t.At, record.Position{Line: int32(i + 2)})
		ids = append(ids, row[0])
	}
	return t, ids, nil
}

func readTruth(path string, ids []string) ([]int32, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return evaluate.ReadTruth(f, path, ids)
}
