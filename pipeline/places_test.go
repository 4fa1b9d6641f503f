package pipeline

import (
	"os"
	"path/filepath"
	"testing"
)

func TestBesides(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.MkdirAll("feeds/2024", 0o777); err != nil {
		t.Fatal(err)
	}
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ input, folder, name string }{
		{"-", ".", "stdin"},
		{"posts.txt", ".", "posts"},
		{"in/posts.csv", "in", "posts"},
		{"posts.csv.gz", ".", "posts"},
		{"posts.CSV.XZ", ".", "posts"},
		{"posts.gz", ".", "posts"},
		{"posts", ".", "posts"},
		{"posts.clean.csv", ".", "posts.clean"},
		{"list.2024", ".", "list.2024"},
		{"v1.2.jsonl", ".", "v1.2"},
		{".csv", ".", ".csv"},
		{"feeds", ".", "feeds"},
		{"feeds/", ".", "feeds"},
		{"feeds/2024", "feeds", "2024"},
		{".", ".", filepath.Base(here)},
		{"./", ".", filepath.Base(here)},
		{"..", "..", filepath.Base(filepath.Dir(here))},
		{"/", "/", "list"},
	} {
		if folder, name := besides(c.input); folder != c.folder || name != c.name {
			t.Errorf("besides(%q) = %q, %q, want %q, %q", c.input, folder, name, c.folder, c.name)
		}
	}
}

// A pattern stands for the first file that it finds: all that belongs to the
// list lies beside that, the ledger too.
func TestPatternsStandForTheirFirstFile(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"b.csv", "a.csv", "a.clean.csv", "notes.txt"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("title\nx\n"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	o := Options{Inputs: []string{filepath.Join(dir, "*.csv")}}
	if folder, name := besides(o.Inputs[0]); folder != dir || name != "a" {
		t.Errorf("besides gives %q, %q", folder, name)
	}
	if got, want := LedgerPaths(o)[0], filepath.Join(dir, "a.decisions.jsonl"); got != want {
		t.Errorf("the ledger is %s, want %s", got, want)
	}
	if folder, name := besides(filepath.Join(dir, "*.xlsx")); folder != dir || name != "*" {
		t.Errorf("a pattern that finds nothing: %q, %q", folder, name)
	}
}
