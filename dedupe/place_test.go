package dedupe

import (
	"context"
	"testing"

	"github.com/unecho/unecho/pipeline/record"
)

func TestShareNumber(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want markState
	}{
		{"12385 ventura boulevard", "12385 ventura boulevard s", markSame},
		{"221 w 57th street", "8600 beverly boulevard", markClash},
		{"57th street", "8600 beverly boulevard", markNone},
		{"hauptstrasse 12 a", "12 hauptstrasse", markSame},
		{"flat 3 hauptstrasse 12", "hauptstrasse 12", markSame},
		{"phipps plaza", "central park", markNone},
		{"221b baker street", "221 baker street", markSame},
	} {
		if got := shareNumber(houses(c.a), houses(c.b)); got != c.want || shareNumber(houses(c.b), houses(c.a)) != got {
			t.Errorf("%q and %q: %v, want %v", c.a, c.b, got, c.want)
		}
	}
}

// The number in the street tells branches apart, whatever the town is called.
func TestPlace(t *testing.T) {
	l := placed(t)
	c := l.newComparer()
	for _, k := range []struct {
		a, b     int
		from, to float64
	}{
		{0, 1, 0.9, 1}, {0, 2, 0, 0}, {0, 3, townOnly, 1},
	} {
		a, b := l.of[k.a], l.of[k.b]
		_, d := c.measure(a, b, l.resemblances().of(a, b))
		if got := l.place(a, b, d.fields); got < k.from || got > k.to {
			t.Errorf("rows %d and %d stand %.2f alike, want %v to %v", k.a+1, k.b+1, got, k.from, k.to)
		}
	}
}

// placed is one restaurant twice, a branch, and one without its number.
func placed(t *testing.T) *list {
	t.Helper()
	in := &Input{Columns: []record.Column{
		{Name: "name", Role: record.Title}, {Name: "address", Role: record.Place, Part: record.Street}, {Name: "city", Role: record.Place, Part: record.City},
	}}
	in.Forms = make([][]record.Form, len(in.Columns))
	for _, row := range [][3]string{
		{"cafe luna", "80 montague street", "queens"},
		{"luna", "80 montague street", "new york"},
		{"cafe luna", "103 first avenue", "queens"},
		{"cafe luna", "montague street", "brooklyn"},
	} {
		for c, cell := range row {
			in.Cells = append(in.Cells, cell)
			in.Forms[c] = append(in.Forms[c], record.Form{Text: cell, Core: cell})
		}
	}
	l, err := newList(context.Background(), in, nil)
	if err != nil {
		t.Fatal(err)
	}
	return l
}
