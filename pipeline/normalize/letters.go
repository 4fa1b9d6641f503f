package normalize

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// appendLetters appends s to dst with each character folded and nothing else
// decided: NFKC, full case folding, diacritics gone, letters such as ø and ł
// written plainly, digits of all scripts as 0–9, and the many quotes, dashes
// and spaces as the one of ASCII. It takes any bytes; those that are not UTF-8
// become U+FFFD. The result is in NFC, and folding it again changes nothing.
func appendLetters(dst []byte, s string) []byte {
	from := len(dst)
	dst, s = appendASCII(dst, s)
	if s == "" {
		return dst
	}
	for i := 0; i < len(s); {
		if b := s[i]; b < utf8.RuneSelf {
			dst = append(dst, asciiFold[b])
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		if f := foldedRune(r); f != "" {
			dst = append(dst, f...)
		}
	}
	return compose(dst, from)
}

// appendASCII is appendLetters up to the first character beyond ASCII, and
// gives what is left of s.
func appendASCII(dst []byte, s string) (folded []byte, rest string) {
	n := len(dst)
	dst = slices.Grow(dst, len(s))[:n+len(s)]
	for i, to := 0, dst[n:]; i < len(s) && i < len(to); i++ {
		b := s[i]
		if b >= utf8.RuneSelf {
			return dst[:n+i], s[i:]
		}
		to[i] = asciiFold[b]
	}
	return dst, ""
}

// compose brings dst[from:] into NFC. Folding rune by rune leaves marks that
// make letters (kana voicing, Hangul jamo, Indic vowels) beside their base.
func compose(dst []byte, from int) []byte {
	for _, b := range dst[from:] {
		if b >= utf8.RuneSelf {
			if tail := dst[from:]; !norm.NFC.IsNormal(tail) {
				return append(dst[:from], norm.NFC.Bytes(tail)...)
			}
			return dst
		}
	}
	return dst
}

// asciiFold maps an ASCII byte to what appendLetters writes for it.
var asciiFold = func() (t [utf8.RuneSelf]byte) {
	for b := range t {
		switch c := byte(b); {
		case c >= 'A' && c <= 'Z':
			t[b] = c + 'a' - 'A'
		case c < ' ' || c == 0x7f:
			t[b] = ' '
		case c == '`':
			t[b] = '\''
		default:
			t[b] = c
		}
	}
	return t
}()

// foldedRune gives what r folds to, from a table for the scripts of Europe
// and the general punctuation, and without work for ideographs, kana, Hangul
// and pictures, which fold to themselves.
func foldedRune(r rune) string {
	switch {
	case r < lowEnd:
		return lowRunes[r/foldBlock]()[r%foldBlock]
	case r >= highStart && r < highEnd:
		return highRunes[(r-highStart)/foldBlock]()[r%foldBlock]
	case r >= 0x4E00 && r <= 0x9FFF, r >= 0x3400 && r <= 0x4DBF,
		r >= 0x3041 && r <= 0x3096, r >= 0x30A1 && r <= 0x30FA,
		r >= 0xAC00 && r <= 0xD7A3, r >= 0x1F300 && r <= 0x1FAFF:
		return string(r)
	}
	return foldRune(r)
}

const (
	lowEnd    = 0x600  // Latin, Greek, Cyrillic, Armenian, Hebrew
	highStart = 0x1E00 // Latin additional, Greek extended, punctuation, symbols
	highEnd   = 0x2800
)

// foldBlock is how many characters of the table are folded at a time, when the
// first of them is met: most lists need a few blocks of it.
const foldBlock = 64

var (
	lowRunes  = foldBlocks(0, lowEnd)
	highRunes = foldBlocks(highStart, highEnd)
)

// foldBlocks gives, for each block of characters, what makes its table once.
func foldBlocks(from, to rune) []func() *[foldBlock]string {
	blocks := make([]func() *[foldBlock]string, 0, (to-from)/foldBlock)
	for first := from; first < to; first += foldBlock {
		blocks = append(blocks, sync.OnceValue(func() *[foldBlock]string {
			var t [foldBlock]string
			for i := range t {
				t[i] = foldRune(first + rune(i))
			}
			return &t
		}))
	}
	return blocks
}

// foldRune is foldedRune without the table: special cases first, then the
// compatibility decomposition of Unicode, case folded, piece by piece.
func foldRune(r rune) string {
	if f, ok := specialRune(r); ok {
		return f
	}
	plain := strings.Map(dropDiacritic, norm.NFKD.String(string(r)))
	full := norm.NFKD.String(cases.Fold().String(plain))
	var b strings.Builder
	for _, p := range full {
		if f, ok := specialRune(p); ok {
			b.WriteString(f)
		} else {
			b.WriteRune(p)
		}
	}
	folded := b.String()
	switch {
	case strings.ContainsRune(full, '⁄'): // ½ stands apart from the 8 before it
		return " " + folded + " "
	case isEnclosed(r) && folded != string(r):
		return " " + folded + " "
	}
	return norm.NFC.String(folded)
}

// isEnclosed tells a number or letter in a circle or brackets, which is a word
// of its own: "Part①".
func isEnclosed(r rune) bool {
	return r >= 0x2460 && r <= 0x24FF || r >= 0x2776 && r <= 0x2793 || r >= 0x3200 && r <= 0x32FF || r >= 0x1F100 && r <= 0x1F1AC
}

// specialRune gives the folding of characters for which the decomposition of
// Unicode is missing or not what a reader means.
func specialRune(r rune) (string, bool) {
	if r < utf8.RuneSelf {
		return string(asciiFold[r]), true
	}
	if f, ok := plainLetters[r]; ok {
		return f, true
	}
	switch {
	case strings.ContainsRune("‘’‚‛ʹʻʼʽˈ′´՚＇", r):
		return "'", true
	case strings.ContainsRune("“”„‟″«»", r):
		return `"`, true
	case unicode.Is(unicode.Pd, r), r == '−', r == '⁃':
		return "-", true
	case strings.ContainsRune("›•●▪►→¦", r):
		return "|", true
	case strings.ContainsRune("™℠®©℗\u3164\u2800\u115F\u1160\uFFA0", r), unicode.IsSpace(r), unicode.Is(unicode.Z, r):
		return " ", true
	case r == '№':
		return " no ", true
	case r == '×': // 800×600
		return " x ", true
	case r == '⁄':
		return "/", true
	case isDiacritic(r), unicode.In(r, unicode.Cc, unicode.Cf, unicode.Cs):
		return "", true
	}
	if v, ok := digitValue(r); ok {
		return string('0' + v), true
	}
	return cherokee(r)
}

// cherokee folds to the older letters, as CaseFolding.txt has it; package
// cases goes from each case to the other.
func cherokee(r rune) (string, bool) {
	switch {
	case r >= 0xAB70 && r <= 0xABBF:
		return string(r - 0xAB70 + 0x13A0), true
	case r >= 0x13F8 && r <= 0x13FD:
		return string(r - 8), true
	case r >= 0x13A0 && r <= 0x13F5:
		return string(r), true
	}
	return "", false
}

// plainLetters are the letters that have no decomposition but are written
// plainly where a keyboard lacks them.
var plainLetters = map[rune]string{
	'ø': "o", 'Ø': "o", 'ł': "l", 'Ł': "l", 'đ': "d", 'Đ': "d", 'ð': "d", 'Ð': "d",
	'æ': "ae", 'Æ': "ae", 'œ': "oe", 'Œ': "oe", 'þ': "th", 'Þ': "th", 'ħ': "h", 'Ħ': "h",
	'ŧ': "t", 'Ŧ': "t", 'ı': "i", 'ƒ': "f", 'ß': "ss", 'ẞ': "ss",
}

// isDiacritic tells the marks that only decorate: those of Latin, Greek and
// Cyrillic, the points of Hebrew and the vowel signs of Arabic, and variation
// selectors. The vowels and voicing marks of Indic scripts, Thai or kana make
// letters, and stay.
func isDiacritic(r rune) bool {
	switch {
	case r < 0x300:
		return false
	case r <= 0x36F:
		return true
	case r >= 0x483 && r <= 0x489, r >= 0x591 && r <= 0x5C7, r >= 0x610 && r <= 0x61A,
		r >= 0x64B && r <= 0x65F, r == 0x670, r >= 0x6D6 && r <= 0x6ED,
		r >= 0x1AB0 && r <= 0x1AFF, r >= 0x1DC0 && r <= 0x1DFF, r >= 0x20D0 && r <= 0x20FF,
		r >= 0xFE00 && r <= 0xFE0F, r >= 0xFE20 && r <= 0xFE2F, r >= 0xE0100 && r <= 0xE01EF:
		return unicode.Is(unicode.M, r)
	}
	return false
}

func dropDiacritic(r rune) rune {
	if isDiacritic(r) {
		return -1
	}
	return r
}

// digitValue gives the value of a decimal digit of any script. Unicode keeps
// each script's ten in a row, from zero.
func digitValue(r rune) (rune, bool) {
	for _, x := range unicode.Nd.R16 {
		if r >= rune(x.Lo) && r <= rune(x.Hi) {
			return (r - rune(x.Lo)) % 10, true
		}
	}
	for _, x := range unicode.Nd.R32 {
		if r >= rune(x.Lo) && r <= rune(x.Hi) {
			return (r - rune(x.Lo)) % 10, true
		}
	}
	return 0, false
}
