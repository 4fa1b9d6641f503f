package review_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/unecho/unecho/pipeline/record"
	"github.com/unecho/unecho/pipeline/review"
)

// table makes a list; the first line names the columns.
func table(lines ...string) *review.List {
	var columns []record.Column
	for i, name := range strings.Split(lines[0], "|") {
		role := record.Other
		if i == 0 {
			role = record.Title
		}
		columns = append(columns, record.Column{Name: name, Role: role})
	}
	var cells []string
	for _, line := range lines[1:] {
		cells = append(cells, strings.Split(line, "|")...)
	}
	return review.NewList(columns, cells)
}

// about is a decision about two rows of a list.
func about(l *review.List, kind review.Kind, a, b int) review.Decision {
	return review.Decision{Kind: kind, A: l.Ref(a), B: l.Ref(b), By: "ann", At: day(1)}.Sealed()
}

func TestDecisionsFindTheirRecords(t *testing.T) {
	old := table("title|author|year",
		"The garden of winter|Ann Lee|2001", "A garden in winter|Ann Lee|2001", "Copper and how to mine it|Dan Oak|1999", "Falcons|Kim Ash|", "Falcons|Kim Ash|")
	d := about(old, review.Different, 0, 1)
	for name, c := range map[string]struct {
		today   *review.List
		carried string // what was corrected; "-" when the decision is missing
		a, b    int
	}{
		"the same list":      {old, "", 0, 1},
		"another order":      {table("title|author|year", "Falcons|Kim Ash|", "A garden in winter|Ann Lee|2001", "The garden of winter|Ann Lee|2001"), "", 1, 2},
		"columns moved":      {table("year|title|author", "2001|The garden of winter|Ann Lee", "2001|A garden in winter|Ann Lee"), "", 0, 1},
		"a column added":     {table("title|author|year|shelf", "The garden of winter|Ann Lee|2001|A7", "A garden in winter|Ann Lee|2001|B2"), "", 0, 1},
		"a column gone":      {table("title|year", "The garden of winter|2001", "A garden in winter|2001"), "", 0, 1},
		"heads in capitals":  {table("TITLE|Author|Year", "The garden of winter|Ann Lee|2001", "A garden in winter|Ann Lee|2001"), "", 0, 1},
		"a slip corrected":   {table("title|author|year", "The gardens of winter|Ann Lee|2001", "A garden in winter|Ann Lee|2001"), `"title" was corrected since`, 0, 1},
		"a year corrected":   {table("title|author|year", "The garden of winter|Ann Lee|2002", "A garden in winter|Ann Lee|2001"), `"year" was corrected since`, 0, 1},
		"two changed":        {table("title|author|year", "The gardens of winter|Ann Lee|2002", "A garden in winter|Ann Lee|2001"), "-", 0, 0},
		"another title":      {table("title|author|year", "Lanterns|Ann Lee|2001", "A garden in winter|Ann Lee|2001"), "-", 0, 0},
		"a record gone":      {table("title|author|year", "The garden of winter|Ann Lee|2001"), "-", 0, 0},
		"two that it may be": {table("title|author|year", "The gardens of winter|Ann Lee|2001", "The gardenz of winter|Ann Lee|2001", "A garden in winter|Ann Lee|2001"), "-", 0, 0},
	} {
		r := ledgerOf(t, d).InForce().On(c.today)
		switch {
		case c.carried == "-":
			if len(r.Pairs) != 0 || len(r.Missing) != 1 {
				t.Errorf("%s: found %v", name, r.Pairs)
			}
		case len(r.Pairs) != 1 || r.Pairs[0].A != c.a || r.Pairs[0].B != c.b:
			t.Errorf("%s: %+v, missing %d", name, r.Pairs, len(r.Missing))
		case c.carried == "" && len(r.Carried) != 0 || c.carried != "" && (len(r.Carried) != 1 || r.Carried[0].What != c.carried):
			t.Errorf("%s: carried %+v, want %q", name, r.Carried, c.carried)
		}
	}
}

// A number is never a slip: part I of a thing is not part II.
func TestNumbersAreNotCarriedOver(t *testing.T) {
	old := table("title", "The garden, part 1", "The gardens, part 1")
	today := table("title", "The garden, part 2", "The gardens, part 1")
	if r := ledgerOf(t, about(old, review.Same, 0, 1)).InForce().On(today); len(r.Pairs) != 0 {
		t.Errorf("carried over to another part: %+v", r.Pairs)
	}
}

func TestCopiesToldApart(t *testing.T) {
	l := table("title|author", "Falcons|Kim Ash", "Copper|Dan Oak", "Falcons|Kim Ash")
	r := ledgerOf(t, about(l, review.Different, 0, 2)).InForce().On(l)
	if len(r.Pairs) != 1 || r.Pairs[0].A != 0 || r.Pairs[0].B != 2 {
		t.Errorf("%+v", r.Pairs)
	}
	one := table("title|author", "Falcons|Kim Ash")
	if r := ledgerOf(t, about(l, review.Different, 0, 2)).InForce().On(one); len(r.Missing) != 1 {
		t.Errorf("one is left of two copies: %+v", r)
	}
}

func TestValuesGoStale(t *testing.T) {
	l := table("title|year", "Falcons|1999", "Copper|1950")
	d := review.Decision{Kind: review.Value, A: l.Ref(0), Column: "Year", Was: "1999", Value: "2001", By: "ann", At: day(1)}
	if r := ledgerOf(t, d).InForce().On(l); len(r.Values) != 1 || r.Values[0].Row != 0 || r.Values[0].Column != 1 {
		t.Errorf("%+v", r)
	}
	if r := ledgerOf(t, d).InForce().On(table("title|year", "Falcons|2001")); len(r.Values) != 1 || len(r.Stale) != 0 {
		t.Errorf("the list reads as the person said: %+v", r)
	}
	if r := ledgerOf(t, d).InForce().On(table("title|year", "Falcons|2005")); len(r.Values) != 0 || len(r.Stale) != 1 {
		t.Errorf("the list reads otherwise: %+v", r)
	}
}

// In a list of any size, shuffled and with a new column, each decision finds
// the very records that it was about.
func TestEveryDecisionIsFound(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 9))
	for range 30 {
		lines := []string{"title|author|year"}
		for i := range 60 {
			lines = append(lines, fmt.Sprintf("Title %c%c number %d|Author %d|%d", 'a'+rng.IntN(26), 'a'+rng.IntN(26), i, rng.IntN(9), 1990+rng.IntN(9)))
		}
		old := table(lines...)
		var ds []review.Decision
		for range 20 {
			a := rng.IntN(60)
			ds = append(ds, about(old, review.Different, a, (a+1+rng.IntN(59))%60))
		}
		order := rng.Perm(60)
		new := []string{"title|author|year|shelf"}
		for _, r := range order {
			new = append(new, lines[r+1]+fmt.Sprintf("|%d", r))
		}
		today := table(new...)
		r := ledgerOf(t, ds...).InForce().On(today)
		if len(r.Missing)+len(r.Carried) != 0 {
			t.Fatalf("missing %d, carried %d", len(r.Missing), len(r.Carried))
		}
		for _, p := range r.Pairs {
			got := [2]string{today.Text(p.A), today.Text(p.B)}
			if got != [2]string{p.Decision.A.Text, p.Decision.B.Text} && got != [2]string{p.Decision.B.Text, p.Decision.A.Text} {
				t.Fatalf("%v is about %q and %q", got, p.Decision.A.Text, p.Decision.B.Text)
			}
		}
	}
}
