package dedupe

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestSymbolsAreAMap holds the numbers to those of a map, for short and long
// texts, with bytes that are no letters among them.
func TestSymbolsAreAMap(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	s, known := &symbols{}, map[string]int32{}
	var seen []string
	for range 200_000 {
		b := make([]byte, random.IntN(10))
		for i := range b {
			b[i] = "\x00ab\xffcdefgh"[random.IntN(10)]
		}
		text := string(b)
		want, ok := known[text]
		if id, found := s.find(text); found != ok || ok && id != want {
			t.Fatalf("%q: found %v %v, want %v %v", text, id, found, want, ok)
		}
		if !ok {
			want = int32(len(known))
			known[text] = want
			seen = append(seen, text)
		}
		if id := s.of(text); id != want {
			t.Fatalf("%q is %d, want %d", text, id, want)
		}
	}
	if !slices.Equal(s.text, seen) {
		t.Error("the texts are not in the order in which they were seen")
	}
}

// Two long texts whose keys are the same by chance are two.
func TestSymbolsWithOneKey(t *testing.T) {
	s := &symbols{}
	key := textKey("a long text")
	id := s.of("a long text")
	if i := s.place(key, "a long text"); s.key[i] != key || s.id[i] != id {
		t.Error("a text is not where it was put")
	}
	if i := s.place(key, "another long text"); s.key[i] != 0 {
		t.Errorf("another text stands where %q does", s.text[s.id[i]])
	}
}
