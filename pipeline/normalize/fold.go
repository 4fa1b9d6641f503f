package normalize

import (
	"strings"
	"unicode"
)

// Fold gives the words of s as they are compared, one space between; see the
// package comment for what is folded and what is kept. It takes any bytes, and
// Fold(Fold(s)) == Fold(s). The result is empty only when s holds nothing to
// see: a text of punctuation alone ("???", "…", "😀") folds to itself.
func Fold(s string) string {
	var c scanner
	return string(c.fold(s))
}

// fold leaves the words of text in s.text, which it returns, and its marks
// and segments in s.marks and s.cuts. All are valid until the next call.
func (s *scanner) fold(text string) []byte {
	s.letters = appendLetters(s.letters[:0], text)
	s.scan()
	s.read()
	if len(s.words) == 0 {
		s.text = append(s.text[:0], rest(s.letters, text)...)
		s.cuts = append(s.cuts[:0], cut{end: int32(len(s.text))})
		return s.text
	}
	s.write()
	return s.text
}

// rest is what stands for a text without words: its folded punctuation, or,
// where that is gone too ("™", a mark without a letter), the text as it came.
func rest(letters []byte, text string) string {
	if f := strings.Fields(string(letters)); len(f) > 0 {
		return strings.Join(f, " ")
	}
	for _, r := range text {
		if unicode.IsGraphic(r) && !unicode.IsSpace(r) && !unicode.In(r, unicode.Cc, unicode.Cf) {
			return strings.Join(strings.Fields(text), " ")
		}
	}
	return ""
}
