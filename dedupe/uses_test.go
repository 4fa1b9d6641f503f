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
		rows = append(rows, [3]string{"2001", fmt.Sprintf("a title about thing %d", i/2), fmt.Sprintf("note %d", i)})
	}
	uses, err := Uses(context.Background(), survivors(rows...))
	if err != nil {
		t.Fatal(err)
	}
	if len(uses) != 3 || uses[0].Name != "title" || !uses[0].Main || uses[1].Main || uses[2].Main {
		t.Fatalf("uses %+v", uses)
	}
	for _, u := range uses[1:] {
		if u.Name == "note" && (u.Difference != 0 || u.Agreement <= 0) {
			t.Errorf("note tells %+v", u)
		}
	}
}
