package parse

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/xuri/excelize/v2"
)

// shown gives the text of a cell as a person would write it down. seen is what
// the spreadsheet shows, stored what it keeps. A date is given as 2006-01-02,
// with the time when it has one; a number that the spreadsheet shortens to
// 1.23E+13 is given in full; all else as it is seen.
func shown(seen, stored string, date1904 bool) string {
	v, err := strconv.ParseFloat(stored, 64)
	if err != nil {
		return seen
	}
	if scientific(seen) {
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	if !dateLike(seen) || strings.Contains(digits(seen), digits(whole(stored))) {
		return seen
	}
	t, err := excelize.ExcelDateToTime(v, date1904)
	if err != nil || v < 1 {
		return seen
	}
	long, brief := t.Format("2006"), t.Format("06")
	if !strings.Contains(seen, long) && !strings.Contains(seen, brief) {
		return seen
	}
	switch {
	case t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0:
		return t.Format("2006-01-02")
	case t.Second() == 0:
		return t.Format("2006-01-02 15:04")
	}
	return t.Format("2006-01-02 15:04:05")
}

// scientific says whether a number is written with an exponent.
func scientific(s string) bool {
	_, err := strconv.ParseFloat(s, 64)
	return err == nil && strings.ContainsAny(s, "eE")
}

// dateLike says whether a formatted number is laid out as a date: pieces with
// a slash, hyphen or two dots between, or a month in letters.
func dateLike(s string) bool {
	letters := strings.ContainsFunc(s, unicode.IsLetter)
	return letters || strings.Contains(s, "/") || strings.LastIndexByte(s, '-') > 0 || strings.Count(s, ".") == 2
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// whole is a number without its fraction.
func whole(s string) string {
	s, _, _ = strings.Cut(s, ".")
	return s
}
