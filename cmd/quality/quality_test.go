package main

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/unecho/unecho/pipeline/evaluate"
)

// write makes a labelled list in a new folder.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "people_two")
	if err := os.Mkdir(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Dir(dir)
}

func TestListIsReadAndItsScoringColumnsAreHidden(t *testing.T) {
	root := write(t, map[string]string{
		"records.csv": "id,source,title,note\na,A,One,x\nb,B,,y\n",
		"truth.csv":   "id,cluster\nb,1\na,1\n",
		"README.txt":  "Tables: score cross-source pairs only.",
	})
	lists, err := findLists(root, "")
	if err != nil {
		t.Fatal(err)
	}
	l := lists[0]
	if l.family != "people" || !l.Cross || l.Truth[0] != l.Truth[1] || l.Sources[0] == l.Sources[1] {
		t.Errorf("%+v", l)
	}
	for _, test := range []struct {
		titles, source bool
		want           string
	}{
		{false, false, "title,note\nOne,x\n,y\n"}, {true, false, "title\nOne\n\"\"\n"}, {true, true, "source,title\nA,One\nB,\n"},
	} {
		got := l.table(test.titles, test.source)
		if string(got) != test.want {
			t.Errorf("titles %v, source %v: %q", test.titles, test.source, got)
		}
		if rows, err := csv.NewReader(bytes.NewReader(got)).ReadAll(); err != nil || len(rows) != 3 {
			t.Errorf("%d rows, %v", len(rows), err)
		}
	}
	if _, err := findLists(t.TempDir(), ""); err == nil {
		t.Error("no lists, and no error")
	}
}

// fabricated is a quality of one family with one figure.
func fabricated(pairs, precision float64) *quality {
	s := evaluate.Scores{Pairs: evaluate.Counts{Rates: evaluate.Rates{F1: pairs}}, Surplus: evaluate.Counts{Rates: evaluate.Rates{Precision: precision}}}
	l := listQuality{Name: "dblp_acm", Family: "bibliographies", Counted: true}
	for _, w := range ways() {
		l.Results = append(l.Results, result{w, s})
	}
	return summarise([]listQuality{l})
}

func TestCompareSeesWhatFell(t *testing.T) {
	before := fabricated(0.9, 0.99)
	for _, test := range []struct {
		now          *quality
		fallen, rose bool
	}{
		{fabricated(0.9, 0.99), false, false},
		{fabricated(0.885, 0.98), false, false},
		{fabricated(0.87, 0.99), true, false},
		{fabricated(0.9, 0.96), true, false},
		{fabricated(0.95, 0.99), false, true},
		{&quality{}, true, false},
	} {
		fallen, risen := compare(before, test.now)
		if (len(fallen) > 0) != test.fallen || (len(risen) > 0) != test.rose {
			t.Errorf("fallen %v, risen %v", fallen, risen)
		}
	}
}

func TestContainedListsDoNotCount(t *testing.T) {
	one := fabricated(0.5, 1).Lists[0]
	other := fabricated(1, 1).Lists[0]
	other.Counted = false
	q := summarise([]listQuality{one, other})
	if m := q.Families[0].Means[0]; m.Pairs.F1 != 0.5 || q.Families[0].Lists != 1 {
		t.Errorf("%+v", q.Families[0])
	}
}

func TestPageShowsFloorsAndRivals(t *testing.T) {
	page := fabricated(0.9, 1).page()
	for _, want := range []string{"| dblp_acm | 0.92 | 0.900 | ✗ below |", "**0.900**", "JedAI", "| bibliographies | 1 |"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q:\n%s", want, page)
		}
	}
}
