package evaluate_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/unecho/unecho/pipeline/evaluate"
)

// slow scores by listing every pair and walking every cluster, as the
// definitions are worded.
func slow(truth, found, sources []int32) evaluate.Scores {
	n := len(truth)
	s := evaluate.Scores{Records: n, CrossSource: sources != nil}
	for i := range n {
		for j := range i {
			if sources != nil && sources[i] == sources[j] {
				continue
			}
			tally(&s.Pairs, found[i] == found[j], truth[i] == truth[j])
		}
	}
	seen, trues := map[int32]map[int32]bool{}, map[int32]bool{}
	for i := range n {
		before := seen[found[i]]
		if before == nil {
			before = map[int32]bool{}
			seen[found[i]] = before
		} else {
			tally(&s.Surplus, true, before[truth[i]])
		}
		before[truth[i]], trues[truth[i]] = true, true
	}
	s.Surplus.FN = int64(n-len(trues)) - s.Surplus.TP
	s.PredictedClusters, s.TrueClusters = len(seen), len(trues)
	s.BCubed = slowBCubed(truth, found)
	finish(&s.Pairs)
	finish(&s.Surplus)
	return s
}

func tally(c *evaluate.Counts, found, same bool) {
	switch {
	case found && same:
		c.TP++
	case found:
		c.FP++
	case same:
		c.FN++
	}
}

func slowBCubed(truth, found []int32) evaluate.Rates {
	var precision, recall float64
	for i := range truth {
		var both, f, t float64
		for j := range truth {
			if found[i] == found[j] {
				f++
			}
			if truth[i] == truth[j] {
				t++
			}
			if found[i] == found[j] && truth[i] == truth[j] {
				both++
			}
		}
		precision += both / f
		recall += both / t
	}
	n := float64(len(truth))
	return evaluate.Rates{Precision: precision / n, Recall: recall / n, F1: harmonic(precision/n, recall/n)}
}

func finish(c *evaluate.Counts) {
	c.Precision, c.Recall = 1, 1
	if c.TP+c.FP > 0 {
		c.Precision = float64(c.TP) / float64(c.TP+c.FP)
	}
	if c.TP+c.FN > 0 {
		c.Recall = float64(c.TP) / float64(c.TP+c.FN)
	}
	c.F1 = harmonic(c.Precision, c.Recall)
}

func harmonic(p, r float64) float64 {
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

var near = cmp.Comparer(func(x, y float64) bool { return math.Abs(x-y) < 1e-12 })

func random(rng *rand.Rand, n, labels int) []int32 {
	out := make([]int32, n)
	for i := range out {
		out[i] = int32(rng.IntN(labels)) - 2 // labels may be any number
	}
	return out
}

func TestScoreEqualsListingEveryPair(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 7))
	for range 2000 {
		n := 1 + rng.IntN(30)
		truth, found, sources := random(rng, n, 1+rng.IntN(8)), random(rng, n, 1+rng.IntN(8)), random(rng, n, 1+rng.IntN(3))
		if rng.IntN(2) == 0 {
			sources = nil
		}
		if diff := cmp.Diff(slow(truth, found, sources), evaluate.Score(truth, found, sources), near); diff != "" {
			t.Fatalf("truth %v found %v sources %v (-slow +fast):\n%s", truth, found, sources, diff)
		}
	}
}

func TestScoreWhereThereIsNothing(t *testing.T) {
	for _, test := range []struct {
		name         string
		truth, found []int32
	}{{"no records", nil, nil}, {"no repeats, none found", []int32{1, 2, 3}, []int32{4, 5, 6}}} {
		s := evaluate.Score(test.truth, test.found, nil)
		if s.Pairs.F1 != 1 || s.Surplus.F1 != 1 || s.BCubed.F1 != 1 {
			t.Errorf("%s: %+v", test.name, s)
		}
	}
	if s := evaluate.Score([]int32{0, 0, 0}, []int32{1, 2, 3}, nil); s.Pairs.Recall != 0 || s.Surplus.FN != 2 || s.Pairs.F1 != 0 {
		t.Errorf("all missed: %+v", s)
	}
}

// TestScoreEqualsScorePy holds the definitions to the script that the labelled
// lists came with.
func TestScoreEqualsScorePy(t *testing.T) {
	script := shared(t, "check", "score.py")
	if _, err := exec.LookPath("python3"); err != nil {
		t.Skip("python3 is not there: score.py cannot be run")
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for round, cross := range []bool{false, true} {
		const n = 500
		truth, found, sources := random(rng, n, 90), random(rng, n, 90), random(rng, n, 3)
		dir := t.TempDir()
		records := write(t, dir, "records.csv", "id,source", n, func(i int) string { return fmt.Sprint("r", i, ",", sources[i]) })
		known := write(t, dir, "truth.csv", "id,cluster", n, func(i int) string { return fmt.Sprint("r", i, ",", truth[i]) })
		predicted := write(t, dir, "predicted.csv", "id,cluster", n, func(i int) string { return fmt.Sprint("r", i, ",", found[i]) })
		mode := "--all"
		if cross {
			mode = "--cross"
		} else {
			sources = nil
		}
		out, err := exec.Command("python3", script, records, known, predicted, "--json", mode).Output()
		if err != nil {
			t.Fatal(err)
		}
		var want evaluate.Scores
		if err := json.Unmarshal(out, &want); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, evaluate.Score(truth, found, sources), near); diff != "" {
			t.Errorf("round %d (-score.py +ours):\n%s", round, diff)
		}
	}
}

func write(t *testing.T, dir, name, header string, n int, line func(int) string) string {
	t.Helper()
	var b strings.Builder
	fmt.Fprintln(&b, header)
	for i := range n {
		fmt.Fprintln(&b, line(i))
	}
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// shared finds a file of the read-only material beside the project, or skips.
func shared(t *testing.T, parts ...string) string {
	t.Helper()
	root, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			break
		}
		if root == filepath.Dir(root) {
			t.Fatal("no go.mod above the test")
		}
		root = filepath.Dir(root)
	}
	path := filepath.Join(append([]string{root, "..", "shared"}, parts...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("%s is not there: nothing to compare with", filepath.Join(parts...))
	}
	return path
}

func TestTruthOfEveryLabelledListCanBeRead(t *testing.T) {
	root := shared(t, "datasets")
	files, _ := filepath.Glob(filepath.Join(root, "*", "truth.csv"))
	more, _ := filepath.Glob(filepath.Join(root, "*", "*", "truth.csv"))
	for _, path := range append(files, more...) {
		table, err := os.Open(filepath.Join(filepath.Dir(path), "records.csv"))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(table).ReadAll()
		table.Close()
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, row := range rows[1:] {
			ids = append(ids, row[0])
		}
		truth, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		labels, err := evaluate.ReadTruth(truth, path, ids)
		truth.Close()
		if err != nil || len(labels) != len(ids) {
			t.Errorf("%s: %d labels for %d ids, %v", path, len(labels), len(ids), err)
		}
	}
}

func BenchmarkScore(b *testing.B) {
	rng := rand.New(rand.NewPCG(3, 4))
	truth, found := random(rng, 1_000_000, 800_000), random(rng, 1_000_000, 800_000)
	for b.Loop() {
		evaluate.Score(truth, found, nil)
	}
}
