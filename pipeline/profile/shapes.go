package profile

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Shape is what a single value looks like, whatever its column is called.
type Shape uint8

// The shapes, the most telling first.
const (
	ShapeOther   Shape = iota // none of the others
	ShapeEmail                // "ann@example.org"
	ShapeDOI                  // "10.1000/182", also within an address
	ShapeURL                  // "https://…", "www.…", a host with a path
	ShapeHost                 // "labs.example.org"
	ShapeISBN                 // ISBN or ISSN, its check digit right
	ShapeUUID                 // 8-4-4-4-12 hexadecimal digits
	ShapeAge                  // "3 years ago", "yesterday"
	ShapeDate                 // "2014-03-01", "1.3.2014", "3 March 2014", "19361207"
	ShapeYear                 // 1500 to 2100 standing alone
	ShapePrice                // a number with a currency
	ShapePages                // "97-104", "pp. 3–7", "e70933"
	ShapePhone                // seven digits and more, grouped or with +
	ShapeAddress              // "55 Irving Pl.", "Hauptstraße 5"
	ShapeWhole                // a whole number
	ShapeDecimal              // a number with a fraction
	ShapeCode                 // one word of letters and digits: "a778", "id_0001627"
	ShapeWord                 // one word without digits
	ShapeList                 // items with separators between: "Smith, J.; Poe, E."
	ShapeText                 // several words
	shapes
)

// String gives the shape as the plural that stands after "98 % are".
func (s Shape) String() string {
	if s >= shapes {
		return "of no known shape"
	}
	return [...]string{"of no known shape", "e-mail addresses", "DOIs", "web addresses", "host names", "ISBN or ISSN", "UUIDs",
		"ages", "dates", "years", "prices", "page ranges", "phone numbers", "addresses", "whole numbers", "decimal numbers", "codes", "single words", "lists", "texts"}[s]
}

// patterns are tried on values that hold a digit or one of ".@:/".
type patterns struct {
	email, doi, url, host, uuid, age, date, dateWords, year, price, pages, phone, address, whole, decimal *regexp.Regexp
}

const monthWords = `(jan|feb|fév|fev|mar|mär|mae|mai|may|apr|avr|abr|ene|jun|juin|jul|juil|aug|ago|août|aou|sep|set|oct|okt|nov|dec|dez|déc|dic)[\pL]*\.?`

