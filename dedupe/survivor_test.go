package dedupe

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/unecho/unecho/pipeline/record"
)

// survivors is a list whose forms are its cells; columns are date, title and note.
func survivors(rows ...[3]string) *Input {
	in := &Input{Columns: []record.Column{
		{Name: "seen", Role: record.Date}, {Name: "title", Role: record.Title}, {Name: "note", Role: record.Other},
	}}
	in.Forms = make([][]record.Form, len(in.Columns))
	for _, row := range rows {
		for c, cell := range row {
			in.Cells = append(in.Cells, cell)
			in.Forms[c] = append(in.Forms[c], record.Form{Text: cell, Core: cell})
		}
	}
	in.dates = in.folded().dates
	return in
}

func TestKeepRules(t *testing.T) {
	in := survivors(
		[3]string{"2019-05-01", "Gardens", ""},
		[3]string{"2021-01-31", "Gardens of the north and south", ""},
		[3]string{"2020-12-31", "Gardens", "b"},
		[3]string{"2021-01-30", "Gardens", "c"},
		[3]string{"2021-01-30", "Gardens", ""},
	)
	for keep, want := range map[Keep][]int32{
		KeepFirst:        {0, 1, 2, 3, 4},
		KeepLast:         {4, 3, 2, 1, 0},
		KeepLongest:      {1, 2, 3, 0, 4},
		KeepNewest:       {1, 3, 4, 2, 0},
		KeepMostComplete: {2, 3, 1, 0, 4},
	} {
		if got := ranked(in, []int32{0, 1, 2, 3, 4}, keep); !slices.Equal(got, want) {
			t.Errorf("%s: order %v, want %v", keep, got, want)
		}
		if got := survivor(in, []int32{0, 1, 2, 3, 4}, keep); got != want[0] {
			t.Errorf("%s: row %d stays, want %d", keep, got, want[0])
		}
	}
}

// Every rule of Keeps is one that ranks.
func TestEveryRuleIsTried(t *testing.T) {
	in := survivors([3]string{"2019", "a", ""}, [3]string{"2020", "a", ""})
	for _, keep := range Keeps {
		if got := survivor(in, []int32{0, 1}, keep); got != 0 && got != 1 {
			t.Errorf("%s keeps row %d", keep, got)
		}
	}
}

func TestNewest(t *testing.T) {
	for _, c := range []struct{ older, newer string }{
		{"", "2001"},
		{"2001", "2001-02"},
		{"2001-02", "2001-02-01"},
		{"2001-02-01", "2001-12"},
		{"2001-12-31", "2002"},
		{"3 years ago", "2 years ago"},
		{"1 year ago", "11 months ago"},
		{"2 days ago", "yesterday"},
		{"yesterday", "3 hours ago"},
		{"today", "1999"},
		{"soon", "10 years ago"},
		{"2001-02-01 09:30", "2001-02-01 10:15:01"},
		{"2001-02-01T10:15:01", "2001-02-01T10:15:02"},
	} {
		in := survivors([3]string{c.older, "a", "more"}, [3]string{c.newer, "a", ""})
		in.dates[0] = nil // as of a column that is not compared
		if got := survivor(in, []int32{0, 1}, KeepNewest); got != 1 {
			t.Errorf("%q stays before %q", c.older, c.newer)
		}
	}
}

// A date that stands in three columns counts as one.
func TestNewestOfDateInPieces(t *testing.T) {
	in := &Input{Columns: []record.Column{
		{Name: "year", Role: record.Date, Part: record.Year, Group: 1},
		{Name: "month", Role: record.Date, Part: record.Month, Group: 1},
		{Name: "day", Role: record.Date, Part: record.Day, Group: 1},
	}, Forms: make([][]record.Form, 3)}
	for _, row := range [][3]string{{"2020", "3", "9"}, {"2020", "11", ""}, {"2020", "3", "10"}, {"2019", "12", "31"}} {
		in.Cells = append(in.Cells, row[:]...)
	}
	if got, want := ranked(in, []int32{0, 1, 2, 3}, KeepNewest), []int32{1, 2, 0, 3}; !slices.Equal(got, want) {
		t.Errorf("order %v, want %v", got, want)
	}
}

// The order of the rows that are handed over does not matter.
func TestRankedTakesAnyOrder(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	var rows [][3]string
	for range 40 {
		rows = append(rows, [3]string{fmt.Sprint(2000 + rng.IntN(3)), "abc"[:1+rng.IntN(3)], "xy"[:rng.IntN(3)]})
	}
	in := survivors(rows...)
	all := make([]int32, len(rows))
	for i := range all {
		all[i] = int32(i)
	}
	for _, keep := range Keeps {
		want := ranked(in, all, keep)
		mixed := slices.Clone(all)
		rng.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		if got := ranked(in, mixed, keep); !slices.Equal(got, want) {
			t.Errorf("%s: %v, and %v when handed over in another order", keep, want, got)
		}
	}
}
