package export

import (
	"fmt"
	"strconv"
	"strings"
	"sync"

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
	b       *book
	spec    sheetSpec
	fill    func(s *sheet) error // adds the rows
	letters []string             // of the columns
	pages   []*page
	text    []byte // rows of the last page that are not packed yet
	row     int    // last written on this page, from 1
	done    int
	fitted  fitted
	whole   bool // all rows are written
}

// page is one sheet of a name that may go on in further sheets.
type page struct {
	name string
	rows int // below the header
	body body
}

func pageName(name string, page int) string {
	if page == 0 {
		return name
	}
	return name + strconv.Itoa(page+1)
}

// table takes a sheet down to be written: fill adds its rows. Sheets are filled
// all at once, so fill changes nothing but its sheet.
func (b *book) table(spec sheetSpec, fill func(s *sheet) error) error {
	s := &sheet{b: b, spec: spec, fill: fill, letters: make([]string, len(spec.columns))}
	for c := range s.letters {
		s.letters[c] = columnName(c)
	}
	b.sheets = append(b.sheets, s)
	return nil
}

// fillAll writes the rows of all sheets.
func (b *book) fillAll() error {
	errs := make([]error, len(b.sheets))
	var group sync.WaitGroup
	for i, s := range b.sheets {
		group.Go(func() { errs[i] = s.rows() })
	}
	group.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	for _, s := range b.sheets {
		b.fitted.cut += s.fitted.cut
		b.fitted.strange += s.fitted.strange
	}
	return b.press.wait()
}

// rows writes the rows of a sheet.
func (s *sheet) rows() error {
	s.turn()
	if err := s.fill(s); err != nil {
		return err
	}
	s.end()
	return s.b.progress.finished(s)
}

// turn begins a page.
func (s *sheet) turn() {
	s.pages = append(s.pages, &page{name: pageName(s.spec.name, len(s.pages))})
	s.row = 1 // the header
}

// pack hands the rows that were written to the press.
func (s *sheet) pack() {
	if last := s.pages[len(s.pages)-1]; len(s.text) > 0 {
		s.text = s.b.press.add(&last.body, s.text)
	}
}

// end ends a page.
func (s *sheet) end() {
	last := s.pages[len(s.pages)-1]
	last.rows = s.row - 1
	if len(last.body.blocks) > 0 {
		s.pack()
		return
	}
	last.body.text, last.body.size, s.text = s.text, int64(len(s.text)), nil
}

// add writes one row of so many lines; level above 0 puts it under the row
// before it. Strings are text whatever they look like; an excelize.Cell brings
// its own style; nil is blank.
func (s *sheet) add(lines, level int, values ...any) (err error) {
	if s.row == s.b.rowLimit {
		s.end()
		s.turn()
	}
	s.row++
	s.done++
	s.text = appendRow(s.text, s.row, lines, level)
	for c, value := range values {
		if s.text, err = appendCell(s.text, s.letters[c], s.row, s.cell(c, value)); err != nil {
			return err
		}
	}
	s.text = append(s.text, `</row>`...)
	if len(s.text) >= blockSize {
		s.pack()
	}
	if s.done%10_000 == 0 {
		return s.b.progress.tell(s)
	}
	return nil
}

// cell gives a value of a column as it is written.
func (s *sheet) cell(c int, value any) excelize.Cell {
	cell := excelize.Cell{StyleID: s.spec.columns[c].style}
	switch v := value.(type) {
	case string:
		if v != "" {
			cell.Value = s.fitted.fit(v, s.spec.full)
		}
	case excelize.Cell:
		if v.StyleID == 0 {
			v.StyleID = cell.StyleID
		}
		cell = v
		if text, ok := v.Value.(string); ok && text != "" {
			cell.Value = s.fitted.fit(text, s.spec.full)
		}
	default:
		cell.Value = v
	}
	return cell
}

// sheetProgress tells how far the sheets are that are filled at once: the first
// of them that is not done.
type sheetProgress struct {
	b   *book
	one sync.Mutex
	at  int   // the sheet that is told of
	err error // the first that was given back: all sheets end with it
}

// tell says how far a sheet is, if it is the one that is told of.
func (p *sheetProgress) tell(s *sheet) error {
	p.one.Lock()
	defer p.one.Unlock()
	if p.err == nil && p.b.work.Progress != nil && s == p.b.sheets[p.at] {
		p.err = p.b.work.Progress(s.pages[len(s.pages)-1].name, s.done, s.spec.total)
	}
	return p.err
}

// finished notes that a sheet is done.
func (p *sheetProgress) finished(s *sheet) error {
	p.one.Lock()
	defer p.one.Unlock()
	s.whole = true
	for p.at < len(p.b.sheets)-1 && p.b.sheets[p.at].whole {
		p.at++
	}
	return p.err
}

