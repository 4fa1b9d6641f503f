package export

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// column is one column of a sheet.
type column struct {
	header string
	width  float64
	style  int    // of its cells
	yours  bool   // the user's own, not added
	note   string // a note at the header
	list   string // range of Lists that its drop-down offers, "" for none
	prompt string // what the drop-down says when its cell is chosen
}

// sheetSpec is a sheet with one table.
type sheetSpec struct {
	name    string
	full    string // where text stands in full that a cell cannot hold
	columns []column
	frozen  int // columns that stay when scrolling
	printed int // columns that are printed, from the first; 0 for all
	total   int // rows to come
	outline bool
	// finish adds what hangs on the whole range, before the sheet is closed.
	finish func(name string, lastRow int) error
}

// sheet is a table being written, row after row. It goes on in a further
// sheet when it is longer than a sheet can be.
type sheet struct {
	b      *book
	spec   sheetSpec
	name   string
	stream *excelize.StreamWriter
	row    int // last written on this page, from 1
	done   int
	cells  []excelize.Cell
	values []any
}

func pageName(name string, page int) string {
	if page == 0 {
		return name
	}
	return name + strconv.Itoa(page+1)
}

// table writes one sheet: fill adds its rows.
func (b *book) table(spec sheetSpec, fill func(s *sheet) error) error {
	s := &sheet{b: b, spec: spec}
	s.cells = make([]excelize.Cell, len(spec.columns))
	s.values = make([]any, len(spec.columns))
	for i := range s.cells {
		s.values[i] = &s.cells[i]
	}
	if err := s.open(); err != nil {
		return err
	}
	if err := fill(s); err != nil {
		return err
	}
	return s.close()
}

// open begins a page: what is set here must stand before the first row.
func (s *sheet) open() error {
	f := s.b.f
	s.name = pageName(s.spec.name, len(s.b.pages[s.spec.name]))
	if _, err := f.NewSheet(s.name); err != nil {
		return err
	}
	if err := s.b.dress(s.name, s.spec.outline); err != nil {
		return err
	}
	var err error
	if s.stream, err = f.NewStreamWriter(s.name); err != nil {
		return err
	}
	if s.b.rtl {
		if err := f.SetSheetView(s.name, 0, &excelize.ViewOptions{RightToLeft: &s.b.rtl}); err != nil {
			return err
		}
	}
	err = s.stream.SetPanes(&excelize.Panes{
		Freeze: true, XSplit: s.spec.frozen, YSplit: 1,
		TopLeftCell: columnName(s.spec.frozen) + "2", ActivePane: "bottomRight",
		Selection: []excelize.Selection{{SQRef: "A2", ActiveCell: "A2", Pane: "bottomRight"}},
	})
	if err != nil {
		return err
	}
	widths := make([]float64, len(s.spec.columns))
	for c, col := range s.spec.columns {
		widths[c] = col.width
	}
	if err := setWidths(s.stream, widths); err != nil {
		return err
	}
	return s.header()
}

// setWidths sets the widths from the last column to the first: excelize puts
// each before those it has, and the file format wants them in order.
func setWidths(stream *excelize.StreamWriter, widths []float64) error {
	for c := len(widths); c > 0; c-- {
		if err := stream.SetColWidth(c, c, widths[c-1]); err != nil {
			return err
		}
	}
	return nil
}

// header writes the names of the columns.
func (s *sheet) header() error {
	high := 1
	for c, col := range s.spec.columns {
		style := s.b.style.ours
		if col.yours {
			style = s.b.style.yours
		}
		s.cells[c] = excelize.Cell{StyleID: style, Value: col.header}
		high = max(high, lines(col.header, col.width-3))
	}
	s.row = 1
	return s.stream.SetRow("A1", s.values, excelize.RowOpts{Height: max(24, rowHeight(min(high, 4)))})
}

// add writes one row of so many lines; level above 0 puts it under the row
// before it. Strings are text whatever they look like; an excelize.Cell brings
// its own style; nil is blank.
func (s *sheet) add(lines, level int, values ...any) error {
	if s.row == s.b.rowLimit {
		if err := s.close(); err != nil {
			return err
		}
		if err := s.open(); err != nil {
			return err
		}
	}
	for c, value := range values {
		cell := &s.cells[c]
		*cell = excelize.Cell{StyleID: s.spec.columns[c].style}
		switch v := value.(type) {
		case nil:
		case string:
			if v != "" {
				cell.Value = s.b.fitted.fit(v, s.spec.full)
			}
		case excelize.Cell:
			style := cell.StyleID
			*cell = v
			if v.StyleID == 0 {
				cell.StyleID = style
			}
			if text, ok := v.Value.(string); ok && text != "" {
				cell.Value = s.b.fitted.fit(text, s.spec.full)
			}
		default:
			cell.Value = v
		}
	}
	s.row++
	s.done++
	if s.done%10_000 == 0 && s.b.work.Progress != nil {
		if err := s.b.work.Progress(s.name, s.done, s.spec.total); err != nil {
			return err
		}
	}
	return s.stream.SetRow("A"+strconv.Itoa(s.row), s.values,
		excelize.RowOpts{Height: rowHeight(lines), OutlineLevel: level})
}

