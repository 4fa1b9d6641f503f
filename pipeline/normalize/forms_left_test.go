package normalize

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/unecho/unecho/pipeline/record"
)

// TestSegmentsLeftAreCutAnew holds the affixes that are found among what is left
// to forms made from the start.
func TestSegmentsLeftAreCutAnew(t *testing.T) {
	ctx := context.Background()
	random := rand.New(rand.NewPCG(4, 2))
	name := func() string {
		return string([]rune{rune(97 + random.IntN(20)), rune(97 + random.IntN(20)), 120}) + "ing"
	}
	col := record.Column{Name: "title", Role: record.Title}
	var cells, left []string
	var kept []int
	for r := range 9000 {
		cell := fmt.Sprintf("something %d about things", random.IntN(4000))
		switch random.IntN(4) {
		case 0:
			cell += " - the " + name()
		case 1:
			cell = "[" + name() + "] " + cell
		}
		cells = append(cells, cell)
		if random.IntN(3) > 0 {
			kept, left = append(kept, r), append(left, cell)
		}
	}
	all, segments, err := SegmentedForms(ctx, col, cells, 1, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := make([]record.Form, len(kept))
	for i, r := range kept {
		got[i] = all[r]
	}
	segments.Left(kept).SetAside(ctx, got)
	want, err := Forms(ctx, col, left, 1, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	other := 0
	for i := range want {
		if got[i].Text != want[i].Text || got[i].Core != want[i].Core || got[i].Head != want[i].Head {
			t.Fatalf("row %d: %q %q %d, from the start %q %d", i, got[i].Text, got[i].Core, got[i].Head, want[i].Core, want[i].Head)
		}
		if all[kept[i]].Core != want[i].Core {
			other++
		}
	}
	if other == 0 {
		t.Error("no affix is another in what is left: the test says nothing")
	}
}
