package verify

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
)

// workbook is a workbook read by nothing but zip and xml: the sheets in their
// order, as rows of cells.
type workbook struct {
	names  []string
	sheets map[string][]sheetRow
}

// sheetRow is one row that is not blank.
type sheetRow struct {
	number int // from 1
	cells  []sheetCell
}

type sheetCell struct {
	text   string // the cached value, for a formula
	number bool   // stored as a number, date included
}

func (r sheetRow) text(c int) string {
	if c < 0 || c >= len(r.cells) {
		return ""
	}
	return r.cells[c].text
}

// xml of the parts that are read.
type (
	xmlBook struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	xmlRels struct {
		Rels []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	xmlText struct {
		Plain string   `xml:"t"`
		Runs  []string `xml:"r>t"`
	}
	xmlRow struct {
		Number int       `xml:"r,attr"`
		Cells  []xmlCell `xml:"c"`
	}
	xmlCell struct {
		At     string  `xml:"r,attr"`
		Type   string  `xml:"t,attr"`
		Value  string  `xml:"v"`
		Inline xmlText `xml:"is"`
	}
)

func (t *xmlText) text() string { return unescape(t.Plain + strings.Join(t.Runs, "")) }

// maxPart bounds what one part of a workbook may unpack to.
const maxPart = 4 << 30

func openWorkbook(data []byte) (*workbook, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, errors.New("not a workbook: " + err.Error())
	}
	var book xmlBook
	var rels xmlRels
	if err := readPart(z, "xl/workbook.xml", &book); err != nil {
		return nil, err
	}
	if err := readPart(z, "xl/_rels/workbook.xml.rels", &rels); err != nil {
		return nil, err
	}
	shared, err := sharedStrings(z)
	if err != nil {
		return nil, err
	}
	w := &workbook{sheets: map[string][]sheetRow{}}
	for _, s := range book.Sheets {
		for _, rel := range rels.Rels {
			if rel.ID != s.ID {
				continue
			}
			part := path.Join("xl", rel.Target)
			if strings.HasPrefix(rel.Target, "/") {
				part = rel.Target[1:]
			}
			rows, err := sheetRows(z, part, shared)
			if err != nil {
				return nil, err
			}
			w.names, w.sheets[s.Name] = append(w.names, s.Name), rows
		}
	}
	return w, nil
}

func openPart(z *zip.Reader, name string) (io.ReadCloser, error) {
	for _, f := range z.File {
		if f.Name == name {
			return f.Open()
		}
	}
	return nil, errors.New("not a workbook: no " + name)
}

func readPart(z *zip.Reader, name string, into any) error {
	r, err := openPart(z, name)
	if err != nil {
		return err
	}
	defer r.Close()
	return xml.NewDecoder(io.LimitReader(r, maxPart)).Decode(into)
}

// sharedStrings reads the table of strings; a workbook may have none.
func sharedStrings(z *zip.Reader) ([]string, error) {
	if !slices.ContainsFunc(z.File, func(f *zip.File) bool { return f.Name == "xl/sharedStrings.xml" }) {
		return nil, nil
	}
	var table struct {
		Items []xmlText `xml:"si"`
	}
	err := readPart(z, "xl/sharedStrings.xml", &table)
	out := make([]string, len(table.Items))
	for i := range table.Items {
		out[i] = table.Items[i].text()
	}
	return out, err
}

