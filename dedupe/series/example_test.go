package series_test

import (
	"fmt"
	"strings"

	"github.com/unecho/unecho/dedupe/series"
	"github.com/unecho/unecho/pipeline/record"
)

func ExampleFind() {
	titles := []string{"the cartographers letter 45", "the cartographers letter no 43"}
	issue := func(row int, n string) series.Entry {
		return series.Entry{Row: row, Marks: []record.Mark{{Kind: record.IssueNumber, Value: n}}}
	}
	words := func(words []string, row int) []string { return append(words, strings.Fields(titles[row])...) }
	for _, s := range series.Find([]series.Entry{issue(0, "45"), issue(1, "43")}, words, nil) {
		for _, gap := range s.Gaps {
			fmt.Println(gap.Says)
		}
	}
	// Output:
	// #43, #45 → #44 is missing
}
