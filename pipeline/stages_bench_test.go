package pipeline

import (
	"bytes"
	"context"
	"io"
	"testing"

	"github.com/unecho/unecho/cmd/bench/generate"
	"github.com/unecho/unecho/export"
	"github.com/unecho/unecho/pipeline/normalize"
	"github.com/unecho/unecho/pipeline/parse"
)

// BenchmarkStage measures the stages of the road by themselves, on lists made
// by the generator of cmd/bench; those of the search are measured in package
// dedupe.
func BenchmarkStage(b *testing.B) {
	for _, l := range []struct {
		name string
		list generate.List
	}{
		{"titles=100k", generate.Titles(generate.MadeTitles(90_000, 1), 100_000, 10, 1)},
		{"people=10k", generate.People(10_000, 10, 1)},
	} {
		b.Run(l.name, func(b *testing.B) { stages(b, l.list) })
	}
}

// stages measures the stages one after the other, each on what those before give.
func stages(b *testing.B, made generate.List) {
	ctx, o := context.Background(), Options{}
	var text bytes.Buffer
	if err := made.Write(&text, nil); err != nil {
		b.Fatal(err)
	}
	table, err := parse.Bytes(ctx, "list.csv", text.Bytes(), parse.Options{})
	if err != nil {
		b.Fatal(err)
	}
	list, err := look(ctx, table, o)
	if err != nil {
		b.Fatal(err)
	}
	each(b, "parse", func() (err error) { _, err = parse.Bytes(ctx, "list.csv", text.Bytes(), parse.Options{}); return err })
	each(b, "clean", func() (err error) { _, _, err = normalize.Table(ctx, table, false, nil); return err })
	each(b, "profile", func() error { return list.Overrule(o.Columns) })
	each(b, "forms", func() (err error) { _, _, err = input(ctx, list, o); return err })
	found, err := Match(ctx, list, o)
	if err != nil {
		b.Fatal(err)
	}
	work := Conclude(list, found, o)
	each(b, "conclude", func() error { Conclude(list, found, o); return nil })
	each(b, "write/clean", func() error { return export.Clean(io.Discard, work, export.CSVOptions{}) })
	each(b, "write/clusters", func() error { return export.Clusters(io.Discard, work) })
	each(b, "write/workbook", func() error { return export.Workbook(io.Discard, work) })
}

// each measures one stage.
func each(b *testing.B, name string, run func() error) {
	b.Run(name, func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if err := run(); err != nil {
				b.Fatal(err)
			}
		}
	})
}
