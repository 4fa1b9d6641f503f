package export

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestFitSaysWhatIsMissing(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("a", cellLimit), strings.Repeat("a", cellLimit+1),
		strings.Repeat("𝒳", cellLimit/2), strings.Repeat("𝒳", cellLimit/2+1), strings.Repeat("é", 100_000),
	} {
		var f fitted
		got := f.fit(text, "list.clean.csv")
		if n := utf16Len(got); n > cellLimit {
			t.Errorf("%d units in a cell", n)
		}
		if !utf8.ValidString(got) {
			t.Error("a character was cut in two")
		}
		if utf16Len(text) <= cellLimit {
			if got != text || f.cut != 0 {
				t.Error("text that fits was altered")
			}
			continue
		}
		head, tail, _ := strings.Cut(got, "…")
		missing := utf8.RuneCountInString(text) - utf8.RuneCountInString(head)
		if want := fmt.Sprintf(" (%s more characters in list.clean.csv)", thousands(missing)); tail != want || f.cut != 1 {
			t.Errorf("ends with %q, want %q; counted %d", tail, want, f.cut)
		}
	}
}

func TestXMLText(t *testing.T) {
	for text, want := range map[string]string{
		"plain\t\r\n": "plain\t\r\n", "a\x00b\x07": "a␀b␇", "Caf\xe9": "Caf\uFFFD", "\uFFFE": "\uFFFD", "": "", "_xD83D_xdfff_": "_ xD83D_ xdfff_", "_x0041_": "_x0041_", "\xed\xa0\x80": "\uFFFD\uFFFD\uFFFD",
	} {
		if got := xmlText(text); got != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
}

func TestVisible(t *testing.T) {
	for text, want := range map[string]string{
		"a\u200bb": "a‹U+200B›b", "Caf\xe9": "Caf‹0xE9›", "a\nb": "a↵\nb", "\u202eabc": "‹U+202E›abc", "👩‍👧": "👩‍👧", "x\u00a0y": "x‹U+00A0›y", "\uFFFD": "\uFFFD", "é": "é",
	} {
		if got := visible(text); got != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
}

func TestNumeric(t *testing.T) {
	for _, c := range []struct {
		cells    []string
		ok       bool
		decimals int
	}{
		{[]string{"1", "22", ""}, true, 0},
		{[]string{"1.50", "22.00"}, true, 2},
		{[]string{"1.5", "22.25"}, true, -1},
		{[]string{"1.50", "2"}, false, -1},
		{[]string{"007"}, false, 0},
		{[]string{"1234567890123456"}, false, 0},
		{[]string{"-0"}, false, 0},
		{[]string{"-3.25"}, true, 2},
		{[]string{"1e5"}, false, 0},
		{[]string{"1,5"}, false, 0},
		{[]string{"+1"}, false, 0},
		{[]string{"1."}, false, 0},
		{[]string{" 1"}, false, 0},
		{[]string{""}, false, -2},
		{[]string{"0.1234567"}, false, 0},
	} {
		ok, decimals := numeric(slices.Values(c.cells))
		if ok != c.ok || decimals != c.decimals {
			t.Errorf("%q: %v, %d; want %v, %d", c.cells, ok, decimals, c.ok, c.decimals)
		}
	}
}

// commonWords is the length of the longest common subsequence, straight from
// its definition.
func commonWords(a, b []string) int {
	switch {
	case len(a) == 0 || len(b) == 0:
		return 0
	case a[0] == b[0]:
		return 1 + commonWords(a[1:], b[1:])
	}
	return max(commonWords(a[1:], b), commonWords(a, b[1:]))
}

func TestDiffKeepsWhatIsCommon(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	word := func(n int) []string {
		out := make([]string, random.IntN(n))
		for i := range out {
			out[i] = string(rune('a' + random.IntN(3)))
		}
		return out
	}
	for range 2000 {
		a, b := word(9), word(9)
		onlyA, onlyB := make([]bool, len(a)), make([]bool, len(b))
		markDifferent(a, b, onlyA, onlyB)
		var left, right []string
		for i, w := range a {
			if !onlyA[i] {
				left = append(left, w)
			}
		}
		for i, w := range b {
			if !onlyB[i] {
				right = append(right, w)
			}
		}
		if !slices.Equal(left, right) || len(left) != commonWords(a, b) {
			t.Fatalf("%q and %q share %q and %q, want %d words", a, b, left, right, commonWords(a, b))
		}
	}
}

func FuzzDiffWords(f *testing.F) {
	f.Add("Autoscaling Pub/Sub Consumers", "Autoscaling Pub/Sub consumers at Spotify")
	f.Add("東京の春", "東京の夏\xff")
	f.Add(strings.Repeat("a b c ", 500), strings.Repeat("c a ", 700))
	f.Fuzz(func(t *testing.T, a, b string) {
		left, right := diffWords(a, b)
		for _, side := range []struct {
			text   string
			pieces []piece
		}{{a, left}, {b, right}} {
			var joined strings.Builder
			for i, p := range side.pieces {
				joined.WriteString(p.text)
				if p.text == "" || i > 0 && side.pieces[i-1].only == p.only {
					t.Errorf("pieces %+v are not joined", side.pieces)
				}
			}
			if joined.String() != side.text {
				t.Errorf("pieces give %q, want %q", joined.String(), side.text)
			}
			if a == b && len(side.pieces) > 0 && side.pieces[0].only {
				t.Error("equal texts differ")
			}
		}
	})
}

func TestKindOfASCII(t *testing.T) {
	for r := range rune(utf8.RuneSelf) {
		for _, last := range []int{kindNone, kindWord, kindSpace, kindSingle} {
			if got, want := kindOf(r, last), kindOfAny(r, last); got != want {
				t.Errorf("%q after %d is %d, want %d", r, last, got, want)
			}
		}
	}
}

func TestLines(t *testing.T) {
	for _, c := range []struct {
		text  string
		width float64
		want  int
	}{{"", 10, 1}, {"short", 10, 1}, {strings.Repeat("a", 30), 11, 3}, {"a\nb", 20, 2}, {"東京の桜の名所", 8, 2}} {
		if got := lines(c.text, c.width); got != c.want {
			t.Errorf("%q in %v: %d lines, want %d", c.text, c.width, got, c.want)
		}
	}
}
