package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/unecho/unecho/export"
	"github.com/unecho/unecho/pipeline"
	"github.com/unecho/unecho/pipeline/record"
	"github.com/unecho/unecho/pipeline/review"
)

// howCommand shows how a group came to be.
func howCommand(say *voice) *cli.Command {
	return &cli.Command{
		Name: "how", ArgsUsage: "FILE… ROW|CLUSTER",
		Usage: "show how a group grew, link by link, and where it is weakest",
		UsageText: `unecho how posts.txt 7                 the group of row 7, as in posts.clusters.csv
unecho how posts.txt c3i7px4dpc7qaw4he  by the id of the group
unecho how posts.txt 7 --json`,
		Description: `Shows the entries of a group and the links that hold it, in the order in which
the entries join: copies, what people said, then evidence, the most likely
first. Names the weakest link, what would split off without it and what would
hold that then, and the decisions about its entries.`,
		Flags: concat([]cli.Flag{decisionsFlag(), againstFlag(), jsonFlag("the group")}, mergeFlags(), readingFlags()),
		Action: func(c *cli.Context) error {
			args := c.Args().Slice()
			if len(args) < 2 {
				return &usage{msg: "how needs a file and a row or the id of a group", hint: "for example: unecho how posts.txt 7"}
			}
			o, err := options(c, say, args[:len(args)-1])
			if err != nil {
				return err
			}
			h, err := grown(c, o, args[len(args)-1])
			if err != nil {
				return err
			}
			if c.Bool("json") {
				return say.json(h)
			}
			say.endProgress()
			say.how(h)
			return nil
		},
	}
}

// mergeFlags are the flags that bear on what is merged; what is asked is none
// of them.
func mergeFlags() []cli.Flag {
	return without(bandFlags(), "review")
}

// howReport is a group and how it grew. Rows count from 1.
type howReport struct {
	Cluster  string            `json:"cluster"`
	Survivor int               `json:"survivor"`
	Entries  []howEntry        `json:"entries"`
	Steps    []howStep         `json:"steps"`
	Weakest  *howStep          `json:"weakest"` // null where no link rests on evidence
	Splits   []int             `json:"splits"`  // rows that would be cut from the survivor without the weakest link
	Next     *howStep          `json:"next"`    // the link that would hold them then
	Decided  []review.Decision `json:"decided"`
	files    []string
}

type howEntry struct {
	Row  int    `json:"row"`
	File string `json:"file"`
	Line int    `json:"line"`
	Text string `json:"text"`
}

type howStep struct {
	A           int     `json:"a"`
	B           int     `json:"b"`
	By          string  `json:"by"` // copy, decision or evidence
	Probability float64 `json:"probability"`
	Why         string  `json:"why"`
	Size        int     `json:"size"` // entries together after it
}

func grown(c *cli.Context, o pipeline.Options, word string) (*howReport, error) {
	list, err := pipeline.Read(c.Context, o)
	if err != nil {
		return nil, err
	}
	recalled, err := pipeline.Recall(list, o)
	if err != nil {
		return nil, err
	}
	if err := recalled.Agreed(); err != nil {
		return nil, err
	}
	o = recalled.Decided(o)
	found, err := pipeline.Match(c.Context, list, o)
	if err != nil {
		return nil, err
	}
	work := pipeline.Conclude(list, found, o)
	row, err := groupOf(work.Verdicts, word)
	if err != nil {
		return nil, err
	}
	return newHow(list, work, found.Growth(row, recalled), o.Inputs), nil
}

// groupOf finds a record of the group that a word names: a row, or the id of
// the group or of a record.
func groupOf(verdicts []record.Verdict, word string) (int, error) {
	if _, err := strconv.Atoi(word); err == nil {
		return rowNumber(word, len(verdicts))
	}
	names := make([]string, len(verdicts))
	for r, v := range verdicts {
		if v.Cluster == word || v.ID == word {
			return r, nil
		}
		names[r] = v.Cluster
	}
	u := &usage{msg: fmt.Sprintf("there is no group %q in the list", word), hint: "name a row, or a cluster as in NAME.clusters.csv"}
	if near := record.Nearest(names, word); near != "" {
		u.hint = fmt.Sprintf("did you mean %s?", near)
	}
	return 0, u
}

