package dedupe

import (
	"math"
	"slices"
	"strings"

	"github.com/unecho/unecho/pipeline/record"
)

// Where a thing stands is one thing told in several columns: the number in the
// street decides more than the street, and both more than the town, which one
// list calls New York and the other Queens. A shop, a restaurant, a museum at
// another number is another branch. People move, so where the main text is a
// person's name the place is no measure of its own.

// townOnly is the least that differing places count where no number in a street
// tells them apart.
const townOnly = 0.3

// place compares where two records say that they stand, 0 to 1, given how alike
// each field is; NaN where nothing can be said.
func (l *list) place(a, b int32, similar []float64) float64 {
	if l.named {
		return math.NaN()
	}
	worst, number := math.NaN(), math.NaN()
	for i, f := range l.fields {
		s := similar[i]
		if f.role != record.Place || f.main || math.IsNaN(s) {
			continue
		}
		if f.part == record.House {
			number = lesser(number, s)
			continue
		}
		worst = lesser(worst, max(s, townOnly))
		if f.houses == nil {
			continue
		}
		switch shareNumber(f.houses[f.value[a]], f.houses[f.value[b]]) {
		case markSame:
			number = lesser(number, s)
		case markClash:
			number = 0
		}
	}
	if math.IsNaN(number) {
		return worst
	}
	return number
}

// readHouses notes the house numbers of each value of a place.
func (f *field) readHouses() {
	if f.role != record.Place || f.part == record.House || f.part == record.Postcode {
		return
	}
	f.houses = make([][]string, len(f.text))
	for i, t := range f.text {
		f.houses[i] = houses(t)
	}
}

// mostHouses is how many numbers of an address are looked at.
const mostHouses = 4

// houses gives the numbers of an address, without the letter of "221b" and
// without the numbers of streets ("57th").
func houses(address string) []string {
	var out []string
	for w := range strings.FieldsSeq(address) {
		rest := strings.TrimLeft(w, "0123456789")
		if n := len(w) - len(rest); n > 0 && len(rest) <= 1 && len(out) < mostHouses {
			out = append(out, w[:n])
		}
	}
	return out
}

// shareNumber compares the house numbers of two addresses: those of one may
// be some of the other's, as a flat or a floor stands beside them.
func shareNumber(x, y []string) markState {
	if len(x) == 0 || len(y) == 0 {
		return markNone
	}
	for _, n := range x {
		if slices.Contains(y, n) {
			return markSame
		}
	}
	return markClash
}

// lesser is the smaller of two numbers, passing over what is not known.
func lesser(x, y float64) float64 {
	if math.IsNaN(x) || y < x {
		return y
	}
	return x
}
