package dedupe

import (
	"strconv"
	"strings"

	"github.com/unecho/unecho/pipeline/record"
)

// survivor chooses which of the rows of a cluster stays. Ties go to the first
// in input order (the last, for KeepLast).
func survivor(in *Input, rows []int32, keep Keep) int32 {
	switch keep {
	case KeepFirst:
		return rows[0]
	case KeepLast:
		return rows[len(rows)-1]
	}
	best := rows[0]
	bestRank := rank(in, best, keep)
	for _, r := range rows[1:] {
		if k := rank(in, r, keep); k[0] > bestRank[0] || k[0] == bestRank[0] && k[1] > bestRank[1] {
			best, bestRank = r, k
		}
	}
	return best
}

// rank is what a rule looks at, the first number before the second.
func rank(in *Input, row int32, keep Keep) [2]float64 {
	n := len(in.Columns)
	filled, text, newest := 0, 0, 0.0
	for c, cell := range in.Cells[int(row)*n : (int(row)+1)*n] {
		if strings.TrimSpace(cell) == "" {
			continue
		}
		filled++
		text += len(cell)
		if in.Columns[c].Role == record.Date && in.Forms[c] != nil {
			newest = max(newest, dayNumber(in.Forms[c][row].Text))
		}
	}
	switch keep {
	case KeepLongest:
		return [2]float64{float64(text), float64(filled)}
	case KeepNewest:
		return [2]float64{newest, float64(filled)}
	}
	return [2]float64{float64(filled), float64(text)}
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
