package cluster_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/unecho/unecho/dedupe/cluster"
)

// Four records in a chain. The pair 0–3 was never found, and the link 2–3 is
// too weak against that.
func ExampleAverage() {
	edges := []cluster.Edge{
		{A: 0, B: 1, Score: 4}, {A: 1, B: 2, Score: 3.5}, {A: 0, B: 2, Score: 0.5},
		{A: 2, B: 3, Score: 1},
	}
	labels, err := cluster.Average(context.Background(), 4, edges, cluster.Options{})
	fmt.Println(labels, err)

	tree := cluster.Span(labels, []int32{0, 0, 0, 3}, edges, nil)
	fmt.Println("record 2 is held by", edges[tree.Up[2]])
	// Output:
	// [0 0 0 1] <nil>
	// record 2 is held by {1 2 3.5}
}

// A person said that 0 = 1, 1 = 2 and that 0 and 2 are different.
func ExampleConflict() {
	_, err := cluster.Average(context.Background(), 3, nil, cluster.Options{
		Must:   [][2]int32{{0, 1}, {1, 2}},
		Cannot: [][2]int32{{0, 2}},
	})
	var conflict *cluster.Conflict
	if errors.As(err, &conflict) {
		fmt.Println(conflict.A, conflict.B, conflict.Path)
	}
	// Output: 0 2 [0 1 2]
}
