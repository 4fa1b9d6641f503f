package parse

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

const jsonSpace = " \t\r\n"

func skipSpace(s string, p int) int {
	for p < len(s) && (s[p] == ' ' || s[p] == '\t' || s[p] == '\n' || s[p] == '\r') {
		p++
	}
	return p
}

// stringEnd gives the end of the JSON string whose opening quote stands at p;
// len(s) when it is not closed.
func stringEnd(s string, p int) int {
	for p++; p < len(s); {
		i := strings.IndexByte(s[p:], '"')
		if i < 0 {
			return len(s)
		}
		q := p + i
		back := q
		for back > p && s[back-1] == '\\' {
			back--
		}
		if (q-back)%2 == 0 {
			return q + 1
		}
		p = q + 1
	}
	return len(s)
}

// scanValue gives the end of the JSON value at p, without checking what is in
// it; whole is false when it reaches the end of s before it is closed.
func scanValue(s string, p int) (end int, whole bool) {
	if p >= len(s) {
		return p, false
	}
	switch s[p] {
	case '"':
		end = stringEnd(s, p)
		return end, end <= len(s) && end > p+1 && s[end-1] == '"'
	case '{', '[':
	default:
		i := strings.IndexAny(s[p:], ",]}"+jsonSpace)
		if i < 0 {
			return len(s), true
		}
		return p + max(i, 1), true
	}
	depth := 0
	for p < len(s) {
		switch s[p] {
		case '"':
			p = stringEnd(s, p)
			continue
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return p + 1, true
			}
		}
		p++
	}
	return len(s), false
}

// unquote gives the text of a valid JSON string. A surrogate escape without
// its partner is no character: it stays as the six characters that it is.
func unquote(q string) string {
	q = q[1 : len(q)-1]
	i := strings.IndexByte(q, '\\')
	if i < 0 {
		return q
	}
	b := make([]byte, 0, len(q))
	for ; i >= 0; i = strings.IndexByte(q, '\\') {
		b = append(b, q[:i]...)
		q = q[i:]
		var n int
		b, n = escape(b, q)
		q = q[n:]
	}
	return str(append(b, q...))
}

// escape decodes the escape at the head of q and gives its length.
func escape(b []byte, q string) ([]byte, int) {
	switch q[1] {
	case 'b':
		return append(b, '\b'), 2
	case 'f':
		return append(b, '\f'), 2
	case 'n':
		return append(b, '\n'), 2
	case 'r':
		return append(b, '\r'), 2
	case 't':
		return append(b, '\t'), 2
	case 'u':
		r := hex4(q)
		if !utf16.IsSurrogate(r) {
			return utf8.AppendRune(b, r), 6
		}
		if pair := utf16.DecodeRune(r, hex4(q[6:])); pair != utf8.RuneError {
			return utf8.AppendRune(b, pair), 12
		}
		return append(b, q[:6]...), 6
	}
	return append(b, q[1]), 2
}

// hex4 reads \uXXXX; -1 when q does not begin so.
func hex4(q string) rune {
	if len(q) < 6 || q[0] != '\\' || q[1] != 'u' {
		return -1
	}
	n, err := strconv.ParseUint(q[2:6], 16, 16)
	if err != nil {
		return -1
	}
	return rune(n)
}
