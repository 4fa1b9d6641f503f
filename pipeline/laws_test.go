package pipeline_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/unecho/unecho/pipeline"
)

// samples are the project's own lists.
func samples(t *testing.T) []string {
	t.Helper()
	var lists []string
	for _, pattern := range []string{"*.csv", "*.tsv", "*.txt", "*.jsonl"} {
		names, err := filepath.Glob(filepath.Join("..", "testdata", pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if !strings.HasSuffix(name, ".truth.csv") {
				lists = append(lists, name)
			}
		}
	}
	if len(lists) < 8 {
		t.Fatalf("only %d samples in testdata", len(lists))
	}
	if testing.Short() {
		lists = lists[:4]
	}
	return lists
}

// run cleans inputs into a folder and gives the report and the files by name.
func run(t *testing.T, o pipeline.Options) (*pipeline.Report, map[string][]byte) {
	t.Helper()
	o.Output = t.TempDir()
	report, err := pipeline.Run(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	files := make(map[string][]byte)
	for _, path := range report.Outputs {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.Base(path)] = data
	}
	return report, files
}

// partition gives the ids of each cluster, in a fixed order.
func partition(t *testing.T, clusters []byte) [][]string {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(clusters)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	by := map[string][]string{}
	for _, row := range rows[1:] {
		by[row[2]] = append(by[row[2]], row[1])
	}
	var all [][]string
	for _, ids := range by {
		slices.Sort(ids)
		all = append(all, ids)
	}
	slices.SortFunc(all, slices.Compare)
	return all
}

func ending(files map[string][]byte, ending string) []byte {
	for name, data := range files {
		if strings.HasSuffix(name, ending) {
			return data
		}
	}
	return nil
}

// The same input and flags give the same bytes, at any GOMAXPROCS.
func TestSameBytes(t *testing.T) {
	for _, name := range samples(t) {
		o := pipeline.Options{Inputs: []string{name}}
		_, first := run(t, o)
		before := runtime.GOMAXPROCS(1)
		_, second := run(t, o)
		runtime.GOMAXPROCS(before)
		for file, data := range first {
			if !bytes.Equal(data, second[file]) {
				t.Errorf("%s: %s differs from run to run", name, file)
			}
		}
	}
}

// table reads a CSV sample for shuffling; nil when it is none.
func table(t *testing.T, name string) [][]string {
	t.Helper()
	if filepath.Ext(name) != ".csv" {
		return nil
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		return nil
	}
	return rows
}

func write(t *testing.T, name string, rows [][]string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.WriteAll(rows)
	if err := os.WriteFile(path, b.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

// Clusters do not depend on the order of the records, nor on how the list is
// cut into files; ids come along.
func TestOrderAndCutsDoNotMatter(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 11))
	for _, name := range samples(t) {
		rows := table(t, name)
		if rows == nil {
			continue
		}
		o := pipeline.Options{Writes: []pipeline.Kind{pipeline.CSV}}
		o.Inputs = []string{write(t, "list.csv", rows)}
		_, files := run(t, o)
		want := partition(t, ending(files, ".clusters.csv"))

		shuffled := slices.Clone(rows)
		rng.Shuffle(len(shuffled)-1, func(i, j int) { shuffled[i+1], shuffled[j+1] = shuffled[j+1], shuffled[i+1] })
		o.Inputs = []string{write(t, "list.csv", shuffled)}
		_, files = run(t, o)
		if diff := cmp.Diff(want, partition(t, ending(files, ".clusters.csv"))); diff != "" {
			t.Errorf("%s: shuffled rows give other clusters (-want +got):\n%s", name, diff)
		}

		half := (len(rows) + 1) / 2
		o.Inputs = []string{write(t, "one.csv", rows[:half]), write(t, "two.csv", slices.Concat(rows[:1], rows[half:]))}
		report, files := run(t, o)
		if len(report.Inputs) != 2 {
			t.Fatalf("%s: %d inputs", name, len(report.Inputs))
		}
		if diff := cmp.Diff(want, partition(t, ending(files, ".clusters.csv"))); diff != "" {
			t.Errorf("%s: the list cut in two gives other clusters (-want +got):\n%s", name, diff)
		}
	}
}

// Adding an exact copy of a record removes that copy and changes no cluster
// but its own.
func TestExactCopyIsRemoved(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 5))
	for _, name := range samples(t) {
		rows := table(t, name)
		if rows == nil {
			continue
		}
		o := pipeline.Options{Writes: []pipeline.Kind{pipeline.CSV}}
		o.Inputs = []string{write(t, "list.csv", rows)}
		before, files := run(t, o)
		want := partition(t, ending(files, ".clusters.csv"))
		copied := 1 + rng.IntN(len(rows)-1)
		o.Inputs = []string{write(t, "list.csv", append(slices.Clone(rows), rows[copied]))}
		after, files := run(t, o)
		if after.Records.Kept != before.Records.Kept || after.Records.Removed != before.Records.Removed+1 {
			t.Errorf("%s: %+v with a copy of row %d, %+v without", name, after.Records, copied, before.Records)
			continue
		}
		if diff := cmp.Diff(without(want), without(partition(t, ending(files, ".clusters.csv")))); diff != "" {
			t.Errorf("%s: a copy of row %d changes other clusters (-want +got):\n%s", name, copied, diff)
		}
	}
}

// without leaves counters out of ids, and what stands twice.
func without(all [][]string) [][]string {
	var plain [][]string
	for _, ids := range all {
		var short []string
		for _, id := range ids {
			id, _, _ = strings.Cut(id, "-")
			short = append(short, id)
		}
		plain = append(plain, slices.Compact(short))
	}
	return plain
}

// An id is of the content: a list in CSV and the same in JSON lines, with its
// columns moved and a blank one added, has the same ids.
func TestIDsAcrossFormats(t *testing.T) {
	dir := t.TempDir()
	list, lines := "title,year\n", ""
	for i := range 5 {
		list += fmt.Sprintf("Walk number %d to the sea,%d\n", i, 1990+i)
		lines += fmt.Sprintf(`{"year":"%d","note":"","title":"Walk number %d to the sea"}`+"\n", 1990+i, i)
	}
	ids := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
		_, files := run(t, pipeline.Options{Inputs: []string{path}, Writes: []pipeline.Kind{pipeline.CSV}})
		return fmt.Sprint(partition(t, ending(files, ".clusters.csv")))
	}
	if a, b := ids("list.csv", list), ids("list.jsonl", lines); a != b {
		t.Errorf("ids of the CSV %s, of the JSON lines %s", a, b)
	}
}
