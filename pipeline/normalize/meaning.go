package normalize

import (
	"bytes"

	"github.com/unecho/unecho/pipeline/record"
)

// markAt is a record.Mark whose value is text[start:end]. While the words are
// read, start and end count from the beginning of the word.
type markAt struct {
	kind       record.MarkKind
	word       int32
	start, end int32
}

// read says what the words mean: numbers are written one way, and marks noted.
func (s *scanner) read() {
	s.marks = s.marks[:0]
	for i := 0; i < len(s.words); i++ {
		w := &s.words[i]
		if w.skip {
			continue
		}
		switch w.shape {
		case plainWord:
			i = s.readPlain(i)
		case cutWord:
		case mixedWord:
			i = s.readMixed(i)
		case joinedWord:
			s.mark(record.ModelCode, i, 0, w.end-w.start)
		case yearWord:
			s.mark(record.YearNumber, i, 0, 4)
		case moneyWord:
			s.readMoney(i)
		default:
			s.readNumber(i)
		}
	}
}

func (s *scanner) mark(k record.MarkKind, i int, start, end int32) {
	s.marks = append(s.marks, markAt{k, int32(i), start, end})
}

// markWhole marks word i as it will be written.
func (s *scanner) markWhole(k record.MarkKind, i int) {
	s.mark(k, i, 0, int32(len(s.final(i))))
}

// final is word i as it will be written.
func (s *scanner) final(i int) []byte {
	w := &s.words[i]
	if w.as != "" {
		return []byte(w.as)
	}
	return s.raw[w.start:w.end]
}

// readPlain reads a word without digits. It returns the index of the last word it used.
func (s *scanner) readPlain(i int) int {
	w := &s.words[i]
	switch say := sayingOf(s.raw[w.start:w.end]); say.kind {
	case saysPart, saysIssue, saysKind:
		if s.readCount(i, say) {
			w.as, w.counts = say.as, true
			return i + 1
		}
	case saysNumber:
		w.as = say.as
		s.markWhole(record.PlainNumber, i)
	case saysOrdinal:
		w.as = say.as
		s.mark(record.OrdinalNumber, i, 0, int32(len(say.as)-2))
	case saysRoman:
		if i > 0 && s.endsSegment(i) && !s.isCount(i-1) && string(s.final(i-1)) != "x" { // "500 V" and "3 x V" are no parts
			w.as = say.as
			s.markWhole(record.PartNumber, i)
		}
	case saysUnit:
		if i > 0 && s.isCount(i-1) {
			w.glue = true
			s.extendMark(i)
		}
	case saysAcross:
		if i > 0 && s.isCount(i-1) && s.readAcross(i+1) {
			w.glue = true
			s.extendMark(i)
			s.words[i+1].glue, s.words[i+1].skip = true, true
			s.extendMark(i + 1)
		}
	}
	return i
}

// isCount tells whether word i will be written as, or end with, a number without a sign.
func (s *scanner) isCount(i int) bool {
	t := s.final(i)
	t = t[bytes.LastIndexByte(t, ' ')+1:]
	for _, b := range t {
		if b-'0' > 9 && b != '.' {
			return false
		}
	}
	return len(t) > 0 && t[0] != '.' && !s.words[i].glue
}

// readAcross tells whether word i is the 600 of "800 x 600", and reads a number word as one.
func (s *scanner) readAcross(i int) bool {
	if i >= len(s.words) {
		return false
	}
	w := &s.words[i]
	switch w.shape {
	case digitsWord, groupedWord, yearWord:
		return true
	case plainWord:
		digits, ok := numberWord(s.raw[w.start:w.end])
		w.as = digits
		return ok
	}
	return false
}

// extendMark lets the mark of the number before word i, which is glued to it,
// take in that word: a unit, or the other side of "800 x 600".
func (s *scanner) extendMark(i int) {
	from := i - 1
	for from > 0 && s.words[from].glue {
		from--
	}
	if k := len(s.marks) - 1; k >= 0 && s.marks[k].word == int32(from) {
		s.marks[k].kind = record.PlainNumber
		s.marks[k].end += int32(len(s.final(i)))
	}
}

// endsSegment tells whether word i is the last of the text or of a segment.
func (s *scanner) endsSegment(i int) bool {
	return i+1 == len(s.words) || s.words[i+1].before&afterCut != 0
}

// counts tells what the number after a marker is of.
func (m saying) counts() record.MarkKind {
	switch m.kind {
	case saysPart:
		return record.PartNumber
	case saysIssue:
		return record.IssueNumber
	}
	return record.PlainNumber
}

