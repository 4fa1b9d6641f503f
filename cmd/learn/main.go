// Learn fits the match weights to labelled lists and shows how they do on
// lists of a kind that they have not seen.
//
//	go run ./cmd/learn ../shared/datasets                    the table, each family left out in turn
//	go run ./cmd/learn -o dedupe/weights.csv ../shared/datasets   and the weights learned from all of them
//	go run ./cmd/learn -o mine.csv my-lists                       weights of your own, for unecho --weights mine.csv
//
// A labelled list is a folder with records.csv (id first) and truth.csv
// (id,cluster). docs/learning.md says more.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/unecho/unecho/dedupe"
	"github.com/unecho/unecho/pipeline/evaluate"
)

func main() {
	if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(2)
	}
}

func run(args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("learn", flag.ContinueOnError)
	out := flags.String("o", "", "write the weights learned from all lists to this file")
	only := flags.String("only", "", "only lists whose name contains one of these, comma-separated; =NAME learns from all and shows NAME")
	ridge := flags.Float64("ridge", 0, "strength of the pull towards 0")
	share := flags.Float64("share", 0, "weight of the same pairs of a list in all its pairs")
	levels := flags.Int("levels", 0, "most levels of a comparison")
	skip := flags.String("skip", "", "comparisons to leave out, comma-separated")
	free := flags.String("free", "", "comparisons whose given levels are learned instead, comma-separated")
	across := flags.Bool("across", false, "tell the matcher that a source holds no repeats")
	worstOf := flags.Int("worst", 0, "print so many of the worst pairs of each list")
	certain := flags.Int("certain", 0, "print so many different pairs of each list that would be merged as certain")
	sweep := flags.Bool("sweep", false, "only the means over families, at several thresholds")
	rounds := flags.Int("choose", 0, "take away so many comparisons, one by one")
	answers := flags.String("answers", "", "show what answers are worth after so many of them, 10,20,50 …, comma-separated")
	same := flags.Float64("same", 0, "probability above which balanced merges")
	shipped := flags.Bool("shipped", false, "show the shipped weights instead of learning")
	dir := flags.String("samples", "testdata", "folder of the project's samples, which teach parts and numbers; empty for none")
	if err := flags.Parse(args); err != nil {
		return err
	}
	root := "../shared/datasets"
	if flags.NArg() > 0 {
		root = flags.Arg(0)
	}
	ctx := context.Background()
	lists, err := loadAll(ctx, root, *only, loadOptions{across: *across, samples: *dir}, stderr)
	if err != nil {
		return err
	}
	o := dedupe.LearnOptions{Ridge: *ridge, Share: *share, Levels: *levels, Skip: words(*skip), Free: words(*free)}
	switch {
	case *out != "":
		weights := dedupe.Learn(samples(lists, ""), o)
		weights.Held = held(lists, o)
		return write(*out, weights, lists)
	case *worstOf > 0 || *certain > 0:
		show(stdout, lists, o, *worstOf, *certain)
	case *sweep:
		j := judge(ctx, lists, o)
		j.show(stdout, "all comparisons")
	case *rounds > 0:
		choose(ctx, stdout, lists, o, *rounds)
	case *answers != "":
		return answersTable(ctx, stdout, lists, o, *shipped, *answers)
	default:
		return table(ctx, stdout, lists, o, *shipped, *same)
	}
	return nil
}

// words cuts a list of words at its commas.
func words(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ",")
}

// show prints the mistakes on lists of a kind that the weights have not seen.
func show(w io.Writer, lists []*labelled, o dedupe.LearnOptions, worstOf, certain int) {
	for _, l := range lists {
		if l.family == own || !l.focus {
			continue
		}
		weights := dedupe.Learn(samples(lists, l.family), o)
		if worstOf > 0 {
			worst(w, l, weights, worstOf)
		}
		if certain > 0 {
			falselyCertain(w, l, weights, certain)
		}
	}
}

// loadAll reads the lists below root whose name fits.
func loadAll(ctx context.Context, root, only string, o loadOptions, stderr io.Writer) ([]*labelled, error) {
	names, err := find(root)
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("no labelled lists below %s", root)
	}
	lists, err := ownSamples(ctx, o.samples)
	if err != nil {
		return nil, err
	}
	for _, l := range lists {
		l.reached(stderr, 0)
	}
	for _, name := range names {
		focus := only == "" || slices.ContainsFunc(strings.Split(only, ","), func(s string) bool { return strings.Contains(name, s) })
		if strings.HasPrefix(only, "=") {
			focus = strings.Contains(name, only[1:])
		} else if !focus {
			continue
		}
		start := time.Now()
		l, err := load(ctx, root, name, o)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		l.focus = focus
		if l.alone != nil {
			lists = append(lists, l.alone)
		}
		l.reached(stderr, time.Since(start))
		lists = append(lists, l)
	}
	return lists, nil
}

// reached says what the candidates reach.
func (l *labelled) reached(w io.Writer, took time.Duration) {
	reach := l.prepared.Reach(l.truth, l.scoredSources())
	fmt.Fprintf(w, "%-36s %6d records %7d pairs %5.1f a record, reach %.3f  %s  main text %s\n", l.name, len(l.truth), reach.Pairs, float64(reach.Pairs)/float64(len(l.truth)), reach.Recall, took.Round(time.Millisecond), l.prepared.MainText())
}

// scoredSources is nil where pairs within a source count.
func (l *labelled) scoredSources() []int32 {
	if l.across {
		return l.sources
	}
	return nil
}

