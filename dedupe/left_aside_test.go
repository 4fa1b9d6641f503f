package dedupe

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// TestCoreByWordsIsCoreByText holds what is set aside by the places of words to
// what is set aside by the text.
func TestCoreByWordsIsCoreByText(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 3))
	text := []string{"a", "b", "c", "d", "e"}
	for range 2000 {
		words := make([]int32, 1+random.IntN(8))
		for i := range words {
			words[i] = int32(random.IntN(len(text)))
		}
		from := random.IntN(len(words))
		to := from + random.IntN(len(words)-from+1)
		var core []string
		for _, w := range words[from:to] {
			core = append(core, text[w])
		}
		got, want := make([]bool, len(words)), make([]bool, len(words))
		markBeside(got, words, from, to)
		markAside(want, words, text, strings.Join(core, " "))
		if !slices.Equal(got, want) {
			t.Fatalf("of %v the core is %d to %d: aside %v, by text %v", words, from, to, got, want)
		}
	}
}
