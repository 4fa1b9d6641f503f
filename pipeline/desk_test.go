package pipeline_test

import (
	"context"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/unecho/unecho/pipeline"
	"github.com/unecho/unecho/pipeline/review"
)

// ticking is a clock that goes on by a second with each look.
func ticking() func() time.Time {
	now := time.Date(2024, 5, 1, 9, 0, 0, 0, time.UTC)
	return func() time.Time {
		now = now.Add(time.Second)
		return now
	}
}

// office is a list in a folder of its own, with a desk for it.
type office struct {
	t       *testing.T
	o       pipeline.Options
	clock   func() time.Time
	desk    review.Desk
	header  []string
	records [][]string
}

// newOffice copies a list of comma-separated values and opens a desk on it.
func newOffice(t *testing.T, path string, o pipeline.Options) *office {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Skipf("%s is not there", path)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	o.Inputs = []string{filepath.Join(t.TempDir(), "list.csv")}
	of := &office{t: t, o: o, clock: ticking(), header: rows[0], records: rows[1:]}
	of.write()
	of.open()
	return of
}

func (of *office) write() {
	of.t.Helper()
	var text strings.Builder
	w := csv.NewWriter(&text)
	w.Write(of.header)
	w.WriteAll(of.records)
	if err := os.WriteFile(of.o.Inputs[0], []byte(text.String()), 0o666); err != nil {
		of.t.Fatal(err)
	}
}

// open opens the desk again, as after a crash: nothing was closed.
func (of *office) open() {
	of.t.Helper()
	desk, err := pipeline.OpenDesk(context.Background(), of.o, of.clock, "ann", "test")
	if err != nil {
		of.t.Fatal(err)
	}
	of.desk = desk
}

// memory is what an editor has said, stroke by stroke: the slow reference to
// which the desk is held. Records are known by content.
type memory struct{ strokes [][]saying }

type saying struct {
	kind review.Kind
	a, b string
}

func (m *memory) say(sayings ...saying) { m.strokes = append(m.strokes, sayings) }

func (m *memory) undo() { m.strokes = m.strokes[:max(0, len(m.strokes)-1)] }

// settled says whether a pair is decided, or follows from decisions over a chain.
func (m *memory) settled(a, b string) bool {
	last := map[[2]string]review.Kind{}
	for _, stroke := range m.strokes {
		for _, s := range stroke {
			if s.kind.Pairwise() {
				last[[2]string{min(s.a, s.b), max(s.a, s.b)}] = s.kind
			}
		}
	}
	group := map[string]string{}
	name := func(x string) string {
		if g, ok := group[x]; ok {
			return g
		}
		return x
	}
	for range last { // as often as a chain may be long
		for pair, kind := range last {
			if p, q := name(pair[0]), name(pair[1]); kind == review.Same && p != q {
				for x, g := range group {
					if g == p {
						group[x] = q
					}
				}
				group[p], group[pair[0]] = q, q
			}
		}
	}
	if name(a) == name(b) {
		return true
	}
	for pair, kind := range last {
		if p, q := name(pair[0]), name(pair[1]); kind == review.Different || kind == review.Related {
			if p == name(a) && q == name(b) || p == name(b) && q == name(a) {
				return true
			}
		}
	}
	return false
}

// TestNothingIsAskedTwice is the law of the desk: whatever is answered, taken
// back, put off, learned, and wherever the desk is left and opened again, on
// the list in another order and with records more, no pair is shown that is
// decided or that decisions imply.
func TestNothingIsAskedTwice(t *testing.T) {
	rounds := 6
	if testing.Short() {
		rounds = 2
	}
	for _, name := range []string{"references.csv", "people.csv", "products.csv"} {
		for seed := range rounds {
			for _, balanced := range []bool{false, true} {
				t.Run(fmt.Sprintf("%s/%d/%v", name, seed, balanced), func(t *testing.T) {
					t.Parallel()
					of := newOffice(t, filepath.Join("..", "testdata", name), pipeline.Options{Balanced: balanced, Review: 0.2})
					of.ramble(rand.New(rand.NewPCG(uint64(seed), 7)), 60)
				})
			}
		}
	}
}

// ramble does what an editor might do, at random.
func (of *office) ramble(r *rand.Rand, steps int) {
	t := of.t
	t.Helper()
	m := &memory{}
	for range steps {
		card, ok := of.desk.Next()
		if again, still := of.desk.Next(); still != ok || again.A.ID != card.A.ID || again.B.ID != card.B.ID {
			t.Fatal("the question changed without an answer")
		}
		if ok && m.settled(review.Content(card.A.ID), review.Content(card.B.ID)) {
			t.Fatalf("asked although it is settled:\n%s\n%s\nafter %v", card.A.Text, card.B.Text, m.strokes)
		}
		for i, q := range of.desk.Ahead(5) {
			if m.settled(review.Content(q.A.ID), review.Content(q.B.ID)) {
				t.Fatalf("%d ahead is settled: %s | %s", i, q.A.Text, q.B.Text)
			}
			if i == 0 && q.A.ID != card.A.ID {
				t.Fatalf("the first ahead is not the next: %s, %s", q.A.Text, card.A.Text)
			}
		}
		switch what := r.IntN(12); {
		case what == 0:
			_, _, undone, err := of.desk.Undo()
			if err != nil || undone != (len(m.strokes) > 0) {
				t.Fatalf("undo: %v, %v with %d strokes", undone, err, len(m.strokes))
			}
			m.undo()
		case what == 1:
			of.open()
		case what == 2:
			r.Shuffle(len(of.records), func(i, j int) { of.records[i], of.records[j] = of.records[j], of.records[i] })
			if r.IntN(2) == 0 { // a third record that resembles another
				third := append([]string{}, of.records[r.IntN(len(of.records))]...)
				third[r.IntN(len(third))] += " again"
				of.records = append(of.records, third)
			}
			of.write()
			of.open()
		case what == 3:
			if _, ok := of.desk.Lesson(); ok {
				if err := of.desk.Learn(r.IntN(3) > 0); err != nil {
					t.Fatal(err)
				}
				m.say(saying{kind: review.Learn})
			}
		case what == 4:
			of.confirm(m, r)
		case ok:
			kind := []review.Kind{review.Same, review.Different, review.Different, review.Related, review.Skip}[r.IntN(5)]
			if _, err := of.desk.Decide(review.Choice{Kind: kind, A: card.A.ID, B: card.B.ID}); err != nil {
				t.Fatal(err)
			}
			m.say(saying{kind, review.Content(card.A.ID), review.Content(card.B.ID)})
		}
	}
}

func (of *office) confirm(m *memory, r *rand.Rand) {
	var pairs [][2]string
	var stroke []saying
	for _, card := range of.desk.Obvious(0.7) {
		if r.IntN(2) == 0 {
			pairs = append(pairs, [2]string{card.A.ID, card.B.ID})
		}
	}
	before := of.desk.Head().Decided
	if _, err := of.desk.Confirm(pairs); err != nil {
		of.t.Fatal(err)
	}
	for _, c := range of.desk.Recent(of.desk.Head().Decided - before) {
		stroke = append(stroke, saying{c.Kind, review.Content(c.A), review.Content(c.B)})
	}
	if len(stroke) > 0 {
		m.say(stroke...)
	}
}
