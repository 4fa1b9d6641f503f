// Package labelled reads lists whose repeats are known: what weights are learned
// from and quality is measured on. A labelled list is a folder with records.csv
// (its first column is id), truth.csv (id,cluster for every record) and, where
// only pairs of two tables were labelled, a README.txt that says so. It stands
// beside the measuring stage and is used by commands, not by the road.
package labelled

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/unecho/unecho/pipeline/evaluate"
)

// Hidden are the columns that score a list; the matcher must not see them.
var Hidden = [...]string{"id", "source", "cluster"}

// crossOnly are the words of a README.txt by which pairs within one table do
// not count.
const crossOnly = "score cross-source pairs only"

// List is a labelled list.
type List struct {
	Name   string // its folder below the root, with slashes
	Header []string
	Rows   [][]string
	Truth  []int32 // the cluster of each record
	// Sources is the table that each record is of; nil where there is one table.
	Sources []int32
	Cross   bool // only pairs across tables are labelled
}

// Find gives the names of the labelled lists below a folder, in order: folders
// in it, and those of the collection autofj.
func Find(root string) ([]string, error) {
	var names []string
	for _, pattern := range []string{"*/records.csv", "autofj/*/records.csv"} {
		paths, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(pattern)))
		if err != nil {
			return nil, err
		}
		for _, p := range paths {
			name, err := filepath.Rel(root, filepath.Dir(p))
			if err != nil {
				return nil, err
			}
			names = append(names, filepath.ToSlash(name))
		}
	}
	slices.Sort(names)
	return names, nil
}

// Family says of what kind a list is, by the name of its folder: lists of one
// family are learned from and left out together. "" is a kind of its own.
func Family(name string) string {
	if strings.HasPrefix(name, "autofj/") {
		return "names"
	}
	for prefix, family := range map[string]string{
		"bib": "bibliographies", "cora": "bibliographies", "dblp": "bibliographies",
		"people": "people", "patent": "people",
		"abt": "products", "sigmod": "products",
		"restaurants": "restaurants", "imdb": "films", "reddit": "links",
	} {
		if strings.HasPrefix(name, prefix) {
			return family
		}
	}
	return ""
}

// Part says whether a list is a part of another one, whose pairs count once.
func Part(name string) bool {
	switch path.Base(name) {
	case "SoccerLeague", "NationalFootballLeagueSeason":
		return true
	}
	return false
}

// Read reads the labelled list of a name below a root. Errors name the file,
// and the line where there is one.
func Read(root, name string) (*List, error) {
	dir := filepath.Join(root, filepath.FromSlash(name))
	l := &List{Name: name}
	records := filepath.Join(dir, "records.csv")
	data, err := os.ReadFile(records)
	if err != nil {
		return nil, err
	}
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", records, err)
	}
	if len(rows) == 0 || rows[0][0] != "id" {
		return nil, fmt.Errorf("%s:1: the first column is not id", records)
	}
	l.Header, l.Rows = rows[0], rows[1:]
	truth := filepath.Join(dir, "truth.csv")
	file, err := os.Open(truth)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if l.Truth, err = evaluate.ReadTruth(file, truth, l.Values("id")); err != nil {
		return nil, err
	}
	if !slices.Contains(l.Header, "source") {
		return l, nil
	}
	l.Sources = evaluate.Labels(l.Values("source"))
	about, err := os.ReadFile(filepath.Join(dir, "README.txt"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	l.Cross = bytes.Contains(about, []byte(crossOnly))
	return l, nil
}

// Values gives one column, blank where there is none of that name.
func (l *List) Values(column string) []string {
	values := make([]string, len(l.Rows))
	if c := slices.Index(l.Header, column); c >= 0 {
		for r, row := range l.Rows {
			values[r] = row[c]
		}
	}
	return values
}

// Scored gives the tables by which pairs are scored: nil where all pairs count.
func (l *List) Scored() []int32 {
	if l.Cross {
		return l.Sources
	}
	return nil
}
