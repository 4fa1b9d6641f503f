package pipeline

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// runOf is a run whose groups are given; the first record of each stays.
func runOf(names []string, groups ...[]string) *Clustering {
	c := &Clustering{}
	for g, ids := range groups {
		for i, id := range ids {
			c.Rows = append(c.Rows, Clustered{Row: len(c.Rows) + 1, ID: id, Cluster: names[g], Kept: i == 0})
		}
	}
	return c
}

// namesOf names groups of ids.
func namesOf(groups [][]string, was map[string]member) []string {
	var ids []string
	var cluster []int32
	for c, group := range groups {
		for _, id := range group {
			cluster = append(cluster, int32(c))
			ids = append(ids, id)
		}
	}
	return clusterNames(cluster, ids, was)
}

func TestClusterNames(t *testing.T) {
	before := known(runOf([]string{"cA", "cD", "cF"}, []string{"c", "a", "b"}, []string{"d", "e"}, []string{"f"}))
	for what, c := range map[string]struct {
		groups [][]string
		want   []string
	}{
		"nothing changed":                         {[][]string{{"a", "b", "c"}, {"d", "e"}, {"f"}}, []string{"cA", "cD", "cF"}},
		"grown":                                   {[][]string{{"a", "b", "c", "0"}, {"d", "e"}, {"f"}}, []string{"cA", "cD", "cF"}},
		"joined: the larger":                      {[][]string{{"a", "b", "c", "d", "e"}, {"f"}}, []string{"cA", "cF"}},
		"split: with the one that stayed":         {[][]string{{"a", "b"}, {"c"}, {"d", "e"}, {"f"}}, []string{"ca", "cA", "cD", "cF"}},
		"split, the one that stayed is gone":      {[][]string{{"a"}, {"b"}, {"d", "e"}}, []string{"cA", "cb", "cD"}},
		"new: nobody's id is taken over":          {[][]string{{"x", "y"}, {"a", "b", "c"}}, []string{"cx", "cA"}},
		"one part goes over to another cluster":   {[][]string{{"c", "b"}, {"a", "d", "e"}}, []string{"cA", "cD"}},
		"all apart":                               {[][]string{{"a"}, {"b"}, {"c"}, {"d"}, {"e"}, {"f"}}, []string{"ca", "cb", "cA", "cD", "ce", "cF"}},
		"a record that was corrected is one more": {[][]string{{"d", "e2"}, {"e"}}, []string{"cD", "ce"}},
	} {
		if diff := cmp.Diff(c.want, namesOf(c.groups, before)); diff != "" {
			t.Errorf("%s: %s", what, diff)
		}
	}
	equal := known(runOf([]string{"cB", "cA"}, []string{"a", "b"}, []string{"c", "d"}))
	if got := namesOf([][]string{{"a", "b", "c", "d"}}, equal); got[0] != "cA" {
		t.Errorf("of two equally large the smaller id stays, and got %s", got[0])
	}
	taken := known(runOf([]string{"cx"}, []string{"a"}))
	if got := namesOf([][]string{{"x"}, {"a"}}, taken); got[0] != "cx-2" {
		t.Errorf("an id that is taken: %s", got)
	}
}

// drawn puts n records into random groups.
func drawn(rng *rand.Rand, ids []string) [][]string {
	groups := make([][]string, 1+rng.IntN(len(ids)))
	for _, id := range ids {
		g := rng.IntN(len(groups))
		groups[g] = append(groups[g], id)
	}
	return slices.DeleteFunc(groups, func(ids []string) bool { return len(ids) == 0 })
}

func TestLawsOfClusterNames(t *testing.T) {
	for seed := range uint64(2000) {
		rng := rand.New(rand.NewPCG(seed, 1))
		ids := make([]string, 2+rng.IntN(10))
		for i := range ids {
			ids[i] = fmt.Sprintf("%02d", i)
		}
		first := drawn(rng, ids)
		before := runOf(namesOf(first, nil), first...)
		was := known(before)
		groups := drawn(rng, ids[rng.IntN(2):])
		names := namesOf(groups, was)

		if sorted := slices.Sorted(slices.Values(names)); len(slices.Compact(sorted)) != len(names) {
			t.Fatalf("seed %d: two clusters of one id: %v %v", seed, groups, names)
		}
		if again := namesOf(first, was); !slices.Equal(again, namesOf(first, nil)) {
			t.Fatalf("seed %d: nothing changed but the ids: %v", seed, again)
		}
		now := known(runOf(names, groups...))
		if again := namesOf(groups, now); !slices.Equal(again, names) {
			t.Fatalf("seed %d: a second run changes ids: %v, %v", seed, names, again)
		}
		slow := slowNames(groups, before)
		for c, name := range slow {
			if name != "" && names[c] != name {
				t.Fatalf("seed %d: %v after %v: %v, and by the slow way %v", seed, groups, first, names, slow)
			}
			if _, old := was[groups[c][0]]; name == "" && old && slices.ContainsFunc(before.Rows, func(r Clustered) bool { return r.Cluster == names[c] }) {
				t.Fatalf("seed %d: a new cluster has the id of an old one: %v", seed, names)
			}
		}
		order := rng.Perm(len(groups))
		shuffled := make([][]string, len(groups))
		for i, c := range order {
			shuffled[i] = slices.Clone(groups[c])
			rng.Shuffle(len(shuffled[i]), func(x, y int) { shuffled[i][x], shuffled[i][y] = shuffled[i][y], shuffled[i][x] })
		}
		for i, name := range namesOf(shuffled, was) {
			if name != names[order[i]] {
				t.Fatalf("seed %d: in another order: %v, %v", seed, names, shuffled)
			}
		}
	}
}

// slowNames gives the names that clusters keep, "" for new ones, straight from
// the words of the rule.
func slowNames(groups [][]string, before *Clustering) []string {
	names := make([]string, len(groups))
	olds := map[string][]Clustered{}
	for _, r := range before.Rows {
		olds[r.Cluster] = append(olds[r.Cluster], r)
	}
	goesTo := func(members []Clustered) int {
		for _, r := range members {
			for c, ids := range groups {
				if r.Kept && slices.Contains(ids, r.ID) {
					return c
				}
			}
		}
		best, most := -1, 0
		for c, ids := range groups {
			n := 0
			for _, r := range members {
				if slices.Contains(ids, r.ID) {
					n++
				}
			}
			if n > most || n == most && n > 0 && slices.Min(ids) < slices.Min(groups[best]) {
				best, most = c, n
			}
		}
		return best
	}
	for name, members := range olds {
		c := goesTo(members)
		if c < 0 {
			continue
		}
		if now := names[c]; now == "" || len(members) > len(olds[now]) || len(members) == len(olds[now]) && name < now {
			names[c] = name
		}
	}
	return names
}

// BenchmarkClusterNames names a million records, two of a hundred in one group,
// in a first run and in a second.
func BenchmarkClusterNames(b *testing.B) {
	ids := make([]string, 1_000_000)
	cluster := make([]int32, len(ids))
	for r := range ids {
		ids[r] = fmt.Sprintf("%016x", uint64(r+1)*0x9E3779B97F4A7C15)
		cluster[r] = int32(r - (r+99)/100)
	}
	before, names := &Clustering{}, clusterNames(cluster, ids, nil)
	for r, c := range cluster {
		before.Rows = append(before.Rows, Clustered{Row: r + 1, ID: ids[r], Cluster: names[c], Kept: r == 0 || c != cluster[r-1]})
	}
	for name, was := range map[string]map[string]member{"first": nil, "second": known(before)} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				clusterNames(cluster, ids, was)
			}
		})
	}
}
