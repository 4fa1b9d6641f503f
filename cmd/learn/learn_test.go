package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/unecho/unecho/dedupe"
)

// writeList writes a labelled list of n things, each with a repeat.
func writeList(t *testing.T, root, name string, n int) {
	t.Helper()
	var records, truth strings.Builder
	records.WriteString("id,title,year\n")
	truth.WriteString("id,cluster\n")
	places := []string{"harbour", "northern sea", "mountain pass", "river bend", "old town", "salt marsh"}
	things := []string{"walk", "garden", "letter", "clock", "bread", "boat", "song"}
	for i := range n {
		title := fmt.Sprintf("The %s of the %s", things[i%len(things)], places[i/len(things)%len(places)])
		fmt.Fprintf(&records, "a%d,%s,%d\nb%d,%s,%d\n", i, title, 1950+i, i, strings.ToLower(title)+" again", 1950+i)
		fmt.Fprintf(&truth, "a%d,%d\nb%d,%d\n", i, i, i, i)
	}
	dir := filepath.Join(root, name)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	for file, text := range map[string]string{"records.csv": records.String(), "truth.csv": truth.String()} {
		if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// Anyone can learn from a folder of labelled lists; what comes out is a
// weights file that says where it is from, the same each time.
func TestLearnFromAnyFolder(t *testing.T) {
	root := t.TempDir()
	writeList(t, root, "shop", 40)
	writeList(t, root, "library", 30)
	var files [2]string
	for i := range files {
		path := filepath.Join(t.TempDir(), "mine.csv")
		if err := run([]string{"-samples", "", "-o", path, root}, io.Discard, io.Discard); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files[i] = string(data)
	}
	if files[0] != files[1] {
		t.Error("the same lists teach other weights the second time")
	}
	weights, err := dedupe.ReadWeights(strings.NewReader(files[0]), "mine.csv")
	if err != nil {
		t.Fatal(err)
	}
	if notes := strings.Join(weights.Notes, "\n"); !strings.Contains(notes, "library shop") {
		t.Errorf("the file does not say what it was learned from:\n%s", notes)
	}
}

// A list that cannot be read is named.
func TestLearnNamesWhatIsWrong(t *testing.T) {
	for want, spoil := range map[string]func(dir string) error{
		"records.csv:1: the first column is not id": func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "records.csv"), []byte("title\nx\n"), 0o666)
		},
		"truth.csv": func(dir string) error { return os.Remove(filepath.Join(dir, "truth.csv")) },
		"truth.csv:2: ": func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "truth.csv"), []byte("id,cluster\nnobody,1\n"), 0o666)
		},
		"no labelled lists": func(dir string) error { return os.RemoveAll(dir) },
	} {
		root := t.TempDir()
		writeList(t, root, "shop", 10)
		if err := spoil(filepath.Join(root, "shop")); err != nil {
			t.Fatal(err)
		}
		err := run([]string{"-samples", "", "-o", filepath.Join(root, "out.csv"), root}, io.Discard, io.Discard)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}
