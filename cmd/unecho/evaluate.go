package main

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"text/tabwriter"

	"github.com/urfave/cli/v2"

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
unecho evaluate records.csv --truth truth.csv --answers 50`,
		Description: `The truth is a table with the columns id and cluster, a line for every entry;
id is a column of FILE. With --truth-by row it has the columns row and cluster
instead: a NAME.clusters.csv that was corrected by hand is such a table. The
columns id, cluster and that of --cross are not compared.

Prints precision, recall and F1 of pairs, of surplus (the entries that are
removed) and B-cubed, for what clean does and for what clean --balanced does.

With --answers K the truth answers up to K questions, as a person would, in the
order in which they help most. The list is scored after 0, 10, 20, 50, 100, …
answers, by its first search alone.`,
		Flags: concat([]cli.Flag{
			&cli.StringFlag{Name: "truth", Usage: "the known groups are in the `FILE`"},
			&cli.StringFlag{Name: "truth-by", Usage: "what the truth names entries by, `KEY`: id or row (default: id)"},
			&cli.StringFlag{Name: "cross", Usage: "count only pairs with different values in the column `NAME` (of two lists)"},
			answersFlag(),
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
	// Answers is what --answers asks for.
	Answers []pipeline.Point `json:"answers,omitempty"`
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
	in, err := pipeline.Prepare(c.Context, list, o)
	if err != nil {
		return nil, err
	}
	r := &scoreReport{}
	for balanced, scores := range map[bool]*evaluate.Scores{false: &r.Default, true: &r.Balanced} {
		o.Balanced = balanced
		found, err := pipeline.MatchPrepared(c.Context, in, o)
		if err != nil {
			return nil, err
		}
		*scores = evaluate.Score(truth, found.Cluster, sources)
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
	if err := checkAnswers(c); err != nil {
		return err
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
	if r.Answers == nil {
		return nil
	}
	return v.curve(r.Answers)
}