// assemble makes the sheets of a table: all of them but the rows is excelize's.
func (s *sheet) assemble() error {
	for _, p := range s.pages {
		stream, err := s.open(p)
		if err != nil {
			return err
		}
		if err := s.close(p, stream); err != nil {
			return err
		}
	}
	return nil
}

// open begins a page: what is set here must stand before the header.
func (s *sheet) open(p *page) (*excelize.StreamWriter, error) {
	f := s.b.f
	if _, err := f.NewSheet(p.name); err != nil {
		return nil, err
	}
	if err := s.b.dress(p.name, s.spec.outline); err != nil {
		return nil, err
	}
	stream, err := f.NewStreamWriter(p.name)
	if err != nil {
		return nil, err
	}
	if s.b.rtl {
		if err := f.SetSheetView(p.name, 0, &excelize.ViewOptions{RightToLeft: &s.b.rtl}); err != nil {
			return nil, err
		}
	}
	err = stream.SetPanes(&excelize.Panes{
		Freeze: true, XSplit: s.spec.frozen, YSplit: 1,
		TopLeftCell: columnName(s.spec.frozen) + "2", ActivePane: "bottomRight",
		Selection: []excelize.Selection{{SQRef: "A2", ActiveCell: "A2", Pane: "bottomRight"}},
	})
	if err != nil {
		return nil, err
	}
	widths := make([]float64, len(s.spec.columns))
	for c, col := range s.spec.columns {
		widths[c] = col.width
	}
	if err := setWidths(stream, widths); err != nil {
		return nil, err
	}
	return stream, s.header(stream)
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
func (s *sheet) header(stream *excelize.StreamWriter) error {
	high := 1
	names := make([]any, len(s.spec.columns))
	for c, col := range s.spec.columns {
		style := s.b.style.ours
		if col.yours {
			style = s.b.style.yours
		}
		names[c] = excelize.Cell{StyleID: style, Value: col.header}
		high = max(high, lines(col.header, col.width-3))
	}
	return stream.SetRow("A1", names, excelize.RowOpts{Height: max(24, rowHeight(min(high, 4)))})
}

// close ends a page: the table over its rows and what hangs on them.
func (s *sheet) close(p *page, stream *excelize.StreamWriter) error {
	s.b.pages[s.spec.name] = append(s.b.pages[s.spec.name], p)
	if last := p.rows + 1; last > 1 {
		if err := s.dropDowns(p.name, last); err != nil {
			return err
		}
		if s.spec.finish != nil {
			if err := s.spec.finish(p.name, last); err != nil {
				return err
			}
		}
		ref := "A1:" + columnName(len(s.spec.columns)-1) + strconv.Itoa(last)
		err := s.b.f.AddIgnoredErrors(p.name, ref, excelize.IgnoredErrorsNumberStoredAsText)
		if err != nil {
			return err
		}
		plain := false
		err = stream.AddTable(&excelize.Table{
			Range: ref, Name: p.name + "Table", StyleName: "TableStyleLight1", ShowRowStripes: &plain,
		})
		if err != nil {
			return err
		}
	}
	if err := s.notes(p.name); err != nil {
		return err
	}
	if s.spec.printed > 0 {
		err := s.b.f.SetDefinedName(&excelize.DefinedName{
			Name: "_xlnm.Print_Area", Scope: p.name,
			RefersTo: fmt.Sprintf("%s!$A$1:$%s$%d", p.name, columnName(s.spec.printed-1), p.rows+1),
		})
		if err != nil {
			return err
		}
	}
	s.b.zip.bodies[s.b.partName(p.name)] = &p.body
	return stream.Flush()
}

// dropDowns offers the words of Lists in the columns that ask for them. A
// word that is not among them is warned of, not refused.
func (s *sheet) dropDowns(name string, last int) error {
	for c, col := range s.spec.columns {
		if col.list == "" {
			continue
		}
		rule := excelize.NewDataValidation(true)
		rule.Sqref = fmt.Sprintf("%s2:%s%d", columnName(c), columnName(c), last)
		rule.SetSqrefDropList(col.list)
		rule.SetInput(col.header, col.prompt)
		rule.SetError(excelize.DataValidationErrorStyleWarning, col.header, "This word is not in the list. "+col.prompt)
		if err := s.b.f.AddDataValidation(name, rule); err != nil {
			return err
		}
	}
	return nil
}

// notes puts the original name at each header that had to be altered.
func (s *sheet) notes(name string) error {
	for c, col := range s.spec.columns {
		if col.note == "" {
			continue
		}
		note := excelize.Comment{Cell: columnName(c) + "1", Author: "unecho", Text: col.note, Width: 260, Height: 80}
		if err := s.b.f.AddComment(name, note); err != nil {
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
