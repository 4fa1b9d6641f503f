package verify

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"
)

// FuzzSplitTable holds the plain reader to encoding/csv on what that accepts.
func FuzzSplitTable(f *testing.F) {
	for _, seed := range []string{"a,b\n1,2\n", "\"a\nb\",\"c\"\"d\"\r\n\r\n,\n", "\"\"\n", "x", "\"open,\n1,2", "a\rb\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := splitTable(text, ',')
		r := csv.NewReader(strings.NewReader(text))
		r.FieldsPerRecord = -1
		want, err := r.ReadAll()
		// encoding/csv makes CRLF within quotes LF, and takes no lone CR for a line end.
		if err != nil || strings.Contains(text, "\r") {
			return
		}
		if !slices.EqualFunc(got, want, func(a, b []string) bool { return slices.Equal(a, b) }) {
			t.Errorf("%q: %q, encoding/csv %q", text, got, want)
		}
	})
}

// FuzzOpenWorkbook looks for input that makes the workbook reader panic.
func FuzzOpenWorkbook(f *testing.F) {
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if w, err := openWorkbook(data); err == nil {
			w.pages("Clean")
		}
	})
}

func TestOnlyLost(t *testing.T) {
	for _, test := range []struct {
		before, after string
		ok            bool
	}{
		{"It&amp;rsquo;s", "It’s", true}, {"donâ€™t", "don’t", true}, {"A … | Continue reading", "A …", true},
		{"A\x00B", "AB", true}, {"fine", "fined", false}, {"one two", "two one", false}, {"Dark\u0099", "Dark™", true}, {"007", "7", false}, {"x y", "", false},
	} {
		if onlyLost(test.before, test.after) != test.ok {
			t.Errorf("%q → %q: wanted %v", test.before, test.after, test.ok)
		}
	}
}

func TestSpells(t *testing.T) {
	for _, test := range []struct {
		shown, text string
		ok          bool
	}{
		{"a‹U+200B›b", "a\u200bb", true}, {"‹0xE9›", "\xe9", true}, {"a↵\nb", "a\nb", true}, {"a␀", "a\x00", true},
		{"a\ufffd", "a\xe9", true}, {"a", "b", false}, {strings.Repeat("x", 1<<15) + "… (3 more characters in list.clean.csv)", strings.Repeat("x", 1<<15) + "yyy", true},
	} {
		if spells(test.shown, test.text) != test.ok {
			t.Errorf("%.40q for %.40q: wanted %v", test.shown, test.text, test.ok)
		}
	}
}
