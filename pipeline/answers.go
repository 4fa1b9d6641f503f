package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/xuri/excelize/v2"
)

// answerColumns are the columns of the workbook in which a person answers.
var answerColumns = [...]string{"decision", "keep", "undo", "note"}

// answerSheets are the sheets that have them.
var answerSheets = [...]string{"Review", "Merged"}

// unzipLimit bounds what is unpacked of a workbook that stands in the way.
const unzipLimit = 4 << 30

// refuseAnswers fails when the workbook at path holds answers: overwriting it
// would lose somebody's afternoon. A workbook that cannot be read may hold
// some.
func refuseAnswers(path string) error {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	at, n, err := answers(path)
	switch {
	case err != nil:
		return &Error{Msg: fmt.Sprintf("%s cannot be read, so it may hold answers: %v", path, reason(err)),
			Hint: "move it away, write elsewhere with -o DIR, or overwrite it with --force"}
	case n == 1:
		return &Error{Msg: fmt.Sprintf("%s holds an answer that would be lost (%s)", path, at), Hint: answersHint}
	case n > 1:
		return &Error{Msg: fmt.Sprintf("%s holds %d answers that would be lost (the first in %s)", path, n, at), Hint: answersHint}
	}
	return nil
}

const answersHint = "keep a copy of it, write elsewhere with -o DIR, or overwrite it with --force"

// answers counts the cells in which a person answered, and says where the
// first is.
func answers(path string) (first string, n int, err error) {
	book, err := excelize.OpenFile(path, excelize.Options{UnzipSizeLimit: unzipLimit})
	if err != nil {
		return "", 0, err
	}
	defer book.Close()
	for _, sheet := range answerSheets {
		if i, err := book.GetSheetIndex(sheet); err != nil || i < 0 {
			continue
		}
		at, more, err := sheetAnswers(book, sheet)
		if err != nil {
			return "", 0, err
		}
		if first == "" {
			first = at
		}
		n += more
	}
	return first, n, nil
}

func sheetAnswers(book *excelize.File, sheet string) (first string, n int, err error) {
	rows, err := book.Rows(sheet)
	if err != nil {
		return "", 0, err
	}
	defer rows.Close()
	var watched []int
	for line := 1; rows.Next(); line++ {
		cells, err := rows.Columns()
		if err != nil {
			return "", 0, err
		}
		if watched == nil {
			watched = watch(cells)
			continue
		}
		for _, c := range watched {
			if c >= len(cells) || strings.TrimSpace(cells[c]) == "" {
				continue
			}
			if n++; first == "" {
				name, _ := excelize.CoordinatesToCellName(c+1, line)
				first = sheet + "!" + name
			}
		}
	}
	return first, n, rows.Error()
}

// watch gives the columns of answers when cells are the header of such a
// sheet: it has a column decision or undo.
func watch(cells []string) []int {
	var columns []int
	header := false
	for c, cell := range cells {
		for _, name := range answerColumns {
			if cell == name {
				columns = append(columns, c)
				header = header || name == "decision" || name == "undo"
			}
		}
	}
	if !header {
		return nil
	}
	return columns
}
