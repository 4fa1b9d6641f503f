package review_test

import (
	"math/rand/v2"
	"testing"

	"github.com/unecho/unecho/pipeline/review"
)

// What History says of each decision is what InForce obeys: a decision in
// force holds unless somebody contradicts it, one that holds says what is in
// force, and what was taken back is out of both.
func TestHistoryTellsWhatIsInForce(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 1))
	for range 300 {
		l := randomLedger(t, random)
		force, history := l.InForce(), map[string]review.Past{}
		for _, p := range l.History() {
			history[p.ID] = p
			if back := p.State == review.TakenBack; back != l.Undone(p.ID) {
				t.Fatalf("%s is %s, and taken back is %v", p.ID, p.State, l.Undone(p.ID))
			}
			if (p.State == review.Holds) != (p.Through == "") {
				t.Fatalf("%s is %s through %q", p.ID, p.State, p.Through)
			}
		}
		contradicted := map[string]bool{}
		for _, c := range force.Conflicts {
			contradicted[c.A.ID], contradicted[c.B.ID] = true, true
		}
		kinds := holding(force)
		for _, d := range force.Decisions {
			want := review.Holds
			if contradicted[d.ID] {
				want = review.Contradicted
			}
			if history[d.ID].State != want {
				t.Fatalf("%s is in force and %s, want %s", d.ID, history[d.ID].State, want)
			}
		}
		for _, p := range history {
			if p.State == review.Holds && p.Kind != review.Undo && kinds[min(p.A.ID, p.B.ID)+max(p.A.ID, p.B.ID)] != p.Kind {
				t.Fatalf("%s holds as %s, and %s is in force", p.ID, p.Kind, kinds[min(p.A.ID, p.B.ID)+max(p.A.ID, p.B.ID)])
			}
		}
	}
}

// randomLedger holds what three people said about three pairs, and undos, of
// undos too.
func randomLedger(t *testing.T, random *rand.Rand) *review.Ledger {
	kinds := []review.Kind{review.Same, review.Different, review.Related, review.Skip}
	var decisions []review.Decision
	for at := range 2 + random.IntN(14) {
		by := []string{"ann", "ben", ""}[random.IntN(3)]
		d := said(kinds[random.IntN(len(kinds))], "a", []string{"b", "c", "d"}[random.IntN(3)], by, at).Sealed()
		if len(decisions) > 0 && random.IntN(3) == 0 {
			d = review.Decision{Kind: review.Undo, Undoes: []string{decisions[random.IntN(len(decisions))].ID}, By: by, At: day(at)}.Sealed()
		}
		decisions = append(decisions, d)
	}
	return ledgerOf(t, decisions...)
}

func TestContradictions(t *testing.T) {
	same, other := said(review.Same, "a", "b", "user", 1).Sealed(), said(review.Different, "b", "a", "user", 2).Sealed()
	back := review.Decision{Kind: review.Undo, Undoes: []string{same.ID}, By: "user", At: day(3)}
	for name, c := range map[string]struct {
		a, b []review.Decision
		want int
	}{
		"the same name in two files":   {[]review.Decision{same}, []review.Decision{other}, 1},
		"the same word":                {[]review.Decision{same}, []review.Decision{said(review.Same, "b", "a", "ben", 2)}, 0},
		"a later copy of one ledger":   {[]review.Decision{same}, []review.Decision{same, other}, 0},
		"taken back in the other file": {[]review.Decision{same}, []review.Decision{other, back}, 0},
		"a skip":                       {[]review.Decision{same}, []review.Decision{said(review.Skip, "a", "b", "ben", 2)}, 0},
	} {
		a, b := ledgerOf(t, c.a...), ledgerOf(t, c.b...)
		x, y := review.Contradictions(a, b), review.Contradictions(b, a)
		if len(x) != c.want || len(y) != c.want {
			t.Errorf("%s: %d and %d contradictions, want %d", name, len(x), len(y), c.want)
		}
		if len(x) > 0 && (x[0].A.ID != same.ID || y[0].A.ID != same.ID) {
			t.Errorf("%s: the earlier is not first", name)
		}
	}
}
