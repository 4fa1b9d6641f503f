package normalize

import (
	"bufio"
	"context"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/mikelolasagasti/xz"

	"github.com/unecho/unecho/pipeline/record"
)

// shared gives a path under the folder of shared material beside the project.
func shared(tb testing.TB, path string) string {
	tb.Helper()
	dir, err := os.Getwd()
	if err != nil {
		tb.Fatal(err)
	}
	for dir != filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			p := filepath.Join(dir, "..", "shared", path)
			if _, err := os.Stat(p); err != nil {
				tb.Skipf("no %s beside the project", filepath.Join("shared", path))
			}
			return p
		}
		dir = filepath.Dir(dir)
	}
	tb.Skip("not in a module")
	return ""
}

// millionTitles reads up to n of the unlabelled titles.
func millionTitles(tb testing.TB, n int) []string {
	path := shared(tb, "datasets/speed/speed_reddit_1m.csv.xz")
	f, err := os.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	plain, err := xz.NewReader(bufio.NewReader(f), 0)
	if err != nil {
		tb.Fatal(err)
	}
	r := csv.NewReader(plain)
	if _, err := r.Read(); err != nil {
		tb.Fatal(err)
	}
	var titles []string
	for len(titles) < n {
		rec, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			tb.Fatal(err)
		}
		titles = append(titles, rec[1])
	}
	return titles
}

func BenchmarkForms(b *testing.B) {
	titles := millionTitles(b, 1_000_000)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Forms(context.Background(), record.Column{Role: record.Title}, titles, 1, 0, nil); err != nil {
			b.Fatal(err)
		}
	}
}
