package export

import (
	"math"
	"slices"
	"unicode"

	"golang.org/x/text/width"
)

// The bounds of a column's width, in characters of the standard font.
const (
	minWidth = 8
	maxWidth = 60
)

// sampleRows is how many rows of a sheet are measured for the widths.
const sampleRows = 2000

// textWidth is the width of the widest line of text, in characters: two for
// East Asian wide ones and emoji, none for marks.
func textWidth(s string) int {
	widest, line := 0, 0
	for _, r := range s {
		switch {
		case r == '\n':
			line = 0
		case r < 0x80:
			line++
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case r >= 0x1F300 && r <= 0x1FAFF || isWide(r):
			line += 2
		default:
			line++
		}
		widest = max(widest, line)
	}
	return widest
}

func isWide(r rune) bool {
	k := width.LookupRune(r).Kind()
	return k == width.EastAsianWide || k == width.EastAsianFullwidth
}

// fitWidth gives the width of a column in which all cells stand in one line,
// of a long column 19 of 20, and the header whole beside its filter button.
func fitWidth(header string, cells []int) float64 {
	w := textWidth(header) + 4
	if len(cells) > 0 {
		sorted := slices.Sorted(slices.Values(cells))
		most := len(sorted) - 1
		if most > 100 {
			most = most * 19 / 20
		}
		w = max(w, sorted[most]+2)
	}
	return float64(min(max(w, minWidth), maxWidth))
}

// sampled gives up to sampleRows of n numbers from 0, evenly spread.
func sampled(n int) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		step := max(1, n/sampleRows)
		for i := 0; i < n; i += step {
			if !yield(i) {
				return
			}
		}
	}
}

// lines estimates in how many lines text stands in a column of the given
// width; words that do not fit make it a little more than the quotient.
func lines(s string, width float64) int {
	if float64(len(s)) <= width && !hasBreak(s) {
		return 1
	}
	n, line := 0.0, 0
	room := math.Max(width, 1)
	start := 0
	for i, r := range s {
		if r == '\n' {
			line = textWidth(s[start:i])
			n += math.Max(1, math.Ceil(float64(line)/room))
			start = i + 1
		}
	}
	return int(n + math.Max(1, math.Ceil(float64(textWidth(s[start:]))/room)))
}

func hasBreak(s string) bool {
	for i := range len(s) {
		if s[i] == '\n' {
			return true
		}
	}
	return false
}

// rowHeight is the height in points of a row of so many lines.
func rowHeight(lines int) float64 { return float64(lines)*15 + 3 }

// rightToLeft tells whether most letters of the texts are of a script that
// runs from right to left.
func rightToLeft(texts func(yield func(string) bool)) bool {
	balance := 0
	for s := range texts {
		for _, r := range s {
			switch {
			case unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko):
				balance++
			case unicode.IsLetter(r):
				balance--
			}
		}
	}
	return balance > 0
}
