package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/unecho/unecho/pipeline/record"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares got with testdata/name, or rewrites it.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

func TestGoldenText(t *testing.T) {
	work := sampleWork()
	for name, write := range map[string]func(b *bytes.Buffer) error{
		"posts.clean.csv":      func(b *bytes.Buffer) error { return Clean(b, work, CSVOptions{}) },
		"posts.clean.safe.csv": func(b *bytes.Buffer) error { return Clean(b, work, CSVOptions{BOM: true, Delimiter: ';', Safe: true}) },
		"posts.clusters.csv":   func(b *bytes.Buffer) error { return Clusters(b, work) },
		"posts.rejects.csv":    func(b *bytes.Buffer) error { return Rejects(b, work) },
		"posts.clean.jsonl":    func(b *bytes.Buffer) error { return JSONL(b, work) },
	} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			if err := write(&b); err != nil {
				t.Fatal(err)
			}
			golden(t, name, b.Bytes())
		})
	}
}

// workOf makes a list of the given records, all kept.
func workOf(names []string, rows ...[]string) *Work {
	w := &Work{Name: "list", Table: &record.Table{Sources: []record.Source{{Name: "list.csv", Format: "csv"}}}}
	for _, name := range names {
		w.Columns = append(w.Columns, record.Column{Name: name, Role: record.Other})
	}
	w.Table.Columns = w.Columns
	for r, row := range rows {
		w.Table.Cells = append(w.Table.Cells, row...)
		w.Table.At = append(w.Table.At, record.Position{Line: int32(r + 2)})
		w.Verdicts = append(w.Verdicts, record.Verdict{ID: "e" + strconv.Itoa(r), Cluster: "c" + strconv.Itoa(r), Kept: true, Survivor: r, Probability: 1})
	}
	w.Cells = w.Table.Cells
	w.Summary.Read, w.Summary.Kept = len(rows), len(rows)
	return w
}

func cleanCSV(t *testing.T, w *Work, o CSVOptions) string {
	t.Helper()
	var b bytes.Buffer
	if err := Clean(&b, w, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestCleanCorners(t *testing.T) {
	for _, c := range []struct {
		name string
		work *Work
		o    CSVOptions
		want string
	}{
		{"no records", workOf([]string{"a", "b"}), CSVOptions{}, "a,b\n"},
		{"no columns", workOf(nil), CSVOptions{}, ""},
		{"a lone blank cell is no blank line", workOf([]string{"a"}, []string{""}, []string{"x"}), CSVOptions{}, "a\n\"\"\nx\n"},
		{"no header", workOf([]string{"a"}, []string{"x"}), CSVOptions{NoHeader: true}, "x\n"},
		{"not SYLK", workOf([]string{"ID", "ID"}, []string{"ID", "x"}), CSVOptions{}, "\"ID\",ID\nID,x\n"},
		{"no separator line", workOf([]string{"Sep=;"}), CSVOptions{}, "\"Sep=;\"\n"},
		{"quotes", workOf([]string{"a"}, []string{`say "hi"`}, []string{"a,b"}, []string{"a\nb"}, []string{" a"}), CSVOptions{},
			"a\n\"say \"\"hi\"\"\"\n\"a,b\"\n\"a\nb\"\n\" a\"\n"},
		{"tab", workOf([]string{"a", "b"}, []string{"x\ty", "1,5"}), CSVOptions{Delimiter: '\t'}, "a\tb\n\"x\ty\"\t1,5\n"},
		{"bytes as they are", workOf([]string{"a"}, []string{"Caf\xe9\x00"}), CSVOptions{}, "a\nCaf\xe9\x00\n"},
		{"same name twice", workOf([]string{"t", "t", ""}, []string{"1", "2", "3"}), CSVOptions{}, "t,t,\n1,2,3\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, cleanCSV(t, c.work, c.o)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestSafeSaysWhatItChanged(t *testing.T) {
	work := workOf([]string{"=a", "b"}, []string{"=1+1", "-5"}, []string{"+49 30 1", "@x"}, []string{"-", "-1,5"}, []string{"\uFF1D1", "a=b"})
	var changed [][2]int
	got := cleanCSV(t, work, CSVOptions{Safe: true, Changed: func(r, c int) { changed = append(changed, [2]int{r, c}) }})
	want := "'=a,b\n'=1+1,-5\n'+49 30 1,'@x\n'-,\"-1,5\"\n'\uFF1D1,a=b\n"
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if diff := cmp.Diff([][2]int{{-1, 0}, {0, 0}, {1, 0}, {1, 1}, {2, 0}, {3, 0}}, changed); diff != "" {
		t.Error(diff)
	}
}

// FuzzCleanReadsBack holds the clean list to what encoding/csv reads in it.
func FuzzCleanReadsBack(f *testing.F) {
	f.Add("title", "text", "", "ID")
	f.Add("a\"b", "x\r\ny", "\xff\x00", ";")
	f.Fuzz(func(t *testing.T, a, b, c, d string) {
		work := workOf([]string{a, b}, []string{c, d}, []string{d, c})
		read, err := csv.NewReader(strings.NewReader(cleanCSV(t, work, CSVOptions{}))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		want := [][]string{{a, b}, {c, d}, {d, c}}
		for _, row := range want {
			for i := range row {
				row[i] = strings.ReplaceAll(row[i], "\r\n", "\n") // as encoding/csv does
			}
		}
		if diff := cmp.Diff(want, read); diff != "" {
			t.Error(diff)
		}
	})
}

// FuzzAsRead holds the reasons of Clusters to their promise: bytes that are
// no text can be had back.
func FuzzAsRead(f *testing.F) {
	f.Add("Caf\xe9", "ok")
	f.Add("\x00", "a\rb")
	f.Fuzz(func(t *testing.T, a, b string) {
		work := workOf([]string{"a", "b"}, []string{a, b})
		rest := asRead(work, 0)
		for c, cell := range []string{a, b} {
			if isText(cell) {
				continue
			}
			head := "; " + strconv.Quote(work.Columns[c].Name) + " as read: "
			if !strings.HasPrefix(rest, head) {
				t.Fatalf("%q does not spell %q", rest, cell)
			}
			quoted, err := strconv.QuotedPrefix(rest[len(head):])
			if err != nil {
				t.Fatal(err)
			}
			if back, err := strconv.Unquote(quoted); err != nil || back != cell {
				t.Fatalf("got back %q, want %q", back, cell)
			}
			rest = rest[len(head)+len(quoted):]
		}
		if rest != "" {
			t.Errorf("%q is left over", rest)
		}
	})
}

func FuzzJSON(f *testing.F) {
	f.Add("a\"b\\\n\r\t\x00\u2028\U0001F600")
	f.Fuzz(func(t *testing.T, s string) {
		var got string
		if err := json.Unmarshal(appendJSON(nil, s), &got); err != nil {
			t.Fatal(err)
		}
		if want := strings.ToValidUTF8(s, "\uFFFD"); strings.ReplaceAll(got, "\uFFFD", "") != strings.ReplaceAll(want, "\uFFFD", "") {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}

func TestUniqueNames(t *testing.T) {
	got := uniqueNames([]string{"title", "Title", "", "title (2)", "note"}, []string{"note"})
	want := []string{"title", "Title (2)", "column 3", "title (2) (2)", "note (2)"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
