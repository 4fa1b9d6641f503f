package pipeline

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/unecho/unecho/dedupe"
	"github.com/unecho/unecho/export"
	"github.com/unecho/unecho/pipeline/record"
)

// A date is never made up of two: a piece is taken only from a record that
// agrees in the pieces which both have.
func TestPiecesAreFilledFromOneThing(t *testing.T) {
	columns := []record.Column{
		{Name: "year", Role: record.Date, Part: record.Year, Group: 1},
		{Name: "month", Role: record.Date, Part: record.Month, Group: 1},
		{Name: "note"},
	}
	list := &List{Columns: columns, Cells: []string{
		"1999", "", "",
		"2001", "3", " ",
		"1999", "4", "c",
		"", "5", "d",
	}}
	m := merger{list: list, from: []int{0, 0, 0}}
	for r, want := range []bool{true, false, true, true} {
		if got := m.fits(r, 1); got != want {
			t.Errorf("row %d fits is %v, want %v", r+1, got, want)
		}
	}
	if m.from[1] = 2; m.fits(3, 1) {
		t.Error("a record with another month fits after the month was filled")
	}
	if !m.fits(1, 0) {
		t.Error("a column that stands alone takes from any record")
	}
}

// Whatever the rule, each filled cell was blank and is that of the first
// record in its order that has one; nothing else is changed, and the list that
// was read is left as it is.
func TestFills(t *testing.T) {
	rows := []string{"title,author,city,note"}
	for range 2 {
		rows = append(rows, "Gardens,,,", "Gardens,Ben Holm,,x", "Bread,C. Roth,,y", "Gardens,Ben Holm,Oslo,", "Letters,,Rome,")
	}
	path := filepath.Join(t.TempDir(), "list.csv")
	if err := os.WriteFile(path, []byte(strings.Join(rows, "\n")+"\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	o := Options{Inputs: []string{path}}
	list, err := Read(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	searched, err := Prepare(context.Background(), list, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, keep := range dedupe.Keeps {
		found := byTitle(searched, keep)
		found.Fills = found.fill(list, keep, "")
		work := Conclude(list, found, Options{Keep: keep})
		holdFills(t, keep, list, found, work)
		gardens := work.Verdicts[0].Survivor
		if got := strings.Join(work.Cells[gardens*4:gardens*4+4], ","); got != "Gardens,Ben Holm,Oslo,x" {
			t.Errorf("%s: the record that stays is %s", keep, got)
		}
		if keep == dedupe.KeepFirst && work.Verdicts[0].Reason != "; author from row 2, city from row 4, note from row 2" {
			t.Errorf("the reason of row 1 is %q", work.Verdicts[0].Reason)
		}
		if across := found.fill(list, keep, "city"); slices.ContainsFunc(across, func(f export.Fill) bool { return f.Column == 2 }) {
			t.Errorf("%s: the column that tells the lists apart is filled: %v", keep, across)
		}
	}
}

// byTitle is a result in which records of one title are one thing.
func byTitle(searched *Searched, keep dedupe.Keep) *Found {
	n := searched.list.Table.Len()
	f := &Found{passes: []pass{{Prepared: searched.Prepared}}, Result: &dedupe.Result{
		Cluster: make([]int32, n), Survivor: make([]int32, n), Held: make([]float64, n), Reason: make([]string, n)}}
	of := map[string][]int{}
	for r, title := range searched.list.Values(0) {
		of[title] = append(of[title], r)
	}
	for _, rows := range of {
		for _, r := range rows {
			f.Survivor[r] = int32(searched.Rank(rows, keep)[0])
		}
	}
	f.number()
	return f
}

func holdFills(t *testing.T, keep dedupe.Keep, list *List, found *Found, work *export.Work) {
	t.Helper()
	filled := map[[2]int]int{}
	for _, fill := range work.Fills {
		filled[[2]int{fill.Row, fill.Column}] = fill.From
	}
	n := len(list.Columns)
	for i, cell := range work.Cells {
		from, is := filled[[2]int{i / n, i % n}]
		switch {
		case !is && cell != list.Cells[i]:
			t.Errorf("%s: row %d, %s became %q", keep, i/n+1, list.Columns[i%n].Name, cell)
		case is && (list.Cells[i] != "" || cell == "" || cell != list.Cells[from*n+i%n] || found.Survivor[from] != int32(i/n)):
			t.Errorf("%s: row %d, %s was %q and is filled with %q from row %d", keep, i/n+1, list.Columns[i%n].Name, list.Cells[i], cell, from+1)
		}
	}
}
