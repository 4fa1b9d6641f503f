package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	"github.com/mikelolasagasti/xz"

	"github.com/unecho/unecho/cmd/bench/generate"
)

// The lists are the same in every run.
const (
	seed         = 20
	repeatsEvery = 20 // a row in so many of titles repeats an earlier one
	knownEvery   = 10 // in lists of records, and those that other programs are measured on
)

// list is one that is measured: the file, and beside it the truth about its repeats.
type list struct {
	name    string
	records int
	make    func(b *bench) (generate.List, error)
	sample  bool // a file of the project, cut after so many entries, instead
}

// file is where the list lies; truth says what its rows stand for.
func (l *list) file(b *bench) string {
	if l.sample {
		return filepath.Join(b.dir, l.name+".txt")
	}
	return filepath.Join(b.dir, l.name+".csv")
}

func (l *list) truth(b *bench) string { return filepath.Join(b.dir, l.name+".truth") }

// ready writes a list unless that has been done in this run.
func (b *bench) ready(ctx context.Context, l *list) error {
	if b.made[l.name] {
		return nil
	}
	b.tell("making %s records: %s", count(l.records), l.name)
	if l.sample {
		if err := sample("testdata/aggregator.txt", l.file(b), l.records); err != nil {
			return err
		}
		b.made[l.name] = true
		return nil
	}
	rows, err := l.make(b)
	if err != nil {
		return err
	}
	if err := writeList(ctx, rows, l.file(b), l.truth(b)); err != nil {
		return err
	}
	b.made[l.name] = true
	return nil
}

// writeList writes a list and its truth, and stops when the run is interrupted.
func writeList(ctx context.Context, l generate.List, file, truth string) error {
	rows := l.Rows
	l.Rows = func(yield func(int, []string) bool) {
		for thing, cells := range rows {
			if ctx.Err() != nil || !yield(thing, cells) {
				return
			}
		}
	}
	text, err := os.Create(file)
	if err != nil {
		return err
	}
	things, err := os.Create(truth)
	if err != nil {
		return errors.Join(err, text.Close())
	}
	return errors.Join(l.Write(text, things), text.Close(), things.Close(), ctx.Err())
}

// sample writes the first entries of a listing: each ends with a line such as
// "@source | 3 years ago".
func sample(from, to string, entries int) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return fmt.Errorf("%w (to be run in the project's folder)", err)
	}
	lines := strings.SplitAfter(string(data), "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, "@") {
			entries--
		}
		if entries == 0 {
			return os.WriteFile(to, []byte(strings.Join(lines[:i+1], "")), 0o666)
		}
	}
	return fmt.Errorf("%s: there are %d entries too few", from, entries)
}

// realTitles lie beside the project.
const realTitles = "../shared/datasets/speed/speed_reddit_1m.csv.xz"

// titles gives the titles that lists are made of: real ones where they are
// there, made ones where not.
func (b *bench) titles() ([]string, error) {
	if b.base != nil {
		return b.base, nil
	}
	f, err := os.Open(realTitles)
	if errors.Is(err, os.ErrNotExist) {
		b.tell("%s is not there: titles are made of words", realTitles)
		b.base = generate.MadeTitles(b.size.million, seed)
		return b.base, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b.real = true
	b.base, err = readTitles(f, b.size.million)
	return b.base, err
}

// readTitles reads up to n titles of a packed list of id and title.
func readTitles(packed io.Reader, n int) ([]string, error) {
	plain, err := xz.NewReader(bufio.NewReaderSize(packed, 1<<20), 0)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", realTitles, err)
	}
	r := csv.NewReader(plain)
	r.ReuseRecord = true
	if _, err := r.Read(); err != nil {
		return nil, fmt.Errorf("%s: %w", realTitles, err)
	}
	var titles []string
	for len(titles) < n {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", realTitles, err)
		}
		if strings.ContainsFunc(row[1], visible) {
			titles = append(titles, strings.Clone(row[1]))
		}
	}
	return titles, nil
}

// visible says whether a character leaves a mark: a title without any is a blank
// line of a list of one column, and no record.
func visible(r rune) bool { return unicode.IsGraphic(r) && !unicode.IsSpace(r) }

// titleList is n titles: those that there are as they stand; beyond them by
// variation, with one in twenty a repeat.
func titleList(n int) *list {
	return &list{name: "titles-" + strconv.Itoa(n), records: n, make: func(b *bench) (generate.List, error) {
		base, err := b.titles()
		if n <= len(base) {
			return generate.Titles(base, n, 0, seed), err
		}
		return generate.Titles(base, n, repeatsEvery, seed), err
	}}
}

// knownList is n titles whose repeats are known: the titles that they are made
// of are far apart, one in twenty is a trap and one in ten a repeat.
func knownList(n int) *list {
	return &list{name: "known-" + strconv.Itoa(n), records: n, make: func(b *bench) (generate.List, error) {
		base, err := b.titles()
		return generate.Lookalikes(generate.Apart(base[:min(len(base), 2*n)]), n, knownEvery, seed), err
	}}
}

// recordList is a list of several columns.
func recordList(name string, n int, make func(n, every int, seed uint64) generate.List) *list {
	return &list{name: name, records: n, make: func(*bench) (generate.List, error) { return make(n, knownEvery, seed), nil }}
}

// shapeList is one of the hostile lists.
func shapeList(s generate.Shape, n int) *list {
	if s.Name == "one record" {
		n = 1
	}
	return &list{name: "hostile-" + strings.ReplaceAll(s.Name, " ", "-"), records: n, make: func(*bench) (generate.List, error) { return s.Make(n), nil }}
}
