package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/urfave/cli/v2"

	"github.com/unecho/unecho/pipeline"
)

// How evaluate shows what answers of a person would be worth.

func answersFlag() cli.Flag {
	return &cli.IntFlag{Name: "answers", Usage: "let the truth answer `K` questions, and score the list on the way"}
}

// checkAnswers fails when the number of answers makes no sense.
func checkAnswers(c *cli.Context) error {
	if k := c.Int("answers"); c.IsSet("answers") && (k < 1 || k > mostAnswers) {
		return &usage{msg: fmt.Sprintf("--answers: %d is not from 1 to %d", k, mostAnswers), hint: "ten answers are enough to move a list, fifty do most of what answers can"}
	}
	return nil
}

// mostAnswers is more than anybody gives.
const mostAnswers = 10_000

// curve prints how well the list is cleaned after so many answers, and what
// they changed.
func (v *voice) curve(points []pipeline.Point) error {
	v.data("the truth answers, in the order in which a person is asked:\n")
	w := tabwriter.NewWriter(v.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "\t\tclean\t\tclean --balanced\t\t\t")
	fmt.Fprintln(w, "answers\tsame\tsurplus precision\trecall\tpairs F1\tsurplus F1\tB-cubed F1\t")
	for _, p := range points {
		fmt.Fprintf(w, "%d\t%d\t%.4f\t%.4f\t%.4f\t%.4f\t%.4f\t\n", p.Answers, p.Same, p.Default.Surplus.Precision, p.Default.Surplus.Recall,
			p.Balanced.Pairs.F1, p.Balanced.Surplus.F1, p.Balanced.BCubed.F1)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for _, line := range points[len(points)-1].Changed {
		v.data("%s\n", line)
	}
	return nil
}
