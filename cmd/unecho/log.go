package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/unecho/unecho/pipeline"
	"github.com/unecho/unecho/pipeline/record"
	"github.com/unecho/unecho/pipeline/review"
)

// logCommand shows what people decided.
func logCommand(say *voice) *cli.Command {
	return &cli.Command{
		Name: "log", ArgsUsage: "FILE|LEDGER…",
		Usage: "show what people decided about a list",
		UsageText: `unecho log posts.txt                       what posts.decisions.jsonl holds
unecho log posts.txt --by ann --since 2026-11-01
unecho log ann.decisions.jsonl ben.decisions.jsonl --conflicts`,
		Description: `Shows the decisions of a ledger, the oldest first, and what became of each:
whether it holds, was replaced by a later word of the same person, was taken
back, or is contradicted by somebody else. A FILE that is a list stands for its
ledger. Times are UTC. Several ledgers are read as one; as files they merge as
any text does: cat ann.decisions.jsonl >> posts.decisions.jsonl

--conflicts shows the pairs of decisions that contradict each other instead, by
person and by ledger, and how far each two agree (Cohen's kappa: 1 in full, 0
no better than chance), and exits with 1 when there are any.`,
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "conflicts", Usage: "show what people or ledgers contradict each other in; exit 1 if there is anything"},
			&cli.StringFlag{Name: "by", Usage: "only the decisions of the person `NAME`"},
			&cli.StringFlag{Name: "since", Usage: "only the decisions from the `DATE` on: 2026-11-25, or 2026-11-25T09:30:00Z"},
			decisionsFlag(), jsonFlag("the decisions"),
		},
		Action: func(c *cli.Context) error {
			ledgers, err := openLedgers(c)
			if err != nil {
				return err
			}
			shownLog, err := ledgers.log(c)
			if err != nil {
				return err
			}
			if c.Bool("json") {
				err = say.json(shownLog)
			} else {
				say.log(shownLog, c.Bool("conflicts"))
			}
			say.aside(ledgers.all.Aside)
			if err == nil && c.Bool("conflicts") && len(shownLog.Conflicts) > 0 {
				return &repeatsFound{}
			}
			return err
		},
	}
}

// ledgers are those that a command line names.
type ledgers struct {
	paths []string
	each  []*review.Ledger // in the order of paths
	all   *review.Ledger   // read as one
}

// openLedgers reads the ledgers that are named by --decisions, or that the
// arguments are, or that lie beside the lists that the arguments are.
func openLedgers(c *cli.Context, files ...string) (*ledgers, error) {
	if files == nil {
		files = c.Args().Slice()
	}
	l := &ledgers{paths: c.StringSlice("decisions")}
	if len(files) == 0 && len(l.paths) == 0 {
		return nil, &usage{msg: "no file given", hint: fmt.Sprintf("unecho %s FILE, where FILE is a list or its ledger", c.Command.Name)}
	}
	if len(l.paths) == 0 {
		for _, file := range files {
			path, err := ledgerOf(file)
			if err != nil {
				return nil, err
			}
			if !slices.Contains(l.paths, path) {
				l.paths = append(l.paths, path)
			}
		}
	}
	for _, path := range l.paths {
		one, err := review.Read(path)
		if err != nil {
			return nil, &usage{msg: fmt.Sprintf("the decisions cannot be read: %v", err), hint: "name a list, or its ledger NAME.decisions.jsonl"}
		}
		l.each = append(l.each, one)
	}
	var err error
	l.all, err = review.Read(l.paths...)
	return l, err
}

// ledgerOf gives the ledger that a file is, or that lies beside the list that
// it is. Either must be there.
func ledgerOf(file string) (string, error) {
	_, missing := os.Stat(file)
	if strings.HasSuffix(file, review.Ending) || missing == nil && isLedger(file) {
		if missing != nil {
			return "", &usage{msg: fmt.Sprintf("%s: there is no such file", file), hint: "a ledger is made by the first decision: unecho review FILE, or unecho apply BOOK"}
		}
		return file, nil
	}
	path := pipeline.LedgerPaths(pipeline.Options{Inputs: []string{file}})[0]
	if _, err := os.Stat(path); err != nil && missing != nil && file != "-" && !strings.ContainsAny(file, "*?[") {
		return "", &usage{msg: fmt.Sprintf("%s: there is no such list, and no ledger %s", file, path), hint: "name a list, or its ledger NAME.decisions.jsonl"}
	}
	return path, nil
}

// isLedger says whether a file of JSON lines holds decisions and not a list.
func isLedger(file string) bool {
	if !strings.EqualFold(filepath.Ext(file), ".jsonl") {
		return false
	}
	l, err := review.Read(file)
	return err == nil && len(l.Decisions) > 0
}

// logReport is what log shows, for a script.
type logReport struct {
	Ledgers   []string         `json:"ledgers"` // the files that are there
	Decisions []logDecision    `json:"decisions"`
	Conflicts []logConflict    `json:"conflicts"`
	Agreement []logAgreement   `json:"agreement"`
	Aside     []logAside       `json:"aside"` // lines that could not be read
	paths     []string         // those that were looked for
	strokes   map[string][]int // decisions by batch
}

