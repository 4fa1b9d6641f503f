package review

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

func TestWords(t *testing.T) {
	for kind, words := range map[Kind]string{
		Same:      "same|Same| SAME |s|y|Yes|1|true|gleich|Ja|identique|même|MÊME|oui|igual|sí|Si|duplicate|same.|wahr",
		Different: "different|d|n|No|0|x|X|false|verschieden|Nein|différent|differént|non|distinto|diferente",
		Related:   "related|r|verwandt|lié|relacionado|Serie",
		Skip:      "|skip|?|später|spaeter|plus tard|saltar",
	} {
		for _, word := range strings.Split(words, "|") {
			if got, ok := Word(word); !ok || got != kind {
				t.Errorf("%q is %q (%v), want %s", word, got, ok, kind)
			}
		}
	}
	for word, want := range map[string]string{"samee": `"samee" — same?`, "diferent": `"diferent" — different?`, "relatd": `"relatd" — related?`, "42": `"42" is no answer that is known`} {
		if kind, ok := Word(word); ok {
			t.Errorf("%q is %s", word, kind)
		}
		if got := unknown(word, decisionWords()); got != want {
			t.Errorf("%q: %s, want %s", word, got, want)
		}
	}
}

// No word means two things.
func TestWordsAreApart(t *testing.T) {
	seen := map[string]Kind{}
	for kind, words := range map[Kind][]string{Same: sameWords[:], Different: differentWords[:], Related: relatedWords[:], Skip: skipWords[:]} {
		for _, word := range words {
			if other, twice := seen[word]; twice {
				t.Errorf("%q is %s and %s", word, kind, other)
			}
			if spelled(word) != word {
				t.Errorf("%q is looked for, and a cell is read as %q", word, spelled(word))
			}
			seen[word] = kind
		}
	}
}

// The same answers in every way in which a spreadsheet saves a sheet as text.
func TestCSV(t *testing.T) {
	const text = "decision,keep,title A,title B,row A,row B,id A,id B,note\n" +
		"same,2,\"one, two\nthree\",b,2,7,ra,rb,why\n,,x,y,1,2,rc,rd,\nn,,x,y,1,2,rc,re,\n"
	wide := func(order binary.ByteOrder, mark string, text string) string {
		var b bytes.Buffer
		b.WriteString(mark)
		binary.Write(&b, order, utf16.Encode([]rune(text)))
		return b.String()
	}
	semicolons := strings.NewReplacer(`"one, two`+"\nthree\"", `"one, two`+"\nthree\"", ",", ";").Replace(text)
	for name, data := range map[string]string{
		"comma": text, "mark": "\ufeff" + text, "semicolon": semicolons, "sep": "sep=;\n" + semicolons, "tab": strings.ReplaceAll(semicolons, ";", "\t"),
		"utf-16": wide(binary.LittleEndian, "\xff\xfe", strings.ReplaceAll(semicolons, ";", "\t")), "utf-16 be": wide(binary.BigEndian, "\xfe\xff", text),
		"no mark": wide(binary.LittleEndian, "", text), "crlf": strings.ReplaceAll(text, "\n", "\r\n"), "1252": strings.ReplaceAll(text, "why", "why \xe9"),
	} {
		s, err := open("answers.csv", []byte(data))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		a := s.Read(nil)
		if len(a.Said) != 2 || len(a.Wrong) > 0 {
			t.Errorf("%s: %+v", name, a)
			continue
		}
		first, second := a.Said[0], a.Said[1]
		if first.Kind != Same || first.A != "ra" || first.B != "rb" || first.Keep != "ra" || !strings.HasPrefix(first.Why, "why") || second.Kind != Different || second.B != "re" {
			t.Errorf("%s: %+v", name, a.Said)
		}
		if at := second.Cell.String(); name == "comma" && at != "answers.csv:5" {
			t.Errorf("the second answer is at %s", at)
		}
	}
}

