package cluster

import (
	"errors"
	"slices"
	"testing"
)

func TestConflict(t *testing.T) {
	must := [][2]int32{{0, 1}, {1, 2}, {2, 3}, {5, 6}, {1, 3}}
	for _, c := range []struct {
		name string
		o    Options
		want []string
	}{
		{"none", Options{Must: must, Cannot: [][2]int32{{0, 4}, {3, 5}}}, nil},
		{"a chain, by its shortest way", Options{Must: must, Cannot: [][2]int32{{4, 5}, {3, 0}}},
			[]string{"cluster: records 3 and 0 were said to be different, and to be the same: 3 = 1 = 0"}},
		{"each is listed", Options{Must: must, Cannot: [][2]int32{{6, 5}, {0, 1}}}, []string{
			"cluster: records 6 and 5 were said to be different, and to be the same: 6 = 5",
			"cluster: records 0 and 1 were said to be different, and to be the same: 0 = 1"}},
		{"a record that is not itself", Options{Cannot: [][2]int32{{2, 2}}},
			[]string{"cluster: records 2 and 2 were said to be different, and to be the same: 2"}},
		{"one list", Options{Must: must, Across: []int32{1, 2, 1, -1, 1, -1, -1}},
			[]string{"cluster: records 0 and 2 are of one list, and to be the same: 0 = 1 = 2"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, found := range Conflicts(7, c.o) {
				got = append(got, found.Error())
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q\nwant %q", got, c.want)
			}
			var conflict *Conflict
			if _, err := Average(t.Context(), 7, nil, c.o); errors.As(err, &conflict) != (c.want != nil) {
				t.Errorf("Average: %v", err)
			} else if c.want != nil && err.Error() != c.want[0] {
				t.Errorf("Average: %v", err)
			}
		})
	}
}
