package normalize

import (
	"net/url"
	"slices"
	"strings"
)

// DOI gives a digital object identifier in its canonical form, lower case and
// without resolver or prefix: "https://doi.org/10.1000/ABC", "doi:10.1000/abc"
// → "10.1000/abc" (DOI Handbook, 2.4: case does not count). It is empty when s
// holds none.
func DOI(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	i := strings.Index(s, "10.")
	if i < 0 {
		return ""
	}
	resolved := strings.Contains(s[:i], "http")
	s = s[i:]
	if k := strings.IndexAny(s, " \t\n"); k >= 0 {
		s = s[:k]
	}
	if resolved {
		if k := strings.IndexAny(s, "?#"); k >= 0 {
			s = s[:k]
		}
		if u, err := url.PathUnescape(s); err == nil {
			s = u
		}
	}
	s = strings.TrimRight(s, ".,;]})")
	slash := strings.IndexByte(s, '/')
	if slash < 4 || slash == len(s)-1 || strings.Trim(s[3:slash], "0123456789.") != "" {
		return ""
	}
	return s
}

// ISBN gives an ISBN as thirteen digits (one of ten is turned into it), and an
// ISSN as eight characters, without hyphens. Words around the numbers are
// passed over; of several numbers (in print and online) all are given, sorted,
// a space between. A number of the right length with a wrong check digit is
// taken as it is. It is empty when s holds no such number.
func ISBN(s string) string {
	var codes []string
	var code []byte
	flush := func() {
		switch len(code) {
		case 8, 13:
			codes = append(codes, string(code))
		case 10:
			codes = append(codes, isbn13(code))
		}
		code = code[:0]
	}
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" \t\n,;:()[]/", r) }) {
		d := isbnDigits(w)
		if d == nil || len(code) == 13 || len(d) >= 8 {
			flush()
		}
		code = append(code, d...)
		if len(d) == 8 {
			flush()
		}
	}
	flush()
	slices.Sort(codes)
	return strings.Join(slices.Compact(codes), " ")
}

// isbnDigits gives the digits of a piece of a number, x at the end as X; nil
// when it holds anything else.
func isbnDigits(w string) []byte {
	var d []byte
	for i := 0; i < len(w); i++ {
		switch b := w[i]; {
		case b-'0' <= 9:
			d = append(d, b)
		case b|0x20 == 'x' && i == len(w)-1:
			d = append(d, 'X')
		case b == '-':
		default:
			return nil
		}
	}
	return d
}

// isbn13 turns an ISBN of ten digits into one of thirteen (ISO 2108, annex C).
func isbn13(ten []byte) string {
	code := append([]byte("978"), ten[:9]...)
	sum := 0
	for k, b := range code {
		weight := 1
		if k%2 == 1 {
			weight = 3
		}
		sum += weight * int(b-'0')
	}
	return string(append(code, byte('0'+(10-sum%10)%10)))
}
