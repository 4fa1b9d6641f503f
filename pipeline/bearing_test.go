package pipeline_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"github.com/unecho/unecho/pipeline"
	"github.com/unecho/unecho/pipeline/review"
)

// What bears on a pair is what follows from the decisions: "same" where a
// chain of them joins the two, what was said of their groups where one was
// told from the other. The chain leads from the one to the other.
func TestBearingFollowsFromDecisions(t *testing.T) {
	var lines []string
	for _, word := range []string{"amber", "birch", "cedar", "dune", "elder", "fjord", "gorge", "heath"} {
		lines = append(lines, "the "+word+" of the north")
	}
	o := pipeline.Options{}
	list, ids := listOf(t, &o, append([]string{"title"}, lines...)...)
	refs := review.NewList(list.Columns, list.Cells)
	random := rand.New(rand.NewPCG(2, 5))
	for round := range 60 {
		o.Ledgers = []string{filepath.Join(t.TempDir(), fmt.Sprint(round)+review.Ending)}
		joined, apart := map[int]int{}, map[[2]int]bool{}
		for r := range ids {
			joined[r] = r
		}
		for at := range random.IntN(8) {
			a, b := random.IntN(len(ids)), random.IntN(len(ids))
			kind := review.Same
			if random.IntN(3) == 0 {
				kind = review.Different
			}
			if a == b || kind == review.Different && joined[a] == joined[b] || kind == review.Same && clash(joined, apart, joined[a], joined[b]) {
				continue
			}
			if _, err := review.Append(o.Ledgers[0], review.Decision{Kind: kind, A: refs.Ref(a), B: refs.Ref(b), At: time.Unix(int64(at), 0)}); err != nil {
				t.Fatal(err)
			}
			if kind == review.Different {
				apart[[2]int{a, b}] = true
				continue
			}
			was := joined[b]
			for r, g := range joined {
				if g == was {
					joined[r] = joined[a]
				}
			}
		}
		recalled, err := pipeline.Recall(list, o)
		if err != nil {
			t.Fatal(err)
		}
		for a := range ids {
			for b := range a {
				var want pipeline.Says
				switch {
				case joined[a] == joined[b]:
					want = pipeline.SaysSame
				case clash(joined, apart, joined[a], joined[b]):
					want = pipeline.SaysDifferent
				}
				got := recalled.Bearing(a, b)
				if got.Says != want {
					t.Fatalf("rows %d and %d: %q, want %q", a+1, b+1, got.Says, want)
				}
				at := a
				for _, step := range got.Chain {
					if step.From != at {
						t.Fatalf("rows %d and %d: the chain breaks at %d: %v", a+1, b+1, at+1, got.Chain)
					}
					at = step.To
				}
				if want != "" && at != b {
					t.Fatalf("rows %d and %d: the chain ends at %d", a+1, b+1, at+1)
				}
			}
		}
	}
}

// clash says whether two groups were told apart.
func clash(joined map[int]int, apart map[[2]int]bool, x, y int) bool {
	for p := range apart {
		a, b := joined[p[0]], joined[p[1]]
		if a == x && b == y || a == y && b == x {
			return true
		}
	}
	return false
}
