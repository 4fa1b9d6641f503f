package series_test

import (
	"fmt"

	"github.com/unecho/unecho/dedupe/series"
	"github.com/unecho/unecho/pipeline/record"
)

func ExampleFind() {
	issue := func(row int, text, n string) series.Entry {
		return series.Entry{Row: row, Text: text, Marks: []record.Mark{{Kind: record.IssueNumber, Value: n}}}
	}
	for _, s := range series.Find([]series.Entry{
		issue(0, "the cartographers letter 45", "45"),
		issue(1, "the cartographers letter no 43", "43"),
	}, nil) {
		for _, gap := range s.Gaps {
			fmt.Println(gap.Says)
		}
	}
	// Output:
	// #43, #45 → #44 is missing
}
