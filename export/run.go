package export

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Schema is the version of the workbook's layout: the names of sheets and
// columns that the program reads back. It grows when one of them changes its
// meaning; a sheet or column more does not count.
const Schema = 1

// Run is what a workbook remembers of the run that made it. It stands in the
// hidden sheet Run, one key a row and its JSON beside it, because custom
// document properties are lost in Google Sheets and Numbers and are bounded
// in length.
type Run struct {
	Schema  int                 `json:"schema"`
	Version string              `json:"version"` // of the program
	Name    string              `json:"name"`    // of the list, as Work.Name
	Command string              `json:"command"` // the arguments as typed
	Inputs  []Input             `json:"inputs"`
	Flags   map[string][]string `json:"flags"`
	Records int                 `json:"records"` // read
	Columns []RunColumn         `json:"columns"` // of the list, in order

	// Named are the inputs as they were named: files, folders, patterns.
	Named []string `json:"named"`
	// Kept and Review are what the run kept, and how many pairs it asked about.
	Kept   int `json:"kept"`
	Review int `json:"review"`
	// Ledger is the id of the last decision that the run knew, "" for none.
	Ledger string `json:"ledger"`
}

// RunColumn says under which header a column of the list stands on Clean.
type RunColumn struct {
	Name   string `json:"name"`
	Header string `json:"header"`
}

// ErrNoRun is given when a workbook does not say what made it.
var ErrNoRun = errors.New("the workbook has no sheet Run: it was not written by unecho, or the sheet was removed")

// runCell is how much of a long value stands in one cell of Run.
const runCell = 30_000

func (b *book) runData() Run {
	work := b.work
	run := Run{
		Schema: Schema, Version: work.Summary.Version, Name: work.Name, Command: work.Summary.Command,
		Inputs: work.Summary.Inputs, Flags: work.Summary.Flags, Records: work.Summary.Read,
		Columns: make([]RunColumn, len(work.Columns)),
		Named:   work.Summary.Named, Kept: work.Summary.Kept, Review: work.Summary.Review, Ledger: work.Summary.Ledger,
	}
	for c, header := range tableHeaders(columnNames(work), nil) {
		run.Columns[c] = RunColumn{work.Columns[c].Name, header}
	}
	return run
}

// run writes the hidden sheet Run.
func (b *book) run() error {
	run := b.runData()
	rows := [][]any{{"key", "value"}}
	for _, pair := range []struct {
		key   string
		value any
	}{
		{"schema", run.Schema}, {"version", run.Version}, {"name", run.Name}, {"command", run.Command},
		{"inputs", run.Inputs}, {"flags", run.Flags}, {"records", run.Records}, {"columns", run.Columns},
		{"named", run.Named}, {"kept", run.Kept}, {"review", run.Review}, {"ledger", run.Ledger},
	} {
		text, err := json.Marshal(pair.value)
		if err != nil {
			return err
		}
		row := []any{pair.key}
		// What reads as an escape of the file format is spelled as JSON would.
		for rest := strings.ReplaceAll(string(text), "_x", `\u005fx`); rest != ""; {
			head := cutUTF16(rest, runCell)
			row, rest = append(row, head), rest[len(head):]
		}
		rows = append(rows, row)
	}
	return b.hidden(SheetRun, rows)
}

// ReadRun gives what a workbook remembers of the run that made it. It fails
// with ErrNoRun when the sheet is not there, and with the cell when a value
// is not readable.
func ReadRun(f *excelize.File) (*Run, error) {
	rows, err := f.GetRows(SheetRun, excelize.Options{RawCellValue: true})
	if err != nil {
		return nil, ErrNoRun
	}
	run := &Run{}
	fields := map[string]any{
		"schema": &run.Schema, "version": &run.Version, "name": &run.Name, "command": &run.Command,
		"inputs": &run.Inputs, "flags": &run.Flags, "records": &run.Records, "columns": &run.Columns,
		"named": &run.Named, "kept": &run.Kept, "review": &run.Review, "ledger": &run.Ledger,
	}
	for i, row := range rows {
		if len(row) < 2 || fields[row[0]] == nil {
			continue
		}
		if err := json.Unmarshal([]byte(strings.Join(row[1:], "")), fields[row[0]]); err != nil {
			return nil, fmt.Errorf("%s!B%d: %w", SheetRun, i+1, err)
		}
	}
	if run.Schema == 0 {
		return nil, ErrNoRun
	}
	return run, nil
}

// Written is the date on which every workbook says it was changed, until a
// spreadsheet saves it.
const Written = fixedDate

// fixedDate stands where a document has its dates: the writer knows no clock,
// so that the same input gives the same bytes.
const fixedDate = "2000-01-01T00:00:00Z"

// properties sets what a file manager shows of the workbook.
func (b *book) properties() error {
	work := b.work
	hashes := make([]string, len(work.Summary.Inputs))
	for i, input := range work.Summary.Inputs {
		hashes[i] = input.SHA256
	}
	err := b.f.SetDocProps(&excelize.DocProperties{
		Title:       cutUTF16(xmlText(work.Name), 200) + ", cleaned",
		Creator:     "unecho " + work.Summary.Version,
		Description: fmt.Sprintf("%d records read, %d kept, %d merged", work.Summary.Read, work.Summary.Kept, work.Summary.Merged),
		Identifier:  cutUTF16(strings.Join(hashes, " "), 200),
		Version:     strconv.Itoa(Schema),
		Created:     fixedDate,
		Modified:    fixedDate,
	})
	if err != nil {
		return err
	}
	for _, prop := range []excelize.CustomProperty{
		{Name: "unecho version", Value: work.Summary.Version},
		{Name: "unecho schema", Value: int32(Schema)},
		{Name: "unecho inputs", Value: cutUTF16(strings.Join(hashes, " "), 255)},
	} {
		if err := b.f.SetCustomProps(prop); err != nil {
			return err
		}
	}
	return nil
}

func itoa(n int) string { return strconv.Itoa(n) }
