package main

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/unecho/unecho/pipeline"
	"github.com/unecho/unecho/pipeline/review"
)

// auditCommand asks about a sample and says how many mistakes there can be.
func auditCommand(say *voice) *cli.Command {
	return &cli.Command{
		Name: "audit", ArgsUsage: "FILE…",
		Usage: "look at a sample, and say how many mistakes there can be at most",
		UsageText: `unecho audit posts.txt                 asks about 100 pairs: y, n, r, ?, u, q
unecho audit posts.txt --sample 200    more answers, closer bounds
unecho audit posts.txt --to sample.csv
unecho audit posts.txt --answered sample.csv`,
		Description: `Draws pairs at random from what is merged and from what was kept apart and comes
closest, asks whether the two are one thing without saying what became of them,
and states how many merges are wrong and how many repeats remain at most, with
95 % confidence for both together. Where a part was looked at in full the number
is known. The bounds are exact (Clopper and Pearson's interval in its form for a
list that ends), added up over the parts of the sample with the chance of error
shared out among them; "cannot tell" counts as a mistake. Pairs of a probability
below 0.05 are only looked into: no bound is claimed for them.

Answers go into the ledger as decisions, are obeyed by the next run, and move no
weights. The statement stands in the report and on the sheet Start as long as
the list is grouped as it was. The same list draws the same sample, less what
is decided by then.`,
		Flags: concat([]cli.Flag{
			&cli.IntFlag{Name: "sample", Usage: "look at `N` pairs (default: 100)"},
			&cli.Uint64Flag{Name: "seed", Usage: "draw by the number `N` (default: made from what the list holds)"},
			&cli.StringFlag{Name: "to", Usage: "write the sample into the CSV `FILE` (- for stdout), with a column to answer in, and ask nothing"},
			&cli.StringFlag{Name: "answered", Usage: "take the answers from such a `FILE`"},
			&cli.StringFlag{Name: "by", Usage: "who answers: `NAME` (default: you)"},
			decisionsFlag(), againstFlag(), keepFlag(), jsonFlag("the statement"),
		}, mergeFlags(), readingFlags()),
		Action: func(c *cli.Context) error {
			o, err := options(c, say, c.Args().Slice())
			if err != nil {
				return err
			}
			if err := checkAudit(c, o); err != nil {
				return err
			}
			sample := 100
			if c.IsSet("sample") {
				sample = c.Int("sample")
			}
			audit, err := pipeline.OpenAudit(c.Context, o, sample, c.Uint64("seed"), now, who(c))
			if err != nil {
				return err
			}
			say.endProgress()
			return say.audit(c, audit)
		},
	}
}

func checkAudit(c *cli.Context, o pipeline.Options) error {
	if n := c.Int("sample"); c.IsSet("sample") && n < 1 {
		return &usage{msg: fmt.Sprintf("--sample: %d is no number of pairs", n), hint: "a hundred pairs say little or nothing is wrong to within 5 %, three hundred to within 2 %"}
	}
	if c.IsSet("to") && c.IsSet("answered") {
		return &usage{msg: "--to writes a sample and --answered reads one: give one of them"}
	}
	if slices.Contains(o.Inputs, "-") && !c.IsSet("to") && !c.IsSet("answered") {
		return &usage{msg: "the answers are read from standard input, so the list cannot be", hint: "name the list as a file, or use --to FILE and --answered FILE"}
	}
	return nil
}

// audit takes the answers from where they are and states what they say.
func (v *voice) audit(c *cli.Context, a *pipeline.Audit) error {
	if len(a.Pairs) == 0 {
		v.line("there is nothing to look at: nothing was merged that is not settled, and nothing comes close")
		return nil
	}
	if c.IsSet("to") {
		return v.writeSample(a, c.String("to"))
	}
	var err error
	if c.IsSet("answered") {
		err = readSample(a, c.String("answered"))
	} else {
		v.leaving = "the answers so far are in " + a.Ledger()
		err = v.ask(a)
	}
	if err != nil {
		return err
	}
	if err := c.Context.Err(); err != nil {
		return err
	}
	if !slices.ContainsFunc(a.Pairs, func(p pipeline.AuditPair) bool { return p.Kind != "" }) {
		v.line("nothing was answered, so nothing can be said")
		return nil
	}
	s, err := a.Finish(c.Context)
	if err != nil {
		return err
	}
	v.endProgress()
	return v.statement(s, a, c.Bool("json"))
}

