package normalize

import (
	"fmt"
	"slices"
	"strings"

	"github.com/unecho/unecho/pipeline/record"
)

// dateForm makes the forms of a column of dates: "2017-03-05", "2017-03" or
// "2017", as much as the cell says, with the year as a mark. A cell that is no
// date keeps its folded words. Which of two numbers is the day is settled for
// the column: the first, if it is above 12 in some cell; the second likewise;
// else the first between dots and the second between slashes.
func dateForm(p record.Part, rows int, cell func(int) string) func(string) record.Form {
	switch p {
	case record.Age:
		return textForm(Fold)
	case record.Month:
		return textForm(monthOf)
	case record.Day:
		return textForm(countOf)
	}
	order := dayOrder(rows, cell)
	return func(s string) record.Form {
		d := parseDate(s, order)
		if d.year == 0 {
			return textForm(Fold)(s)
		}
		t := d.String()
		return record.Form{Text: t, Core: t, Marks: []record.Mark{{Kind: record.YearNumber, Value: t[:4]}}}
	}
}

// date is a day, a month (day 0) or a year (month 0 too); year 0 is none.
type date struct{ year, month, day int }

func (d date) String() string {
	switch {
	case d.day > 0:
		return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
	case d.month > 0:
		return fmt.Sprintf("%04d-%02d", d.year, d.month)
	}
	return fmt.Sprintf("%04d", d.year)
}

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
func dayOrder(rows int, cell func(int) string) order {
	days, months := 0, 0
	for r := range rows {
		p := datePieces(cell(r))
		if len(p) < 3 || p[0].word != "" || p[1].word != "" || p[2].word != "" || len(p[0].digits) > 2 {
			continue
		}
		switch a, b := p[0].number(), p[1].number(); {
		case a > 12 && b <= 12:
			days++
		case b > 12 && a <= 12:
			months++
		}
	}
	switch {
	case days > months:
		return dayFirst
	case months > days:
		return monthFirst
	}
	return bySeparator
}

// piece is a run of digits or a word of a date, and the byte before it.
type piece struct {
	digits, word string
	before       byte
}

func (p piece) number() int { return number([]byte(p.digits)) }

// datePieces cuts a cell into its numbers and words, the time of day left out.
func datePieces(s string) []piece {
	if len(s) > 60 {
		return nil
	}
	t := string(appendLetters(nil, s))
	var pieces []piece
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
func isDateFiller(w string) bool {
	switch w {
	case "st", "nd", "rd", "th", "of", "de", "del", "le", "den", "der", "am", "the", "t", "z", "on", "er",
		"mon", "tue", "wed", "thu", "fri", "sat", "sun", "tues", "thur", "thurs",
		"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
		"montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag":
		return true
	}
	return false
}

func parseDate(s string, o order) date {
	p := datePieces(s)
	var d date
	switch {
	case len(p) == 0 || len(p) > 3:
	case slices.ContainsFunc(p, func(x piece) bool { return x.word != "" }):
		d = namedDate(p)
	case len(p) == 1:
		d = solidDate(p[0])
	case len(p[0].digits) == 4:
		d.year, d.month = p[0].number(), p[1].number()
		if len(p) == 3 {
			d.day = p[2].number()
		}
		if d.month == 0 && d.day == 0 { // 2017-00-00 says a year
			d = date{year: d.year}
		}
	case len(p) == 2 && len(p[1].digits) == 4: // 03/2017
		d.month, d.year = p[0].number(), p[1].number()
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
	n := p.number()
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
	a, b := p[0].number(), p[1].number()
	if o == monthFirst || o == bySeparator && p[1].before == '/' {
		a, b = b, a
	}
	if b > 12 && a <= 12 { // the other way round than its column
		a, b = b, a
	}
	return date{fullYear(p[2]), b, a}
}

func fullYear(p piece) int {
	y := p.number()
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
		if x.word != "" {
			if d.month != 0 || monthNumber(x.word) == 0 {
				return date{}
			}
			d.month = monthNumber(x.word)
		}
	}
	for _, x := range p {
		switch {
		case x.digits == "":
		case len(x.digits) == 4 && d.year == 0:
			d.year = x.number()
		case len(x.digits) <= 2 && d.day == 0 && (len(p) == 3 || len(x.digits) == 1):
			d.day = x.number()
		case len(x.digits) == 2 && d.year == 0:
			d.year = fullYear(x)
		default:
			return date{}
		}
	}
	return d
}

// monthNumber gives the number of a month by its folded name, 0 for none.
func monthNumber(w string) int {
	for k, names := range monthNames {
		if slices.Contains(names, w) {
			return k + 1
		}
	}
	return 0
}

// monthNames are the names of the months in English, German, French, Spanish,
// Italian, Portuguese and Dutch, folded.
var monthNames = [12][]string{
	strings.Fields("january jan januar jaenner janner janvier janv enero ene gennaio gen janeiro januari"),
	strings.Fields("february feb februar fevrier fevr febrero febbraio fevereiro fev februari"),
	strings.Fields("march mar marz maerz mars marzo marco maart mrt"),
	strings.Fields("april apr avril avr abril abr aprile"),
	strings.Fields("may mai mayo maggio mag maio mei"),
	strings.Fields("june jun juni juin junio giugno giu junho"),
	strings.Fields("july jul juli juillet juil julio luglio lug julho"),
	strings.Fields("august aug aout agosto ago augustus"),
	strings.Fields("september sep sept septembre septiembre settembre set setembro"),
	strings.Fields("october oct oktober okt octobre octubre ottobre ott outubro out"),
	strings.Fields("november nov novembre noviembre novembro"),
	strings.Fields("december dec dezember dez decembre diciembre dic dicembre dezembro"),
}

// monthOf gives a month as its number: "March", "03" → "3".
func monthOf(s string) string {
	t := Fold(s)
	if n := monthNumber(t); n > 0 {
		return fmt.Sprint(n)
	}
	return t
}
