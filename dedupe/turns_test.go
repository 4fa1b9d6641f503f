package dedupe

import (
	"slices"
	"testing"
)

// TestTurnsAreInOrder gives each part its turn once, in order, whoever is ready first.
func TestTurnsAreInOrder(t *testing.T) {
	for _, n := range []int{0, 1, 2, 1000} {
		var done, want []int
		turn := newTurns(n, func(i int) { done = append(done, i) })
		eachChunk(n, func(i int) { turn.ready(n - 1 - i) })
		for i := range n {
			want = append(want, i)
		}
		if !slices.Equal(done, want) {
			t.Errorf("%d parts: %v", n, done)
		}
	}
}