// What is wrong is named by its cell, all of it at once.
func TestFaults(t *testing.T) {
	for name, c := range map[string]struct {
		rows string
		want []string
	}{
		"words":          {"decision|keep|id A|id B|row A|row B\nsamee||a|b\nsame|C|a|b\ndifferent|A|a|b\n|B|a|b", []string{"A2", "B3", "B4", "B5"}},
		"no ids":         {"decision|keep|title A\nsame||x\n||y", []string{"A2"}},
		"an id":          {"decision|id A|id B\nsame|a|", []string{"A2"}},
		"two columns":    {"decision|id A|id B|Entscheidung\nsame|a|b|", []string{"D1"}},
		"undo":           {"undo|id|survivor id\nbring bak|a|b\nno|a|b\nx||", []string{"A2", "A4"}},
		"below a remark": {"please answer\n\ndecision|id A|id B\nsamee|a|b", []string{"A4"}},
	} {
		var cells []string
		for _, f := range read(t, c.rows, nil).Wrong {
			cells = append(cells, f.Cell.Ref)
		}
		if diff := cmp.Diff(c.want, cells); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// read reads a workbook of one sheet.
func read(t *testing.T, rows string, clean *Clean) *Answers {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	for r, row := range strings.Split(rows, "\n") {
		for c, cell := range strings.Split(row, "|") {
			ref, _ := excelize.CoordinatesToCellName(c+1, r+1)
			book.SetCellStr("Sheet1", ref, cell)
		}
	}
	var data bytes.Buffer
	if err := book.Write(&data); err != nil {
		t.Fatal(err)
	}
	s, err := open("book.xlsx", data.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	return s.Read(clean)
}

func TestBroughtBack(t *testing.T) {
	a := read(t, "undo|note|id|survivor id\nZurück|no repeat|a|s\n|||\n||b|s\n||c|other\n|a note||", nil)
	if len(a.Said) != 1 || !a.Said[0].Undo || a.Said[0].Kind != Different || a.Said[0].A != "a" || a.Said[0].B != "s" || a.Said[0].Why != "no repeat" {
		t.Fatalf("%+v", a.Said)
	}
	if diff := cmp.Diff([]string{"b"}, a.Said[0].Others); diff != "" {
		t.Error(diff)
	}
	if len(a.Left) != 1 || a.Left[0].Cell.Ref != "B6" {
		t.Errorf("left: %+v", a.Left)
	}
}

// An edited cell is known by the record's id and the column's header, wherever
// they stand.
func TestEdited(t *testing.T) {
	list := map[string][]string{"r1": {"one", "1999"}, "r2": {"two", "2004"}}
	clean := &Clean{Columns: []string{"Title", "Year"}, Headers: []string{"Title", "Year"}, Edited: func(id string, column int, text string) (string, bool) {
		row, ok := list[id]
		if !ok {
			return "", false
		}
		return row[column], row[column] != text
	}}
	a := read(t, "copies|Year|my own|id|Title\n1|2004|x|r2|Two\n2|1999||r1|one\n1|1||gone|z\n1|5||| new", clean)
	if len(a.Said) != 1 || a.Said[0].A != "r2" || a.Said[0].Column != "Title" || a.Said[0].Value != "Two" || a.Said[0].Was != "two" || a.Said[0].Cell.Ref != "E2" {
		t.Errorf("%+v", a.Said)
	}
	if len(a.Left) != 1 || a.Left[0].Cell.Line != 5 {
		t.Errorf("%+v", a.Left)
	}
}

func TestPage(t *testing.T) {
	s, err := open("posts.answers.jsonl", []byte(`{"kind":"same","a":"ra","b":"rb","keep":"rb","at":"2026-11-25T09:00:00Z","via":"offline page"}`+"\n\n"+`{"kind":"value","a":"ra","column":"title","value":"x"}`+"\n"+`{"kind":"same","a":"ra"`+"\n"+`{"kind":"undo","a":"ra"}`+"\n"))
	if err != nil {
		t.Fatal(err)
	}
	a := s.Read(nil)
	if len(a.Said) != 2 || a.Said[0].Keep != "rb" || a.Said[0].At.IsZero() || a.Said[1].Column != "title" || len(a.Wrong) != 2 || a.Wrong[0].Cell.Line != 4 {
		t.Errorf("%+v", a)
	}
}

// Any bytes are a book, or an error; never a panic.
func FuzzOpen(f *testing.F) {
	book := excelize.NewFile()
	book.SetSheetRow("Sheet1", "A1", &[]any{"decision", "id A", "id B"})
	book.SetSheetRow("Sheet1", "A2", &[]any{"same", "a", "b"})
	var data bytes.Buffer
	if err := book.Write(&data); err != nil {
		f.Fatal(err)
	}
	f.Add(data.Bytes())
	for _, text := range []string{"", "PK", "PK\x03\x04", "decision,id A,id B\nsame,a,b\n", "{}", "{\"kind\":\"same\"}\n{", "\xff\xfed", "sep=", "a\"b\"c,\"", "\xd0\xcf\x11\xe0"} {
		f.Add([]byte(text))
	}
	clean := &Clean{Columns: []string{"a"}, Headers: []string{"a"}, Edited: func(string, int, string) (string, bool) { return "", true }}
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := open("book", data)
		if err != nil {
			return
		}
		defer s.Close()
		for _, said := range s.Read(clean).Said {
			if said.A == "" || said.Kind.Pairwise() && said.B == "" || !slices.Contains([]Kind{Same, Different, Related, Skip, Keep, Value}, said.Kind) {
				t.Errorf("%+v", said)
			}
		}
	})
}
