package dedupe

import (
	"strings"
	"testing"
)

// FuzzSlip holds the glance to slipKind, letter by letter.
func FuzzSlip(f *testing.F) {
	for _, s := range []string{
		"colour color", "receive recieve", "dept department", "iv vi", "kdl46v4100 kdl46v4100b", "kdl46 kdl47",
		"a ab", "straße strasse", "1st first", "café cafe", "vi vii", "interesting interestnig", "abcd abdc", "x2 x",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		fields := strings.Fields(s)
		w := newWords(1, func(int) (string, string) { return s, s })
		w.traits = newTraits(w.symbols.text)
		for _, p := range fields {
			for _, q := range fields {
				want := 0
				if !digit(p) && !digit(q) {
					want = slipKind(p, q)
				}
				if got := w.slip(w.symbols.of(p), w.symbols.of(q)); got != want {
					t.Errorf("slip(%q, %q) = %d, slipKind gives %d", p, q, got, want)
				}
			}
		}
	})
}

// slipKind compares two words letter by letter, as words.slip does that looks at
// their traits first.
func slipKind(p, q string) int {
	if roman(p) && roman(q) {
		return 0
	}
	if coded(p) || coded(q) { // one character is another product
		if sameCode(p, q) {
			return slipBeginning
		}
		return 0
	}
	limit := typoLimit(p, q)
	switch {
	case min(len(p), len(q)) >= slipFrom && edits(p, q, limit) <= limit:
		return slipTypo
	case p[0] == q[0] && (strings.HasPrefix(p, q) || strings.HasPrefix(q, p)):
		return slipBeginning
	}
	return 0
}
