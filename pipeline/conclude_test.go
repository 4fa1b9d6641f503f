package pipeline

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/unecho/unecho/dedupe"
	"github.com/unecho/unecho/pipeline/record"
)

// Of the pairs between two clusters only the likeliest is asked; a pair that
// stands together already is not; the answer that decides most comes first.
func TestQuestions(t *testing.T) {
	found := &Found{Result: &dedupe.Result{
		Cluster: []int32{0, 0, 1, 1, 2, 3, 0},
		Links: []record.Link{
			{A: 0, B: 1, Score: 4, Band: record.Certain},
			{A: 0, B: 2, Score: 0.2, Band: record.Review},
			{A: 1, B: 3, Score: 0.9, Band: record.Review},
			{A: 0, B: 4, Score: -0.5, Band: record.Review},
			{A: 0, B: 5, Score: 0.1, Band: record.Review},
			{A: 1, B: 6, Score: 0.1, Band: record.Review},
			{A: 4, B: 5, Score: 1, Band: record.Related},
		},
	}}
	review, settles := found.questions()
	var pairs [][2]int
	for _, link := range review {
		pairs = append(pairs, [2]int{link.A, link.B})
	}
	if diff := cmp.Diff([][2]int{{1, 3}, {0, 5}, {0, 4}}, pairs); diff != "" {
		t.Errorf("questions (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]int{2, 1, 1}, settles); diff != "" {
		t.Errorf("settles (-want +got):\n%s", diff)
	}
}

func TestLists(t *testing.T) {
	got := lists([]string{"acm", "", "dblp", "acm"})
	if diff := cmp.Diff([]int32{0, -1, 1, 0}, got); diff != "" {
		t.Errorf("lists (-want +got):\n%s", diff)
	}
}

// An account that does not balance is an error, so nothing is written.
func TestBalance(t *testing.T) {
	r := &Report{Accounts: []Account{{"a = b", 3, 3}, {"read = kept + removed", 28, 27}}}
	if err := r.balance(); err == nil || err.Error() != "internal: read = kept + removed: 28 is not 27; nothing was written" {
		t.Errorf("error %v", err)
	}
}
