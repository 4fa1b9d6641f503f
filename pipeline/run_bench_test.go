package pipeline

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/unecho/unecho/cmd/bench/generate"
)

// BenchmarkRun measures the whole road, from file to files, on lists made by the
// generator of cmd/bench. The compiler lays out the program by a profile of it,
// which is made anew where much of the search has changed:
//
//	go test -trimpath -run - -bench Run -benchtime 4x -cpuprofile cmd/unecho/default.pgo ./pipeline
func BenchmarkRun(b *testing.B) {
	for _, l := range []struct {
		name string
		list generate.List
		o    Options
	}{
		{"titles=300k", generate.Titles(generate.MadeTitles(270_000, 1), 300_000, 10, 1), Options{Writes: []Kind{CSV}}},
		{"titles=20k", generate.Titles(generate.MadeTitles(18_000, 1), 20_000, 10, 1), Options{Balanced: true}},
		{"people=50k", generate.People(50_000, 10, 1), Options{Writes: []Kind{CSV}}},
		{"products=50k", generate.Products(50_000, 10, 1), Options{Writes: []Kind{CSV}}},
		{"people=5k", generate.People(5_000, 10, 1), Options{Balanced: true}},
	} {
		folder := b.TempDir()
		var text bytes.Buffer
		if err := l.list.Write(&text, nil); err != nil {
			b.Fatal(err)
		}
		name := filepath.Join(folder, "list.csv")
		if err := os.WriteFile(name, text.Bytes(), 0o600); err != nil {
			b.Fatal(err)
		}
		l.o.Inputs, l.o.Output, l.o.Force = []string{name}, folder, true
		each(b, l.name, func() error { _, err := Run(context.Background(), l.o); return err })
	}
}
