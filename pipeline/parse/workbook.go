package parse

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// parseWorkbook reads one sheet of an .xlsx file: that named, else the sheet
// Clean of one of unecho's own workbooks, without the columns that were added
// there to the person's own, else the first. Hidden rows are read.
// A merged cell has its value in its first row and column only. Rows keep the
// numbers that the sheet gives them.
func parseWorkbook(in *input, l *list, o Options) (err error) {
	defer func() { // a broken workbook must not bring the program down with the library
		if p := recover(); p != nil {
			err = brokenWorkbook(in.name, fmt.Errorf("%v", p))
		}
	}()
	if what, hint := seems(in.data); what != "" {
		return notList(in.name, what, hint)
	}
	if !isZip(in.data) {
		return &Error{Source: in.name, Msg: "this is no workbook", Hint: "leave --from xlsx out, and the format is found out"}
	}
	merged, err := weigh(in)
	if err != nil {
		return err
	}
	f, err := excelize.OpenReader(bytes.NewReader(in.data), excelize.Options{UnzipSizeLimit: MaxWorkbook, UnzipXMLSizeLimit: MaxLine})
	if err != nil {
		return brokenWorkbook(in.name, err)
	}
	defer f.Close()
	sheet, why, err := chooseSheet(in.name, f.GetSheetList(), o.Sheet)
	if err != nil {
		return err
	}
	l.source.Format, l.source.Sheet, l.source.Sure, l.source.Why = "xlsx", sheet, 1, why
	if merged {
		if m, err := f.GetMergeCells(sheet, true); err == nil && len(m) > 0 {
			l.source.Why = join2(why, fmt.Sprintf("%d merged cells, each read in its first row and column only", len(m)))
		}
	}
	l.source.Layout = l.source.Bytes
	return readSheet(in, l, f, sheet)
}

func brokenWorkbook(name string, err error) error {
	e := &Error{Source: name, Msg: "a broken workbook: " + err.Error(), Hint: "open it in a spreadsheet program and save it again", Err: err}
	if errors.Is(err, excelize.ErrWorkbookPassword) || errors.Is(err, excelize.ErrWorkbookFileFormat) {
		e.Msg = "an encrypted workbook or none at all"
	}
	return e
}

// weigh unpacks every part of the workbook into nothing before anything is
// kept of it, so that a bomb is found at no cost in memory. It also looks
// whether there are merged cells at all, which are costly to list.
func weigh(in *input) (merged bool, err error) {
	z, err := zip.NewReader(bytes.NewReader(in.data), int64(len(in.data)))
	if err != nil {
		return false, brokenWorkbook(in.name, err)
	}
	var sum int64
	buf := make([]byte, 256<<10)
	var tail []byte
	for _, part := range z.File {
		tail = tail[:0]
		sheet := strings.HasPrefix(part.Name, "xl/worksheets/") && strings.HasSuffix(part.Name, ".xml")
		r, err := part.Open()
		if err != nil {
			return false, brokenWorkbook(in.name, err)
		}
		for {
			n, err := r.Read(buf)
			sum += int64(n)
			tail = append(tail, buf[:n]...)
			tail = tail[max(0, len(tail)-32):]
			merged = merged || sheet && bytes.Contains(buf[:n], []byte("<mergeCell"))
			if sum > MaxWorkbook || sum > MaxLine && sum > MaxWorkbookRatio*int64(len(in.data)) {
				return false, &Error{Source: in.name, Msg: fmt.Sprintf("unpacks to more than %d MiB or %d times its size", MaxWorkbook>>20, MaxWorkbookRatio),
					Hint: "this is what a decompression bomb does; export the list as CSV if it is one"}
			}
			if err == io.EOF {
				break
			}
			if err != nil {
				return false, brokenWorkbook(in.name, fmt.Errorf("%s: %w", part.Name, err))
			}
		}
		r.Close()
		// The library takes a sheet that breaks off for one that ends there.
		if sheet && !bytes.HasSuffix(bytes.TrimSpace(tail), []byte("worksheet>")) {
			return false, brokenWorkbook(in.name, fmt.Errorf("%s breaks off", part.Name))
		}
	}
	return merged, nil
}

// chooseSheet finds the sheet to be read.
func chooseSheet(name string, sheets []string, want string) (sheet, why string, err error) {
	if len(sheets) == 0 {
		return "", "", &Error{Source: name, Msg: "a workbook without sheets"}
	}
	if want != "" {
		for _, s := range sheets {
			if s == want {
				return s, "told", nil
			}
		}
		for _, s := range sheets {
			if strings.EqualFold(trim(s), trim(want)) {
				return s, "told", nil
			}
		}
		e := &Error{Source: name, Cell: want, Msg: "no such sheet", Hint: "the sheets are " + quoteAll(sheets)}
		if n := nearest(want, sheets); n != "" {
			e.Hint = fmt.Sprintf("did you mean %q? %s", n, e.Hint)
		}
		return "", "", e
	}
	if ownWorkbook(sheets) {
		return "Clean", "unecho's own workbook, so its sheet Clean", nil
	}
	if len(sheets) > 1 {
		return sheets[0], fmt.Sprintf("the first of %d sheets", len(sheets)), nil
	}
	return sheets[0], "its only sheet", nil
}