type logDecision struct {
	review.Decision
	State   review.State `json:"state"`
	Through string       `json:"through,omitempty"` // the decision by which it no longer holds
}

// logConflict is two decisions that contradict each other, the earlier first.
type logConflict struct {
	A logDecision `json:"a"`
	B logDecision `json:"b"`
}

// logAgreement is how far two people, or two ledgers, agree.
type logAgreement struct {
	Of     string  `json:"of"` // "people" or "ledgers"
	A      string  `json:"a"`
	B      string  `json:"b"`
	Pairs  int     `json:"pairs"` // decided by both
	Agreed int     `json:"agreed"`
	Kappa  float64 `json:"kappa"` // Cohen's
}

// logAside is a line of a ledger that is no decision.
type logAside struct {
	Path   string `json:"path"`
	Line   int    `json:"line"`
	Text   string `json:"text"`
	Reason string `json:"reason"`
}

// log puts together what is asked for.
func (l *ledgers) log(c *cli.Context) (*logReport, error) {
	since, err := dateOf(c.String("since"))
	if err != nil {
		return nil, err
	}
	by := c.String("by")
	if err := l.knows(by); err != nil {
		return nil, err
	}
	r := &logReport{Ledgers: []string{}, Decisions: []logDecision{}, Conflicts: []logConflict{}, Agreement: l.agreement(),
		Aside: []logAside{}, paths: l.paths, strokes: map[string][]int{}}
	for _, a := range l.all.Aside {
		r.Aside = append(r.Aside, logAside(a))
	}
	for i, path := range l.paths {
		if len(l.each[i].Decisions)+len(l.each[i].Aside) > 0 {
			r.Ledgers = append(r.Ledgers, path)
		}
	}
	wanted := func(d review.Decision) bool { return (by == "" || d.By == by) && !d.At.Before(since) }
	states := map[string]logDecision{}
	for _, p := range l.all.History() {
		d := logDecision{p.Decision, p.State, p.Through}
		states[p.ID] = d
		if !wanted(p.Decision) {
			continue
		}
		if p.Batch != "" {
			r.strokes[p.Batch] = append(r.strokes[p.Batch], len(r.Decisions))
		}
		r.Decisions = append(r.Decisions, d)
	}
	for _, conflict := range review.Among(l.all.InForce(), l.each...) {
		if wanted(conflict.A) || wanted(conflict.B) {
			r.Conflicts = append(r.Conflicts, logConflict{states[conflict.A.ID], states[conflict.B.ID]})
		}
	}
	return r, nil
}

// agreement compares each two people and each two ledgers that decided about
// one pair at least.
func (l *ledgers) agreement() []logAgreement {
	out := []logAgreement{}
	compare := func(of string, names []string, ledgers []*review.Ledger) {
		for i := range names {
			for k := i + 1; k < len(names); k++ {
				if a := review.Agree(ledgers[i], ledgers[k]); a.Pairs > 0 {
					out = append(out, logAgreement{of, names[i], names[k], a.Pairs, a.Agreed, a.Kappa})
				}
			}
		}
	}
	names, theirs := l.people()
	compare("people", names, theirs)
	compare("ledgers", l.paths, l.each)
	return out
}

// people gives the names of those who decided, in order, and their ledgers.
// What one takes back of another's counts for both.
func (l *ledgers) people() (names []string, theirs []*review.Ledger) {
	people := map[string]*review.Ledger{}
	for _, p := range l.all.History() {
		if people[p.By] == nil {
			people[p.By] = &review.Ledger{}
			names = append(names, p.By)
		}
		if p.State != review.TakenBack && p.Kind != review.Undo {
			people[p.By].Decisions = append(people[p.By].Decisions, p.Decision)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		theirs = append(theirs, people[name])
	}
	return names, theirs
}

// knows fails when nobody of a name decided anything.
func (l *ledgers) knows(by string) error {
	names, _ := l.people()
	if by == "" || slices.Contains(names, by) {
		return nil
	}
	u := &usage{msg: fmt.Sprintf("--by: %q decided nothing in %s", by, strings.Join(l.paths, ", "))}
	if near := record.Nearest(names, by); near != "" {
		u.hint = fmt.Sprintf("did you mean %q?", near)
	} else if len(names) > 0 {
		u.hint = "the names are " + strings.Join(names, ", ")
	}
	return u
}

// dateOf reads a day, which begins at midnight UTC, or a time.
func dateOf(word string) (time.Time, error) {
	if word == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{time.DateOnly, time.RFC3339, "2006-01-02 15:04", "2006-01-02T15:04"} {
		if at, err := time.Parse(layout, word); err == nil {
			return at, nil
		}
	}
	return time.Time{}, &usage{msg: fmt.Sprintf("--since: %q is not a date", word), hint: "write 2026-11-25, or 2026-11-25T09:30:00Z"}
}
