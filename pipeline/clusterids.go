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
	n := 0
	for _, run := range runs {
		if run != nil {
			n += len(run.Rows)
		}
	}
	of := make(map[string]member, n)
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

// clusterNames gives each cluster its lasting id. cluster is that of each row,
// numbered by first member, ids is the id of each row, was what was known of
// these ids.
//
// A cluster of before goes on in the one that has the record that stood for
// it; if that is gone, in the one that has most of its members; of several
// such, in the one with the smallest id of a member. Where several go on in
// one, the id of the largest stays, of equals the smallest id. A cluster in
// which none goes on gets a new one: "c" and the smallest id of a member that
// gives one which nobody had. So a run that changes nothing changes no id, and
// the order of clusters and members is nothing to it.
func clusterNames(cluster []int32, ids []string, was map[string]member) []string {
	n := &namer{cluster: cluster, ids: ids, smallest: make([]string, 0, len(cluster))}
	for r, c := range cluster {
		if int(c) == len(n.smallest) {
			n.smallest = append(n.smallest, ids[r])
		} else if ids[r] < n.smallest[c] {
			n.smallest[c] = ids[r]
		}
	}
	n.names = make([]string, len(n.smallest))
	if len(was) > 0 {
		n.goOn(was)
	}
	n.begin()
	return n.names
}

// namer names clusters.
type namer struct {
	cluster  []int32
	ids      []string
	names    []string
	smallest []string         // id of a member
	members  [][]int          // rows of each cluster; nil where none goes on
	before   map[string]int32 // the number of each cluster of before
}

// claim is that of a cluster to be the one in which one of before goes on.
type claim struct {
	cluster int
	members int  // of the one of before; 0 for no claim
	stood   bool // the record that stood for it is here
}

// goOn names the clusters in which one of before goes on.
func (n *namer) goOn(was map[string]member) {
	n.members = record.Members[int](n.cluster)
	n.before = make(map[string]int32, len(was))
	var sizes []int
	for _, m := range was {
		number, known := n.before[m.cluster]
		if !known {
			number = int32(len(sizes))
			n.before[m.cluster] = number
			sizes = append(sizes, 0)
		}
		sizes[number]++
	}
	goes := n.successors(was, len(sizes))
	for name, number := range n.before {
		c := goes[number].cluster
		if goes[number].members == 0 {
			continue
		}
		now := n.names[c]
		if now == "" || sizes[number] > sizes[n.before[now]] || sizes[number] == sizes[n.before[now]] && name < now {
			n.names[c] = name
		}
	}
}

// successors gives the best claim to each cluster of before.
func (n *namer) successors(was map[string]member, many int) []claim {
	best := make([]claim, many)
	type past struct {
		number int32
		stood  bool
	}
	var pasts []past
	for c, rows := range n.members {
		pasts = pasts[:0]
		for _, r := range rows {
			if m, known := was[n.ids[r]]; known {
				pasts = append(pasts, past{n.before[m.cluster], m.kept})
			}
		}
		slices.SortFunc(pasts, func(x, y past) int { return cmp.Compare(x.number, y.number) })
		for rest := pasts; len(rest) > 0; {
			mine, number := claim{cluster: c}, rest[0].number
			for len(rest) > 0 && rest[0].number == number {
				mine.members++
				mine.stood = mine.stood || rest[0].stood
				rest = rest[1:]
			}
			if n.better(mine, best[number]) {
				best[number] = mine
			}
		}
	}
	return best
}

func (n *namer) better(mine, other claim) bool {
	switch {
	case other.members == 0:
		return true
	case mine.stood != other.stood:
		return mine.stood
	}
	return cmp.Or(mine.members-other.members, strings.Compare(n.smallest[other.cluster], n.smallest[mine.cluster])) > 0
}

// begin names the clusters that are new. Nearly all get their first choice;
// these names share one piece of memory.
func (n *namer) begin() {
	length := 0
	for c, name := range n.names {
		if name == "" {
			length += 1 + len(n.smallest[c])
		}
	}
	var text strings.Builder
	text.Grow(length)
	var waiting []int
	for c, name := range n.names {
		if name != "" {
			continue
		}
		at := text.Len()
		text.WriteByte('c')
		text.WriteString(n.smallest[c])
		first := text.String()[at:]
		if _, had := n.before[first]; had {
			waiting = append(waiting, c)
		} else {
			n.names[c] = first
		}
	}
	if waiting != nil {
		n.choose(waiting)
	}
}

// choose names the clusters whose first choice somebody had, in order of their
// smallest ids.
func (n *namer) choose(waiting []int) {
	taken := make(map[string]bool, len(n.before)+len(n.names))
	for name := range n.before {
		taken[name] = true
	}
	for _, name := range n.names {
		taken[name] = true
	}
	slices.SortFunc(waiting, func(x, y int) int { return strings.Compare(n.smallest[x], n.smallest[y]) })
	for _, c := range waiting {
		n.names[c] = newName(pick(n.ids, n.members[c]), taken)
		taken[n.names[c]] = true
	}
}

// newName is the id of a cluster whose members have these ids.
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
