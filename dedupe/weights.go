package dedupe

import (
	"bufio"
	_ "embed"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Weights are the match weights: a base and, for each comparison, levels with
// the nats that each adds to the log-odds. The shipped ones were learned from
// labelled lists by cmd/learn; the file says how.
type Weights struct {
	Base   float64
	Levels [][]Level // by comparison, in the order of Measures
	Held   []Held    // how far its probabilities held on kinds of list not seen, by rising probability; nil when nobody measured
	Notes  []string  // what the file says of itself, line by line
}

// Level is one comparison level: it holds for values above the level before
// and up to UpTo. NaN is the level of "nothing to compare".
type Level struct {
	UpTo   float64
	Weight float64 // nats of log-odds
}

//go:embed weights.csv
var shippedWeights string

// Shipped gives the weights that are part of the program.
func Shipped() *Weights {
	w, err := ReadWeights(strings.NewReader(shippedWeights), "weights.csv")
	if err != nil {
		panic(err) // the embedded file is held by a test
	}
	return w
}

// weightsVersion is the first line of a weights file; another version has
// other comparisons.
const weightsVersion = "unecho weights 1"

// ReadWeights reads a weights file: the version line, lines of notes that
// begin with #, then comparison,up_to,weight with up_to a number, inf or none
// (nothing to compare); and for the bands of probability from up_to on, "held"
// and "held at worst" with the share that was right. name stands in errors. It fails on another version, an
// unknown comparison, levels out of order, a weight that is not a number, and
// a comparison without levels.
func ReadWeights(r io.Reader, name string) (*Weights, error) {
	w := &Weights{Levels: make([][]Level, measureCount), Base: math.NaN()}
	in := bufio.NewScanner(r)
	for n := 1; in.Scan(); n++ {
		line := strings.TrimSpace(in.Text())
		var err error
		switch {
		case n == 1 && line != weightsVersion:
			err = fmt.Errorf("the first line is %q, wanted %q", line, weightsVersion)
		case n == 1 || line == "" || line == "comparison,up_to,weight":
		case strings.HasPrefix(line, "#"):
			w.Notes = append(w.Notes, strings.TrimSpace(line[1:]))
		default:
			err = w.add(line)
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	if err := in.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if math.IsNaN(w.Base) {
		return nil, fmt.Errorf("%s: there is no line for the base", name)
	}
	for i, levels := range w.Levels {
		if len(levels) > 0 && !math.IsInf(levels[len(levels)-1].UpTo, 1) {
			return nil, fmt.Errorf("%s: the last level of %q is not up to inf", name, measures[i].key)
		}
	}
	return w, nil
}

// add takes one line of a weights file.
func (w *Weights) add(line string) error {
	f := strings.Split(line, ",")
	if len(f) != 3 {
		return fmt.Errorf("%d fields, wanted comparison,up_to,weight", len(f))
	}
	weight, err := strconv.ParseFloat(f[2], 64)
	if err != nil || math.IsNaN(weight) || math.IsInf(weight, 0) {
		return fmt.Errorf("weight %q is not a number", f[2])
	}
	if f[0] == "base" {
		w.Base = weight
		return nil
	}
	if f[0] == heldMean || f[0] == heldWorst {
		from, err := strconv.ParseFloat(f[1], 64)
		if err != nil {
			return fmt.Errorf("up_to %q is not a number", f[1])
		}
		return w.addHeld(f[0], from, weight)
	}
	i := slices.IndexFunc(measures[:], func(m measureInfo) bool { return m.key == f[0] })
	if i < 0 {
		return fmt.Errorf("unknown comparison %q", f[0])
	}
	upTo := math.NaN()
	if f[1] != "none" {
		if upTo, err = strconv.ParseFloat(f[1], 64); err != nil || math.IsNaN(upTo) {
			return fmt.Errorf("up_to %q is neither a number nor inf nor none", f[1])
		}
	}
	levels := w.Levels[i]
	if n := len(levels); n > 0 && !(upTo > levels[n-1].UpTo) && !math.IsNaN(levels[n-1].UpTo) {
		return fmt.Errorf("levels of %q are not in order", f[0])
	}
	w.Levels[i] = append(levels, Level{upTo, weight})
	return nil
}

// Write writes the weights in the form that ReadWeights reads.
func (w *Weights) Write(out io.Writer) error {
	b := bufio.NewWriter(out)
	fmt.Fprintln(b, weightsVersion)
	for _, n := range w.Notes {
		fmt.Fprintln(b, strings.TrimSpace("# "+n))
	}
	fmt.Fprintln(b, "comparison,up_to,weight")
	fmt.Fprintf(b, "base,,%.4f\n", w.Base)
	for _, h := range w.Held {
		fmt.Fprintf(b, "%s,%g,%.3f\n%s,%g,%.3f\n", heldMean, h.From, h.Mean, heldWorst, h.From, h.Worst)
	}
	for i, levels := range w.Levels {
		for _, l := range levels {
			up := "none"
			if !math.IsNaN(l.UpTo) {
				up = strings.ToLower(strconv.FormatFloat(l.UpTo, 'g', 5, 64))
				up = strings.TrimPrefix(up, "+")
			}
			fmt.Fprintf(b, "%s,%s,%.4f\n", measures[i].key, up, l.Weight)
		}
	}
	return b.Flush()
}

// weight is what the level of a value adds.
func (w *Weights) weight(m measure, v float64) float64 { return levelWeight(w.Levels[m], v) }

// levelWeight finds the level that a value falls into; 0 without levels.
func levelWeight(levels []Level, v float64) float64 {
	if len(levels) == 0 {
		return 0
	}
	if math.IsNaN(v) {
		if math.IsNaN(levels[0].UpTo) {
			return levels[0].Weight
		}
		return 0
	}
	for _, l := range levels {
		if v <= l.UpTo {
			return l.Weight
		}
	}
	return 0
}

// score is the sum of the evidence: the log-odds that the two are the same.
func (w *Weights) score(c *comparison) float64 {
	sum := w.Base
	for m := range measureCount {
		sum += w.weight(m, float64(c[m]))
	}
	return sum
}

// probability turns log-odds into a probability.
func probability(score float64) float64 { return 1 / (1 + math.Exp(-score)) }

// logOdds is the inverse of probability.
func logOdds(p float64) float64 { return math.Log(p / (1 - p)) }