func newHow(list *pipeline.List, work *export.Work, g *pipeline.Growth, files []string) *howReport {
	h := &howReport{Cluster: work.Verdicts[g.Survivor].Cluster, Survivor: g.Survivor + 1, Steps: []howStep{}, Splits: []int{},
		Decided: append([]review.Decision{}, g.Said...), files: files}
	for _, r := range g.Rows {
		at := list.Table.At[r]
		h.Entries = append(h.Entries, howEntry{r + 1, list.Table.Sources[at.Source].Name, int(at.Line), pipeline.MainText(list.Columns, list.Cells, r)})
	}
	for _, s := range g.Steps {
		h.Steps = append(h.Steps, *newHowStep(&s))
	}
	if g.Weakest >= 0 {
		h.Weakest = &h.Steps[g.Weakest]
	}
	for _, r := range g.Splits {
		h.Splits = append(h.Splits, r+1)
	}
	h.Next = newHowStep(g.Next)
	return h
}

func newHowStep(j *pipeline.Joining) *howStep {
	if j == nil {
		return nil
	}
	return &howStep{j.A + 1, j.B + 1, string(j.By), j.Probability, j.Why, j.Size}
}

// how prints a group and how it grew. It is data: it goes to stdout.
func (v *voice) how(h *howReport) {
	for _, e := range h.Entries {
		stays := ""
		if e.Row == h.Survivor && len(h.Entries) > 1 {
			stays = "  ← stays"
		}
		v.data("row %-6d %s  (%s:%d)%s\n", e.Row, clip(e.Text, 90), shown(e.File), e.Line, stays)
	}
	if len(h.Entries) == 1 {
		v.data("\nthis entry stands alone: nothing joined it\n")
	} else {
		v.data("\nhow it grew:\n")
	}
	seen := map[int]bool{}
	for i, s := range h.Steps {
		v.data("  %2d. %s, %s; %d together\n", i+1, s.joins(seen), s.because(), s.Size)
		seen[s.A], seen[s.B] = true, true
	}
	v.weakest(h)
	if len(h.Decided) > 0 {
		v.data("\nwhat people decided:\n")
	}
	for _, d := range h.Decided {
		v.data("  %s  %s  %s: %s\n", d.ID, whoAndWhen(d), clip(spokenOf(d), 60), clip(strings.Join(body(d)[:1], ""), 60))
	}
}

// weakest prints where a group would fall apart first.
func (v *voice) weakest(h *howReport) {
	if h.Weakest == nil {
		return
	}
	if len(h.Steps) == 1 {
		v.data("\nthe evidence: unecho why %s %d %d\n", quoted(h.files), h.Weakest.A, h.Weakest.B)
		return
	}
	v.data("\nits weakest link: %s, %s\n", h.Weakest.rows(), h.Weakest.because())
	v.data("  unecho why %s %d %d\n", quoted(h.files), h.Weakest.A, h.Weakest.B)
	without := fmt.Sprintf("without it %s would split off", rowList(h.Splits))
	if n := h.Next; n != nil {
		without = fmt.Sprintf("without it %s would hang on %s, %s", rowList(h.Splits), n.rows(), n.because())
	}
	v.data("  %s\n", without)
}

// joins says which of the two is new.
func (s *howStep) joins(seen map[int]bool) string {
	switch {
	case seen[s.A] && seen[s.B]:
		return fmt.Sprintf("rows %d and %d join two parts", s.A, s.B)
	case seen[s.A]:
		return fmt.Sprintf("row %d joins by row %d", s.B, s.A)
	case seen[s.B]:
		return fmt.Sprintf("row %d joins by row %d", s.A, s.B)
	}
	return s.rows()
}

func (s *howStep) rows() string { return fmt.Sprintf("rows %d and %d", s.A, s.B) }

func (s *howStep) because() string {
	if s.By == string(pipeline.ByEvidence) {
		return fmt.Sprintf("probability %s: %s", percent(s.Probability), s.Why)
	}
	return s.Why
}

// rowsShown bounds the rows that a sentence names.
const rowsShown = 12

func rowList(rows []int) string {
	words := make([]string, 0, len(rows))
	for _, r := range rows[:min(len(rows), rowsShown)] {
		words = append(words, strconv.Itoa(r))
	}
	if more := len(rows) - len(words); more > 0 {
		words = append(words, fmt.Sprintf("%d more", more))
	}
	if len(rows) == 1 {
		return "row " + words[0]
	}
	last := len(words) - 1
	return "rows " + strings.Join(slices.Concat([]string{strings.Join(words[:last], ", ")}, words[last:]), " and ")
}
