package normalize

import (
	"unicode"
	"unicode/utf8"
)

// inner reads a character within or at the end of a word that is no ASCII
// letter or digit. It returns how many bytes it took and whether the word goes on.
func (s *scanner) inner(i int, seen *shapeSeen) (n int, on bool) {
	t := s.letters
	prevDigit := i > 0 && t[i-1]-'0' <= 9
	switch b := t[i]; {
	case b >= utf8.RuneSelf:
		return s.innerForeign(i, seen)
	case b == '.' && prevDigit && isDigitAt(t, i+1):
		seen.dot = true
		s.raw = append(s.raw, '.')
		return 1, true
	case b == '.' && i > 0 && !prevDigit && s.dotJoins(i, seen.piece):
		seen.piece = 0
		return 1, true
	case b == '\'' && s.apostropheJoins(i):
		return 1, true
	case b == '+':
		return s.plus(i)
	case b == '#' && seen.piece == 1 && len(s.raw) == int(seen.text)+1 && !seen.digit && !seen.money && !isWordAt(t, i+1):
		s.raw = append(s.raw, '#')
		return 1, false
	case b == '%' && seen.digit && !seen.letter && !seen.money:
		seen.money = true
		s.raw = append(s.raw, '%')
		return 1, false
	case b == '$':
		return s.currency(i, 1, seen)
	}
	return 0, false
}

func (s *scanner) innerForeign(i int, seen *shapeSeen) (n int, on bool) {
	r, n := utf8.DecodeRune(s.letters[i:])
	switch {
	case isUnspaced(r):
		return 0, false
	case isWordRune(r):
		seen.letter = true
		if !unicode.Is(unicode.M, r) {
			seen.piece++
		}
		s.raw = append(s.raw, s.letters[i:i+n]...)
		return n, true
	case r == '·' && seen.letter && isLetterAt(s.letters, i+n): // Catalan col·lecció
		return n, true
	case unicode.Is(unicode.Sc, r):
		return s.currency(i, n, seen)
	}
	return 0, false
}

// currency reads a currency sign of n bytes within or after a word: "ke$ha"
// keeps it, "5€" becomes "€5".
func (s *scanner) currency(i, n int, seen *shapeSeen) (int, bool) {
	sign := s.letters[i : i+n]
	switch {
	case seen.letter && i > 0 && s.letters[i-1]-'0' > 9 && isWordAt(s.letters, i+n):
		s.raw = append(s.raw, sign...)
		return n, true
	case seen.digit && !seen.letter && !seen.money && !isDigitAt(s.letters, i+n):
		seen.money = true
		at := s.words[len(s.words)-1].start
		s.raw = append(s.raw, sign...)
		copy(s.raw[int(at)+n:], s.raw[at:len(s.raw)-n])
		copy(s.raw[at:], sign)
		seen.text = at + int32(n)
		return n, false
	}
	return 0, false
}

// plus keeps what closes a word ("c++", "100+"); between two words one plus
// is punctuation and more of them close the first ("c++11" → "c++ 11").
func (s *scanner) plus(i int) (int, bool) {
	n := 1
	for i+n < len(s.letters) && s.letters[i+n] == '+' {
		n++
	}
	if n == 1 && isWordAt(s.letters, i+1) {
		return 0, false
	}
	s.raw = append(s.raw, s.letters[i:i+n]...)
	return n, false
}

// dotJoins tells whether the dot at i, after a letter, joins: the dots of
// U.S.A., and those of node.js, asp.net and their like. The piece before it
// has the given number of characters.
func (s *scanner) dotJoins(i, piece int) bool {
	t := s.letters
	if piece == 1 && isLetterAt(t, i+1) {
		_, n := utf8.DecodeRune(t[i+1:])
		return !isWordAt(t, i+1+n) && !unspacedAt(t, i+1+n)
	}
	w := s.raw[s.words[len(s.words)-1].start:]
	if hasWord(t[i+1:], "net") {
		switch string(w) {
		case "asp", "ado", "vb", "ml":
			return true
		}
		return false
	}
	return hasWord(t[i+1:], "js")
}

// apostropheJoins tells whether the apostrophe at i stands within a word
// (spotify's, o'reilly, 1950's) or within a number (10'000).
func (s *scanner) apostropheJoins(i int) bool {
	t := s.letters
	if isDigitAt(t, i+1) {
		return t[i-1]-'0' <= 9 && isDigitAt(t, i+2) && isDigitAt(t, i+3) && !isWordAt(t, i+4)
	}
	return isLetterAt(t, i+1)
}

// close ends the open word at i.
func (s *scanner) close(i int, seen shapeSeen) int {
	k := plainWord
	switch {
	case seen.money && !seen.letter:
		k = moneyWord
		s.dropZeroCents(seen.text)
	case s.raw[len(s.raw)-1] == '+':
	case seen.digit && seen.letter:
		k = mixedWord
	case seen.dot:
		k = dottedWord
	case seen.grouped:
		k = groupedWord
	case seen.digit:
		k = digitsWord
		s.dropZeros(seen.text)
	}
	s.end(k)
	return i
}

// dropZeros drops leading zeros of a number of up to four digits; a longer
// one is a code in which they count.
func (s *scanner) dropZeros(at int32) {
	n := s.raw[at:]
	if len(n) > 4 {
		return
	}
	k := 0
	for k < len(n)-1 && n[k] == '0' {
		k++
	}
	s.raw = append(s.raw[:at], n[k:]...)
}

// dropZeroCents writes $5.00 as $5.
func (s *scanner) dropZeroCents(at int32) {
	n := s.raw[at:]
	if len(n) > 3 && string(n[len(n)-3:]) == ".00" && dots(n) == 1 {
		s.raw = s.raw[:len(s.raw)-3]
	}
}
