package pipeline_test

import (
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"testing"

	"github.com/unecho/unecho/pipeline"
	"github.com/unecho/unecho/pipeline/evaluate"
	"github.com/unecho/unecho/pipeline/review"
)

// column reads one column of a file of comma-separated values.
func column(t *testing.T, path, name string) []string {
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
	for c, header := range rows[0] {
		if header == name {
			var values []string
			for _, row := range rows[1:] {
				values = append(values, row[c])
			}
			return values
		}
	}
	t.Fatalf("%s has no column %q", path, name)
	return nil
}

// editor knows the truth and answers by it.
type editor struct {
	of       *office
	searched *pipeline.Searched
	truth    []int32 // by row
}

// newEditor opens a desk on a labelled list whose columns that score it are
// taken out.
func newEditor(t *testing.T, folder string, o pipeline.Options) *editor {
	t.Helper()
	records := filepath.Join(folder, "records.csv")
	ids, clusters := column(t, filepath.Join(folder, "truth.csv"), "id"), column(t, filepath.Join(folder, "truth.csv"), "cluster")
	numbers, of := map[string]int32{}, map[string]int32{}
	for i, id := range ids {
		n, known := numbers[clusters[i]]
		if !known {
			n = int32(len(numbers))
			numbers[clusters[i]] = n
		}
		of[id] = n
	}
	e := &editor{}
	for _, id := range column(t, records, "id") {
		e.truth = append(e.truth, of[id])
	}
	o.Columns.Ignore = []string{"id"}
	e.of = newOffice(t, records, o)
	list, err := pipeline.Read(context.Background(), e.of.o)
	if err != nil {
		t.Fatal(err)
	}
	if e.searched, err = pipeline.Prepare(context.Background(), list, e.of.o); err != nil {
		t.Fatal(err)
	}
	return e
}

// leave opens a new desk over the ledger, as after a crash.
func (e *editor) leave() {
	e.of.t.Helper()
	desk, err := pipeline.DeskOn(context.Background(), e.searched, e.of.o, e.of.clock, "ann", "test")
	if err != nil {
		e.of.t.Fatal(err)
	}
	e.of.desk = desk
}

// answer gives up to n truthful answers, and keeps what they teach.
func (e *editor) answer(n int) {
	t := e.of.t
	t.Helper()
	for range n {
		if _, ok := e.of.desk.Lesson(); ok {
			if err := e.of.desk.Learn(true); err != nil {
				t.Fatal(err)
			}
		}
		card, ok := e.of.desk.Next()
		if !ok {
			return
		}
		kind := review.Different
		if e.truth[card.A.Row-1] == e.truth[card.B.Row-1] {
			kind = review.Same
		}
		if _, err := e.of.desk.Decide(review.Choice{Kind: kind, A: card.A.ID, B: card.B.ID}); err != nil {
			t.Fatal(err)
		}
	}
}

// score cleans the list as its ledger says, balanced or not.
func (e *editor) score(balanced bool) evaluate.Scores {
	t := e.of.t
	t.Helper()
	o := e.of.o
	o.Balanced = balanced
	found, err := pipeline.MatchDecided(context.Background(), e.searched, o)
	if err != nil {
		t.Fatal(err)
	}
	return evaluate.Score(e.truth, found.Cluster, nil)
}

// TestEditorAnswersByTruth lets an editor answer labelled lists by their truth
// and leaves the desk, as by a crash, after each few answers: none that was
// acknowledged is lost, and the list gets better.
func TestEditorAnswersByTruth(t *testing.T) {
	if testing.Short() {
		t.Skip("lists of a thousand records take their time")
	}
	for _, way := range []struct {
		list     string
		balanced bool
	}{{"bib_stroke", false}, {"people_fake1000", true}} {
		t.Run(way.list, func(t *testing.T) {
			t.Parallel()
			e := newEditor(t, filepath.Join("..", "..", "shared", "datasets", way.list), pipeline.Options{Balanced: way.balanced})
			first := e.score(way.balanced).Pairs.F1
			for _, n := range []int{10, 20, 50, 100} {
				before := e.of.desk.Head()
				e.answer(n - before.Decided)
				if before = e.of.desk.Head(); before.Left > 0 && before.Decided != n {
					t.Fatalf("%d pairs decided by %d answers", before.Decided, n)
				}
				e.leave()
				if after := e.of.desk.Head(); after.Decided != before.Decided || after.Left != before.Left && before.Left > 0 {
					t.Fatalf("%d decided and %d left before the desk was left, %d and %d after", before.Decided, before.Left, after.Decided, after.Left)
				}
				s := e.score(way.balanced)
				t.Logf("after %d answers pair F1 %.3f, surplus F1 %.3f, precision %.3f; %d decided, %d implied, %d left",
					n, s.Pairs.F1, s.Surplus.F1, s.Surplus.Precision, before.Decided, before.Implied, before.Left)
				if s.Pairs.F1 < first-0.02 || n >= 50 && s.Pairs.F1 < 0.98 {
					t.Errorf("pair F1 %.3f after %d answers, %.3f before any", s.Pairs.F1, n, first)
				}
				if before.Left == 0 {
					break
				}
			}
		})
	}
}
