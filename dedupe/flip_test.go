package dedupe

import (
	"context"
	"math"
	"math/bits"
	"math/rand/v2"
	"testing"
)

// No smaller set of comparisons suffices, and what is chosen does.
func TestFewestIsFewest(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 9))
	for range 2000 {
		options := make([][]option, random.IntN(9))
		most := make([]float64, len(options))
		for i := range options {
			for level := range 1 + random.IntN(4) {
				by := 0.01 + random.Float64()
				options[i] = append(options[i], option{measure(i), level, by, random.IntN(2) == 0})
				most[i] = max(most[i], by)
			}
		}
		need := 0.01 + 3*random.Float64()
		chosen := fewest(options, need)
		want := smallestSubset(most, need)
		if (chosen == nil) != (want < 0) || chosen != nil && len(chosen) != want {
			t.Fatalf("%v for %v of %v: want %d", chosen, need, options, want)
		}
		sum, seen := 0.0, map[measure]bool{}
		for _, c := range chosen {
			if seen[c.measure] {
				t.Fatalf("%v takes a comparison twice", chosen)
			}
			seen[c.measure] = true
			sum += c.by
		}
		if chosen != nil && sum < need-1e-12 {
			t.Fatalf("%v gives %v, wanted %v", chosen, sum, need)
		}
	}
}

// smallestSubset tries all subsets; -1 when none suffices.
func smallestSubset(most []float64, need float64) int {
	best := -1
	for set := range uint(1) << len(most) {
		sum := 0.0
		for i, by := range most {
			if set&(1<<i) != 0 {
				sum += by
			}
		}
		if n := bits.OnesCount(set); n > 0 && sum >= need && (best < 0 || n < best) {
			best = n
		}
	}
	return best
}

// The changes add up: with them the sum stands on the other side of the
// threshold, and the outcome is another than that of today.
func TestFlipsCross(t *testing.T) {
	in := survivors(
		[3]string{"1999", "a long walk to the northern sea", ""},
		[3]string{"1999", "a long walk to the northern sea", "kiel"},
		[3]string{"1999", "a long walk to a northern lake", "kiel"},
		[3]string{"2011", "bread without wheat", "rome"},
		[3]string{"2004", "gardens of the north", "oslo"},
		[3]string{"2005", "gardens of the north", "oslo"},
		[3]string{"2005", "the gardens of the south", ""},
	)
	p, err := Prepare(context.Background(), in, nil)
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, o := range []Options{{}, {Balanced: true}, {Same: 0.95, Review: 0.2}, {Answers: []Answer{{A: 0, B: 1, Same: true}, {A: 4, B: 5}}}} {
		for a := range in.Len() {
			for b := range a {
				e := p.Explain(o, a, b)
				for _, f := range p.Flips(o, a, b) {
					found++
					score := e.Score
					for _, c := range f.Changes {
						score += c.To - c.Weight
					}
					if was, is := e.Score >= logOdds(f.Threshold)-1e-9, score >= logOdds(f.Threshold)-1e-9; was == is && math.Abs(score-logOdds(f.Threshold)) > 1e-6 {
						t.Errorf("rows %d and %d: %+v does not cross, from %v to %v", b+1, a+1, f, e.Score, score)
					}
					if math.Abs(bounded(score)-f.Probability) > 1e-9 {
						t.Errorf("rows %d and %d: %+v gives %v", b+1, a+1, f, bounded(score))
					}
				}
			}
		}
	}
	if found == 0 {
		t.Error("no pair has a flip")
	}
	if flips := p.Flips(Options{}, 3, 3); flips != nil {
		t.Errorf("one record beside itself: %v", flips)
	}
}
