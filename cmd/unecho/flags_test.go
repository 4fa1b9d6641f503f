package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/urfave/cli/v2"
	"github.com/xuri/excelize/v2"

	"github.com/unecho/unecho/dedupe"
	"github.com/unecho/unecho/pipeline/record"
	"github.com/unecho/unecho/pipeline/review"
)

// Every flag that a command accepts does something: with it, the same command
// prints or writes something else. A flag without a case here fails the test.
func TestEveryFlagDoesSomething(t *testing.T) {
	t.Chdir(t.TempDir())
	writeInputs(t)
	reading := map[string]string{
		"from": "%s headed.csv|--from lines", "sheet": "%s two.xlsx|--sheet Second", "ignore": "%s list.csv|--ignore note",
		"columns": "%s list.csv|--columns title=note", "across": "%s list.csv|--across note", "settings": "%s list.csv|--settings note.toml",
	}
	bands := map[string]string{
		"same": "%s doubt.csv|--same 0.999", "review": "%s doubt.csv|--review 0.9", "balanced": "%s doubt.csv|--balanced", "weights": "%s doubt.csv|--weights weights.csv",
	}
	cases := map[string]map[string]string{
		"clean": merge(reading, bands, map[string]string{
			"output": "%s list.csv|-o out", "write": "%s list.csv|--write jsonl", "dry-run": "%s list.csv|-n", "force": "%s answered.csv|--force",
			"delimiter": "%s list.csv|--delimiter tab", "bom": "%s list.csv|--bom", "csv-safe": "%s formula.csv|--csv-safe",
			"keep": "%s list.csv|--keep last", "merge-fields": "%s gaps.csv|--merge-fields", "decisions": "%s doubt.csv|--decisions told.jsonl", "keep-text": "%s odd.csv|--keep-text", "json": "%s list.csv|--json",
			"against": "%s list.csv|--against old.csv", "save-settings": "%s list.csv|--save-settings saved.toml",
		}),
		"config": merge(reading, bands, map[string]string{
			"sheet": "%s list.csv|--sheet Second", "write": "%s list.csv|--write jsonl", "delimiter": "%s list.csv|--delimiter tab", "bom": "%s list.csv|--bom", "csv-safe": "%s list.csv|--csv-safe",
			"keep": "%s list.csv|--keep last", "merge-fields": "%s list.csv|--merge-fields", "keep-text": "%s list.csv|--keep-text", "save-settings": "%s list.csv|--save-settings saved.toml", "json": "%s list.csv|--json",
		}),
		"diff":  {"list": "%s old-groups.csv new-groups.csv|--list doubt.csv", "decisions": "%s old-groups.csv new-groups.csv|--decisions told.jsonl", "json": "%s old-groups.csv new-groups.csv|--json"},
		"check": merge(reading, bands, map[string]string{"against": "%s list.csv|--against old.csv", "decisions": "%s doubt.csv|--decisions told.jsonl", "json": "%s list.csv|--json"}),
		"why":   merge(suffix(reading, " 1 3"), suffix(bands, " 1 2"), map[string]string{"against": "%s list.csv 1 5|--against old.csv", "review": "%s doubt.csv 1 2|--review 0.9", "decisions": "%s doubt.csv 1 2|--decisions told.jsonl", "json": "%s list.csv 1 2|--json"}),
		"how": merge(suffix(reading, " 1"), map[string]string{"same": "%s doubt.csv 9|--same 0.999", "balanced": "%s doubt.csv 9|--balanced", "weights": "%s doubt.csv 9|--weights weights.csv",
			"against": "%s list.csv 1|--against old.csv", "decisions": "%s doubt.csv 1|--decisions told.jsonl", "json": "%s list.csv 1|--json"}),
		"profile":  merge(reading, map[string]string{"json": "%s list.csv|--json", "across": "%s list.csv --json|--across nocolumn"}),
		"evaluate": merge(suffix(reading, " --truth-by row --truth rows.csv"), map[string]string{"same": "%s doubt.csv --truth-by row --truth doubt-rows.csv|--same 0.3", "weights": "%s doubt.csv --truth-by row --truth doubt-rows.csv|--weights weights.csv", "truth": "%s known.csv|--truth truth.csv", "answers": "%s known.csv --truth truth.csv|--answers 10", "truth-by": "%s list.csv --truth rows.csv|--truth-by row", "worst": "%s doubt.csv --truth-by row --truth doubt-rows.csv|--worst 2", "sweep": "%s known.csv --truth truth.csv --json|--sweep curve.svg", "cross": "%s known.csv --truth truth.csv|--cross note", "json": "%s known.csv --truth truth.csv|--json"}),
		"verify":   {"json": "%s verified.csv|--json"},
		"audit": merge(suffix(reading, " --to -"), map[string]string{"same": "%s doubt.csv --to -|--same 0.999", "balanced": "%s doubt.csv --to -|--balanced", "weights": "%s doubt.csv --to -|--weights weights.csv",
			"against": "%s list.csv --to -|--against old.csv", "keep": "%s gaps.csv --to -|--keep last",
			"sample": "%s doubt.csv|--sample 2", "seed": "%s doubt.csv --to -|--seed 3", "to": "%s doubt.csv|--to drawn.csv", "answered": "%s doubt.csv --decisions answers.jsonl|--answered sample.csv",
			"by": "%s doubt.csv --decisions by.jsonl --answered sample.csv --json|--by ben", "decisions": "%s doubt.csv --to -|--decisions told.jsonl", "json": "%s doubt.csv --decisions json.jsonl --answered sample.csv|--json"}),
		"apply": {"list": "%s book.xlsx -n|--list list.csv", "by": "%s book.xlsx -n --json|--by zed", "output": "%s book.xlsx --decisions scratch.jsonl|-o out",
			"dry-run": "%s book.xlsx --decisions scratch.jsonl|-n", "force": "%s book.xlsx --decisions forced.jsonl -o forced|--force",
			"decisions": "%s book.xlsx -n --by ben|--decisions ann.jsonl", "json": "%s book.xlsx -n|--json"},
		"log": {"conflicts": "%s told.jsonl|--conflicts", "by": "%s told.jsonl|--by nobody", "since": "%s told.jsonl|--since 2026-01-01",
			"decisions": "%s doubt.csv|--decisions told.jsonl", "json": "%s told.jsonl|--json"},
		"review": merge(suffix(reading, " --tty"), suffix(bands, " --tty"), map[string]string{
			"tty": "%s doubt.csv --html pairs.html|--tty", "html": "%s doubt.csv --tty|--html pairs.html", "port": "%s doubt.csv --tty|--port 7000", "no-browser": "%s doubt.csv --tty|--no-browser",
			"by": "%s doubt.csv --tty|--by ann", "against": "%s list.csv --tty|--against old.csv", "limit": "%s doubt.csv --tty|--limit 0", "decisions": "%s doubt.csv --tty|--decisions told.jsonl",
			"output": "%s formula.csv --tty|-o out", "write": "%s formula.csv --tty|--write jsonl", "force": "%s answered.again.csv --tty|--force",
			"delimiter": "%s formula.csv --tty|--delimiter tab", "bom": "%s formula.csv --tty|--bom", "csv-safe": "%s formula.csv --tty|--csv-safe",
			"keep": "%s list.csv --tty|--keep last", "merge-fields": "%s gaps.csv --tty|--merge-fields", "keep-text": "%s odd.csv --tty|--keep-text",
		}),
		"undo": {"by": "%s told.jsonl -n|--by nobody", "bulk": "%s strokes.jsonl dstroke2345a -n|--bulk", "dry-run": "%s back.jsonl|-n",
			"decisions": "%s doubt.csv -n|--decisions told.jsonl", "json": "%s told.jsonl -n|--json"},
	}
	outcome(t, "clean verified.csv")
	answerBook(t)
	answerSample(t, "doubt.csv", "sample.csv")
	for _, command := range commands(&voice{}) {
		for _, flag := range command.Flags {
			name := flag.Names()[0]
			t.Run(command.Name+" --"+name, func(t *testing.T) {
				line, ok := cases[command.Name][name]
				if !ok {
					t.Fatal("no case shows that this flag does something")
				}
				before, with, _ := strings.Cut(fmt.Sprintf(line, command.Name), "|")
				plain, flagged := outcome(t, before), outcome(t, before+" "+with)
				if plain == flagged {
					t.Errorf("unecho %s: the same with %s as without:\n%s", before, with, clip(plain, 2000))
				}
			})
		}
	}
}

