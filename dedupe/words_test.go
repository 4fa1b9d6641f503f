package dedupe

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// TestHoldingCounts holds the records that have all of some words, counted along
// the holders, to a look at each record; rare and common words are among them.
func TestHoldingCounts(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	texts := make([]string, 5000)
	for d := range texts {
		var row []string
		for range 2 + random.IntN(8) {
			row = append(row, fmt.Sprint("w", int(100*random.Float64()*random.Float64()*random.Float64())))
		}
		texts[d] = strings.Join(row, " ")
	}
	w := newWords(len(texts), func(d int) (string, string) { return texts[d], texts[d] })
	for range 2000 {
		of := w.set(int32(random.IntN(len(texts))))
		shared := slices.Clone(of[:min(len(of), 2+random.IntN(3))])
		if len(shared) < 2 {
			continue
		}
		rows := w.holders(shared[random.IntN(len(shared))])
		rows = rows[:min(len(rows), 1+random.IntN(200))]
		want := 0
		for _, r := range rows {
			if containsAll(w.set(r), shared) {
				want++
			}
		}
		for _, also := range shared {
			if len(shared) == 2 && &rows[0] == &w.holders(also)[0] {
				continue // of two words, also must be the other
			}
			if got := w.holding(rows, shared, w.holders(also)); got != want {
				t.Fatalf("%d of %d records hold %v, want %d", got, len(rows), shared, want)
			}
		}
	}
}
