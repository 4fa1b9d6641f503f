package dedupe

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestComparisonsArePicked holds what is picked from blocks to a plain slice.
func TestComparisonsArePicked(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 5))
	for _, n := range []int{0, 1, compareBlock, 3*compareBlock + 7} {
		c := newComparisons(n)
		for i := range n {
			c.at(i)[0] = float32(i)
		}
		if len(c.flat()) != n {
			t.Fatalf("%d comparisons, want %d", len(c.flat()), n)
		}
		var pairs []int32
		for i := range n {
			for random.IntN(3) == 0 {
				pairs = append(pairs, -1)
			}
			if random.IntN(3) > 0 {
				pairs = append(pairs, int32(i))
			}
		}
		for _, over := range []bool{false, true} {
			got := c.pick(pairs, over).flat()
			if len(got) != len(pairs) {
				t.Fatalf("%d are picked, want %d", len(got), len(pairs))
			}
			for i, k := range pairs {
				if want := float32(max(0, k)); got[i][0] != want {
					t.Fatalf("pair %d of %d, over %v: %v, want %v", i, n, over, got[i][0], want)
				}
			}
		}
	}
}

// TestStepsRise holds what is told of a stage of several steps to rise from 0 to all.
func TestStepsRise(t *testing.T) {
	var told []int
	way := &steps{total: 1000, tell: func(done, total int) {
		if total != 1000 {
			t.Errorf("of %d", total)
		}
		told = append(told, done)
	}}
	for _, share := range []float64{0.25, 0.5, 0.25} {
		during := rising(way.next(share))
		for done := range 5 {
			during(done, 4)
		}
	}
	if !slices.IsSorted(told) || told[0] != 0 || told[len(told)-1] != 1000 {
		t.Errorf("told %v", told)
	}
	if silent := (&steps{}).next(1); silent != nil || rising(silent) != nil {
		t.Error("nobody listens")
	}
}
