package parse

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// headerGuess says whether the first row of a table gives names.
type headerGuess struct {
	header bool
	sure   float64
	why    string
}

// guessHeader looks at the first rows of a table. A first row with a number,
// an address or a value that comes again below is data. One with a word that
// columns are usually called by, or with words above numbers, is a header.
// When nothing speaks, a row of several short words is taken for a header,
// and a single column has none.
func guessHeader(rows [][]string) headerGuess {
	first := rows[0]
	known, filled := 0, 0
	for _, c := range first {
		name := trim(c)
		if name == "" {
			continue
		}
		filled++
		if value(name) {
			return headerGuess{false, 0.9, fmt.Sprintf("no header: %q in the first row is a value", short(name))}
		}
		if knownName(name) && (len(first) > 1 || headsAlone(name)) {
			known++
		}
	}
	if filled == 0 {
		return headerGuess{false, 0.6, "no header: the first row is empty"}
	}
	if known > 0 && (known*3 >= filled || known >= 2) {
		return headerGuess{true, 0.97, fmt.Sprintf("header: %q", short(knownAmong(first)))}
	}
	if c, ok := recurring(rows); ok {
		return headerGuess{false, 0.85, fmt.Sprintf("no header: %q comes again below", short(c))}
	}
	if c, ok := above(rows); ok && len(first) > 1 {
		return headerGuess{true, 0.9, fmt.Sprintf("header: %q stands above values of another kind", short(c))}
	}
	if len(first) > 1 && namelike(first) {
		return headerGuess{true, 0.6, "header: the first row is short words"}
	}
	return headerGuess{false, 0.6, "no header: nothing in the first row looks like a name"}
}

func short(s string) string {
	s = trim(s)
	if r := []rune(s[:min(len(s), 200)]); len(r) > 30 {
		return string(r[:29]) + "…"
	}
	return s
}

// value says whether a cell cannot be a column's name.
func value(s string) bool {
	if len(s) > 100 || strings.Contains(s, "://") || strings.HasPrefix(s, "www.") || strings.Contains(s, "@") && strings.Contains(s, ".") {
		return true
	}
	if y, err := strconv.Atoi(s); err == nil {
		return y < 1900 || y > 2100 // a year may head a column
	}
	return numeric(s)
}

// numeric says whether a cell is a number, a date, an amount: mostly digits.
func numeric(s string) bool {
	digits, letters := 0, 0
	for _, r := range s {
		switch {
		case unicode.IsDigit(r):
			digits++
		case unicode.IsLetter(r):
			letters++
		}
	}
	return digits > 0 && digits >= 2*letters
}

// recurring finds a cell of the first row that stands again below in its column.
func recurring(rows [][]string) (string, bool) {
	for c, name := range rows[0] {
		if trim(name) == "" {
			continue
		}
		for _, r := range rows[1:] {
			if c < len(r) && r[c] == name {
				return name, true
			}
		}
	}
	return "", false
}

// above finds a cell of the first row that is not numeric above a column that
// mostly is.
func above(rows [][]string) (string, bool) {
	if len(rows) < 2 {
		return "", false
	}
	for c, name := range rows[0] {
		n, filled := 0, 0
		for _, r := range rows[1:] {
			if c < len(r) && trim(r[c]) != "" {
				filled++
				if numeric(r[c]) || strings.Contains(r[c], "://") {
					n++
				}
			}
		}
		if trim(name) != "" && filled > 0 && n*10 >= filled*9 {
			return name, true
		}
	}
	return "", false
}

// namelike says whether all cells of a row could be names of columns.
func namelike(row []string) bool {
	seen := map[string]bool{}
	for _, c := range row {
		c = trim(c)
		if c == "" {
			continue
		}
		if seen[c] || utf8.RuneCountInString(c) > 40 || len(strings.Fields(c)) > 4 || strings.ContainsAny(c, ".!?…\n") && len(strings.Fields(c)) > 1 {
			return false
		}
		seen[c] = true
	}
	return true
}

func knownAmong(row []string) string {
	for _, c := range row {
		if knownName(trim(c)) {
			return c
		}
	}
	return ""
}

// knownName says whether columns are usually called that, alone or with
// another word: "id", "Post Title", "given_name", "Erscheinungsjahr".
func knownName(s string) bool {
	if len(s) > 60 {
		return false
	}
	words := strings.FieldsFunc(splitCamel(s), func(r rune) bool { return !unicode.IsLetter(r) })
	if len(words) == 0 || len(words) > 4 {
		return false
	}
	if len(words) == 1 {
		return isKnown(words[0])
	}
	return len(words) <= 3 && isKnown(words[len(words)-1])
}

// headsAlone says whether a name heads a single column: a list of titles may
// begin with "Black Book", or with "Song", so more is asked than of a row of names.
func headsAlone(s string) bool {
	if strings.Contains(s, "_") || s == strings.ToLower(s) && len(strings.Fields(s)) == 1 {
		return true
	}
	const names = " title titles titel titre titulo título titolo headline heading name names "
	return strings.Contains(names, " "+strings.ToLower(s)+" ")
}

// splitCamel parts "releaseDate" into "release Date".
func splitCamel(s string) string {
	var b strings.Builder
	var last rune
	for _, r := range s {
		if unicode.IsUpper(r) && unicode.IsLower(last) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

func isKnown(w string) bool {
	const names = " id key uuid guid nr no row title titles titel titre titulo título titolo headline heading überschrift name names nom nombre nome vorname nachname prénom surname forename firstname lastname author authors autor autoren auteur autore editor creator publisher verlag éditeur editorial journal venue booktitle conference year jahr année año anno date datum fecha data month day monat tag url link links href website address adresse dirección street straße strasse city stadt ville ciudad suburb state country land pays país postcode postleitzahl plz zip email mail phone telefon téléphone price preis prix precio amount quantity menge count number nummer isbn issn doi pages seiten volume issue abstract description beschreibung descripción summary excerpt body text content inhalt note notes comment comments kommentar source quelle site domain category kategorie catégorie categoría genre type typ tags keywords language sprache langue idioma brand marke manufacturer model product produkt produit producto sku age alter born dob gender sex company firma organisation organization runtime rating score votes lat latitude lng lon longitude cuisine class status subject topic artist album track song film movie book label cluster title_a "
	return strings.Contains(names, " "+strings.ToLower(w)+" ")
}