// ownWeight is how much the project's own samples count, in families: they are
// small lists, as most people's are, and teach what no other family does.
const ownWeight = 3

// samples labels the pairs of all lists but those of one family.
func samples(lists []*labelled, without string) []*dedupe.Sample {
	var s []*dedupe.Sample
	for _, l := range lists {
		if l.family != without {
			sample := l.prepared.Sample(l.truth, l.name, l.family)
			if l.family == own {
				sample.Weight = ownWeight
			}
			s = append(s, sample)
		}
	}
	return s
}

// row is what one list, or the mean of a family, came to.
type row struct {
	name            string
	clean, balanced evaluate.Scores
	cleanP, cleanR  float64 // surplus
	pairF1, surplus float64
	bcubed          float64
	n               int
}

// titlesAlone marks the means over lists of which only the main text is seen.
const titlesAlone = ", titles alone"

// table shows each list at the default and balanced, with weights that have
// not seen its family, and the means of families.
func table(ctx context.Context, w io.Writer, lists []*labelled, o dedupe.LearnOptions, shipped bool, same float64) error {
	weights := map[string]*dedupe.Weights{}
	families := map[string]*row{}
	var order []string
	fmt.Fprintf(w, "%-34s %18s  %27s  %27s\n", "", "clean: surplus P R", "balanced: pairs P R F1", "surplus F1, B-cubed F1")
	for _, l := range lists {
		if weights[l.family] == nil {
			if shipped {
				weights[l.family] = dedupe.Shipped()
			} else {
				weights[l.family] = dedupe.Learn(samples(lists, l.family), o)
			}
		}
		r := row{name: l.name, n: 1}
		for _, balanced := range []bool{false, true} {
			do := dedupe.Options{Weights: weights[l.family], Balanced: balanced}
			if balanced {
				do.Same = same
			}
			labels, err := l.prepared.Labels(ctx, do)
			if err != nil {
				return fmt.Errorf("%s: %w", l.name, err)
			}
			s := evaluate.Score(l.truth, labels, l.scoredSources())
			if balanced {
				r.balanced = s
				r.pairF1, r.surplus, r.bcubed = s.Pairs.F1, s.Surplus.F1, s.BCubed.F1
			} else {
				r.clean = s
				r.cleanP, r.cleanR = s.Surplus.Precision, s.Surplus.Recall
			}
		}
		fmt.Fprintf(w, "%-34s %8.3f %8.3f    %8.3f %8.3f %8.3f    %8.3f %8.3f\n", r.name, r.cleanP, r.cleanR, r.balanced.Pairs.Precision, r.balanced.Pairs.Recall, r.pairF1, r.surplus, r.bcubed)
		group := l.family
		if l.titles {
			group += titlesAlone
		}
		if families[group] == nil {
			families[group] = &row{name: group}
			order = append(order, group)
		}
		f := families[group]
		f.n++
		f.cleanP, f.cleanR, f.pairF1, f.surplus, f.bcubed = f.cleanP+r.cleanP, f.cleanR+r.cleanR, f.pairF1+r.pairF1, f.surplus+r.surplus, f.bcubed+r.bcubed
	}
	fmt.Fprintln(w)
	slices.Sort(order)
	mean := row{name: "mean over families"}
	show := func(r *row, n float64) {
		fmt.Fprintf(w, "%-34s %8.3f %8.3f    %8s %8s %8.3f    %8.3f %8.3f\n", r.name, r.cleanP/n, r.cleanR/n, "", "", r.pairF1/n, r.surplus/n, r.bcubed/n)
	}
	for _, name := range order {
		f := families[name]
		n := float64(f.n)
		show(f, n)
		if name == own || strings.HasSuffix(name, titlesAlone) {
			continue
		}
		mean.n++
		mean.cleanP, mean.cleanR, mean.pairF1, mean.surplus, mean.bcubed = mean.cleanP+f.cleanP/n, mean.cleanR+f.cleanR/n, mean.pairF1+f.pairF1/n, mean.surplus+f.surplus/n, mean.bcubed+f.bcubed/n
	}
	show(&mean, float64(mean.n))
	return nil
}

// held measures how far probabilities hold on kinds of list not seen: on whole
// records, each family judged by weights learned without it. Where there is but
// one kind, nobody can say.
func held(lists []*labelled, o dedupe.LearnOptions) []dedupe.Held {
	unseen := map[string]*dedupe.Weights{}
	var whole []*dedupe.Sample
	for _, l := range lists {
		if l.family == own || l.titles {
			continue
		}
		whole = append(whole, l.prepared.Sample(l.truth, l.name, l.family))
		if rest := samples(lists, l.family); unseen[l.family] == nil && len(rest) > 0 {
			unseen[l.family] = dedupe.Learn(rest, o)
		}
	}
	return dedupe.MeasureHeld(whole, unseen)
}

// write writes the weights with what they were learned from.
func write(path string, weights *dedupe.Weights, lists []*labelled) error {
	var names []string
	for _, l := range lists {
		names = append(names, l.name)
	}
	weights.Notes = []string{
		"Match weights in nats of log-odds, learned by cmd/learn from labelled lists:",
		strings.Join(names, " "),
		"comparison: what is compared (dedupe/measures.go); up_to: the level holds for values up to here,",
		"none: nothing to compare; weight: what the level adds to the base.",
		"held: of pairs with such a probability or more, the share that was the same on kinds of list that the weights",
		"had not seen, the mean over kinds; held at worst: on the kind where it was least.",
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := weights.Write(f); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
