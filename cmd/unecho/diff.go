package main

import (
	"fmt"
	"maps"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/unecho/unecho/pipeline"
	"github.com/unecho/unecho/pipeline/review"
)

// diffCommand says what became of groups between two runs.
func diffCommand(say *voice) *cli.Command {
	return &cli.Command{
		Name: "diff", ArgsUsage: "OLD.clusters.csv NEW.clusters.csv",
		Usage: "say what became of the groups between two runs",
		UsageText: `unecho diff may/posts.clusters.csv june/posts.clusters.csv
unecho diff a/posts.clusters.csv b/posts.clusters.csv --list posts.txt
unecho diff a/posts.clusters.csv b/posts.clusters.csv --decisions posts.decisions.jsonl --json`,
		Description: `Compares the groups of two runs, record by record, by their lasting ids: which
were joined, split, grown, shrunk, which are new and gone, and by which evidence
or, with --decisions, by whose word. With --list it shows the entries in words.
Exits with 0 when both group the same entries in the same way, with 1 when not.`,
		Flags: []cli.Flag{
			&cli.StringSliceFlag{Name: "list", Usage: "show entries in the words of the list `FILE` (repeatable)"},
			decisionsFlag(), jsonFlag("what changed"),
		},
		Action: func(c *cli.Context) error {
			if c.NArg() != 2 {
				return &usage{msg: fmt.Sprintf("diff needs two lists of clusters, and got %s", plural(c.NArg(), "file", "files")),
					hint: "for example: unecho diff may/posts.clusters.csv june/posts.clusters.csv"}
			}
			d, err := regrouping(c, say)
			if err != nil {
				return err
			}
			if c.Bool("json") {
				if err := say.json(d); err != nil {
					return err
				}
			} else {
				say.data("%s", regroupingWords(d, len(d.Changes)))
			}
			if !d.Equal() {
				return &repeatsFound{}
			}
			return nil
		},
	}
}

// regrouping compares the two runs that a command line names.
func regrouping(c *cli.Context, say *voice) (*pipeline.Regrouping, error) {
	var runs [2]*pipeline.Clustering
	for i, path := range c.Args().Slice() {
		var err error
		if runs[i], err = pipeline.ReadClustering(path); err != nil {
			return nil, err
		}
	}
	texts := map[string]string{}
	for _, file := range c.StringSlice("list") {
		list, err := pipeline.Read(c.Context, pipeline.Options{Inputs: []string{file}, Stdin: say.in, Progress: say.progress})
		if err != nil {
			return nil, err
		}
		maps.Copy(texts, list.Texts())
	}
	var ledger *review.Ledger
	if c.IsSet("decisions") {
		l, err := openLedgers(c)
		if err != nil {
			return nil, err
		}
		ledger = l.all
		say.aside(ledger.Aside)
	}
	return pipeline.Compare(runs[0], runs[1], texts, ledger), nil
}

// becameWords are what is said of groups, one and many.
var becameWords = map[pipeline.Became][2]string{
	pipeline.Joined: {"joined", "several groups or entries became one"}, pipeline.Split: {"split", "one group became several"},
	pipeline.Regrouped: {"regrouped", "entries moved between groups"}, pipeline.Grown: {"grown", "new entries came in"},
	pipeline.Shrunk: {"shrunk", "entries went that are not in the list any more"}, pipeline.Changed: {"changed", "entries came and went: corrected since"},
	pipeline.New: {"new", "groups of entries that were not there"}, pipeline.Gone: {"gone", "groups whose entries are not there any more"},
	pipeline.Unchanged: {"unchanged", ""},
}

// regroupingWords says what changed: the numbers, and the first changes.
func regroupingWords(d *pipeline.Regrouping, most int) string {
	var b strings.Builder
	for _, kind := range pipeline.Becames {
		if n := d.Groups[kind]; n > 0 || kind == pipeline.Unchanged {
			fmt.Fprintf(&b, "%-10s %s\n", becameWords[kind][0], strings.TrimSuffix(plural(n, "group", "groups")+": "+becameWords[kind][1], ": "))
		}
	}
	e := d.Entries
	fmt.Fprintf(&b, "%-10s %s in both runs, %s new, %s gone\n", "alone", entries(e.Unchanged), thousands(e.New), thousands(e.Gone))
	for i, g := range d.Changes {
		if i == most {
			fmt.Fprintf(&b, "\n… and %d more, all with --json\n", len(d.Changes)-most)
			break
		}
		b.WriteString("\n" + regroupWords(g))
	}
	return b.String()
}

// regroupWords shows one change: the groups of before, entry by entry, and
// what became of each entry.
func regroupWords(g pipeline.Regroup) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s → %s\n", becameWords[g.Became][0], groupNames(g.Old), groupNames(g.New))
	for i, p := range g.Parts {
		if i == partsShown {
			fmt.Fprintf(&b, "    … and %d more entries\n", len(g.Parts)-i)
			break
		}
		mark, note := " ", ""
		switch {
		case p.Old == "":
			mark = "+"
		case p.New == "":
			mark = "-"
		case len(g.New) > 1:
			note = "  → " + p.New
		case len(g.Old) > 1:
			note = "  from " + p.Old
		}
		text := p.ID
		if p.Text != "" {
			text = clip(p.Text, 90)
		}
		fmt.Fprintf(&b, "  %s %s%s\n", mark, text, note)
	}
	for i, by := range g.By {
		if i == partsShown {
			break
		}
		fmt.Fprintf(&b, "    by %s\n", clip(by, 160))
	}
	return b.String()
}

// partsShown is how many entries of a group are shown.
const partsShown = 8

func groupNames(ids []string) string {
	switch n := len(ids); {
	case n == 0:
		return "nothing"
	case n > 4:
		return fmt.Sprintf("%s and %d more", strings.Join(ids[:3], ", "), n-3)
	}
	return strings.Join(ids, ", ")
}

// preview says what a dry run would change against the last run.
func (v *voice) preview(r *pipeline.Report) {
	p := r.Preview
	if p == nil {
		return
	}
	if p.Equal() {
		v.line("\nagainst the last run: nothing would change\n")
		return
	}
	v.line("\nagainst the last run: %s\n\n%s\n", wouldDo(p), strings.TrimRight(regroupingWords(p, previewShown), "\n"))
}

const previewShown = 20

// wouldDo is the change in one line: "would join 3 groups, split 1".
func wouldDo(p *pipeline.Regrouping) string {
	verbs := []struct {
		kind pipeline.Became
		verb string
	}{{pipeline.Joined, "join groups or entries into"}, {pipeline.Split, "split"}, {pipeline.Regrouped, "regroup"}, {pipeline.Grown, "grow"}, {pipeline.Shrunk, "shrink"}, {pipeline.Changed, "change"}, {pipeline.New, "make"}}
	var words []string
	for _, w := range verbs {
		if n := p.Groups[w.kind]; n > 0 {
			words = append(words, w.verb+" "+plural(n, "group", "groups"))
		}
	}
	if words == nil {
		return "no group would change; " + plural(p.Entries.New, "entry is", "entries are") + " new, " + thousands(p.Entries.Gone) + " gone"
	}
	return "would " + strings.Join(words, ", ")
}
