package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/unecho/unecho/dedupe"
	"github.com/unecho/unecho/pipeline/record"
)

// worst prints the pairs of a list that the weights judge worst, each as its
// sum: different things that look the same, and the same that look different.
func worst(w io.Writer, l *labelled, weights *dedupe.Weights, n int) {
	false_, missed := l.prepared.Worst(dedupe.Options{Weights: weights}, l.truth, l.scoredSources(), n)
	for i, pairs := range [][][2]int{false_, missed} {
		fmt.Fprintf(w, "\n%s: %s\n", l.name, [...]string{"different, but look the same", "the same, but look different"}[i])
		for _, p := range pairs {
			e := l.prepared.Explain(dedupe.Options{Weights: weights}, p[0], p[1])
			fmt.Fprintf(w, "%.3f %s %s | %s\n      %s\n      ", e.Probability, e.Band, l.prepared.Show(p[0]), l.prepared.Show(p[1]), e.Why)
			var parts []string
			for _, v := range e.Evidence {
				parts = append(parts, fmt.Sprintf("%s %+.2f (%s)", v.Name, v.Weight, v.Level))
			}
			fmt.Fprintln(w, strings.Join(parts, "; "))
		}
	}
}

// falselyCertain prints the different pairs of a list that the band certain
// would merge.
func falselyCertain(w io.Writer, l *labelled, weights *dedupe.Weights, n int) {
	merged, _ := l.prepared.Worst(dedupe.Options{Weights: weights}, l.truth, l.scoredSources(), 400)
	for _, p := range merged {
		e := l.prepared.Explain(dedupe.Options{Weights: weights}, p[0], p[1])
		if e.Band != record.Certain {
			continue
		}
		if n--; n < 0 {
			return
		}
		fmt.Fprintf(w, "%s %.3f %s | %s\n      %s\n", l.name, e.Probability, l.prepared.Show(p[0]), l.prepared.Show(p[1]), e.Why)
	}
}
