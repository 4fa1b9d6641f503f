package evaluate_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/unecho/unecho/pipeline/evaluate"
)

// Values from the tables and from R: binom.test(x, n)$conf.int.
func TestClopperPearson(t *testing.T) {
	for _, c := range []struct {
		x, n       int
		confidence float64
		low, high  float64
	}{
		{0, 10, 0.95, 0, 0.3084971},
		{5, 10, 0.95, 0.1870860, 0.8129140},
		{1, 20, 0.95, 0.001265089, 0.2487328},
		{10, 10, 0.95, 0.6915029, 1},
		{4, 20, 0.95, 0.05733400, 0.4366140},
		{0, 59, 0.90, 0, 0.04950684}, // one in twenty is out with 59 clean draws: 1-0.05^(1/59)
		{50, 1000, 0.95, 0.03733540, 0.06539048},
		{0, 0, 0.95, 0, 1},
	} {
		low, high := evaluate.ClopperPearson(c.x, c.n, c.confidence)
		if math.Abs(low-c.low) > 2e-6 || math.Abs(high-c.high) > 2e-6 {
			t.Errorf("%d of %d at %v: %.7f to %.7f, want %.7f to %.7f", c.x, c.n, c.confidence, low, high, c.low, c.high)
		}
	}
}

// Without anything found the bound has a closed form.
func TestShareAtMostOfNothing(t *testing.T) {
	for n := 1; n < 500; n += 7 {
		if got, want := evaluate.ShareAtMost(0, n, 0.05), 1-math.Pow(0.05, 1/float64(n)); math.Abs(got-want) > 1e-9 {
			t.Errorf("0 of %d: %v, want %v", n, got, want)
		}
	}
}

// The bound on a count is too low in at most alpha of all samples, whatever
// the true number: summed over every sample there can be, exactly.
func TestCountAtMostCovers(t *testing.T) {
	const alpha = 0.05
	for _, size := range []int{1, 2, 7, 20, 41} {
		for n := 0; n <= size; n++ {
			for marked := 0; marked <= size; marked++ {
				missed := 0.0
				for x := max(0, n-(size-marked)); x <= min(n, marked); x++ {
					if evaluate.CountAtMost(x, n, size, alpha) < marked {
						missed += choose(marked, x) * choose(size-marked, n-x) / choose(size, n)
					}
				}
				if missed > alpha+1e-9 {
					t.Fatalf("%d of %d marked, %d drawn: too low in %v of the samples", marked, size, n, missed)
				}
			}
		}
	}
}

// choose is n over k, slowly.
func choose(n, k int) float64 {
	c := 1.0
	for i := range k {
		c *= float64(n-i) / float64(i+1)
	}
	return c
}

// A list that ends is bounded more closely than one that does not; of one
// without an end in sight the two are one; what was seen in full is known.
func TestCountAtMostAgainstClopperPearson(t *testing.T) {
	for n := 0; n <= 60; n += 3 {
		for x := 0; x <= n; x++ {
			share := evaluate.ShareAtMost(x, n, 0.05)
			if got := evaluate.CountAtMost(x, n, 100, 0.05); float64(got) > 100*share+1e-6 {
				t.Errorf("%d of %d of 100: %d, above the share %v", x, n, got, share)
			}
			if got := float64(evaluate.CountAtMost(x, n, 10_000_000, 0.05)) / 10_000_000; n > 0 && math.Abs(got-share) > 1e-4 {
				t.Errorf("%d of %d of many: %v, and the share is %v", x, n, got, share)
			}
			if got := evaluate.CountAtMost(x, n, n, 0.05); got != x {
				t.Errorf("%d of all %d: %d", x, n, got)
			}
		}
	}
}

// Over strata the sum holds as often as it says.
func TestAtMostCovers(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	missed, rounds := 0, 4000
	for range rounds {
		var strata []evaluate.Stratum
		truth := 0
		for range 1 + random.IntN(4) {
			size := 1 + random.IntN(60)
			s := evaluate.Stratum{Size: size, Looked: random.IntN(size + 1)}
			marked := random.IntN(size + 1)
			truth += marked
			for i, k := range random.Perm(size) {
				if i < s.Looked && k < marked {
					s.Found++
				}
			}
			strata = append(strata, s)
		}
		if evaluate.AtMost(strata, 0.95) < truth {
			missed++
		}
	}
	if float64(missed) > 0.05*float64(rounds) {
		t.Errorf("too low in %d of %d audits", missed, rounds)
	}
}

func TestAllot(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 2))
	for range 2000 {
		sizes, weights, all := make([]int, 1+random.IntN(6)), []float64{}, 0
		for i := range sizes {
			sizes[i] = random.IntN(50)
			all += sizes[i]
			weights = append(weights, 0.01+random.Float64())
		}
		sample := random.IntN(200)
		sum := 0
		for i, n := range evaluate.Allot(sample, sizes, weights) {
			if n < 0 || n > sizes[i] {
				t.Fatalf("%d of %v by %v: stratum %d gets %d", sample, sizes, weights, i, n)
			}
			sum += n
		}
		if sum != min(sample, all) {
			t.Fatalf("%d of %v by %v: %d in all", sample, sizes, weights, sum)
		}
	}
}
