package export

import (
	"github.com/xuri/excelize/v2"
)

// changes writes each cleaning with what stood before and after it; signs
// that an eye cannot see are spelled.
func (b *book) changes() error {
	if len(b.work.Changes) == 0 {
		return nil
	}
	columns := []column{
		{header: "row", width: 9, style: b.style.link},
		{header: "column", width: 14, style: b.style.text},
		{header: "before", width: 60, style: b.style.wrap},
		{header: "after", width: 60, style: b.style.wrap},
		{header: "rule", width: 30, style: b.style.wrap},
		{header: "id", width: 20, style: b.style.muted},
	}
	spec := sheetSpec{name: SheetChanges, full: "the input", columns: columns, frozen: 1, total: len(b.work.Changes)}
	layout := &pairLayout{b: b}
	return b.table(spec, func(s *sheet) error {
		for _, change := range b.work.Changes {
			before, after := visible(change.Before), visible(change.After)
			left, right := layout.contrast(before, after)
			high := max(lines(before, 60), lines(after, 60), lines(change.Rule, 30))
			err := s.add(min(high, 6), 0,
				b.jump(change.Row, "$F"+itoa(s.row+1), len(b.work.Changes)),
				b.work.Columns[change.Col].Name, left, right, change.Rule, b.work.Verdicts[change.Row].ID)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// rejects writes what could not be read as a record.
func (b *book) rejects() error {
	rejects := b.work.Table.Rejects
	if len(rejects) == 0 {
		return nil
	}
	columns := []column{
		{header: "file", width: 24, style: b.style.text},
		{header: "line", width: 9, style: b.style.integer},
		{header: "reason", width: 44, style: b.style.wrap},
		{header: "text", width: 60, style: b.style.wrap},
	}
	spec := sheetSpec{name: SheetRejects, full: b.work.Name + ".rejects.csv", columns: columns, frozen: 1, total: len(rejects)}
	return b.table(spec, func(s *sheet) error {
		for _, reject := range rejects {
			text := visible(reject.Text)
			err := s.add(min(max(lines(text, 60), lines(reject.Reason, 44)), 6), 0,
				baseName(b.work.Table.Sources[reject.Source].Name), int(reject.Line), reject.Reason, text)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// The ranges of Lists that drop-downs offer.
const (
	decisionList = SheetLists + "!$A$2:$A$5"
	keepList     = SheetLists + "!$B$2:$B$3"
	undoList     = SheetLists + "!$C$2:$C$2"
)

// lists writes the hidden sheet with the words of the drop-downs. They stand
// in cells because a list inside a rule is bounded at 255 characters and
// falls apart at commas.
func (b *book) lists() error {
	return b.hidden(SheetLists, [][]any{
		{"decision", "keep", "undo"},
		{"same", "A", "bring back"},
		{"different", "B"},
		{"related"},
		{"skip"},
	})
}

// hidden writes a sheet that is not shown.
func (b *book) hidden(name string, rows [][]any) error {
	if _, err := b.f.NewSheet(name); err != nil {
		return err
	}
	stream, err := b.f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	for i, row := range rows {
		if err := stream.SetRow("A"+itoa(i+1), row); err != nil {
			return err
		}
	}
	if err := stream.Flush(); err != nil {
		return err
	}
	// SetSheetVisible would read every sheet back, a million rows included.
	sheets := b.f.WorkBook.Sheets.Sheet
	sheets[len(sheets)-1].State = "hidden"
	return nil
}

// styled is a cell in a style of its own.
func styled(style int, text string) excelize.Cell { return excelize.Cell{StyleID: style, Value: text} }