// close ends a page: the table over its rows and what hangs on them.
func (s *sheet) close() error {
	pages := s.b.pages[s.spec.name]
	s.b.pages[s.spec.name] = append(pages, page{s.name, s.row - 1})
	if s.row > 1 {
		if err := s.dropDowns(); err != nil {
			return err
		}
		if s.spec.finish != nil {
			if err := s.spec.finish(s.name, s.row); err != nil {
				return err
			}
		}
		ref := "A1:" + columnName(len(s.spec.columns)-1) + strconv.Itoa(s.row)
		err := s.b.f.AddIgnoredErrors(s.name, ref, excelize.IgnoredErrorsNumberStoredAsText)
		if err != nil {
			return err
		}
		plain := false
		err = s.stream.AddTable(&excelize.Table{
			Range: ref, Name: s.name + "Table", StyleName: "TableStyleLight1", ShowRowStripes: &plain,
		})
		if err != nil {
			return err
		}
	}
	if err := s.notes(); err != nil {
		return err
	}
	if s.spec.printed > 0 {
		err := s.b.f.SetDefinedName(&excelize.DefinedName{
			Name: "_xlnm.Print_Area", Scope: s.name,
			RefersTo: fmt.Sprintf("%s!$A$1:$%s$%d", s.name, columnName(s.spec.printed-1), s.row),
		})
		if err != nil {
			return err
		}
	}
	return s.stream.Flush()
}

// dropDowns offers the words of Lists in the columns that ask for them. A
// word that is not among them is warned of, not refused.
func (s *sheet) dropDowns() error {
	for c, col := range s.spec.columns {
		if col.list == "" {
			continue
		}
		rule := excelize.NewDataValidation(true)
		rule.Sqref = fmt.Sprintf("%s2:%s%d", columnName(c), columnName(c), s.row)
		rule.SetSqrefDropList(col.list)
		rule.SetInput(col.header, col.prompt)
		rule.SetError(excelize.DataValidationErrorStyleWarning, col.header, "This word is not in the list. "+col.prompt)
		if err := s.b.f.AddDataValidation(s.name, rule); err != nil {
			return err
		}
	}
	return nil
}

// notes puts the original name at each header that had to be altered.
func (s *sheet) notes() error {
	for c, col := range s.spec.columns {
		if col.note == "" {
			continue
		}
		note := excelize.Comment{Cell: columnName(c) + "1", Author: "unecho", Text: col.note, Width: 260, Height: 80}
		if err := s.b.f.AddComment(s.name, note); err != nil {
			return err
		}
	}
	return nil
}

// dress sets what all sheets share: how they print, and their colour.
func (b *book) dress(name string, outline bool) error {
	yes, no := true, false
	tab := "FF" + accentTint // opaque
	if name == SheetStart || name == SheetClean || name == SheetReview {
		tab = "FF" + accent
	}
	props := &excelize.SheetPropsOptions{FitToPage: &yes, TabColorRGB: &tab}
	if outline {
		props.OutlineSummaryBelow = &no
	}
	if err := b.f.SetSheetProps(name, props); err != nil {
		return err
	}
	size, landscape, wide, high := 9, "landscape", 1, 0 // A4
	err := b.f.SetPageLayout(name, &excelize.PageLayoutOptions{
		Size: &size, Orientation: &landscape, FitToWidth: &wide, FitToHeight: &high,
	})
	if err != nil {
		return err
	}
	half, more := 0.4, 0.6
	err = b.f.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{
		Left: &half, Right: &half, Top: &half, Bottom: &more, Header: &half, Footer: &half,
	})
	if err != nil {
		return err
	}
	list := strings.ReplaceAll(cutUTF16(xmlText(b.work.Name), 60), "&", "&&")
	err = b.f.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: "&L" + list + " · &A&RPage &P of &N"})
	if err != nil || name == SheetStart {
		return err
	}
	return b.f.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", RefersTo: name + "!$1:$1", Scope: name,
	})
}
