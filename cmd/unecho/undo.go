package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/unecho/unecho/pipeline/record"
	"github.com/unecho/unecho/pipeline/review"
)

// undoCommand takes decisions back.
func undoCommand(say *voice) *cli.Command {
	return &cli.Command{
		Name: "undo", ArgsUsage: "FILE|LEDGER [ID…]",
		Usage: "take decisions back: the last one, or those named",
		UsageText: `unecho undo posts.txt                  the last decision, or the last stroke
unecho undo posts.txt d4kq2zw7aeia     this one; unecho log posts.txt shows the ids
unecho undo posts.txt d4kq2 --bulk     all that was decided in one stroke with it`,
		Description: `Takes back the last decision that holds, with --by the last of that person, or
the decisions named by their ids (or the beginnings of these). The ledger keeps
them, and a line that takes them back: to take back an undo, name its id.`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "by", Usage: "the last decision of the person `NAME`, in whose name it is taken back (default: anybody's, in yours)"},
			&cli.BoolFlag{Name: "bulk", Usage: "with each ID, all that was decided in one stroke with it"},
			&cli.BoolFlag{Name: "dry-run", Aliases: []string{"n"}, Usage: "say what would be taken back, write nothing"},
			decisionsFlag(), jsonFlag("what was taken back"),
		},
		Action: func(c *cli.Context) error {
			files, wanted := undoArgs(c)
			l, err := openLedgers(c, files...)
			if err != nil {
				return err
			}
			u, err := l.undo(c, wanted)
			if err != nil {
				return err
			}
			if c.Bool("json") {
				return say.json(u)
			}
			say.undone(u)
			say.aside(l.all.Aside)
			return nil
		},
	}
}

// undoArgs tells the file from the ids. With --decisions there need be no
// file: a first word that begins like an id is one.
func undoArgs(c *cli.Context) (files, ids []string) {
	args := c.Args().Slice()
	if len(args) == 0 {
		return []string{}, nil
	}
	if c.IsSet("decisions") && looksLikeID(args[0]) {
		return []string{}, args
	}
	return args[:1], args[1:]
}

// looksLikeID says whether a word can be the id of a decision.
func looksLikeID(word string) bool {
	return len(word) == idLength && strings.HasPrefix(word, "d") && strings.Trim(word, "abcdefghijklmnopqrstuvwxyz234567") == ""
}

const (
	idLength   = 12 // of the id of a decision
	shortestID = 4  // the shortest beginning that names one
)

// undoing is what was taken back.
type undoing struct {
	Ledger string        `json:"ledger"` // where that is written
	Undo   string        `json:"undo"`   // the id of the line that takes back, "" in a dry run or when there is nothing to take back
	Taken  []logDecision `json:"taken_back"`
	Before []logDecision `json:"before"` // of those named, what had been taken back before
	Again  []logDecision `json:"again"`  // older words, or those of others, that hold now on the same
	DryRun bool          `json:"dry_run"`
}

// undo writes the line that takes back what was asked for.
func (l *ledgers) undo(c *cli.Context, wanted []string) (*undoing, error) {
	by := c.String("by")
	if err := l.knows(by); err != nil {
		return nil, err
	}
	u := &undoing{Ledger: l.paths[0], Taken: []logDecision{}, Before: []logDecision{}, Again: []logDecision{}, DryRun: c.Bool("dry-run")}
	ids := l.all.Last(by)
	if len(wanted) > 0 {
		var err error
		if ids, err = l.named(wanted); err != nil {
			return nil, err
		}
	}
	if len(wanted) == 0 || c.Bool("bulk") {
		ids = l.strokes(ids)
	}
	named := make(map[string]bool, len(ids))
	for _, id := range ids {
		named[id] = true
	}
	var taken []string
	for _, p := range l.all.History() {
		switch d := (logDecision{p.Decision, p.State, p.Through}); {
		case !named[p.ID]:
		case p.State == review.TakenBack:
			u.Before = append(u.Before, d)
		default:
			u.Taken, taken = append(u.Taken, d), append(taken, p.ID)
		}
	}
	if len(taken) == 0 {
		return u, nil
	}
	return u, l.write(u, review.Decision{Kind: review.Undo, Undoes: taken, By: who(c), At: now(), Via: "terminal", Version: version()})
}

