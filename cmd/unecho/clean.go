package main

import (
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/unecho/unecho/pipeline"
)

// cleanCommand reads, finds repeats and writes the cleaned list.
func cleanCommand(say *voice) *cli.Command {
	return &cli.Command{
		Name: "clean", ArgsUsage: "FILE…",
		Usage: "find the repeats of a list and write it clean",
		UsageText: `unecho clean posts.txt                 writes posts.clean.csv, posts.clean.xlsx, posts.clusters.csv
unecho clean a.csv b.xlsx -o out       several files are one list
unecho clean posts.txt -n              say what would be done, write nothing
xz -dc big.csv.xz | unecho clean - --write csv
unecho clean books.csv --columns title=Titel --ignore Signatur
unecho clean june.csv --against may.clean.csv   without what the list of May has already`,
		Description: `Reads the files as one list, finds entries that are the same thing written
differently, and writes the list without the repeats. Only what is certain is
merged; what is doubtful is listed on the sheet Review of the workbook. With
--against, an entry that certainly repeats one of a list that was cleaned before
is removed, since that list has it; doubtful ones are listed beside the old entry.`,
		Flags: concat(outputFlags(), []cli.Flag{keepFlag(), mergeFieldsFlag(), keepTextFlag(), decisionsFlag(), againstFlag(), saveSettingsFlag(), jsonFlag("the report")}, bandFlags(), readingFlags()),
		Action: func(c *cli.Context) error {
			o, err := options(c, say, c.Args().Slice())
			if err != nil {
				return err
			}
			o.Command = commandLine(c)
			r, err := pipeline.Run(c.Context, o)
			if err != nil {
				return err
			}
			if c.Bool("json") {
				if err := say.json(r); err != nil {
					return err
				}
			}
			say.summary(r, "clean")
			if err := say.saveSettings(c, o); err != nil {
				return err
			}
			if o.DryRun {
				say.examples(r)
				say.preview(r)
			}
			say.next(r, o.Inputs)
			return nil
		},
	}
}

// checkCommand does the same and writes nothing.
func checkCommand(say *voice) *cli.Command {
	return &cli.Command{
		Name: "check", ArgsUsage: "FILE…",
		Usage: "say whether a list has repeats; exit 1 if it has",
		UsageText: `unecho check posts.txt
unecho check --quiet posts.txt && echo clean`,
		Description: `Looks for repeats as clean does, writes nothing, and exits with 0 when there
are none, with 1 when there are.`,
		Flags: concat([]cli.Flag{decisionsFlag(), againstFlag(), jsonFlag("the report")}, bandFlags(), readingFlags()),
		Action: func(c *cli.Context) error {
			o, err := options(c, say, c.Args().Slice())
			if err != nil {
				return err
			}
			o.DryRun = true
			r, err := pipeline.Run(c.Context, o)
			if err != nil {
				return err
			}
			if c.Bool("json") {
				if err := say.json(r); err != nil {
					return err
				}
			}
			say.summary(r, "check")
			if r.Records.Removed == 0 {
				return nil
			}
			say.examples(r)
			return &repeatsFound{}
		},
	}
}

// commandLine is the command as it could be typed again for the same result.
func commandLine(c *cli.Context) string {
	words := []string{"unecho", c.Command.Name}
	set := setFlags(c)
	for _, flag := range c.Command.Flags {
		name := flag.Names()[0]
		_, plain := flag.(*cli.BoolFlag)
		for _, value := range set[name] {
			switch {
			case !plain:
				words = append(words, "--"+name, quoted([]string{value}))
			case value == "true":
				words = append(words, "--"+name)
			}
		}
	}
	return strings.Join(append(words, quoted(c.Args().Slice())), " ")
}

func concat(groups ...[]cli.Flag) []cli.Flag {
	var flags []cli.Flag
	for _, g := range groups {
		flags = append(flags, g...)
	}
	return flags
}
