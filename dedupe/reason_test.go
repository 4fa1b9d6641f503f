package dedupe

import (
	"context"
	"strings"
	"testing"
)

// Without decisions nothing is held in by them: every removed record names the
// evidence for the link that holds it in, wherever its cluster stands.
func TestReasonsNameEvidence(t *testing.T) {
	in := survivors(
		[3]string{"1999", "a long walk to the northern sea", ""},
		[3]string{"2011", "bread without wheat", "rome"},
		[3]string{"1950", "letters from the lighthouse", ""},
		[3]string{"1950", "letters from the lighthouse", "kiel"},
		[3]string{"2004", "gardens of the north", "oslo"},
		[3]string{"2004", "gardens of the north", ""},
	)
	result, err := Run(context.Background(), in, Options{})
	if err != nil {
		t.Fatal(err)
	}
	removed := 0
	for r, reason := range result.Reason {
		if int(result.Survivor[r]) == r {
			continue
		}
		removed++
		if strings.Contains(reason, "decision") {
			t.Errorf("row %d: %s", r+1, reason)
		}
	}
	if removed != 2 {
		t.Errorf("%d records removed, want 2", removed)
	}
}
