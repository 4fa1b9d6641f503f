package pipeline_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/unecho/unecho/dedupe"
	"github.com/unecho/unecho/pipeline"
	"github.com/unecho/unecho/pipeline/record"
)

// listOf reads a list of lines and gives its ids.
func listOf(t *testing.T, o *pipeline.Options, lines ...string) (*pipeline.List, []string) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "list.csv")
	if err := os.WriteFile(name, []byte(strings.Join(lines, "\n")+"\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	o.Inputs = []string{name}
	list, err := pipeline.Read(t.Context(), *o)
	if err != nil {
		t.Fatal(err)
	}
	return list, record.IDs(list.Columns, list.Cells)
}

func match(t *testing.T, list *pipeline.List, o pipeline.Options) *pipeline.Found {
	t.Helper()
	found, err := pipeline.Match(t.Context(), list, o)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// talks are three copies of one title, another and its copy, and fillers.
var talks = []string{
	"title,speaker",
	"Event delivery in the cloud,Ann Lee",
	"Event delivery in the cloud,Ann Lee",
	"Spotify – Event Delivery in the Cloud!,Ann Lee",
	"A garden for the winter months and for those that come after them,Bob Ray",
	"A Garden for the Winter Months and for Those that Come After Them,Bob Ray",
	"Lanterns of the old harbour,Eve Fox",
	"Copper and how to mine it,Dan Oak",
	"Falcons over the meadow,Kim Ash",
}

// A decision about records in other words joins them and all their copies: a
// "same" never parts what the evidence holds together.
func TestSameJoinsTheCopiesToo(t *testing.T) {
	for _, balanced := range []bool{false, true} {
		o := pipeline.Options{Balanced: balanced, Keep: dedupe.KeepLongest}
		list, ids := listOf(t, &o, talks...)
		o.Decisions = []pipeline.Decision{{A: ids[1], B: ids[4], Says: pipeline.SaysSame}}
		found := match(t, list, o)
		for r := range 5 {
			if found.Cluster[r] != 0 {
				t.Errorf("balanced %v: row %d is in cluster %d: %q", balanced, r+1, found.Cluster[r], found.Reason[r])
			}
		}
		if !found.Settled || found.Cluster[5] == 0 {
			t.Errorf("balanced %v: settled %v, clusters %v", balanced, found.Settled, found.Cluster)
		}
	}
}

// Records that are equal in every field stay apart where a person told them
// apart, in every pass, whether the search knew it or not; and a third that
// equals both does not bring them together.
func TestEqualRecordsToldApart(t *testing.T) {
	for _, says := range []pipeline.Says{pipeline.SaysDifferent, pipeline.SaysRelated} {
		for _, balanced := range []bool{false, true} {
			o := pipeline.Options{Balanced: balanced}
			list, ids := listOf(t, &o, slices.Replace(slices.Clone(talks), 3, 4, "Event Delivery in the Cloud!,Ann Lee")...)
			searched, err := pipeline.Prepare(t.Context(), list, o)
			if err != nil {
				t.Fatal(err)
			}
			o.Decisions = []pipeline.Decision{{A: ids[0], B: ids[1], Says: says}}
			found, err := pipeline.MatchPrepared(t.Context(), searched, o)
			if err != nil {
				t.Fatal(err)
			}
			a, b := found.Cluster[0], found.Cluster[1]
			if a == b || found.Cluster[2] != a && found.Cluster[2] != b {
				t.Errorf("%s, balanced %v: clusters %v", says, balanced, found.Cluster)
			}
			named := slices.ContainsFunc(found.Links, func(l record.Link) bool {
				x, y := int(found.Survivor[0]), int(found.Survivor[1])
				return l.Band == record.Related && l.A == min(x, y) && l.B == max(x, y)
			})
			if named != (says == pipeline.SaysRelated) {
				t.Errorf("%s, balanced %v: named as related %v", says, balanced, named)
			}
			asked := slices.ContainsFunc(found.Links, func(l record.Link) bool {
				x, y := found.Cluster[l.A], found.Cluster[l.B]
				return l.Band == record.Review && (x == a && y == b || x == b && y == a)
			})
			if asked {
				t.Errorf("%s, balanced %v: what was decided is asked", says, balanced)
			}
		}
	}
}

// Decisions are obeyed over chains, in all passes, and no result depends on
// their order.
func TestDecisionsHoldOverPasses(t *testing.T) {
	rng := rand.New(rand.NewPCG(41, 43))
	decided, deep := 0, 0
	for i := range 60 {
		o := pipeline.Options{Balanced: i%4 == 3}
		list, ids := listOf(t, &o, strings.Split(strings.TrimSpace(randomList(rng)), "\n")...)
		if o.Decisions = decide(rng, ids); len(o.Decisions) == 0 {
			continue
		}
		found, err := pipeline.Match(t.Context(), list, o)
		var conflict *dedupe.Conflict
		if errors.As(err, &conflict) {
			continue // a chain of "same" between two that were told apart
		}
		if err != nil {
			t.Fatal(err)
		}
		decided++
		if found.Passes() > 2 {
			deep++
		}
		for _, d := range o.Decisions {
			a, b := found.Cluster[slices.Index(ids, d.A)], found.Cluster[slices.Index(ids, d.B)]
			if (a == b) != (d.Says == pipeline.SaysSame) {
				t.Errorf("list %d: %s and %s were said to be %s, yet are in clusters %d and %d", i, d.A, d.B, d.Says, a, b)
			}
		}
		rng.Shuffle(len(o.Decisions), func(i, j int) { o.Decisions[i], o.Decisions[j] = o.Decisions[j], o.Decisions[i] })
		if again := match(t, list, o); fmt.Sprint(again.Cluster, again.Links) != fmt.Sprint(found.Cluster, found.Links) {
			t.Errorf("list %d: the order of decisions changes the result", i)
		}
	}
	if decided < 30 || deep == 0 {
		t.Errorf("%d lists, %d with a third pass: too few to tell", decided, deep)
	}
}

// decide says something about pairs of records, in chains.
func decide(rng *rand.Rand, ids []string) (decisions []pipeline.Decision) {
	says := []pipeline.Says{pipeline.SaysSame, pipeline.SaysDifferent, pipeline.SaysRelated, pipeline.SaysDifferent}
	last := rng.IntN(len(ids))
	for range rng.IntN(16) {
		next := rng.IntN(len(ids))
		if next != last {
			decisions = append(decisions, pipeline.Decision{A: ids[last], B: ids[next], Says: says[rng.IntN(len(says))]})
		}
		last = next
	}
	slices.SortFunc(decisions, func(x, y pipeline.Decision) int { return strings.Compare(x.A+x.B, y.A+y.B) })
	return decisions
}

// A decision about a record that has left the list is told of, and does
// nothing; one that says nothing known is an error; a chain that contradicts
// itself is a conflict.
func TestDecisionsThatCannotBeUsed(t *testing.T) {
	o := pipeline.Options{}
	list, ids := listOf(t, &o, talks...)
	want := match(t, list, o).Cluster
	o.Decisions = []pipeline.Decision{{A: ids[0], B: "gone", Says: pipeline.SaysSame}, {A: ids[3], B: ids[3], Says: pipeline.SaysDifferent}}
	if found := match(t, list, o); !slices.Equal(found.Unused, o.Decisions) || !slices.Equal(found.Cluster, want) {
		t.Errorf("unused %v, clusters %v, without decisions %v", found.Unused, found.Cluster, want)
	}
	o.Decisions = []pipeline.Decision{{A: ids[0], B: ids[3], Says: "perhaps"}}
	var told *pipeline.Error
	if _, err := pipeline.Match(t.Context(), list, o); !errors.As(err, &told) {
		t.Errorf("an unknown decision: %v", err)
	}
	o.Decisions = []pipeline.Decision{
		{A: ids[0], B: ids[3], Says: pipeline.SaysSame}, {A: ids[3], B: ids[5], Says: pipeline.SaysSame}, {A: ids[5], B: ids[0], Says: pipeline.SaysDifferent}}
	var conflict *dedupe.Conflict
	if _, err := pipeline.Match(t.Context(), list, o); !errors.As(err, &conflict) || len(conflict.Chain) != 3 {
		t.Errorf("a contradiction: %v", err)
	}
}
