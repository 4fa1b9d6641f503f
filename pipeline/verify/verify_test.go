package verify_test

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/unecho/unecho/pipeline/verify"
	"github.com/xuri/excelize/v2"
)

// A run made by hand: eight lines, a header, one reject, two repeats, one cell
// cleaned.
const (
	input = "name,city,code\n" +
		"\"Caf&eacute; Blau\nam Markt\",Wien,007\n" +
		"Cafe Blau am Markt,Wien,007\n" +
		"too,few\n" +
		"\"Gasthof \"\"Post\"\"\",Graz,12\n" +
		"Gasthof Post,Graz,12\n" +
		"Zum Anker,Linz,\n"
	clean = "name,city,code\n" +
		"\"Café Blau\nam Markt\",Wien,007\n" +
		"\"Gasthof \"\"Post\"\"\",Graz,12\n" +
		"Zum Anker,Linz,\n"
	clusters = "row,id,cluster,kept,survivor,probability,reason\n" +
		"1,a,c1,true,1,0.9900,kept\n" +
		"2,b,c1,false,1,0.9900,same title\n" +
		"3,c,c2,true,3,0.9800,kept\n" +
		"4,d,c2,false,3,0.9800,same title\n" +
		"5,e,c3,true,5,1.0000,alone\n"
	rejects = "file,line,bytes,reason,text\nFILE,5,8,2 fields where the header has 3,\"too,few\"\n"
)

// files writes a run into a new folder and gives the names of input and folder.
func files(t *testing.T, change func(map[string]string)) (in, dir string) {
	t.Helper()
	dir = t.TempDir()
	in = filepath.Join(dir, "list.csv")
	content := map[string]string{"list.csv": input, "list.clean.csv": clean, "list.clusters.csv": clusters, "list.rejects.csv": rejects}
	if change != nil {
		change(content)
	}
	put(t, dir, content)
	return in, dir
}

