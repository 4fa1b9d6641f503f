package normalize

import (
	"slices"
	"testing"
	"unicode/utf8"
)

func TestClean(t *testing.T) {
	for _, c := range []struct {
		in, want string
		rules    []Rule
	}{
		{"plain text", "plain text", nil},
		{"caf\xe9", "café", []Rule{InvalidBytes}},
		{"donâ€™t â€œquoteâ€\u009d", "don’t “quote”", []Rule{Mojibake}},
		{"schÃ¶n", "schön", []Rule{Mojibake}},
		{"Ã¢â‚¬â„¢", "’", []Rule{Mojibake}},
		{"don‚Äôt caf√©", "don’t café", []Rule{Mojibake}},
		{"ðŸ˜€", "😀", []Rule{Mojibake}},
		{"ÐŸÑ€Ð¸Ð²ÐµÑ‚", "Привет", []Rule{Mojibake}},
		{"â‚¬5 Â£3 Ã¼", "€5 £3 ü", []Rule{Mojibake}},
		{"„Spaß“ und “Spaß”, “café”…, VOILÀ… SÃO", "„Spaß“ und “Spaß”, “café”…, VOILÀ… SÃO", nil},
		{"þµÑ©T Þ¡ Ìš Ó\u0093lafur", "þµÑ©T Þ¡ Ìš Ó“lafur", []Rule{C1Controls}},
		{"Q&amp;A", "Q&A", []Rule{Entities}},
		{"Q&amp;amp;A &lt;b&gt; &#39;x&#39; &eacute;", "Q&A <b> 'x' é", []Rule{Entities}},
		{"AT&T R&D; ?a=1&copy=1&notit;", "AT&T R&D; ?a=1&copy=1&notit;", nil},
		{"&nbsp;a&nbsp; b", "a b", []Rule{Entities, OddSpaces}},
		{"&Atilde;&copy;", "é", []Rule{Entities, Mojibake}},
		{"it\u0092s", "it’s", []Rule{C1Controls}},
		{"it\u0080\u0099s", "it’s", []Rule{C1Controls}},
		{"a\r\nb\rc", "a\nb\nc", []Rule{LineEnds}},
		{"a\x00b\x07", "ab", []Rule{Controls}},
		{"a\u202eb\u2066c\u200e", "abc", []Rule{BidiControls}},
		{"א\u200eב", "א\u200eב", nil},
		{"a\u200bb\ufeff", "ab", []Rule{ZeroWidth}},
		{"👩\u200d💻 می\u200cخواهم क्\u200dष", "👩\u200d💻 می\u200cخواهم क्\u200dष", nil},
		{"soft\u00adhyphen", "softhyphen", []Rule{SoftHyphens}},
		{"  a \t b\u00a0c  \n\n\n\n d ", "a b c\n\nd", []Rule{OddSpaces}},
		{"e\u0301", "é", []Rule{Composed}},
		{"", "", nil},
	} {
		got, rules := Clean(c.in)
		if got != c.want || !slices.Equal(rules, c.rules) {
			t.Errorf("Clean(%q) = %q %q, want %q %q", c.in, got, rules, c.want, c.rules)
		}
	}
}

func TestTrimmings(t *testing.T) {
	for in, want := range map[string]string{
		"for… | Continue reading":                 "for…",
		"than … | Continue reading":               "than …",
		"data visualizations. | Continue reading": "data visualizations.",
		"a text … Read more »":                    "a text …",
		"a text [Read more...]":                   "a text",
		"a text (more…)":                          "a text",
		"the book I want to read more":            "the book I want to read more",
		"and then … more":                         "and then … more",
		"text\n\nContinue reading →":              "text",
		"| Continue reading":                      "",
	} {
		if got := dropTrimmings(in); got != want {
			t.Errorf("dropTrimmings(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestNotes(t *testing.T) {
	for in, want := range map[string]bool{
		"(Right to Left (The Mirror World": true,
		"plain (fine) [too]":               false,
		"smile :) and ;-(":                 false,
		"1) first a) second":               false,
		"oops]":                            true,
		"([)]":                             true,
	} {
		if got := Notes(in) != nil; got != want {
			t.Errorf("Notes(%q) = %v, want %v", in, got, want)
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{"donâ€™t", "Ã¢â‚¬â„¢", "&amp;amp;lt;", "&#38;#38;#38;", "\xff\x00\r\n", "\u200d\ufeff\u202e", "√©‚Äô", "e\u0301\u00ad \u3000", "&Atilde;&copy;", "Ã&copy;"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		out, rules := Clean(s)
		if (out == s) != (rules == nil) || !utf8.ValidString(out) {
			t.Errorf("Clean(%q) = %q, %q", s, out, rules)
		}
		if again, rules := Clean(out); rules != nil {
			t.Errorf("Clean(%q) = %q, and again %q by %q", s, out, again, rules)
		}
		if d := dropTrimmings(out); dropTrimmings(d) != d {
			t.Errorf("dropTrimmings(%q) = %q, not at rest", out, d)
		}
	})
}
