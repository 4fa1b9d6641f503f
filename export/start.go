package export

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// openStart makes Start the first sheet; start fills it when the others are known.
func (b *book) openStart() error {
	return b.f.SetSheetName("Sheet1", SheetStart)
}

// startSheet is Start being written: a narrow margin, then label, figure, words.
type startSheet struct {
	b      *book
	stream *excelize.StreamWriter
	row    int
	kept   int // the row of the figure that says what was kept
	err    error
}

// The widths of the columns of Start.
var startWidths = [...]float64{3, 22, 13, 66, 3}

// start says what was done, how to answer, what the marks mean, and what the
// workbook was made of. Its figures are formulas over the other sheets.
func (b *book) start() error {
	if err := b.dress(SheetStart, false); err != nil {
		return err
	}
	off := false
	if err := b.f.SetSheetView(SheetStart, 0, &excelize.ViewOptions{ShowGridLines: &off, RightToLeft: &off}); err != nil {
		return err
	}
	stream, err := b.f.NewStreamWriter(SheetStart)
	if err != nil {
		return err
	}
	if err := setWidths(stream, startWidths[:]); err != nil {
		return err
	}
	s := &startSheet{b: b, stream: stream}
	s.heading()
	s.figures()
	s.answering()
	s.marks()
	s.contents()
	s.facts()
	if s.err != nil {
		return s.err
	}
	return stream.Flush()
}

// put writes a row; cells are for columns A, B, C and D.
func (s *startSheet) put(height float64, cells ...any) {
	s.row++
	if s.err == nil {
		s.err = s.stream.SetRow("A"+itoa(s.row), append([]any{nil}, cells...), excelize.RowOpts{Height: height})
	}
}

// gap leaves a little room.
func (s *startSheet) gap() { s.put(10) }

func (s *startSheet) section(name string) {
	s.gap()
	s.put(22, styled(s.b.style.section, name))
}

// prose writes text over columns C and D, as high as it needs, with its label.
func (s *startSheet) prose(label, text string) {
	if text == "" {
		return
	}
	text = xmlText(text)
	text = cutUTF16(text, 4000)
	wide := startWidths[2] + startWidths[3]
	s.put(rowHeight(min(lines(text, wide), 20)), styled(s.b.style.label, label),
		excelize.Cell{StyleID: s.b.style.prose, Value: text})
	if s.err == nil {
		s.err = s.stream.MergeCell("C"+itoa(s.row), "D"+itoa(s.row))
	}
}

func (s *startSheet) heading() {
	sum := s.b.work.Summary
	s.put(12)
	s.put(34, styled(s.b.style.title, cutUTF16(xmlText(s.b.work.Name), 120)))
	text := fmt.Sprintf("%s read, %s merged, %s kept.", plural(sum.Read, "entry", "entries"), plural(sum.Merged, "repeat", "repeats"), thousands(sum.Kept))
	if sum.Review > 0 {
		text += fmt.Sprintf(" %s for your answer on the sheet Review.", waits(sum.Review))
	}
	s.put(20, styled(s.b.style.lead, text))
	if s.err == nil {
		s.err = s.stream.MergeCell("B"+itoa(s.row), "D"+itoa(s.row))
	}
}

// plural writes a number with its word.
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return thousands(n) + " " + many
}

func waits(n int) string {
	if n == 1 {
		return "1 pair waits"
	}
	return thousands(n) + " pairs wait"
}

// count is a formula for the rows of a sheet: what is filled in a column that
// has no blanks, less the header, over all sheets of the name.
func (b *book) count(sheet, column string) excelize.Cell {
	total, parts := 0, []string(nil)
	for _, p := range b.pages[sheet] {
		total += p.rows
		parts = append(parts, fmt.Sprintf("COUNTA(%s!$%s:$%s)-1", p.name, column, column))
	}
	if len(parts) == 0 {
		return excelize.Cell{StyleID: b.style.figure, Value: 0}
	}
	return excelize.Cell{StyleID: b.style.figure, Formula: strings.Join(parts, "+"), Value: total}
}

// open is a link to a sheet, with what is found there.
func (b *book) open(sheet, words string) excelize.Cell {
	if len(b.pages[sheet]) == 0 {
		return styled(b.style.aside, "none")
	}
	return excelize.Cell{StyleID: b.style.open, Formula: fmt.Sprintf(`HYPERLINK("#%s!A1","%s")`, sheet, words), Value: words}
}

