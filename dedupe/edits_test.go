package dedupe

import (
	"math/rand/v2"
	"testing"
)

// plainEdits is the optimal string alignment distance by the whole table.
func plainEdits(a, b string) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range d[0] {
		d[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

func checkEdits(t *testing.T, a, b string, limit int) {
	t.Helper()
	if len(a) > maxEdited || len(b) > maxEdited {
		return
	}
	want := min(plainEdits(a, b), limit+1)
	if got := edits(a, b, limit); got != want {
		t.Fatalf("edits(%q, %q, %d) = %d, want %d", a, b, limit, got, want)
	}
}

func FuzzEdits(f *testing.F) {
	f.Add("kubernetes", "kuberentes", uint8(2))
	f.Add("", "ab", uint8(1))
	f.Fuzz(func(t *testing.T, a, b string, limit uint8) { checkEdits(t, a, b, int(limit%4)) })
}

func TestEditsOfNearWords(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for range 20_000 {
		a := make([]byte, rng.IntN(8))
		b := make([]byte, rng.IntN(8))
		for _, s := range [][]byte{a, b} {
			for i := range s {
				s[i] = byte('a' + rng.IntN(3))
			}
		}
		checkEdits(t, string(a), string(b), rng.IntN(4))
	}
}
