package export

import "github.com/xuri/excelize/v2"

// The colours of the workbook: one accent and its tint, one warm colour for
// what a person may fill in, and two that colour-blind eyes can tell apart for
// differences. None of them carries a meaning alone.
const (
	accent     = "1F4E5F"
	accentTint = "DCE9EE"
	ink        = "1B1F23"
	muted      = "6B7280"
	rule       = "D9DEE3"
	inputFill  = "FFF7D6"
	leftOnly   = "B45309" // orange, with italics
	rightOnly  = "1D4ED8" // blue, with an underline
	fontName   = "Calibri"
)

// styles are the cell formats of the workbook, made once. A number is the id
// that excelize gave.
type styles struct {
	text       int // text format, so that nothing typed becomes a date or a formula
	wrap       int // the same, in several lines
	integer    int
	general    int
	decimal    [7]int // by number of decimals
	prob       int
	muted      int
	link       int
	input      int
	yours      int // header of a column of the user's
	ours       int // header of a column that was added
	leader     int // first row of a group, text
	leaderWrap int
	leaderNum  int
	leaderLink int
	title      int
	lead       int
	section    int
	label      int
	figure     int
	prose      int
	open       int // link to a sheet
	aside      int // words behind a figure
	answered   int // conditional
}

const (
	formatText = 49 // "@"
	format0    = 1
	format2    = 2
)

func newStyles(f *excelize.File) (*styles, error) {
	m := &styleMaker{f: f}
	top := excelize.Alignment{Vertical: "top"}
	wrap := excelize.Alignment{Vertical: "top", WrapText: true}
	head := excelize.Alignment{Vertical: "center", WrapText: true}
	right := excelize.Alignment{Vertical: "top", Horizontal: "right", Indent: 1}
	s := &styles{
		text:       m.cell(ink, top, formatText, "", false),
		wrap:       m.cell(ink, wrap, formatText, "", false),
		integer:    m.cell(ink, right, format0, "", false),
		general:    m.cell(ink, right, 0, "", false),
		prob:       m.cell(ink, right, format2, "", false),
		muted:      m.cell(muted, wrap, formatText, "", false),
		link:       m.cell(accent, right, 0, "", false),
		input:      m.cell(ink, wrap, formatText, inputFill, false),
		yours:      m.cell("FFFFFF", head, formatText, accent, true),
		ours:       m.cell(accent, head, formatText, accentTint, true),
		leader:     m.cell(ink, top, formatText, "EEF4F6", true),
		leaderWrap: m.cell(ink, wrap, formatText, "EEF4F6", true),
		leaderNum:  m.cell(ink, right, format0, "EEF4F6", true),
		leaderLink: m.cell(accent, right, 0, "EEF4F6", true),
	}
	for d := range s.decimal {
		s.decimal[d] = m.custom("0." + "000000"[:d])
	}
	s.decimal[0], s.decimal[2] = s.integer, s.prob // in formats that every reader knows
	s.title = m.plain(&excelize.Font{Family: fontName, Size: 20, Bold: true, Color: accent}, excelize.Alignment{Vertical: "center"}, "")
	s.lead = m.plain(&excelize.Font{Family: fontName, Size: 12, Color: ink}, excelize.Alignment{Vertical: "top", WrapText: true}, "")
	s.section = m.plain(&excelize.Font{Family: fontName, Size: 12, Bold: true, Color: accent}, excelize.Alignment{Vertical: "bottom"}, "")
	s.label = m.plain(&excelize.Font{Family: fontName, Size: 11, Color: muted}, excelize.Alignment{Vertical: "top"}, "")
	s.figure = m.plain(&excelize.Font{Family: fontName, Size: 12, Bold: true, Color: ink}, excelize.Alignment{Vertical: "top", Horizontal: "right"}, "#,##0")
	s.prose = m.plain(&excelize.Font{Family: fontName, Size: 11, Color: ink}, excelize.Alignment{Vertical: "top", Horizontal: "left", Indent: 1, WrapText: true}, "")
	s.open = m.plain(&excelize.Font{Family: fontName, Size: 11, Color: accent, Underline: "single"}, excelize.Alignment{Vertical: "top", Horizontal: "left", Indent: 1}, "")
	s.aside = m.plain(&excelize.Font{Family: fontName, Size: 11, Color: muted}, excelize.Alignment{Vertical: "top", Horizontal: "left", Indent: 1}, "")
	s.answered = m.conditional(&excelize.Style{
		Font: &excelize.Font{Color: muted},
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E5E7EB"}},
	})
	return s, m.err
}

// styleMaker makes styles and keeps the first error.
type styleMaker struct {
	f   *excelize.File
	err error
}

func (m *styleMaker) add(style *excelize.Style) int {
	id, err := m.f.NewStyle(style)
	if m.err == nil {
		m.err = err
	}
	return id
}

// cell makes a format for a cell of a table, with a fine line below it.
func (m *styleMaker) cell(color string, align excelize.Alignment, format int, fill string, bold bool) int {
	style := &excelize.Style{
		Font:      &excelize.Font{Family: fontName, Size: 11, Color: color, Bold: bold},
		Alignment: &align,
		NumFmt:    format,
		Border:    []excelize.Border{{Type: "bottom", Color: rule, Style: 1}},
	}
	if fill != "" {
		style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fill}}
	}
	return m.add(style)
}

// custom makes a format for numbers.
func (m *styleMaker) custom(format string) int {
	return m.add(&excelize.Style{
		Font:         &excelize.Font{Family: fontName, Size: 11, Color: ink},
		Alignment:    &excelize.Alignment{Vertical: "top", Horizontal: "right", Indent: 1},
		CustomNumFmt: &format,
		Border:       []excelize.Border{{Type: "bottom", Color: rule, Style: 1}},
	})
}

// plain makes a format for a cell of Start.
func (m *styleMaker) plain(font *excelize.Font, align excelize.Alignment, format string) int {
	style := &excelize.Style{Font: font, Alignment: &align}
	if format != "" {
		style.CustomNumFmt = &format
	}
	return m.add(style)
}

func (m *styleMaker) conditional(style *excelize.Style) int {
	id, err := m.f.NewConditionalStyle(style)
	if m.err == nil {
		m.err = err
	}
	return id
}

// marked gives pieces as rich text: what stands only on the left in orange
// italics, only on the right in blue and underlined, both bold. nil when
// nothing differs.
func marked(pieces []piece, left bool) []excelize.RichTextRun {
	runs := make([]excelize.RichTextRun, len(pieces))
	differs := false
	for i, p := range pieces {
		runs[i].Text = p.text
		if !p.only {
			continue // in the font of the cell
		}
		differs = true
		if left {
			runs[i].Font = &excelize.Font{Family: fontName, Size: 11, Bold: true, Italic: true, Color: leftOnly}
		} else {
			runs[i].Font = &excelize.Font{Family: fontName, Size: 11, Bold: true, Underline: "single", Color: rightOnly}
		}
	}
	if !differs {
		return nil
	}
	return runs
}
