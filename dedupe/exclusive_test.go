package dedupe

import (
	"math"
	"testing"

	"github.com/unecho/unecho/dedupe/join"
)

// A pair keeps its odds without rivals, shares them with an equal one, and
// loses them to a better one; a table of its own and a pair told apart are no
// rivals, and lists that are not linked stay as they are.
func TestExclusive(t *testing.T) {
	p := &Prepared{list: &list{n: 7, across: []int32{0, 1, 1, 0, 1, 2, 1}}, pairs: []join.Pair{{A: 0, B: 1}, {A: 0, B: 2}, {A: 3, B: 4}, {A: 0, B: 5}, {A: 3, B: 6}}}
	scores := []float64{3, 3, 2, 4, 1}
	half := -math.Log1p(math.Exp(-3))
	for i, want := range []float64{half, half, 2 - math.Log1p(math.Exp(1)), 4, 1 - math.Log1p(math.Exp(2))} {
		if got := p.exclusive(scores, nil)[i]; math.Abs(got-want) > 1e-9 {
			t.Errorf("pair %d: %v, want %v", i, got, want)
		}
	}
	if got := p.exclusive(scores, [][2]int32{{1, 0}})[1]; got != 3 {
		t.Errorf("beside a pair told apart: %v", got)
	}
	for _, across := range [][]int32{nil, {0, 1, 1, 0, -1, 2, 1}, {0, 1, 2, 3, 4, 5, mostTables}} {
		p.list.across = across
		if got := p.exclusive(scores, nil); &got[0] != &scores[0] {
			t.Errorf("tables %v: the scores change", across)
		}
	}
}
