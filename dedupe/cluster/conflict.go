package cluster

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Conflict is a contradiction among constraints: two records that a chain of
// must-links puts into one cluster, and that must not share one.
type Conflict struct {
	A, B int32 // the two records
	// Cannot is the index into Options.Cannot of the link that forbids it, or
	// -1 when it is Across: both records are of one list.
	Cannot int
	// Path leads from A to B: each record and the next are a pair of
	// Options.Must. It is a shortest such chain. Where a cannot-link names one
	// record twice it holds that record alone.
	Path []int32
}

// Error says the contradiction with record numbers from 0, as they were given.
func (c *Conflict) Error() string {
	chain := make([]string, len(c.Path))
	for i, r := range c.Path {
		chain[i] = strconv.Itoa(int(r))
	}
	why := "were said to be different"
	if c.Cannot < 0 {
		why = "are of one list"
	}
	return fmt.Sprintf("cluster: records %d and %d %s, and to be the same: %s", c.A, c.B, why, strings.Join(chain, " = "))
}

// Conflicts lists every contradiction between Must and Cannot, in the order of
// Cannot, and then, one for each record too many, between Must and Across, in
// the order of records. All record numbers must be in range, below n.
func Conflicts(n int, o Options) []*Conflict {
	if len(o.Cannot) == 0 && (o.Across == nil || len(o.Must) == 0) {
		return nil
	}
	groups := singles(n)
	for _, p := range o.Must {
		groups.join(p[0], p[1])
	}
	var found []*Conflict
	for i, p := range o.Cannot {
		if groups.find(p[0]) == groups.find(p[1]) {
			found = append(found, &Conflict{A: p[0], B: p[1], Cannot: i})
		}
	}
	found = append(found, sameList(groups, &o)...)
	if len(found) > 0 {
		neighbours := mustGraph(o.Must)
		for _, c := range found {
			c.Path = chain(neighbours, c.A, c.B)
		}
	}
	return found
}

// sameList finds records of one list in one must-link group; each is paired
// with the first of its list there.
func sameList(groups sets, o *Options) []*Conflict {
	if o.Across == nil || len(o.Must) == 0 {
		return nil
	}
	linked := make([]int32, 0, 2*len(o.Must))
	for _, p := range o.Must {
		linked = append(linked, p[0], p[1])
	}
	slices.Sort(linked)
	var found []*Conflict
	type place struct{ group, list int32 }
	first := make(map[place]int32)
	for _, r := range slices.Compact(linked) {
		at := place{groups.find(r), o.Across[r]}
		if at.list < 0 {
			continue
		}
		if a, taken := first[at]; taken {
			found = append(found, &Conflict{A: a, B: r, Cannot: -1})
		} else {
			first[at] = r
		}
	}
	return found
}

func mustGraph(must [][2]int32) map[int32][]int32 {
	g := make(map[int32][]int32, 2*len(must))
	for _, p := range must {
		g[p[0]] = append(g[p[0]], p[1])
		g[p[1]] = append(g[p[1]], p[0])
	}
	return g
}

// chain is a shortest path from a to b, which are connected.
func chain(neighbours map[int32][]int32, a, b int32) []int32 {
	from := map[int32]int32{b: b} // searched from b, so that the path reads from a
	for queue := []int32{b}; len(queue) > 0; queue = queue[1:] {
		for _, next := range neighbours[queue[0]] {
			if _, seen := from[next]; !seen {
				from[next] = queue[0]
				queue = append(queue, next)
			}
		}
	}
	path := []int32{a}
	for r := a; r != b; {
		r = from[r]
		path = append(path, r)
	}
	return path
}
