package parse

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/unecho/unecho/pipeline/record"
)

// shared finds a file of the lists that lie beside the project, and skips the
// test where they do not.
func shared(t testing.TB, path ...string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			found, _ := filepath.Glob(filepath.Join(append([]string{dir, "..", "shared"}, path...)...))
			if len(found) == 0 {
				t.Skip("the shared lists are not beside this checkout")
			}
			return found[0]
		}
	}
	t.Skip("no go.mod above")
	return ""
}

func files(t testing.TB, o Options, names ...string) *record.Table {
	t.Helper()
	table, err := Files(context.Background(), names, o)
	if err != nil {
		t.Fatal(err)
	}
	if err := account(table); err != nil {
		t.Fatalf("%v: %v", names, err)
	}
	return table
}

func read(t testing.TB, name, data string, o Options) *record.Table {
	t.Helper()
	table, err := Bytes(context.Background(), name, []byte(data), o)
	if err != nil {
		t.Fatal(err)
	}
	if err := account(table); err != nil {
		t.Fatalf("%q: %v", data, err)
	}
	return table
}

func TestSeed(t *testing.T) {
	table := files(t, Options{}, shared(t, "seed", "*.txt"))
	if table.Len() != 28 || len(table.Rejects) != 0 {
		t.Fatalf("%d records, %d rejects: %+v", table.Len(), len(table.Rejects), table.Rejects)
	}
	if src := table.Sources[0]; src.Format != "listing" || src.Encoding != "utf-8" || src.Sure < 0.9 {
		t.Errorf("source %+v", src)
	}
	for r := range table.Len() {
		if row := table.Row(r); row[2] != "labs.spotify.com" || row[0] == "" || row[1] == "" || row[3] == "" {
			t.Errorf("record %d: %q", r, row)
		}
	}
	if got := table.Cell(16, 0); got != "(Right to Left (The Mirror World" {
		t.Errorf("record 17 is %q", got)
	}
}

func TestLabelledLists(t *testing.T) {
	dir := filepath.Dir(shared(t, "datasets", "README.md"))
	sets, _ := filepath.Glob(filepath.Join(dir, "*", "records.csv"))
	more, _ := filepath.Glob(filepath.Join(dir, "autofj", "*", "records.csv"))
	for _, name := range append(sets, more...) {
		table := files(t, Options{}, name)
		truth := files(t, Options{}, filepath.Join(filepath.Dir(name), "truth.csv"))
		if table.Len() != truth.Len() || len(table.Rejects) != 0 || table.Columns[0].Name != "id" {
			t.Errorf("%s: %d records, %d rejects, %d in the truth, %+v", name, table.Len(), len(table.Rejects), truth.Len(), table.Sources[0])
		}
	}
}

func TestMillionTitles(t *testing.T) {
	if testing.Short() {
		t.Skip("a million titles are not short")
	}
	table := files(t, Options{}, shared(t, "datasets", "speed", "speed_reddit_1m.csv.xz"))
	if table.Len() != 1_000_000 || len(table.Rejects) != 0 || table.Sources[0].Compression != "xz" {
		t.Fatalf("%d records, %d rejects, %+v", table.Len(), len(table.Rejects), table.Sources)
	}
}