// figures are the numbers, the sum that they must make, and their picture.
func (s *startSheet) figures() {
	b := s.b
	label := func(text string) excelize.Cell { return styled(b.style.label, text) }
	s.section("What was done")
	s.put(19, label("read"), excelize.Cell{StyleID: b.style.figure, Value: b.work.Summary.Read},
		styled(b.style.aside, "records in "+plural(len(b.work.Summary.Inputs), "input", "inputs")))
	read := s.row
	s.put(19, label("kept"), b.count(SheetClean, b.cleanIDColumn()), b.open(SheetClean, "→ Clean: the list without repeats"))
	kept := s.row
	s.kept = kept
	s.put(19, label("merged"), b.count(SheetMerged, b.mergedID), b.open(SheetMerged, "→ Merged: each repeat beside the record that stays"))
	s.put(19, label("to review"), b.count(SheetReview, "F"), b.open(SheetReview, "→ Review: pairs that a person should decide"))
	s.put(19, label("rejected"), b.count(SheetRejects, "B"), b.open(SheetRejects, "→ Rejects: what could not be read"))
	last := s.row
	sum := fmt.Sprintf(`C%d+C%d`, kept, kept+1)
	s.put(19, label("check"), excelize.Cell{
		StyleID: b.style.figure,
		Formula: fmt.Sprintf(`IF(C%d=%s,"✓","✗")`, read, sum), Value: mark(b.balanced()),
	}, excelize.Cell{
		StyleID: b.style.aside,
		Formula: fmt.Sprintf(`IF(C%d=%s,"read = kept + merged","read is not kept + merged: rows were added or removed here")`, read, sum),
		Value:   "read = kept + merged",
	})
	if s.err == nil {
		s.err = b.chart(kept, last)
	}
}

func mark(ok bool) string {
	if ok {
		return "✓"
	}
	return "✗"
}

// balanced tells whether the numbers add up when the workbook is written.
func (b *book) balanced() bool {
	return b.work.Summary.Read == len(b.kept)+len(b.removed)
}

// chart draws the figures as bars.
func (b *book) chart(first, last int) error {
	gap := uint(60)
	return b.f.AddChart(SheetStart, "F2", &excelize.Chart{
		Type: excelize.Bar,
		Series: []excelize.ChartSeries{{
			Name:       "entries",
			Categories: fmt.Sprintf("%s!$B$%d:$B$%d", SheetStart, first, last),
			Values:     fmt.Sprintf("%s!$C$%d:$C$%d", SheetStart, first, last),
			Fill:       excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{accent}},
		}},
		Title:     excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: "What became of the entries", Font: &excelize.Font{Family: fontName, Size: 12, Bold: true, Color: accent}}}},
		Legend:    excelize.ChartLegend{Position: "none"},
		Dimension: excelize.ChartDimension{Width: 430, Height: 240},
		XAxis:     excelize.ChartAxis{ReverseOrder: true, Font: excelize.Font{Family: fontName, Size: 10, Color: ink}},
		YAxis:     excelize.ChartAxis{None: true},
		PlotArea:  excelize.ChartPlotArea{ShowVal: true},
		Border:    excelize.LineOptions{Type: excelize.LineNone},
		GapWidth:  &gap,
		Format:    excelize.GraphicOptions{AltText: "Bars: how many entries were kept, merged, are to review, and were rejected"},
	})
}

// answering says how to answer, and how far the person has come.
func (s *startSheet) answering() {
	b := s.b
	if len(b.pages[SheetReview])+len(b.pages[SheetMerged]) == 0 {
		return
	}
	s.section("How to answer")
	if len(b.pages[SheetReview]) > 0 {
		s.prose("1", "On Review, choose same, different or related in the column decision; skip leaves a pair for later. The column keep says which copy stays.")
	} else {
		s.prose("1", "Nothing waits on Review. Merged shows what was removed.")
	}
	if len(b.pages[SheetMerged]) > 0 {
		s.prose("2", "On Merged, choose bring back in the column undo where a record was no repeat.")
	} else {
		s.prose("2", "You may sort, filter and hide rows and columns as you like.")
	}
	s.prose("3", fmt.Sprintf("On Clean, correct what you like in the columns of your list. Save, and run: unecho apply %s.clean.xlsx. It obeys the answers, keeps them for every later run, and writes this workbook again without them; until then no run overwrites it.", cutUTF16(xmlText(b.work.Name), 120)))
	s.progress()
	s.prose("waiting", b.work.Summary.DecisionsWaiting)
}

// sameWords are the answers by which one record less is kept.
var sameWords = [...]string{"same", "s", "yes", "y", "1", "gleich", "ja", "j", "même", "identique", "oui", "igual", "sí", "si"}

// countSame is the formula for such answers among cells.
func countSame() string {
	terms := make([]string, len(sameWords))
	for i, word := range sameWords {
		terms[i] = fmt.Sprintf("COUNTIF(CELLS,%q)", word)
	}
	return strings.Join(terms, "+")
}

// over writes a formula for each page of a sheet, of the cells of its first
// column, and adds them up.
func (b *book) over(sheet, formula string) (sum string, rows int) {
	var parts []string
	for _, p := range b.pages[sheet] {
		cells := fmt.Sprintf("%s!$A$2:$A$%d", p.name, p.rows+1)
		parts = append(parts, strings.ReplaceAll(formula, "CELLS", cells))
		rows += p.rows
	}
	return strings.Join(parts, "+"), rows
}