// loadPatterns compiles the patterns once.
var loadPatterns = sync.OnceValue(func() patterns {
	re := regexp.MustCompile
	return patterns{
		email: re(`^(?i)(mailto:)?[^\s@,;]+@[^\s@,;]+\.[a-z]{2,}$`),
		doi:   re(`^(?i)(https?://(dx\.)?doi\.org/|doi:?\s*)?10\.\d{4,9}/\S+$`),
		url:   re(`^(?i)([a-z][a-z0-9+.-]*://\S+|www\.\S+|[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}/\S*)$`),
		host:  re(`^(?i)@?([a-z0-9-]+\.)+[a-z]{2,}$`),
		uuid:  re(`^(?i)\{?[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}\}?$`),
		age: re(`^(?i)((about |over |almost |vor |il y a |hace )?(\d+|an?|ein(em|er)?|une?) ?(seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|yrs?` +
			`|tag(en)?|wochen?|monat(en)?|jahr(en)?|stunden?|jours?|semaines?|mois|ans?|heures?|d[ií]as?|semanas?|mes(es)?|años?|horas?)( ago)?|yesterday|today|just now|gestern|heute|hier|aujourd'hui|ayer|hoy)$`),
		date: re(`^(\d{4}[-/.](0?[1-9]|1[0-2])([-/.](0?[1-9]|[12]\d|3[01]))?([T ]\d\d:\d\d\S*( \S+)?)?|(0?[1-9]|[12]\d|3[01])[-/.](0?[1-9]|[12]\d|3[01])[-/.](\d{4}|\d\d)|` +
			`(1[5-9]|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]))$`),
		dateWords: re(`^(?i)(\pL+,? )?(\d{1,2}(\.|st|nd|rd|th|er)?( de)? )?` + monthWords + `( de)?( \d{1,2}(st|nd|rd|th)?)?,?( \d{4})?([ T]\d\d:\d\d.*)?$`),
		year:      re(`^[\[(]?(c\.? ?)?(1[5-9]\d\d|20\d\d|2100)[a-z]?[\])]?[.,;:]*$`),
		price:     re(`^(?i)((us|ca|au)?[$€£¥₹]|usd|eur|gbp|chf|jpy) ?-?\d[\d.,' ]*$|^-?\d[\d.,' ]*(,-)? ?([$€£¥₹]|usd|eur|euros?|gbp|chf|jpy)$`),
		pages:     re(`^(?i)[\[(]?(pp?\.?|pages?|seiten?|s\.)? ?[a-z]{0,2}\d+[a-z]? ?(-|–|—|--) ?[a-z]{0,2}\d+[a-z]?[\])]?[.,;:]*$|^(?i)[\[(]?(pp?\.|pages?|seiten?) ?\d.*$`),
		phone:     re(`^(\+|00)?[ (]*\d[\d ()./-]{6,}\d( ?(x|ext\.?) ?\d+)?$`),
		address: re(`^\d{1,5}[a-zA-Z]?,? \pL[\pL\d .,'/#&-]{2,40}$|^(?i)\pL[\pL .'-]*(str\.?|stra(ß|ss)e|weg|gasse|platz|allee|ring|damm) \d{1,4} ?[a-z]?$` +
			`|^(?i)(rue|calle|avenida|avenue|boulevard|via|plaza) \pL[\pL .'-]*,? \d{1,4}$`),
		whole:   re(`^[-+]?\d+$|^[-+]?\d{1,3}([,.' ]\d{3})+$`),
		decimal: re(`^[-+]?\d*[.,]\d+([eE][-+]?\d+)?$|^[-+]?\d{1,3}([,' ]\d{3})+\.\d+$|^[-+]?\d{1,3}([. ]\d{3})+,\d+$`),
	}
})

// ShapeOf says what a value looks like. It takes any string; a blank one and
// one of more than 200 bytes are judged by their words alone.
func ShapeOf(value string) Shape {
	v := strings.TrimSpace(value)
	if v == "" {
		return ShapeOther
	}
	if len(v) > 200 {
		return wordShape(v)
	}
	if strings.ContainsAny(v, "0123456789.@:/") {
		if s := patternShape(v); s != ShapeOther {
			return s
		}
	}
	if utf8.RuneCountInString(v) <= 24 {
		p := loadPatterns()
		if p.age.MatchString(v) {
			return ShapeAge
		}
		if strings.IndexByte(v, ' ') < 0 && p.dateWords.MatchString(v) && knownMonth(v) {
			return ShapeDate
		}
	}
	return wordShape(v)
}

// patternShape tries the patterns from the most to the least telling. A glance
// at what each cannot do without spares long texts most of them.
func patternShape(v string) Shape {
	p := loadPatterns()
	digit := strings.IndexAny(v, "0123456789")
	oneWord := !strings.ContainsAny(v, " \t\n")
	early := digit >= 0 && digit <= 24 // pages, prices and ages have their first digit sooner
	number := strings.IndexByte("0123456789+-.,([", v[0]) >= 0
	switch {
	case strings.Contains(v, "@") && p.email.MatchString(v):
		return ShapeEmail
	case strings.Contains(v, "10.") && p.doi.MatchString(v):
		return ShapeDOI
	case oneWord && strings.ContainsAny(v, ":/") && p.url.MatchString(v), oneWord && strings.HasPrefix(strings.ToLower(v), "www."):
		return ShapeURL
	case oneWord && p.host.MatchString(v):
		return ShapeHost
	case digit < 0:
		return ShapeOther
	case IsBookNumber(v):
		return ShapeISBN
	case oneWord && len(v) >= 36 && p.uuid.MatchString(v):
		return ShapeUUID
	case number && p.date.MatchString(v):
		return ShapeDate
	case (number || v[0] == 'c') && p.year.MatchString(v):
		return ShapeYear
	case number && p.whole.MatchString(v):
		return ShapeWhole
	case number && p.decimal.MatchString(v):
		return ShapeDecimal
	case early && p.pages.MatchString(v):
		return ShapePages
	case early && p.price.MatchString(v):
		return ShapePrice
	case number && p.phone.MatchString(v):
		return ShapePhone
	case early && p.age.MatchString(v):
		return ShapeAge
	case (strings.Count(v, " ") <= 8 || strings.Contains(v, ":")) && p.dateWords.MatchString(v):
		return ShapeDate
	case !oneWord && len(strings.Fields(v)) <= 7 && p.address.MatchString(v):
		return ShapeAddress
	}
	return ShapeOther
}

