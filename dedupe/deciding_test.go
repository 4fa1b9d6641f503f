package dedupe

import (
	"cmp"
	"slices"
	"testing"
)

// Of linked lists, each record decides at most once about every other list,
// and no pair that was left out has a better score than all that its records
// are in; nothing else is left out.
func TestDeciding(t *testing.T) {
	p, _ := rivals(t, nil, true)
	scores := p.scores(Shipped())
	order := make([]int32, len(scores))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(i, j int32) int { return cmp.Or(cmp.Compare(scores[i], scores[j]), cmp.Compare(i, j)) })
	deciding := p.deciding(order)
	best := map[int32]float64{}
	for k, i := range deciding {
		if k > 0 && scores[i] < scores[deciding[k-1]] {
			t.Fatalf("%d of %d is out of order", k, len(deciding))
		}
		for _, d := range []int32{p.pairs[i].A, p.pairs[i].B} {
			if _, twice := best[d]; twice {
				t.Fatalf("record %d decides twice", d)
			}
			best[d] = scores[i]
		}
	}
	for _, i := range order {
		if slices.Contains(deciding, i) {
			continue
		}
		a, hasA := best[p.pairs[i].A]
		b, hasB := best[p.pairs[i].B]
		if (!hasA || a < scores[i]) && (!hasB || b < scores[i]) && p.list.across[p.pairs[i].A] != p.list.across[p.pairs[i].B] {
			t.Errorf("pair %d was left out, though nothing better forbids it", i)
		}
	}
	if len(deciding) == 0 || len(deciding) == len(order) {
		t.Errorf("%d of %d pairs decide", len(deciding), len(order))
	}
}
