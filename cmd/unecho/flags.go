package main

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/unecho/unecho/dedupe"
	"github.com/unecho/unecho/pipeline"
	"github.com/unecho/unecho/pipeline/parse"
	"github.com/unecho/unecho/pipeline/profile"
	"github.com/unecho/unecho/pipeline/record"
)

// The flags, in the groups in which commands have them. Every flag that a
// command accepts does something there; a test walks them all.

func readingFlags() []cli.Flag {
	return append(settingsFlags(),
		&cli.StringFlag{Name: "from", Usage: "`FORMAT` of the input, where it is taken for another: " + strings.Join(parse.Formats[:], ", ")},
		&cli.StringFlag{Name: "sheet", Usage: "read the sheet `NAME` of a workbook (default: the first)"},
		&cli.StringSliceFlag{Name: "columns", Usage: "say what a column holds: `ROLE=NAME`, such as title=Headline (repeatable)"},
		&cli.StringSliceFlag{Name: "ignore", Usage: "do not compare the column `NAME` (repeatable)"},
		&cli.StringFlag{Name: "across", Usage: "entries with the same value in the column `NAME` never repeat each other (lists to be linked)"},
	)
}

func keepTextFlag() cli.Flag {
	return &cli.BoolFlag{Name: "keep-text", Usage: "write the text as it came, without repairs"}
}

func bandFlags() []cli.Flag {
	return []cli.Flag{
		&cli.Float64Flag{Name: "same", Usage: fmt.Sprintf("merge from probability `P` on, if nothing speaks against it (default: %v)", dedupe.DefaultSame)},
		&cli.Float64Flag{Name: "review", Usage: fmt.Sprintf("ask from probability `P` on (default: %v)", dedupe.DefaultReview)},
		&cli.BoolFlag{Name: "balanced", Usage: "merge what is more likely than not, instead of only what is certain"},
		weightsFlag(),
	}
}

func keepFlag() cli.Flag {
	rules := make([]string, len(dedupe.Keeps))
	for i, k := range dedupe.Keeps {
		rules[i] = string(k)
	}
	return &cli.StringFlag{Name: "keep", Usage: fmt.Sprintf("which entry of a group stays, by `RULE`: %s (default: %s)", strings.Join(rules, ", "), rules[0])}
}

func mergeFieldsFlag() cli.Flag {
	return &cli.BoolFlag{Name: "merge-fields", Usage: "fill blank fields of the entry that stays from the others of its group"}
}

func weightsFlag() cli.Flag {
	return &cli.StringFlag{Name: "weights", Usage: "take the match weights from `FILE`, as learned from your own labelled lists (docs/learning.md)"}
}

// decisionsFlag names ledgers of decisions.
func decisionsFlag() cli.Flag {
	return &cli.StringSliceFlag{Name: "decisions", Usage: "obey the decisions in the ledger `FILE`; new ones go to the first (repeatable; default: NAME.decisions.jsonl beside the first input)"}
}

// againstFlag names lists that were cleaned before.
func againstFlag() cli.Flag {
	return &cli.StringSliceFlag{Name: "against", Usage: "compare with the list `FILE` that was cleaned before: what repeats one of its entries is removed, the file stays as it is (repeatable)"}
}

func jsonFlag(what string) cli.Flag {
	return &cli.BoolFlag{Name: "json", Usage: "print " + what + " as JSON on stdout"}
}

func outputFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write into the folder `DIR` (default: beside the first input)"},
		&cli.StringSliceFlag{Name: "write", Usage: "`KINDS` of clean list to write: csv, xlsx, jsonl (default: csv,xlsx)"},
		&cli.BoolFlag{Name: "dry-run", Aliases: []string{"n"}, Usage: "say what would be done, write nothing"},
		&cli.BoolFlag{Name: "force", Usage: "overwrite a workbook that holds answers"},
		&cli.StringFlag{Name: "delimiter", Usage: "of NAME.clean.csv: comma, semicolon, tab, pipe or a `CHARACTER` (default: comma)"},
		&cli.BoolFlag{Name: "bom", Usage: "begin NAME.clean.csv with a byte order mark, for Excel"},
		&cli.BoolFlag{Name: "csv-safe", Usage: "put an apostrophe before cells of NAME.clean.csv that a spreadsheet takes for a formula"},
	}
}

