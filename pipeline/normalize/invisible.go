package normalize

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// unifyLines makes every line end a line feed.
func unifyLines(s string) string {
	if strings.IndexByte(s, '\r') < 0 && !strings.Contains(s, "\u2028") && !strings.Contains(s, "\u2029") {
		return s
	}
	return lineEnds.Replace(s)
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n")

// dropControls removes control characters, noncharacters and tags that belong to no flag.
func dropControls(s string) string {
	flag := strings.Contains(s, "\U0001F3F4")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n':
			return r
		case r == '\v' || r == '\f':
			return ' '
		case r < ' ', r == 0x7f, r >= 0x80 && r < 0xa0,
			r&0xfffe == 0xfffe, r >= 0xfdd0 && r <= 0xfdef, r >= 0xfff9 && r <= 0xfffb,
			r >= 0xe0000 && r <= 0xe007f && !flag:
			return -1
		}
		return r
	}, s)
}

// dropBidi removes what turns the direction of the text around it. Marks of
// direction stay in a text with letters that run from right to left.
func dropBidi(s string) string {
	if isASCII(s) {
		return s
	}
	rtl := strings.ContainsFunc(s, func(r rune) bool {
		return r >= 0x590 && r <= 0x8ff && r != 0x61c || r >= 0xfb1d && r <= 0xfdff || r >= 0xfe70 && r <= 0xfefc || r >= 0x10800 && r <= 0x10fff || r >= 0x1e800 && r <= 0x1efff
	})
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			return -1
		case (r == 0x200e || r == 0x200f || r == 0x61c) && !rtl:
			return -1
		}
		return r
	}, s)
}

const (
	zwnj = '\u200c'
	zwj  = '\u200d'
)

// dropZeroWidth removes characters without width. The joiners stay between
// letters of scripts that need them and between parts of an emoji.
func dropZeroWidth(s string) string {
	if isASCII(s) {
		return s
	}
	var b strings.Builder
	prev := rune(-1)
	changed := false
	for i, r := range s {
		if isZeroWidth(r) {
			next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
			if !joins(r, prev, next) {
				if !changed {
					b.WriteString(s[:i])
					changed = true
				}
				continue
			}
		}
		if changed {
			b.WriteRune(r)
		}
		prev = r
	}
	if !changed {
		return s
	}
	return b.String()
}

func isZeroWidth(r rune) bool {
	switch {
	case r == 0x200b, r == zwnj, r == zwj, r == 0xfeff, r == 0x180e, r >= 0x2060 && r <= 0x2064, r >= 0x206a && r <= 0x206f:
		return true
	}
	return false
}

// joins tells whether the joiner r has work between prev and next.
func joins(r, prev, next rune) bool {
	switch r {
	case zwj:
		return isPicture(prev) && isPicture(next) || needsJoiner(prev)
	case zwnj:
		return needsJoiner(prev) && unicode.IsLetter(next)
	}
	return false
}

// isPicture tells a piece of an emoji: a symbol, its variation selector or skin tone.
func isPicture(r rune) bool { return unicode.In(r, unicode.So, unicode.Sk) || r == 0xfe0f }

// needsJoiner tells a letter or mark of a script whose shapes joiners govern:
// Arabic and its kin, Mongolian, and the scripts of India and South-East Asia.
func needsJoiner(r rune) bool {
	return (r >= 0x600 && r <= 0x8ff || r >= 0x900 && r <= 0xdff || r >= 0x1000 && r <= 0x109f || r >= 0x1780 && r <= 0x18af) &&
		(unicode.IsLetter(r) || unicode.Is(unicode.M, r))
}

func dropSoftHyphens(s string) string { return strings.ReplaceAll(s, "\u00ad", "") }
