package main

import (
	"bytes"
	"context"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/unecho/unecho/cmd/bench/generate"
)

var update = flag.Bool("update", false, "rewrite golden files")

// TestMain lets the test binary be the stopwatch and the floor too, as the
// command is.
func TestMain(m *testing.M) {
	if ran, err := aside(os.Args[1:]); ran {
		exit(err)
	}
	os.Exit(m.Run())
}

// tiny are the sizes of the tests.
var tiny = size{small: 50, million: 200, large: 500, records: 50, hostile: 50}

// TestQuick measures a few rows as the command does, in the project's folder.
func TestQuick(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and runs the command")
	}
	t.Chdir("../..")
	rows, err := choose(allRows(tiny), "entries,titles-100k,titles-10m,people,hostile-all", false)
	if err != nil {
		t.Fatal(err)
	}
	var words bytes.Buffer
	b := &bench{size: tiny, once: true, say: &words}
	defer b.close()
	if err := b.open(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	got, err := b.measure(t.Context(), rows)
	if err != nil {
		t.Fatalf("%v\n%s", err, &words)
	}
	if len(got.Rows) != 5 {
		t.Fatalf("%d rows", len(got.Rows))
	}
	for _, m := range got.Rows {
		if m.Wall <= 0 || m.CPU <= 0 || m.Runs != 1 || (m.Floor == nil) != (m.Name == "entries-28") {
			t.Errorf("%+v", m)
		}
	}
	if page := got.page(); !strings.Contains(page, "| 50 | titles |") || !strings.Contains(page, "| 500 | titles |") {
		t.Error(page)
	}
}

// TestStopwatch holds what is said of a program that ends badly, takes too
// long or takes too much.
func TestStopwatch(t *testing.T) {
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("no shell")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{dir: t.TempDir(), self: self, say: os.Stderr}
	for _, test := range []struct {
		script  string
		limit   time.Duration
		memory  int64
		stopped string
		exit    int
	}{
		{"exit 3", endless, boundless, "", 3},
		{"sleep 60 & sleep 60", 300 * time.Millisecond, boundless, "not done in 0.3 s", -1},
		{"sleep 60", endless, 1, "not done in 1e-09 GB", -1},
	} {
		began := time.Now()
		c, err := b.watched(t.Context(), test.limit, test.memory, os.Stdout, os.Stderr, "sh", "-c", test.script)
		if err != nil || c.Stopped != test.stopped || c.Exit != test.exit || time.Since(began) > 30*time.Second {
			t.Errorf("%s: %+v, %v", test.script, c, err)
		}
	}
}

func TestChoose(t *testing.T) {
	for _, test := range []struct {
		only  string
		peers bool
		want  int
		wrong string
	}{
		{"", true, 16, ""}, {"", false, 14, ""}, {"titles-1", true, 3, ""}, {"people,entries", true, 2, ""}, {"peers-100k", true, 1, ""},
		{"ponies", true, 0, "there is no such row; there are entries-28, titles-100k"}, {"peers", false, 0, "nothing to measure"},
	} {
		rows, err := choose(allRows(tiny), test.only, test.peers)
		if len(rows) != test.want || (err == nil) != (test.wrong == "") || err != nil && !strings.Contains(err.Error(), test.wrong) {
			t.Errorf("-only %q, peers %v: %d rows, %v", test.only, test.peers, len(rows), err)
		}
	}
}

func TestAccounted(t *testing.T) {
	for report, ok := range map[string]bool{
		`{"records": {"read": 9, "kept": 7, "removed": 2, "rejected": 0}, "review": 3}`: true,
		`{"records": {"read": 9, "kept": 7, "removed": 1, "rejected": 0}}`:              false,
		`{"records": {"read": 8, "kept": 7, "removed": 1, "rejected": 0}}`:              false,
		`{"records": {"read": 9, "kept": 7, "removed": 2, "rejected": 1}}`:              false,
		`{`: false,
	} {
		asked, err := accounted([]byte(report), 9)
		if (err == nil) != ok || ok && asked != 3 {
			t.Errorf("%s: %d asked, %v", report, asked, err)
		}
	}
}

