package export

import (
	"archive/zip"
	"bytes"
	"hash/crc32"
	"io"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// rowOfExcelize is a row as excelize spells it.
func rowOfExcelize(t testing.TB, cells []excelize.Cell, opts excelize.RowOpts) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	stream, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	values := make([]any, len(cells))
	for c := range cells {
		values[c] = cells[c]
	}
	if err := stream.SetRow("A7", values, opts); err != nil {
		t.Fatal(err)
	}
	if err := stream.Flush(); err != nil {
		t.Fatal(err)
	}
	var data bytes.Buffer
	if err := f.Write(&data); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(data.Bytes()), int64(data.Len()))
	if err != nil {
		t.Fatal(err)
	}
	part, err := z.Open("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(part)
	if err != nil {
		t.Fatal(err)
	}
	_, row, _ := strings.Cut(string(text), "<sheetData>")
	row, _, _ = strings.Cut(row, rowsEnd)
	return row
}

// FuzzRowsAreExcelizes holds the spelling of rows to that of excelize.
func FuzzRowsAreExcelizes(f *testing.F) {
	for _, s := range []string{
		"", "plain", " lead", "trail\t", "\nbreak", "a\r\nb", "<b>&amp;</b>", `"it's"`, "]]>", "_x0041_", "_x005F_", "_x005f_x0041_", "_x0041_x0042_",
		"_xD83D_", "__x000D__", "_x00", "_x004G_", "\x00\x07", "Caf\xe9", "\uFFFE", "👩‍👩‍👧 é", "東京", "&#xA;", "_",
	} {
		f.Add(s, s+"!", 0.25, 12)
	}
	f.Add("a", "b", 1.0/3, -7)
	f.Add("a", "b", 0.9999000000000012, 1<<40)
	f.Add("a", "b", 123456789012345.6, 0)
	f.Add("a", "b", 1e-9, 1)
	f.Fuzz(func(t *testing.T, s, other string, x float64, n int) {
		if math.IsNaN(x) || math.Abs(x) >= 1e15 || len(s)+len(other) > 10_000 {
			t.Skip()
		}
		fit := new(fitted)
		text, more := fit.fit(s, "the input"), fit.fit(other, "the input")
		left, right := diffWords(text, more)
		cells := []excelize.Cell{
			{StyleID: 4}, {StyleID: 1, Value: text}, {Value: more}, {StyleID: 12, Value: n}, {Value: x}, {StyleID: 3, Formula: text + "(1)", Value: n},
		}
		for side, pieces := range [2][]piece{left, right} {
			if runs := marked(pieces, side == 0); runs != nil {
				cells = append(cells, excelize.Cell{StyleID: 2, Value: runs})
			}
		}
		level := n & 1
		row := appendRow(nil, 7, 1+n&3, level)
		for c, cell := range cells {
			var err error
			if row, err = appendCell(row, columnName(c), 7, cell); err != nil {
				t.Fatal(err)
			}
		}
		row = append(row, `</row>`...)
		if want := rowOfExcelize(t, cells, excelize.RowOpts{Height: rowHeight(1 + n&3), OutlineLevel: level}); string(row) != want {
			t.Errorf("spelled\n%s\nand by excelize\n%s", row, want)
		}
	})
}

func TestOtherValuesAreRefused(t *testing.T) {
	if _, err := appendCell(nil, "B", 3, excelize.Cell{Value: true}); err == nil || !strings.Contains(err.Error(), "B3") {
		t.Errorf("got %v", err)
	}
}

// TestJoinCRC cuts a text in two at random.
func TestJoinCRC(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		text := make([]byte, rng.IntN(5000))
		for i := range text {
			text[i] = byte(rng.Uint32())
		}
		at := rng.IntN(len(text) + 1)
		got := joinCRC(crc32.ChecksumIEEE(text[:at]), crc32.ChecksumIEEE(text[at:]), int64(len(text)-at))
		if want := crc32.ChecksumIEEE(text); got != want {
			t.Fatalf("%d bytes, cut at %d: %08x, want %08x", len(text), at, got, want)
		}
	}
}

// TestManyBlocks reads a workbook back whose sheets are many blocks, some of
// them in the file of the press.
func TestManyBlocks(t *testing.T) {
	work := listOf(40_000)
	book := openBook(t, bookBytes(t, work, 30_000))
	at := 0
	for _, sheet := range []string{SheetClean, SheetClean + "2"} {
		rows, err := book.Rows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		rows.Next() // the header
		rows.Columns()
		for rows.Next() {
			for !work.Verdicts[at].Kept {
				at++
			}
			cells, err := rows.Columns()
			if err != nil || cells[0] != work.Cells[2*at] || cells[len(cells)-1] != work.Verdicts[at].ID {
				t.Fatalf("%s, record %d: %q, %v", sheet, at, cells, err)
			}
			at++
		}
		rows.Close()
	}
	if at != 39_999 { // the last is merged
		t.Errorf("the sheets end at record %d", at)
	}
}