// readCount reads the number after the marker at i, in words or roman too, and
// passes over a total: "Part 1 of 3", "1/3". After "no" it takes digits alone.
func (s *scanner) readCount(i int, marker saying) bool {
	if i+1 >= len(s.words) {
		return false
	}
	k := marker.counts()
	n := &s.words[i+1]
	t := s.raw[n.start:n.end]
	if n.shape == mixedWord && t[0] == 'v' && dots(t) > 0 && isVersion(t[1:]) { // Chapter v3.1
		n.start, n.shape = n.start+1, dottedWord
	}
	switch {
	case n.shape == digitsWord, n.shape == dottedWord, n.shape == groupedWord, n.shape == yearWord,
		n.shape == mixedWord && len(t) <= 3 && allDigits(t[:len(t)-1]):
		s.mark(k, i+1, 0, n.end-n.start)
	case n.shape != plainWord || marker.as == "no":
		return false
	default:
		digits, ok := countWord(t)
		if !ok {
			digits, ok = roman(t)
			ok = ok && (digits != "1" || s.numeralI(i+1, k))
		}
		if !ok {
			return false
		}
		n.as = digits
		s.markWhole(k, i+1)
	}
	s.skipTotal(i + 2)
	return true
}

// numeralI tells whether the word I at i, after a marker, is a numeral and not
// the pronoun of "the part I like": it ends the text or a segment, or its
// total follows. After a kind ("type I diabetes") only a verb makes it a pronoun.
func (s *scanner) numeralI(i int, k record.MarkKind) bool {
	if i+1 == len(s.words) || s.words[i+1].before&^afterSpace != 0 {
		return true
	}
	n := s.words[i+1]
	next := s.raw[n.start:n.end]
	return string(next) == "of" || k == record.PlainNumber && !takesI(next)
}

// skipTotal leaves the 3 of "Part 1 of 3", "Part I of III" and "Part 1/3",
// which stands at word i, without a mark.
func (s *scanner) skipTotal(i int) {
	if i < len(s.words) && string(s.raw[s.words[i].start:s.words[i].end]) == "of" {
		i++
	} else if i >= len(s.words) || s.words[i].before&afterSlash == 0 {
		return
	}
	if i >= len(s.words) {
		return
	}
	w := &s.words[i]
	switch w.shape {
	case digitsWord:
		w.skip = true
	case plainWord:
		t := s.raw[w.start:w.end]
		digits, ok := countWord(t)
		if !ok {
			digits, ok = roman(t)
			ok = ok && digits != "1"
		}
		if ok {
			w.as, w.skip = digits, true
		}
	}
}

// readMixed reads a word of letters and digits: S01E02, v3.1, part2, 2nd, 16gb, WRT160N.
func (s *scanner) readMixed(i int) int {
	w := &s.words[i]
	t := s.raw[w.start:w.end]
	if e := seasonEnd(t); e > 0 && (isEpisode(t) || e == len(t) && t[1] == '0') {
		return s.readEpisode(i, t, e)
	}
	letters := 0
	for letters < len(t) && t[letters]-'0' > 9 {
		letters++
	}
	switch head, tail := t[:letters], t[letters:]; {
	case letters == 1 && head[0] == 'v' && isVersion(tail):
		s.readVersion(i, tail)
	case letters == 1 && head[0] == 'e' && len(t) == 3 && t[1] == '0' && t[2]-'0' <= 9:
		w.as = "e" + string(t[2:])
		s.mark(record.IssueNumber, i, 1, 2)
	case allDigits(tail) && len(tail) <= 3 && s.readGlued(i, head, tail):
	case letters == 0 && isOrdinal(t):
		s.mark(record.OrdinalNumber, i, 0, int32(len(t)-2))
	case isQuantity(t):
		s.mark(record.PlainNumber, i, 0, int32(len(t)))
	case len(t) >= 4:
		s.mark(record.ModelCode, i, 0, int32(len(t)))
	default:
		s.mark(record.PlainNumber, i, 0, int32(len(t)))
	}
	return i
}

// readEpisode reads s01e02 as s1e2.
func (s *scanner) readEpisode(i int, t []byte, e int) int {
	season := trimZeros(t[1:e])
	as := "s" + season
	s.mark(record.PartNumber, i, 1, int32(len(as)))
	if e < len(t) {
		from := int32(len(as) + 1)
		as += "e" + trimZeros(t[e+1:])
		s.mark(record.IssueNumber, i, from, int32(len(as)))
	}
	s.words[i].as = as
	return i
}

