package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/unecho/unecho/dedupe"
	"github.com/unecho/unecho/pipeline"
	"github.com/unecho/unecho/pipeline/evaluate"
)

// answersTable shows what answers are worth on lists whose family the weights
// have not seen: pair F1 and surplus F1, balanced, after so many truthful
// answers, and at the end the surplus precision and recall of the default. steps is comma-separated; 0 comes first of itself.
func answersTable(ctx context.Context, w io.Writer, lists []*labelled, o dedupe.LearnOptions, shipped bool, steps string) error {
	at := []int{0}
	for _, word := range strings.Split(steps, ",") {
		n, err := strconv.Atoi(word)
		if err != nil || n < 1 {
			return fmt.Errorf("-answers %q: not a number of answers", word)
		}
		at = append(at, n)
	}
	slices.Sort(at)
	families := map[string][][]after{}
	weights := map[string]*dedupe.Weights{}
	for _, l := range lists {
		if l.family == own {
			continue
		}
		if weights[l.family] == nil {
			weights[l.family] = dedupe.Shipped()
			if !shipped {
				weights[l.family] = dedupe.Learn(samples(lists, l.family), o)
			}
		}
		scores, err := afterAnswers(ctx, l, weights[l.family], at)
		if err != nil {
			return fmt.Errorf("%s: %w", l.name, err)
		}
		families[l.family] = append(families[l.family], scores)
		answersLine(w, l.name, [][]after{scores})
	}
	fmt.Fprintln(w)
	var names []string
	for name := range families {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		answersLine(w, name, families[name])
	}
	answersMean(w, families, names, len(at))
	return nil
}

// after is how a list is cleaned after some answers.
type after struct{ clean, balanced evaluate.Scores }

// afterAnswers scores a list after each of the numbers of answers.
func afterAnswers(ctx context.Context, l *labelled, weights *dedupe.Weights, at []int) ([]after, error) {
	points, err := pipeline.AnswerCurve(ctx, l.prepared, pipeline.Options{Weights: weights}, l.truth, l.scoredSources(), at[len(at)-1])
	var scores []after
	for _, n := range at {
		var last after
		for _, p := range points {
			if p.Answers <= n {
				last = after{p.Default, p.Balanced}
			}
		}
		scores = append(scores, last)
	}
	return scores, err
}

// means gives the mean pair and surplus F1 of lists at step i.
func means(lists [][]after, i int) (pairs, surplus float64) {
	n := float64(len(lists))
	for _, l := range lists {
		pairs += l[i].balanced.Pairs.F1 / n
		surplus += l[i].balanced.Surplus.F1 / n
	}
	return pairs, surplus
}

func answersLine(w io.Writer, name string, lists [][]after) {
	fmt.Fprintf(w, "%-34s", name)
	for i := range lists[0] {
		pairs, surplus := means(lists, i)
		fmt.Fprintf(w, "   %.3f %.3f", pairs, surplus)
	}
	fmt.Fprintln(w)
}

// answersMean ends the table: what balanced comes to on the mean of families,
// and the surplus precision and recall of the default, with films and without,
// whose labels miss true pairs.
func answersMean(w io.Writer, families map[string][][]after, names []string, steps int) {
	fmt.Fprintf(w, "%-34s", "mean over families")
	for i := range steps {
		var pairs, surplus float64
		for _, name := range names {
			p, s := means(families[name], i)
			pairs += p / float64(len(names))
			surplus += s / float64(len(names))
		}
		fmt.Fprintf(w, "   %.3f %.3f", pairs, surplus)
	}
	fmt.Fprintln(w)
	for _, without := range []string{"", "films"} {
		n := 0.0
		precision, recall := make([]float64, steps), make([]float64, steps)
		for _, name := range names {
			if name == without {
				continue
			}
			n++
			for _, l := range families[name] {
				for i := range steps {
					precision[i] += l[i].clean.Surplus.Precision / float64(len(families[name]))
					recall[i] += l[i].clean.Surplus.Recall / float64(len(families[name]))
				}
			}
		}
		fmt.Fprintf(w, "%-34s", strings.TrimSuffix("default, surplus P R, without "+without, ", without "))
		for i := range steps {
			fmt.Fprintf(w, "   %.3f %.3f", precision[i]/n, recall[i]/n)
		}
		fmt.Fprintln(w)
	}
}
