package parse

import (
	"strings"
	"unicode/utf8"
	"unsafe"
)

// text is a source decoded to UTF-8.
type text struct {
	raw  []byte // the file, decompressed
	s    string // decoded, without byte order mark
	bom  int    // bytes of the byte order mark
	step step   // how s came from raw; nil when s is raw behind the mark
	eol  byte   // what ends a line: '\n', or '\r' in a file that has no '\n'
}

// step decodes the character at the head of b (never empty): it appends the
// character to dst and says how many bytes it took, at least one. Bytes that
// are not text are appended as they are.
type step func(dst, b []byte) ([]byte, int)

// str views bytes that will never change as a string.
func str(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// view is the reverse of str, for functions that only read.
func view(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

// newText decodes raw.
func newText(raw []byte, e encodingGuess) *text {
	t := &text{raw: raw, bom: e.bom, step: e.step}
	if t.step == nil {
		t.s = str(raw[t.bom:])
	} else {
		t.s = str(decode(raw[t.bom:], t.step))
	}
	t.eol = '\n'
	if strings.IndexByte(t.s, '\n') < 0 && strings.IndexByte(t.s, '\r') >= 0 {
		t.eol = '\r'
	}
	return t
}

func decode(b []byte, next step) []byte {
	out := make([]byte, 0, len(b)+len(b)/8)
	for len(b) > 0 {
		var n int
		out, n = next(out, b)
		b = b[n:]
	}
	return out
}

// mapper finds for offsets of s, asked in ascending order, those in raw. It
// decodes a second time as it goes, so that no table of offsets is kept.
type mapper struct {
	t       *text
	s, r    int
	scratch []byte
}

func (t *text) mapper() *mapper { return &mapper{t: t, r: t.bom, scratch: make([]byte, 0, 16)} }

func (m *mapper) raw(off int) int64 {
	if m.t.step == nil {
		return int64(m.t.bom + off)
	}
	for m.s < off && m.r < len(m.t.raw) {
		out, n := m.t.step(m.scratch, m.t.raw[m.r:])
		m.s += len(out)
		m.r += n
	}
	return int64(m.r)
}

// line is one line of a text: s[start:end] without its line break; the next
// line begins at next.
type line struct {
	start, end, next int
}

// line gives the line that begins at p. A line that ends in CR LF ends before
// the CR; a CR elsewhere is a character like others, unless the file has no LF.
func (t *text) line(p int) line {
	i := strings.IndexByte(t.s[p:], t.eol)
	if i < 0 {
		e := len(t.s)
		if e > p && t.s[e-1] == '\r' {
			return line{p, e - 1, e}
		}
		return line{p, e, e}
	}
	e := p + i
	if t.eol == '\n' && e > p && t.s[e-1] == '\r' {
		return line{p, e - 1, e + 1}
	}
	return line{p, e, e + 1}
}

// blank says whether a text has nothing for the eye: spaces of any kind,
// zero-width characters, a stray byte order mark.
func blank(s string) bool {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c != ' ' && c != '\t' && c != '\r' && c != '\n' && c != '\v' && c != '\f' {
				return false
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if !space(r) {
			return false
		}
		i += n
	}
	return true
}

// space says whether a rune only takes room, or not even that.
func space(r rune) bool {
	switch {
	case r == ' ', r >= '\t' && r <= '\r', r == 0x85, r == 0xA0, r == 0x1680,
		r >= 0x2000 && r <= 0x200D, r == 0x2028, r == 0x2029, r == 0x202F, r == 0x205F, r == 0x2060, r == 0x3000, r == 0xFEFF:
		return true
	}
	return false
}

// trim takes spaces of any kind from both ends.
func trim(s string) string { return strings.TrimFunc(s, space) }
