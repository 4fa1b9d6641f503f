package review

import (
	"bytes"
	"encoding/binary"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
)

// Source is a file with answers that was opened.
type Source struct {
	Path     string
	Workbook *excelize.File // nil where it is none

	tables []table
	lines  []byte // of an offline page
}

// unpackLimit bounds what is unpacked of a workbook.
const unpackLimit = 4 << 30

// Open opens a workbook, a CSV file that was saved from one of its sheets, or
// the answers of an offline page. The error says what the file is not.
func Open(path string) (*Source, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return open(path, data)
}

func open(path string, data []byte) (*Source, error) {
	s := &Source{Path: path}
	switch head := bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\ufeff")), " \t\r\n"); {
	case len(head) == 0:
		return nil, errors.New("the file is empty")
	case bytes.HasPrefix(data, []byte("PK")):
		err := guarded(func() (err error) {
			s.Workbook, err = excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: unpackLimit, RawCellValue: true})
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("it cannot be read as a workbook: %w", err)
		}
		s.sheets()
	case head[0] == '{':
		s.lines = head
	case bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0")):
		return nil, errors.New("it is a workbook of the old kind (.xls), or one with a password; save it as .xlsx without one")
	default:
		records, lines, err := parseCSV(decoded(data))
		if err != nil {
			return nil, err
		}
		s.tables = []table{{rows: func() iter.Seq2[int, []string] {
			return func(yield func(int, []string) bool) {
				for i, r := range records {
					if !yield(lines[i], r) {
						return
					}
				}
			}
		}}}
	}
	return s, nil
}

// Close gives back what an opened workbook holds.
func (s *Source) Close() error {
	if s.Workbook == nil {
		return nil
	}
	return s.Workbook.Close()
}

// sheets makes a table of every sheet, hidden ones too, in their order.
func (s *Source) sheets() {
	for _, sheet := range s.Workbook.GetSheetList() {
		s.tables = append(s.tables, table{sheet: sheet, rows: func() iter.Seq2[int, []string] {
			return func(yield func(int, []string) bool) { s.sheet(sheet, yield) }
		}})
	}
}

// sheet walks over the rows of a sheet; one that cannot be read ends it.
func (s *Source) sheet(name string, yield func(int, []string) bool) {
	var rows *excelize.Rows
	if err := guarded(func() (err error) { rows, err = s.Workbook.Rows(name); return err }); err != nil {
		return
	}
	defer rows.Close()
	for line := 1; line <= excelize.TotalRows; line++ {
		var cells []string
		more := false
		err := guarded(func() (err error) {
			if more = rows.Next(); more {
				cells, err = rows.Columns()
			}
			return err
		})
		if err != nil || !more || !yield(line, cells) {
			return
		}
	}
}

// guarded turns a panic of the reader of workbooks, which hostile bytes may
// cause, into an error.
func guarded(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("its parts do not fit together (%v)", p)
		}
	}()
	return f()
}

// decoded gives the text of a file as spreadsheets save it: UTF-8, UTF-16 with
// or without a mark, else Windows-1252.
func decoded(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		return wide(data[2:], binary.LittleEndian)
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		return wide(data[2:], binary.BigEndian)
	case len(data) > 3 && data[1] == 0 && data[3] == 0:
		return wide(data, binary.LittleEndian)
	case len(data) > 3 && data[0] == 0 && data[2] == 0:
		return wide(data, binary.BigEndian)
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if utf8.Valid(data) {
		return string(data)
	}
	text, err := charmap.Windows1252.NewDecoder().Bytes(data)
	if err != nil {
		return strings.ToValidUTF8(string(data), "\uFFFD")
	}
	return string(text)
}

func wide(data []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return string(utf16.Decode(units))
}

// parseCSV reads a file with the delimiter by which its head has most columns;
// lines are those on which the records begin.
func parseCSV(text string) (records [][]string, lines []int, err error) {
	skipped := 0
	if rest, ok := strings.CutPrefix(text, "sep="); ok {
		_, text, _ = strings.Cut(rest, "\n")
		skipped = 1
	}
	best, comma := 0, ','
	for _, d := range []rune{',', ';', '\t', '|'} {
		if head, err := reader(text, d).Read(); err == nil && len(head) > best {
			best, comma = len(head), d
		}
	}
	r := reader(text, comma)
	for {
		record, err := r.Read()
		if err == io.EOF {
			return records, lines, nil
		}
		if err != nil {
			return nil, nil, fmt.Errorf("it cannot be read as CSV: %w", err)
		}
		line, _ := r.FieldPos(0)
		records, lines = append(records, record), append(lines, line+skipped)
	}
}

func reader(text string, comma rune) *csv.Reader {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = comma, -1, true
	return r
}

// page reads the answers of an offline page: one JSON object a line.
func (a *Answers) page(data []byte) {
	for n, line := range bytes.Split(data, []byte("\n")) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 {
			continue
		}
		var said struct {
			Choice
			At time.Time `json:"at"`
		}
		cell := Cell{Path: a.Path, Line: n + 1}
		if err := json.Unmarshal(line, &said); err != nil {
			a.wrong(cell, "it is no JSON line, or only the beginning of one; save the answers again")
			continue
		}
		c := said.Choice
		switch {
		case c.Kind.Pairwise() && (c.A == "" || c.B == ""), c.A == "", c.Kind == Value && c.Column == "":
			a.wrong(cell, "it does not say what it is about")
		case !c.Kind.Pairwise() && c.Kind != Keep && c.Kind != Value:
			a.wrong(cell, fmt.Sprintf("%q is no answer that is known", c.Kind))
		default:
			a.Said = append(a.Said, Answer{Choice: c, At: said.At, Cell: cell})
		}
	}
}
