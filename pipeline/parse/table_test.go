package parse

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/unecho/unecho/pipeline/record"
)

// rowsOf gives the records as slices.
func rowsOf(t *record.Table) [][]string {
	var rows [][]string
	for r := range t.Len() {
		rows = append(rows, slices.Clone(t.Row(r)))
	}
	return rows
}

func names(t *record.Table) []string {
	var out []string
	for _, c := range t.Columns {
		out = append(out, c.Name)
	}
	return out
}

func TestTables(t *testing.T) {
	for _, c := range []struct {
		name, file, in string
		o              Options
		columns        []string
		rows           [][]string
		rejects        []string // line, reason
		format, delim  string
		header         bool
	}{
		{name: "plain lines", in: "Foo, bar\n\nBaz qux quux\r\n  \nLast one", columns: []string{"title"},
			rows: [][]string{{"Foo, bar"}, {"Baz qux quux"}, {"Last one"}}, format: "lines"},
		{name: "lines with one comma each stay lines", in: "Hello, world of mine\nThe Good, the Bad\nYesterday, I was\n", columns: []string{"title"},
			rows: [][]string{{"Hello, world of mine"}, {"The Good, the Bad"}, {"Yesterday, I was"}}, format: "lines"},
		{name: "csv", in: "id,title\n007,\"a, \"\"b\"\"\"\n8, c \n", columns: []string{"id", "title"},
			rows: [][]string{{"007", `a, "b"`}, {"8", " c "}}, format: "csv", delim: ",", header: true},
		{name: "semicolon, decimal commas", in: "Name;Preis\nfoo;1,50\nbar;2,50\n", columns: []string{"Name", "Preis"},
			rows: [][]string{{"foo", "1,50"}, {"bar", "2,50"}}, format: "csv", delim: ";", header: true},
		{name: "tabs", in: "title\tyear\na, b\t1999\nc\t2000\n", columns: []string{"title", "year"},
			rows: [][]string{{"a, b", "1999"}, {"c", "2000"}}, format: "csv", delim: "\t", header: true},
		{name: "pipe", in: "title|year\na|1999\n", columns: []string{"title", "year"}, rows: [][]string{{"a", "1999"}}, format: "csv", delim: "|", header: true},
		{name: "sep line", in: "sep=;\r\ntitle;x\r\na,b;c\r\n", columns: []string{"title", "x"}, rows: [][]string{{"a,b", "c"}}, format: "csv", delim: ";", header: true},
		{name: "no header", in: "1,foo\n2,bar\n", columns: []string{"column 1", "column 2"}, rows: [][]string{{"1", "foo"}, {"2", "bar"}}, format: "csv", delim: ","},
		{name: "one column named title", in: "title\nHello, world\nFoo\n", columns: []string{"title"}, rows: [][]string{{"Hello, world"}, {"Foo"}}, format: "csv", header: true},
		{name: "one column, quoted", in: "title\n\"Hello, world\"\n\"\"\nFoo\n", columns: []string{"title"}, rows: [][]string{{"Hello, world"}, {""}, {"Foo"}}, format: "csv", delim: ",", header: true},
		{name: "line break in a cell", in: "id,title\n1,\"a\r\nb\"\n2,c\n", columns: []string{"id", "title"}, rows: [][]string{{"1", "a\r\nb"}, {"2", "c"}}, format: "csv", delim: ",", header: true},
		{name: "ragged", in: "id,title\n1,a\n2\n3,b,c\n4,d,\n5,e\n", columns: []string{"id", "title"}, rows: [][]string{{"1", "a"}, {"4", "d"}, {"5", "e"}},
			rejects: []string{"3: 1 field where the header has 2", "4: 3 fields where the header has 2"}, format: "csv", delim: ",", header: true},
		{name: "unclosed quote, quotes behind", in: "id,title\n1,\"abc\n2,\"def\"\n3,ghi\n", columns: []string{"id", "title"}, rows: [][]string{{"2", "def"}, {"3", "ghi"}},
			rejects: []string{"2: a quote is opened here and not closed"}, format: "csv", delim: ",", header: true},
		{name: "unclosed quote, none behind", in: "id,title\n1,\"abc\n2,def\n3,ghi\n", columns: []string{"id", "title"}, rows: [][]string{{"2", "def"}, {"3", "ghi"}},
			rejects: []string{"2: a quote is opened here and not closed"}, format: "csv", delim: ",", header: true},
		{name: "unclosed quote closed by another's end", in: "id,title,x\n1,\"abc,p\n2,def,\"q\"\n3,ghi,r\n", columns: []string{"id", "title", "x"}, rows: [][]string{{"2", "def", "q"}, {"3", "ghi", "r"}},
			rejects: []string{"2: a quote is opened here and not closed"}, format: "csv", delim: ",", header: true},
		{name: "stray quotes", in: "id,title\n1,5\" disk\n2,\"a \"b\" c\"\n", columns: []string{"id", "title"}, rows: [][]string{{"1", `5" disk`}, {"2", `a "b" c`}}, format: "csv", delim: ",", header: true},
		{name: "lone CR ends lines", in: "id,title\r1,a\r2,b", columns: []string{"id", "title"}, rows: [][]string{{"1", "a"}, {"2", "b"}}, format: "csv", delim: ",", header: true},
		{name: "equal and blank names", in: "id,name,name,\n1,a,b,c\n", columns: []string{"id", "name", "name", ""}, rows: [][]string{{"1", "a", "b", "c"}}, format: "csv", delim: ",", header: true},
		{name: "only a header", in: "id,title\n", columns: []string{"id", "title"}, format: "csv", delim: ",", header: true},
		{name: "empty", in: "", columns: []string{"title"}, format: "lines"},
		{name: "blanks", in: " \n\n\t\r\n", columns: []string{"title"}, format: "lines"},
		{name: "mark and NUL", in: "\ufefftitle,x\na\x00b,c\n", columns: []string{"title", "x"}, rows: [][]string{{"a\x00b", "c"}}, format: "csv", delim: ",", header: true},
		{name: "told tsv", in: "a,b\tc\n", o: Options{From: "tsv"}, columns: []string{"a,b", "c"}, format: "csv", delim: "\t", header: true},
		{name: "told lines", in: "title\nx\n", o: Options{From: "lines"}, columns: []string{"title"}, rows: [][]string{{"title"}, {"x"}}, format: "lines"},
		{name: "json lines", in: "{\"a\":1.50,\"b\":\"x\\u00e9\"}\n\n[1]\n{\"c\":null,\"a\":{ \"k\" : [1, 2]},\"b\":true}\n{bad\n", columns: []string{"a", "b", "c"},
			rows: [][]string{{"1.50", "xé", ""}, {`{"k":[1,2]}`, "true", ""}}, rejects: []string{"3: not an object", "5: not valid JSON: invalid character 'b' looking for beginning of object key string"}, format: "jsonl"},
		{name: "json array", in: "[\n {\"a\": 1},\n {\"a\": \"\\ud800\", \"a\": 2} ,\n 3\n]\n", columns: []string{"a", "a"},
			rows: [][]string{{"1", ""}, {`\ud800`, "2"}}, rejects: []string{"3: not an object"}, format: "json"},
		{name: "json array, a broken element", in: "[\n{\"a\": \"x},\n{\"a\": \"y\"},\n{\"a\": 3}\n]", columns: []string{"a"},
			rows: [][]string{{"y"}, {"3"}}, rejects: []string{"1: an element that never ends"}, format: "json"},
		{name: "title in brackets", in: "[HD] A film of note\n[4K] Another film\n", columns: []string{"title"}, rows: [][]string{{"[HD] A film of note"}, {"[4K] Another film"}}, format: "lines"},
	} {
		t.Run(c.name, func(t *testing.T) {
			table := read(t, c.file, c.in, c.o)
			if d := cmp.Diff(c.columns, names(table)); d != "" {
				t.Errorf("columns: %s", d)
			}
			if d := cmp.Diff(c.rows, rowsOf(table)); d != "" {
				t.Errorf("rows: %s", d)
			}
			var rejects []string
			for _, j := range table.Rejects {
				rejects = append(rejects, itoa(j.Line)+": "+j.Reason)
			}
			if c.format == "json" && len(rejects) > 0 && strings.HasPrefix(rejects[0], "1: ") {
				rejects = rejects[:1]
			}
			if d := cmp.Diff(c.rejects, rejects); d != "" {
				t.Errorf("rejects: %s", d)
			}
			src := table.Sources[0]
			if src.Format != c.format || src.Delimiter != c.delim || src.Header != c.header || src.Why == "" {
				t.Errorf("source: %+v", src)
			}
		})
	}
}

func itoa(n int32) string {
	var b []byte
	for ; n > 0; n /= 10 {
		b = append([]byte{byte('0' + n%10)}, b...)
	}
	return string(b)
}