// statement prints what the audit says. It is data: it goes to stdout.
func (v *voice) statement(s *pipeline.Statement, a *pipeline.Audit, asJSON bool) error {
	words := s.Words()
	if asJSON {
		return v.json(&pipeline.AuditReport{Statement: *s, Holds: true, Words: words})
	}
	for _, w := range words {
		v.data("%s\n", w)
	}
	for _, t := range s.Strata {
		if t.Size > 0 {
			found := fmt.Sprintf("%d wrong", t.Found)
			if !t.Merges {
				found = plural(t.Found, "repeat", "repeats")
			}
			v.line("  %-34s %6d, %d looked at, %s", t.Name, t.Size, t.Looked, found)
		}
	}
	v.line("in the ledger: %s; the next clean obeys it and says so on the sheet Start", a.Ledger())
	return nil
}

// audited says what the last audit of a list found, where it holds.
func (v *voice) audited(a *pipeline.AuditReport) {
	switch {
	case a == nil:
	case a.Holds:
		v.note("audited on %s: %s", a.At[:min(10, len(a.At))], a.Words[0])
	default:
		v.note("the audit of %s was of other groups than these, or of answers that hold no more; unecho audit draws again", a.At[:min(10, len(a.At))])
	}
}

// ask goes through the sample on the terminal. Each answer is in the ledger
// before the next question; q and the end of the input stop.
func (v *voice) ask(a *pipeline.Audit) error {
	v.question("is it one thing? y yes, n no, r no, but they belong together, ? cannot tell, u back, q stop\n")
	lines := newLines(v.in)
	for i := 0; i < len(a.Pairs); {
		v.auditPair(a, i)
		word, err := lines.next()
		if errors.Is(err, io.EOF) {
			v.question("\n")
			return nil
		}
		if err != nil {
			return err
		}
		switch kind, ok := auditWord(word); {
		case word == "q" || word == "quit":
			return nil
		case word == "u" || word == "back":
			i = max(0, i-1)
		case !ok:
			v.question(fmt.Sprintf("  %q is no answer: y, n, r, ?, u or q\n", clip(word, 20)))
		default:
			if err := a.Answer(i, kind); err != nil {
				return err
			}
			i++
		}
	}
	return nil
}

// auditWord reads an answer, in the words that are read anywhere; none is no
// answer.
func auditWord(word string) (kind review.Kind, ok bool) {
	if word == "" {
		return "", false
	}
	return review.Word(word)
}

// auditPair shows a pair, in the order of the list, and not what became of it:
// fields that differ beside each other, the names of those that do not.
func (v *voice) auditPair(a *pipeline.Audit, i int) {
	x, y := min(a.Pairs[i].A, a.Pairs[i].B), max(a.Pairs[i].A, a.Pairs[i].B)
	n := len(a.List.Columns)
	v.question(fmt.Sprintf("\n%d of %d: rows %d and %d\n", i+1, len(a.Pairs), x+1, y+1))
	equal := ""
	for c, column := range a.List.Columns {
		p, q := a.List.Cells[x*n+c], a.List.Cells[y*n+c]
		switch {
		case p == "" && q == "":
		case p == q:
			equal += fmt.Sprintf("  = %-12s %s\n", clip(column.Name, 30), clip(p, 200))
		default:
			v.question(fmt.Sprintf("    %-12s %s\n    %-12s %s\n", clip(column.Name, 30), orBlank(p), "", orBlank(q)))
		}
	}
	v.question(equal + "one thing? ")
}

func orBlank(cell string) string {
	if cell == "" {
		return "–"
	}
	return clip(cell, 200)
}

// question writes a part of a question. A question is asked with --quiet too.
func (v *voice) question(text string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.meter.clear(v.to)
	fmt.Fprint(v.to, text)
}
