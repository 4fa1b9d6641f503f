package pipeline_test

import (
	"math/rand/v2"
	"testing"

	"github.com/unecho/unecho/pipeline"
)

// A group grows by one link fewer than it has records, each of which joins
// what was apart; without the weakest of evidence it falls into the two parts
// that are named.
func TestGrowthIsATree(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 4))
	for range 20 {
		o := pipeline.Options{Balanced: random.IntN(2) == 0}
		list, ids := listOf(t, &o, talks...)
		for range random.IntN(3) {
			if a, b := random.IntN(len(ids)), random.IntN(len(ids)); a != b {
				o.Decisions = append(o.Decisions, pipeline.Decision{A: ids[a], B: ids[b], Says: pipeline.SaysSame})
			}
		}
		found := match(t, list, o)
		for row := range ids {
			g := found.Growth(row, nil)
			if len(g.Steps) != len(g.Rows)-1 {
				t.Fatalf("row %d: %d steps for %d records", row+1, len(g.Steps), len(g.Rows))
			}
			all := joinedBy(g, -1)
			for _, r := range g.Rows {
				if found.Cluster[r] != found.Cluster[row] || all[r] != all[g.Survivor] {
					t.Fatalf("row %d: row %d is not joined: %+v", row+1, r+1, g.Steps)
				}
			}
			if n := len(g.Steps); n > 0 && g.Steps[n-1].Size > len(g.Rows) {
				t.Fatalf("row %d: %+v", row+1, g.Steps)
			}
			if g.Weakest < 0 {
				continue
			}
			split := map[int]bool{}
			for _, r := range g.Splits {
				split[r] = true
			}
			without := joinedBy(g, g.Weakest)
			for _, r := range g.Rows {
				if (without[r] != without[g.Survivor]) != split[r] {
					t.Fatalf("row %d: row %d splits off: %v, of %+v without %d", row+1, r+1, split[r], g.Steps, g.Weakest)
				}
			}
			for _, s := range g.Steps {
				if s.By == pipeline.ByEvidence && s.Score < g.Steps[g.Weakest].Score {
					t.Fatalf("row %d: %+v is weaker than the weakest", row+1, s)
				}
			}
		}
	}
}

// joinedBy labels the records by the steps, but for one.
func joinedBy(g *pipeline.Growth, but int) map[int]int {
	label := map[int]int{}
	for _, r := range g.Rows {
		label[r] = r
	}
	for i, s := range g.Steps {
		if i == but {
			continue
		}
		was := label[s.B]
		for r, l := range label {
			if l == was {
				label[r] = label[s.A]
			}
		}
	}
	return label
}
