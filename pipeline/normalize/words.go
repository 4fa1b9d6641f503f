package normalize

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A scanner cuts folded letters into words. It is reused from text to text, so
// that a list costs no allocation a cell; it is not safe for concurrent use.
type scanner struct {
	letters []byte // the text after appendLetters
	raw     []byte // the words as scanned, one space between
	words   []word
	gap     joint

	// What write made of the words:
	text  []byte   // the words as compared, one space between
	marks []markAt // in the order of the text
	cuts  []cut    // where a segment ends, see affix.go; one at least for a text with words

	names  []byte  // see person.go
	pieces []piece // see date.go

	batch batch // what Forms has of the chunk it is at
}

// word is one word: raw[start:end], and what it may mean.
type word struct {
	start, end int32
	before     joint
	shape      shape
	as         string // what is written instead, "" for the word as it is
	glue       bool   // written without a space before it: "16 gb" → "16gb"
	counts     bool   // a marker, its number after it
	skip       bool   // bears no mark of its own: the 3 of "1/3"
}

// joint says what stands between a word and the one before.
type joint uint8

const (
	afterSpace joint = 1 << iota
	afterHash        // "#" directly before
	afterSlash       // "/" directly before
	afterAnd         // "&" before
	afterPunct       // punctuation of any kind before
	afterCut         // ": ", " – ", "|", or a bracket: a new segment
	inBracket        // the segment stands in brackets
	afterInch        // an inch sign directly after a number: 15.6"
)

// shape says what a word is made of.
type shape uint8

const (
	plainWord   shape = iota
	digitsWord        // digits only
	dottedWord        // digits with dots within: 3.1
	groupedWord       // digits that came with thousands separators
	moneyWord         // digits with a currency sign, or a per cent sign
	mixedWord         // letters and digits
	yearWord          // '14, written 2014
	joinedWord        // a model code that came with hyphens
	cutWord           // two characters of a script without spaces
)

// scan cuts s.letters into s.words.
func (s *scanner) scan() {
	s.raw, s.words, s.gap = s.raw[:0], s.words[:0], 0
	for i := 0; i < len(s.letters); {
		b := s.letters[i]
		switch {
		case isAlnum(b):
			i = s.word(i, i)
		case b < utf8.RuneSelf:
			i = s.between(i)
		default:
			i = s.foreign(i)
		}
	}
}

// foreign reads a character that is not ASCII where no word is open.
func (s *scanner) foreign(i int) int {
	r, n := utf8.DecodeRune(s.letters[i:])
	switch {
	case isUnspaced(r):
		return s.unspaced(i)
	case isWordRune(r):
		return s.word(i, i)
	case unicode.Is(unicode.Sc, r) && isDigitAt(s.letters, i+n):
		return s.word(i, i+n)
	case r == '·' && s.spaced(i, i+n):
		s.gap |= afterCut
	}
	s.gap |= afterPunct
	return i + n
}

// between reads one piece of ASCII punctuation or space.
func (s *scanner) between(i int) int {
	t, b := s.letters, s.letters[i]
	if b == ' ' {
		s.gap |= afterSpace
		return i + 1
	}
	alone := i == 0 || !isWordEnd(t[i-1])
	switch b {
	case '.':
		if alone && isDigitAt(t, i+1) {
			s.begin()
			s.raw = append(s.raw, "0."...)
			return s.more(i+1, shapeSeen{digit: true, dot: true, text: int32(len(s.raw) - 2)})
		}
		if alone && hasWord(t[i+1:], "net") {
			s.begin()
			s.raw = append(s.raw, ".net"...)
			s.end(plainWord)
			return i + 4
		}
	case '\'':
		if alone && isShortYear(t[i+1:]) {
			return s.shortYear(i)
		}
	case '#':
		if isDigitAt(t, i+1) {
			s.gap |= afterHash
			return i + 1
		}
	case '$':
		if isDigitAt(t, i+1) {
			return s.word(i, i+1)
		}
	case '%':
		if s.percentBelongs() {
			s.raw = append(s.raw, '%')
			s.words[len(s.words)-1].end++
			s.words[len(s.words)-1].shape = moneyWord
			return i + 1
		}
	case '"':
		if i > 0 && t[i-1]-'0' <= 9 && !quoted(t[:i]) {
			s.gap |= afterInch
		}
	case '&':
		s.gap |= afterAnd
	case '/':
		s.gap |= afterSlash
		return i + 1
	}
	s.gap |= afterPunct | s.cutAt(i)
	return i + 1
}

// quoted tells whether a quotation mark was opened before.
func quoted(t []byte) bool {
	i := bytes.LastIndexByte(t, '"')
	return i == 0 || i > 0 && !isWordEnd(t[i-1])
}

// percentBelongs tells whether the last word is a bare number to which a per
// cent sign that now comes belongs, nothing but spaces between.
func (s *scanner) percentBelongs() bool {
	if len(s.words) == 0 || s.gap&^afterSpace != 0 {
		return false
	}
	k := s.words[len(s.words)-1].shape
	return k == digitsWord || k == dottedWord || k == groupedWord
}

// cutAt tells whether the punctuation at i ends a segment of a title: a colon
// before a space, a dash between spaces, a bar, a bracket.
func (s *scanner) cutAt(i int) joint {
	t := s.letters
	switch t[i] {
	case '|':
		return afterCut
	case ':':
		if i+1 == len(t) || t[i+1] == ' ' {
			return afterCut
		}
	case '-', '~':
		if i > 0 && t[i-1] == t[i] {
			return 0 // the first of a run has been asked
		}
		to := i + 1
		for to < len(t) && t[to] == t[i] {
			to++
		}
		if s.spaced(i, to) {
			return afterCut
		}
	case '(', '[', '{':
		if i == 0 || !isWordEnd(t[i-1]) {
			return afterCut | inBracket
		}
	case ')', ']', '}':
		if i+1 == len(t) || !isWordEnd(t[i+1]) {
			return afterCut
		}
	}
	return 0
}

