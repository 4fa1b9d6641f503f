package record_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/unecho/unecho/pipeline/record"
)

func columns(names ...string) []record.Column {
	out := make([]record.Column, len(names))
	for i, n := range names {
		out[i].Name = n
	}
	return out
}

func ExampleIDs() {
	cells := []string{
		"Dune", "1965",
		"Emma", "1815",
		"Dune", "1965",
	}
	ids := record.IDs(columns("title", "year"), cells)
	fmt.Println(ids[2] == ids[0]+"-2", ids[0] != ids[1], len(ids[0]))
	fmt.Println(record.ClusterID([]string{ids[2], ids[0]}) == "c"+ids[0])
	// Output:
	// true true 16
	// true
}

// An id is a promise to files that are already written: it must never change.
func TestIDsNeverChange(t *testing.T) {
	got := record.IDs(columns("title", "year"), []string{"Dune", "1965"})[0]
	if want := "jewysb6wnnax6w5c"; got != want {
		t.Errorf("id of Dune (1965) is %s, and was %s in every version before", got, want)
	}
}

func TestIDsLast(t *testing.T) {
	plain := record.IDs(columns("title", "year"), []string{"Dune", "1965"})[0]
	for what, ids := range map[string][]string{
		"columns moved":      record.IDs(columns("year", "title"), []string{"1965", "Dune"}),
		"blank column added": record.IDs(columns("title", "note", "year"), []string{"Dune", " ", "1965"}),
		"another place":      record.IDs(columns("title", "year"), []string{"Emma", "1815", "Dune", "1965"})[1:],
	} {
		if ids[0] != plain {
			t.Errorf("%s: id %s, want %s", what, ids[0], plain)
		}
	}
	for what, ids := range map[string][]string{
		"value":          record.IDs(columns("title", "year"), []string{"Dune", "1966"}),
		"name":           record.IDs(columns("title", "born"), []string{"Dune", "1965"}),
		"where it stood": record.IDs(columns("title", "year"), []string{"1965", "Dune"}),
		"cut":            record.IDs(columns("title", "year"), []string{"Dune1", "965"}),
	} {
		if ids[0] == plain {
			t.Errorf("another %s gives the same id", what)
		}
	}
}

func TestIDsOfColumnsWithOneName(t *testing.T) {
	a := record.IDs(columns("author", "author"), []string{"Pratchett", "Gaiman"})[0]
	b := record.IDs(columns("author", "author"), []string{"Gaiman", "Pratchett"})[0]
	if a != b {
		t.Errorf("ids %s and %s for the same two authors", a, b)
	}
}

func TestIDsAreUnique(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	cells := make([]string, 30_000)
	for i := range cells {
		cells[i] = fmt.Sprint(rng.IntN(100))
	}
	seen := map[string]bool{}
	for _, id := range record.IDs(columns("a", "b", "c"), cells) {
		if seen[id] {
			t.Fatalf("id %s stands twice", id)
		}
		seen[id] = true
	}
	if len(seen) != 10_000 {
		t.Errorf("%d ids for 10,000 records", len(seen))
	}
}

func BenchmarkIDs(b *testing.B) {
	cells := make([]string, 100_000)
	for i := range cells {
		cells[i] = fmt.Sprintf("a title of about the usual length, number %d", i)
	}
	for b.Loop() {
		record.IDs(columns("title"), cells)
	}
}

// TestEqualRecordsAreCounted holds the counters to a count in a map.
func TestEqualRecordsAreCounted(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 9))
	for n := range 200 {
		cells := make([]string, n)
		for r := range cells {
			cells[r] = fmt.Sprint(rng.IntN(1 + rng.IntN(n)))
		}
		first, seen := make(map[string]string), make(map[string]int)
		for r, id := range record.IDs(columns("title"), cells) {
			seen[cells[r]]++
			want := id
			if k := seen[cells[r]]; k > 1 {
				want = fmt.Sprintf("%s-%d", first[cells[r]], k)
			} else {
				first[cells[r]] = id
			}
			if id != want {
				t.Fatalf("record %d of %q: %s, want %s", r, cells, id, want)
			}
		}
		if distinct := slices.Compact(slices.Sorted(maps.Values(first))); len(distinct) != len(seen) {
			t.Fatalf("%d ids for %d different records", len(distinct), len(seen))
		}
	}
}
