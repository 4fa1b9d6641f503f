package normalize

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/unecho/unecho/pipeline/record"
)

// dateWriter writes the forms of a column of dates: "2017-03-05", "2017-03" or
// "2017", as much as the cell says, with the year as a mark. A cell that is no
// date keeps its folded words. Which of two numbers is the day is settled for
// the column: the first, if it is above 12 in some cell; the second likewise;
// else the first between dots and the second between slashes.
func dateWriter(ctx context.Context, p record.Part, rows int, cell func(int) string) writer {
	switch p {
	case record.Age:
		return foldedIfNothing(folded)
	case record.Month:
		return canonical(monthOf)
	case record.Day:
		return canonical(countOf)
	}
	order := dayOrder(ctx, rows, cell)
	return func(s *scanner, cell string) {
		if d := parseDate(s.readDate(cell), order); d.year != 0 {
			s.text = d.append(s.text[:0])
			s.marks = append(s.marks[:0], markAt{kind: record.YearNumber, end: 4})
			return
		}
		s.fold(cell)
		s.marks = s.marks[:0]
	}
}

// date is a day, a month (day 0) or a year (month 0 too); year 0 is none.
type date struct{ year, month, day int }

// append appends d as "2017-03-05", as far as it goes.
func (d date) append(dst []byte) []byte {
	dst = appendTwo(appendTwo(dst, d.year/100), d.year%100)
	if d.month > 0 {
		dst = appendTwo(append(dst, '-'), d.month)
	}
	if d.day > 0 {
		dst = appendTwo(append(dst, '-'), d.day)
	}
	return dst
}

// appendTwo appends a number below 100 in two digits.
func appendTwo(dst []byte, n int) []byte { return append(dst, byte('0'+n/10), byte('0'+n%10)) }

func (d date) valid() bool {
	return d.year >= 1 && d.year <= 9999 && d.month >= 0 && d.month <= 12 && d.day >= 0 && d.day <= 31 && (d.day == 0 || d.month > 0)
}

// order says where the day stands in 3/5/2017.
type order uint8

const (
	bySeparator order = iota // first between dots and hyphens, second between slashes
	dayFirst
	monthFirst
)

// dayOrder reads off a column where the day stands.
func dayOrder(ctx context.Context, rows int, cell func(int) string) order {
	var days, months atomic.Int64
	eachChunk(ctx, rows, nil, func(from, to int) {
		var s scanner
		for r := from; r < to; r++ {
			p := s.readDate(cell(r))
			if len(p) < 3 || p[0].word != nil || p[1].word != nil || p[2].word != nil || len(p[0].digits) > 2 {
				continue
			}
			switch a, b := number(p[0].digits), number(p[1].digits); {
			case a > 12 && b <= 12:
				days.Add(1)
			case b > 12 && a <= 12:
				months.Add(1)
			}
		}
	})
	switch d, m := days.Load(), months.Load(); {
	case d > m:
		return dayFirst
	case m > d:
		return monthFirst
	}
	return bySeparator
}

// piece is a run of digits or a word of a date, and the byte before it.
type piece struct {
	digits, word []byte // the other is nil
	before       byte
}

// longestDate bounds the length in bytes of a cell that can be a date.
const longestDate = 60

// readDate cuts a cell into its numbers and words, which are valid until the
// next call; none for a cell that is too long for a date.
func (s *scanner) readDate(cell string) []piece {
	if len(cell) > longestDate {
		return nil
	}
	s.letters = appendLetters(s.letters[:0], cell)
	s.pieces = datePieces(s.pieces[:0], s.letters)
	return s.pieces
}

// datePieces appends the numbers and words of folded letters, the time of day
// left out.
func datePieces(pieces []piece, t []byte) []piece {
	for i := 0; i < len(t); {
		from := i
		before := byte(0)
		if i > 0 {
			before = t[i-1]
		}
		switch {
		case t[i]-'0' <= 9:
			for i < len(t) && t[i]-'0' <= 9 {
				i++
			}
			if i < len(t) && t[i] == ':' { // the time begins
				return pieces
			}
			pieces = append(pieces, piece{digits: t[from:i], before: before})
		case isWordEnd(t[i]):
			for i < len(t) && isWordEnd(t[i]) && t[i]-'0' > 9 {
				i++
			}
			if w := t[from:i]; !isDateFiller(w) {
				pieces = append(pieces, piece{word: w, before: before})
			}
		default:
			i++
		}
	}
	return pieces
}

