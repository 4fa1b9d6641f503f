package dedupe

import (
	"context"
	"fmt"
	"testing"
)

// The main text comes first; a column in which records of one main text
// differ as a rule is said to tell nothing by differing.
func TestUses(t *testing.T) {
	var rows [][3]string
	for i := range 80 {
		rows = append(rows, [3]string{"", fmt.Sprintf("a title about thing %d", i/2), fmt.Sprintf("%x", uint64(i+1)*0x9E3779B97F4A7C15)})
	}
	uses, err := Uses(context.Background(), survivors(rows...))
	if err != nil {
		t.Fatal(err)
	}
	if len(uses) != 2 || uses[0].Name != "title" || !uses[0].Main || uses[1].Main {
		t.Fatalf("uses %+v", uses)
	}
	if note := uses[1]; note.Name != "note" || note.Difference != 0 || note.Agreement <= 0 {
		t.Errorf("note tells %+v", note)
	}
}
