package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/unecho/unecho/pipeline/evaluate"
)

// hidden are the columns that score a list and that the matcher must not see.
var hidden = []string{"id", "source", "cluster"}

// contained are the lists that are a part of another one: shown, and left out
// of means, so that their pairs count once.
var contained = []string{"SoccerLeague", "NationalFootballLeagueSeason"}

// labelled is one list with its known clusters.
type labelled struct {
	name, family string
	header       []string
	rows         [][]string
	truth        []int32
	source       []int32 // the table each record is of; nil where the list is one table
	cross        bool    // only pairs across tables count
	counted      bool    // counts in the mean of its family
}

// families in the order in which they are shown.
var families = []string{"bibliographies", "people", "products", "restaurants", "films", "names", "links"}

func familyOf(name string, autofj bool) string {
	switch {
	case autofj:
		return "names"
	case strings.HasPrefix(name, "bib_"), strings.HasPrefix(name, "cora_"), name == "dblp_acm":
		return "bibliographies"
	case strings.HasPrefix(name, "people_"), name == "patent_names":
		return "people"
	case name == "abt_buy", strings.HasSuffix(name, "_laptops"):
		return "products"
	case strings.HasPrefix(name, "restaurants_"):
		return "restaurants"
	case strings.HasPrefix(name, "imdb_"):
		return "films"
	case strings.HasPrefix(name, "reddit_"):
		return "links"
	}
	return "others"
}

// titleLike gives the columns that stand for the title of a list.
func titleLike(name string) []string {
	switch name {
	case "abt_buy", "restaurants_fz":
		return []string{"name"}
	case "patent_names":
		return []string{"Name"}
	case "imdb_tmdb_tvdb":
		return []string{"title", "name"}
	case "people_febrl1":
		return []string{"given_name", "surname"}
	case "people_fake1000":
		return []string{"first_name", "surname"}
	case "people_rldata500":
		return []string{"first_name", "last_name"}
	}
	return []string{"title"}
}

// findLists reads the lists below root whose name contains only.
func findLists(root, only string) ([]*labelled, error) {
	var lists []*labelled
	for _, pattern := range []string{"*", filepath.Join("autofj", "*")} {
		truths, err := filepath.Glob(filepath.Join(root, pattern, "truth.csv"))
		if err != nil {
			return nil, err
		}
		for _, path := range truths {
			dir := filepath.Dir(path)
			if name := filepath.Base(dir); !strings.Contains(name, only) {
				continue
			}
			l, err := readList(dir, pattern != "*")
			if err != nil {
				return nil, err
			}
			lists = append(lists, l)
		}
	}
	if len(lists) == 0 {
		return nil, fmt.Errorf("%s: no labelled lists (folders with records.csv and truth.csv)", root)
	}
	return lists, nil
}

func readList(dir string, autofj bool) (*labelled, error) {
	name := filepath.Base(dir)
	l := &labelled{name: name, family: familyOf(name, autofj), counted: !slices.Contains(contained, name)}
	data, err := os.ReadFile(filepath.Join(dir, "records.csv"))
	if err != nil {
		return nil, err
	}
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	l.header, l.rows = rows[0], rows[1:]
	truth := filepath.Join(dir, "truth.csv")
	file, err := os.Open(truth)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if l.truth, err = evaluate.ReadTruth(file, truth, l.values("id")); err != nil {
		return nil, err
	}
	if slices.Contains(l.header, "source") {
		l.source = evaluate.Labels(l.values("source"))
		about, err := os.ReadFile(filepath.Join(dir, "README.txt"))
		l.cross = err == nil && bytes.Contains(about, []byte("score cross-source pairs only"))
	}
	return l, nil
}

func (l *labelled) values(column string) []string {
	c := slices.Index(l.header, column)
	out := make([]string, len(l.rows))
	for r, row := range l.rows {
		if c >= 0 {
			out[r] = row[c]
		}
	}
	return out
}

// table writes the list as a person would have it: without the columns that
// score it, but with source where the tables are to be told apart, and with
// the title alone where that is asked for.
func (l *labelled) table(titles, source bool) []byte {
	var keep []int
	for c, name := range l.header {
		switch {
		case name == "source" && source:
			keep = append(keep, c)
		case slices.Contains(hidden, name), titles && !slices.Contains(titleLike(l.name), name):
		default:
			keep = append(keep, c)
		}
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	for _, row := range append([][]string{l.header}, l.rows...) {
		fields := make([]string, len(keep))
		for i, c := range keep {
			fields[i] = row[c]
		}
		if len(fields) == 1 && fields[0] == "" {
			w.Flush()
			b.WriteString("\"\"\n") // a blank line would be no record
			continue
		}
		w.Write(fields)
	}
	w.Flush()
	return b.Bytes()
}
