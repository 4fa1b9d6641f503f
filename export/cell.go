package export

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// cellLimit is the number of UTF-16 units that a cell of a workbook can hold
// (Microsoft, Excel specifications and limits).
const cellLimit = 32767

// fitted is what was altered to make text fit into cells; Start says it.
type fitted struct {
	cut     int // cells that end with a pointer to the full text
	strange int // cells with characters that a workbook cannot hold
}

// fit gives text as a cell can hold it. Text that is too long ends with how
// much is missing and where it stands in full; characters that XML cannot
// hold become signs a person can see. Both are counted.
func (f *fitted) fit(text, full string) string {
	clean := xmlText(text)
	if clean != text {
		f.strange++
	}
	if len(clean) <= cellLimit || utf16Len(clean) <= cellLimit {
		return clean
	}
	f.cut++
	total := utf8.RuneCountInString(clean)
	// The pointer is at its longest when nothing of the text is left.
	room := cellLimit - utf16Len(pointer(total, full))
	head := cutUTF16(clean, room)
	return head + pointer(total-utf8.RuneCountInString(head), full)
}

func pointer(missing int, full string) string {
	return fmt.Sprintf("… (%s more characters in %s)", thousands(missing), full)
}

// thousands writes n with commas: 12,345.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// xmlText replaces what XML 1.0 cannot hold: control characters become the
// pictures of Unicode (␀ for NUL), invalid UTF-8 and noncharacters U+FFFD.
// Text that reads as an escape which cannot be written gets a space. The result is valid UTF-8; text
// that needs nothing comes back as it is.
func xmlText(s string) string {
	if isPlain(s) && !strings.Contains(s, "_x") {
		return s
	}
	for strings.Contains(s, "_x") && badEscape.MatchString(s) { // again, as matches may overlap
		s = badEscape.ReplaceAllString(s, "_${2} ${1}${3}")
	}
	if !strings.ContainsFunc(s, notXML) && utf8.ValidString(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case !notXML(r):
			return r // a byte that is no UTF-8 arrives here as U+FFFD
		case r < ' ':
			return 0x2400 + r
		}
		return utf8.RuneError
	}, s)
}

// badEscape is text that reads as an escape of the file format and that
// excelize does not escape in turn, as it does others: that of a surrogate,
// "_xD83D_", and two that share an underscore, "_x0041_x0042_".
var badEscape = regexp.MustCompile(`_(?:(x[dD][89a-fA-F][0-9a-fA-F]{2}_)|(x[0-9a-fA-F]{4}_)(x[0-9a-fA-F]{4}_))`)

func notXML(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF
}

// utf16Len counts the UTF-16 units of valid UTF-8.
func utf16Len(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

// cutUTF16 gives the longest head of s that has at most n UTF-16 units; no
// character is cut in two.
func cutUTF16(s string, n int) string {
	for i, r := range s {
		n--
		if r > 0xFFFF {
			n--
		}
		if n < 0 {
			return s[:i]
		}
	}
	return s
}

// visible spells the characters that an eye cannot see, for Changes: a zero
// width space becomes ‹U+200B›, a bad byte ‹0xE9›, a line break ↵. Joiners
// inside emoji and words are what holds them together and stay.
func visible(s string) string {
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	last := ' '
	for i, r := range s {
		joins := (r == '\u200C' || r == '\u200D') && last > 0x2FF && !unicode.IsSpace(last)
		last = r
		switch {
		case joins:
			b.WriteRune(r) // inside an emoji or an Arabic or Indic word
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD"):
			fmt.Fprintf(&b, "‹0x%02X›", s[i])
		case r == '\n':
			b.WriteString("↵\n")
		case r == ' ' || unicode.IsGraphic(r) && !unicode.IsSpace(r):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "‹U+%04X›", r)
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// numeric says whether a column can be numbers without losing anything, and
// with how many decimals: every cell that is not blank must be written as a
// spreadsheet would write it back. decimals is -1 where they vary.
func numeric(cells func(yield func(string) bool)) (ok bool, decimals int) {
	any := false
	decimals = -2
	canonical := true
	for cell := range cells {
		if cell == "" {
			continue
		}
		d, plain := plainNumber(cell)
		if !plain {
			return false, 0
		}
		any = true
		if d > 0 && strings.HasSuffix(cell, "0") {
			canonical = false
		}
		if decimals == -2 {
			decimals = d
		} else if decimals != d {
			decimals = -1
		}
	}
	// "1.50" beside "2" would lose its nought under any one format.
	return any && (canonical || decimals >= 0), decimals
}

// plainNumber tells whether s is a number in its plain spelling, of at most 15
// digits, which a float64 holds exactly as written, and how many decimals it has.
func plainNumber(s string) (decimals int, ok bool) {
	if positive, minus := strings.CutPrefix(s, "-"); minus {
		if strings.Trim(positive, "0.") == "" {
			return 0, false // a spreadsheet knows no -0
		}
		s = positive
	}
	whole, part, point := strings.Cut(s, ".")
	if whole == "" || point && part == "" || len(whole)+len(part) > 15 || len(part) > 6 {
		return 0, false
	}
	if whole[0] == '0' && len(whole) > 1 {
		return 0, false
	}
	for _, digits := range [2]string{whole, part} {
		if strings.Trim(digits, "0123456789") != "" {
			return 0, false
		}
	}
	return len(part), true
}
