package normalize

import (
	"strings"
	"unicode/utf8"
)

// windows1252 gives the characters of the bytes 0x80 to 0x9F; the five that
// Windows-1252 leaves open are the C1 controls of Latin-1.
var windows1252 = [32]rune{
	'€', 0x81, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0x8d, 'Ž', 0x8f,
	0x90, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0x9d, 'ž', 'Ÿ',
}

// byte1252 gives the byte of a character in Windows-1252 or Latin-1; ok is
// false for one that neither has above ASCII.
func byte1252(r rune) (b byte, ok bool) {
	if r >= 0x80 && r <= 0xff {
		return byte(r), true
	}
	for k, c := range windows1252 {
		if c == r {
			return byte(0x80 + k), true
		}
	}
	return 0, false
}

func rune1252(b byte) rune {
	if b >= 0x80 && b < 0xa0 {
		return windows1252[b-0x80]
	}
	return rune(b)
}

// readInvalid reads bytes that are not UTF-8 as Windows-1252.
func readInvalid(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			r = rune1252(s[i])
		}
		b.WriteRune(r)
		i += n
	}
	return b.String()
}

// readC1 reads control characters U+0080 to U+009F as the bytes of
// Windows-1252 that they were; two of them may be what is left of a quote or
// dash in UTF-8 that has lost its first byte.
func readC1(s string) string {
	if !strings.ContainsFunc(s, isC1) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if isC1(r) {
			return windows1252[r-0x80]
		}
		return r
	}, beheaded.Replace(s))
}

func isC1(r rune) bool { return r >= 0x80 && r < 0xa0 }

var beheaded = strings.NewReplacer(
	"\u0080\u0093", "–", "\u0080\u0094", "—", "\u0080\u0098", "‘", "\u0080\u0099", "’",
	"\u0080\u009c", "“", "\u0080\u009d", "”", "\u0080\u00a6", "…",
)
