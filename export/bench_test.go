package export

import (
	"fmt"
	"io"
	"testing"

	"github.com/unecho/unecho/pipeline/record"
)

// listOf makes a list of n records of two columns, one in ten merged away.
func listOf(n int) *Work {
	columns := []record.Column{{Name: "title", Role: record.Title}, {Name: "source", Role: record.Organisation}}
	w := &Work{Name: "big", Columns: columns, Table: &record.Table{Columns: columns, Sources: []record.Source{{Name: "big.csv", Format: "csv"}}}}
	for r := range n {
		w.Table.Cells = append(w.Table.Cells, fmt.Sprintf("The %d ways to keep a list of %d entries clean", r, r*7919%n), fmt.Sprintf("site%d.example.com", r%1000))
		w.Table.At = append(w.Table.At, record.Position{Line: int32(r + 2)})
		v := record.Verdict{ID: fmt.Sprintf("%012x", r*1048583), Cluster: fmt.Sprintf("%012x", r*1048583), Kept: true, Survivor: r, Probability: 1, Reason: "alone"}
		if r%10 == 9 {
			v.Kept, v.Survivor, v.Probability, v.Reason = false, r-1, 0.97, "the titles differ in one word"
			v.Cluster = w.Verdicts[r-1].Cluster
			w.Summary.Merged++
		}
		w.Verdicts = append(w.Verdicts, v)
	}
	w.Cells = w.Table.Cells
	w.Summary.Read, w.Summary.Kept = n, n-w.Summary.Merged
	w.Summary.Inputs = []Input{{Name: "big.csv", Records: n}}
	return w
}

func BenchmarkWorkbook(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			work := listOf(n)
			b.ReportAllocs()
			for b.Loop() {
				if err := Workbook(io.Discard, work); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkClean(b *testing.B) {
	work := listOf(1_000_000)
	for b.Loop() {
		if err := Clean(io.Discard, work, CSVOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}
