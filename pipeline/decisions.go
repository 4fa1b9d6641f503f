package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/unecho/unecho/dedupe"
	"github.com/unecho/unecho/pipeline/record"
)

// Decision is what a person said about two records, named by their lasting ids
// ([record.IDs]), so that it outlives the order and the rest of the list.
type Decision struct {
	A, B string
	Says Says
	// Links says that the decision is obeyed and does not move the weights:
	// the pair was not chosen to learn from.
	Links bool
}

// Says is the content of a decision.
type Says string

// What can be said about two records.
const (
	SaysSame      Says = "same"      // they are one thing
	SaysDifferent Says = "different" // they are two
	SaysRelated   Says = "related"   // they are two, and worth naming beside each other
)

// told are decisions about rows of the list, the smaller row first, each once.
type told struct {
	pairs  []toldPair
	unused []Decision // about records that the list does not have, or about one record alone
}

type toldPair struct {
	a, b  int
	says  Says
	links bool
}

// told finds the records that decisions are about.
func (l *List) told(decisions []Decision) (*told, error) {
	t := &told{}
	if len(decisions) == 0 {
		return t, nil
	}
	rows := make(map[string]int, l.Table.Len())
	for r, id := range record.IDs(l.Columns, l.Cells) {
		rows[id] = r
	}
	for _, d := range decisions {
		if d.Says != SaysSame && d.Says != SaysDifferent && d.Says != SaysRelated {
			return nil, &Error{Msg: fmt.Sprintf("%q is no decision about %s and %s", d.Says, d.A, d.B),
				Hint: fmt.Sprintf("say %s, %s or %s", SaysSame, SaysDifferent, SaysRelated)}
		}
		a, hasA := rows[d.A]
		b, hasB := rows[d.B]
		if !hasA || !hasB || a == b {
			t.unused = append(t.unused, d)
			continue
		}
		t.pairs = append(t.pairs, toldPair{min(a, b), max(a, b), d.Says, d.Links})
	}
	slices.SortFunc(t.pairs, func(x, y toldPair) int {
		teaches := 0
		if x.links != y.links {
			teaches = 1
			if y.links {
				teaches = -1
			}
		}
		return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b), cmp.Compare(x.says, y.says), teaches)
	})
	t.pairs = slices.CompactFunc(t.pairs, func(x, y toldPair) bool { return x.a == y.a && x.b == y.b && x.says == y.says })
	return t, nil
}

// answers gives the decisions as the matcher learns from them.
func (t *told) answers() []dedupe.Answer {
	answers := make([]dedupe.Answer, len(t.pairs))
	for i, p := range t.pairs {
		answers[i] = dedupe.Answer{A: p.a, B: p.b, Same: p.says == SaysSame, Links: p.links}
	}
	return answers
}

// apart gives the pairs that must not be joined.
func (t *told) apart() (pairs [][2]int) {
	for _, p := range t.pairs {
		if p.says != SaysSame {
			pairs = append(pairs, [2]int{p.a, p.b})
		}
	}
	return pairs
}

// parted gives the list searched such that equal records that were told apart
// are two: the same search where it knows them as two already.
func (s *Searched) parted(ctx context.Context, t *told, o Options) (*Searched, error) {
	for _, q := range t.apart() {
		if s.Equal(q[0], q[1]) {
			return Prepare(ctx, s.list, o)
		}
	}
	return s, nil
}

// standing gives the pairs that must not be joined as those that stand for
// them now.
func (f *Found) standing() (pairs [][2]int) {
	for _, q := range f.told.apart() {
		pairs = append(pairs, [2]int{int(f.Survivor[q[0]]), int(f.Survivor[q[1]])})
	}
	return pairs
}

// relate names the records that a person called related, as those that stand
// for them.
func (f *Found) relate() {
	known := len(f.Links)
	for _, p := range f.told.pairs {
		if p.says != SaysRelated {
			continue
		}
		e := f.Explain(int(f.Survivor[p.a]), int(f.Survivor[p.b]))
		e.Band, e.Why = record.Related, "you said so"
		f.Links = append(f.Links, e.Link)
	}
	if len(f.Links) == known {
		return
	}
	slices.SortStableFunc(f.Links, byRows)
	f.Links = slices.CompactFunc(f.Links, func(x, y record.Link) bool {
		return x.A == y.A && x.B == y.B && x.Band == record.Related && y.Band == record.Related
	})
}
