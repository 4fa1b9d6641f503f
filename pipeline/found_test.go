package pipeline

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/unecho/unecho/dedupe"
	"github.com/unecho/unecho/pipeline/record"
)

// What a later pass finds is said in rows of the whole list: 0 stood for 1,
// and turns out to be a repeat of 3.
func TestJoin(t *testing.T) {
	f := &Found{}
	f.join(pass{rows: rowsOf(4), result: &dedupe.Result{
		Cluster: []int32{0, 0, 1, 2}, Survivor: []int32{0, 0, 2, 3}, Held: []float64{1, 0.95, 1, 1},
		Reason: []string{"kept", "repeat of row 1: same words", "kept", "kept"},
		Links: []record.Link{
			{A: 0, B: 1, Band: record.Certain, Score: 3},
			{A: 0, B: 2, Band: record.Review, Score: 1},
		},
		Brakes: []dedupe.Brake{{Cluster: 0, Size: 2, Weakest: [2]int{0, 1}, Probability: 0.5}},
	}})
	changed := f.join(pass{rows: []int{0, 2, 3}, result: &dedupe.Result{
		Cluster: []int32{0, 1, 0}, Survivor: []int32{2, 1, 2}, Held: []float64{0.9, 1, 1},
		Reason: []string{"repeat of row 3: one letter differs", "kept", "kept"},
		Links: []record.Link{
			{A: 0, B: 2, Band: record.Certain, Score: 2},
			{A: 1, B: 2, Band: record.Related, Score: 0},
		},
	}})
	if !changed {
		t.Error("a pass that removes something asks for another")
	}
	want := &dedupe.Result{
		Cluster: []int32{0, 0, 1, 0}, Survivor: []int32{3, 3, 2, 3}, Held: []float64{0.9, 0.95, 1, 1},
		Reason: []string{"repeat of row 4: one letter differs", "repeat of row 4 (over row 1): same words", "kept", "kept"},
		Links: []record.Link{
			{A: 0, B: 1, Band: record.Certain, Score: 3},
			{A: 0, B: 3, Band: record.Certain, Score: 2},
			{A: 2, B: 3, Band: record.Related, Score: 0},
		},
		Brakes: []dedupe.Brake{{Cluster: 0, Size: 3, Weakest: [2]int{0, 1}, Probability: 0.5}},
	}
	if diff := cmp.Diff(want, f.Result); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A pass sees who stands for a cluster; that two clusters hold records of one
// list, it does not.
func TestJoinKeepsListsApart(t *testing.T) {
	f := &Found{lists: []int32{0, 1, 1, -1}}
	f.join(pass{rows: rowsOf(4), result: &dedupe.Result{
		Cluster: []int32{0, 0, 1, 2}, Survivor: []int32{0, 0, 2, 3}, Held: make([]float64, 4), Reason: make([]string, 4),
	}})
	next := pass{rows: []int{0, 2, 3}, result: &dedupe.Result{Cluster: []int32{0, 0, 0}, Survivor: []int32{0, 0, 0}}}
	if !f.join(next) {
		t.Error("no further pass asked for")
	}
	if diff := cmp.Diff([][2]int{{0, 2}}, f.apart); diff != "" {
		t.Errorf("apart (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]int32{0, 0, 2, 3}, f.Survivor); diff != "" {
		t.Errorf("survivors (-want +got):\n%s", diff)
	}
}

func TestReasonsOfLaterPasses(t *testing.T) {
	rows := []int{0, 4, 9}
	for was, want := range map[string]string{
		"kept":                       "kept",
		"repeat of row 2: row 3 too": "repeat of row 5: row 3 too",
		"repeat of row 3 (over row 2): same words": "repeat of row 10 (over row 5): same words",
	} {
		if got := renumbered(was, rows); got != want {
			t.Errorf("renumbered %q is %q, want %q", was, got, want)
		}
	}
	for was, want := range map[string]string{
		"repeat of row 2: same words":              "repeat of row 12 (over row 2): same words",
		"repeat of row 3 (over row 2): same words": "repeat of row 12 (over row 2): same words",
	} {
		if got := rerouted(was, 11); got != want {
			t.Errorf("rerouted %q is %q, want %q", was, got, want)
		}
	}
}

// What a pass moves is what a look at every record would move.
func TestMoveOver(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		n := 1 + rng.IntN(30)
		f := &Found{Result: stars(rng, n)}
		p := pass{rows: f.kept()}
		p.result = stars(rng, len(p.rows))
		want, changes := slices.Clone(f.Survivor), false
		for r, was := range f.Survivor {
			i, _ := slices.BinarySearch(p.rows, int(was))
			want[r] = int32(p.rows[p.result.Survivor[i]])
			changes = changes || want[r] != was
		}
		reason := slices.Clone(f.Reason)
		if moved := f.moveOver(p); moved != changes || !slices.Equal(f.Survivor, want) {
			t.Fatalf("moved %v, survivors %v instead of %v", moved, f.Survivor, want)
		}
		for r, now := range f.Reason {
			says := fmt.Sprintf("repeat of row %d", want[r]+1)
			if now != reason[r] && !strings.HasPrefix(now, says) || int(want[r]) != r && !strings.HasPrefix(now, says) {
				t.Fatalf("row %d stands under %d: %s", r, want[r], now)
			}
		}
	}
}

// stars is a result in which some records repeat one that stays.
func stars(rng *rand.Rand, n int) *dedupe.Result {
	r := &dedupe.Result{Cluster: make([]int32, n), Survivor: make([]int32, n), Held: make([]float64, n), Reason: make([]string, n)}
	var stay []int
	for i := range n {
		if len(stay) == 0 || rng.IntN(3) > 0 {
			stay = append(stay, i)
		}
	}
	for i := range n {
		r.Survivor[i], r.Reason[i] = int32(stay[rng.IntN(len(stay))]), "kept"
		if slices.Contains(stay, i) {
			r.Survivor[i] = int32(i)
		} else {
			r.Reason[i] = fmt.Sprintf("repeat of row %d: same words", r.Survivor[i]+1)
		}
	}
	return r
}

// The links of two passes stand in order; of two between the same rows the
// older comes first, and what was only asked before is gone.
func TestJoinLinks(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	links := func(score float64) (out []record.Link) {
		for range rng.IntN(12) {
			out = append(out, record.Link{A: rng.IntN(4), B: 4 + rng.IntN(4), Score: score, Band: record.Certain - record.Band(rng.IntN(2))})
		}
		slices.SortStableFunc(out, byRows)
		return out
	}
	for range 200 {
		f, p := &Found{Result: &dedupe.Result{Links: links(1)}}, pass{rows: rowsOf(8), result: &dedupe.Result{Links: links(2)}}
		want := append(inBand(f.Links, record.Certain), p.result.Links...)
		slices.SortStableFunc(want, byRows)
		f.joinLinks(p)
		if diff := cmp.Diff(want, f.Links, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	}
}
