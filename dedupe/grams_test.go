package dedupe

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/unecho/unecho/dedupe/join"
)

// plainCosine is the cosine of two of the texts by the book.
func plainCosine(texts []string, a, b int) float64 {
	grams := func(s string) map[string]float64 {
		m := map[string]float64{}
		for w := range strings.FieldsSeq(s) {
			r := []rune(" " + w + " ")
			for i := 0; i+3 <= len(r); i++ {
				m[string(r[i:i+3])]++
			}
		}
		return m
	}
	in := map[string]float64{}
	for _, t := range texts {
		for g := range grams(t) {
			in[g]++
		}
	}
	weigh := func(s string) (map[string]float64, float64) {
		m, sum := grams(s), 0.0
		for g, k := range m {
			m[g] = (1 + math.Log(k)) * (math.Log(float64(len(texts)+1)/(in[g]+1)) + 1)
			sum += m[g] * m[g]
		}
		return m, math.Sqrt(sum)
	}
	x, lx := weigh(texts[a])
	y, ly := weigh(texts[b])
	dot := 0.0
	for g, w := range x {
		dot += w * y[g]
	}
	if lx == 0 || ly == 0 {
		return 0
	}
	return dot / lx / ly
}

func TestGramsEqualTheBook(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	words := strings.Fields("a of banana bananas ananas données donnees 東京 東京都 42 2014 x² anna hannah \xff\xfe long–dash")
	texts := make([]string, 120)
	for i := range texts {
		var s []string
		for range rng.IntN(9) {
			s = append(s, words[rng.IntN(len(words))])
		}
		texts[i] = strings.Join(s, " ")
	}
	g := gramsOf(texts)
	v, laid := g.vectors(len(texts)), g.lay()
	for range 4000 {
		a, b := rng.IntN(len(texts)), rng.IntN(len(texts))
		want := plainCosine(texts, a, b)
		if got := laid.cosine(int32(a), int32(b)); math.Abs(got-want) > 1e-5 {
			t.Fatalf("cosine of %q and %q is %v, want %v", texts[a], texts[b], got, want)
		}
		if got := join.CosineOf(v, int32(a), int32(b)); math.Abs(got-want) > 1e-5 {
			t.Fatalf("the join's cosine of %q and %q is %v, want %v", texts[a], texts[b], got, want)
		}
	}
}

// TestCosineIsTheSameEitherWay holds the cosine of two records to itself, to the
// last bit, whichever is named first and whatever was laid out before.
func TestCosineIsTheSameEitherWay(t *testing.T) {
	texts := []string{"", "a", "banana banana bandana", "ana na na na na na na na na na na na na na na na na na na", "größe grösse 数据 数据", "the quick brown fox", "the quick brown dog"}
	g := gramsOf(texts)
	laid := g.lay()
	for a := range int32(len(texts)) {
		for b := range int32(len(texts)) {
			if got, want := laid.cosine(a, b), g.lay().cosine(b, a); got != want {
				t.Errorf("%q, %q: %v, the other way %v", texts[a], texts[b], got, want)
			}
		}
	}
}

// gramsOf cuts texts into words, and these into grams.
func gramsOf(texts []string) *grams {
	c := cutTexts(len(texts), func(d int) (string, string) { return texts[d], texts[d] }, nil)
	return c.grams(c.symbols.text)
}
