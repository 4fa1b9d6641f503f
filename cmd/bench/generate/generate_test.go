package generate

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"testing"
)

// made writes a list and its truth.
func made(t *testing.T, l List) (rows [][]string, things []string, sum uint64) {
	t.Helper()
	var list, truth bytes.Buffer
	if err := l.Write(&list, &truth); err != nil {
		t.Fatal(err)
	}
	h := fnv.New64a()
	h.Write(list.Bytes())
	h.Write(truth.Bytes())
	rows, err := csv.NewReader(&list).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	pairs, err := csv.NewReader(&truth).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range pairs[1:] {
		if p[0] != fmt.Sprint(i+1) {
			t.Fatalf("line %d of the truth is of row %s", i+1, p[0])
		}
		things = append(things, p[1])
	}
	return rows[1:], things, h.Sum64()
}

func TestSameSeedSameBytes(t *testing.T) {
	base := MadeTitles(1_000, 5)
	for name, list := range map[string]func(seed uint64) List{
		"titles":     func(seed uint64) List { return Titles(base, 10_000, 20, seed) },
		"lookalikes": func(seed uint64) List { return Lookalikes(base, 10_000, 10, seed) },
		"people":     func(seed uint64) List { return People(10_000, 10, seed) },
		"products":   func(seed uint64) List { return Products(10_000, 10, seed) },
	} {
		rows, things, first := made(t, list(1))
		_, _, again := made(t, list(1))
		_, _, other := made(t, list(2))
		if first != again || first == other {
			t.Errorf("%s: %x, again %x, with another seed %x", name, first, again, other)
		}
		if len(rows) != 10_000 || len(things) != 10_000 {
			t.Errorf("%s: %d rows, %d things", name, len(rows), len(things))
		}
	}
}

// TestTruth holds that the truth names as many repeats as were asked for, that
// no repeat reads like a row before it to the letter, and that things differ.
func TestTruth(t *testing.T) {
	base := Apart(MadeTitles(20_000, 5))
	for name, list := range map[string]List{
		"titles":   Titles(base, 10_000, 10, 1),
		"people":   People(10_000, 10, 1),
		"products": Products(10_000, 10, 1),
	} {
		rows, things, _ := made(t, list)
		first, text := map[string]int{}, map[string]string{}
		repeats, letters := 0, 0
		for i, row := range rows {
			line := strings.Join(row, "\x00")
			if _, seen := first[things[i]]; seen {
				repeats++
			}
			if before, seen := text[line]; seen && before == things[i] {
				letters++
			} else if seen {
				t.Errorf("%s: %q stands for the things %s and %s", name, row, before, things[i])
			}
			first[things[i]], text[line] = i, things[i]
		}
		if repeats < 800 || repeats > 1_200 {
			t.Errorf("%s: %d repeats of 10,000", name, repeats)
		}
		if letters > 50 {
			t.Errorf("%s: %d repeats are equal to the letter", name, letters)
		}
	}
}

// TestTitlesBeginWithTheBase holds that the titles given come first, as they
// stand and in their order, and that what follows is made of their words.
func TestTitlesBeginWithTheBase(t *testing.T) {
	base := MadeTitles(500, 5)
	rows, _, _ := made(t, Titles(base, 1_000, 0, 1))
	seen := map[string]bool{}
	for i, row := range rows {
		if i < len(base) && row[0] != base[i] {
			t.Errorf("row %d is %q, not %q", i+1, row[0], base[i])
		}
		if seen[row[0]] {
			t.Errorf("row %d stands twice: %q", i+1, row[0])
		}
		seen[row[0]] = true
	}
}

func TestApart(t *testing.T) {
	got := Apart([]string{
		"The long way to the sea", "the long way to the Sea!", "The long way to the mountains", "Way long",
		"A short road into the hills", "Into the hills, a road", "The long and winding way to sea",
	})
	want := []string{"The long way to the sea", "A short road into the hills", "The long and winding way to sea"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestHostileShapes(t *testing.T) {
	for _, s := range Hostile() {
		rows, things, _ := made(t, s.Make(100))
		if want := map[bool]int{true: 1, false: 100}[s.Name == "one record"]; len(rows) != want || len(things) != want {
			t.Errorf("%s: %d rows", s.Name, len(rows))
		}
		longest := 0
		for _, row := range rows {
			longest = max(longest, len(row[0]))
		}
		if (longest > 1_000_000) != (s.Name == "one title of a megabyte") {
			t.Errorf("%s: the longest title has %d bytes", s.Name, longest)
		}
	}
}

// TestDifferently holds that a repeat is never the same text, never empty, and
// keeps the numbers of what it repeats.
func TestDifferently(t *testing.T) {
	d := newDice(1)
	for i, text := range append(MadeTitles(2_000, 9), "Me", "?!", "日本語", "a b c d", "TIL 7 of 9") {
		got := differently(text, d.at(i))
		if got == text || got == "" {
			t.Errorf("%q → %q", text, got)
		}
		for _, w := range strings.Fields(text) {
			if strings.ContainsAny(w, "0123456789") && !strings.Contains(got, w) {
				t.Errorf("%q → %q: %s is gone", text, got, w)
			}
		}
	}
}

func BenchmarkTitles(b *testing.B) {
	base := MadeTitles(10_000, 5)
	b.ReportAllocs()
	for b.Loop() {
		for range Titles(base, 100_000, 20, 1).Rows {
		}
	}
	b.ReportMetric(100_000*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
