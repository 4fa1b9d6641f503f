package export

import (
	"unicode"
	"unicode/utf8"
)

// piece is a stretch of text that stands on both sides, or on this one only.
type piece struct {
	text string
	only bool
}

// maxDiffCells bounds the table of the longest common subsequence. Texts that
// need more, after their common head and tail are set aside, are shown as
// different from there to there.
const maxDiffCells = 1 << 18

// diffWords says which words stand only in a and which only in b: the longest
// common subsequence of their words (Hunt and McIlroy 1976), by the plain
// quadratic method, which is quick enough for what a cell shows. The pieces
// of each side, joined, are that side.
func diffWords(a, b string) (left, right []piece) {
	as, bs := words(a), words(b)
	head := 0
	for head < min(len(as), len(bs)) && as[head] == bs[head] {
		head++
	}
	tail := 0
	for tail < min(len(as), len(bs))-head && as[len(as)-1-tail] == bs[len(bs)-1-tail] {
		tail++
	}
	onlyA, onlyB := make([]bool, len(as)), make([]bool, len(bs))
	markDifferent(as[head:len(as)-tail], bs[head:len(bs)-tail], onlyA[head:], onlyB[head:])
	return pieces(a, as, onlyA), pieces(b, bs, onlyB)
}

// markDifferent marks the words that are not part of the longest common subsequence.
func markDifferent(as, bs []string, onlyA, onlyB []bool) {
	n, m := len(as), len(bs)
	common := make([]uint16, 0)
	if (n+1)*(m+1) <= maxDiffCells {
		common = make([]uint16, (n+1)*(m+1))
	}
	wide := m + 1
	at := func(i, j int) uint16 { return common[i*wide+j] }
	for i := n - 1; i >= 0 && len(common) > 0; i-- {
		for j := m - 1; j >= 0; j-- {
			if as[i] == bs[j] {
				common[i*wide+j] = at(i+1, j+1) + 1
			} else {
				common[i*wide+j] = max(at(i+1, j), at(i, j+1))
			}
		}
	}
	i, j := 0, 0
	for i < n && j < m && len(common) > 0 {
		switch {
		case as[i] == bs[j]:
			i, j = i+1, j+1
		case at(i+1, j) >= at(i, j+1):
			onlyA[i] = true
			i++
		default:
			onlyB[j] = true
			j++
		}
	}
	for ; i < n; i++ {
		onlyA[i] = true
	}
	for ; j < m; j++ {
		onlyB[j] = true
	}
}

// pieces cuts text into stretches of words of one kind; a space between two
// differing words differs with them, so that the mark is one stroke.
func pieces(text string, words []string, only []bool) []piece {
	for i := 1; i+1 < len(words); i++ {
		if !only[i] && only[i-1] && only[i+1] && isSpace(words[i]) {
			only[i] = true
		}
	}
	var out []piece
	start, end := 0, 0
	for i, w := range words {
		end += len(w)
		if i+1 == len(words) || only[i+1] != only[i] {
			out = append(out, piece{text[start:end], only[i]})
			start = end
		}
	}
	return out
}

func isSpace(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsSpace(r)
}

// words cuts text into words, runs of space, and single other characters. In
// scripts that put no space between words each character stands alone.
func words(s string) []string {
	out := make([]string, 0, len(s)/3+1)
	start, last := 0, kindNone
	for i, r := range s {
		kind := kindOf(r, last)
		if i > 0 && (kind != last || kind == kindSingle) {
			out = append(out, s[start:i])
			start = i
		}
		last = kind
	}
	if start < len(s) {
		out = append(out, s[start:])
	}
	return out
}

const (
	kindNone = iota
	kindWord
	kindSpace
	kindSingle
)

// kindOf gives the kind of a character; last is that of the one before it.
func kindOf(r rune, last int) int {
	switch {
	case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '\'':
		return kindWord
	case r == ' ', r >= '\t' && r <= '\r':
		return kindSpace
	case r < utf8.RuneSelf:
		return kindSingle
	}
	return kindOfAny(r, last)
}

// kindOfAny is kindOf by the tables of Unicode.
func kindOfAny(r rune, last int) int {
	switch {
	case unicode.IsSpace(r):
		return kindSpace
	case unicode.Is(unicode.Mn, r) && last == kindWord:
		return kindWord
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
		return kindSingle
	case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), r == '\'', r == '’':
		return kindWord
	}
	return kindSingle
}