// progress counts the answers, and what is kept by them.
func (s *startSheet) progress() {
	b, after := s.b, fmt.Sprintf("C%d", s.kept)
	if answered, total := b.over(SheetReview, `COUNTA(CELLS)-COUNTIF(CELLS,"skip")`); total > 0 {
		s.put(19, styled(b.style.label, "answered"), excelize.Cell{StyleID: b.style.figure, Formula: answered, Value: 0}, styled(b.style.aside, "of "+plural(total, "question", "questions")))
		s.put(19, styled(b.style.label, "left"), excelize.Cell{StyleID: b.style.figure, Formula: fmt.Sprintf("%d-C%d", total, s.row), Value: total}, styled(b.style.aside, "to answer, those put off with skip among them"))
		same, _ := b.over(SheetReview, countSame())
		after += "-(" + same + ")"
	}
	if back, total := b.over(SheetMerged, "COUNTA(CELLS)"); total > 0 {
		s.put(19, styled(b.style.label, "brought back"), excelize.Cell{StyleID: b.style.figure, Formula: back, Value: 0}, styled(b.style.aside, "of "+plural(total, "merged record", "merged records")))
		after += fmt.Sprintf("+C%d", s.row)
	}
	s.put(19, styled(b.style.label, "kept after answers"), excelize.Cell{StyleID: b.style.figure, Formula: after, Value: len(b.kept)},
		styled(b.style.aside, "about: each same is one fewer, each brought back one more"))
}

// marks explains the colours and the signs that go with them.
func (s *startSheet) marks() {
	b := s.b
	s.section("What the marks mean")
	key := func(sample excelize.Cell, words string) {
		s.put(19, sample, styled(b.style.prose, words))
		if s.err == nil {
			s.err = s.stream.MergeCell("C"+itoa(s.row), "D"+itoa(s.row))
		}
	}
	key(styled(b.style.yours, "dark header"), "a column of your list, under its own name")
	key(styled(b.style.ours, "light header"), "a column that was added here")
	if len(b.pages[SheetReview])+len(b.pages[SheetMerged]) > 0 {
		key(styled(b.style.input, "yellow"), "for you to fill in; a row turns grey when it is answered")
		key(excelize.Cell{StyleID: b.style.wrap, Value: marked([]piece{{"italics", true}}, true)}, "orange, bold italics: words that only the left text has (A, removed, before)")
		key(excelize.Cell{StyleID: b.style.wrap, Value: marked([]piece{{"underlined", true}}, false)}, "blue, bold underlined: words that only the right text has (B, kept, after)")
	}
}

// contents leads to the sheets that the figures do not lead to.
func (s *startSheet) contents() {
	b := s.b
	link := func(sheet, words string) {
		if len(b.pages[sheet]) > 0 {
			s.put(19, styled(b.style.label, sheet), nil, b.open(sheet, words))
		}
	}
	if len(b.pages[SheetClusters])+len(b.pages[SheetSeries])+len(b.pages[SheetChanges]) == 0 {
		return
	}
	s.section("More sheets")
	link(SheetClusters, "→ each group of repeats, folded under the record that stays")
	link(SheetSeries, "→ kept apart on purpose: parts, issues, editions of one thing")
	link(SheetChanges, "→ what was cleaned in the text, before and after")
}

// facts says what the workbook was made of, and what it cannot show.
func (s *startSheet) facts() {
	sum := s.b.work.Summary
	s.section("How it was made")
	s.prose("command", sum.Command)
	s.prose("version", "unecho "+sum.Version)
	for i, input := range sum.Inputs {
		if i == 20 {
			s.prose("", fmt.Sprintf("and %d more inputs; the hidden sheet Run names them all", len(sum.Inputs)-i))
			break
		}
		kind := strings.Trim(input.Format+", "+input.Encoding, ", ")
		s.prose("input", fmt.Sprintf("%s: %s, %s, SHA-256 %s", baseName(input.Name), kind, plural(input.Records, "record", "records"), input.SHA256))
	}
	s.prose("promise", sum.Promise)
	s.prose("how sure", sum.Held)
	s.prose("audit", sum.Audit)
	s.limits()
}

// limits says where the workbook does not show everything.
func (s *startSheet) limits() {
	b := s.b
	if n := b.fitted.cut; n > 0 {
		s.prose("long text", fmt.Sprintf("%s than the %s characters that a cell can hold; each ends by saying how much is missing and which file has it all.",
			plural(n, "cell holds more text", "cells hold more text"), thousands(cellLimit)))
	}
	if n := b.fitted.strange; n > 0 {
		s.prose("odd characters", fmt.Sprintf("%s characters that a workbook cannot hold; they are shown as signs such as ␀ or �. The CSV files have them as they came.",
			plural(n, "cell has", "cells have")))
	}
	for _, sheet := range []string{SheetClean, SheetReview, SheetMerged, SheetClusters, SheetSeries, SheetChanges, SheetRejects} {
		if pages := b.pages[sheet]; len(pages) > 1 {
			s.prose("long sheet", fmt.Sprintf("%s is longer than the %s rows of a sheet and goes on to %s.", sheet, thousands(b.rowLimit), pages[len(pages)-1].name))
		}
	}
}