func put(t *testing.T, dir string, content map[string]string) {
	t.Helper()
	for name, text := range content {
		text = strings.ReplaceAll(text, "FILE", filepath.Join(dir, "list.csv"))
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// workbook writes the workbook of the run.
func workbook(t *testing.T, dir string, change func(*excelize.File)) {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	sheets := map[string][][]any{
		"Start":   {{"unecho"}, {"read", 5}, {"kept", 3}, {"merged", 2}, {"rejected", 1}},
		"Clean":   {{"name", "city", "code", "copies"}, {"Café Blau\nam Markt", "Wien", "007", 2}, {"Gasthof \"Post\"", "Graz", "12", 2}, {"Zum Anker", "Linz"}},
		"Merged":  {{"row", "id", "survivor"}, {2, "b", "a"}, {4, "d", "c"}},
		"Changes": {{"row", "column", "before", "after", "rule"}, {1, "name", "Caf&eacute; Blau↵\nam Markt", "Café Blau↵\nam Markt", "entities"}},
		"Rejects": {{"file", "line", "reason", "text"}, {"list.csv", 5, "2 fields where the header has 3", "too,few"}},
	}
	for _, name := range []string{"Start", "Clean", "Merged", "Changes", "Rejects"} {
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for r, row := range sheets[name] {
			at, _ := excelize.CoordinatesToCellName(1, r+1)
			if err := f.SetSheetRow(name, at, &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := f.DeleteSheet("Sheet1"); err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(f)
	}
	if err := f.SaveAs(filepath.Join(dir, "list.clean.xlsx")); err != nil {
		t.Fatal(err)
	}
}

// failed lists the checks that do not hold.
func failed(t *testing.T, in string, outputs ...string) []string {
	t.Helper()
	r, err := verify.Files(t.Context(), []string{in}, outputs)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, c := range r.Checks {
		if !c.OK {
			names = append(names, c.Name)
		}
	}
	if r.OK() != (names == nil) {
		t.Errorf("OK is %v, and %v failed", r.OK(), names)
	}
	if t.Failed() || testing.Verbose() {
		r.WriteTo(os.Stderr)
	}
	return names
}

func TestWholeRunHolds(t *testing.T) {
	in, dir := files(t, nil)
	if bad := failed(t, in); bad != nil {
		t.Errorf("without workbook: %v", bad)
	}
	workbook(t, dir, nil)
	if bad := failed(t, in); bad != nil {
		t.Errorf("with workbook: %v", bad)
	}
	if bad := failed(t, in, filepath.Join(dir, "list.clean.xlsx")); bad != nil {
		t.Errorf("named by the workbook: %v", bad)
	}
}

func TestEveryMutationIsCaught(t *testing.T) {
	swap := func(name, before, after string) func(map[string]string) {
		return func(content map[string]string) {
			changed := strings.Replace(content[name], before, after, 1)
			if changed == content[name] {
				panic("the mutation changes nothing: " + before)
			}
			content[name] = changed
		}
	}
	for _, test := range []struct {
		name   string
		change func(map[string]string)
		caught string // a check that must fail
	}{
		{"a kept row is dropped from clean.csv", swap("list.clean.csv", "Zum Anker,Linz,\n", ""), "records"}, // read as a list without header
		{"a row is added to clean.csv", swap("list.clean.csv", "Zum Anker,Linz,\n", "Zum Anker,Linz,\nZum Anker,Linz,\n"), "kept + removed"},
		{"two rows of clean.csv change places", swap("list.clean.csv", "Zum Anker,Linz,\n", "\"Gasthof \"\"Post\"\"\",Graz,12\n"), "cells"},
		{"a cell loses its leading zeros", swap("list.clean.csv", "007", "7"), "cells"},
		{"a cell is changed", swap("list.clean.csv", "Linz", "Enns"), "cells"},
		{"a cell is emptied", swap("list.clean.csv", "Graz", ""), "cells"},
		{"a column is renamed", swap("list.clean.csv", "city", "town"), "records"},
		{"a line of clusters.csv is dropped", swap("list.clusters.csv", "4,d,c2,false,3,0.9800,same title\n", ""), "records"},
		{"a row is numbered twice", swap("list.clusters.csv", "4,d", "3,d"), "rows"},
		{"an id stands twice", swap("list.clusters.csv", "4,d", "4,c"), "ids"},
		{"a survivor is swapped for one of another cluster", swap("list.clusters.csv", "false,3", "false,1"), "survivors"},
		{"a survivor that was removed", swap("list.clusters.csv", "false,3", "false,4"), "survivors"},
		{"a survivor that does not exist", swap("list.clusters.csv", "false,3", "false,9"), "survivors"},
		{"a cluster that keeps nobody", swap("list.clusters.csv", "5,e,c3,true", "5,e,c3,false"), "survivors"},
		{"a cluster that keeps two", swap("list.clusters.csv", "4,d,c2,false", "4,d,c2,true"), "survivors"},
		{"another record is kept", func(c map[string]string) {
			swap("list.clusters.csv", "3,c,c2,true,3", "3,c,c2,false,4")(c)
			swap("list.clusters.csv", "4,d,c2,false,3", "4,d,c2,true,4")(c)
		}, "cells"},
		{"a reject is removed", swap("list.rejects.csv", "FILE,5,8,2 fields where the header has 3,\"too,few\"\n", ""), "records"},
		{"a reject says another text", swap("list.rejects.csv", "too,few", "too,new"), "rejects"},
		{"a reject says another line", swap("list.rejects.csv", "FILE,5", "FILE,4"), "rejects"},
		{"a reject swallows its neighbour", swap("list.rejects.csv", "FILE,5,8", "FILE,5,20"), "rejects"},
		{"a reject is too short", swap("list.rejects.csv", "FILE,5,8", "FILE,5,3"), "rejects"},
		{"a record is added to the input", swap("list.csv", "Zum Anker", "Neu,Enns,1\nZum Anker"), "records"},
		{"a record is lost from the input", swap("list.csv", "Zum Anker,Linz,\n", ""), "records"},
		{"a removed record is not in the input", swap("list.csv", "Gasthof Post,Graz,12\n", ""), "records"},
	} {
		in, dir := files(t, test.change)
		if bad := failed(t, in); !slices.Contains(bad, test.caught) {
			t.Errorf("%s: caught by %v, wanted %s", test.name, bad, test.caught)
		}
		workbook(t, dir, nil)
		if bad := failed(t, in); !slices.Contains(bad, test.caught) {
			t.Errorf("%s, with workbook: caught by %v, wanted %s", test.name, bad, test.caught)
		}
	}
}

func TestEveryMutationOfTheWorkbookIsCaught(t *testing.T) {
	set := func(sheet, at string, value any) func(*excelize.File) {
		return func(f *excelize.File) {
			if err := f.SetCellValue(sheet, at, value); err != nil {
				panic(err)
			}
		}
	}
	drop := func(sheet string, row int) func(*excelize.File) {
		return func(f *excelize.File) {
			if err := f.RemoveRow(sheet, row); err != nil {
				panic(err)
			}
		}
	}
	for _, test := range []struct {
		name   string
		change func(*excelize.File)
		caught string
	}{
		{"a number on Start", set("Start", "B2", 6), "sheet Start"},
		{"no number on Start", set("Start", "A3", "saved"), "sheet Start"},
		{"a cell of Clean", set("Clean", "B3", "Linz"), "sheet Clean"},
		{"leading zeros lost", set("Clean", "C2", "07"), "sheet Clean"},
		{"a row of Clean", drop("Clean", 3), "sheets"},
		{"a row of Merged", drop("Merged", 2), "sheets"},
		{"a stranger on Merged", set("Merged", "B2", "e"), "sheet Merged"},
		{"a row of Rejects", drop("Rejects", 2), "sheets"},
		{"a change that is not listed", drop("Changes", 2), "cells"},
		{"a change of another text", set("Changes", "C2", "Kaffee"), "cells"},
	} {
		in, dir := files(t, nil)
		workbook(t, dir, test.change)
		if bad := failed(t, in); !slices.Contains(bad, test.caught) {
			t.Errorf("%s: caught by %v, wanted %s", test.name, bad, test.caught)
		}
	}
}

// TestFormats verifies lists of every text format, which need no workbook.
func TestFormats(t *testing.T) {
	three := "row,id,cluster,kept,survivor,probability,reason\n1,a,c,true,1,1,x\n2,b,c,false,1,1,x\n3,d,e,true,3,1,x\n"
	listing := "One\n\nfirst\n\nsecond … | Continue reading\n\n\n@a.org | 3 years ago\n\nOne\n\n\n@b.org | yesterday\nTwo\n\n@c.org | 1 day ago"
	for _, test := range []struct{ name, input, clean string }{
		{"list.txt", "One\n\n  \none\r\nTwo, too", "title\nOne\n\"Two, too\"\n"},
		{"list.txt", listing, "title,excerpt,source,age\nOne,\"first\nsecond …\",a.org,3 years ago\nTwo,,c.org,1 day ago\n"},
		{"list.tsv", "a\tb\n1\tx\n1\tx\n2\t\"y\n\tz\"\n", "a,b\n1,x\n2,\"y\n\tz\"\n"},
		{"list.csv", "sep=;\r\na;b\r\n1;x\r\n1;x\r\n2;y\r\n", "a;b\n1;x\n2;y\n"},
		{"list.csv", "a|b\r1|x\r1|x\r2|y", "a,b\n1,x\n2,y\n"},
		{"list.csv", "\ufeffa\nx\nx\ny\n", "\ufeffa\nx\ny\n"},
		{"list.jsonl", "{\"a\":\"1\",\"b\":null}\n{\"a\":1}\n\n{\"b\":{\"c\": [1, 2]},\"a\":\"}\"}", "a,b\n1,\n},\"{\"\"c\"\":[1,2]}\"\n"},
		{"list.json", "[{\"a\":\"x\"},\n {\"a\":\"x\"},{\"a\":1.50}]\n", "a\nx\n1.50\n"},
		{"list.csv", utf16le("a,b\n1,é\n1,é\n2,漢\n"), "a,b\n1,é\n2,漢\n"},
		{"list.csv", "a;b\n1;caf\xe9\n1;x\n2;na\xefve\n", "a;b\n1;café\n2;naïve\n"},
		{"list.csv.gz", gzipped("a,b\n1,x\n1,x\n2,y\n"), "a,b\n1,x\n2,y\n"},
	} {
		dir := t.TempDir()
		put(t, dir, map[string]string{test.name: test.input, "list.clean.csv": test.clean, "list.clusters.csv": three})
		if bad := failed(t, filepath.Join(dir, test.name)); bad != nil {
			t.Errorf("%s %.20q: %v", test.name, test.input, bad)
		}
	}
}

func utf16le(s string) string {
	out := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return string(out)
}

func gzipped(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write([]byte(s))
	w.Close()
	return b.String()
}

func TestJSONLinesAreHeldToTheCSV(t *testing.T) {
	lines := "{\"name\":\"Café Blau\\nam Markt\",\"city\":\"Wien\",\"code\":\"007\"}\n{\"name\":\"Gasthof \\\"Post\\\"\",\"city\":\"Graz\",\"code\":\"12\"}\n{\"name\":\"Zum Anker\",\"city\":\"Linz\",\"code\":\"\"}\n"
	in, dir := files(t, nil)
	put(t, dir, map[string]string{"list.clean.jsonl": lines})
	if bad := failed(t, in); bad != nil {
		t.Error(bad)
	}
	put(t, dir, map[string]string{"list.clean.jsonl": strings.Replace(lines, "007", "7", 1)})
	if bad := failed(t, in); !slices.Contains(bad, "JSON lines") {
		t.Error(bad)
	}
}

// TestOtherForms verifies runs that wrote the clean list as a workbook or as
// JSON lines only, and runs over a folder.
func TestOtherForms(t *testing.T) {
	in, dir := files(t, func(c map[string]string) {
		delete(c, "list.clean.csv")
		c["list.csv"] = strings.ReplaceAll(input, "&eacute;", "é")
	})
	workbook(t, dir, nil)
	if bad := failed(t, in); bad != nil {
		t.Errorf("workbook only: %v", bad)
	}
	workbook(t, dir, func(f *excelize.File) { f.SetCellValue("Clean", "B3", "Linz") })
	if bad := failed(t, in); !slices.Contains(bad, "cells") {
		t.Errorf("workbook only: %v", bad)
	}

	dir = t.TempDir()
	put(t, dir, map[string]string{"b.txt": "Two\nTWO\n", "a.txt": "One\n", "a.clean.csv": "title\nzzz\n"})
	name := filepath.Base(dir)
	out := t.TempDir()
	put(t, out, map[string]string{
		name + ".clean.jsonl":  "{\"title\":\"One\"}\n{\"title\":\"Two\"}\n",
		name + ".clusters.csv": "row,id,cluster,kept,survivor,probability,reason\n1,a,c,true,1,1,x\n2,b,d,true,2,1,x\n3,c,d,false,2,1,x\n",
	})
	if bad := failed(t, dir+string(filepath.Separator), out); bad != nil {
		t.Errorf("folder: %v", bad)
	}
}

func TestWhatCannotBeVerifiedSaysSo(t *testing.T) {
	in, dir := files(t, nil)
	put(t, dir, map[string]string{"other.csv": "title\nOne\n"})
	for _, test := range []struct {
		inputs, outputs []string
		says            string
	}{
		{[]string{filepath.Join(dir, "never.csv")}, nil, "never.csv: no such file"},
		{[]string{filepath.Join(dir, "other.csv")}, nil, "other.clusters.csv: not found"},
		{[]string{"-"}, []string{dir}, "stdin.clusters.csv: not found"},
		{[]string{in}, []string{filepath.Join(dir, "nosuch.clean.csv")}, "no such file"},
		{[]string{in}, []string{in}, "not the name of an output"},
		{nil, nil, "no input is named"},
	} {
		_, err := verify.Files(t.Context(), test.inputs, test.outputs)
		if err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%v %v: %v, wanted %q", test.inputs, test.outputs, err, test.says)
		}
	}
	put(t, dir, map[string]string{"list.clusters.csv": "row,id\n1,a\n"})
	if _, err := verify.Files(t.Context(), []string{in}, nil); err == nil || !strings.Contains(err.Error(), "the first line is not row,id,cluster") {
		t.Error(err)
	}
}
