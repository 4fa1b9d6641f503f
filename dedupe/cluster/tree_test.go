package cluster

import (
	"math"
	"slices"
	"testing"
)

func TestSpan(t *testing.T) {
	edges := []Edge{
		{0, 1, 1}, {0, 2, 3}, {1, 2, 2}, // a triangle: the weakest edge is not needed
		{3, 4, -1},
		{2, 3, 9}, // between two clusters
		{0, 1, math.NaN()}, {0, 9, 1}, {-1, 0, 1}, {1, 1, 5},
	}
	labels := []int32{0, 0, 0, 1, 1, 2, 3, 3}
	root := []int32{0, 0, 0, 4, 4, 5, 6, 6}
	got := Span(labels, root, edges, nil)
	if want := []int32{-1, 2, 1, 3, -1, -1, -1, -1}; !slices.Equal(got.Up, want) {
		t.Errorf("up %v, want %v", got.Up, want)
	}
	if want := []int32{2, 3, -1, -1}; !slices.Equal(got.Weakest, want) {
		t.Errorf("weakest %v, want %v", got.Weakest, want)
	}
}

// The path to the root is the widest there is (held to Floyd and Warshall),
// and the same pairs of keys hold whatever the order of records and edges.
func FuzzSpan(f *testing.F) {
	for i := range uint64(50) {
		f.Add(i)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		g := generator(seed)
		p := random(g)
		labels, err := Components(p.n, p.edges, Options{})
		if err != nil {
			t.Fatal(err)
		}
		root := make([]int32, p.n)
		for r := range root {
			root[r] = int32(slices.Index(labels, labels[r]))
		}
		tree := Span(labels, root, p.edges, p.o.Key)
		width := widest(p)
		for r := range int32(p.n) {
			narrow := math.Inf(1)
			at := r
			for steps := 0; tree.Up[at] >= 0; steps++ {
				e := p.edges[tree.Up[at]]
				narrow = min(narrow, e.Score)
				if at = e.A ^ e.B ^ at; steps > p.n {
					t.Fatalf("the path of %d goes in a circle", r)
				}
			}
			if at != root[r] || narrow != width[r][root[r]] {
				t.Fatalf("record %d: path to %d as wide as %v, want %d, %v", r, at, narrow, root[r], width[r][root[r]])
			}
		}
		to := g.Perm(p.n)
		q := permuted(p, to, g)
		moved := func(s []int32, value func(int32) int32) []int32 {
			out := make([]int32, len(s))
			for i, v := range s {
				out[to[i]] = value(v)
			}
			return out
		}
		other := Span(moved(labels, func(l int32) int32 { return l }), moved(root, func(r int32) int32 { return int32(to[r]) }), q.edges, q.o.Key)
		for r := range p.n {
			a, b := tree.Up[r], other.Up[to[r]]
			if (a < 0) != (b < 0) || a >= 0 && keys(p, a) != keys(q, b) {
				t.Fatalf("in another order record %d is held by another link", r)
			}
		}
		for c := range tree.Weakest {
			a, b := tree.Weakest[c], other.Weakest[c]
			if (a < 0) != (b < 0) || a >= 0 && keys(p, a) != keys(q, b) {
				t.Fatalf("in another order cluster %d is weakest at another link", c)
			}
		}
	})
}

func keys(p problem, edge int32) [2]uint64 {
	a, b := p.o.Key[p.edges[edge].A], p.o.Key[p.edges[edge].B]
	return [2]uint64{min(a, b), max(a, b)}
}

// widest gives the width of the widest path between each two records: the
// score of its weakest edge.
func widest(p problem) [][]float64 {
	w := make([][]float64, p.n)
	for i := range w {
		w[i] = slices.Repeat([]float64{math.Inf(-1)}, p.n)
		w[i][i] = math.Inf(1)
	}
	for _, e := range p.edges {
		w[e.A][e.B] = max(w[e.A][e.B], e.Score)
		w[e.B][e.A] = w[e.A][e.B]
	}
	for k := range w {
		for i := range w {
			for j := range w {
				w[i][j] = max(w[i][j], min(w[i][k], w[k][j]))
			}
		}
	}
	return w
}
