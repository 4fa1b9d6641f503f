package normalize

import (
	"html"
	"strings"
	"unicode/utf8"
)

// longestEntity bounds the search for a semicolon ("&CounterClockwiseContourIntegral;").
const longestEntity = 33

// decodeEntities decodes the entities of HTML that end with a semicolon, and
// those of the result where that is an ampersand: "&amp;amp;lt;" → "<". It
// takes time in proportion to the text however deep they nest.
func decodeEntities(s string) string {
	if !strings.Contains(s, "&") {
		return s
	}
	var b strings.Builder
	for s != "" {
		k := strings.IndexByte(s, '&')
		if k < 0 {
			break
		}
		b.WriteString(s[:k])
		s = s[k+1:]
		decoded, rest := "&", s
		for decoded == "&" {
			d, n := entity(rest)
			if n == 0 {
				break
			}
			decoded, rest = d, rest[n:]
		}
		b.WriteString(decoded)
		s = rest
	}
	b.WriteString(s)
	return b.String()
}

// entity decodes the entity whose name, without its ampersand, s begins with,
// and gives the bytes that it takes; 0 where there is none.
func entity(s string) (decoded string, n int) {
	n = strings.IndexByte(s[:min(len(s), longestEntity)], ';') + 1
	if n < 2 {
		return "", 0
	}
	for i := 0; i < n-1; i++ {
		if c := s[i] | 0x20; c-'a' > 25 && s[i]-'0' > 9 && !(i == 0 && s[i] == '#') {
			return "", 0
		}
	}
	name := "&" + s[:n]
	decoded = html.UnescapeString(name)
	if decoded == name || strings.HasSuffix(decoded, ";") && len(decoded) > 1 || strings.ContainsRune(decoded, utf8.RuneError) {
		return "", 0
	}
	return decoded, n
}