func TestSample(t *testing.T) {
	from, to := filepath.Join(t.TempDir(), "list.txt"), filepath.Join(t.TempDir(), "first.txt")
	if err := os.WriteFile(from, []byte("One\n@a | 1 year ago\n\nTwo\n@b | 2 years ago\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := sample(from, to, 1); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(to); string(got) != "One\n@a | 1 year ago\n" {
		t.Errorf("%q", got)
	}
	if err := sample(from, to, 3); err == nil {
		t.Error("three of two entries, and no error")
	}
}

// fabricated is a table of every kind of row.
func fabricated() *table {
	of := func(wall float64, peak int64) cost { return cost{Wall: wall, CPU: wall * 1.5, Peak: peak, Runs: 2} }
	floor := func(wall float64) *cost { c := of(wall, 4e6); return &c }
	return &table{
		Machine: machine{Cores: 2, CPU: "Some CPU", Memory: 24e9, System: "linux/amd64", Go: "go1.26"},
		Real:    true,
		Rows: []measured{
			{Name: "entries-28", Work: "28 entries, whole command", Records: 28, cost: of(0.041, 28e6), Target: target{Seconds: 0.05, Peak: 30e6}},
			{Name: "titles-100k", Work: "titles", Records: 100_000, cost: of(1.1, 250e6), Floor: floor(0.05), Target: target{Seconds: 1.2, Peak: 200e6}},
			{Name: "titles-1m", Work: "titles", Records: 1_000_000, cost: of(12, 900e6), Floor: floor(0.5), Target: target{Floors: 25, Peak: 1e9}},
			{Name: "titles-10m", Work: "titles", Records: 10_000_000, cost: of(180, 7e9), Floor: floor(5), Target: target{Times: 12, Peak: 8e9}},
			{Name: "hostile-all-empty", Work: "hostile: all empty", Records: 1_000_000, cost: of(3, 300e6), Floor: floor(0.2)},
		},
		Peers: []answer{
			{Program: "unecho", Records: 100_000, cost: of(1.2, 200e6), Precision: 0.99, Recall: 0.35, F1: 0.517, Asked: 8_000},
			{Program: "unecho --balanced", Records: 100_000, cost: of(1, 200e6), Precision: 0.9, Recall: 0.9, F1: 0.9},
			{Program: "equals 1.0", Records: 100_000, cost: of(0.5, 100e6), Precision: 1, Recall: 0.01, F1: 0.0198},
			{Program: "quick 2.0", Records: 100_000, cost: of(6, 400e6), Precision: 0.8, Recall: 0.8, F1: 0.8},
			{Program: "slow 3.0", Records: 100_000, cost: of(60, 4e9), Precision: 0.85, Recall: 0.85, F1: 0.85},
			{Program: "broken 4.0", Records: 100_000, Note: "could not be installed"},
			{Program: "unecho --balanced", Records: 1_000_000, cost: of(10, 900e6), Precision: 0.9, Recall: 0.9, F1: 0.9},
			{Program: "quick 2.0", Records: 1_000_000, cost: of(40, 4e9), Precision: 0.95, Recall: 0.95, F1: 0.95},
			{Program: "slow 3.0", Records: 1_000_000, Note: "not done in 300 s"},
		},
	}
}

func TestPage(t *testing.T) {
	fab := fabricated()
	fab.judge()
	got, golden := fab.page(), filepath.Join("testdata", "table.md")
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got; rewritten by -update):\n%s", golden, diff)
	}
}

// TestVerdicts holds that a program that finds only what is equal is not the
// one to be compared with, and that both time and F1 are asked for.
func TestVerdicts(t *testing.T) {
	got := verdicts(fabricated().Peers)
	want := []verdict{
		{Records: 100_000, Fastest: "quick 2.0", Times: 6, F1: 0.9, Best: 0.85, Reached: true},
		{Records: 1_000_000, Fastest: "quick 2.0", Times: 4, F1: 0.9, Best: 0.95, Reached: false},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestReadLabels(t *testing.T) {
	file := filepath.Join(t.TempDir(), "answer.csv")
	for _, test := range []struct {
		text string
		want []int32
	}{
		{"cluster,row\na,1\nb,4\na,3\n", []int32{1, -2, 1, 2, -5}},
		{"row\n1\n", nil}, {"cluster,row\na,6\n", nil}, {"cluster,row\na,x\n", nil}, {"", nil},
	} {
		if err := os.WriteFile(file, []byte(test.text), 0o666); err != nil {
			t.Fatal(err)
		}
		got, err := readLabels(file, "row", "cluster", 5)
		if diff := cmp.Diff(test.want, got); diff != "" || (err == nil) != (test.want != nil) {
			t.Errorf("%q: %v\n%s", test.text, err, diff)
		}
	}
}

// TestPeersAreFixed holds that nothing is installed without a version, and that
// every program comes with a way to be used.
func TestPeersAreFixed(t *testing.T) {
	for _, p := range peers {
		needs, err := peersFiles.ReadFile("peers/" + p.file + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Fields(string(needs)) {
			if !strings.Contains(line, "==") {
				t.Errorf("%s: %q has no version", p.file, line)
			}
		}
		if _, err := peersFiles.ReadFile("peers/titles_" + p.file + ".py"); err != nil {
			t.Error(err)
		}
	}
}

func TestReplaceTable(t *testing.T) {
	file := filepath.Join(t.TempDir(), "page.md")
	write := func(text string) {
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("# Page\n\n" + begin + "\nold\n" + end + "\n\nrest\n")
	for range 2 {
		if err := replaceTable(file, "new\n"); err != nil {
			t.Fatal(err)
		}
	}
	if got, _ := os.ReadFile(file); string(got) != "# Page\n\n"+begin+"\n\nnew\n\n"+end+"\n\nrest\n" {
		t.Errorf("%q", got)
	}
	write("# Page\n")
	if err := replaceTable(file, "new\n"); err == nil || !strings.Contains(err.Error(), begin) {
		t.Errorf("no marks: %v", err)
	}
}

// TestInterrupted holds that an interrupted run goes no further with a list that is half made.
func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	b := &bench{dir: t.TempDir(), made: map[string]bool{}, size: tiny, say: &bytes.Buffer{}}
	if err := b.ready(ctx, recordList("people", 50, generate.People)); err == nil {
		t.Error("interrupted, and no error")
	}
}
