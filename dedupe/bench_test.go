package dedupe_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/unecho/unecho/dedupe"
)

// generated makes n titles whose words are as frequent as in a language
// (Zipf's law), one in ten a repeat of an earlier one with a word changed.
func generated(n int) []string {
	rng := rand.New(rand.NewPCG(11, 11))
	zipf := rand.NewZipf(rng, 1.1, 8, 60_000)
	word := func() string {
		var b strings.Builder
		for v := zipf.Uint64() + 30; v > 0; v /= 20 {
			b.WriteByte("bcdfghklmnprstvwxzjq"[v%20])
			b.WriteByte("aeiou"[v%5])
		}
		return b.String()
	}
	out := make([]string, n)
	for i := range out {
		if i > 0 && rng.IntN(10) == 0 {
			w := strings.Fields(out[rng.IntN(i)])
			w[rng.IntN(len(w))] = word()
			out[i] = strings.Join(w, " ")
			continue
		}
		w := make([]string, 4+rng.IntN(10))
		for k := range w {
			w[k] = word()
		}
		out[i] = strings.Join(w, " ")
	}
	return out
}

var sizes = [...]int{10_000, 100_000}

func BenchmarkPrepare(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			in := titles(generated(n)...)
			b.ReportAllocs()
			for b.Loop() {
				p, err := dedupe.Prepare(context.Background(), in, nil)
				if err != nil {
					b.Fatal(err)
				}
				_ = p
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "records/s")
		})
	}
}

func BenchmarkMatch(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			p, err := dedupe.Prepare(context.Background(), titles(generated(n)...), nil)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := p.Match(context.Background(), dedupe.Options{}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "records/s")
		})
	}
}
