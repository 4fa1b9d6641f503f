package pipeline

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/unecho/unecho/pipeline/review"
)

func TestCompare(t *testing.T) {
	g := func(ids string) []string { return strings.Fields(ids) }
	first := runOf([]string{"c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9"}, g("a b"), g("c"), g("d e"), g("f g"), g("h i"), g("j k"), g("l m"), g("n o"), g("p"))
	second := runOf([]string{"c1", "c3", "c3b", "c4", "c5", "c6", "n", "m", "q", "z"}, g("a b c"), g("d"), g("e"), g("f g x"), g("h"), g("j k2"), g("y z"), g("n o"), g("q"), g("p"))
	got := Compare(first, second, map[string]string{"c": "The sea"}, nil)
	var told []string
	for _, c := range got.Changes {
		told = append(told, fmt.Sprint(c.Became, c.Old, c.New, c.Size))
	}
	want := []string{"joined[c1 c2] [c1] 3", "split[c3] [c3 c3b] 2", "grown[c4] [c4] 3", "shrunk[c5] [c5] 2", "changed[c6] [c6] 3", "new[] [n] 2", "gone[c7] [] 2"}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Error(diff)
	}
	if got.Groups[Unchanged] != 1 || got.Entries != (EntryCounts{Unchanged: 1, New: 1}) || got.Equal() {
		t.Errorf("%+v %+v", got.Groups, got.Entries)
	}
	if by := got.Changes[0].By; len(by) != 1 || by[0] != "“The sea”: " {
		t.Errorf("by %q", by)
	}
}

func TestCompareNamesDecisions(t *testing.T) {
	at := time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC)
	say := func(kind review.Kind, a, b string) review.Decision {
		return review.Decision{Kind: kind, A: review.Ref{ID: a, Text: "A"}, B: review.Ref{ID: b, Text: "B"}, By: "ann", At: at}.Sealed()
	}
	ledger := &review.Ledger{Decisions: []review.Decision{say(review.Same, "a", "b"), say(review.Different, "c", "d"), say(review.Same, "e", "f")}}
	got := Compare(runOf([]string{"ca", "cb", "cc", "ce"}, []string{"a"}, []string{"b"}, []string{"c", "d"}, []string{"e", "f"}),
		runOf([]string{"ca", "cc", "cd", "ce"}, []string{"a", "b"}, []string{"c"}, []string{"d"}, []string{"e", "f"}), nil, ledger)
	var by []string
	for _, c := range got.Changes {
		by = append(by, string(c.Became)+": "+c.By[0])
	}
	want := []string{`joined: ann said "same" of “A” and “B” on 2026-11-25`, `split: ann said "different" of “A” and “B” on 2026-11-25`}
	if diff := cmp.Diff(want, by); diff != "" {
		t.Error(diff)
	}
}

// What one comparison calls joined, that of the two runs the other way round
// calls split, and so on; a run equals itself; the order of lines is nothing.
func TestLawsOfCompare(t *testing.T) {
	back := map[Became]Became{Joined: Split, Split: Joined, Grown: Shrunk, Shrunk: Grown, New: Gone, Gone: New, Regrouped: Regrouped, Changed: Changed, Unchanged: Unchanged}
	for seed := range uint64(1000) {
		rng := rand.New(rand.NewPCG(seed, 2))
		ids := make([]string, 3+rng.IntN(12))
		for i := range ids {
			ids[i] = fmt.Sprintf("%02d", i)
		}
		a, b := drawn(rng, ids[rng.IntN(2):]), drawn(rng, ids[:len(ids)-rng.IntN(2)])
		first := runOf(namesOf(a, nil), a...)
		second := runOf(namesOf(b, known(first)), b...)
		if same := Compare(first, first, nil, nil); !same.Equal() {
			t.Fatalf("seed %d: a run is not equal to itself: %+v", seed, same)
		}
		there, andBack := Compare(first, second, nil, nil), Compare(second, first, nil, nil)
		members := 0
		for kind, n := range there.Groups {
			if andBack.Groups[back[kind]] != n {
				t.Fatalf("seed %d: %d %s there, %d %s back", seed, n, kind, andBack.Groups[back[kind]], back[kind])
			}
		}
		for _, c := range there.Changes {
			members += c.Size
		}
		if members+there.Entries.Unchanged+there.Entries.New+there.Entries.Gone > len(ids) {
			t.Fatalf("seed %d: a record is told twice: %+v", seed, there)
		}
		rng.Shuffle(len(second.Rows), func(i, j int) { second.Rows[i], second.Rows[j] = second.Rows[j], second.Rows[i] })
		if diff := cmp.Diff(there.Changes, Compare(first, second, nil, nil).Changes, cmp.AllowUnexported(RegroupedPart{})); diff != "" {
			t.Fatalf("seed %d: in another order: %s", seed, diff)
		}
	}
}

func TestReadClusteringNamesTheLine(t *testing.T) {
	for text, want := range map[string]string{
		"":       ":1: this is no list of clusters",
		"a,b\n1": ":1: this is no list of clusters",
		clustersHeader + "\n1,a,c,true,1,1.0,kept\nx,a,c,true,1,1.0,kept\n": `:3: row "x" is no number`,
		clustersHeader + "\n1,a,c,true,x,1.0,kept\n":                        `:2: survivor "x" is no row`,
		clustersHeader + "\n1,,c,true,1,1.0,kept\n":                         ":2: the id of the record",
		clustersHeader + "\n1,a\n":                                          ":2: wrong number of fields",
	} {
		path := filepath.Join(t.TempDir(), "x.clusters.csv")
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		_, err := ReadClustering(path)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}
