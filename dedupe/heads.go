package dedupe

import (
	"math"
	"strings"

	"github.com/unecho/unecho/pipeline/record"
)

// Brackets that close a main text say which of several is meant, or where it
// is: "Night (song)", "Victoria Hall (Hanley)". The head before them is the
// name. Two records that agree in their brackets alone are neighbours, not one
// thing.

// headWords counts the words of a main text before closing brackets, 0 where
// there are none.
func headWords(f *record.Form) int32 {
	if f.Head == 0 {
		return 0
	}
	return 1 + int32(strings.Count(f.Text[:f.Head], " "))
}

// headShare is how much of the name before closing brackets the other record
// has too, by weight, on the side where it is less; NaN where neither record
// ends in brackets. A record without brackets is all name.
func (l *list) headShare(a, b int32, d *compared) float64 {
	if l.heads == nil || l.heads[a] == 0 && l.heads[b] == 0 {
		return math.NaN()
	}
	return min(l.headOf(a, d.left[0]), l.headOf(b, d.left[1]))
}

// headOf is the share of the weight of the name of record d that is not among
// the words left over; 1 where the record has no brackets.
func (l *list) headOf(d int32, left []int32) float64 {
	n := l.heads[d]
	if n == 0 {
		return 1
	}
	var all, gone float64
	for _, t := range l.title.in(d)[:n] {
		w := l.title.weight[t]
		all += w
		if has(left, t) {
			gone += w
		}
	}
	return 1 - gone/all
}
