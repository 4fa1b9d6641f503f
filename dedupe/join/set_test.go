package join

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRareEqualsBruteForce(t *testing.T) {
	for seed := range uint64(300) {
		rng := rand.New(rand.NewPCG(seed, 6))
		rows := rng.IntN(50)
		s := randomSets(rng, rows, 1+rng.IntN(60), 8)
		o := randomOptions(rng, rows)
		have := make([]int, s.tokens())
		for _, tok := range s.Token {
			have[tok]++
		}
		for _, k := range []int{0, 1, 2, 3, 10, 50} {
			want := allPairs(rows, o, 1e-9, func(a, b int32) float64 {
				sum := 0.0
				for _, tok := range s.Row(a) {
					if _, ok := slices.BinarySearch(s.Row(b), tok); ok && have[tok] <= k {
						sum += 1 / float64(have[tok]-1)
					}
				}
				return sum
			})
			res, err := Rare(context.Background(), s, k, o)
			mustFind(t, res, err, want)
		}
	}
}

func TestCollapse(t *testing.T) {
	for seed := range uint64(300) {
		s := randomSets(rand.New(rand.NewPCG(seed, 7)), 40, 4, 3)
		distinct, of := Collapse(s)
		next := int32(0)
		for r := range int32(s.Len()) {
			if !slices.Equal(s.Row(r), distinct.Row(of[r])) {
				t.Fatalf("row %d stands for another set", r)
			}
			if of[r] > next {
				t.Fatalf("row %d: not in order of first appearance", r)
			}
			next = max(next, of[r]+1)
		}
		if int(next) != distinct.Len() {
			t.Fatalf("%d sets, %d used", distinct.Len(), next)
		}
		for a := range next {
			for b := range a {
				if slices.Equal(distinct.Row(a), distinct.Row(b)) {
					t.Fatalf("sets %d and %d are equal", b, a)
				}
			}
		}
	}
}

func TestTopK(t *testing.T) {
	pairs := []Scored{{0, 1, .9}, {0, 2, .8}, {0, 3, .7}, {1, 2, .8}, {2, 3, .6}}
	for _, c := range []struct {
		k    int
		want []Scored
	}{
		{0, pairs},
		{1, []Scored{{0, 1, .9}, {0, 2, .8}, {0, 3, .7}}},
		{2, pairs}, // the last is the second best of row 3
	} {
		if diff := cmp.Diff(c.want, TopK(pairs, c.k)); diff != "" {
			t.Errorf("k=%d: %s", c.k, diff)
		}
	}
}

func TestUnion(t *testing.T) {
	got := Union([]Scored{{0, 1, .5}, {1, 2, .5}}, nil, []Scored{{0, 1, 1}, {0, 2, 1}})
	if diff := cmp.Diff([]Pair{{0, 1}, {0, 2}, {1, 2}}, got); diff != "" {
		t.Error(diff)
	}
}

// FuzzUnion holds merging to sorting.
func FuzzUnion(f *testing.F) {
	f.Add([]byte{0, 1, 2, 1, 2, 3, 0, 2, 2, 0, 1, 0}, byte(2))
	f.Fuzz(func(t *testing.T, data []byte, cut byte) {
		lists := make([][]Scored, 3)
		var all []Pair
		for i := 0; i+1 < len(data); i += 2 {
			p := Pair{int32(data[i] % 8), int32(data[i+1] % 8)}
			k := i % 3
			if i < int(cut) {
				k = 0
			}
			lists[k], all = append(lists[k], Scored{A: p.A, B: p.B}), append(all, p)
		}
		slices.SortFunc(lists[1], byRows)
		slices.SortFunc(all, func(p, q Pair) int { return int(8*p.A+p.B) - int(8*q.A+q.B) })
		if got, want := Union(lists...), slices.Compact(all); !slices.Equal(got, want) {
			t.Errorf("Union(%v) = %v, want %v", lists, got, want)
		}
	})
}
