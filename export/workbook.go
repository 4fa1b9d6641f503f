package export

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/unecho/unecho/pipeline/record"
)

// The sheets of the workbook, in their order. Start and Clean are always
// there; another is left out when it would be empty. Lists (the words of the
// drop-downs) and Run (what made the workbook) are hidden. A sheet that is
// longer than a sheet can be goes on in Clean2, Clean3 and so forth.
const (
	SheetStart    = "Start"
	SheetClean    = "Clean"
	SheetReview   = "Review"
	SheetMerged   = "Merged"
	SheetClusters = "Clusters"
	SheetSeries   = "Series"
	SheetChanges  = "Changes"
	SheetRejects  = "Rejects"
	SheetLists    = "Lists"
	SheetRun      = "Run"
)

// sheetRows is the number of rows that a sheet of Excel has.
const sheetRows = 1 << 20

// maxLinks bounds the links of one sheet. They are formulas, which have no
// bound of their own, but each costs a reader time.
const maxLinks = 100_000

// Workbook writes the list as an Excel workbook for a person to work in; see
// docs/workbook.md for what each sheet holds. All text is written as text,
// never as a formula. What a cell cannot hold is never lost in silence: the
// cell says where the rest stands, and Start counts such cells. Large sheets
// pass through a temporary file, which is gone when Workbook returns. A list
// of more columns than a sheet has is an error.
func Workbook(w io.Writer, work *Work) error {
	return writeWorkbook(w, work, sheetRows)
}

// writeWorkbook is Workbook with the number of rows of a sheet.
func writeWorkbook(w io.Writer, work *Work, rowLimit int) error {
	if n := len(work.Columns) + len(cleanAdded); n > excelize.MaxColumns {
		return fmt.Errorf("workbook: the list has %s columns, and a sheet can have %s: write CSV or JSON lines instead",
			thousands(len(work.Columns)), thousands(excelize.MaxColumns-len(cleanAdded)))
	}
	f := excelize.NewFile()
	defer f.Close()
	b, err := newBook(f, work, rowLimit)
	if err != nil {
		return err
	}
	defer b.press.close()
	b.zip.w = w
	f.SetZipWriter(func(io.Writer) excelize.ZipWriter { return b.zip })
	for _, step := range []func() error{
		b.openStart, b.clean, b.review, b.merged, b.clusters, b.series, b.changes, b.rejects,
		b.fillAll, b.assemble, b.lists, b.run, b.start, b.properties,
	} {
		if err := step(); err != nil {
			return fmt.Errorf("workbook: %w", err)
		}
	}
	return f.Write(io.Discard)
}

// assemble makes the sheets whose rows are written, in their order.
func (b *book) assemble() error {
	for _, s := range b.sheets {
		if err := s.assemble(); err != nil {
			return err
		}
	}
	return nil
}

// partName is the part of the workbook that holds a sheet.
func (b *book) partName(sheet string) string {
	for id, name := range b.f.GetSheetMap() {
		if name == sheet {
			return fmt.Sprintf("xl/worksheets/sheet%d.xml", id)
		}
	}
	return ""
}

// book is a workbook being written.
type book struct {
	f        *excelize.File
	work     *Work
	style    *styles
	rowLimit int
	sheets   []*sheet // in order
	press    *press
	zip      *orderedZip
	progress sheetProgress
	fitted   fitted
	pages    map[string][]*page // of each sheet, in order
	rtl      bool               // most text of the list runs from right to left

	title   int     // column that names a record, -1 for none
	kept    []int32 // rows in order
	removed []int32 // rows in order of their survivor, then their own
	place   []int32 // of each record among kept or among removed
	copies  []int32 // records merged into each
	marks   []int32 // the number of the series that each record is in, onReview, or 0

	mergedLayout *pairLayout // of Merged
	mergedID     string      // column of Merged that has the id of the removed record
}

// onReview marks a record of a doubtful pair.
const onReview = -1

