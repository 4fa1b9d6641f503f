package dedupe

import (
	"testing"

	"github.com/unecho/unecho/dedupe/lexicon"
)

// TestMeaningsAreThoseOfEachWord holds what is looked up for all words at once to
// what the tables say of each two.
func TestMeaningsAreThoseOfEachWord(t *testing.T) {
	s := &symbols{}
	for _, k := range tables {
		for _, form := range lexicon.Forms(k) {
			s.of(form)
		}
	}
	for _, w := range []string{"", "i", "1", "2", "ii", "iiii", "24", "25", "xxiv", "xxv", "02", "zebediah", "word"} {
		s.of(w)
	}
	m := newMeanings(s)
	means := func(w string) map[string]bool {
		all := map[string]bool{}
		for _, k := range tables {
			for _, s := range lexicon.Stands(k, w) {
				all[string(rune('a'+k))+s] = true
			}
		}
		if n := numeral(w); n != "" {
			all[n] = true
		}
		return all
	}
	want := make([]map[string]bool, len(s.text))
	for i, w := range s.text {
		want[i] = means(w)
	}
	for i, x := range want {
		for k, y := range want {
			shared := false
			for w := range x {
				shared = shared || y[w]
			}
			if got := m.share(int32(i), int32(k)); got != shared {
				t.Fatalf("%q and %q: %v, want %v", s.text[i], s.text[k], got, shared)
			}
		}
	}
}