// without gives flags but for those of some names.
func without(flags []cli.Flag, names ...string) []cli.Flag {
	return slices.DeleteFunc(flags, func(f cli.Flag) bool { return slices.Contains(names, f.Names()[0]) })
}

// options turns the flags that a command has, given or from a settings file,
// into those of the road; a flag that it has not is not set.
func options(c *cli.Context, say *voice, files []string) (pipeline.Options, error) {
	from, err := inForce(c, files)
	if err != nil {
		return pipeline.Options{}, err
	}
	say.settings(from)
	o := pipeline.Options{
		Inputs: files, Stdin: say.in, From: c.String("from"), Sheet: c.String("sheet"), KeepText: c.Bool("keep-text"),
		Columns: profile.Overrides{Ignore: c.StringSlice("ignore"), Across: c.String("across")},
		Same:    c.Float64("same"), Review: c.Float64("review"), Balanced: c.Bool("balanced"), Keep: dedupe.Keep(c.String("keep")), MergeFields: c.Bool("merge-fields"),
		Output: c.String("output"), DryRun: c.Bool("dry-run"), Force: c.Bool("force"),
		Ledgers: c.StringSlice("decisions"), Against: c.StringSlice("against"),
		Version: version(), Progress: say.progress,
	}
	if len(files) == 0 {
		return o, &usage{msg: "no file given", hint: fmt.Sprintf("unecho %s FILE, or - for standard input", c.Command.Name)}
	}
	if n := count(files, "-"); n > 1 {
		return o, &usage{msg: "- is given twice: standard input can be read only once"}
	}
	for _, set := range []func(*cli.Context, *pipeline.Options) error{setFormat, setColumns, setBands, setKeep, setWeights, setWrites, setCSV} {
		if err := set(c, &o); err != nil {
			return o, blamed(err, from)
		}
	}
	o.Flags = setFlags(c)
	roomFor(slices.Concat(o.Inputs, o.Against))
	return o, nil
}

func setFormat(c *cli.Context, o *pipeline.Options) error {
	return oneOf("--from", o.From, parse.Formats[:])
}

func setColumns(c *cli.Context, o *pipeline.Options) error {
	for _, s := range c.StringSlice("columns") {
		role, err := profile.ParseRoleOf(s)
		if err != nil {
			return err
		}
		o.Columns.Roles = append(o.Columns.Roles, role)
	}
	return nil
}

func setBands(c *cli.Context, o *pipeline.Options) error {
	for _, name := range []string{"same", "review"} {
		if p := c.Float64(name); c.IsSet(name) && !(p > 0 && p <= 1) {
			return &usage{msg: fmt.Sprintf("--%s %v is not a probability", name, p), hint: "give a number above 0 and up to 1"}
		}
	}
	same, review := o.Same, o.Review
	if same == 0 {
		same = dedupe.DefaultSame
	}
	if review == 0 {
		review = dedupe.DefaultReview
	}
	if review > same {
		return &usage{msg: fmt.Sprintf("--review %v is above --same %v", review, same), hint: "pairs are asked from --review on, and merged from --same on; set both"}
	}
	return nil
}

func setKeep(c *cli.Context, o *pipeline.Options) error {
	return oneOf("--keep", o.Keep, dedupe.Keeps[:])
}

