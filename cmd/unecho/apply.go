package main

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/unecho/unecho/pipeline"
	"github.com/unecho/unecho/pipeline/review"
)

// applyCommand reads answers back.
func applyCommand(say *voice) *cli.Command {
	return &cli.Command{
		Name: "apply", ArgsUsage: "BOOK…",
		Usage: "obey the answers in a workbook, and write the list again",
		UsageText: `unecho apply posts.clean.xlsx             the answers typed into the workbook
unecho apply ann.xlsx ben.xlsx            two copies of one workbook, by two people
unecho apply Review.csv posts.clean.xlsx  a sheet saved as CSV, and the workbook that it is from
unecho apply posts.answers.jsonl --list posts.txt`,
		Description: `Reads the answers in the sheets Review, Merged and Clean, keeps them in the ledger
NAME.decisions.jsonl, and repeats the run that made the workbook. Rows and columns
may have been sorted, hidden, moved or deleted: entries are known by their ids.
While one cell is not understood or contradicts another, nothing is applied, and
the cells are named. Answers that were applied before change nothing.`,
		Flags: []cli.Flag{
			&cli.StringSliceFlag{Name: "list", Usage: "the answers are about the list `FILE`, where it was moved or renamed, or where no workbook says so (repeatable)"},
			&cli.StringFlag{Name: "by", Usage: "keep the answers in the name of `NAME` (default: yours on this system)"},
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write into the folder `DIR` (default: where the workbook stands)"},
			&cli.BoolFlag{Name: "dry-run", Aliases: []string{"n"}, Usage: "say what would be done, write nothing"},
			&cli.BoolFlag{Name: "force", Usage: "overwrite a workbook that holds answers"},
			decisionsFlag(), jsonFlag("what was done and the report"),
		},
		Action: func(c *cli.Context) error {
			if c.NArg() == 0 {
				return &usage{msg: "no file given", hint: "unecho apply NAME.clean.xlsx, once you have answered in it and saved it"}
			}
			if slices.Contains(c.Args().Slice(), "-") {
				return &usage{msg: "apply cannot read standard input: a workbook is looked up by its place", hint: "name the file"}
			}
			books, err := pipeline.OpenBooks(c.Args().Slice())
			if err != nil {
				return err
			}
			defer books.Close()
			o, err := appliedOptions(c, say, books)
			if err != nil {
				return err
			}
			done, err := pipeline.Apply(c.Context, books, o, now(), who(c))
			if err != nil {
				return err
			}
			say.endProgress()
			if c.Bool("json") {
				if err := say.json(done); err != nil {
					return err
				}
			}
			say.applied(done, o.DryRun)
			say.next(done.Report, o.Inputs)
			return nil
		},
	}
}

// appliedOptions are the options of the run that made the workbook, with what
// this command says of where things are.
func appliedOptions(c *cli.Context, say *voice, books *pipeline.Books) (o pipeline.Options, err error) {
	inputs := c.StringSlice("list")
	if len(inputs) == 0 {
		if inputs, err = books.Inputs(); err != nil {
			return o, err
		}
	}
	if o, err = asBefore(say, c, books, inputs); err != nil {
		return o, err
	}
	if c.IsSet("decisions") {
		o.Ledgers = c.StringSlice("decisions")
		o.Flags["decisions"] = o.Ledgers
	}
	o.Output, o.DryRun, o.Force = c.String("output"), c.Bool("dry-run"), c.Bool("force")
	if folder := books.Output(); o.Output == "" && folder != "" && filepath.Clean(folder) != filepath.Dir(filepath.Clean(inputs[0])) {
		o.Output = folder
	}
	if o.Command = books.Command(); o.Command == "" {
		o.Command = "unecho clean " + quoted(inputs)
	}
	return o, nil
}

