package main

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"text/tabwriter"

	"github.com/urfave/cli/v2"

	"github.com/unecho/unecho/dedupe"
	"github.com/unecho/unecho/pipeline"
	"github.com/unecho/unecho/pipeline/evaluate"
)

// evaluateCommand compares what is found with what is known.
func evaluateCommand(say *voice) *cli.Command {
	return &cli.Command{
		Name: "evaluate", ArgsUsage: "FILE…",
		Usage: "measure the result against known groups",
		UsageText: `unecho evaluate records.csv --truth truth.csv
unecho evaluate posts.txt --truth groups.csv --truth-by row
unecho evaluate two-shops.csv --truth truth.csv --cross source
unecho evaluate records.csv --truth truth.csv --answers 50
unecho evaluate records.csv --truth truth.csv --worst 10 --sweep curve.svg`,
		Description: `The truth is a table with the columns id and cluster, a line for every entry;
id is a column of FILE. With --truth-by row it has the columns row and cluster
instead: a NAME.clusters.csv that was corrected by hand is such a table. The
columns id, cluster and that of --cross are not compared.

Prints precision, recall and F1 of pairs, of surplus (the entries that are
removed) and B-cubed, for what clean does and for what clean --balanced does.

It says as well how many of the true pairs were looked at at all. --worst N
shows the worst mistakes with their sums; --sweep draws the pairs' precision and
recall over the probability from which they are merged, by the first search
alone, and marks both ways of cleaning.

With --answers K the truth answers up to K questions, as a person would, in the
order in which they help most. The list is scored after 0, 10, 20, 50, 100, …
answers, by its first search alone.`,
		Flags: concat([]cli.Flag{
			&cli.StringFlag{Name: "truth", Usage: "the known groups are in the `FILE`"},
			&cli.StringFlag{Name: "truth-by", Usage: "what the truth names entries by, `KEY`: id or row (default: id)"},
			&cli.StringFlag{Name: "cross", Usage: "count only pairs with different values in the column `NAME` (of two lists)"},
			answersFlag(), worstFlag(), sweepFlag(),
			jsonFlag("the scores"),
		}, slices.DeleteFunc(bandFlags(), func(f cli.Flag) bool { return f.Names()[0] != "same" && f.Names()[0] != "weights" }), readingFlags()),
		Action: func(c *cli.Context) error {
			o, err := options(c, say, c.Args().Slice())
			if err != nil {
				return err
			}
			r, err := measure(c, o)
			if err != nil {
				return err
			}
			if path := c.String("sweep"); path != "" {
				if err := drawSweep(path, o.Inputs, r); err != nil {
					return err
				}
				say.fact("wrote", "%s", path)
			}
			if c.Bool("json") {
				return say.json(r)
			}
			say.endProgress()
			return say.scores(r)
		},
	}
}

// scoreReport is the result for a script.
type scoreReport struct {
	Default  evaluate.Scores `json:"default"`  // what clean does
	Balanced evaluate.Scores `json:"balanced"` // what clean --balanced does
	// Candidates says what the first search looked at.
	Candidates candidateReport `json:"candidates"`
	// WorstDefault and WorstBalanced are what --worst asks for.
	WorstDefault  *mistakes `json:"worst_default,omitempty"`
	WorstBalanced *mistakes `json:"worst_balanced,omitempty"`
	// Sweep is what --sweep draws.
	Sweep []evaluate.Setting `json:"sweep,omitempty"`
	// From are the probabilities from which clean and clean --balanced merge.
	From thresholds `json:"from"`
	// Answers is what --answers asks for.
	Answers []pipeline.Point `json:"answers,omitempty"`
}

// thresholds are the probabilities from which pairs are merged.
type thresholds struct {
	Default  float64 `json:"default"`
	Balanced float64 `json:"balanced"`
}

func thresholdsOf(in *pipeline.Searched, o pipeline.Options) thresholds {
	return thresholds{
		Default:  in.Threshold(dedupe.Options{Same: o.Same}),
		Balanced: in.Threshold(dedupe.Options{Same: o.Same, Balanced: true}),
	}
}

// candidateReport says how many of the true pairs were looked at at all.
type candidateReport struct {
	Pairs     int     `json:"pairs"`
	PerRecord float64 `json:"per_record"`
	Recall    float64 `json:"recall"` // share of the true pairs, 0 to 1
}

func candidatesOf(in *pipeline.Searched, truth, sources []int32) candidateReport {
	reach := in.Reach(truth, sources)
	return candidateReport{Pairs: reach.Pairs, PerRecord: float64(reach.Pairs) / float64(max(len(truth), 1)), Recall: reach.Recall}
}

