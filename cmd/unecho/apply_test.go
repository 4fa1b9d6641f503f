package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

// cellCmd writes texts into cells of a workbook, as a person does. A place may
// name its column by its header: Clean!title:2 is the second row below it.
func cellCmd(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 || len(args)%2 == 0 {
		ts.Fatalf("usage: cell FILE PLACE TEXT…")
	}
	path := ts.MkAbs(args[0])
	book, err := excelize.OpenFile(path)
	ts.Check(err)
	defer book.Close()
	for i := 1; i < len(args); i += 2 {
		sheet, ref, ok := strings.Cut(args[i], "!")
		if !ok {
			ts.Fatalf("%s is no place in a workbook", args[i])
		}
		if header, row, named := strings.Cut(ref, ":"); named {
			found, err := book.SearchSheet(sheet, header)
			ts.Check(err)
			if len(found) == 0 {
				ts.Fatalf("%s has no header %s", sheet, header)
			}
			column, _, err := excelize.SplitCellName(found[0])
			ts.Check(err)
			ref = column + row
		}
		ts.Check(book.SetCellStr(sheet, ref, args[i+1]))
	}
	ts.Check(book.SaveAs(path))
}

// idsCmd writes an answer to the pair in a row of Review into a file of its
// own: CSV, or JSON lines as the offline page gives them.
func idsCmd(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 5 {
		ts.Fatalf("usage: ids BOOK SHEET ROW KIND TO")
	}
	book, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	defer book.Close()
	rows, err := book.GetRows(args[1])
	ts.Check(err)
	row, err := strconv.Atoi(args[2])
	ts.Check(err)
	last := rows[row-1][len(rows[0])-2:]
	text := fmt.Sprintf("decision;id A;id B\n%s;%s;%s\n", args[3], last[0], last[1])
	if strings.HasSuffix(args[4], ".jsonl") {
		text = fmt.Sprintf(`{"kind":%q,"a":%q,"b":%q,"via":"offline page","at":"2026-11-25T09:00:00Z"}`+"\n", args[3], last[0], last[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[4]), []byte(text), 0o666))
}

// answerBook makes book.xlsx of the workbook of verified.csv, with an answer in
// it; ann.jsonl, in which ann said the opposite; and forced, a folder in which
// such a workbook is in the way.
func answerBook(t *testing.T) {
	t.Helper()
	book, err := excelize.OpenFile("verified.clean.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows("Merged")
	if err != nil || len(rows) < 2 {
		t.Fatalf("Merged has %d rows: %v", len(rows), err)
	}
	book.SetCellStr("Merged", "A2", "bring back")
	last := rows[1][len(rows[0])-2:]
	line := fmt.Sprintf(`{"kind":"same","a":{"id":%q,"text":"a"},"b":{"id":%q,"text":"b"},"by":"ann","at":"2026-11-25T09:00:00Z"}`+"\n", last[0], last[1])
	for _, err := range []error{os.MkdirAll("forced", 0o777), book.SaveAs("book.xlsx"), book.SaveAs("forced/verified.clean.xlsx"), os.WriteFile("ann.jsonl", []byte(line), 0o666)} {
		if err != nil {
			t.Fatal(err)
		}
	}
}