// knownMonth keeps words that merely begin like a month ("Marvel") out.
func knownMonth(v string) bool {
	switch strings.ToLower(strings.Trim(v, ".,;: ")) {
	case "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
		"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
		"januar", "februar", "märz", "maerz", "mai", "juni", "juli", "oktober", "dezember", "okt", "dez",
		"janvier", "février", "fevrier", "mars", "avril", "juin", "juillet", "août", "aout", "septembre", "octobre", "novembre", "décembre", "decembre",
		"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre":
		return true
	}
	return false
}

// wordShape judges a value by its words.
func wordShape(v string) Shape {
	digits, letters, spaces, seps := 0, 0, 0, 0
	for _, r := range v {
		switch {
		case unicode.IsDigit(r):
			digits++
		case unicode.IsLetter(r):
			letters++
		case unicode.IsSpace(r):
			spaces++
		case r == ';' || r == '|' || r == '*' || r == ',':
			seps++
		}
	}
	switch {
	case digits+letters == 0:
		return ShapeOther
	case spaces == 0 && seps > 0 && letters > 0:
		return ShapeList
	case spaces == 0 && digits > 0:
		return ShapeCode
	case spaces == 0:
		return ShapeWord
	case looksLikeList(v):
		return ShapeList
	}
	return ShapeText
}

// looksLikeList says whether v is a list of short items: "Smith, J. and Poe,
// E.", "a; b; c", "A**B".
func looksLikeList(v string) bool {
	n := strings.Count(v, ";") + strings.Count(v, "**") + strings.Count(v, "|") + strings.Count(v, " and ")
	commas := strings.Count(v, ",")
	if n == 0 && commas < 2 {
		return false
	}
	items := n + commas + 1
	return len(strings.Fields(v)) <= 4*items
}

// IsBookNumber says whether v is an ISBN-10, ISBN-13 or ISSN (or several, one
// a line) with the right check digit. A bare run of eight digits is not taken
// for an ISSN, as one in eleven would pass by chance.
func IsBookNumber(v string) bool {
	first, _, _ := strings.Cut(v, "\n")
	first, _, _ = strings.Cut(strings.TrimSpace(first), " ")
	var d []int
	for i, r := range first {
		switch {
		case r >= '0' && r <= '9':
			d = append(d, int(r-'0'))
		case (r == 'X' || r == 'x') && i == len(first)-1:
			d = append(d, 10)
		case r != '-':
			return false
		}
		if len(d) > 13 {
			return false
		}
	}
	switch len(d) {
	case 8:
		return len(first) == 9 && first[4] == '-' && weighted(d)%11 == 0
	case 10:
		return weighted(d)%11 == 0
	case 13:
		return d[12] != 10 && d[0] == 9 && d[1] == 7 && d[2] >= 8 && ean(d)%10 == 0
	}
	return false
}

// weighted is the sum of the digits times their place from the end (ISO 2108, ISO 3297).
func weighted(d []int) int {
	sum := 0
	for i, x := range d {
		sum += x * (len(d) - i)
	}
	return sum
}

// ean is the sum of the digits, every second one three times (ISO 15420).
func ean(d []int) int {
	sum := 0
	for i, x := range d {
		sum += x * (1 + 2*(i%2))
	}
	return sum
}
