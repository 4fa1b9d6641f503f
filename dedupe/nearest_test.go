package dedupe

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/unecho/unecho/dedupe/join"
)

// TestNearestFirst holds the shelves to one sort.
func TestNearestFirst(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	pairs := make([]join.Scored, 20_000)
	for i := range pairs {
		pairs[i].Score = [...]float64{0, 1, random.Float64(), float64(random.IntN(50)) / 50, 0.5 + random.Float64()/1e6}[random.IntN(5)]
	}
	want := make([]int32, len(pairs))
	for i := range want {
		want[i] = int32(i)
	}
	slices.SortFunc(want, func(i, j int32) int {
		return cmp.Or(cmp.Compare(pairs[j].Score, pairs[i].Score), cmp.Compare(i, j))
	})
	if got := nearestFirst(pairs); !slices.Equal(got, want) {
		t.Error("not in the order that a sort gives")
	}
}

// TestJointlyCounts holds the count of records with all of some words to a
// look at each.
func TestJointlyCounts(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	texts := make([]string, 400)
	for d := range texts {
		for range 1 + random.IntN(6) {
			texts[d] += " " + string(rune('a'+min(random.IntN(26), random.IntN(26))))
		}
	}
	w := newWords(len(texts), func(d int) (string, string) { return texts[d], texts[d] })
	for a := range int32(len(texts)) {
		shared := w.set(a)
		if len(shared) > 3 {
			shared = shared[1:3]
		}
		found := 0
		for d := range int32(len(texts)) {
			if containsAll(w.set(d), shared) {
				found++
			}
		}
		if got, want := w.jointly(shared, len(texts)), max(2, float64(found)); got != want {
			t.Errorf("%d: %v records, want %v", a, got, want)
		}
	}
}
