package pipeline_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/unecho/unecho/pipeline"
	"github.com/unecho/unecho/pipeline/record"
	"github.com/unecho/unecho/pipeline/review"
)

// auditable is a list in which what is merged is wrong now and then, and some
// repeats are missed; truth names the thing of each line.
func auditable(random *rand.Rand, things int) (lines []string, truth map[string]int) {
	words := strings.Fields("amber birch cedar dune elder fjord gorge heath iris juniper kelp larch moss nettle oak pine quarry reed sedge thistle")
	places := strings.Fields("Oslo Kiel Rome Bern Cork Lund Pisa Brno")
	truth = map[string]int{}
	add := func(thing int, title, place string) {
		line := title + "," + place
		if _, there := truth[line]; !there {
			truth[line] = thing
			lines = append(lines, line)
		}
	}
	for thing := range things {
		pick := func() string { return words[random.IntN(len(words))] }
		title := fmt.Sprintf("The %s and the %s of the %s %s", pick(), pick(), pick(), pick())
		place := places[random.IntN(len(places))]
		add(thing, title, place)
		switch random.IntN(4) {
		case 0:
			add(thing, "Radio: "+title, place)
		case 1:
			add(thing, strings.ToUpper(title)+"!", place)
		case 2: // another thing by accident
			add(things+thing, title+" (live)", place)
		}
	}
	return append([]string{"title,place"}, lines...), truth
}

// auditOf opens an audit of a list with a clock that stands.
func auditOf(t *testing.T, o pipeline.Options, sample int, seed uint64) *pipeline.Audit {
	t.Helper()
	at := time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)
	audit, err := pipeline.OpenAudit(t.Context(), o, sample, seed, func() time.Time { at = at.Add(time.Second); return at }, "ann")
	if err != nil {
		t.Fatal(err)
	}
	return audit
}

// wrong counts the merges of a report's list that are wrong, by the truth.
func wrong(list *pipeline.List, found *pipeline.Found, truth map[string]int) (merges int) {
	for r, s := range found.Survivor {
		if thing(list, r, truth) != thing(list, int(s), truth) {
			merges++
		}
	}
	return merges
}

func thing(list *pipeline.List, row int, truth map[string]int) int {
	n := len(list.Columns)
	return truth[strings.Join(list.Table.Cells[row*n:(row+1)*n], ",")]
}

// What the statement claims of the merges is true of the list as it is written
// with the answers, in nearly every audit that is answered by the truth.
func TestStatementHolds(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 4))
	broken, audits := 0, 12
	for round := range audits {
		lines, truth := auditable(random, 40)
		o := pipeline.Options{Balanced: true}
		listOf(t, &o, lines...)
		audit := auditOf(t, o, 10+random.IntN(40), uint64(round+1))
		for i, p := range audit.Pairs {
			kind := review.Different
			if thing(audit.List, p.A, truth) == thing(audit.List, p.B, truth) {
				kind = review.Same
			}
			if err := audit.Answer(i, kind); err != nil {
				t.Fatal(err)
			}
		}
		s, err := audit.Finish(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		list, err := pipeline.Read(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		recalled, err := pipeline.Recall(list, o)
		if err != nil {
			t.Fatal(err)
		}
		found := match(t, list, recalled.Decided(o))
		if n := wrong(list, found, truth); n > s.WrongAtMost {
			broken++
			t.Logf("%d merges are wrong, of %s", n, s.Words())
		}
		report, err := pipeline.Run(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		if report.Audit == nil || !report.Audit.Holds || report.Audit.WrongAtMost != s.WrongAtMost {
			t.Errorf("the report has not the audit: %+v", report.Audit)
		}
		if report.Decisions.Learned > 0 {
			t.Errorf("the answers of an audit moved the weights: %v", report.Decisions.Words)
		}
	}
	if broken > 1 {
		t.Errorf("%d of %d statements are not true", broken, audits)
	}
}

// The same list draws the same sample, in whatever order it stands, and
// another seed another; what was answered is not drawn again.
func TestSampleIsOfTheList(t *testing.T) {
	lines, _ := auditable(rand.New(rand.NewPCG(5, 5)), 60)
	o := pipeline.Options{}
	listOf(t, &o, lines...)
	first := drawn(auditOf(t, o, 12, 0))
	if again := drawn(auditOf(t, o, 12, 0)); !slices.Equal(first, again) {
		t.Error("the same list drew another sample")
	}
	if other := drawn(auditOf(t, o, 12, 7)); slices.Equal(first, other) {
		t.Error("another seed drew the same sample")
	}
	turned := slices.Clone(lines)
	slices.Reverse(turned[1:])
	var p pipeline.Options
	listOf(t, &p, turned...)
	if again := drawn(auditOf(t, p, 12, 0)); !slices.Equal(first, again) {
		t.Errorf("in another order it drew\n%v\nand not\n%v", again, first)
	}
	audit := auditOf(t, o, 12, 0)
	for i := range 6 {
		if err := audit.Answer(i, review.Different); err != nil {
			t.Fatal(err)
		}
	}
	for _, pair := range drawn(auditOf(t, o, 1000, 0)) {
		if slices.Contains(first[:6], pair) {
			t.Errorf("%s was answered and is drawn again", pair)
		}
	}
}

// drawn names the pairs of a sample by their ids.
func drawn(a *pipeline.Audit) []string {
	ids := record.IDs(a.List.Columns, a.List.Cells)
	var out []string
	for _, p := range a.Pairs {
		out = append(out, min(ids[p.A], ids[p.B])+" "+max(ids[p.A], ids[p.B]))
	}
	return out
}

// A list that is grouped in another way than when it was audited says so.
func TestStatementEndsWithTheGrouping(t *testing.T) {
	o := pipeline.Options{}
	listOf(t, &o, talks...)
	audit := auditOf(t, o, 100, 0)
	for i := range audit.Pairs {
		kind := review.Different
		if audit.Stratum(i).Merges {
			kind = review.Same
		}
		if err := audit.Answer(i, kind); err != nil {
			t.Fatal(err)
		}
	}
	s, err := audit.Finish(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if s.WrongAtMost != 0 || s.RepeatsAtMost != 0 || !s.MergesKnown || !s.NearKnown {
		t.Errorf("all was looked at, and the statement is %v", s.Words())
	}
	holds := func() bool {
		r, err := pipeline.Run(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		return r.Audit != nil && r.Audit.Holds
	}
	if !holds() {
		t.Error("the statement does not hold of the list as it was audited")
	}
	back := review.Decision{Kind: review.Undo, Undoes: s.Answers[:1], By: "ann", At: time.Unix(19e8, 0)}.Sealed()
	ledger := filepath.Join(filepath.Dir(o.Inputs[0]), "list"+review.Ending)
	if _, err := review.Append(ledger, back); err != nil {
		t.Fatal(err)
	}
	if holds() {
		t.Error("the statement holds without an answer that it rests on")
	}
	if _, err := review.Append(ledger, review.Decision{Kind: review.Undo, Undoes: []string{back.ID}, By: "ann", At: time.Unix(19e8+1, 0)}); err != nil {
		t.Fatal(err)
	}
	if !holds() {
		t.Error("the statement does not hold although all answers do again")
	}
	list, err := pipeline.Read(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	refs := review.NewList(list.Columns, list.Cells)
	if _, err := review.Append(ledger,
		review.Decision{Kind: review.Same, A: refs.Ref(5), B: refs.Ref(6), By: "ben", At: time.Unix(2e9, 0)}); err != nil {
		t.Fatal(err)
	}
	if holds() {
		t.Error("the statement holds of another grouping")
	}
}