// spaced tells whether letters[i:j] has spaces, or the text's ends, on both sides.
func (s *scanner) spaced(i, j int) bool {
	return (i == 0 || s.letters[i-1] == ' ') && (j == len(s.letters) || s.letters[j] == ' ')
}

// begin opens a word and settles what stood before it.
func (s *scanner) begin() {
	if s.gap&afterAnd != 0 && len(s.words) > 0 {
		s.raw = append(s.raw, " and"...)
		s.words = append(s.words, word{start: int32(len(s.raw)) - 3, end: int32(len(s.raw)), before: s.gap})
		s.gap = afterSpace
	}
	if len(s.words) > 0 {
		s.raw = append(s.raw, ' ')
	}
	s.words = append(s.words, word{start: int32(len(s.raw)), before: s.gap})
	s.gap = 0
}

// end closes the word that begin opened.
func (s *scanner) end(k shape) {
	w := &s.words[len(s.words)-1]
	w.end, w.shape = int32(len(s.raw)), k
}

// shapeSeen is what word has met so far.
type shapeSeen struct {
	digit, letter, dot bool
	grouped, money     bool
	text               int32 // where in raw the letters and digits begin, a currency sign passed over
	piece              int   // characters since the word's start or its last dot
}

// word reads a word whose letters or digits begin at i, after the currency
// sign letters[from:i] where there is one, and returns where it ends.
func (s *scanner) word(from, i int) int {
	if from == i {
		if to := lettersEnd(s.letters, i); to > i {
			s.begin()
			s.raw = append(s.raw, s.letters[i:to]...)
			s.end(plainWord)
			return to
		}
		if to := modelCode(s.letters, i); to > 0 {
			return s.joined(i, to)
		}
	}
	s.begin()
	s.raw = append(s.raw, s.letters[from:i]...)
	seen := shapeSeen{money: from < i, text: int32(len(s.raw))}
	if to := groupedNumber(s.letters, i); to > 0 {
		s.raw = appendWithout(s.raw, s.letters[i:to], ',')
		seen.digit, seen.grouped = true, true
		i = to
	}
	return s.more(i, seen)
}

// lettersEnd returns the end of the word at i where it is a run of ASCII
// letters and what stands behind can be no piece of it, as with most words; else 0.
func lettersEnd(t []byte, i int) int {
	for i < len(t) && t[i]-'a' <= 'z'-'a' {
		i++
	}
	if i == len(t) || endsLetters[t[i]] {
		return i
	}
	return 0
}

// endsLetters tells the ASCII bytes that end a word of letters wherever they
// stand; see inner for the others.
var endsLetters = func() (t [256]bool) {
	for b := range utf8.RuneSelf {
		t[b] = !isAlnum(byte(b)) && strings.IndexByte(".'+#$-", byte(b)) < 0
	}
	return t
}()

// more reads on in an open word.
func (s *scanner) more(i int, seen shapeSeen) int {
	t := s.letters
	for i < len(t) {
		b := t[i]
		switch {
		case b-'0' <= 9:
			seen.digit = true
			seen.piece++
			s.raw = append(s.raw, b)
			i++
		case b-'a' <= 'z'-'a':
			seen.letter = true
			seen.piece++
			s.raw = append(s.raw, b)
			i++
		default:
			n, on := s.inner(i, &seen)
			i += n
			if !on {
				return s.close(i, seen)
			}
		}
	}
	return s.close(i, seen)
}

// shortYear reads '14 as 2014 and '90s as 1990s.
func (s *scanner) shortYear(i int) int {
	s.begin()
	century := "19"
	if s.letters[i+1] < '3' {
		century = "20"
	}
	s.raw = append(append(s.raw, century...), s.letters[i+1:i+3]...)
	if i+3 < len(s.letters) && s.letters[i+3] == 's' {
		s.raw = append(s.raw, 's')
		s.end(mixedWord)
		return i + 4
	}
	s.end(yearWord)
	return i + 3
}

// joined reads a model code with hyphens as one word: "DSC-W120" → "dscw120".
func (s *scanner) joined(i, to int) int {
	s.begin()
	from := len(s.raw)
	s.raw = appendWithout(s.raw, s.letters[i:to], '-')
	if allDigits(s.raw[from:]) {
		s.end(digitsWord)
	} else {
		s.end(joinedWord)
	}
	return to
}

// unspaced reads a run of a script that has no spaces as overlapping pairs of
// characters, a mark staying with its letter; one alone stays alone. Pairs
// need no dictionary and find as well as words do (McNamee & Mayfield 2004,
// "Character N-Gram Tokenization for European Language Text Retrieval"; Lucene's CJKBigramFilter).
func (s *scanner) unspaced(i int) int {
	prev, at := -1, i
	for at < len(s.letters) {
		r, n := utf8.DecodeRune(s.letters[at:])
		if !isUnspaced(r) {
			break
		}
		next := at + n
		for next < len(s.letters) {
			m, n := utf8.DecodeRune(s.letters[next:])
			if !unicode.Is(unicode.M, m) {
				break
			}
			next += n
		}
		if prev >= 0 {
			s.pair(prev, next)
		}
		if prev < 0 && !unspacedAt(s.letters, next) {
			s.pair(at, next)
		}
		prev, at = at, next
	}
	return at
}

func (s *scanner) pair(from, to int) {
	s.begin()
	s.raw = append(s.raw, s.letters[from:to]...)
	s.end(cutWord)
}