// isDateFiller tells a word that a date may hold and that says nothing.
func isDateFiller(w []byte) bool {
	switch string(w) {
	case "st", "nd", "rd", "th", "of", "de", "del", "le", "den", "der", "am", "the", "t", "z", "on", "er",
		"mon", "tue", "wed", "thu", "fri", "sat", "sun", "tues", "thur", "thurs",
		"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
		"montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag":
		return true
	}
	return false
}

// parseDate reads the pieces of a date; date{} where they are none.
func parseDate(p []piece, o order) date {
	var d date
	switch {
	case len(p) == 0 || len(p) > 3:
	case slices.ContainsFunc(p, func(x piece) bool { return x.word != nil }):
		d = namedDate(p)
	case len(p) == 1:
		d = solidDate(p[0])
	case len(p[0].digits) == 4:
		d.year, d.month = number(p[0].digits), number(p[1].digits)
		if len(p) == 3 {
			d.day = number(p[2].digits)
		}
		if d.month == 0 && d.day == 0 { // 2017-00-00 says a year
			d = date{year: d.year}
		}
	case len(p) == 2 && len(p[1].digits) == 4: // 03/2017
		d.month, d.year = number(p[0].digits), number(p[1].digits)
	case len(p) == 3:
		d = numericDate(p, o)
	}
	if !d.valid() {
		return date{}
	}
	return d
}

// solidDate reads 2017 and 20170305.
func solidDate(p piece) date {
	n := number(p.digits)
	switch len(p.digits) {
	case 4:
		return date{year: n}
	case 8:
		return date{n / 10000, n / 100 % 100, n % 100}
	}
	return date{}
}

func numericDate(p []piece, o order) date {
	if len(p[0].digits) > 2 || len(p[1].digits) > 2 || len(p[2].digits) != 4 && len(p[2].digits) != 2 {
		return date{}
	}
	a, b := number(p[0].digits), number(p[1].digits)
	if o == monthFirst || o == bySeparator && p[1].before == '/' {
		a, b = b, a
	}
	if b > 12 && a <= 12 { // the other way round than its column
		a, b = b, a
	}
	return date{fullYear(p[2]), b, a}
}

func fullYear(p piece) int {
	y := number(p.digits)
	if len(p.digits) != 2 {
		return y
	}
	if y < 30 {
		return 2000 + y
	}
	return 1900 + y
}

// namedDate reads a date with the name of a month: "March 5, 2017", "5. März
// 2017", "Mar-17", "March 2017".
func namedDate(p []piece) date {
	var d date
	for _, x := range p {
		if x.word != nil {
			if d.month != 0 || monthNumber(x.word) == 0 {
				return date{}
			}
			d.month = monthNumber(x.word)
		}
	}
	for _, x := range p {
		switch {
		case x.digits == nil:
		case len(x.digits) == 4 && d.year == 0:
			d.year = number(x.digits)
		case len(x.digits) <= 2 && d.day == 0 && (len(p) == 3 || len(x.digits) == 1):
			d.day = number(x.digits)
		case len(x.digits) == 2 && d.year == 0:
			d.year = fullYear(x)
		default:
			return date{}
		}
	}
	return d
}

// monthNumber gives the number of a month by its folded name, 0 for none.
func monthNumber(w []byte) int { return monthNumbers[string(w)] }

var monthNumbers = func() map[string]int {
	m := map[string]int{}
	for k, names := range monthNames {
		for _, w := range strings.Fields(names) {
			if m[w] == 0 {
				m[w] = k + 1
			}
		}
	}
	return m
}()

// monthNames are the names of the months in English, German, French, Spanish,
// Italian, Portuguese and Dutch, folded.
var monthNames = [12]string{
	"january jan januar jaenner janner janvier janv enero ene gennaio gen janeiro januari",
	"february feb februar fevrier fevr febrero febbraio fevereiro fev februari",
	"march mar marz maerz mars marzo marco maart mrt",
	"april apr avril avr abril abr aprile",
	"may mai mayo maggio mag maio mei",
	"june jun juni juin junio giugno giu junho",
	"july jul juli juillet juil julio luglio lug julho",
	"august aug aout agosto ago augustus",
	"september sep sept septembre septiembre settembre set setembro",
	"october oct oktober okt octobre octubre ottobre ott outubro out",
	"november nov novembre noviembre novembro",
	"december dec dezember dez decembre diciembre dic dicembre dezembro",
}

// monthOf gives a month as its number: "March", "03" → "3".
func monthOf(s string) string {
	t := Fold(s)
	if n := monthNumber([]byte(t)); n > 0 {
		return strconv.Itoa(n)
	}
	return t
}
