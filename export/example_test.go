package export_test

import (
	"fmt"
	"os"

	"github.com/unecho/unecho/export"
	"github.com/unecho/unecho/pipeline/record"
)

// Two records, of which the second repeats the first.
func Example() {
	columns := []record.Column{{Name: "title", Role: record.Title}, {Name: "year", Role: record.Date, Part: record.Year}}
	cells := []string{"Party planning, for introverts", "2014", "Party Planning for Introverts", "2014"}
	work := &export.Work{
		Name:    "posts",
		Table:   &record.Table{Columns: columns, Cells: cells, At: make([]record.Position, 2), Sources: []record.Source{{Name: "posts.csv", Format: "csv"}}},
		Columns: columns,
		Cells:   cells,
		Verdicts: []record.Verdict{
			{ID: "a1", Cluster: "c1", Kept: true, Survivor: 0, Probability: 1, Reason: "stays for row 2"},
			{ID: "b2", Cluster: "c1", Kept: false, Survivor: 0, Probability: 0.99, Reason: "the titles differ in case and punctuation only"},
		},
	}
	if err := export.Clean(os.Stdout, work, export.CSVOptions{}); err != nil {
		fmt.Println(err)
	}
	if err := export.Clusters(os.Stdout, work); err != nil {
		fmt.Println(err)
	}
	// Output:
	// title,year
	// "Party planning, for introverts",2014
	// row,id,cluster,kept,survivor,probability,reason
	// 1,a1,c1,true,1,1.0000,stays for row 2
	// 2,b2,c1,false,1,0.9900,the titles differ in case and punctuation only
}