// readVersion reads v3.1 as 3.1; v3 keeps its letter.
func (s *scanner) readVersion(i int, tail []byte) {
	if dots(tail) == 0 {
		s.mark(record.VersionNumber, i, 1, int32(1+len(tail)))
		return
	}
	s.words[i].start++
	s.mark(record.VersionNumber, i, 0, int32(len(tail)))
}

// gluedMarker tells a marker that is written together with its number.
func gluedMarker(head []byte) (canon string, k record.MarkKind, ok bool) {
	switch string(head) {
	case "part", "pt":
		return "part", record.PartNumber, true
	case "vol":
		return "volume", record.PartNumber, true
	case "teil":
		return "teil", record.PartNumber, true
	case "ep", "episode":
		return "episode", record.IssueNumber, true
	}
	return "", 0, false
}

// readGlued reads pt2 and vol3 as "part 2" and "volume 3".
func (s *scanner) readGlued(i int, head, tail []byte) bool {
	canon, k, ok := gluedMarker(head)
	if !ok {
		return false
	}
	canon += " "
	as := canon + trimZeros(tail)
	s.words[i].as = as
	s.mark(k, i, int32(len(canon)), int32(len(as)))
	s.skipTotal(i + 1)
	return true
}

// readMoney marks the number of a word with a currency or per cent sign.
func (s *scanner) readMoney(i int) {
	t := s.final(i)
	from, to := 0, len(t)
	for from < to && t[from]-'0' > 9 {
		from++
	}
	for to > from && t[to-1]-'0' > 9 {
		to--
	}
	s.mark(record.PlainNumber, i, int32(from), int32(to))
}

// readNumber marks a bare number.
func (s *scanner) readNumber(i int) {
	w := &s.words[i]
	t := s.raw[w.start:w.end]
	k := record.PlainNumber
	switch {
	case w.before&afterHash != 0:
		k = record.IssueNumber
	case w.shape == dottedWord && s.measured(i):
	case w.shape == dottedWord:
		k = record.VersionNumber
	case w.shape == groupedWord:
	case len(t) == 4 && (t[0] == '1' && t[1] >= '6' || t[0] == '2' && t[1] == '0'):
		k = record.YearNumber
	case s.isFraction(i):
		k = record.PartNumber
		s.words[i+1].skip = true
	case len(t) >= 5 && string(t[len(t)-3:]) != "000":
		k = record.ModelCode
	}
	s.markWhole(k, i)
}

// measured tells whether the decimal number i is a size or an amount, not a
// version: an inch sign or a word that measures follows.
func (s *scanner) measured(i int) bool {
	if i+1 == len(s.words) {
		return s.gap&afterInch != 0
	}
	n := &s.words[i+1]
	return n.before&afterInch != 0 || n.before&(afterCut|afterSlash) == 0 && n.shape == plainWord && measureWord(s.raw[n.start:n.end])
}

// isFraction tells the 2 of a closing "2/3": a part and how many there are.
func (s *scanner) isFraction(i int) bool {
	if i+1 >= len(s.words) || !s.endsSegment(i+1) || s.words[i].before&afterSlash != 0 {
		return false
	}
	a, n := s.final(i), s.words[i+1]
	b := s.raw[n.start:n.end]
	if n.before != afterSlash || n.shape != digitsWord || len(a) > 2 || len(b) > 2 {
		return false
	}
	x, y := number(a), number(b)
	return x >= 1 && x <= y && y >= 2 && y <= 20 && !(x == 9 && y == 11)
}

func number(t []byte) (n int) {
	for _, b := range t {
		n = 10*n + int(b-'0')
	}
	return n
}

// isVersion tells digits with dots between, or digits alone.
func isVersion(t []byte) bool {
	for k, b := range t {
		if b-'0' > 9 && (b != '.' || k == 0 || k == len(t)-1 || t[k-1] == '.') {
			return false
		}
	}
	return len(t) > 0
}

// isOrdinal tells 1st, 2nd, 23rd, 11th.
func isOrdinal(t []byte) bool {
	if len(t) < 3 || !allDigits(t[:len(t)-2]) {
		return false
	}
	switch string(t[len(t)-2:]) {
	case "st", "nd", "rd", "th":
		return true
	}
	return false
}

func trimZeros(t []byte) string {
	for len(t) > 1 && t[0] == '0' {
		t = t[1:]
	}
	return string(t)
}
