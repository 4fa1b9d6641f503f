package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/unecho/unecho/pipeline/evaluate"
	"github.com/unecho/unecho/pipeline/parse"
	"github.com/unecho/unecho/pipeline/record"
)

// own is the family of the samples written for the project. They teach what
// labelled lists do not: parts, issues, versions, affixes.
const own = "samples"

// ownSamples reads the project's samples: every list that has a truth beside
// it, and the pairs.
func ownSamples(ctx context.Context, dir string) ([]*labelled, error) {
	if dir == "" {
		return nil, nil
	}
	truths, err := filepath.Glob(filepath.Join(dir, "*.truth.csv"))
	if err != nil {
		return nil, err
	}
	var lists []*labelled
	for _, truth := range truths {
		name := strings.TrimSuffix(filepath.Base(truth), ".truth.csv")
		paths, err := filepath.Glob(filepath.Join(dir, name+".[tcj]*"))
		if err != nil {
			return nil, err
		}
		l := &labelled{name: "own/" + name, family: own}
		for _, path := range paths {
			if path == truth {
				continue
			}
			t, err := parse.Files(ctx, []string{path}, parse.Options{})
			if err != nil {
				return nil, err
			}
			f, err := os.Open(truth)
			if err != nil {
				return nil, err
			}
			l.truth, err = evaluate.ReadTruthByRow(f, truth, t.Len())
			f.Close()
			if err != nil {
				return nil, err
			}
			if err := l.prepare(ctx, t, nil, nil); err != nil {
				return nil, fmt.Errorf("%s: %w", path, err)
			}
			lists = append(lists, l)
		}
	}
	pairs, err := ownPairs(ctx, filepath.Join(dir, "pairs.csv"))
	if err != nil {
		return nil, err
	}
	return append(lists, pairs...), nil
}

// ownPairs makes lists of titles out of judged pairs: only "same" joins.
func ownPairs(ctx context.Context, path string) ([]*labelled, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var lists []*labelled
	t := &record.Table{Columns: []record.Column{{Name: "title"}}}
	l := &labelled{name: "own/pairs", family: own}
	// A text that stands in several pairs is one thing.
	first := map[string]int32{}
	for i, row := range rows[1:] {
		for side := range 2 {
			t.Cells = append(t.Cells, row[side])
			t.At = append(t.At, record.Position{Line: int32(i + 2)})
			n := int32(2*i + side)
			if _, seen := first[row[side]]; !seen {
				first[row[side]] = n
			}
			l.truth = append(l.truth, first[row[side]])
		}
		if row[2] == "same" {
			relabel(l.truth, first, row[0], row[1])
		}
	}
	if err := l.prepare(ctx, t, nil, nil); err != nil {
		return nil, err
	}
	return append(lists, l), nil
}

// relabel makes the clusters of two texts one.
func relabel(truth []int32, first map[string]int32, a, b string) {
	from, to := first[b], first[a]
	for i, t := range truth {
		if t == from {
			truth[i] = to
		}
	}
	for text, t := range first {
		if t == from {
			first[text] = to
		}
	}
}
