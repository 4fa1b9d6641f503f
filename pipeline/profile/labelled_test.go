package profile_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/unecho/unecho/pipeline/profile"
	"github.com/unecho/unecho/pipeline/record"
)

// shared finds the folder of labelled lists beside the project, or skips.
func shared(t testing.TB) string {
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

func TestLabelledLists(t *testing.T) {
	dir := shared(t)
	paths, _ := filepath.Glob(filepath.Join(dir, "*", "records.csv"))
	for _, path := range paths {
		name := filepath.Base(filepath.Dir(path))
		t.Run(name, func(t *testing.T) {
			tab := read(t, path)
			cols, notes, err := profile.Columns(tab, nil, profile.Overrides{})
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range cols {
				t.Logf("%-20s %-30s %.2f %s", c.Name, brief(c), c.Confidence, c.Why)
			}
			for _, n := range notes {
				t.Log("note: ", n)
			}
		})
	}
}