// sheetRows streams the rows of a sheet.
func sheetRows(z *zip.Reader, part string, shared []string) ([]sheetRow, error) {
	r, err := openPart(z, part)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	var rows []sheetRow
	d := xml.NewDecoder(io.LimitReader(r, maxPart))
	for last := 0; ; {
		token, err := d.Token()
		if err == io.EOF {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != "row" {
			continue
		}
		var row xmlRow
		if err := d.DecodeElement(&row, &start); err != nil {
			return nil, err
		}
		last = max(row.Number, last+1)
		if cells := rowCells(row, shared); slices.ContainsFunc(cells, func(c sheetCell) bool { return c.text != "" }) {
			rows = append(rows, sheetRow{last, cells})
		}
	}
}

func rowCells(row xmlRow, shared []string) []sheetCell {
	var cells []sheetCell
	for _, c := range row.Cells {
		at := len(cells)
		if c.At != "" {
			at = columnOf(c.At)
		}
		if at >= 1<<14 {
			continue
		}
		for len(cells) <= at {
			cells = append(cells, sheetCell{})
		}
		cells[at] = cellValue(c, shared)
	}
	return cells
}

func cellValue(c xmlCell, shared []string) sheetCell {
	switch c.Type {
	case "s":
		if i, err := strconv.Atoi(c.Value); err == nil && i >= 0 && i < len(shared) {
			return sheetCell{text: shared[i]}
		}
		return sheetCell{}
	case "inlineStr":
		return sheetCell{text: c.Inline.text()}
	case "str":
		return sheetCell{text: unescape(c.Value)}
	case "b", "e":
		return sheetCell{text: c.Value, number: true}
	}
	return sheetCell{text: c.Value, number: c.Value != ""}
}

// columnOf gives the column, from 0, of a place such as "AB12".
func columnOf(at string) int {
	n := 0
	for i := 0; i < len(at) && at[i] >= 'A' && at[i] <= 'Z' && n < 1<<16; i++ {
		n = n*26 + int(at[i]-'A') + 1
	}
	return max(n-1, 0)
}

var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// unescape undoes _x0041_, in which a workbook writes what XML cannot.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return escaped.ReplaceAllStringFunc(s, func(code string) string {
		n, _ := strconv.ParseUint(code[2:6], 16, 16)
		return string(utf16.Decode([]uint16{uint16(n)}))
	})
}

// pages gives the rows of a sheet and of those that go on with it (Clean,
// Clean2, …), each without its header; header is that of the first.
func (w *workbook) pages(name string) (header sheetRow, rows []sheetRow, there bool) {
	for i := 1; ; i++ {
		page := name
		if i > 1 {
			page += strconv.Itoa(i)
		}
		sheet, ok := w.sheets[page]
		if !ok {
			return header, rows, there
		}
		there = true
		if len(sheet) > 0 {
			if i == 1 {
				header = sheet[0]
			}
			rows = append(rows, sheet[1:]...)
		}
	}
}

// column finds a header, letter case aside; -1 where there is none.
func (r sheetRow) column(name string) int {
	return slices.IndexFunc(r.cells, func(c sheetCell) bool { return strings.EqualFold(c.text, name) })
}

// readSheet reads a workbook as an input: the sheet whose first row has the
// names of the clean list, the columns aside that clean adds on its own sheet
// of that name, else the first.
func readSheet(file string, data []byte, run *run) ([]entry, error) {
	w, err := openWorkbook(data)
	if err != nil {
		return nil, err
	}
	if len(w.names) == 0 {
		return nil, errors.New("the workbook has no sheet")
	}
	rows, names := w.sheets[w.names[0]], run.header
	for _, name := range w.names {
		sheet := w.sheets[name]
		if _, own := w.sheets["Start"]; own && name == "Clean" {
			sheet = withoutTail(sheet, "also at", "copies", "cluster", "note", "id")
		}
		if len(sheet) > 0 && sameNames(sheet[0].texts(), run.header) {
			rows, names = sheet[1:], sheet[0].texts()
			break
		}
	}
	var entries []entry
	for _, row := range rows {
		reject := slices.IndexFunc(run.rejects, func(r reject) bool { return r.file == file && r.line == row.number && !r.seen })
		if reject >= 0 {
			run.rejects[reject].seen = true
			continue
		}
		e := entry{file: file, number: len(entries) + 1, names: names, cells: row.texts()}
		e.loose = slices.ContainsFunc(row.cells, func(c sheetCell) bool { return c.number })
		entries = append(entries, e)
	}
	return entries, nil
}

// withoutTail drops the last columns of a sheet when they have these names,
// with or without a number behind.
func withoutTail(rows []sheetRow, names ...string) []sheetRow {
	if len(rows) == 0 {
		return rows
	}
	keep := len(rows[0].cells) - len(names)
	if keep < 1 {
		return rows
	}
	for i, c := range rows[0].cells[keep:] {
		if name, _, _ := strings.Cut(c.text, " ("); name != names[i] {
			return rows
		}
	}
	short := slices.Clone(rows)
	for i := range short {
		short[i].cells = short[i].cells[:min(keep, len(short[i].cells))]
	}
	return short
}

func (r sheetRow) texts() []string {
	out := make([]string, len(r.cells))
	for i, c := range r.cells {
		out[i] = c.text
	}
	return out
}