// write appends the undo, unless it is a dry run, and finds what holds by it.
func (l *ledgers) write(u *undoing, undo review.Decision) error {
	before := map[string]bool{}
	for _, p := range l.all.History() {
		before[p.ID] = p.State == review.Holds
	}
	undo = undo.Sealed()
	if !u.DryRun {
		written, err := review.Append(u.Ledger, undo)
		if err != nil {
			return &usage{msg: fmt.Sprintf("nothing was taken back: %v", err), hint: "the ledger must be a file that can be written"}
		}
		u.Undo = written[0].ID
	}
	after := l.all.With(undo)
	for _, p := range after.History() {
		if p.State == review.Holds && p.Kind != review.Undo && !before[p.ID] {
			u.Again = append(u.Again, logDecision{p.Decision, p.State, p.Through})
		}
	}
	return nil
}

// named finds the decisions that words name, in full or by their beginnings.
func (l *ledgers) named(words []string) ([]string, error) {
	var ids []string
	for _, word := range words {
		d, err := l.one(word)
		if err != nil {
			return nil, err
		}
		ids = append(ids, d.ID)
	}
	return ids, nil
}

// strokes adds what was written in one stroke with some decisions; the lines
// by which the stroke took back what it replaced are part of it.
func (l *ledgers) strokes(ids []string) []string {
	batches := map[string]bool{}
	for _, d := range l.all.Decisions {
		if d.Batch != "" && slices.Contains(ids, d.ID) {
			batches[d.Batch] = true
		}
	}
	out := slices.Clone(ids)
	for _, d := range l.all.Decisions {
		if batches[d.Batch] {
			out = append(out, d.ID)
		}
	}
	return out
}

// one finds the decision that a word names.
func (l *ledgers) one(word string) (review.Decision, error) {
	var fits []review.Decision
	names := make([]string, len(l.all.Decisions))
	for i, d := range l.all.Decisions {
		if d.ID == word {
			return d, nil
		}
		if len(word) >= shortestID && strings.HasPrefix(d.ID, strings.ToLower(word)) {
			fits = append(fits, d)
		}
		names[i] = d.ID
	}
	switch {
	case len(fits) == 1:
		return fits[0], nil
	case len(fits) > 1:
		return review.Decision{}, &usage{msg: fmt.Sprintf("%q begins %d ids: %s and %s", word, len(fits), fits[0].ID, fits[1].ID), hint: "write more letters of the one that is meant"}
	}
	u := &usage{msg: fmt.Sprintf("no decision %q in %s", word, strings.Join(l.paths, ", ")), hint: fmt.Sprintf("unecho log %s shows the ids", quoted(l.paths))}
	if near := record.Nearest(names, word); near != "" {
		u.hint = fmt.Sprintf("did you mean %s?", near)
	}
	return review.Decision{}, u
}

// undone says what was taken back, and what holds by it.
func (v *voice) undone(u *undoing) {
	for _, d := range u.Before {
		v.note("%s had been taken back before, by %s", d.ID, d.Through)
	}
	if len(u.Taken) == 0 {
		v.line("nothing to take back in %s", u.Ledger)
		return
	}
	what := "took back"
	if u.DryRun {
		what = "would take back"
	}
	v.line("%s %s:", what, plural(len(u.Taken), "decision", "decisions"))
	v.fewDecisions(u.Taken)
	if says := u.meaning(); says != "" {
		v.line("%s", says)
	}
	v.fewDecisions(u.Again)
	if u.Undo != "" {
		v.line("to bring it back: unecho undo %s %s", quoted([]string{u.Ledger}), u.Undo)
	}
}

// meaning says what holds now that it was taken back.
func (u *undoing) meaning() string {
	if len(u.Again) > 0 {
		return "this holds again:"
	}
	if !slices.ContainsFunc(u.Taken, func(d logDecision) bool { return d.State == review.Holds || d.State == review.Contradicted }) {
		return "which changes nothing: a later word holds"
	}
	var says []string
	for _, m := range meanings() {
		if slices.ContainsFunc(u.Taken, func(d logDecision) bool { return slices.Contains(m.of, d.Kind) }) {
			says = append(says, m.says)
		}
	}
	return strings.Join(says, "; ")
}

// meaning is what holds when decisions of some kinds no longer do.
type meaning struct {
	of   []review.Kind
	says string
}

func meanings() []meaning {
	return []meaning{
		{[]review.Kind{review.Same, review.Different, review.Related}, "the next run judges these pairs by their evidence, and may ask about them again"},
		{[]review.Kind{review.Skip}, "what was put off is asked in its turn"},
		{[]review.Kind{review.Keep}, "which entry stays goes by the rule again"},
		{[]review.Kind{review.Value}, "the field reads as it came"},
		{[]review.Kind{review.Learn}, "the answers move the weights, as where nobody said anything about that"},
		{[]review.Kind{review.Stop}, "what is certain is merged without asking again"},
		{[]review.Kind{review.Undo}, "which changes nothing: what it took back is taken back by another too, or replaced"},
	}
}
