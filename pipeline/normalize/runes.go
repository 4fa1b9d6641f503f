package normalize

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// isAlnum tells an ASCII letter, lower case, or digit.
func isAlnum(b byte) bool { return b-'a' <= 'z'-'a' || b-'0' <= 9 }

// isWordEnd tells a byte that ends a letter or digit of any script. Other
// characters that are not ASCII count as well: it errs towards "word".
func isWordEnd(b byte) bool { return isAlnum(b) || b >= utf8.RuneSelf }

// isWordRune tells a character of which words are made.
func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.M, r)
}

// isUnspaced tells a character of a script that is written without spaces:
// Han, kana, Thai, Lao, Myanmar, Khmer. Hangul has spaces.
func isUnspaced(r rune) bool {
	switch {
	case r < 0x0E01:
		return false
	case r <= 0x0E3A, r >= 0x0E40 && r <= 0x0E4E, r >= 0x0E81 && r <= 0x0ECE,
		r >= 0x1000 && r <= 0x109D && !(r >= 0x1040 && r <= 0x104F), r >= 0x1780 && r <= 0x17D3,
		r >= 0x3041 && r <= 0x309F, r >= 0x30A1 && r <= 0x30FA, r >= 0x30FC && r <= 0x30FF,
		r >= 0x3400 && r <= 0x4DBF, r >= 0x4E00 && r <= 0x9FFF, r >= 0x20000 && r <= 0x3FFFF,
		r == '々', r == '〆', r == '〇', r >= 0x31F0 && r <= 0x31FF:
		return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.M, r)
	}
	return false
}

func isDigitAt(t []byte, i int) bool { return i < len(t) && t[i]-'0' <= 9 }

func isLetterAt(t []byte, i int) bool {
	if i >= len(t) {
		return false
	}
	if t[i] < utf8.RuneSelf {
		return t[i]-'a' <= 'z'-'a'
	}
	r, _ := utf8.DecodeRune(t[i:])
	return unicode.IsLetter(r) && !isUnspaced(r)
}

// isWordAt tells whether a word, other than one of a script without spaces,
// could begin or go on at i.
func isWordAt(t []byte, i int) bool {
	if i >= len(t) {
		return false
	}
	if t[i] < utf8.RuneSelf {
		return isAlnum(t[i])
	}
	r, _ := utf8.DecodeRune(t[i:])
	return isWordRune(r) && !isUnspaced(r)
}

func unspacedAt(t []byte, i int) bool {
	if i >= len(t) || t[i] < utf8.RuneSelf {
		return false
	}
	r, _ := utf8.DecodeRune(t[i:])
	return isUnspaced(r)
}

// hasWord tells whether t begins with w and w ends there.
func hasWord(t []byte, w string) bool {
	return len(t) >= len(w) && string(t[:len(w)]) == w && !isWordAt(t, len(w))
}

// isShortYear tells the 14 of '14 and the 90s of '90s.
func isShortYear(t []byte) bool {
	if !isDigitAt(t, 0) || !isDigitAt(t, 1) || isDigitAt(t, 2) {
		return false
	}
	if len(t) > 2 && t[2] == 's' {
		return !isWordAt(t, 3)
	}
	return !isWordAt(t, 2) && !(len(t) > 2 && (t[2] == '.' || t[2] == ',' || t[2] == '\'') && isWordAt(t, 3))
}

// groupedNumber returns the end of a number with thousands separators that
// begins at i ("10,000"), or 0.
func groupedNumber(t []byte, i int) int {
	at := i
	for isDigitAt(t, at) {
		at++
	}
	if at == i || at-i > 3 || t[i] == '0' {
		return 0
	}
	groups := 0
	for at < len(t) && t[at] == ',' && isDigitAt(t, at+1) && isDigitAt(t, at+2) && isDigitAt(t, at+3) {
		at += 4
		if groups++; groups > 6 || isDigitAt(t, at) {
			return 0
		}
	}
	if groups == 0 || at < len(t) && t[at] == ',' && isDigitAt(t, at+1) {
		return 0
	}
	return at
}

func appendWithout(dst, t []byte, b byte) []byte {
	for _, c := range t {
		if c != b {
			dst = append(dst, c)
		}
	}
	return dst
}

func dots(t []byte) int { return bytes.Count(t, []byte(".")) }