// asBefore gives the options that clean had. A workbook says all that was in
// force then, so that no settings file is read beside it.
func asBefore(say *voice, c *cli.Context, books *pipeline.Books, inputs []string) (o pipeline.Options, err error) {
	clean, flags := cleanCommand(say), books.Flags()
	clean.HideHelp = true
	clean.Flags = without(clean.Flags, "save-settings")
	if books.Known() {
		clean.Flags = without(clean.Flags, "settings")
	}
	clean.Action = func(c *cli.Context) (err error) {
		o, err = options(c, say, inputs)
		return err
	}
	app := newApp(say)
	app.Commands = []*cli.Command{clean}
	clean.OnUsageError = app.OnUsageError
	argv := []string{app.Name, clean.Name}
	for _, name := range slices.Sorted(maps.Keys(flags)) {
		known := slices.ContainsFunc(clean.Flags, func(f cli.Flag) bool { return f.Names()[0] == name })
		if !known {
			return o, &usage{msg: fmt.Sprintf("the workbook was made with --%s, which this version of unecho clean does not have", name), hint: "use the version that made it"}
		}
		for _, value := range flags[name] {
			argv = append(argv, "--"+name+"="+value)
		}
	}
	err = app.RunContext(c.Context, append(append(argv, "--"), inputs...))
	return o, err
}

// applied says what answers were read and what they changed.
func (v *voice) applied(a *pipeline.Applied, dry bool) {
	v.fact("answers", "%s", answersFact(a, dry))
	if changed := changedFact(a); changed != "" {
		v.fact("changed", "%s", changed)
	}
	for _, both := range a.Agreements {
		v.fact("agreement", "%s", both)
	}
	v.summary(a.Report, "clean")
	for _, name := range a.Changed {
		v.note("%s has changed since the workbook was written", name)
	}
	v.few("the list does not have this entry any more, so the answer was not applied: ", a.Stale)
	if len(a.Past) > 0 {
		v.note("%s applied before, and taken back or answered otherwise since; to say it again, answer in the new workbook", map[bool]string{true: "1 answer was", false: fmt.Sprintf("%d answers were", len(a.Past))}[len(a.Past) == 1])
	}
	v.few("not applied again: ", a.Past)
	v.few("read, and without effect: ", a.Left)
}

// kindsApplied are the kinds of answers in the order in which they are said.
var kindsApplied = [...]struct {
	kind      string
	one, many string
}{
	{string(review.Same), "same", "same"}, {string(review.Different), "different", "different"}, {string(review.Related), "related", "related"},
	{string(review.Skip), "put off", "put off"}, {pipeline.BroughtBack, "brought back", "brought back"},
	{string(review.Value), "field changed", "fields changed"}, {string(review.Keep), "choice of what stays", "choices of what stays"},
}

func answersFact(a *pipeline.Applied, dry bool) string {
	var parts []string
	fresh := 0
	for _, k := range kindsApplied {
		if n := a.New[k.kind]; n > 0 {
			parts = append(parts, plural(n, k.one, k.many))
			if k.kind != string(review.Keep) {
				fresh += n
			}
		}
	}
	names := make([]string, len(a.Books))
	for i, b := range a.Books {
		names[i] = b.Path
	}
	switch {
	case len(parts) == 0 && a.Known == 0 && len(a.Past)+len(a.Stale) > 0:
		return "none is new"
	case len(parts) == 0 && a.Known == 0:
		return "none in " + strings.Join(names, ", ")
	case len(parts) == 0 && a.Known == 1:
		return "the one answer is in the ledger already"
	case len(parts) == 0:
		return fmt.Sprintf("all %d answers are in the ledger already", a.Known)
	}
	text := plural(max(fresh, a.New[string(review.Keep)]), "new answer", "new answers") + " in " + strings.Join(names, ", ") + ": " + strings.Join(parts, ", ")
	if a.Known > 0 {
		text += fmt.Sprintf("; %d more %s in the ledger already", a.Known, map[bool]string{true: "is", false: "are"}[a.Known == 1])
	}
	if dry {
		text += " (dry run: none was kept)"
	}
	return text
}

// changedFact compares the list with what the workbook said of it.
func changedFact(a *pipeline.Applied) string {
	if len(a.New) == 0 || a.Before == nil {
		return ""
	}
	var parts []string
	switch more := a.Before.Kept - a.Report.Records.Kept; {
	case more > 0:
		parts = append(parts, fmt.Sprintf("%d more merged", more))
	case more < 0:
		parts = append(parts, fmt.Sprintf("%d fewer merged", -more))
	}
	if n := a.New[pipeline.BroughtBack]; n > 0 {
		parts = append(parts, fmt.Sprintf("%d brought back", n))
	}
	return strings.Join(append(parts, fmt.Sprintf("%s left of %d", plural(a.Report.Review, "question", "questions"), a.Before.Questions)), ", ")
}
