package normalize

import (
	"context"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/unecho/unecho/pipeline/record"
)

// numberWriter writes the forms of a column of numbers.
func numberWriter(ctx context.Context, p record.Part, rows int, cell func(int) string) writer {
	switch p {
	case record.Pages:
		return canonical(Pages)
	case record.Volume, record.Issue:
		return canonical(countOf)
	}
	comma := commaDecimals(ctx, rows, cell)
	return canonical(func(s string) string { return decimal(s, comma) })
}

// commaDecimals tells whether a column writes 1.299,00: some number has a
// comma last with other than three digits after it, and none a dot so.
func commaDecimals(ctx context.Context, rows int, cell func(int) string) bool {
	var comma, dot atomic.Bool
	eachChunk(ctx, rows, nil, func(from, to int) {
		for r := from; r < to; r++ {
			switch decimalSign(cell(r)) {
			case ',':
				comma.Store(true)
			case '.':
				dot.Store(true)
			}
		}
	})
	return comma.Load() && !dot.Load()
}

// decimalSign gives the comma or dot that can only part the fraction of a
// number: it stands last, and other than three digits follow, or it is not the
// only sign. 0 for none.
func decimalSign(s string) byte {
	s = strings.Trim(s, " €$£¥%")
	c, d := strings.LastIndexByte(s, ','), strings.LastIndexByte(s, '.')
	switch {
	case c > d && (d >= 0 || len(s)-c-1 != 3):
		return ','
	case d > c && (c >= 0 || len(s)-d-1 != 3):
		return '.'
	}
	return 0
}

// decimal gives a quantity as a plain decimal number: sign, digits and at most
// one dot, without zeros that say nothing ("$1,299.00" → "1299", "-0.50 kg" →
// "-0.5"). Words and units around one number are passed over. It is empty when
// s holds no number or several.
func decimal(s string, comma bool) string {
	if strings.Trim(s, "0123456789") == "" && s != "" {
		return plainDecimal(s)
	}
	digits := string(appendLetters(nil, s))
	from := strings.IndexAny(digits, "0123456789")
	if from < 0 {
		return ""
	}
	to := from
	for to < len(digits) && strings.IndexByte("0123456789.,' ", digits[to]) >= 0 {
		to++
	}
	body := strings.TrimRight(digits[from:to], " .,'")
	after := digits[from+len(body):]
	if strings.ContainsAny(after, "0123456789") && !isExponent(after) {
		return ""
	}
	if from > 0 && digits[from-1] == '.' {
		body = "0." + body
	}
	if strings.Contains(body, " ") && !isGrouped(body) {
		return ""
	}
	body = withoutGroups.Replace(body)
	if comma {
		body = withDot.Replace(body)
	} else {
		body = strings.ReplaceAll(body, ",", "")
	}
	if strings.Count(body, ".") > 1 {
		return ""
	}
	if isExponent(after) {
		return exponent(body + after)
	}
	return signed(digits[:from], plainDecimal(body))
}

var (
	withoutGroups = strings.NewReplacer(" ", "", "'", "")
	withDot       = strings.NewReplacer(".", "", ",", ".")
)

// isGrouped tells digits in groups of three with spaces between.
func isGrouped(s string) bool {
	groups := strings.Split(s, " ")
	for k, g := range groups {
		g, _, _ = strings.Cut(g, ".")
		g, _, _ = strings.Cut(g, ",")
		if k > 0 && len(g) != 3 || len(g) > 3 {
			return false
		}
	}
	return true
}

// signed puts a minus before n when the text before the number ends with one
// or brackets it, as accounts do.
func signed(before, n string) string {
	before = strings.TrimRight(before, "$€£¥ .")
	if strings.HasSuffix(before, "-") && n != "0" {
		if head := strings.TrimSuffix(before, "-"); head == "" || strings.HasSuffix(head, " ") {
			return "-" + n
		}
	}
	return n
}

