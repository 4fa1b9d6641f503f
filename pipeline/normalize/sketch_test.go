package normalize

import (
	"math/rand/v2"
	"testing"
)

// TestSketchForgetsNothing holds that a text that was met, once or twice, is
// known as such, and that few others are.
func TestSketchForgetsNothing(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	const n = 10_000
	k := newSketch(n)
	times := map[string]int{}
	for range n {
		s := randomText(rng)
		k.meet(s)
		times[s]++
	}
	for s, n := range times {
		if !k.met(s) || n > 1 && !k.metAgain(s) {
			t.Fatalf("%q was met %d times", s, n)
		}
	}
	wrong := 0
	for range n {
		if s := randomText(rng); times[s] == 0 && k.met(s) {
			wrong++
		}
	}
	if wrong > n/4 {
		t.Errorf("%d of %d others are taken for one that was met", wrong, n)
	}
	if empty := newSketch(0); empty.met("a") {
		t.Error("an empty sketch has met a text")
	}
}
