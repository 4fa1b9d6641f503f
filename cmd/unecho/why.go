package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/unecho/unecho/dedupe"
	"github.com/unecho/unecho/pipeline"
	"github.com/unecho/unecho/pipeline/record"
)

// whyCommand shows the evidence for two records as a sum.
func whyCommand(say *voice) *cli.Command {
	return &cli.Command{
		Name: "why", ArgsUsage: "FILE… A B",
		Usage: "show the evidence for two entries, merged or not, as a sum",
		UsageText: `unecho why posts.txt 7 8               rows as in posts.clusters.csv
unecho why posts.txt 16 28 --json`,
		Description: `A and B are rows: entries count from 1 in reading order, as in NAME.clusters.csv
and in the workbook. Shows both entries, each piece of evidence with its weight
(natural log-odds; + speaks for a repeat, - against), what is needed to merge
without asking, what people decided about them, also by a chain of decisions
over others, and the smallest change of the evidence that would turn the
outcome.`,
		Flags: concat([]cli.Flag{decisionsFlag(), againstFlag(), jsonFlag("the evidence")}, bandFlags(), readingFlags()),
		Action: func(c *cli.Context) error {
			args := c.Args().Slice()
			if len(args) < 3 {
				return &usage{msg: "why needs a file and two rows", hint: "for example: unecho why posts.txt 7 8"}
			}
			files, rows := args[:len(args)-2], args[len(args)-2:]
			o, err := options(c, say, files)
			if err != nil {
				return err
			}
			w, err := explain(c, o, rows)
			if err != nil {
				return err
			}
			if c.Bool("json") {
				return say.json(w.report())
			}
			say.endProgress()
			say.why(w)
			return nil
		},
	}
}

// why is what is known of two rows.
type why struct {
	*dedupe.Explanation
	list     *pipeline.List
	a, b     int  // rows from 0, as asked
	together bool // they stand in one cluster
	o        pipeline.Options
	found    *pipeline.Found
	bearing  *pipeline.Bearing
}

func explain(c *cli.Context, o pipeline.Options, rows []string) (*why, error) {
	list, err := pipeline.Read(c.Context, o)
	if err != nil {
		return nil, err
	}
	w := &why{list: list, o: o}
	if w.a, err = rowNumber(rows[0], list.Table.Len()); err != nil {
		return nil, err
	}
	if w.b, err = rowNumber(rows[1], list.Table.Len()); err != nil {
		return nil, err
	}
	if w.a == w.b {
		return nil, &usage{msg: fmt.Sprintf("row %d is the same entry twice", w.a+1), hint: "name two different rows"}
	}
	recalled, err := pipeline.Recall(list, o) // people who contradict each other are shown, not refused
	if err != nil {
		return nil, err
	}
	w.bearing = recalled.Bearing(w.a, w.b)
	if w.found, err = pipeline.Match(c.Context, list, recalled.Decided(o)); err != nil {
		return nil, err
	}
	w.together = w.found.Cluster[w.a] == w.found.Cluster[w.b]
	w.Explanation = w.found.Explain(w.a, w.b)
	return w, nil
}

func rowNumber(word string, n int) (int, error) {
	row, err := strconv.Atoi(word)
	if err != nil {
		return 0, &usage{msg: fmt.Sprintf("%q is not a row number", word), hint: "the last two arguments are rows: unecho why FILE A B"}
	}
	if row < 1 || row > n {
		return 0, &usage{msg: fmt.Sprintf("there is no row %d: the list has %s", row, entries(n)), hint: "rows count from 1 in reading order, as in NAME.clusters.csv"}
	}
	return row - 1, nil
}

// whyReport is the evidence for a script. Rows count from 1; the base and the
// weights add up to the score.
type whyReport struct {
	A           whyEntry       `json:"a"`
	B           whyEntry       `json:"b"`
	Together    bool           `json:"together"` // in one group
	Band        string         `json:"band"`     // different, related, review or certain
	Probability float64        `json:"probability"`
	Score       float64        `json:"score"` // log-odds
	Base        float64        `json:"base"`
	Evidence    []whyEvidence  `json:"evidence"`
	Conditions  []whyCondition `json:"conditions"`
	Held        *dedupe.Held   `json:"held,omitempty"` // how far such a probability held on kinds of list not seen
	Why         string         `json:"why"`
	Decided     whyDecided     `json:"decided"`
	Changes     []string       `json:"changes"` // what would change the outcome, in words
	Flips       []whyFlip      `json:"flips"`   // the smallest changes of the evidence that would
}

type whyEntry struct {
	Row    int               `json:"row"`
	File   string            `json:"file"`
	Line   int               `json:"line"`
	Fields map[string]string `json:"fields"`
}

type whyEvidence struct {
	Name   string  `json:"name"`
	Level  string  `json:"level"`
	Weight float64 `json:"weight"`
}

type whyCondition struct {
	Name  string `json:"name"`
	Holds bool   `json:"holds"`
}

func (w *why) report() whyReport {
	r := whyReport{A: w.entry(w.a), B: w.entry(w.b), Together: w.together, Band: w.Band.String(), Probability: w.Probability,
		Score: w.Score, Base: w.Base, Evidence: []whyEvidence{}, Conditions: []whyCondition{}, Why: w.Why, Held: w.Held,
		Decided: w.decided(), Changes: append([]string{}, w.changes()...), Flips: w.flips()}
	for _, e := range w.Evidence {
		r.Evidence = append(r.Evidence, whyEvidence(e))
	}
	for _, c := range w.Conditions {
		r.Conditions = append(r.Conditions, whyCondition(c))
	}
	return r
}

