package main

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"github.com/unecho/unecho/pipeline"
	"github.com/unecho/unecho/pipeline/evaluate"
	"github.com/unecho/unecho/pipeline/review"
)

// editor answers questions at a desk as a person would, by the truth or with
// every tenth answer wrong.
type editor struct {
	desk  review.Desk
	truth []int32
	wrong bool
	given int
}

// measureAnswers lets the truth answer at the desk that the screens use, into
// a ledger of its own, and scores what one search under that ledger finds. A
// list about which fewer questions can be asked counts with what it has come
// to.
func measureAnswers(ctx context.Context, searched *pipeline.Searched, o pipeline.Options, l *list, wrong bool) (out []result, err error) {
	folder, err := os.MkdirTemp("", "quality")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	o.Ledgers, o.Balanced = []string{filepath.Join(folder, l.name+review.Ending)}, false
	desk, err := pipeline.DeskOn(ctx, searched, o, seconds(), "truth", "quality")
	if err != nil {
		return nil, err
	}
	e := &editor{desk: desk, truth: l.Truth, wrong: wrong}
	steps := answered[:]
	if wrong {
		steps = []int{answeredWrong}
	}
	for _, n := range steps {
		if l.gate && !(way{Answers: n}).gated() {
			continue
		}
		if err := e.answer(n); err != nil {
			return nil, err
		}
		for _, balanced := range []bool{false, true} {
			o.Balanced = balanced
			labels, err := pipeline.LabelsDecided(ctx, searched, o)
			if err != nil {
				return nil, err
			}
			out = append(out, result{way{Answers: n, Balanced: balanced, Wrong: wrong}, rounded(evaluate.Score(l.Truth, labels, l.Scored()))})
		}
	}
	return out, nil
}

// answer goes on until n answers were given or nothing is left to ask. What
// they teach is kept. An answer that contradicts those before is not taken;
// the question is put off.
func (e *editor) answer(n int) error {
	for refused := 0; e.given < n; {
		if _, ok := e.desk.Lesson(); ok {
			if err := e.desk.Learn(true); err != nil {
				return err
			}
		}
		card, ok := e.desk.Next()
		if !ok || refused > n {
			return nil
		}
		choice := review.Choice{Kind: e.says(card), A: card.A.ID, B: card.B.ID}
		if _, err := e.desk.Decide(choice); err == nil {
			e.given++
			continue
		}
		refused++
		choice.Kind = review.Skip
		if _, err := e.desk.Decide(choice); err != nil {
			return err
		}
	}
	return nil
}

// says is the answer to a question. One in ten is wrong, from the fifth on.
func (e *editor) says(card review.Card) review.Kind {
	same := e.truth[card.A.Row-1] == e.truth[card.B.Row-1]
	if e.wrong && e.given%10 == 4 {
		same = !same
	}
	if same {
		return review.Same
	}
	return review.Different
}

// seconds is a clock that goes on by a second with each look: the same answers
// are the same ledger.
func seconds() func() time.Time {
	now := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	return func() time.Time {
		now = now.Add(time.Second)
		return now
	}
}
