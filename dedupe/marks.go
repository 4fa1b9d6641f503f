package dedupe

import (
	"math"
	"slices"

	"github.com/unecho/unecho/pipeline/record"
)

// markState says how the marks of one kind of two texts compare.
type markState int8

const (
	markNone  markState = iota // neither text has any
	markSame                   // the same marks
	markOne                    // one text has marks that the other lacks
	markClash                  // each text has a mark that the other lacks
)

// value is the state as a measure: NaN for none, 1 same, 0 one side, -1 clash.
func (s markState) value() float64 {
	return [...]float64{math.NaN(), 1, 0, -1}[s]
}

// markDiff is how the numbers of two main texts compare, by what they count.
type markDiff struct {
	number, year, model, part markState
	kind                      record.MarkKind // of the part that differs
	a, b                      string          // its value on either side, "" where a side has none
}

// diffMarks compares two texts' marks. Part, issue, version and ordinal
// numbers are one class: each says that the thing is one of several.
func diffMarks(x, y []record.Mark) markDiff {
	var d markDiff
	if len(x) == 0 && len(y) == 0 {
		return d
	}
	d.number = compareMarks(x, y, func(k record.MarkKind) bool { return k == record.PlainNumber })
	d.year = compareMarks(x, y, func(k record.MarkKind) bool { return k == record.YearNumber })
	d.model = compareMarks(x, y, func(k record.MarkKind) bool { return k == record.ModelCode })
	d.part = compareMarks(x, y, counts)
	if d.part == markOne || d.part == markClash {
		d.kind, d.a, d.b = firstDifference(x, y)
	}
	return d
}

// counts says whether a mark says that the thing is one of several.
func counts(k record.MarkKind) bool {
	return k == record.PartNumber || k == record.IssueNumber || k == record.VersionNumber || k == record.OrdinalNumber
}

// compareMarks compares the values of the marks of some kinds as sets.
func compareMarks(x, y []record.Mark, of func(record.MarkKind) bool) markState {
	onlyX, nx := lacking(x, y, of)
	onlyY, ny := lacking(y, x, of)
	switch {
	case nx == 0 && ny == 0:
		return markNone
	case onlyX && onlyY:
		return markClash
	case onlyX || onlyY:
		return markOne
	}
	return markSame
}

// lacking says whether x has a mark of the kinds whose value no mark of y has,
// and how many marks of the kinds x has.
func lacking(x, y []record.Mark, of func(record.MarkKind) bool) (lacks bool, n int) {
	for _, m := range x {
		if !of(m.Kind) {
			continue
		}
		n++
		if !slices.ContainsFunc(y, func(o record.Mark) bool { return o.Value == m.Value }) {
			lacks = true
		}
	}
	return lacks, n
}

// firstDifference finds the part number to name on the screen.
func firstDifference(x, y []record.Mark) (kind record.MarkKind, a, b string) {
	find := func(x, y []record.Mark) (record.MarkKind, string) {
		for _, m := range x {
			if counts(m.Kind) && !slices.ContainsFunc(y, func(o record.Mark) bool { return o.Value == m.Value }) {
				return m.Kind, m.Value
			}
		}
		return 0, ""
	}
	ka, a := find(x, y)
	kb, b := find(y, x)
	if a != "" {
		return ka, a, b
	}
	return kb, a, b
}

// forgiveNumeral takes back a part number that one text has and the other is
// said to lack, where its number stands there all the same: "Henry IV" ends in
// a numeral that counts, in "Henry IV of France" it is a word among words.
func (l *list) forgiveNumeral(a, b int32, d *markDiff) {
	if d.part != markOne {
		return
	}
	value, other := d.a, b
	if value == "" {
		value, other = d.b, a
	}
	r := numeral(value)
	if r == "" || slices.ContainsFunc(l.marks(other), func(m record.Mark) bool { return counts(m.Kind) }) {
		return
	}
	for _, t := range l.title.in(other) {
		if l.title.symbols.text[t] == r {
			d.part, d.kind, d.a, d.b = markSame, 0, "", ""
			return
		}
	}
}
