package parse

import (
	"strconv"
	"strings"
	"unicode"
)

// AgeDays gives the age that words such as "3 years ago", "yesterday", "an hour
// ago", "vor 2 Tagen", "il y a un mois" or "hace 3 semanas" speak of, in days
// before the moment they were written: 0 for "just now", fractions below a
// day. A month counts 30.44 days and a year 365.25, so the number orders
// records; it is no date. ok is false when s is not such an age; words that
// follow it ("3 years ago by …") make it none.
func AgeDays(s string) (days float64, ok bool) {
	words := strings.FieldsFunc(strings.ToLower(trim(s)), func(r rune) bool { return space(r) })
	if len(words) == 0 || len(words) > 8 || len(s) > 80 {
		return 0, false
	}
	if d, ok := fixedAge(strings.Join(words, " ")); ok {
		return d, true
	}
	// Take off the words that say "before now"; one must be there.
	ago := false
	for _, w := range [][]string{{"il", "y", "a"}, {"vor"}, {"hace"}, {"há"}, {"fa"}} {
		if hasPrefix(words, w) {
			words, ago = words[len(w):], true
			break
		}
	}
	if n := len(words); !ago && n > 0 && (words[n-1] == "ago" || words[n-1] == "fa" || words[n-1] == "geleden" || words[n-1] == "atrás" || words[n-1] == "old") {
		words, ago = words[:n-1], true
	}
	for len(words) > 0 && filler(words[0]) {
		words = words[1:]
	}
	if !ago {
		return 0, false
	}
	return amounts(words)
}

// filler says whether a word softens an amount.
func filler(w string) bool {
	switch w {
	case "about", "almost", "over", "nearly", "ungefähr", "etwa", "fast", "über", "environ", "unos", "circa", "~":
		return true
	}
	return false
}

func hasPrefix(words, p []string) bool {
	if len(words) <= len(p) {
		return false
	}
	for i := range p {
		if words[i] != p[i] {
			return false
		}
	}
	return true
}

// fixedAge knows the ages that are single expressions.
func fixedAge(s string) (float64, bool) {
	switch s {
	case "now", "just now", "moments ago", "a moment ago", "gerade eben", "jetzt", "à l'instant", "à l’instant", "ahora", "today", "heute", "aujourd'hui", "aujourd’hui", "hoy":
		return 0, true
	case "yesterday", "gestern", "hier", "ayer", "ieri", "gisteren":
		return 1, true
	case "vorgestern", "avant-hier", "anteayer", "the day before yesterday":
		return 2, true
	case "last week", "letzte woche", "la semaine dernière", "la semana pasada":
		return 7, true
	case "last month", "letzten monat", "le mois dernier", "el mes pasado":
		return month, true
	case "last year", "letztes jahr", "l'an dernier", "l'année dernière", "el año pasado":
		return year, true
	}
	return 0, false
}

const (
	year  = 365.25
	month = year / 12
)

// amounts adds up pairs of number and unit: "1 year 2 months", "3d".
func amounts(words []string) (days float64, ok bool) {
	for i := 0; i < len(words); i++ {
		w := strings.Trim(words[i], ",")
		if w == "and" || w == "und" || w == "et" || w == "y" {
			if i == 0 || i == len(words)-1 {
				return 0, false
			}
			continue
		}
		n, rest, isNumber := number(w)
		if !isNumber {
			return 0, false
		}
		if rest == "" {
			if i++; i == len(words) {
				return 0, false
			}
			rest = words[i]
		}
		u, isUnit := unit(strings.Trim(rest, ",."))
		if !isUnit {
			return 0, false
		}
		days, ok = days+n*u, true
	}
	return days, ok && days < 1e6
}

// number reads "3", "a", "einem", or the digits at the head of "3d".
func number(w string) (n float64, rest string, ok bool) {
	switch w {
	case "a", "an", "one", "ein", "eine", "einem", "einer", "un", "une", "una", "uno", "um", "uma", "een":
		return 1, "", true
	case "two", "zwei", "deux", "dos":
		return 2, "", true
	case "three", "drei", "trois", "tres":
		return 3, "", true
	}
	end := strings.IndexFunc(w, func(r rune) bool { return !unicode.IsDigit(r) && r != '.' })
	if end < 0 {
		end = len(w)
	}
	n, err := strconv.ParseFloat(w[:end], 64)
	return n, strings.TrimPrefix(w[end:], "+"), err == nil
}

// unit gives the days of a unit of time.
func unit(w string) (float64, bool) {
	switch w {
	case "s", "sec", "secs", "second", "seconds", "sekunde", "sekunden", "seconde", "secondes", "segundo", "segundos":
		return 1. / 86400, true
	case "m", "min", "mins", "minute", "minutes", "minuten", "minuto", "minutos", "minuti":
		return 1. / 1440, true
	case "h", "hr", "hrs", "hour", "hours", "std", "stunde", "stunden", "heure", "heures", "hora", "horas", "ora", "ore", "uur":
		return 1. / 24, true
	case "d", "day", "days", "tag", "tage", "tagen", "jour", "jours", "día", "días", "dia", "dias", "giorno", "giorni", "dag", "dagen":
		return 1, true
	case "w", "wk", "wks", "week", "weeks", "woche", "wochen", "semaine", "semaines", "semana", "semanas", "settimana", "settimane", "weken":
		return 7, true
	case "mo", "mos", "month", "months", "monat", "monate", "monaten", "mois", "mes", "meses", "mese", "mesi", "maand", "maanden":
		return month, true
	case "y", "yr", "yrs", "year", "years", "jahr", "jahre", "jahren", "an", "ans", "année", "années", "año", "años", "ano", "anos", "anno", "anni", "jaar":
		return year, true
	}
	return 0, false
}