// A flag means the same with every command: arrange must know whether it takes
// a value before it knows the command.
func TestFlagsAreTheSameEverywhere(t *testing.T) {
	takes, of := map[string]bool{}, map[string]string{}
	for _, command := range commands(&voice{}) {
		for _, flag := range append(slices.Clone(command.Flags), globalFlags()...) {
			for _, name := range flag.Names() {
				value := flag.(cli.DocGenerationFlag).TakesValue()
				if before, seen := takes[name]; seen && before != value {
					t.Errorf("--%s takes a value with %s or %s, and none with the other", name, command.Name, of[name])
				}
				takes[name], of[name] = value, command.Name
			}
		}
	}
}

func merge(maps ...map[string]string) map[string]string {
	all := map[string]string{}
	for _, m := range maps {
		for k, v := range m {
			all[k] = v
		}
	}
	return all
}

// suffix puts words behind the command of each case, before its flag.
func suffix(cases map[string]string, words string) map[string]string {
	all := map[string]string{}
	for k, v := range cases {
		all[k] = strings.Replace(v, "|", words+"|", 1)
	}
	return all
}

// outcome is all that a command line prints and writes, and its exit code. The
// outputs are removed again, but for those of verified.csv and answered.csv.
func outcome(t *testing.T, line string) string {
	t.Helper()
	var out, words bytes.Buffer
	say := &voice{in: strings.NewReader(""), out: &out, to: &words}
	code := run(context.Background(), strings.Fields(line), say)
	text := fmt.Sprintf("exit %d\n%s%s", code, out.String(), words.String())
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		written := strings.Contains(path, ".clean.") || strings.Contains(path, ".clusters.") || strings.Contains(path, ".rejects.")
		if err != nil || d.IsDir() || !written || strings.HasPrefix(path, "verified.") {
			return err
		}
		data, err := os.ReadFile(path)
		text += fmt.Sprintf("%s: %x\n", path, data)
		if !strings.HasPrefix(path, "answered.") {
			os.Remove(path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func writeInputs(t *testing.T) {
	t.Helper()
	const list = "title,note\nA long walk to the sea,a\nGardens of the north,b\nA long walk to the sea,b\nA long walk to the sea,a\n"
	for name, text := range map[string]string{
		"list.csv": list, "headed.csv": list, "verified.csv": list,
		"doubt.csv":          "title\n" + doubt,
		"formula.csv":        "title,note\n=1+1 is two,a\nGardens of the north,b\n",
		"odd.csv":            "title,note\nBread &amp; butter,a\nGardens of the north,b\n",
		"known.csv":          "id,title,note\nx,A long walk to the sea,a\ny,Gardens of the north,b\nz,A long walk to the sea,a\n",
		"truth.csv":          "id,cluster\nx,1\ny,2\nz,1\n",
		"rows.csv":           "row,cluster\n1,1\n2,2\n3,1\n4,1\n",
		"doubt-rows.csv":     doubtRows(),
		"answered.csv":       list,
		"answered.again.csv": list,
		"weights.csv":        flatWeights(),
		"old.csv":            "title,note\nA long walk to the sea,a\n",
		"note.toml":          "ignore = [\"note\"]\n",
		"old-groups.csv":     groupsOfDoubt(1, 2),
		"new-groups.csv":     groupsOfDoubt(1, 1),
		"told.jsonl":         told(),
		"back.jsonl":         told(),
		"strokes.jsonl":      stroke("dstroke2345a") + stroke("dstroke2345b"),
		"gaps.csv":           "title,year,note\nA long walk to the sea,1999,\nGardens of the north,2004,b\nA long walk to the sea,1999,a\nA long walk to the sea,,\n",
	} {
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	book := excelize.NewFile()
	defer book.Close()
	book.SetSheetRow("Sheet1", "A1", &[]any{"title", "note"})
	book.SetSheetRow("Sheet1", "A2", &[]any{"A long walk to the sea", "a"})
	book.SetSheetRow("Sheet1", "A3", &[]any{"Gardens of the north", "b"})
	book.SetSheetRow("Sheet1", "A4", &[]any{"Bread without wheat", "b"})
	book.NewSheet("Second")
	book.SetSheetRow("Second", "A1", &[]any{"title", "note"})
	book.SetSheetRow("Sheet1", "A5", &[]any{"The clockmaker's house", "b"})
	for row := 2; row < 6; row++ {
		book.SetSheetRow("Second", fmt.Sprintf("A%d", row), &[]any{"Letters from the harbour", "a"})
	}
	if err := book.SaveAs("two.xlsx"); err != nil {
		t.Fatal(err)
	}
	answers := excelize.NewFile()
	defer answers.Close()
	answers.SetSheetName("Sheet1", "Review")
	answers.SetSheetRow("Review", "A1", &[]any{"decision"})
	answers.SetSheetRow("Review", "A2", &[]any{"same"})
	for _, name := range []string{"answered.clean.xlsx", "answered.again.clean.xlsx"} {
		if err := answers.SaveAs(name); err != nil {
			t.Fatal(err)
		}
	}
}

// doubt is a list with pairs of every kind: certain, doubtful, different.
const doubt = `The long walk to the northern sea
The long walk to the northern lakes
Gardens of the north
Gardens in the north
Gardens of the north and how they grow
Bread without wheat
Bread with wheat
How we moved our whole event delivery system into the cloud
How we moved our event delivery to the cloud
How we moved our event delivery to the cloud (2014)
A history of the harbour town
The history of a harbour town
Letters from the lighthouse
Letters to the lighthouse
`

// answerSample writes the sample of an audit, with an answer to each pair.
func answerSample(t *testing.T, list, name string) {
	t.Helper()
	outcome(t, fmt.Sprintf("audit %s --to %s", list, name))
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, bytes.ReplaceAll(data, []byte("\n,"), []byte("\nn,")), 0o666); err != nil {
		t.Fatal(err)
	}
}

// stroke is a line of a ledger that was written in one stroke with others.
func stroke(id string) string {
	return fmt.Sprintf(`{"id":%q,"kind":"keep","a":{"id":%q,"text":"a"},"batch":"b1","at":"2026-11-25T09:00:00Z"}`+"\n", id, id)
}

// told is a ledger by which the first two entries of doubt are one.
func told() string {
	list := doubtList()
	line, err := json.Marshal(review.Decision{Kind: review.Same, A: list.Ref(0), B: list.Ref(1), By: "ann"}.Sealed())
	if err != nil {
		panic(err)
	}
	return string(line) + "\n"
}

// groupsOfDoubt is a list of clusters in which the first two entries of doubt
// are in the groups that are given.
func groupsOfDoubt(groups ...int) string {
	ids := doubtList().IDs()
	text := "row,id,cluster,kept,survivor,probability,reason\n"
	for r, group := range groups {
		text += fmt.Sprintf("%d,%s,c%d,%t,%d,1.0000,kept\n", r+1, ids[r], group, group == r+1, group)
	}
	return text
}

// doubtList is doubt as a ledger knows it.
func doubtList() *review.List {
	return review.NewList([]record.Column{{Name: "title", Role: record.Title}}, strings.Split(strings.TrimSpace(doubt), "\n"))
}

// flatWeights are weights by which everything is as likely the same as not.
func flatWeights() string {
	var b strings.Builder
	w := dedupe.Weights{Levels: make([][]dedupe.Level, len(dedupe.Measures()))}
	if err := w.Write(&b); err != nil {
		panic(err)
	}
	return b.String()
}

// doubtRows says of every entry of doubt that it stands alone.
func doubtRows() string {
	var b strings.Builder
	b.WriteString("row,cluster\n")
	for i := range strings.Count(doubt, "\n") {
		fmt.Fprintf(&b, "%d,%d\n", i+1, i)
	}
	return b.String()
}
