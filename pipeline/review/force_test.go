package review_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/unecho/unecho/pipeline/review"
)

// holding gives what holds, as kinds by pair.
func holding(f *review.InForce) map[string]review.Kind {
	out := map[string]review.Kind{}
	for _, d := range f.Decisions {
		out[min(d.A.ID, d.B.ID)+max(d.A.ID, d.B.ID)] = d.Kind
	}
	return out
}

func TestInForce(t *testing.T) {
	undo := func(at int, ids ...string) review.Decision {
		return review.Decision{Kind: review.Undo, Undoes: ids, By: "ann", At: day(at)}
	}
	first := said(review.Same, "a", "b", "ann", 1).Sealed()
	back := undo(3, first.ID).Sealed()
	for name, c := range map[string]struct {
		decisions []review.Decision
		want      review.Kind // of a and b; "" when nothing holds
		conflicts int
	}{
		"said":                         {[]review.Decision{first}, review.Same, 0},
		"the last word of one person":  {[]review.Decision{first, said(review.Related, "b", "a", "ann", 2)}, review.Related, 0},
		"taken back":                   {[]review.Decision{first, back}, "", 0},
		"taken back, and that too":     {[]review.Decision{first, back, undo(4, back.ID)}, review.Same, 0},
		"an older word comes up again": {[]review.Decision{said(review.Different, "a", "b", "ann", 0), first, back}, review.Different, 0},
		"two people":                   {[]review.Decision{first, said(review.Different, "a", "b", "bob", 2)}, review.Different, 1},
		"two people who agree":         {[]review.Decision{first, said(review.Same, "b", "a", "bob", 2)}, review.Same, 0},
		"a skip says nothing":          {[]review.Decision{first, said(review.Skip, "a", "b", "bob", 2)}, review.Same, 0},
		"only a skip":                  {[]review.Decision{said(review.Skip, "a", "b", "bob", 2)}, review.Skip, 0},
		"copies of a record":           {[]review.Decision{said(review.Same, "a-2", "b-13", "ann", 1), said(review.Different, "a", "b", "ann", 2)}, review.Different, 0},
	} {
		f := ledgerOf(t, c.decisions...).InForce()
		got := holding(f)
		if len(f.Conflicts) != c.conflicts || len(got) > 1 {
			t.Errorf("%s: %v, %d conflicts", name, got, len(f.Conflicts))
		}
		for _, kind := range got {
			if kind != c.want {
				t.Errorf("%s: %s holds, want %q", name, kind, c.want)
			}
		}
		if len(got) == 0 && c.want != "" {
			t.Errorf("%s: nothing holds, want %s", name, c.want)
		}
	}
}

func TestLastGivesTheWholeStroke(t *testing.T) {
	stroke := func(a, b string) review.Decision {
		d := said(review.Same, a, b, "ann", 2)
		d.Batch = "b1"
		return d
	}
	l := ledgerOf(t, said(review.Same, "a", "b", "ann", 1), stroke("c", "d"), stroke("e", "f"), said(review.Different, "x", "y", "bob", 3))
	if ids := l.Last("ann"); len(ids) != 2 {
		t.Errorf("the last stroke of ann has %d decisions", len(ids))
	}
	if ids := l.Last(""); len(ids) != 1 {
		t.Errorf("the last decision of anybody is %v", ids)
	}
	if ids := l.Last("eve"); ids != nil {
		t.Errorf("eve decided %v", ids)
	}
}

// The order of lines, and doubling them, changes nothing: ledgers merge as text.
func TestLedgersMergeAsText(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	kinds := []review.Kind{review.Same, review.Different, review.Related, review.Skip}
	for range 100 {
		var ds []review.Decision
		for i := range 12 {
			d := said(kinds[rng.IntN(4)], string(rune('a'+rng.IntN(3))), string(rune('d'+rng.IntN(2))), []string{"ann", "bob"}[rng.IntN(2)], rng.IntN(30)).Sealed()
			if i > 4 && rng.IntN(4) == 0 {
				d = review.Decision{Kind: review.Undo, Undoes: []string{ds[rng.IntN(i)].ID}, At: day(rng.IntN(40))}.Sealed()
			}
			ds = append(ds, d)
		}
		want := ledgerOf(t, ds...).InForce()
		rng.Shuffle(len(ds), func(i, j int) { ds[i], ds[j] = ds[j], ds[i] })
		got := ledgerOf(t, append(ds, ds[:5]...)...).InForce()
		if len(got.Decisions) != len(want.Decisions) || len(got.Conflicts) != len(want.Conflicts) {
			t.Fatalf("%d and %d hold, %d and %d conflicts", len(got.Decisions), len(want.Decisions), len(got.Conflicts), len(want.Conflicts))
		}
		for i := range got.Decisions {
			if got.Decisions[i].ID != want.Decisions[i].ID {
				t.Fatal("something else holds in another order")
			}
		}
	}
}

// Cohen 1960: of 50 pairs, 20 and 15 agreed on, 5 and 10 not, give 0.4.
func TestKappa(t *testing.T) {
	var a, b []review.Decision
	add := func(n int, x, y review.Kind) {
		for range n {
			id := string(rune('A' + len(a)))
			a, b = append(a, said(x, id, "z", "ann", 1)), append(b, said(y, id, "z", "bob", 1))
		}
	}
	add(20, review.Same, review.Same)
	add(5, review.Same, review.Different)
	add(10, review.Different, review.Same)
	add(15, review.Different, review.Different)
	got := review.Agree(ledgerOf(t, a...), ledgerOf(t, append(b, said(review.Same, "only", "bob", "bob", 1))...))
	if got.Pairs != 50 || got.Agreed != 35 || math.Abs(got.Kappa-0.4) > 1e-9 {
		t.Errorf("%+v", got)
	}
}