func (w *why) entry(row int) whyEntry {
	at := w.list.Table.At[row]
	e := whyEntry{Row: row + 1, File: w.list.Table.Sources[at.Source].Name, Line: int(at.Line), Fields: map[string]string{}}
	for c, column := range w.list.Columns {
		if cell := w.cell(row, c); cell != "" {
			e.Fields[column.Name] = cell
		}
	}
	return e
}

func (w *why) cell(row, column int) string { return w.list.Cells[row*len(w.list.Columns)+column] }

// changes says what would turn the outcome: the smallest change of the
// evidence to either side, the conditions that do not hold, and the flag that
// asks for less; of what a person decided, taking that back.
func (w *why) changes() []string {
	var changes []string
	if w.bearing.Says != "" {
		return []string{fmt.Sprintf("to take a decision back: unecho undo %s %s", quoted(w.o.Inputs[:1]), w.bearing.Chain[0].Decision.ID)}
	}
	for _, f := range w.flips() {
		changes = append(changes, f.words())
	}
	if w.Band == record.Review {
		for _, c := range w.Conditions {
			if !c.Holds {
				changes = append(changes, fmt.Sprintf("it would be merged without asking if it held: %s", c.Name))
			}
		}
		if !w.o.Balanced && w.Score > 0 {
			changes = append(changes, "--balanced merges it: a repeat is more likely than not")
		}
	}
	return changes
}

// why prints both entries, the sum and the outcome. It is data: it goes to
// stdout.
func (v *voice) why(w *why) {
	v.whyEntry(w, w.a)
	v.whyEntry(w, w.b)
	v.data("%s\n\n", w.outcome())
	longest := 1.0
	width := len("together")
	terms := w.terms()
	for _, e := range terms {
		longest = max(longest, math.Abs(e.Weight))
		width = max(width, len([]rune(e.Name)))
	}
	for _, e := range terms {
		v.data("  %-*s %7s  %-*s  %s\n", width, e.Name, signed(e.Weight), barWidth, bar(e.Weight, longest), e.Level)
	}
	v.data("  %-*s %7s  %-*s  probability %s: %s\n", width, "together", signed(w.Score), barWidth, "", percent(w.Probability), w.Band)
	if w.Held != nil {
		v.data("  %-*s          %s\n", width, "", w.Held.Words())
	}
	if len(w.Conditions) > 0 {
		v.data("\nto be merged without asking:\n")
	}
	for _, c := range w.Conditions {
		mark := "✓"
		if !c.Holds {
			mark = "✗"
		}
		v.data("  %s %s\n", mark, c.Name)
	}
	v.whyDecisions(w)
	if changes := w.changes(); len(changes) > 0 {
		v.data("\nwhat would change it:\n  %s\n", strings.Join(changes, "\n  "))
	}
}

// terms gives the parts of the sum for the eye: first the base together with
// what could not be compared, since that is the same for every pair of such
// entries, then what was seen, the strongest first. They still add up to the
// score; --json has every term by itself.
func (w *why) terms() []record.Evidence {
	const faint = 0.005 // below, a weight shows as 0.00
	base := record.Evidence{Name: "base", Level: "before any evidence", Weight: w.Base}
	var seen []record.Evidence
	var absent []string
	for _, e := range w.Evidence {
		switch {
		case e.Level == "nothing to compare":
			absent = append(absent, e.Name)
			base.Weight += e.Weight
		case math.Abs(e.Weight) < faint:
			base.Weight += e.Weight
		default:
			seen = append(seen, e)
		}
	}
	if len(absent) > 0 {
		base.Level += "; nothing to compare: " + strings.Join(absent, ", ")
	}
	slices.SortStableFunc(seen, func(a, b record.Evidence) int { return cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight)) })
	return append([]record.Evidence{base}, seen...)
}

// outcome says in words what became of the two.
func (w *why) outcome() string {
	switch because := w.because(); {
	case because != "":
		return because + "; by the evidence: " + w.Why
	case w.together && w.Band == record.Certain:
		return "They are one: " + w.Why
	case w.together:
		return "They stand in one group, which other entries hold together; as a pair: " + w.Why
	case w.Band == record.Certain:
		return "They stand apart, though the pair is certain, because other entries of their groups speak against it: " + w.Why
	case w.Band == record.Review:
		return "They stand apart until somebody decides: " + w.Why
	case w.Band == record.Related:
		return "They are kept apart on purpose: " + w.Why
	}
	return "They are two: " + w.Why
}

func (v *voice) whyEntry(w *why, row int) {
	e := w.entry(row)
	v.data("row %d  %s:%d\n", e.Row, shown(e.File), e.Line)
	for c, column := range w.list.Columns {
		if cell := w.cell(row, c); cell != "" {
			v.data("  %-12s %s\n", clip(column.Name, 30), clip(cell, 200))
		}
	}
	v.data("\n")
}

// barWidth is the length of the longest bar.
const barWidth = 16

// bar draws a weight: + for, - against.
func bar(weight, longest float64) string {
	sign := "+"
	if weight < 0 {
		sign = "-"
	}
	return strings.Repeat(sign, int(math.Round(math.Abs(weight)/longest*barWidth)))
}

func signed(x float64) string { return fmt.Sprintf("%+.2f", x) }

// percent writes a probability; what is not certain is never rounded to it.
func percent(p float64) string {
	switch {
	case p > 0.999 && p < 1:
		return "0.999…"
	case p < 0.001 && p > 0:
		return "0.000…"
	}
	return fmt.Sprintf("%.3f", p)
}
