package join

import (
	"context"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// randomSets makes rows of tokens, some of them common; many rows are near
// copies of an earlier one.
func randomSets(rng *rand.Rand, rows, tokens, length int) *Sets {
	s := &Sets{Start: []int32{0}}
	for range rows {
		var row []int32
		if s.Len() > 0 && rng.IntN(2) == 0 {
			row = slices.Clone(s.Row(rng.Int32N(int32(s.Len()))))
			for range rng.IntN(3) {
				if len(row) > 0 {
					row = slices.Delete(row, 0, 1)
				}
				row = append(row, rng.Int32N(int32(tokens)))
			}
		} else {
			for range rng.IntN(length + 1) {
				row = append(row, int32(float64(tokens)*rng.Float64()*rng.Float64()))
			}
		}
		slices.Sort(row)
		s.Add(slices.Compact(row)...)
	}
	return s
}

// randomWeights makes weights, a few of them 0, now and then over all orders
// of magnitude.
func randomWeights(rng *rand.Rand, n int) []float64 {
	w := make([]float64, n)
	cases := 8
	if rng.IntN(4) == 0 {
		cases = 3
	}
	for i := range w {
		switch rng.IntN(cases) {
		case 0:
		case 1:
			w[i] = 1 + rng.Float64()*100
		case 2:
			w[i] = math.Pow(10, -12+24*rng.Float64())
		default:
			w[i] = float64(1+rng.IntN(4)) / 4
		}
	}
	return w
}

// allPairs is the slow reference: every pair whose similarity is t or more.
func allPairs(n int, o Options, t float64, similarity func(a, b int32) float64) []Scored {
	out := []Scored{}
	for a := range int32(n) {
		for b := a + 1; b < int32(n); b++ {
			if score := similarity(a, b); o.together(a, b) && score >= t {
				out = append(out, Scored{a, b, score})
			}
		}
	}
	return out
}

// thresholds include values that similarities take exactly.
var thresholds = []float64{MinThreshold, 0.1, 0.25, 1.0 / 3, 0.4, 0.5, 0.6, 2.0 / 3, 0.75, 0.9, 1}

// randomOptions now and then asks for pairs between lists, or with new rows.
func randomOptions(rng *rand.Rand, rows int) Options {
	var o Options
	if rng.IntN(3) == 0 {
		o.List = make([]int32, rows)
		for i := range o.List {
			o.List[i] = rng.Int32N(3)
		}
	}
	if rng.IntN(3) == 0 {
		o.Since = rng.Int32N(int32(rows + 2))
	}
	return o
}

func mustFind(t *testing.T, res *Result, err error, want []Scored) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, res.Pairs); diff != "" {
		t.Fatalf("pairs (-brute force +join):\n%s", diff)
	}
	if !res.Complete() {
		t.Fatal("not complete without a budget")
	}
}

func checkJaccard(t *testing.T, rng *rand.Rand) {
	rows, tokens := rng.IntN(60), 1+rng.IntN(80)
	s := randomSets(rng, rows, tokens, 1+rng.IntN(20))
	var weight []float64
	if rng.IntN(3) > 0 {
		weight = randomWeights(rng, tokens)
	}
	o := randomOptions(rng, rows)
	for _, threshold := range thresholds {
		want := allPairs(rows, o, threshold, func(a, b int32) float64 { return JaccardOf(s, weight, a, b) })
		res, err := Jaccard(context.Background(), s, weight, threshold, o)
		mustFind(t, res, err, want)
	}
}

func checkCosine(t *testing.T, rng *rand.Rand) {
	rows, tokens := rng.IntN(60), 1+rng.IntN(80)
	v := randomVectors(rng, rows, tokens)
	o := randomOptions(rng, rows)
	for _, threshold := range thresholds {
		want := allPairs(rows, o, threshold, func(a, b int32) float64 { return CosineOf(v, a, b) })
		res, err := Cosine(context.Background(), v, threshold, o)
		mustFind(t, res, err, want)
	}
}

// randomVectors weighs random sets by token, by chance, or by 1 each.
func randomVectors(rng *rand.Rand, rows, tokens int) *Vectors {
	v := &Vectors{Sets: *randomSets(rng, rows, tokens, 1+rng.IntN(20))}
	weight := randomWeights(rng, tokens)
	kind := rng.IntN(3)
	for _, tok := range v.Token {
		switch kind {
		case 0:
			v.Weight = append(v.Weight, 1)
		case 1:
			v.Weight = append(v.Weight, float32(weight[tok]))
		default:
			v.Weight = append(v.Weight, float32(rng.IntN(3))*rng.Float32())
		}
	}
	return v
}

func TestJoinsEqualBruteForce(t *testing.T) {
	seeds := uint64(500)
	if testing.Short() {
		seeds = 50
	}
	for seed := range seeds {
		rng := rand.New(rand.NewPCG(seed, 1))
		checkJaccard(t, rng)
		checkCosine(t, rng)
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func FuzzJaccardEqualsBruteForce(f *testing.F) {
	f.Add(uint64(1))
	f.Fuzz(func(t *testing.T, seed uint64) { checkJaccard(t, rand.New(rand.NewPCG(seed, 2))) })
}

func FuzzCosineEqualsBruteForce(f *testing.F) {
	f.Add(uint64(1))
	f.Fuzz(func(t *testing.T, seed uint64) { checkCosine(t, rand.New(rand.NewPCG(seed, 3))) })
}

func TestSameResultAtAnyGOMAXPROCS(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	v := randomVectors(rng, 2000, 300)
	o := Options{MaxPerRow: 3, Work: 20_000}
	joins := map[string]func() (*Result, error){
		"cosine":  func() (*Result, error) { return Cosine(context.Background(), v, 0.5, o) },
		"jaccard": func() (*Result, error) { return Jaccard(context.Background(), &v.Sets, nil, 0.4, o) },
		"rare":    func() (*Result, error) { return Rare(context.Background(), &v.Sets, 50, o) },
	}
	for name, join := range joins {
		var want *Result
		for _, procs := range []int{1, 2, 5} {
			before := runtime.GOMAXPROCS(procs)
			got, err := join()
			runtime.GOMAXPROCS(before)
			if err != nil {
				t.Fatal(err)
			}
			if want == nil {
				want = got
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s at GOMAXPROCS=%d: %s", name, procs, diff)
			}
		}
		if want.Complete() || len(want.Pairs) == 0 {
			t.Errorf("%s: the budgets were not tested: %d pairs, %d full, %d cut", name, len(want.Pairs), want.Full, want.Cut)
		}
	}
}
