package verify_test

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/unecho/unecho/export"
	"github.com/unecho/unecho/pipeline/normalize"
	"github.com/unecho/unecho/pipeline/parse"
	"github.com/unecho/unecho/pipeline/record"
	"github.com/unecho/unecho/pipeline/verify"
)

// runByRoad reads a list with the road's own readers and writes it with the
// road's own writers; the matching is left out, and entries whose first cells
// are equal fall together. It gives the folder of the outputs.
func runByRoad(t *testing.T, input string) string {
	t.Helper()
	table, err := parse.Files(t.Context(), []string{input}, parse.Options{})
	if err != nil {
		t.Fatal(err)
	}
	work := &export.Work{Name: "list", Table: table, Columns: table.Columns, Verdicts: byFirstCell(table)}
	if work.Cells, work.Changes, err = normalize.Table(t.Context(), table, false, nil); err != nil {
		t.Fatal(err)
	}
	work.Summary = export.Summary{Read: table.Len(), Rejected: len(table.Rejects)}
	for _, v := range work.Verdicts {
		if v.Kept {
			work.Summary.Kept++
		}
	}
	work.Summary.Merged = work.Summary.Read - work.Summary.Kept
	out := t.TempDir()
	name := filepath.Join(out, "list")
	outputs := map[string]func(io.Writer) error{
		".clean.csv":    func(w io.Writer) error { return export.Clean(w, work, export.CSVOptions{}) },
		".clean.jsonl":  func(w io.Writer) error { return export.JSONL(w, work) },
		".clusters.csv": func(w io.Writer) error { return export.Clusters(w, work) },
		".clean.xlsx":   func(w io.Writer) error { return export.Workbook(w, work) },
	}
	if len(table.Rejects) > 0 {
		outputs[".rejects.csv"] = func(w io.Writer) error { return export.Rejects(w, work) }
	}
	for ending, write := range outputs {
		f, err := os.Create(name + ending)
		if err != nil {
			t.Fatal(err)
		}
		if err := write(f); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func byFirstCell(table *record.Table) []record.Verdict {
	ids := record.IDs(table.Columns, table.Cells)
	first := map[string]int{}
	verdicts := make([]record.Verdict, table.Len())
	for r := range verdicts {
		key := strings.ToLower(table.Cell(r, 0))
		stays, seen := first[key]
		if !seen {
			first[key], stays = r, r
		}
		verdicts[r] = record.Verdict{ID: ids[r], Cluster: "c" + ids[stays], Kept: stays == r, Survivor: stays, Probability: 1, Reason: "first cell"}
	}
	return verdicts
}

// holds verifies what the road made of a list.
func holds(t *testing.T, input string) {
	t.Helper()
	out := runByRoad(t, input)
	outputs, _ := filepath.Glob(filepath.Join(out, "*"))
	r, err := verify.Files(t.Context(), []string{input}, outputs)
	if err != nil {
		t.Errorf("%s: %v", input, err)
		return
	}
	if !r.OK() {
		var b strings.Builder
		r.WriteTo(&b)
		t.Errorf("%s:\n%s", input, b.String())
	}
}

// samples are the lists of the project and, where they are there, the seed
// listing and the labelled lists.
func samples(t *testing.T) (paths []string) {
	root := filepath.Join("..", "..")
	patterns := []string{
		"testdata/*.txt", "testdata/*.csv", "testdata/*.tsv", "testdata/*.jsonl", "../shared/seed/*.txt",
		"../shared/datasets/bib_*/records.csv", "../shared/datasets/people_*/records.csv", "../shared/datasets/abt_buy/records.csv", "../shared/datasets/cora_*/records.csv",
	}
	if testing.Short() {
		patterns = patterns[:5]
	}
	for _, pattern := range patterns {
		found, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		if len(found) == 0 {
			t.Logf("no lists fit %s: not tried", pattern)
		}
		paths = append(paths, found...)
	}
	return paths
}

func TestWhatTheRoadWritesHolds(t *testing.T) {
	for _, path := range samples(t) {
		t.Run(filepath.Base(filepath.Dir(path))+"/"+filepath.Base(path), func(t *testing.T) { holds(t, path) })
	}
}

// hostile are inputs that readers disagree about.
var hostile = map[string]string{
	"ragged.csv":    "a,b,c\n1,2,3\n1,2\n1,2,3,4\n\n4,5,6\n",
	"open.csv":      "a,b\n1,\"x\n2,y\n3,z\n4,\"w\"\n",
	"lazy.csv":      "a,b\n1,x \"y\" z\n2,5\" disk\n3,z\n",
	"nul.csv":       "a,b\n1,x\x00y\n2,z\n3,z\n",
	"nulname.csv":   "a,J\x00ahr\n1,1\x00990\n2,1991\n3,caf\xe9\n",
	"nulcr.txt":     "Apfel gr\xf6\xdfer\nBirne \xdcbung S\x00\rtra\xdfe\n",
	"nulmark.tsv":   "Titel\tJahr\nsch\u00f6n na\u00efve\t1990\nK\u00f6ln \x00 sch\xc3\x00\xb6n\t1991\n",
	"invalid.csv":   "a,b\n1,caf\xe9\n2,näive café déjà vu\n3,ünïcödé strings everywhere\n",
	"cr.csv":        "a,b\r1,x\r2,y\r3,z\r",
	"lonecr.csv":    "a,b\r\n1,x\ry\r\n2,z\r\n",
	"formula.csv":   "a,b\n1,=1+1\n2,@x\n3,-5\n",
	"spaces.csv":    "a,b\n1,  two  words \n2,\u00a0x\n3,\u200bz\n",
	"escape.csv":    "a,b\n1,_x0041_\n2,_x005F_\n3,z\n",
	"sep.csv":       "sep=;\na;b\n1;x\n2;y\n",
	"twice.csv":     "a,a,b\n1,2,3\n4,5,6\n",
	"blanks.txt":    "One\n\n\n \nTwo\n",
	"commas.txt":    "One, two\nThree, four, five\nSix\n",
	"tab.tsv":       "a\tb\n1\tx\n2\t\"y\"\n",
	"bad.jsonl":     "{\"a\":\"1\",\"b\":2}\nnot json\n{\"a\":\"3\",\"b\":null}\n[1]\n",
	"array.json":    "[{\"a\":\"1\"},{\"a\":\"2\",\"b\":[1, 2]},{\"a\":3.10}]",
	"headless.csv":  "1,Alpha Street 5,2020-01-01\n2,Beta Street 6,2021-02-02\n3,Gamma Street 7,2022-03-03\n",
	"entities.csv":  "a,b\n1,Q&amp;amp;A\n2,donâ€™t\n3,x\n",
	"listing.txt":   "One\n\nfirst\n\n\n@a.org | 3 years ago\n\n@b.org | 2 years ago\n\nTwo\n\nsecond\n\n\n@c.org | 1 day ago\n\nNo footer here\n",
	"breaks.csv":    "a,b\n1,\"x\n\ny\"\n2,\"\"\"\"\n3,\"a\r\nb\"\n",
	"bom.csv":       "\ufeffa,b\n1,x\n2,y\n",
	"empty.csv":     "",
	"onlyhead.csv":  "name,city\n",
	"cyrillic.csv":  "a;b\n1;\xcf\xf0\xe8\xe2\xe5\xf2 \xec\xe8\xf0\n2;\xc4\xee\xe1\xf0\xfb\xe9 \xe4\xe5\xed\xfc\n3;\xd1\xef\xe0\xf1\xe8\xe1\xee \xe7\xe0 \xe2\xed\xe8\xec\xe0\xed\xe8\xe5\n",
	"semicolon.csv": "name;stra\xdfe\nM\xfcller;Weg 1\nMeier;Gasse 2\n",
}

func TestWhatTheRoadMakesOfHostileInputHolds(t *testing.T) {
	for name, text := range hostile {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), name)
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			holds(t, path)
		})
	}
	for _, text := range []string{utf16le("a,b\n1,é\n2,漢\n"), utf16le("One title\nOther title\n")} {
		path := filepath.Join(t.TempDir(), fmt.Sprintf("utf16-%d.csv", len(text)))
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		holds(t, path)
	}
}
