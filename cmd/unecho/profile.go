package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/urfave/cli/v2"

	"github.com/unecho/unecho/pipeline"
	"github.com/unecho/unecho/pipeline/profile"
)

// profileCommand says what was detected.
func profileCommand(say *voice) *cli.Command {
	return &cli.Command{
		Name: "profile", ArgsUsage: "FILE…",
		Usage: "say what was detected: format, encoding, columns and their roles",
		UsageText: `unecho profile books.csv
unecho profile books.csv --columns title=Titel
unecho profile books.csv --json`,
		Description: `Shows how the input is understood, before anything is compared: format,
encoding, delimiter, header, and for each column what it holds, how sure that
is and why, how much of it is filled and how many values differ. What is left
out of the comparison is said. Then what is compared as one field, what an
equal value of it tells and what a difference does, in natural log-odds: a
column in which entries of one name differ as a rule says nothing by differing.
What is wrong can be put right with --from,
--columns and --ignore, here and in the other commands.`,
		Flags: concat([]cli.Flag{jsonFlag("the profile")}, readingFlags()),
		Action: func(c *cli.Context) error {
			o, err := options(c, say, c.Args().Slice())
			if err != nil {
				return err
			}
			list, err := pipeline.Read(c.Context, o)
			if err != nil {
				return err
			}
			r, err := profileOf(c.Context, list, o)
			if err != nil {
				return err
			}
			if c.Bool("json") {
				return say.json(r)
			}
			say.endProgress()
			return say.profile(r)
		},
	}
}

// profileReport is the profile for a script.
type profileReport struct {
	Inputs   []pipeline.InputReport `json:"inputs"`
	Records  int                    `json:"records"`
	Rejected int                    `json:"rejected"`
	Changes  int                    `json:"changes"` // cells whose text would be cleaned
	Columns  []columnProfile        `json:"columns"`
	Compared []fieldProfile         `json:"compared"` // what is compared as one field
	Notes    []string               `json:"notes"`
}

type columnProfile struct {
	pipeline.ColumnReport
	Group    int      `json:"group,omitempty"` // columns of one number are compared together
	Filled   float64  `json:"filled"`          // share of different rows, 0 to 1
	Distinct float64  `json:"distinct"`        // different values by filled cells, 0 to 1
	Examples []string `json:"examples"`
}

// fieldProfile is what is compared as one field.
type fieldProfile struct {
	Name       string  `json:"name"`
	Role       string  `json:"role"`
	Main       bool    `json:"main"`       // the main text, or a piece of it
	Agreement  float64 `json:"agreement"`  // what an equal value tells on average, in nats
	Difference float64 `json:"difference"` // what different values tell against, in nats; 0 for nothing
}

func profileOf(ctx context.Context, list *pipeline.List, o pipeline.Options) (*profileReport, error) {
	r := &profileReport{Inputs: pipeline.Inputs(list.Table), Records: list.Table.Len(), Rejected: len(list.Table.Rejects),
		Changes: len(list.Changes), Columns: []columnProfile{}, Compared: []fieldProfile{}, Notes: append([]string{}, list.Notes...)}
	stats := profile.Stats(list.Cells, len(list.Columns))
	for c, column := range pipeline.Columns(list.Columns) {
		p := columnProfile{ColumnReport: column, Group: list.Columns[c].Group, Examples: []string{}}
		if c < len(stats) {
			p.Filled, p.Distinct, p.Examples = stats[c].Filled, stats[c].Distinct, append(p.Examples, stats[c].Examples...)
		}
		r.Columns = append(r.Columns, p)
	}
	uses, err := pipeline.Uses(ctx, list, o)
	for _, u := range uses {
		r.Compared = append(r.Compared, fieldProfile{Name: u.Name, Role: string(u.Role), Main: u.Main, Agreement: u.Agreement, Difference: u.Difference})
	}
	return r, err
}

func (v *voice) profile(r *profileReport) error {
	for _, in := range r.Inputs {
		v.data("%s\n", shown(in.Name))
		v.data("  format    %s\n", formatOf(in))
		if in.Format == "csv" || in.Format == "xlsx" {
			v.data("  header    %s\n", map[bool]string{true: "the first row", false: "none"}[in.Header])
		}
		v.data("  because   %s (%.0f %% sure)\n", in.Why, 100*in.Sure)
		v.data("  holds     %s, %s, %s bytes\n\n", entries(in.Records), rejectedParts(in.Rejected), thousands(int(in.Bytes)))
	}
	if err := columnTable(v.out, r.Columns); err != nil {
		return err
	}
	if err := v.comparedTable(r.Compared); err != nil {
		return err
	}
	if r.Changes > 0 {
		v.data("\nclean would repair the text of %s (sheet Changes of the workbook)\n", plural(r.Changes, "cell", "cells"))
	}
	for i, note := range r.Notes {
		if i == 0 {
			v.data("\n")
		}
		v.data("note: %s\n", note)
	}
	return nil
}

func rejectedParts(n int) string {
	if n == 0 {
		return "nothing rejected"
	}
	return plural(n, "part", "parts") + " rejected"
}

func columnTable(out io.Writer, columns []columnProfile) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "column\tholds\tsure\tcompared\tfilled\tdistinct\tbecause\texample")
	for _, c := range columns {
		holds, compared, example := c.Role, "yes", ""
		if c.Part != "" {
			holds += ", " + c.Part
		}
		if !c.Compared {
			compared = "no"
		}
		if len(c.Examples) > 0 {
			example = clip(c.Examples[0], 40)
		}
		fmt.Fprintf(w, "%s\t%s\t%.0f %%\t%s\t%.0f %%\t%.0f %%\t%s\t%s\n", cell(c.Name), holds, 100*c.Confidence, compared, 100*c.Filled, 100*c.Distinct, cell(c.Why), cell(example))
	}
	return w.Flush()
}

// comparedTable says what is compared as one field.
func (v *voice) comparedTable(fields []fieldProfile) error {
	if len(fields) == 0 {
		return nil
	}
	v.data("\n")
	w := tabwriter.NewWriter(v.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "compared\tas\tan equal value tells\ta difference tells")
	for _, f := range fields {
		equal, differs := fmt.Sprintf("%+.1f", f.Agreement), fmt.Sprintf("%+.1f", -f.Difference)
		as := f.Role
		switch {
		case f.Main && f.Agreement == 0:
			as, equal, differs = "main text", "word by word", "word by word"
		case f.Main:
			as = "piece of the main text"
		case f.Difference == 0:
			differs = "nothing: entries of one name differ here"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", cell(f.Name), as, equal, differs)
	}
	return w.Flush()
}

// cell keeps a text from upsetting the table.
func cell(s string) string { return strings.ReplaceAll(clip(s, 70), "\t", " ") }
