package main

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/unecho/unecho/pipeline/evaluate/labelled"
)

// list is one labelled list.
type list struct {
	*labelled.List
	name, family string
	counted      bool // counts in the mean of its family
	gate         bool // is measured in the ways of the gate alone
}

// families in the order in which they are shown.
var families = []string{"bibliographies", "people", "products", "restaurants", "films", "names", "links"}

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
func findLists(root, only string) ([]*list, error) {
	names, err := labelled.Find(root)
	if err != nil {
		return nil, err
	}
	var lists []*list
	for _, name := range names {
		l := &list{name: path.Base(name), family: cmp.Or(labelled.Family(name), "others"), counted: !labelled.Part(name)}
		if !strings.Contains(l.name, only) {
			continue
		}
		if l.List, err = labelled.Read(root, name); err != nil {
			return nil, err
		}
		lists = append(lists, l)
	}
	if len(lists) == 0 {
		return nil, fmt.Errorf("%s: no labelled lists (folders with records.csv and truth.csv)", root)
	}
	return lists, nil
}

// table writes the list as a person would have it: without the columns that
// score it, but with source where the tables are to be told apart, and with
// the title alone where that is asked for.
func (l *list) table(titles, source bool) []byte {
	var keep []int
	for c, name := range l.Header {
		switch {
		case name == "source" && source:
			keep = append(keep, c)
		case slices.Contains(labelled.Hidden[:], name), titles && !slices.Contains(titleLike(l.name), name):
		default:
			keep = append(keep, c)
		}
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	for _, row := range append([][]string{l.Header}, l.Rows...) {
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
