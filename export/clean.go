package export

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/unecho/unecho/pipeline/record"
)

// The columns that stand on Clean after the user's own. Where the user has one
// of that name, the added one is numbered: "id (2)".
var cleanAdded = []string{"also at", "copies", "cluster", "note", "id"}

func (b *book) cleanIDColumn() string { return columnName(len(b.work.Columns) + len(cleanAdded) - 1) }

// clean writes the kept records: the user's columns in their order, then
// where else each was found, how many records it stands for, its cluster
// where it has company, a note, and its id.
func (b *book) clean() error {
	b.noteRecords()
	numbers := make([]bool, len(b.work.Columns))
	columns := b.userColumns(numbers)
	added := []column{
		{header: "also at", width: b.alsoAtWidth(), style: b.style.wrap},
		{header: "copies", width: 10, style: b.style.integer},
		{header: "cluster", width: 20, style: b.style.text},
		{header: "note", width: 22, style: b.style.input},
		{header: "id", width: 20, style: b.style.muted},
	}
	for i, header := range uniqueNames(cleanAdded, headersOf(columns)) {
		added[i].header = header
	}
	columns = append(columns, added...)
	spec := sheetSpec{name: SheetClean, full: b.work.Name + ".clean.csv", columns: columns, frozen: 1, total: len(b.kept)}
	also := b.alsoAt()
	return b.table(spec, func(s *sheet) error {
		values := make([]any, len(columns))
		for _, r := range b.kept {
			high := 1
			for c, cell := range b.work.row(int(r)) {
				values[c] = cell
				if numbers[c] && cell != "" {
					values[c] = number(cell)
				} else if columns[c].style == b.style.wrap && c == b.title {
					high = max(high, min(lines(cell, columns[c].width), 4))
				}
			}
			v := b.work.Verdicts[r]
			n := len(b.work.Columns)
			high = max(high, min(lines(also[r], columns[n].width), 4))
			copies, cluster := int(b.copies[r]), ""
			if copies > 1 {
				cluster = v.Cluster
			}
			values[n], values[n+1], values[n+2], values[n+3], values[n+4] = also[r], copies, cluster, b.note(r), v.ID
			if err := s.add(high, 0, values...); err != nil {
				return err
			}
		}
		return nil
	})
}

// number gives a cell that plainNumber has accepted as a number.
func number(cell string) any {
	x, err := strconv.ParseFloat(cell, 64)
	if err != nil {
		return cell
	}
	return x
}

func headersOf(columns []column) []string {
	headers := make([]string, len(columns))
	for c := range columns {
		headers[c] = columns[c].header
	}
	return headers
}

// userColumns lays out the user's own columns and says which are numbers.
func (b *book) userColumns(numbers []bool) []column {
	headers := tableHeaders(columnNames(b.work), nil)
	columns := make([]column, len(headers))
	for c, header := range headers {
		columns[c] = column{header: header, yours: true, style: b.style.text}
		if name := b.work.Columns[c].Name; name != header {
			columns[c].note = "In the list this column is called " + strconv.Quote(cutUTF16(name, 1000)) + "."
		}
		var sizes []int
		for i := range sampled(len(b.kept)) {
			sizes = append(sizes, textWidth(b.work.cell(int(b.kept[i]), c)))
		}
		columns[c].width = fitWidth(header, sizes)
		if ok, style := b.numberStyle(c); ok {
			numbers[c], columns[c].style = true, style
		} else if c == b.title || b.work.Columns[c].Role == record.Body {
			columns[c].style = b.style.wrap
		}
	}
	return columns
}

// numberStyle says whether a column is written as numbers, and in which
// format. Identifiers, phone numbers, postcodes and columns of unknown
// meaning stay text, whatever they look like.
func (b *book) numberStyle(c int) (ok bool, style int) {
	column := b.work.Columns[c]
	switch {
	case column.Role == record.Number && column.Part != record.Pages && column.Part != record.Volume && column.Part != record.Issue:
	case column.Role == record.Date && (column.Part == record.Year || column.Part == record.Month || column.Part == record.Day):
	default:
		return false, 0
	}
	ok, decimals := numeric(func(yield func(string) bool) {
		for _, r := range b.kept {
			if !yield(b.work.cell(int(r), c)) {
				return
			}
		}
	})
	switch {
	case !ok:
		return false, 0
	case decimals < 0:
		return true, b.style.general
	}
	return true, b.style.decimal[decimals]
}

// alsoAt says for each kept record where its merged copies came from: the
// venue or site where there is such a column, with the place in the input.
func (b *book) alsoAt() map[int32]string {
	venue := slices.IndexFunc(b.work.Columns, func(c record.Column) bool {
		return c.Part == record.Venue || c.Role == record.URL
	})
	also := make(map[int32]string, len(b.removed))
	for _, r := range b.removed {
		s := int32(b.work.Verdicts[r].Survivor)
		place := b.from(int(r))
		if venue >= 0 {
			if name := b.work.cell(int(r), venue); name != "" && len(name) < 200 {
				place = fmt.Sprintf("%s (%s)", name, place)
			}
		}
		switch before := also[s]; {
		case before == "":
			also[s] = place
		case len(before) < 2000:
			also[s] = before + "; " + place
		case !strings.HasSuffix(before, "…"):
			also[s] = before + "; …"
		}
	}
	return also
}

func (b *book) alsoAtWidth() float64 {
	if len(b.removed) == 0 {
		return 12
	}
	return 32
}

// noteRecords finds for each record on which other sheet it stands.
func (b *book) noteRecords() {
	b.marks = make([]int32, len(b.work.Verdicts))
	for i, series := range b.work.Series {
		for _, m := range series.Members {
			b.marks[m.Row] = int32(i + 1)
		}
	}
	for _, link := range b.work.Review {
		b.marks[link.A], b.marks[link.B] = onReview, onReview
	}
}

// note says on which other sheet a record stands.
func (b *book) note(r int32) string {
	switch mark := b.marks[r]; mark {
	case 0:
		return ""
	case onReview:
		return "see Review"
	default:
		return "see Series " + strconv.Itoa(int(mark))
	}
}

// muted is a cell in the quiet style.
func (b *book) muted(text string) excelize.Cell {
	return excelize.Cell{StyleID: b.style.muted, Value: text}
}
