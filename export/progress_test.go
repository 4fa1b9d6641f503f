package export

import (
	"fmt"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestProgress answers, and looks whether Start counts it.
func TestProgress(t *testing.T) {
	book := openBook(t, bookBytes(t, sampleWork(), sheetRows))
	kept := 0
	figures := func() map[string]string {
		rows, err := book.GetRows(SheetStart)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for r, row := range rows {
			if len(row) > 2 {
				value, err := book.CalcCellValue(SheetStart, fmt.Sprintf("C%d", r+1), excelize.Options{RawCellValue: true})
				if err != nil {
					t.Fatal(err)
				}
				got[row[1]] = value
			}
		}
		return got
	}
	before := figures()
	if _, err := fmt.Sscan(before["kept"], &kept); err != nil || before["left"] != "3" || before["kept after answers"] != before["kept"] {
		t.Fatalf("before: %v", before)
	}
	for cell, word := range map[string]string{"A2": "same", "A3": "skip", "A4": "Ja"} {
		book.SetCellStr(SheetReview, cell, word)
	}
	book.SetCellStr(SheetMerged, "A3", "bring back")
	after := figures()
	for label, want := range map[string]string{"answered": "2", "left": "1", "brought back": "1", "kept after answers": fmt.Sprint(kept - 1)} {
		if after[label] != want {
			t.Errorf("%s is %s, want %s", label, after[label], want)
		}
	}
}
