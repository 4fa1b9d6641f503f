package join_test

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/unecho/unecho/dedupe/join"
)

// sets numbers the words of the titles.
func sets(titles ...string) *join.Sets {
	ids := map[string]int32{}
	s := &join.Sets{}
	for _, title := range titles {
		var row []int32
		for _, w := range strings.Fields(title) {
			if _, ok := ids[w]; !ok {
				ids[w] = int32(len(ids))
			}
			row = append(row, ids[w])
		}
		slices.Sort(row)
		s.Add(slices.Compact(row)...)
	}
	return s
}

func Example() {
	s := sets(
		"event delivery the road to the cloud",
		"the road to event delivery in the cloud",
		"autoscaling pub sub consumers",
		"the road to event delivery the cloud", // the words of the first
	)
	distinct, of := join.Collapse(s)
	res, err := join.Jaccard(context.Background(), distinct, nil, 0.8, join.Options{MaxPerRow: 20})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(of, res.Complete())
	for _, p := range res.Pairs {
		fmt.Printf("%d ~ %d: %.2f\n", p.A, p.B, p.Score)
	}
	// Output:
	// [0 1 2 0] true
	// 0 ~ 1: 0.86
}

func ExampleTypo() {
	res, err := join.Typo(context.Background(), []string{"smith", "smyth", "smiht", "jones"}, 1, join.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(res.Pairs)
	// Output: [{0 1 0.8} {0 2 0.8}]
}
