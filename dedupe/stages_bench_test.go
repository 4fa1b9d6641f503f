package dedupe

import (
	"context"
	"testing"

	"github.com/unecho/unecho/cmd/bench/generate"
	"github.com/unecho/unecho/pipeline/normalize"
	"github.com/unecho/unecho/pipeline/record"
)

// BenchmarkStage measures the stages of a search by themselves, on lists made
// by the generator of cmd/bench.
func BenchmarkStage(b *testing.B) {
	ctx := context.Background()
	for _, l := range []struct {
		name  string
		list  generate.List
		roles []record.Role
	}{
		{"titles=100k", generate.Titles(generate.MadeTitles(90_000, 1), 100_000, 10, 1), []record.Role{record.Title}},
		{"people=10k", generate.People(10_000, 10, 1), []record.Role{record.Person, record.Person, record.Date, record.Place, record.Place, record.Identifier}},
	} {
		b.Run(l.name, func(b *testing.B) {
			in := generated(b, l.list, l.roles)
			list, err := newList(ctx, in, nil)
			if err != nil {
				b.Fatal(err)
			}
			pairs, promise, err := list.candidates(ctx, nil, nil)
			if err != nil {
				b.Fatal(err)
			}
			p := &Prepared{list: list, promise: promise}
			p.take(pairs)
			p.rows = newComparisons(len(pairs))
			all := func(int) bool { return true }
			stage(b, "words", func() (err error) { _, err = newList(ctx, in, nil); return err })
			stage(b, "join", func() (err error) { _, _, err = list.candidates(ctx, nil, nil); return err })
			stage(b, "compare", func() error { return p.measure(ctx, all, nil) })
			if err := p.measure(ctx, all, nil); err != nil { // -bench may have left compare out
				b.Fatal(err)
			}
			stage(b, "cluster", func() (err error) { _, err = p.Labels(ctx, Options{}); return err })
			stage(b, "conclude", func() (err error) { _, err = p.Match(ctx, Options{}); return err }) // clusters too
		})
	}
}

// stage measures one of them.
func stage(b *testing.B, name string, run func() error) {
	b.Run(name, func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if err := run(); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// generated is a list as the search takes it.
func generated(b *testing.B, l generate.List, roles []record.Role) *Input {
	in := &Input{}
	for c, name := range l.Columns {
		in.Columns = append(in.Columns, record.Column{Name: name, Role: roles[c]})
	}
	for _, cells := range l.Rows {
		in.Cells = append(in.Cells, cells...)
	}
	for c, column := range in.Columns {
		forms, err := normalize.Forms(context.Background(), column, in.Cells, len(roles), c, nil)
		if err != nil {
			b.Fatal(err)
		}
		in.Forms = append(in.Forms, forms)
	}
	return in
}
