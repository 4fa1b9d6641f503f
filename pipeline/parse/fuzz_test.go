package parse

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/unecho/unecho/pipeline/record"
)

// seeds gives a fuzz target the files in testdata.
func seeds(f *testing.F) {
	paths, _ := filepath.Glob(filepath.Join("testdata", "*.*"))
	for _, p := range paths {
		b, err := os.ReadFile(p)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
}

// parsed reads b and holds it to the accounting; nil when it cannot be read.
func parsed(t *testing.T, b []byte, from string) *record.Table {
	table, err := Bytes(context.Background(), "fuzz", b, Options{From: from})
	if err != nil {
		var e *Error
		if !errors.As(err, &e) || e.Msg == "" {
			t.Fatalf("an error of another kind: %v", err)
		}
		return nil
	}
	if err := account(table); err != nil {
		t.Fatalf("%s %q: %v", from, b, err)
	}
	return table
}

func FuzzDetect(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, b []byte) { parsed(t, b, "") })
}

func FuzzListing(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, b []byte) { parsed(t, b, "listing") })
}

func FuzzLines(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, b []byte) { parsed(t, b, "lines") })
}

func FuzzTSV(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, b []byte) { parsed(t, b, "tsv") })
}

func FuzzXLSX(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, b []byte) { parsed(t, b, "xlsx") })
}

// FuzzJSON holds both JSON parsers to the accounting, and what is read of
// valid lines to encoding/json.
func FuzzJSON(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, b []byte) {
		parsed(t, b, "json")
		table := parsed(t, b, "jsonl")
		if table == nil || table.Sources[0].Encoding != "utf-8" || !bytes.Contains(b, []byte("\n")) {
			return
		}
		want := 0
		for line := range bytes.Lines(bytes.TrimPrefix(b, []byte("\ufeff"))) {
			line = bytes.TrimSpace(line)
			if json.Valid(line) && len(line) > 0 && line[0] == '{' {
				want++
			}
		}
		if table.Len() != want {
			t.Fatalf("%d objects of %d in %q", table.Len(), want, b)
		}
	})
}

// FuzzUnquote holds the text of a JSON string to encoding/json, but for
// surrogates without a partner and bytes that are not UTF-8.
func FuzzUnquote(f *testing.F) {
	f.Add(`"a\u00e9\ud83d\ude00\n\\\/\""`)
	f.Fuzz(func(t *testing.T, s string) {
		var want string
		if len(s) < 2 || s[0] != '"' || json.Unmarshal([]byte(s), &want) != nil || strings.ContainsRune(want, '\uFFFD') {
			return
		}
		s = strings.TrimRight(s, jsonSpace)
		if got := unquote(s); got != want {
			t.Fatalf("%q: %q, want %q", s, got, want)
		}
	})
}

// FuzzCSV holds the reader to encoding/csv on every input that the latter
// accepts.
func FuzzCSV(f *testing.F) {
	seeds(f)
	f.Add([]byte("a,\"b\nc\"\n\"d\",e\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		parsed(t, b, "csv")
		s := string(b)
		for _, delim := range delimiters {
			std := csv.NewReader(strings.NewReader(s))
			std.Comma, std.FieldsPerRecord = delim, -1
			want, err := std.ReadAll()
			tx := newText(b, encodingGuess{})
			if err != nil || tx.eol == '\r' {
				continue
			}
			want = slices.DeleteFunc(want, func(r []string) bool { return len(r) == 1 && blank(r[0]) })
			if got := readAll(tx, byte(delim)); !slices.EqualFunc(got, want, slices.Equal) {
				t.Fatalf("%q with %q: %q, want %q", s, delim, got, want)
			}
		}
	})
}

// readAll reads records as encoding/csv words them: line breaks are LF, rows
// of one blank cell are left out.
func readAll(t *text, delim byte) (rows [][]string) {
	r := csvReader{t: t, delim: delim}
	for {
		rec, ok := r.next(0)
		if !ok {
			return rows
		}
		if rec.blank || rec.open || len(r.fields) == 1 && blank(r.fields[0]) {
			continue
		}
		row := slices.Clone(r.fields)
		for i := range row {
			row[i] = strings.ReplaceAll(row[i], "\r\n", "\n")
		}
		rows = append(rows, row)
	}
}

// FuzzUTF16 holds the accounting of recoded text to that of the text itself:
// the same rows come out, whatever the encoding.
func FuzzUTF16(f *testing.F) {
	f.Add("title,x\nGrüße,1\n\U0001F600,2\n")
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "")
		plain := parsed(t, []byte("\ufeff"+s), "csv")
		coded := parsed(t, encode16("\ufeff"+s), "csv")
		if plain != nil && coded != nil && !slices.Equal(plain.Cells, coded.Cells) {
			t.Fatalf("%q: %q and %q", s, plain.Cells, coded.Cells)
		}
	})
}
