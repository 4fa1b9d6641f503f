package dedupe

import (
	"context"
	"testing"

	"github.com/unecho/unecho/pipeline/normalize"
	"github.com/unecho/unecho/pipeline/record"
)

// A code is one code however it is cut; one digit more or another letter
// within is another product.
func TestCodes(t *testing.T) {
	titles := []string{
		"Norvik kettle KDL-46V4100 black",
		"KDL46 V4100 kettle",
		"Norvik kettle KDL46V4101 black",
		"Norvik kettle black",
		"Norvik kettle KDL46V4100WH white",
		"Descaler for the kettle",
	}
	in := &Input{Columns: []record.Column{{Name: "name", Role: record.Title}}, Cells: titles}
	forms, err := normalize.Forms(context.Background(), in.Columns[0], titles, 1, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	in.Forms = [][]record.Form{forms}
	l, err := newList(context.Background(), in, nil)
	if err != nil {
		t.Fatal(err)
	}
	c := l.newComparer()
	for _, k := range []struct {
		a, b     int
		from, to float64
	}{
		{0, 1, 0.9, 1}, {0, 2, -1, -1}, {1, 2, -1, -1}, {0, 3, 0, 0}, {0, 4, begun, begun}, {2, 4, -1, -1}, {3, 5, 0, 0},
	} {
		got, back := c.codes(l.of[k.a], l.of[k.b]), c.codes(l.of[k.b], l.of[k.a])
		if got < k.from || got > k.to || got != back {
			t.Errorf("%q and %q share %.2f, the other way round %.2f, want %v to %v", titles[k.a], titles[k.b], got, back, k.from, k.to)
		}
	}
}

func TestDigitsAreNoSlip(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"hdrsr11", "hdrsr12", 0}, {"cch1p", "cch1b", 0}, {"nnsn667w", "nnsn667wh", slipBeginning}, {"ts4g", "ts4gb", 0}, {"kettle", "ketle", slipTypo},
	} {
		if got := slipKind(c.a, c.b); got != c.want {
			t.Errorf("%s and %s are %d, want %d", c.a, c.b, got, c.want)
		}
	}
}
