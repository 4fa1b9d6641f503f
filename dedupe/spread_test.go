package dedupe

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/unecho/unecho/dedupe/cluster"
)

func TestSpread(t *testing.T) {
	edges := []cluster.Edge{{A: 0, B: 1, Score: 2}, {A: 1, B: 2, Score: -3}, {A: 3, B: 4, Score: 1}}
	alone := []int32{0, 0, 1, 2, 2, 3}
	for _, test := range []struct {
		name   string
		c      constraints
		across []int32
		want   []cluster.Edge
	}{
		{"no decision", constraints{}, nil, edges},
		{"a record joins a group", constraints{must: [][2]int32{{2, 0}}}, nil,
			[]cluster.Edge{{A: 0, B: 1, Score: 2}, {A: 1, B: 2, Score: spreadScore}, {A: 3, B: 4, Score: 1}, {A: 0, B: 2, Score: spreadScore}}},
		{"two groups", constraints{must: [][2]int32{{0, 3}}}, nil, append(edges[:3:3],
			cluster.Edge{A: 0, B: 3, Score: spreadScore}, cluster.Edge{A: 0, B: 4, Score: spreadScore},
			cluster.Edge{A: 1, B: 3, Score: spreadScore}, cluster.Edge{A: 1, B: 4, Score: spreadScore})},
		{"told apart", constraints{must: [][2]int32{{0, 3}}, cannot: [][2]int32{{1, 4}}}, nil, edges},
		{"of one list", constraints{must: [][2]int32{{0, 3}}}, []int32{0, 1, 0, 1, 0, 0}, edges},
	} {
		got := test.c.spread(append([]cluster.Edge(nil), edges...), alone, test.across)
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}