// setWeights reads the weights; errors name the file and the line.
func setWeights(c *cli.Context, o *pipeline.Options) (err error) {
	if !c.IsSet("weights") {
		return nil
	}
	name := c.String("weights")
	data, err := os.ReadFile(name)
	if err != nil {
		return &usage{msg: "--weights: " + err.Error(), hint: weightsHint}
	}
	if o.Weights, err = dedupe.ReadWeights(bytes.NewReader(data), name); err != nil {
		return &usage{msg: "--weights: " + err.Error(), hint: weightsHint}
	}
	return nil
}

const weightsHint = "a weights file of this version is made by go run ./cmd/learn -o FILE FOLDER; see docs/learning.md"

func setWrites(c *cli.Context, o *pipeline.Options) error {
	for _, list := range c.StringSlice("write") {
		for _, word := range strings.Split(list, ",") {
			kind := pipeline.Kind(strings.TrimSpace(word))
			if kind == "" {
				return &usage{msg: "--write: a kind is missing", hint: "the kinds are csv, xlsx, jsonl"}
			}
			if err := oneOf("--write", kind, pipeline.Kinds[:]); err != nil {
				return err
			}
			o.Writes = append(o.Writes, kind)
		}
	}
	for _, name := range []string{"delimiter", "bom", "csv-safe"} {
		if c.IsSet(name) && o.Writes != nil && !slices.Contains(o.Writes, pipeline.CSV) {
			return &usage{msg: fmt.Sprintf("--%s is for NAME.clean.csv, and --write leaves that out", name), hint: "add csv to --write"}
		}
	}
	return nil
}

func setCSV(c *cli.Context, o *pipeline.Options) error {
	o.CSV.BOM, o.CSV.Safe = c.Bool("bom"), c.Bool("csv-safe")
	if !c.IsSet("delimiter") {
		return nil
	}
	word := c.String("delimiter")
	if o.CSV.Delimiter = delimiter(word); o.CSV.Delimiter != 0 {
		return nil
	}
	runes := []rune(word)
	if len(runes) != 1 || strings.ContainsAny(word, "\"\r\n\uFFFD\x00") {
		return &usage{msg: fmt.Sprintf("--delimiter %q is not one character", word), hint: "give comma, semicolon, tab, pipe or one character"}
	}
	o.CSV.Delimiter = runes[0]
	return nil
}

// delimiter gives the character that a word stands for, 0 when it is none.
func delimiter(word string) rune {
	switch word {
	case "comma":
		return ','
	case "semicolon":
		return ';'
	case "tab", `\t`:
		return '\t'
	case "pipe":
		return '|'
	}
	return 0
}

// oneOf fails unless word is blank or one of the words known.
func oneOf[T ~string](flag string, word T, known []T) error {
	if word == "" || slices.Contains(known, word) {
		return nil
	}
	names := make([]string, len(known))
	for i, k := range known {
		names[i] = string(k)
	}
	u := &usage{msg: fmt.Sprintf("%s: %q is none of %s", flag, word, strings.Join(names, ", "))}
	if near := record.Nearest(names, string(word)); near != "" {
		u.hint = fmt.Sprintf("did you mean %q?", near)
	}
	return u
}

// setFlags gives the flags that were set and bear on the result, for the
// workbook: where and how it is written and said does not, so that the same
// list gives the same workbook in any folder.
func setFlags(c *cli.Context) map[string][]string {
	set := make(map[string][]string)
	for _, flag := range c.Command.Flags {
		name := flag.Names()[0]
		if slices.Contains([]string{"output", "force", "dry-run", "json", "tty", "html", "port", "no-browser", "by", "limit", "settings", "save-settings"}, name) {
			continue
		}
		switch f := flag.(type) {
		case *cli.StringSliceFlag:
			if c.IsSet(name) {
				set[name] = c.StringSlice(name)
			}
		case cli.DocGenerationFlag:
			if c.IsSet(name) {
				set[name] = []string{fmt.Sprint(c.Value(f.(cli.Flag).Names()[0]))}
			}
		}
	}
	return set
}

func count(words []string, word string) int {
	n := 0
	for _, w := range words {
		if w == word {
			n++
		}
	}
	return n
}
