package normalize

import (
	"strings"
	"unicode"
)

// tidySpaces writes every space as one of ASCII and one at a time, takes them
// from the ends of lines and of the text, and leaves one blank line at most.
func tidySpaces(s string) string {
	if isTidy(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	space, lines := false, 0
	for _, r := range s {
		switch {
		case r == '\n':
			lines++
			space = false
			continue
		case isOddSpace(r):
			space = true
			continue
		case b.Len() == 0:
		case lines > 0:
			b.WriteString("\n\n"[:min(lines, 2)])
		case space:
			b.WriteByte(' ')
		}
		space, lines = false, 0
		b.WriteRune(r)
	}
	return b.String()
}

// isTidy tells text that tidySpaces would write as it is.
func isTidy(s string) bool {
	prev, lines := '\n', 2
	for _, r := range s {
		switch {
		case r == '\n':
			if lines++; lines > 2 || prev == ' ' {
				return false
			}
		case r == ' ':
			if prev == ' ' || prev == '\n' {
				return false
			}
			lines = 0
		case isOddSpace(r):
			return false
		default:
			lines = 0
		}
		prev = r
	}
	return s == "" || prev != ' ' && prev != '\n'
}

// isOddSpace tells a space, of any width, or a letter that is blank.
func isOddSpace(r rune) bool {
	switch r {
	case ' ', '\t', 0x3164, 0xffa0, 0x115f, 0x1160, 0x2800:
		return true
	}
	return r > 0x7f && unicode.Is(unicode.Zs, r)
}
