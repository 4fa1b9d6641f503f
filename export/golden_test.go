package export

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestGoldenWorkbook compares the workbook cell by cell with its types,
// styles, formulas and rich text, and sheet by sheet with tables, drop-downs,
// conditional formats, panes, widths and names. With -update and a folder in
// UNECHO_KEEP it also leaves the workbook there to be looked at.
func TestGoldenWorkbook(t *testing.T) {
	data := bookBytes(t, sampleWork(), sheetRows)
	golden(t, "posts.clean.xlsx.txt", dump(t, openBook(t, data)))
	if folder := os.Getenv("UNECHO_KEEP"); folder != "" && *update {
		if err := os.WriteFile(filepath.Join(folder, "posts.clean.xlsx"), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// dump spells a workbook.
func dump(t *testing.T, f *excelize.File) []byte {
	t.Helper()
	var out bytes.Buffer
	for _, name := range f.GetSheetList() {
		visible, _ := f.GetSheetVisible(name)
		fmt.Fprintf(&out, "== %s visible=%v\n", name, visible)
		dumpSheet(t, &out, f, name)
		rows, err := f.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		for r, row := range rows {
			for c := range row {
				dumpCell(t, &out, f, name, fmt.Sprintf("%s%d", columnName(c), r+1))
			}
		}
	}
	for _, n := range f.GetDefinedName() {
		fmt.Fprintf(&out, "name %s %s %s\n", n.Scope, n.Name, n.RefersTo)
	}
	props, _ := f.GetDocProps()
	fmt.Fprintf(&out, "document %+v\n", *props)
	custom, _ := f.GetCustomProps()
	fmt.Fprintf(&out, "custom %+v\n", custom)
	return out.Bytes()
}

func dumpSheet(t *testing.T, out *bytes.Buffer, f *excelize.File, name string) {
	t.Helper()
	tables, err := f.GetTables(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		fmt.Fprintf(out, "table %s %s %s\n", table.Name, table.Range, table.StyleName)
	}
	panes, _ := f.GetPanes(name)
	fmt.Fprintf(out, "panes freeze=%v x=%d y=%d\n", panes.Freeze, panes.XSplit, panes.YSplit)
	rules, _ := f.GetDataValidations(name)
	for _, rule := range rules {
		fmt.Fprintf(out, "drop-down %s %s\n", rule.Sqref, rule.Formula1)
	}
	formats, _ := f.GetConditionalFormats(name)
	for _, ref := range slices.Sorted(mapKeys(formats)) {
		for _, c := range formats[ref] {
			fmt.Fprintf(out, "format %s %s %s %s..%s\n", ref, c.Type, c.Criteria, c.MinValue, c.MaxValue)
		}
	}
	notes, _ := f.GetComments(name)
	for _, note := range notes {
		fmt.Fprintf(out, "note %s %q\n", note.Cell, note.Text)
	}
	layout, _ := f.GetPageLayout(name)
	if layout.Orientation != nil && layout.FitToWidth != nil {
		fmt.Fprintf(out, "page %s wide=%d\n", *layout.Orientation, *layout.FitToWidth)
	}
	out.WriteString("widths")
	for c := range 26 {
		if w, _ := f.GetColWidth(name, columnName(c)); w > 0 && w != 9.140625 {
			fmt.Fprintf(out, " %s=%v", columnName(c), w)
		}
	}
	out.WriteString("\n")
}

func mapKeys[V any](m map[string]V) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func dumpCell(t *testing.T, out *bytes.Buffer, f *excelize.File, sheet, cell string) {
	t.Helper()
	value, err := f.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	kind, _ := f.GetCellType(sheet, cell)
	style, _ := f.GetCellStyle(sheet, cell)
	formula, _ := f.GetCellFormula(sheet, cell)
	if value == "" && formula == "" && style == 0 {
		return
	}
	fmt.Fprintf(out, "%s t%d s%d %.200q", cell, kind, style, value)
	if formula != "" {
		fmt.Fprintf(out, " =%s", formula)
	}
	runs, _ := f.GetCellRichText(sheet, cell)
	for _, run := range runs {
		if run.Font != nil && run.Font.Bold {
			fmt.Fprintf(out, " [%s:%s]", run.Font.Color, run.Text)
		}
	}
	out.WriteString("\n")
}