func newBook(f *excelize.File, work *Work, rowLimit int) (*book, error) {
	style, err := newStyles(f)
	if err != nil {
		return nil, err
	}
	b := &book{f: f, work: work, style: style, rowLimit: rowLimit, pages: map[string][]*page{}, press: newPress()}
	b.zip = &orderedZip{press: b.press, bodies: map[string]*body{}}
	b.progress = sheetProgress{b: b}
	b.title = slices.IndexFunc(work.Columns, func(c record.Column) bool { return c.Role == record.Title })
	b.sortRecords()
	b.mergedLayout = b.layoutPairs("removed", "kept", len(b.removed), b.mergedPair)
	b.mergedID = columnName(len(b.mergedColumns(b.mergedLayout)) - 1)
	b.rtl = rightToLeft(func(yield func(string) bool) {
		for i := range sampled(len(b.kept)) {
			if !yield(b.label(int(b.kept[i]))) {
				return
			}
		}
	})
	return b, nil
}

// sortRecords parts the kept from the removed and gives each its place.
func (b *book) sortRecords() {
	verdicts := b.work.Verdicts
	b.place = make([]int32, len(verdicts))
	b.copies = make([]int32, len(verdicts))
	for r, v := range b.work.own() {
		b.copies[v.Survivor]++
		if v.Kept {
			b.place[r] = int32(len(b.kept))
			b.kept = append(b.kept, int32(r))
		} else {
			b.removed = append(b.removed, int32(r))
		}
	}
	slices.SortStableFunc(b.removed, func(x, y int32) int {
		return verdicts[x].Survivor - verdicts[y].Survivor
	})
	for i, r := range b.removed {
		b.place[r] = int32(i)
	}
}

// label names a record in one cell: its title, or else its first three
// filled cells.
func (b *book) label(r int) string {
	if b.title >= 0 {
		return b.work.cell(r, b.title)
	}
	var filled []string
	for _, cell := range b.work.row(r) {
		if cell != "" && len(filled) < 3 {
			filled = append(filled, cell)
		}
	}
	return strings.Join(filled, " · ")
}

// labelName is what a column of labels is called.
func (b *book) labelName() string {
	if b.title >= 0 && strings.TrimSpace(b.work.Columns[b.title].Name) != "" {
		return b.work.Columns[b.title].Name
	}
	return "entry"
}

// from says where a record stands in the input: "line 34", with the name of
// the file where there are several.
func (b *book) from(r int) string {
	if b.work.old(r) {
		return b.work.oldPlace(r)
	}
	at := b.work.Table.At[r]
	source := b.work.Table.Sources[at.Source]
	word := "line"
	switch source.Format {
	case "xlsx":
		word = "row"
	case "json":
		word = "element"
	}
	if len(b.work.Table.OwnSources()) == 1 {
		return fmt.Sprintf("%s %d", word, at.Line)
	}
	return fmt.Sprintf("%s, %s %d", baseName(source.Name), word, at.Line)
}

// baseName is the name of a file without its folders, on any system.
func baseName(name string) string {
	return name[strings.LastIndexAny(name, `/\`)+1:]
}

// jump is a cell that shows the number of a record (from 1) and leads to it on
// Clean or Merged. Where idCell holds the record's id and the sheets are of a
// size that lets a spreadsheet look it up, the link finds the record after
// sorting too; otherwise it leads to where the record was written.
func (b *book) jump(r int, idCell string, links int) excelize.Cell {
	if b.work.old(r) {
		return excelize.Cell{StyleID: b.style.muted, Value: b.work.oldPlace(r)}
	}
	if links > maxLinks {
		return excelize.Cell{StyleID: b.style.integer, Value: r + 1}
	}
	sheet, idColumn, total := SheetMerged, b.mergedID, len(b.removed)
	if b.work.Verdicts[r].Kept {
		sheet, idColumn, total = SheetClean, b.cleanIDColumn(), len(b.kept)
	}
	perPage := b.rowLimit - 1
	if links*total <= 50_000_000 && total <= perPage {
		return excelize.Cell{
			StyleID: b.style.link,
			Formula: fmt.Sprintf(`HYPERLINK("#%s!A"&IFERROR(MATCH(%s,%s!$%s:$%s,0),1),%d)`, sheet, idCell, sheet, idColumn, idColumn, r+1),
			Value:   r + 1,
		}
	}
	name, row := pageName(sheet, int(b.place[r])/perPage), int(b.place[r])%perPage+2
	return excelize.Cell{StyleID: b.style.link, Formula: fmt.Sprintf(`HYPERLINK("#%s!A%d",%d)`, name, row, r+1), Value: r + 1}
}

// columnName is the letters of a column, from 0.
func columnName(c int) string {
	name, err := excelize.ColumnNumberToName(c + 1)
	if err != nil {
		return "XFD"
	}
	return name
}
