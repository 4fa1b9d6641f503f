package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/unecho/unecho/dedupe"
	"github.com/unecho/unecho/pipeline/evaluate"
)

// thresholds are the probabilities that a choice is judged at.
var thresholds = []float64{0.35, 0.45, 0.5, 0.55, 0.65}

// judged is how a setting does on families that it has not seen: the means
// over families, by threshold.
type judged struct {
	pairs, surplus [5]float64
	family         map[string][5]float64
}

// best is the threshold at which the mean of both is largest.
func (j *judged) best() (at int, value float64) {
	for i := range thresholds {
		if v := (j.pairs[i] + j.surplus[i]) / 2; v > value {
			at, value = i, v
		}
	}
	return at, value
}

// judge learns without each family in turn and measures the others.
func judge(ctx context.Context, lists []*labelled, o dedupe.LearnOptions) judged {
	var families []string
	for _, l := range lists {
		if !slices.Contains(families, l.family) {
			families = append(families, l.family)
		}
	}
	// The project's own samples are taught with every family and are no
	// measure of how the weights do on lists of others.
	families = slices.DeleteFunc(families, func(f string) bool { return f == own })
	j := judged{family: map[string][5]float64{}}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, f := range families {
		wg.Go(func() {
			w := dedupe.Learn(samples(lists, f), o)
			var pairs, surplus [5]float64
			n := 0.0
			for _, l := range lists {
				if l.family != f || l.titles {
					continue
				}
				n++
				for i, t := range thresholds {
					do := dedupe.Options{Weights: w, Balanced: true, Same: t}
					labels, err := l.prepared.Labels(ctx, do)
					if err != nil {
						panic(err)
					}
					s := evaluate.Score(l.truth, labels, l.scoredSources())
					pairs[i] += s.Pairs.F1
					surplus[i] += s.Surplus.F1
				}
			}
			mu.Lock()
			defer mu.Unlock()
			for i := range thresholds {
				j.pairs[i] += pairs[i] / n / float64(len(families))
				j.surplus[i] += surplus[i] / n / float64(len(families))
				pairs[i] = (pairs[i] + surplus[i]) / n / 2
			}
			j.family[f] = pairs
		})
	}
	wg.Wait()
	return j
}

// show prints one setting.
func (j *judged) show(w io.Writer, name string) {
	at, v := j.best()
	fmt.Fprintf(w, "%-40s %.4f at %.1f  pairs %.3f surplus %.3f ", name, v, thresholds[at], j.pairs[at], j.surplus[at])
	var names []string
	for f := range j.family {
		names = append(names, f)
	}
	slices.Sort(names)
	for _, f := range names {
		fmt.Fprintf(w, " %s %.3f", f[:4], j.family[f][at])
	}
	fmt.Fprintln(w)
}

// choose takes comparisons away one by one, always the one whose loss costs
// least or gains most, and says what each set comes to.
func choose(ctx context.Context, w io.Writer, lists []*labelled, o dedupe.LearnOptions, rounds int) {
	for range rounds {
		bestValue, bestKey := 0.0, ""
		for _, key := range dedupe.Measures() {
			if slices.Contains(o.Skip, key) {
				continue
			}
			try := o
			try.Skip = append(slices.Clone(o.Skip), key)
			j := judge(ctx, lists, try)
			_, v := j.best()
			j.show(w, "without "+key)
			if v > bestValue {
				bestValue, bestKey = v, key
			}
		}
		o.Skip = append(o.Skip, bestKey)
		fmt.Fprintf(w, "dropped %s: %.4f with -skip %s\n", bestKey, bestValue, strings.Join(o.Skip, ","))
	}
}
