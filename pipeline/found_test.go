package pipeline

import (
	"testing"

	"github.com/google/go-cmp/cmp"

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
