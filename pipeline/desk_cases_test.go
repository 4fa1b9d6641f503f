package pipeline_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/unecho/unecho/pipeline"
	"github.com/unecho/unecho/pipeline/review"
)

// shelf is a list with three questions, and a pair that is merged without
// asking.
const shelf = `title,author
The long walk to the northern sea,Ann Miller
The long walk to the northern lakes,Ann Miller
Gardens of the north,Tom Baker
Gardens in the north of Scotland,Tom Baker
Bread without wheat,Eve Cook
Bread with little wheat,Eve Cook
A history of the harbour town,Jo Stone
A History of the Harbour Town,Jo Stone
`

// shelfDesk opens a desk on a list written as it stands here.
func shelfDesk(t *testing.T, text string) *office {
	t.Helper()
	path := filepath.Join(t.TempDir(), "shelf.csv")
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return newOffice(t, path, pipeline.Options{})
}

// next gives the question, which must be there.
func (of *office) next() review.Card {
	of.t.Helper()
	card, ok := of.desk.Next()
	if !ok {
		of.t.Fatal("nothing is asked")
	}
	return card
}

func (of *office) decide(c review.Choice) review.Effect {
	of.t.Helper()
	effect, err := of.desk.Decide(c)
	if err != nil {
		of.t.Fatal(err)
	}
	return effect
}

// say answers the next question.
func (of *office) say(kind review.Kind) review.Card {
	of.t.Helper()
	card := of.next()
	of.decide(review.Choice{Kind: kind, A: card.A.ID, B: card.B.ID})
	return card
}

// as opens the desk for another person.
func (of *office) as(name string) {
	of.t.Helper()
	desk, err := pipeline.OpenDesk(context.Background(), of.o, of.clock, name, "test")
	if err != nil {
		of.t.Fatal(err)
	}
	of.desk = desk
}

func TestUndoReachesPastSittings(t *testing.T) {
	of := shelfDesk(t, shelf)
	first := of.say(review.Different)
	second := of.say(review.Same)
	of.open()
	for _, want := range []review.Card{second, first} {
		undone, _, ok, err := of.desk.Undo()
		if err != nil || !ok || undone.A != want.A.ID || undone.B != want.B.ID {
			t.Fatalf("took back %+v (%v, %v), want %s | %s", undone, ok, err, want.A.Text, want.B.Text)
		}
		if next := of.next(); next.A.ID != want.A.ID {
			t.Errorf("taken back, and %q is asked", next.A.Text)
		}
	}
	if _, _, ok, err := of.desk.Undo(); ok || err != nil {
		t.Errorf("took back what nobody decided: %v", err)
	}
	if head := of.desk.Head(); head.Decided != 0 || head.Left != 3 {
		t.Errorf("%+v", head)
	}
}

func TestStrokeIsUndoneInOne(t *testing.T) {
	of := shelfDesk(t, shelf)
	cards := of.desk.Obvious(0.5)
	if len(cards) != 3 {
		t.Fatalf("%d questions from even odds on", len(cards))
	}
	var pairs [][2]string
	for _, c := range cards {
		pairs = append(pairs, [2]string{c.A.ID, c.B.ID})
	}
	if _, err := of.desk.Confirm(append(pairs, pairs[0])); err != nil {
		t.Fatal(err)
	}
	if head := of.desk.Head(); head.Decided != 3 || head.Left != 0 || head.Sitting != 3 {
		t.Errorf("%+v", head)
	}
	if _, err := of.desk.Confirm(pairs); err != nil {
		t.Error(err)
	}
	of.open()
	if _, _, ok, err := of.desk.Undo(); !ok || err != nil {
		t.Fatal(ok, err)
	}
	if head := of.desk.Head(); head.Decided != 0 || head.Left != 3 {
		t.Errorf("%+v", head)
	}
}

