package main

import (
	"strings"

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
