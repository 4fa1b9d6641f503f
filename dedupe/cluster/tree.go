package cluster

import (
	"cmp"
	"math"
	"slices"
)

// Tree says what holds clusters together: in each, the strongest edges that
// connect its records (a maximum spanning tree).
type Tree struct {
	// Up gives for each record the link that holds it in: the edge, as an
	// index into the edges, that is its next step on the strongest path to the
	// root of its cluster. It is -1 for the root and for a record that no
	// edges connect to the root.
	Up []int32
	// Weakest gives for each cluster the weakest edge of its tree, the one by
	// which it would fall apart first; -1 for a cluster without edges inside.
	Weakest []int32
}

// Span finds the tree of each cluster. labels are clusters as Average numbers
// them, root gives for each record the record of its cluster that the paths
// lead to (its survivor), and key, which may be nil, is that of Options: of
// equally strong edges the one whose records have the smaller keys comes
// first, so that the order of the records does not show.
//
// An edge between two clusters, or out of range, or without a score, is passed
// over. A must-link holds as a link when it is among the edges, best with a
// score of +Inf. Time: sorting the edges inside clusters.
func Span(labels, root []int32, edges []Edge, key []uint64) Tree {
	clusters := 0
	for _, l := range labels {
		clusters = max(clusters, int(l)+1)
	}
	t := Tree{Up: none(len(labels)), Weakest: none(clusters)}
	trees := singles(len(labels))
	near := make([][]int32, len(labels))
	for _, i := range strongest(labels, edges, key) {
		e := edges[i]
		if trees.join(e.A, e.B) {
			near[e.A] = append(near[e.A], i)
			near[e.B] = append(near[e.B], i)
			t.Weakest[labels[e.A]] = i
		}
	}
	for r := range root {
		if root[r] == int32(r) {
			t.climb(int32(r), edges, near)
		}
	}
	return t
}

func none(n int) []int32 {
	s := make([]int32, n)
	for i := range s {
		s[i] = -1
	}
	return s
}

// climb points all records of a tree towards its root.
func (t *Tree) climb(root int32, edges []Edge, near [][]int32) {
	for todo := []int32{root}; len(todo) > 0; {
		r := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, i := range near[r] {
			if i == t.Up[r] {
				continue
			}
			next := edges[i].A ^ edges[i].B ^ r
			t.Up[next] = i
			todo = append(todo, next)
		}
	}
}

// strongest lists the edges inside clusters, the strongest first.
func strongest(labels []int32, edges []Edge, key []uint64) []int32 {
	in := func(r int32) bool { return r >= 0 && int(r) < len(labels) && labels[r] >= 0 }
	var inside []int32
	for i, e := range edges {
		if in(e.A) && in(e.B) && e.A != e.B && labels[e.A] == labels[e.B] && e.Score == e.Score {
			inside = append(inside, int32(i))
		}
	}
	slices.SortFunc(inside, func(x, y int32) int {
		a, b := edges[x], edges[y]
		return cmp.Or(
			cmp.Compare(math.Round(b.Score*perUnit), math.Round(a.Score*perUnit)),
			compareKeys(a, b, key),
			cmp.Compare(min(a.A, a.B), min(b.A, b.B)),
			cmp.Compare(max(a.A, a.B), max(b.A, b.B)),
			cmp.Compare(x, y))
	})
	return inside
}

func compareKeys(a, b Edge, key []uint64) int {
	if key == nil {
		return 0
	}
	return cmp.Or(
		cmp.Compare(min(key[a.A], key[a.B]), min(key[b.A], key[b.B])),
		cmp.Compare(max(key[a.A], key[a.B]), max(key[b.A], key[b.B])))
}