func TestKeepAndValueReachTheGroupAndTheOutputs(t *testing.T) {
	of := shelfDesk(t, shelf)
	card := of.next()
	of.decide(review.Choice{Kind: review.Same, A: card.A.ID, B: card.B.ID, Keep: card.B.ID})
	of.decide(review.Choice{Kind: review.Value, A: card.A.ID, Column: "author", Value: "Anna Miller"})
	group, err := of.desk.Group(card.A.ID)
	if err != nil || len(group.Records) != 2 || group.Records[0].ID != card.B.ID {
		t.Fatalf("%+v, %v", group, err)
	}
	if want := []string{card.B.Text, "Anna Miller"}; !slices.Equal(group.Merged, want) {
		t.Errorf("the clean list would read %q, want %q", group.Merged, want)
	}
	summary, err := of.desk.Done()
	if err != nil || len(summary) < 3 {
		t.Fatal(summary, err)
	}
	clean, err := os.ReadFile(strings.TrimSuffix(of.o.Inputs[0], ".csv") + ".clean.csv")
	if err != nil || !strings.Contains(string(clean), card.B.Text+",Anna Miller") || strings.Contains(string(clean), card.A.Text) {
		t.Errorf("%v\n%s", err, clean)
	}
	if _, _, ok, _ := of.desk.Undo(); !ok {
		t.Fatal("the value is not taken back")
	}
	if group, _ = of.desk.Group(card.A.ID); group.Merged[1] != "Ann Miller" {
		t.Errorf("%q", group.Merged)
	}
}

func TestWrongProbeStopsMerging(t *testing.T) {
	of := shelfDesk(t, shelf+"Letters from the harbour in spring,Lu\nLetters from the harbor in spring,Lu\nLetters from the sea in autumn,Lu Li\nLetter from the sea in autumn,Lu Li\n")
	probe := of.desk.Probe(10)
	if len(probe) == 0 || of.desk.Head().Merged < 2 {
		t.Fatalf("%d pairs to look at, %d records merged", len(probe), of.desk.Head().Merged)
	}
	left := of.desk.Head().Left
	effect := of.decide(review.Choice{Kind: review.Different, A: probe[0].A.ID, B: probe[0].B.ID, Probe: true})
	if !effect.Stopped || len(effect.Words) != 1 {
		t.Errorf("%+v", effect)
	}
	head := of.desk.Head()
	if !head.Stopped || head.Left < left+len(probe)-1 {
		t.Errorf("after %d questions: %+v", left, head)
	}
	of.open()
	if again := of.desk.Head(); again.Left != head.Left || !again.Stopped {
		t.Errorf("opened again: %+v", again)
	}
	if _, _, ok, err := of.desk.Undo(); !ok || err != nil {
		t.Fatal(ok, err)
	}
	if head := of.desk.Head(); head.Stopped || head.Left != left {
		t.Errorf("taken back: %+v", head)
	}
}

// A decision about a record that was corrected since is shown once.
func TestCarriedDecisionIsShownOnce(t *testing.T) {
	of := shelfDesk(t, shelf)
	card := of.say(review.Different)
	text, err := os.ReadFile(of.o.Inputs[0])
	if err != nil {
		t.Fatal(err)
	}
	corrected := strings.Replace(string(text), card.A.Text+",", card.A.Text+"s,", 1)
	if err := os.WriteFile(of.o.Inputs[0], []byte(corrected), 0o666); err != nil {
		t.Fatal(err)
	}
	of.open()
	if head := of.desk.Head(); head.Carried != 1 || head.Decided != 1 {
		t.Fatalf("%+v", head)
	}
	again := of.next()
	if again.Carried == "" || again.A.Text != card.A.Text+"s" {
		t.Fatalf("shown is %q, carried %q", again.A.Text, again.Carried)
	}
	of.decide(review.Choice{Kind: review.Same, A: again.A.ID, B: again.B.ID})
	for range 2 {
		if head := of.desk.Head(); head.Carried != 0 || head.Decided != 1 || len(of.desk.Recent(9)) != 1 {
			t.Errorf("%+v, %v", head, of.desk.Recent(9))
		}
		if next := of.next(); next.Carried != "" {
			t.Error("shown again")
		}
		of.open()
	}
	if _, _, ok, err := of.desk.Undo(); !ok || err != nil {
		t.Fatal(ok, err)
	}
	if next := of.next(); next.Carried == "" {
		t.Error("what was carried over is not back")
	}
}