// measure reads the list once, hides what the truth names entries by, and
// searches it twice.
func measure(c *cli.Context, o pipeline.Options) (*scoreReport, error) {
	if err := checkTruthFlags(c); err != nil {
		return nil, err
	}
	list, err := pipeline.Read(c.Context, o)
	if err != nil {
		return nil, err
	}
	truth, err := readTruth(c, list)
	if err != nil {
		return nil, err
	}
	sources, err := hideKeys(c.String("cross"), list, &o)
	if err != nil {
		return nil, err
	}
	if err := list.Comparable(); err != nil {
		return nil, err
	}
	in, err := pipeline.Prepare(c.Context, list, o)
	if err != nil {
		return nil, err
	}
	r := &scoreReport{Candidates: candidatesOf(in, truth, sources), From: thresholdsOf(in, o)}
	for _, mode := range []struct {
		balanced bool
		scores   *evaluate.Scores
		worst    **mistakes
	}{{false, &r.Default, &r.WorstDefault}, {true, &r.Balanced, &r.WorstBalanced}} {
		o.Balanced = mode.balanced
		found, err := pipeline.MatchPrepared(c.Context, in, o)
		if err != nil {
			return nil, err
		}
		*mode.scores = evaluate.Score(truth, found.Cluster, sources)
		if n := c.Int("worst"); n > 0 {
			*mode.worst = worst(list, found, truth, sources, n)
		}
	}
	if c.IsSet("sweep") {
		if r.Sweep, err = sweep(c, in, o, truth, sources); err != nil {
			return nil, err
		}
	}
	if k := c.Int("answers"); k > 0 {
		r.Answers, err = pipeline.AnswerCurve(c.Context, in.Prepared, o, truth, sources, k)
	}
	return r, err
}

func checkTruthFlags(c *cli.Context) error {
	if c.String("truth") == "" {
		return &usage{msg: "evaluate needs the known groups", hint: "unecho evaluate FILE --truth TRUTH.csv; the table has the columns id and cluster"}
	}
	if n := c.Int("worst"); c.IsSet("worst") && n < 1 {
		return &usage{msg: fmt.Sprintf("--worst: %d is not a number of pairs", n), hint: "give 1 or more"}
	}
	for _, check := range []func(*cli.Context) error{checkAnswers, checkSweep} {
		if err := check(c); err != nil {
			return err
		}
	}
	return oneOf("--truth-by", c.String("truth-by"), []string{"id", "row"})
}

// readTruth gives the known cluster of each record.
func readTruth(c *cli.Context, list *pipeline.List) ([]int32, error) {
	name := c.String("truth")
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, &usage{msg: err.Error(), hint: "--truth names a table with the columns id and cluster"}
	}
	if c.String("truth-by") == "row" {
		return evaluate.ReadTruthByRow(bytes.NewReader(data), name, list.Table.Len())
	}
	column, err := list.Column("id")
	if err != nil {
		return nil, &pipeline.Error{Msg: "the list has no column \"id\" for the truth to name entries by", Hint: "give the truth by row: columns row and cluster, and --truth-by row"}
	}
	ids := make([]string, list.Table.Len())
	for r := range ids {
		ids[r] = list.Table.Cell(r, column)
	}
	return evaluate.ReadTruth(bytes.NewReader(data), name, ids)
}

// hideKeys keeps the columns that would give the answer away from the matcher,
// and gives the list that each record is of when only pairs across count.
func hideKeys(cross string, list *pipeline.List, o *pipeline.Options) (sources []int32, err error) {
	for _, name := range []string{"id", "cluster", cross} {
		column, err := list.Column(name)
		switch {
		case name == "":
		case err != nil && name == cross:
			return nil, err
		case err == nil:
			if name == cross {
				sources = evaluate.Labels(list.Values(column))
			}
			o.Columns.Ignore = append(o.Columns.Ignore, name)
		}
	}
	return sources, list.Overrule(o.Columns)
}

func (v *voice) scores(r *scoreReport) error {
	for _, part := range []struct {
		name   string
		scores evaluate.Scores
	}{{"clean", r.Default}, {"clean --balanced", r.Balanced}} {
		s := part.scores
		v.data("%s: %s, which stand for %s things and are taken for %s\n", part.name, entries(s.Records), thousands(s.TrueClusters), thousands(s.PredictedClusters))
		w := tabwriter.NewWriter(v.out, 0, 0, 2, ' ', tabwriter.AlignRight)
		fmt.Fprintln(w, "\tprecision\trecall\tF1\tright\twrong\tmissed\t")
		pairs := "pairs"
		if s.CrossSource {
			pairs = "pairs across"
		}
		row := func(name string, c evaluate.Counts) {
			fmt.Fprintf(w, "%s\t%.4f\t%.4f\t%.4f\t%d\t%d\t%d\t\n", name, c.Precision, c.Recall, c.F1, c.TP, c.FP, c.FN)
		}
		row(pairs, s.Pairs)
		row("surplus", s.Surplus)
		fmt.Fprintf(w, "B-cubed\t%.4f\t%.4f\t%.4f\t\t\t\t\n", s.BCubed.Precision, s.BCubed.Recall, s.BCubed.F1)
		if err := w.Flush(); err != nil {
			return err
		}
		v.data("\n")
	}
	v.data("looked at: %s, %.1f an entry, among them %.4f of the true pairs\n\n", plural(r.Candidates.Pairs, "pair", "pairs"), r.Candidates.PerRecord, r.Candidates.Recall)
	v.mistakes("clean", r.WorstDefault)
	v.mistakes("clean --balanced", r.WorstBalanced)
	if r.Answers == nil {
		return nil
	}
	return v.curve(r.Answers)
}
