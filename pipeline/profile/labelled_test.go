package profile_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/unecho/unecho/pipeline/profile"
	"github.com/unecho/unecho/pipeline/record"
)

// shared finds the folder of labelled lists beside the project, or skips.
func shared(t testing.TB) string {
	if testing.Short() {
		t.Skip("the labelled lists take their time")
	}
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if filepath.Dir(dir) == dir {
			t.Skip("no go.mod above the test: no labelled lists")
		}
		dir = filepath.Dir(dir)
	}
	path := filepath.Join(dir, "..", "shared", "datasets")
	if _, err := os.Stat(path); err != nil {
		t.Skip("no labelled lists: ../shared/datasets is absent")
	}
	return path
}

// read reads a CSV with a header.
func read(t testing.TB, path string) *record.Table {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.LazyQuotes = true
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(path, err)
	}
	return table(rows[0], rows[1:]...)
}

func table(names []string, rows ...[]string) *record.Table {
	t := &record.Table{At: make([]record.Position, len(rows))}
	for _, n := range names {
		t.Columns = append(t.Columns, record.Column{Name: n})
	}
	for _, r := range rows {
		t.Cells = append(t.Cells, r...)
	}
	return t
}

// brief writes a column's findings: role/part, "-" when ignored, the group.
func brief(c record.Column) string {
	s := string(c.Role)
	if c.Part != "" {
		s += "/" + string(c.Part)
	}
	if c.Ignored {
		s += " -"
	}
	if c.Group > 0 {
		s += fmt.Sprintf(" %d", c.Group)
	}
	return s
}

// profiles holds the columns of a table to their roles in short, "title|date/year".
func profiles(t *testing.T, tab *record.Table, want string) {
	t.Helper()
	cols, notes, err := profile.Columns(tab, nil, profile.Overrides{})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, cols)
	var got []string
	for _, c := range cols {
		got = append(got, brief(c))
		t.Logf("%-20s %-30s %.2f %s", c.Name, brief(c), c.Confidence, c.Why)
	}
	t.Log(strings.Join(notes, "\n"))
	if diff := cmp.Diff(strings.Split(want, "|"), got); diff != "" {
		t.Error(diff)
	}
}

// The roles of the labelled lists, as a person would give them.
var labelled = map[string]string{
	"abt_buy":          "identifier/row number -|category|title|body|number/price",
	"bib_diabetes":     "identifier/row number -|title|person/authors|date/year|organisation/venue|body|identifier/doi|number/issue|number/pages|number/volume|identifier/isbn",
	"bib_respiratory":  "identifier/row number -|title|date/year|person/authors|number/pages|number/volume|identifier/row number -|category -|organisation/venue",
	"bib_stroke":       "identifier/row number -|title|date/year|person/authors|number/pages|number/volume|number/issue|category -|organisation/venue",
	"cora_1295":        "identifier/row number -|place/city|person/authors|person/authors|organisation|date/month 1|other|number/pages|organisation/venue|title|organisation/venue|number/volume|date/year 1",
	"cora_1879":        "identifier/row number -|person/authors|date/year|title|category|organisation|organisation/venue|number/volume|number/pages|place/city|date/year|organisation/venue|organisation/venue",
	"dblp_acm":         "identifier/row number -|category|title|person/authors|organisation/venue|date/year",
	"imdb_tmdb_tvdb":   "identifier/row number -|category|title 1|title 1|body|number/issue|number/volume|number|number|date|date|date|date|number|category|place/region|category|date|date|date|date|category|number",
	"patent_names":     "identifier/row number -|number/coordinate 1|number/coordinate 1|person/authors|title|category",
	"people_fake1000":  "identifier/row number -|person/given name 1|person/family name 1|date|place/city|identifier/email",
	"people_febrl1":    "identifier/row number -|person/given name 1|person/family name 1|place/house 2|place/street 2|place/street 2|place/city 2|place/postcode 2|place/region 2|date|identifier",
	"people_rldata500": "identifier/row number -|person/given name 1|person/given name 1|person/family name 1|person/family name 1|date/year 2|date/month 2|date/day 2",
	"reddit_links_a":   "identifier/row number -|title|organisation/venue|category|date",
	"restaurants_fz":   "identifier/row number -|title|place/street 1|place/city 1|category",
	"sigmod22_laptops": "identifier/row number -|title",
}

func TestLabelledLists(t *testing.T) {
	dir := shared(t)
	for name, want := range labelled {
		t.Run(name, func(t *testing.T) {
			tab := read(t, filepath.Join(dir, name, "records.csv"))
			profiles(t, tab, want)
		})
	}
}

// Without its headings the main text of a list is found from the data alone.
func TestLabelledListsWithoutHeadings(t *testing.T) {
	dir := shared(t)
	for name, want := range map[string]string{
		"abt_buy": "name", "bib_diabetes": "title", "bib_respiratory": "title", "bib_stroke": "title", "dblp_acm": "title",
		"reddit_links_a": "title", "restaurants_fz": "name", "sigmod22_laptops": "title",
	} {
		t.Run(name, func(t *testing.T) {
			tab := read(t, filepath.Join(dir, name, "records.csv"))
			main := -1
			for c := range tab.Columns {
				if tab.Columns[c].Name == want {
					main = c
				}
				tab.Columns[c].Name = fmt.Sprintf("column %d", c+1)
			}
			cols, _, err := profile.Columns(tab, nil, profile.Overrides{})
			if err != nil {
				t.Fatal(err)
			}
			holds(t, cols)
			for c := range cols {
				t.Logf("%-20s %-30s %.2f %s", cols[c].Name, brief(cols[c]), cols[c].Confidence, cols[c].Why)
			}
			if cols[main].Role != record.Title {
				t.Errorf("column %d is not the main text", main+1)
			}
		})
	}
}

// Each set of the Auto-FuzzyJoin collection is compared by its title.
func TestAutoFJ(t *testing.T) {
	paths, _ := filepath.Glob(filepath.Join(shared(t), "autofj", "*", "records.csv"))
	for _, path := range paths {
		got := briefs(t, read(t, path), profile.Overrides{})
		if diff := cmp.Diff([]string{"identifier/row number -", "category", "title"}, got); diff != "" {
			t.Error(path, diff)
		}
	}
}