func TestPeopleDoNotOverruleEachOtherInSilence(t *testing.T) {
	of := shelfDesk(t, shelf)
	card := of.say(review.Different)
	of.as("bob")
	_, err := of.desk.Decide(review.Choice{Kind: review.Same, A: card.A.ID, B: card.B.ID})
	if err == nil || !strings.Contains(err.Error(), `ann said "different"`) {
		t.Error(err)
	}
	of.decide(review.Choice{Kind: review.Different, A: card.A.ID, B: card.B.ID})
	of.as("ann")
	of.decide(review.Choice{Kind: review.Different, A: card.A.ID, B: card.B.ID})
	if shown, err := of.desk.Card(card.A.ID, card.B.ID); err != nil || len(shown.Said) != 3 || shown.Said[1].By != "bob" {
		t.Errorf("%+v, %v", shown.Said, err)
	}
}

// Two programs at one ledger see each other's answers.
func TestAnswersOfAnotherProcessAreSeen(t *testing.T) {
	of := shelfDesk(t, shelf)
	other, err := pipeline.OpenDesk(context.Background(), of.o, func() time.Time { return of.clock().Add(-time.Hour) }, "ann", "test")
	if err != nil {
		t.Fatal(err)
	}
	of.say(review.Different)
	if card, ok := other.Next(); !ok || card.A.ID == of.desk.Recent(1)[0].A || other.Head().Decided != 1 {
		t.Errorf("%q is asked, %+v", card.A.Text, other.Head())
	}
	card := of.say(review.Same)
	if _, err := other.Decide(review.Choice{Kind: review.Skip, A: card.A.ID, B: card.B.ID}); err == nil {
		t.Error("put off what was answered elsewhere in the meantime")
	}
}

// An answer that a chain of answers contradicts is refused: no run could obey.
func TestContradictionIsRefused(t *testing.T) {
	of := shelfDesk(t, shelf)
	a, b := of.next().A.ID, of.next().B.ID
	c, far := of.desk.Ahead(9)[1].A.ID, of.desk.Ahead(9)[2].B.ID
	of.decide(review.Choice{Kind: review.Same, A: a, B: b})
	of.decide(review.Choice{Kind: review.Different, A: b, B: c})
	if _, err := of.desk.Decide(review.Choice{Kind: review.Same, A: a, B: c}); err == nil {
		t.Error("the same as what its partner is not")
	}
	of.decide(review.Choice{Kind: review.Same, A: b, B: c})
	if _, err := of.desk.Decide(review.Choice{Kind: review.Related, A: a, B: c}); err == nil {
		t.Error("kept apart from what its partner is the same as")
	}
	for _, c := range []review.Choice{
		{Kind: review.Same, A: a, B: a}, {Kind: review.Same, A: a, B: "nobody"}, {Kind: "perhaps", A: a, B: b}, {Kind: review.Stop, Value: review.Yes},
		{Kind: review.Value, A: a, Column: "publisher"}, {Kind: review.Keep, A: "nobody"}, {Kind: review.Same, A: a, B: b, Keep: far},
	} {
		if _, err := of.desk.Decide(c); err == nil {
			t.Errorf("%+v was taken", c)
		}
	}
	of.open()
}

// Copies of one record can be told apart, and stay so.
func TestCopiesAreToldApart(t *testing.T) {
	of := shelfDesk(t, shelf+"The same thing twice,Jo\nThe same thing twice,Jo\n")
	var twins []string
	for _, id := range recordIDs(t, of.o) {
		if group, _ := of.desk.Group(id); len(group.Records) == 2 && group.Records[0].Text == "The same thing twice" {
			twins = []string{group.Records[0].ID, group.Records[1].ID}
		}
	}
	if twins == nil {
		t.Fatal("no copies")
	}
	of.decide(review.Choice{Kind: review.Different, A: twins[0], B: twins[1]})
	for range 2 {
		if group, err := of.desk.Group(twins[0]); err != nil || len(group.Records) != 1 {
			t.Errorf("%+v, %v", group, err)
		}
		of.open()
	}
}

// recordIDs are the ids of a list.
func recordIDs(t *testing.T, o pipeline.Options) []string {
	t.Helper()
	list, err := pipeline.Read(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return review.NewList(list.Columns, list.Cells).IDs()
}
