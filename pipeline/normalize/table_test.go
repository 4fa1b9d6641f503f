package normalize

import (
	"context"
	"testing"
	"unsafe"

	"github.com/google/go-cmp/cmp"

	"github.com/unecho/unecho/pipeline/record"
)

func TestTable(t *testing.T) {
	in := &record.Table{
		Columns: []record.Column{{Name: "title", Role: record.Title}, {Name: "excerpt", Role: record.Body}},
		Cells: []string{
			"plain", "seems like … | Continue reading",
			"(Right to Left (The Mirror World", "(Right to",
			"caf\xe9  Q&amp;A", "fine",
			"Read … | Continue reading", "",
		},
		At: make([]record.Position, 4),
	}
	before := append([]string(nil), in.Cells...)
	cells, changes, err := Table(context.Background(), in, false, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"plain", "seems like …",
		"(Right to Left (The Mirror World", "(Right to",
		"café Q&A", "fine",
		"Read … | Continue reading", "",
	}
	if d := cmp.Diff(want, cells); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]record.Change{
		{Row: 0, Col: 1, Before: "seems like … | Continue reading", After: "seems like …", Rule: "aggregator trimmings removed"},
		{Row: 1, Col: 0, Before: "(Right to Left (The Mirror World", After: "(Right to Left (The Mirror World", Rule: "unbalanced bracket (left as it is)"},
		{Row: 2, Col: 0, Before: `caf\xE9  Q&amp;A`, After: "café Q&A",
			Rule: "bytes that are not UTF-8 read as Windows-1252, HTML entities decoded, odd spaces tidied"},
	}, changes); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(before, in.Cells); d != "" {
		t.Errorf("the table was touched: %s", d)
	}
	if unsafe.StringData(cells[0]) != unsafe.StringData(in.Cells[0]) {
		t.Error("an unchanged cell does not share memory")
	}
	kept, changes, err := Table(context.Background(), in, true, nil)
	if d := cmp.Diff(in.Cells, kept); d != "" || changes != nil || err != nil {
		t.Errorf("keepText changes %s, %v, %v", d, changes, err)
	}
}

func BenchmarkTable(b *testing.B) {
	titles := millionTitles(b, 1_000_000)
	t := &record.Table{Columns: []record.Column{{Role: record.Title}}, Cells: titles, At: make([]record.Position, len(titles))}
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := Table(context.Background(), t, false, nil); err != nil {
			b.Fatal(err)
		}
	}
}
