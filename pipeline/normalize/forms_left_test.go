package normalize

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
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
		switch random.IntN(6) {
		case 0:
			cell += " - the " + name()
		case 1:
			cell = "[" + name() + "] " + cell
		case 2:
			cell = name() + ": " + cell + " | " + name() + " [gif]"
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
	want, err := Forms(ctx, col, left, 1, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := make([]string, len(kept))
	var once, twice []int // those kept and some more; of these, those kept
	for r := range len(cells) {
		_, is := slices.BinarySearch(kept, r)
		if is || r%2 == 0 {
			once = append(once, r)
		}
		if is {
			twice = append(twice, len(once)-1)
		}
	}
	for _, over := range []bool{false, false, true} { // one search serves several settings
		for i, r := range kept {
			got[i] = all[r].Text
		}
		segments.Left(once, over).Left(twice, over).Cores(ctx, func(row, from, to int) {
			got[row] = strings.Join(strings.Fields(all[kept[row]].Text)[from:to], " ")
		})
		other := 0
		for i := range want {
			if got[i] != want[i].Core {
				t.Fatalf("row %d, laid over %v: %q has the core %q, from the start %q", i, over, want[i].Text, got[i], want[i].Core)
			}
			if all[kept[i]].Core != want[i].Core {
				other++
			}
		}
		if other == 0 {
			t.Error("no affix is another in what is left: the test says nothing")
		}
	}
}
