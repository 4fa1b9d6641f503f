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
				if got := w.slip(w.symbols.id[p], w.symbols.id[q]); got != want {
					t.Errorf("slip(%q, %q) = %d, slipKind gives %d", p, q, got, want)
				}
			}
		}
	})
}