// plainDecimal drops zeros that say nothing.
func plainDecimal(n string) string {
	whole, frac, _ := strings.Cut(n, ".")
	whole, frac = strings.TrimLeft(whole, "0"), strings.TrimRight(frac, "0")
	if whole == "" {
		whole = "0"
	}
	if frac == "" {
		return whole
	}
	return whole + "." + frac
}

// isExponent tells the e+05 of a number that a spreadsheet wrote.
func isExponent(s string) bool {
	if len(s) < 2 || s[0] != 'e' {
		return false
	}
	_, err := strconv.Atoi(s[1:])
	return err == nil
}

func exponent(s string) string {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return ""
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// countOf gives the number of a volume or issue: "Vol. 6," and "VI" are "6",
// "Suppl 2" is "suppl 2".
func countOf(s string) string {
	t := Fold(s)
	for _, marker := range [...]string{"volume ", "vol ", "no ", "number ", "issue ", "nr ", "band ", "heft "} {
		if rest, ok := strings.CutPrefix(t, marker); ok {
			t = rest
			break
		}
	}
	if d, ok := roman([]byte(t)); ok {
		return d
	}
	if allDigits([]byte(t)) {
		return trimZeros([]byte(t))
	}
	return t
}

// Pages gives a range of pages as first and last, written in full:
// "97-104; discussion 104-6" → "97-104", "1131-40" → "1131-1140", "pp. 596–600"
// → "596-600", "S12-S19" → "s12-s19", "12" → "12". A range that a spreadsheet
// took for a day is read back: "01-Sep" → "1-9". It is empty when s holds no page.
func Pages(s string) string {
	if d := datePieces(nil, appendLetters(nil, s)); len(s) <= longestDate && len(d) == 2 && (monthNumber(d[0].word) > 0 || monthNumber(d[1].word) > 0) {
		a := max(number(d[0].digits), monthNumber(d[0].word))
		b := max(number(d[1].digits), monthNumber(d[1].word))
		return strconv.Itoa(min(a, b)) + "-" + strconv.Itoa(max(a, b))
	}
	t := string(appendLetters(nil, s))
	for i := 0; i < len(t); {
		first, to := pageNumber(t, i)
		if first == "" {
			i = to
			continue
		}
		if last, ok := lastPage(t, to); ok {
			if last = inFull(first, last); last != first {
				return first + "-" + last
			}
		}
		return first
	}
	return ""
}

// pageNumber reads a page at or after i: digits, and a letter or two around
// them (R9, e1004, 12a). It gives where to go on.
func pageNumber(t string, i int) (page string, to int) {
	for i < len(t) && !isAlnum(t[i]) {
		i++
	}
	to = i
	for to < len(t) && isAlnum(t[to]) {
		to++
	}
	w := t[i:to]
	head := strings.TrimLeft(w, "abcdefghijklmnopqrstuvwxyz")
	if head == "" {
		return "", max(to, i+1)
	}
	switch prefix := w[:len(w)-len(head)]; prefix {
	case "pp", "pages", "page":
		w = head
	}
	if d := strings.TrimLeft(w, "0"); d != "" && allDigits([]byte(w)) {
		w = d
	}
	return w, to
}

// lastPage reads the page after a dash at i.
func lastPage(t string, i int) (string, bool) {
	rest := strings.TrimLeft(t[i:], " ")
	dash := strings.TrimLeft(rest, "-")
	if len(rest) == len(dash) {
		return "", false
	}
	dash = strings.TrimLeft(dash, " ")
	if dash == "" || !isAlnum(dash[0]) {
		return "", false
	}
	page, _ := pageNumber(dash, 0)
	return page, page != ""
}

// inFull writes the last page with the digits that were left out.
func inFull(first, last string) string {
	if len(last) >= len(first) || !allDigits([]byte(last)) {
		return last
	}
	tail := first[len(first)-len(last):]
	if !allDigits([]byte(tail)) {
		return last
	}
	if last < tail {
		return last
	}
	return first[:len(first)-len(last)] + last
}
