package pipeline_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/unecho/unecho/pipeline"
)

// seed gives the shared listing, or nothing where it is absent.
func seed(t *testing.T) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join("..", "..", "shared", "seed", "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// again cleans a list and then what was written of it, and holds the second
// run to removing and changing nothing. It gives the first report.
func again(t *testing.T, what string, o pipeline.Options) *pipeline.Report {
	t.Helper()
	report, files := run(t, o)
	for _, kind := range o.Writes {
		cleanAgain(t, what, kind, report, files, o)
	}
	return report
}

func cleanAgain(t *testing.T, what string, kind pipeline.Kind, report *pipeline.Report, files map[string][]byte, o pipeline.Options) {
	t.Helper()
	clean := filepath.Join(t.TempDir(), "list."+string(kind))
	if err := os.WriteFile(clean, ending(files, ".clean."+string(kind)), 0o666); err != nil {
		t.Fatal(err)
	}
	what += ", from " + string(kind)
	o.Inputs, o.Writes = []string{clean}, []pipeline.Kind{pipeline.CSV}
	second, twice := run(t, o)
	switch {
	case second.Records.Read != report.Records.Kept:
		t.Errorf("%s: %d kept, but %d read from the clean list", what, report.Records.Kept, second.Records.Read)
	case second.Records.Removed != 0:
		t.Errorf("%s: %d removed from the clean list, such as %+v", what, second.Records.Removed, second.Examples[0])
	case !bytes.Equal(ending(twice, ".clean.csv"), ending(files, ".clean.csv")):
		t.Errorf("%s: the clean list changed", what)
	case second.Review != report.Review:
		t.Errorf("%s: %d questions, %d about the clean list", what, report.Review, second.Review)
	}
}

// Cleaning a cleaned list at the default removes nothing, and gives the same list, whichever
// of its forms is read.
func TestCleanIsIdempotent(t *testing.T) {
	passes := 0
	for _, name := range append(samples(t), seed(t)...) {
		for _, keep := range []bool{false, true} {
			o := pipeline.Options{Inputs: []string{name}, KeepText: keep, Writes: pipeline.Kinds[:]}
			r := again(t, fmt.Sprintf("%s, text kept %v", name, keep), o)
			passes = max(passes, r.Passes)
		}
	}
	t.Logf("%d passes at most", passes)
}

// randomList writes titles in few words, again and again with brands, slips,
// numbers and excerpts, so that each pass changes what the next one sees.
func randomList(rng *rand.Rand) string {
	words := strings.Fields("cloud road event delivery flaky tests life data lake queue stream search index cache graph photo music radio tower river stone night garden")
	pick := func() string { return words[rng.IntN(len(words))] }
	title := func() string {
		var w []string
		for range 2 + rng.IntN(4) {
			w = append(w, pick())
		}
		return strings.Join(w, " ")
	}
	rows := []string{"title,excerpt,year"}
	for range 5 + rng.IntN(25) {
		first, excerpt, year := title(), "", 2000+rng.IntN(4)
		if rng.IntN(2) == 0 {
			excerpt = strings.Join([]string{title(), title(), title(), title()}, " ")
		}
		for range 1 + rng.IntN(4) {
			t := first
			switch rng.IntN(8) {
			case 0:
				t = "Spotify – " + t
			case 1:
				t += " | The Signal"
			case 2:
				t += fmt.Sprintf(" (%d)", year)
			case 3:
				t = t[:len(t)-1]
			case 4:
				t += " " + pick()
			case 5:
				t = strings.ToUpper(t)
			case 6:
				t += fmt.Sprintf(" Part %d", 1+rng.IntN(2))
			}
			rows = append(rows, fmt.Sprintf("%s,%s,%d", t, excerpt, year))
		}
	}
	return strings.Join(rows, "\n") + "\n"
}

// The same of random lists.
func TestCleanIsIdempotentOnRandomLists(t *testing.T) {
	rng := rand.New(rand.NewPCG(17, 23))
	deep := 0
	for i := range 40 {
		name := filepath.Join(t.TempDir(), "list.csv")
		if err := os.WriteFile(name, []byte(randomList(rng)), 0o666); err != nil {
			t.Fatal(err)
		}
		o := pipeline.Options{Inputs: []string{name}, Writes: []pipeline.Kind{pipeline.CSV}}
		if i%5 == 4 {
			o.Keep = "first"
		}
		r := again(t, fmt.Sprintf("list %d", i), o)
		if r.Passes > 2 {
			deep++
		}
		for _, e := range r.Examples {
			if e.Survivor == e.Row || !strings.HasPrefix(e.Reason, fmt.Sprintf("repeat of row %d", e.Survivor)) {
				t.Errorf("list %d: row %d stands for row %d: %s", i, e.Survivor, e.Row, e.Reason)
			}
			if strings.Contains(e.Reason, "decision") {
				t.Errorf("list %d: nobody decided, yet: %s", i, e.Reason)
			}
		}
	}
	if deep == 0 {
		t.Error("no list needed a third pass, so joining passes was not tested")
	}
}

// Records of one list never share a cluster, not even over what stands for
// them.
func TestAcrossHoldsOverPasses(t *testing.T) {
	rng := rand.New(rand.NewPCG(29, 31))
	for i := range 25 {
		lines := strings.Split(strings.TrimSpace(randomList(rng)), "\n")
		lists := make([]string, len(lines))
		lines[0] += ",list"
		for r := range lines[1:] {
			lists[r] = string(rune('a' + rng.IntN(3)))
			lines[r+1] += "," + lists[r]
		}
		name := filepath.Join(t.TempDir(), "list.csv")
		if err := os.WriteFile(name, []byte(strings.Join(lines, "\n")), 0o666); err != nil {
			t.Fatal(err)
		}
		o := pipeline.Options{Inputs: []string{name}, Balanced: true, Writes: []pipeline.Kind{pipeline.CSV}}
		o.Columns.Across = "list"
		list, err := pipeline.Read(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		found, err := pipeline.Match(t.Context(), list, o)
		if err != nil {
			t.Fatal(err)
		}
		if !found.Settled {
			t.Errorf("list %d did not settle in %d passes", i, found.Passes())
		}
		var seen []string
		for r, c := range found.Cluster {
			key := fmt.Sprint(c, lists[r])
			if slices.Contains(seen, key) {
				t.Fatalf("list %d: two records of %s in cluster %d", i, lists[r], c)
			}
			seen = append(seen, key)
		}
	}
}
