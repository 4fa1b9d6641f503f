package dedupe_test

import (
	"context"
	"fmt"
	"log"

	"github.com/unecho/unecho/dedupe"
	"github.com/unecho/unecho/pipeline/normalize"
	"github.com/unecho/unecho/pipeline/record"
)

// Records that a program has already, searched for repeats.
func Example() {
	ctx := context.Background()
	title := record.Column{Name: "title", Role: record.Title}
	cells := []string{
		"How we moved event delivery to the cloud",
		"Gardens of the north and how they grow",
		"How We Moved Event Delivery to the Cloud!",
	}
	forms, err := normalize.Forms(ctx, title, cells, 1, 0, nil)
	if err != nil {
		log.Fatal(err)
	}
	found, err := dedupe.Run(ctx, &dedupe.Input{
		Columns: []record.Column{title}, Cells: cells, Forms: [][]record.Form{forms},
	}, dedupe.Options{Keep: dedupe.KeepFirst})
	if err != nil {
		log.Fatal(err)
	}
	for row, cluster := range found.Cluster {
		fmt.Println(cluster, int(found.Survivor[row]) == row, cells[row])
	}
	// Output:
	// 0 true How we moved event delivery to the cloud
	// 1 true Gardens of the north and how they grow
	// 0 false How We Moved Event Delivery to the Cloud!
}
