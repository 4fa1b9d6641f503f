package pipeline

import (
	"cmp"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/unecho/unecho/pipeline/record"
)

// A cluster keeps its id from run to run, whatever happens to the rest of the
// list. Where it comes from: the clusters that the last run wrote, and those
// that lie beside the lists that are compared with.

// member is what was known of a record by the last run.
type member struct {
	cluster string
	kept    bool // it stood for its cluster
}

// known gives what earlier runs say of records, by id. Where two say something
// of one record, the first holds.
func known(runs ...*Clustering) map[string]member {
	of := make(map[string]member)
	for _, run := range runs {
		if run == nil {
			continue
		}
		for _, r := range run.Rows {
			if _, told := of[r.ID]; !told {
				of[r.ID] = member{r.Cluster, r.Kept}
			}
		}
	}
	return of
}

// clusterNames gives each cluster its lasting id. ids are those of its members,
// was is what was known of these.
//
// A cluster of before goes on in the one that has the record that stood for
// it; if that is gone, in the one that has most of its members; of several
// such, in the one with the smallest id of a member. Where several go on in
// one, the id of the largest stays, of equals the smallest id. A cluster in
// which none goes on gets a new one: "c" and the smallest id of a member that
// gives one which nobody had. So a run that changes nothing changes no id, and
// the order of clusters and members is nothing to it.
func clusterNames(clusters [][]string, was map[string]member) []string {
	names := make([]string, len(clusters))
	smallest := make([]string, len(clusters))
	for c, ids := range clusters {
		smallest[c] = slices.Min(ids)
	}
	size := make(map[string]int) // of the clusters of before
	taken := make(map[string]bool)
	for _, m := range was {
		size[m.cluster]++
		taken[m.cluster] = true
	}
	for old, c := range successors(clusters, smallest, was) {
		if now := names[c]; now == "" || size[old] > size[now] || size[old] == size[now] && old < now {
			names[c] = old
		}
	}
	order := make([]int, len(clusters))
	for c := range order {
		order[c] = c
	}
	slices.SortFunc(order, func(x, y int) int { return strings.Compare(smallest[x], smallest[y]) })
	for _, c := range order {
		if names[c] == "" {
			names[c] = newName(clusters[c], taken)
			taken[names[c]] = true
		}
	}
	return names
}

// successors says in which cluster each cluster of before goes on.
func successors(clusters [][]string, smallest []string, was map[string]member) map[string]int {
	type claim struct {
		c, members int
		stood      bool // the record that stood for it is here
	}
	best := make(map[string]claim)
	for c, ids := range clusters {
		here := make(map[string]claim)
		for _, id := range ids {
			if m, ok := was[id]; ok {
				at := here[m.cluster]
				here[m.cluster] = claim{c, at.members + 1, at.stood || m.kept}
			}
		}
		for old, mine := range here {
			other, there := best[old]
			better := !there
			switch {
			case !there:
			case mine.stood != other.stood:
				better = mine.stood
			default:
				better = cmp.Or(mine.members-other.members, strings.Compare(smallest[other.c], smallest[mine.c])) > 0
			}
			if better {
				best[old] = mine
			}
		}
	}
	out := make(map[string]int, len(best))
	for old, b := range best {
		out[old] = b.c
	}
	return out
}

// newName is the id of a cluster that is new.
func newName(ids []string, taken map[string]bool) string {
	for _, id := range slices.Sorted(slices.Values(ids)) {
		if name := record.ClusterID([]string{id}); !taken[name] {
			return name
		}
	}
	first := record.ClusterID(ids)
	for n := 2; ; n++ {
		if name := first + "-" + strconv.Itoa(n); !taken[name] {
			return name
		}
	}
}

// oldEnding is what the name of a clean list has over that of the list.
const oldEnding = ".clean"

// beforeOf gives the clusters that lie beside a list that is compared with, and
// the place in them of each of its n records, -1 where that is not known: the
// lines of the records that were kept for a clean list, else all lines.
func beforeOf(name string, n int) (*Clustering, []int) {
	stem, clean := strings.CutSuffix(strip(strip(filepath.Clean(name), compressionEnding), formatEnding), oldEnding)
	c := clusteringAt(stem + clustersEnding)
	if c == nil {
		return nil, nil
	}
	var at []int
	for i, r := range c.Rows {
		if r.Kept || !clean {
			at = append(at, i)
		}
	}
	if len(at) != n { // the list was changed since
		return c, nil
	}
	return c, at
}
