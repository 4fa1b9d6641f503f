package main

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"os"

	"golang.org/x/sync/errgroup"

	"github.com/unecho/unecho/pipeline"
	"github.com/unecho/unecho/pipeline/evaluate"
	"github.com/unecho/unecho/pipeline/profile"
)

// way is one way of running a list.
type way struct {
	Columns  string `json:"columns"`  // "all" or "title"
	Balanced bool   `json:"balanced"` // clean --balanced, else clean as it is
	Across   bool   `json:"across"`   // clean --across source
	// Answers is how many questions the truth has answered before.
	Answers int `json:"answers,omitempty"`
	// Wrong is set where one answer in ten was wrong.
	Wrong bool `json:"wrong,omitempty"`
}

// answered are the numbers of answers after which a list is measured, and
// answeredWrong the one after which it is when one answer in ten was wrong.
var answered = [...]int{10, 20, 50, 100}

const answeredWrong = 50

// gated says whether the gate of CI measures a way: the steps between, and
// what wrong answers do, would double its time and tell it little more.
func (w way) gated() bool {
	return !w.Wrong && (w.Answers == 0 || w.Answers == 10 || w.Answers == 50)
}

func (w way) String() string {
	s := w.Columns + ", cautious"
	if w.Balanced {
		s = w.Columns + ", balanced"
	}
	if w.Across {
		s += ", across"
	}
	if w.Answers > 0 {
		s += fmt.Sprintf(", %d answers", w.Answers)
	}
	if w.Wrong {
		s += ", one in ten wrong"
	}
	return s
}

// result is how a list fared in one way, rounded to four decimals.
type result struct {
	way
	Scores evaluate.Scores `json:"scores"`
}

// listQuality is one list with all its results.
type listQuality struct {
	Name    string   `json:"name"`
	Family  string   `json:"family"`
	Counted bool     `json:"counted"` // in the mean of its family
	Cross   bool     `json:"cross"`   // only pairs across tables count
	Results []result `json:"results"`
}

func (l *listQuality) find(w way) (evaluate.Scores, bool) {
	for _, r := range l.Results {
		if r.way == w {
			return r.Scores, true
		}
	}
	return evaluate.Scores{}, false
}

func (l *listQuality) has(w way) bool {
	_, ok := l.find(w)
	return ok
}

// means gives the rates of one list as if it were a family.
func (l *listQuality) means(w way) (means, bool) {
	s, ok := l.find(w)
	return means{w, s.Pairs.Rates, s.Surplus.Rates, s.BCubed}, ok
}

// measureAll runs the lists two at a time, and says how far it is.
func measureAll(ctx context.Context, lists []*list) ([]listQuality, error) {
	out := make([]listQuality, len(lists))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(2)
	for i, l := range lists {
		group.Go(func() (err error) {
			if out[i], err = measure(ctx, l); err != nil {
				return fmt.Errorf("%s: %w", l.name, err)
			}
			fmt.Fprintf(os.Stderr, "measured %s\n", l.name)
			return nil
		})
	}
	return out, group.Wait()
}

// measure runs one list in every way that it has: all columns and titles
// alone, cautious and balanced, for lists of several tables also across, and
// with all columns after some answers.
func measure(ctx context.Context, l *list) (listQuality, error) {
	q := listQuality{Name: l.name, Family: l.family, Counted: l.counted, Cross: l.Cross}
	for _, columns := range []string{"all", "title"} {
		for _, across := range []bool{false, true} {
			if across && l.Sources == nil {
				continue
			}
			scores, err := measureBoth(ctx, l, way{Columns: columns, Across: across})
			if err != nil {
				return q, err
			}
			q.Results = append(q.Results, scores...)
		}
	}
	return q, nil
}

// measureBoth reads the list once and searches it cautiously and balanced.
func measureBoth(ctx context.Context, l *list, w way) ([]result, error) {
	o := pipeline.Options{
		Inputs: []string{"-"}, From: "csv",
		Stdin: bytes.NewReader(l.table(w.Columns == "title", w.Across)),
	}
	if w.Across {
		o.Columns = profile.Overrides{Across: "source"}
	}
	list, err := pipeline.Read(ctx, o)
	if err != nil {
		return nil, err
	}
	if n := list.Table.Len(); n != len(l.Rows) {
		return nil, fmt.Errorf("%d records were read, %d stand there", n, len(l.Rows))
	}
	in, err := pipeline.Prepare(ctx, list, o)
	if err != nil {
		return nil, err
	}
	sources := l.Scored()
	var out []result
	for _, balanced := range []bool{false, true} {
		w.Balanced, o.Balanced = balanced, balanced
		found, err := pipeline.MatchPrepared(ctx, in, o)
		if err != nil {
			return nil, err
		}
		out = append(out, result{w, rounded(evaluate.Score(l.Truth, found.Cluster, sources))})
	}
	if w.Columns != "all" {
		return out, nil
	}
	for _, wrong := range []bool{false, true} {
		if wrong && l.gate {
			break
		}
		answers, err := measureAnswers(ctx, in, o, l, wrong)
		if err != nil {
			return nil, err
		}
		for _, r := range answers {
			r.Columns, r.Across = w.Columns, w.Across
			out = append(out, r)
		}
	}
	return out, nil
}

// rounded keeps four decimals, so that the file of figures can be compared by eye.
func rounded(s evaluate.Scores) evaluate.Scores {
	for _, r := range []*evaluate.Rates{&s.Pairs.Rates, &s.Surplus.Rates, &s.BCubed} {
		r.Precision, r.Recall, r.F1 = round(r.Precision), round(r.Recall), round(r.F1)
	}
	return s
}

func round(x float64) float64 { return math.Round(x*1e4) / 1e4 }
