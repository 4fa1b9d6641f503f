package dedupe

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/unecho/unecho/pipeline/record"
)

// survivor chooses which of the rows of a cluster stays: the one that ranks
// first.
func survivor(in *Input, rows []int32, keep Keep) int32 {
	if len(rows) == 1 {
		return rows[0]
	}
	return ranked(in, rows, keep)[0]
}

// Rank orders rows of the list (from 0) by how well they stand for the others
// under a rule, the one that stays first. Ties go to the first in input order
// (the last, for KeepLast). "" stands for Keeps[0]; rows is left as it is.
func (p *Prepared) Rank(rows []int, keep Keep) []int {
	if keep == "" {
		keep = Keeps[0]
	}
	in32 := make([]int32, len(rows))
	for i, r := range rows {
		in32[i] = int32(r)
	}
	out := make([]int, len(rows))
	for i, r := range ranked(p.list.in, in32, keep) {
		out[i] = int(r)
	}
	return out
}

// ranked is Rank over an input.
func ranked(in *Input, rows []int32, keep Keep) []int32 {
	type entry struct {
		row  int32
		rank [2]float64
	}
	entries := make([]entry, len(rows))
	for i, r := range rows {
		entries[i] = entry{r, rank(in, r, keep)}
	}
	slices.SortFunc(entries, func(x, y entry) int {
		return cmp.Or(cmp.Compare(y.rank[0], x.rank[0]), cmp.Compare(y.rank[1], x.rank[1]), cmp.Compare(x.row, y.row))
	})
	order := make([]int32, len(rows))
	for i, e := range entries {
		order[i] = e.row
	}
	return order
}

// rank is what a rule looks at, the first number before the second; more is
// better.
func rank(in *Input, row int32, keep Keep) [2]float64 {
	switch keep {
	case KeepFirst:
		return [2]float64{-float64(row), 0}
	case KeepLast:
		return [2]float64{float64(row), 0}
	}
	filled, text := 0, 0
	for _, cell := range in.cells(int(row)) {
		if cell = strings.TrimSpace(cell); cell != "" {
			filled++
			text += utf8.RuneCountInString(cell)
		}
	}
	switch keep {
	case KeepLongest:
		return [2]float64{float64(text), float64(filled)}
	case KeepNewest:
		return [2]float64{newest(in, row), float64(filled)}
	}
	return [2]float64{float64(filled), float64(text)}
}

// newest is the latest date of a record, as dayNumber orders them. A year
// takes month and day from the columns of its group. A column that is not
// compared has no forms; its cells count where they are dates as ISO 8601
// writes them.
func newest(in *Input, row int32) float64 {
	latest := 0.0
	for c, column := range in.Columns {
		if column.Role != record.Date || column.Part == record.Month || column.Part == record.Day {
			continue
		}
		date := in.dateText(row, c)
		if column.Part == record.Year && column.Group > 0 {
			for _, part := range [2]record.Part{record.Month, record.Day} {
				date += in.twoDigits(row, column.Group, part)
			}
		}
		day := dayNumber(date)
		if day >= 1 {
			day += timeOfDay(in.cells(int(row))[c])
		}
		latest = max(latest, day)
	}
	return latest
}

// timeOfDay is the first time on a 24-hour clock ("12:30", "12:30:59") that a
// cell holds, as a share of the day; 0 where there is none. Time zones are not
// looked at.
func timeOfDay(cell string) float64 {
	for rest := cell; ; {
		colon := strings.IndexByte(rest, ':')
		if colon < 0 || colon+3 > len(rest) {
			return 0
		}
		if colon >= 2 {
			hours, err1 := strconv.Atoi(rest[colon-2 : colon])
			minutes, err2 := strconv.Atoi(rest[colon+1 : colon+3])
			if err1 == nil && err2 == nil && hours >= 0 && hours < 24 && minutes >= 0 && minutes < 60 {
				seconds := 0
				if len(rest) >= colon+6 && rest[colon+3] == ':' {
					seconds, _ = strconv.Atoi(rest[colon+4 : colon+6])
				}
				return float64(hours*3600+minutes*60+min(max(seconds, 0), 59)) / 86400
			}
		}
		rest = rest[colon+1:]
	}
}

// dateText is the form of a cell, or the cell where it has none.
func (in *Input) dateText(row int32, c int) string {
	if in.dates != nil && in.dates[c] != nil {
		return in.dates[c][row]
	}
	cell := strings.ToLower(strings.TrimSpace(in.cells(int(row))[c]))
	if iso := len("2006-01-02"); len(cell) > iso && cell[4] == '-' && (cell[iso] == 't' || cell[iso] == ' ') {
		return cell[:iso]
	}
	return cell
}

// twoDigits is the month or day that belongs to a year, "-03", or "-00" where
// it is blank or no number.
func (in *Input) twoDigits(row int32, group int, part record.Part) string {
	for c, column := range in.Columns {
		if column.Role != record.Date || column.Part != part || column.Group != group {
			continue
		}
		if n, err := strconv.Atoi(in.dateText(row, c)); err == nil && n > 0 && n < 32 {
			return fmt.Sprintf("-%02d", n)
		}
	}
	return "-00"
}

// dayNumber orders the forms of dates, "2017-03-05" or a piece of it, and of
// ages, "3 years ago": later is larger, and a date is later than any age. 0
// where it is neither.
func dayNumber(form string) float64 {
	if len(form) >= 4 && digit(form) {
		if y, err := strconv.Atoi(form[:4]); err == nil && y >= 1000 {
			rest := strings.ReplaceAll(form[4:], "-", "")
			md, _ := strconv.Atoi(rest)
			if len(rest) == 2 {
				md *= 100
			}
			return float64(y)*10000 + float64(md)
		}
	}
	if days, ok := ageDays(form); ok {
		return 1 / (1 + days)
	}
	return 0
}

// ageDays reads the folded form of an age, about.
func ageDays(form string) (days float64, ok bool) {
	unit := map[string]float64{"second": 1e-5, "minute": 1e-3, "hour": 1.0 / 24, "day": 1, "week": 7, "month": 30, "year": 365}
	count := 1.0
	for w := range strings.FieldsSeq(form) {
		if n, err := strconv.ParseFloat(w, 64); err == nil {
			count = n
		}
		if u, found := unit[strings.TrimSuffix(w, "s")]; found {
			return count * u, true
		}
		switch w {
		case "yesterday":
			return 1, true
		case "today", "now":
			return 0, true
		}
	}
	return 0, false
}
