package dedupe

import (
	"context"
	"strings"
	"testing"
)

// What the first record has of its own is named first, whichever way round the
// search looked at the pair.
func TestWhyGoesFromFirstToSecond(t *testing.T) {
	ctx := context.Background()
	words := []string{"hill", "lake", "river", "wood", "moor", "field", "marsh", "dune"}
	var rows [][3]string
	for i, w := range words {
		rows = append(rows, [3]string{"", "seven letters from the keeper of the " + w + " lighthouse number " + words[len(words)-1-i], ""},
			[3]string{"", "seven letters from the keeper of the " + w + " lighthouse number " + words[len(words)-1-i] + " extra", ""})
	}
	p, err := Prepare(ctx, survivors(rows...), nil)
	if err != nil {
		t.Fatal(err)
	}
	result, err := p.Match(ctx, Options{Review: 0.001})
	if err != nil {
		t.Fatal(err)
	}
	said := 0
	for _, k := range result.Links {
		if k.B != k.A+1 || k.A%2 != 0 {
			continue
		}
		said++
		if !strings.Contains(k.Why, "– | extra") {
			t.Errorf("rows %d and %d: %s", k.A+1, k.B+1, k.Why)
		}
		if e := p.Explain(Options{}, k.A, k.B); e.Why != k.Why {
			t.Errorf("the link says %q, the explanation %q", k.Why, e.Why)
		}
	}
	if said < len(words)/2 {
		t.Errorf("%d pairs are linked", said)
	}
}

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
