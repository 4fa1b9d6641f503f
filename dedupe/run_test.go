package dedupe

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/unecho/unecho/pipeline/record"
)

// Clusters of two records or more are listed and numbered as a look at every
// record would.
func TestTogether(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		n := 1 + rng.IntN(30)
		b := randomLabels(rng, n)
		l := b.p.list
		label, number := make([]int32, n), map[int32]int32{}
		want := make([]int32, n)
		for r, d := range l.of {
			label[r] = b.labels[d]
			if _, seen := number[label[r]]; !seen {
				number[label[r]] = int32(len(number))
			}
			want[r] = number[label[r]]
		}
		members := b.together()
		got := make([]int32, n)
		numberClusters(got, members)
		if !slices.Equal(got, want) {
			t.Fatalf("%v are numbered %v instead of %v", label, got, want)
		}
		all := slices.DeleteFunc(record.Members[int32](want), func(rows []int32) bool { return len(rows) < 2 })
		slices.SortFunc(members, slices.Compare)
		if !slices.EqualFunc(members, all, slices.Equal) {
			t.Fatalf("%v are together as %v instead of %v", label, members, all)
		}
	}
}

// randomLabels puts n rows into distinct records, and these into clusters.
func randomLabels(rng *rand.Rand, n int) *builder {
	l := &list{of: make([]int32, n), order: make([]int32, n)}
	for i, r := range rng.Perm(n) {
		l.order[i] = int32(r)
		if i == 0 || rng.IntN(3) > 0 {
			l.begin = append(l.begin, int32(i))
		}
		l.of[r] = int32(len(l.begin) - 1)
	}
	l.n = len(l.begin)
	l.begin = append(l.begin, int32(n))
	labels := make([]int32, l.n)
	next := int32(0)
	for d := range labels {
		if labels[d] = rng.Int32N(next + 1); labels[d] == next {
			next++
		}
	}
	return &builder{p: &Prepared{list: l}, labels: labels}
}

// What is gathered on all cores stands in order.
func TestGather(t *testing.T) {
	for _, n := range []int{0, 1, 1 << 14, 100_001} {
		got := gather(n, func(i int) (int, bool) { return i, i%3 == 0 })
		if len(got) != (n+2)/3 || !slices.IsSorted(got) {
			t.Errorf("%d of %d, in order: %v", len(got), n, slices.IsSorted(got))
		}
	}
}
