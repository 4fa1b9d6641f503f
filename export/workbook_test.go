package export

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/unecho/unecho/pipeline/record"
)

func bookBytes(t testing.TB, work *Work, rowLimit int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := writeWorkbook(&b, work, rowLimit); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func openBook(t testing.TB, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// TestSameBytes writes one workbook twelve times, alone and side by side, at
// several settings of GOMAXPROCS.
func TestSameBytes(t *testing.T) {
	want := bookBytes(t, sampleWork(), sheetRows)
	for _, procs := range []int{1, 2, 7} {
		before := runtime.GOMAXPROCS(procs)
		var group sync.WaitGroup
		got := make([]bytes.Buffer, 4)
		for i := range got {
			group.Go(func() {
				if err := Workbook(&got[i], sampleWork()); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		runtime.GOMAXPROCS(before)
		for i := range got {
			if !bytes.Equal(want, got[i].Bytes()) {
				t.Errorf("GOMAXPROCS %d, run %d: other bytes", procs, i)
			}
		}
	}
}

func TestZipIsSound(t *testing.T) {
	data := bookBytes(t, sampleWork(), sheetRows)
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, file := range z.File {
		names = append(names, file.Name)
		r, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r) // checks the sum
		if err != nil {
			t.Errorf("%s: %v", file.Name, err)
		}
		last := 0
		for _, col := range regexp.MustCompile(`<col min="(\d+)"`).FindAllSubmatch(text, -1) {
			c, _ := strconv.Atoi(string(col[1]))
			if c <= last {
				t.Errorf("%s: column %d stands after column %d", file.Name, c, last)
			}
			last = c
		}
	}
	if !slices.IsSorted(names) || names[0] != contentTypes {
		t.Errorf("parts are not in order: %q", names)
	}
}

// FuzzWorkbookReadsBack holds user text to coming back as it went in, or as
// the sign that stands for what a workbook cannot hold.
func FuzzWorkbookReadsBack(f *testing.F) {
	for _, s := range []string{
		"=1+1", "_x0041_", "_x005F_x0041_", " lead", "trail ", "a\tb\nc", "a\rb", "\r\n", "\x00\x07", "Caf\xe9", "\xed\xa0\x80", "\uFFFE",
		"<b>&amp;</b>", "]]>", "👩‍👩‍👧 é", "_x000D_", "_xD83D_", "a_xD83D_xdfff_b", "_x0041_x0042_", "-", "@x", "'quoted", "1e5", "007", "TRUE", "\u200b\u202e",
	} {
		f.Add(s, "name "+s)
	}
	f.Fuzz(func(t *testing.T, cell, name string) {
		work := workOf([]string{name, "other"}, []string{cell, "x"}, []string{"y", cell}, []string{cell + "!", "z"})
		work.Verdicts[2].Kept, work.Verdicts[2].Survivor = false, 0
		work.Review = []record.Link{{A: 0, B: 1, Probability: 0.5, Why: cell}}
		book := openBook(t, bookBytes(t, work, sheetRows))
		for ref, text := range map[string]string{"A2": cell, "B3": cell} {
			got, err := book.GetCellValue(SheetClean, ref, excelize.Options{RawCellValue: true})
			if err != nil {
				t.Fatal(err)
			}
			var f fitted
			want := f.fit(text, "list.clean.csv")
			if got != want {
				t.Errorf("%s: got %q, want %q", ref, got, want)
			}
			if formula, _ := book.GetCellFormula(SheetClean, ref); formula != "" {
				t.Errorf("%s: text became the formula %q", ref, formula)
			}
		}
		why, err := book.GetCellValue(SheetReview, "E2")
		if f := new(fitted); err != nil || why != f.fit(cell, "the input") {
			t.Errorf("why: got %q, %v", why, err)
		}
		run, err := ReadRun(book)
		if err != nil || len(run.Columns) != 2 {
			t.Fatalf("%+v, %v", run, err)
		}
	})
}

func TestMergedSideBySide(t *testing.T) {
	book := openBook(t, bookBytes(t, sampleWork(), sheetRows))
	rows, err := book.GetRows(SheetMerged, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range mergedFixed {
		if !slices.Contains(rows[0], want) {
			t.Errorf("Merged has no column %q: %q", want, rows[0])
		}
	}
	rows, _ = book.GetRows(SheetReview, excelize.Options{RawCellValue: true})
	for _, want := range []string{"decision", "keep", "row A", "row B", "why", "probability", "note", "settles", "id A", "id B"} {
		if !slices.Contains(rows[0], want) {
			t.Errorf("Review has no column %q: %q", want, rows[0])
		}
	}
}

// TestHeaders holds the tables to what Excel asks: headers are unique strings,
// equal in cell and table; the user's names are found in notes and in Run.
func TestHeaders(t *testing.T) {
	names := []string{"title", "Title", "", "note", "two\nlines", "_x0041_", strings.Repeat("n", 300), "id", " id "}
	cells := strings.Split("a b c d e f g h i", " ")
	book := openBook(t, bookBytes(t, workOf(names, cells), sheetRows))
	rows, _ := book.GetRows(SheetClean)
	seen := map[string]bool{}
	for _, header := range rows[0] {
		if key := strings.ToLower(header); seen[key] || key == "" || utf16Len(header) > 255 {
			t.Errorf("header %q", header)
		} else {
			seen[key] = true
		}
	}
	run, err := ReadRun(book)
	if err != nil {
		t.Fatal(err)
	}
	for c, column := range run.Columns {
		if column.Name != names[c] || column.Header != rows[0][c] {
			t.Errorf("column %d: Run says %+v, Clean has %q", c, column, rows[0][c])
		}
	}
	notes, _ := book.GetComments(SheetClean)
	if len(notes) != 6 {
		t.Errorf("%d notes, want 6", len(notes))
	}
	if want := []string{"also at", "copies", "cluster", "note (2)", "id (3)"}; rows[0][3] != "note" || !slices.Equal(rows[0][len(names):], want) {
		t.Errorf("the added columns are called %q, want %q beside the person's own", rows[0][len(names):], want)
	}
}

// TestLongSheets writes more rows than a sheet has.
func TestLongSheets(t *testing.T) {
	work := listOf(1000)
	work.Columns[0].Role = record.Title
	book := openBook(t, bookBytes(t, work, 100))
	var titles []string
	for _, name := range book.GetSheetList() {
		if !strings.HasPrefix(name, SheetClean) {
			continue
		}
		rows, _ := book.GetRows(name)
		if len(rows) > 100 {
			t.Errorf("%s has %d rows", name, len(rows))
		}
		for _, row := range rows[1:] {
			titles = append(titles, row[0])
		}
		if tables, _ := book.GetTables(name); len(tables) != 1 {
			t.Errorf("%s has %d tables", name, len(tables))
		}
	}
	var want []string
	for r, v := range work.Verdicts {
		if v.Kept {
			want = append(want, work.cell(r, 0))
		}
	}
	if diff := cmp.Diff(want, titles); diff != "" {
		t.Error(diff)
	}
	start := startText(t, book)
	if !strings.Contains(start, "Clean is longer than the 100 rows of a sheet and goes on to Clean10.") {
		t.Errorf("Start does not say it: %s", start)
	}
}

func startText(t *testing.T, book *excelize.File) string {
	t.Helper()
	rows, err := book.GetRows(SheetStart)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, row := range rows {
		out = append(out, strings.Join(row, " "))
	}
	return strings.Join(out, "\n")
}

func TestStartTellsWhatCellsCannotHold(t *testing.T) {
	work := workOf([]string{"a"}, []string{strings.Repeat("x", 40_000)}, []string{"NUL\x00"})
	start := startText(t, openBook(t, bookBytes(t, work, sheetRows)))
	for _, want := range []string{"1 cell holds more text than the 32,767", "1 cell has characters that a workbook cannot hold"} {
		if !strings.Contains(start, want) {
			t.Errorf("Start does not say %q:\n%s", want, start)
		}
	}
}

// TestFormulasAgree recalculates the figures of Start and compares them with
// the values that were written beside them.
func TestFormulasAgree(t *testing.T) {
	blank := workOf([]string{"a"}, []string{""}, []string{""})
	blank.Review = []record.Link{{A: 0, B: 1, Probability: 0.5}}
	for _, work := range []*Work{sampleWork(), listOf(50), workOf([]string{"a"}), blank} {
		book := openBook(t, bookBytes(t, work, sheetRows))
		rows, _ := book.GetRows(SheetStart)
		for r := range rows {
			for _, column := range []string{"C", "D"} {
				cell := fmt.Sprintf("%s%d", column, r+1)
				formula, _ := book.GetCellFormula(SheetStart, cell)
				if formula == "" || strings.HasPrefix(formula, "HYPERLINK") {
					continue
				}
				cached, _ := book.GetCellValue(SheetStart, cell, excelize.Options{RawCellValue: true})
				now, err := book.CalcCellValue(SheetStart, cell, excelize.Options{RawCellValue: true})
				if err != nil || now != cached {
					t.Errorf("%s: %s is %q, written %q (%v)", cell, formula, now, cached, err)
				}
			}
		}
	}
}

func TestEmptyList(t *testing.T) {
	for _, work := range []*Work{workOf([]string{"a", "b"}), workOf(nil)} {
		book := openBook(t, bookBytes(t, work, sheetRows))
		want := []string{SheetStart, SheetClean, SheetLists, SheetRun}
		if diff := cmp.Diff(want, book.GetSheetList()); diff != "" {
			t.Error(diff)
		}
		if tables, _ := book.GetTables(SheetClean); len(tables) != 0 {
			t.Error("a table without rows")
		}
	}
}

func TestRunReadsBack(t *testing.T) {
	work := sampleWork()
	work.Summary.Flags["ignore"] = []string{strings.Repeat("_xD83D_päß\"\\𝒳,", 20_000)}
	run, err := ReadRun(openBook(t, bookBytes(t, work, sheetRows)))
	if err != nil {
		t.Fatal(err)
	}
	want := &Run{
		Schema: Schema, Version: "0.1.0", Name: "posts", Command: work.Summary.Command, Inputs: work.Summary.Inputs,
		Flags: work.Summary.Flags, Records: work.Summary.Read, Columns: run.Columns,
		Named: work.Summary.Named, Kept: work.Summary.Kept, Review: work.Summary.Review, Ledger: work.Summary.Ledger,
	}
	if diff := cmp.Diff(want, run); diff != "" {
		t.Error(diff)
	}
	if _, err := ReadRun(excelize.NewFile()); !errors.Is(err, ErrNoRun) {
		t.Errorf("another workbook: %v", err)
	}
}

// TestTemporaryFiles writes sheets that pass through the disk and looks what
// is left there, when all goes well and when writing is ended.
func TestTemporaryFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("two workbooks of 70,000 rows take their time")
	}
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	t.Setenv("TMP", folder)
	work := listOf(70_000)
	seen := 0
	stop := errors.New("enough")
	for _, end := range []error{nil, stop} {
		work.Progress = func(sheet string, done, total int) error {
			files, _ := os.ReadDir(folder)
			seen = max(seen, len(files))
			if done >= 60_000 {
				return end
			}
			return nil
		}
		if err := Workbook(io.Discard, work); !errors.Is(err, end) {
			t.Errorf("got %v, want %v", err, end)
		}
		if files, _ := os.ReadDir(folder); len(files) > 0 {
			t.Errorf("%d files are left", len(files))
		}
	}
	if seen == 0 {
		t.Error("no sheet passed through the disk: the test tests nothing")
	}
}

// TestProgressKeepsOrder fills two long sheets at once and looks that they are
// told of one after the other.
func TestProgressKeepsOrder(t *testing.T) {
	work := listOf(30_000)
	for r := range work.Verdicts {
		if r%2 == 1 {
			work.Verdicts[r].Kept, work.Verdicts[r].Survivor = false, r-1
		}
	}
	order, last, done := []string{SheetClean, SheetMerged, SheetClusters}, 0, 0
	work.Progress = func(sheet string, now, total int) error {
		at := slices.Index(order, sheet)
		if at < last || at == last && now <= done || now > total {
			t.Errorf("%s: %d of %d after %s: %d", sheet, now, total, order[last], done)
		}
		last, done = at, now
		return nil
	}
	if err := Workbook(io.Discard, work); err != nil {
		t.Fatal(err)
	}
	if done == 0 {
		t.Error("nothing was told")
	}
}

// failingWriter takes n bytes and then no more.
type failingWriter struct{ n int }

var errFull = errors.New("no space left")

func (w *failingWriter) Write(p []byte) (int, error) {
	if w.n -= len(p); w.n < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestFullDisk(t *testing.T) {
	work := sampleWork()
	for name, write := range map[string]func(w io.Writer) error{
		"workbook": func(w io.Writer) error { return Workbook(w, work) },
		"clean":    func(w io.Writer) error { return Clean(w, work, CSVOptions{}) },
		"clusters": func(w io.Writer) error { return Clusters(w, work) },
		"rejects":  func(w io.Writer) error { return Rejects(w, work) },
		"jsonl":    func(w io.Writer) error { return JSONL(w, work) },
	} {
		if err := write(&failingWriter{n: 10}); !errors.Is(err, errFull) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTooManyColumns(t *testing.T) {
	err := Workbook(io.Discard, workOf(make([]string, 16_380)))
	if err == nil || !strings.Contains(err.Error(), "16,380 columns") {
		t.Errorf("got %v", err)
	}
}

func TestRightToLeft(t *testing.T) {
	work := workOf([]string{"עמודה"}, []string{"איך לבנות רשימה נקייה"}, []string{"كيف تبدأ مدونة ناجحة"})
	book := openBook(t, bookBytes(t, work, sheetRows))
	view, err := book.GetSheetView(SheetClean, 0)
	if err != nil || view.RightToLeft == nil || !*view.RightToLeft {
		t.Errorf("Clean does not run from right to left: %v", err)
	}
}
