package parse

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// workbook writes a workbook with these sheets, cell by cell.
func workbook(t testing.TB, fill func(f *excelize.File)) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	fill(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWorkbook(t *testing.T) {
	data := workbook(t, func(f *excelize.File) {
		day := time.Date(2023, 3, 15, 0, 0, 0, 0, time.UTC)
		iso := "d. mmmm yyyy"
		style, _ := f.NewStyle(&excelize.Style{CustomNumFmt: &iso})
		f.SetSheetRow("Sheet1", "A1", &[]any{"id", "title", "date", "price", "isbn"})
		f.SetSheetRow("Sheet1", "A2", &[]any{"007", "A\nB", day, 1.5, 9783161484100})
		f.SetSheetRow("Sheet1", "A4", &[]any{"008", "C", day.Add(13*time.Hour + 5*time.Minute), 45000, 1e15})
		f.SetCellStyle("Sheet1", "C2", "C2", style)
		f.SetRowVisible("Sheet1", 4, false)
		f.SetSheetRow("Sheet1", "A5", &[]any{"009"})
		f.MergeCell("Sheet1", "A5", "B5")
	})
	table := read(t, "x.xlsx", data, Options{})
	want := [][]string{{"007", "A\nB", "2023-03-15", "1.5", "9783161484100"}, {"008", "C", "2023-03-15 13:05", "45000", "1000000000000000"}, {"009", "", "", "", ""}}
	if got := rowsOf(table); !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("rows %q", got)
	}
	src := table.Sources[0]
	if src.Format != "xlsx" || src.Sheet != "Sheet1" || !src.Header || src.Rows != 5 || !strings.Contains(src.Why, "1 merged") {
		t.Errorf("%+v", src)
	}
	if table.At[1].Line != 4 {
		t.Errorf("positions %+v", table.At)
	}
}

func TestSheets(t *testing.T) {
	data := workbook(t, func(f *excelize.File) {
		f.SetSheetName("Sheet1", "Start")
		for _, s := range []string{"Clean", "Review"} {
			f.NewSheet(s)
			f.SetSheetRow(s, "A1", &[]any{"title", "year"})
			f.SetSheetRow(s, "A2", &[]any{"in " + s, 1999})
		}
	})
	for sheet, want := range map[string]string{"": "in Clean", "review": "in Review"} {
		if got := read(t, "x.xlsx", data, Options{Sheet: sheet}).Cells[0]; got != want {
			t.Errorf("sheet %q: %q", sheet, got)
		}
	}
	_, err := Bytes(context.Background(), "x.xlsx", []byte(data), Options{Sheet: "Revew"})
	var e *Error
	if !errors.As(err, &e) || !strings.Contains(e.Hint, `did you mean "Review"`) {
		t.Errorf("%v, %+v", err, e)
	}
	if table := read(t, "x.xlsx", data, Options{Sheet: "Start"}); table.Len() != 0 {
		t.Errorf("%d records in an empty sheet", table.Len())
	}
}

func TestWorkbookBomb(t *testing.T) {
	if testing.Short() {
		t.Skip("unpacking a bomb takes its time")
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	p, _ := w.Create("xl/worksheets/sheet1.xml")
	io.Copy(p, &repeated{[]byte(" "), 200 << 20})
	w.Close()
	_, err := Bytes(context.Background(), "bomb.xlsx", b.Bytes(), Options{})
	if err == nil || !strings.Contains(err.Error(), "unpacks to more than") {
		t.Errorf("a bomb gave %v", err)
	}
}

// A sheet whose XML breaks off must not pass for a short one.
func TestCutSheet(t *testing.T) {
	data := workbook(t, func(f *excelize.File) { f.SetSheetRow("Sheet1", "A1", &[]any{"title", "x"}) })
	z, err := zip.NewReader(strings.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, part := range z.File {
		r, _ := part.Open()
		body, _ := io.ReadAll(r)
		if part.Name == "xl/worksheets/sheet1.xml" {
			body = body[:len(body)/2]
		}
		p, _ := w.Create(part.Name)
		p.Write(body)
	}
	w.Close()
	if _, err := Bytes(context.Background(), "x.xlsx", b.Bytes(), Options{}); err == nil || !strings.Contains(err.Error(), "breaks off") {
		t.Errorf("a sheet cut in two gave %v", err)
	}
}

func TestBrokenWorkbooks(t *testing.T) {
	data := workbook(t, func(f *excelize.File) { f.SetSheetRow("Sheet1", "A1", &[]any{"title", "x"}) })
	for _, broken := range []string{data[:len(data)/2], data[:30], strings.Replace(data, "PK\x01\x02", "PK\x01\x03", 1)} {
		_, err := Bytes(context.Background(), "x.xlsx", []byte(broken), Options{})
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%v is no *Error", err)
		}
	}
}

// BenchmarkWorkbook reads 20,000 rows of three columns.
func BenchmarkWorkbook(b *testing.B) {
	data := workbook(b, func(f *excelize.File) {
		w, _ := f.NewStreamWriter("Sheet1")
		w.SetRow("A1", []any{"id", "title", "year"})
		for i := range 20_000 {
			cell, _ := excelize.CoordinatesToCellName(1, i+2)
			w.SetRow(cell, []any{i, "A title of some length, and more", 1999})
		}
		w.Flush()
	})
	for b.Loop() {
		if _, err := Bytes(context.Background(), "x.xlsx", []byte(data), Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