func quoteAll(names []string) string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = fmt.Sprintf("%q", n)
	}
	return strings.Join(out, ", ")
}

// readSheet reads the rows of a sheet. It goes through the sheet twice in
// step, once for what a person sees and once for what is stored, since dates
// and long numbers need both.
func readSheet(in *input, l *list, f *excelize.File, sheet string) error {
	props, _ := f.GetWorkbookProps()
	date1904 := props.Date1904 != nil && *props.Date1904
	seen, err := f.Rows(sheet)
	if err != nil {
		return brokenWorkbook(in.name, err)
	}
	defer seen.Close()
	stored, err := f.Rows(sheet)
	if err != nil {
		return brokenWorkbook(in.name, err)
	}
	defer stored.Close()
	var rows [][]string
	var at []int
	for n := 1; seen.Next() && stored.Next(); n++ {
		a, err := seen.Columns()
		if err != nil {
			return &Error{Source: in.name, Cell: fmt.Sprintf("%s!A%d", sheet, n), Msg: "a row that cannot be read: " + err.Error(), Hint: "open it in a spreadsheet program and save it again", Err: err}
		}
		b, err := stored.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return brokenWorkbook(in.name, err)
		}
		l.source.Rows = n
		for c := range a {
			if c < len(b) && a[c] != b[c] {
				a[c] = shown(a[c], b[c], date1904)
			}
		}
		if !allBlank(a) {
			rows, at = append(rows, a), append(at, n)
		}
		if n&1023 == 0 && l.ctx.Err() != nil {
			return l.ctx.Err()
		}
	}
	if err := seen.Error(); err != nil {
		return brokenWorkbook(in.name, err)
	}
	if sheet == "Clean" && ownWorkbook(f.GetSheetList()) {
		rows = withoutAdded(rows)
	}
	return placeRows(in, l, rows, at)
}

// ownWorkbook knows a workbook of clean by its sheets.
func ownWorkbook(sheets []string) bool {
	return slices.Contains(sheets, "Start") && slices.Contains(sheets, "Clean")
}

// addedColumns stand on the sheet Clean behind the person's own, with a number
// where one of those has the name.
var addedColumns = [...]string{"also at", "copies", "cluster", "note", "id"}

var numberBehind = regexp.MustCompile(` \(\d+\)$`)

// withoutAdded cuts the added columns off, where they stand as they were
// written: a list that was cleaned is then read as it would be from its CSV.
func withoutAdded(rows [][]string) [][]string {
	if len(rows) == 0 {
		return rows
	}
	own := len(rows[0]) - len(addedColumns)
	if own < 1 {
		return rows
	}
	for i, name := range rows[0][own:] {
		if numberBehind.ReplaceAllString(name, "") != addedColumns[i] {
			return rows
		}
	}
	cut := rows[:0]
	for _, r := range rows {
		cut = append(cut, r[:min(own, len(r))])
	}
	return cut
}

// placeRows makes records of the rows that are not blank; at gives their numbers.
func placeRows(in *input, l *list, rows [][]string, at []int) error {
	width := 0
	for _, r := range rows {
		width = max(width, len(r))
	}
	if len(rows)*width > MaxCells {
		return &Error{Source: in.name, Cell: l.source.Sheet, Msg: fmt.Sprintf("%d rows of %d columns are more than %d cells", len(rows), width, MaxCells), Hint: "leave empty columns out"}
	}
	pad := func(r []string) []string { return append(r, make([]string, width-len(r))...) }
	if len(rows) > 0 {
		h := guessHeader(rows[:min(len(rows), 500)])
		l.source.Header, l.source.Sure, l.source.Why = h.header, h.sure, join2(l.source.Why, h.why)
		if h.header {
			l.name(pad(rows[0])...)
			rows, at = rows[1:], at[1:]
		} else {
			l.name(numbered(width)...)
		}
	}
	l.cells = make([]string, 0, len(rows)*width)
	for i, r := range rows {
		l.begin(0, at[i], at[i])
		l.cells = append(l.cells, r...)
		for n := len(r); n < width; n++ {
			l.cells = append(l.cells, "")
		}
	}
	return nil
}

func allBlank(row []string) bool {
	for _, c := range row {
		if !blank(c) {
			return false
		}
	}
	return true
}
