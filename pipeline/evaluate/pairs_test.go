package evaluate_test

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/unecho/unecho/pipeline/evaluate"
	"github.com/unecho/unecho/pipeline/record"
)

func TestRecallCountsEachPairOnce(t *testing.T) {
	truth := []int32{0, 0, 0, 1, 1}
	pairs := [][2]int32{{0, 1}, {1, 0}, {2, 2}, {0, 3}, {3, 4}}
	got := evaluate.Recall(truth, pairs, nil)
	if want := (evaluate.Reach{True: 4, Found: 2, Recall: 0.5, Candidates: 3, PerRecord: 0.6}); got != want {
		t.Errorf("%+v, wanted %+v", got, want)
	}
	got = evaluate.Recall(truth, pairs, []int32{0, 1, 1, 0, 0})
	if want := (evaluate.Reach{True: 2, Found: 1, Recall: 0.5, Candidates: 1, PerRecord: 0.2}); got != want {
		t.Errorf("across: %+v, wanted %+v", got, want)
	}
	if got := evaluate.Recall(nil, nil, nil); got.Recall != 1 {
		t.Errorf("nothing to find: %+v", got)
	}
}

// TestSweepEqualsTakingLinksAnew counts every point of a sweep from scratch.
func TestSweepEqualsTakingLinksAnew(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 9))
	for range 200 {
		const n = 12
		truth, sources := random(rng, n, 4), random(rng, n, 2)
		var links []record.Link
		for b := range n {
			for a := range b {
				if rng.IntN(2) == 0 {
					links = append(links, record.Link{A: a, B: b, Score: float64(rng.IntN(9) - 4)})
				}
			}
		}
		for _, p := range evaluate.Sweep(truth, links, sources) {
			taken := map[[2]int]bool{}
			for _, l := range links {
				taken[[2]int{l.A, l.B}] = l.Score >= p.Threshold
			}
			var want evaluate.Counts
			for b := range n {
				for a := range b {
					if sources[a] != sources[b] {
						tally(&want, taken[[2]int{a, b}], truth[a] == truth[b])
					}
				}
			}
			finish(&want)
			if diff := cmp.Diff(want, p.Counts, near); diff != "" {
				t.Fatalf("threshold %v: %s", p.Threshold, diff)
			}
		}
	}
}

func TestBestTakesTheStricterOfEquals(t *testing.T) {
	truth := []int32{0, 0, 1, 1}
	links := []record.Link{{A: 0, B: 1, Score: 3}, {A: 0, B: 2, Score: 2}, {A: 2, B: 3, Score: 1}}
	best, ok := evaluate.Best(evaluate.Sweep(truth, links, nil))
	if !ok || best.Threshold != 1 || best.Recall != 1 || best.TP != 2 || best.FP != 1 {
		t.Errorf("%+v %v", best, ok)
	}
	if _, ok := evaluate.Best(nil); ok {
		t.Error("a best of nothing")
	}
}

func TestWorst(t *testing.T) {
	truth, found := []int32{0, 0, 1, 2, 2}, []int32{0, 1, 1, 1, 2}
	links := []record.Link{{A: 0, B: 1, Score: 1}, {A: 1, B: 2, Score: 2}, {A: 2, B: 3, Score: 5}, {A: 3, B: 4, Score: -1}}
	merges, misses := evaluate.Worst(links, truth, found, 1)
	if len(merges) != 1 || merges[0].A != 2 || len(misses) != 1 || misses[0].A != 3 {
		t.Errorf("merges %v misses %v", merges, misses)
	}
}
