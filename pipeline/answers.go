package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/unecho/unecho/export"
	"github.com/unecho/unecho/pipeline/review"
)

// refuseAnswers fails when the workbook at path holds answers that the ledger
// does not have: overwriting it would lose somebody's afternoon. A workbook
// that cannot be read may hold some. One whose answers were read is not in the
// way.
func refuseAnswers(path string, list *List, o Options) error {
	there, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, read := range o.answered {
		if info, err := os.Stat(read); err == nil && os.SameFile(info, there) {
			return nil
		}
	}
	cells, err := unread(path, list, o)
	switch n := len(cells); {
	case err != nil:
		return &Error{Msg: fmt.Sprintf("%s cannot be read, so it may hold answers: %v", path, reason(err)),
			Hint: "move it away, write elsewhere with -o DIR, or overwrite it with --force"}
	case n == 1:
		return &Error{Msg: fmt.Sprintf("%s holds an answer that would be lost (%s)", path, cells[0]), Hint: answersHint(path)}
	case n > 1:
		return &Error{Msg: fmt.Sprintf("%s holds %d answers that would be lost (the first in %s)", path, n, cells[0]), Hint: answersHint(path)}
	}
	return nil
}

func answersHint(path string) string {
	return fmt.Sprintf("unecho apply %s obeys them; or write elsewhere with -o DIR, or overwrite it with --force", path)
}

// unread lists the cells of a workbook in which a person wrote something that
// the ledgers do not have.
func unread(path string, list *List, o Options) (cells []review.Cell, err error) {
	s, err := review.Open(path)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	if s.Workbook == nil {
		return nil, errors.New("it is no workbook")
	}
	run, err := export.ReadRun(s.Workbook)
	if err != nil {
		run = nil // the words on its sheets count all the same
	}
	var clean *review.Clean
	said := func(review.Kind, string, string) bool { return false }
	if list != nil {
		recalled, err := Recall(list, o)
		if err != nil {
			return nil, err
		}
		said = recalled.Ledger.Saying(true)
		if list.Table.Len() <= quicklyRead || !untouched(s) {
			clean = newApplying(list, recalled, o, "").clean(run)
		}
	}
	answers := s.Read(clean)
	for _, f := range append(answers.Wrong, answers.Left...) {
		if f.Cell.Sheet != "" {
			cells = append(cells, f.Cell)
		}
	}
	for _, answer := range answers.Said {
		if !answer.Kind.Pairwise() || !said(answer.Kind, answer.A, answer.B) {
			cells = append(cells, answer.Cell)
		}
	}
	return cells, nil
}

// quicklyRead is the number of records up to which the sheet Clean is looked
// through for edits in any case.
const quicklyRead = 20_000

// untouched says whether no spreadsheet has saved the workbook since it was
// written: reading the sheet Clean of a long list is spared then. Words in the
// columns for answers are looked for in any case.
func untouched(s *review.Source) bool {
	props, err := s.Workbook.GetDocProps()
	return err == nil && props.Modified == export.Written
}
