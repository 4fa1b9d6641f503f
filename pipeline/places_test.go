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
