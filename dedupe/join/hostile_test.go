package join

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// hostile are lists whose pairs are many or whose rows are odd.
func hostile() map[string]*Sets {
	everywhere, template, long, equal, letters := &Sets{}, &Sets{}, &Sets{}, &Sets{}, &Sets{}
	rng := rand.New(rand.NewPCG(1, 2))
	const rows = 20_000
	for r := range int32(rows) {
		everywhere.Add(0, 1+r, 1+r+rows)
		template.Add(0, 1, 2, 3+r)
		equal.Add(0, 1, 2)
		var row []int32
		for range 12 {
			row = append(row, rng.Int32N(26*26))
		}
		slices.Sort(row)
		letters.Add(slices.Compact(row)...)
	}
	var all []int32
	for tok := range int32(10_000) {
		all = append(all, tok)
		long.Add(tok, tok+1)
	}
	long.Add(all...)
	long.Add(all[1:]...)
	return map[string]*Sets{"a token in every row": everywhere, "one template": template, "equal rows": equal,
		"random letters": letters, "rows of 10,000 tokens": long, "no rows": {}, "an empty row": {Start: []int32{0, 0}}}
}

// Hostile lists end soon under budgets, keep within them, and say what they
// left out.
func TestHostileListsKeepWithinBudgets(t *testing.T) {
	if testing.Short() {
		t.Skip("lists of many records take their time")
	}
	o := Options{MaxPerRow: 5, Work: 2_000_000}
	for name, s := range hostile() {
		v := &Vectors{Sets: *s, Weight: make([]float32, len(s.Token))}
		for i := range v.Weight {
			v.Weight[i] = 1
		}
		cosine, err1 := Cosine(context.Background(), v, 0.6, o)
		jaccard, err2 := Jaccard(context.Background(), s, nil, 0.6, o)
		rare, err3 := Rare(context.Background(), s, 50, o)
		if err := errors.Join(err1, err2, err3); err != nil {
			t.Fatal(err)
		}
		for _, res := range []*Result{cosine, jaccard, rare} {
			if len(res.Pairs) > o.MaxPerRow*s.Len() {
				t.Errorf("%s: %d pairs of %d rows", name, len(res.Pairs), s.Len())
			}
		}
		for _, res := range []*Result{cosine, jaccard} {
			if res.Read > o.Work {
				t.Errorf("%s: %d entries read", name, res.Read)
			}
			if (name == "one template" || name == "equal rows") && res.Complete() {
				t.Errorf("%s: said to be complete with %d pairs", name, len(res.Pairs))
			}
		}
	}
}

// A row keeps the best of what is found from it, and full rows are counted.
func TestMaxPerRowKeepsTheBest(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 3))
	for range 100 {
		s := randomSets(rng, 60, 20, 8)
		all, err := Rare(context.Background(), s, 60, Options{})
		if err != nil {
			t.Fatal(err)
		}
		const most = 3
		got, err := Rare(context.Background(), s, 60, Options{MaxPerRow: most})
		if err != nil {
			t.Fatal(err)
		}
		// Rare finds each pair from its lower row.
		want, full := []Scored{}, 0
		for a := range int32(s.Len()) {
			of := slices.DeleteFunc(slices.Clone(all.Pairs), func(p Scored) bool { return p.A != a })
			slices.SortFunc(of, better)
			if len(of) > most {
				of, full = of[:most], full+1
			}
			slices.SortFunc(of, func(p, q Scored) int { return int(p.B - q.B) })
			want = append(want, of...)
		}
		if diff := cmp.Diff(want, got.Pairs); diff != "" {
			t.Fatalf("pairs (-best +kept): %s", diff)
		}
		if got.Full != full {
			t.Fatalf("%d rows full, want %d", got.Full, full)
		}
	}
}

// With a budget for the work, every pair found is one of the pairs there are,
// the sum holds, and enough work finds them all.
func TestWorkBoundsTheReading(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 4))
	for range 50 {
		v := randomVectors(rng, 200, 40)
		all, err := Cosine(context.Background(), v, 0.5, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if cost, err := CosineCost(context.Background(), v, 0.5, Options{}); err != nil || cost != all.Read {
			t.Fatalf("cost %d, %v; read %d", cost, err, all.Read)
		}
		for _, work := range []int64{1, all.Read / 3, all.Read - 1, all.Read, all.Read + 1} {
			if work < 1 {
				continue
			}
			res, err := Cosine(context.Background(), v, 0.5, Options{Work: work})
			if err != nil {
				t.Fatal(err)
			}
			if res.Read > work || res.Complete() != (work >= all.Read) {
				t.Fatalf("work %d of %d: read %d, cut %d", work, all.Read, res.Read, res.Cut)
			}
			for _, p := range res.Pairs {
				if !slices.Contains(all.Pairs, p) {
					t.Fatalf("%v is not a pair", p)
				}
			}
			if res.Complete() && !slices.Equal(res.Pairs, all.Pairs) {
				t.Fatalf("complete with %d of %d pairs", len(res.Pairs), len(all.Pairs))
			}
		}
	}
}

func TestProgressRisesToTheEnd(t *testing.T) {
	const rows = 100_000
	s := &Sets{}
	for r := range int32(rows) {
		s.Add(r)
	}
	last, calls := 0, 0
	o := Options{Progress: func(done, total int) {
		if done <= last || done > total || total != rows {
			t.Errorf("%d of %d after %d", done, total, last)
		}
		last = done
		calls++
	}}
	if _, err := Jaccard(context.Background(), s, nil, 0.5, o); err != nil {
		t.Fatal(err)
	}
	if last != rows || calls > 101 {
		t.Errorf("ended at %d after %d calls", last, calls)
	}
}

// A million rows of one template, of which no budget could list the pairs.
func BenchmarkTemplate(b *testing.B) {
	s := &Sets{}
	for r := range int32(1_000_000) {
		s.Add(0, 1, 2, 3+r)
	}
	b.ReportAllocs()
	for b.Loop() {
		res, err := Jaccard(context.Background(), s, nil, 0.6, Options{MaxPerRow: 10, Work: 100_000_000})
		if err != nil {
			b.Fatal(err)
		}
		reportResult(b, res)
	}
}

func TestBadInputIsAnError(t *testing.T) {
	ctx := context.Background()
	one := &Sets{Start: []int32{0, 1}, Token: []int32{0}}
	jaccard := func(s *Sets, w []float64, at float64, o Options) error {
		_, err := Jaccard(ctx, s, w, at, o)
		return err
	}
	cosine := func(v *Vectors, at float64) error {
		_, err := Cosine(ctx, v, at, Options{})
		return err
	}
	done, cancel := context.WithCancel(ctx)
	cancel()
	_, canceled := Cosine(done, &Vectors{Sets: *one, Weight: []float32{1}}, 0.5, Options{})
	_, edits := Typo(ctx, nil, 3, Options{})
	_, lists := Typo(ctx, []string{"a"}, 1, Options{List: []int32{}})
	for name, err := range map[string]error{
		"threshold 0":        jaccard(one, nil, 0, Options{}),
		"threshold 2":        cosine(&Vectors{Sets: *one, Weight: []float32{1}}, 2),
		"threshold NaN":      jaccard(one, nil, math.NaN(), Options{}),
		"rows past tokens":   jaccard(&Sets{Start: []int32{0, 2}, Token: []int32{0}}, nil, 0.5, Options{}),
		"rows backwards":     jaccard(&Sets{Start: []int32{0, 2, 1}, Token: []int32{0}}, nil, 0.5, Options{}),
		"a row past, back":   jaccard(&Sets{Start: []int32{0, 9, 1}, Token: []int32{0}}, nil, 0.5, Options{}),
		"tokens unsorted":    jaccard(&Sets{Start: []int32{0, 2}, Token: []int32{1, 0}}, nil, 0.5, Options{}),
		"a token twice":      jaccard(&Sets{Start: []int32{0, 2}, Token: []int32{1, 1}}, nil, 0.5, Options{}),
		"a negative token":   jaccard(&Sets{Start: []int32{0, 1}, Token: []int32{-1}}, nil, 0.5, Options{}),
		"too few weights":    jaccard(one, []float64{}, 0.5, Options{}),
		"a negative weight":  jaccard(one, []float64{-1}, 0.5, Options{}),
		"too many lists":     jaccard(one, nil, 0.5, Options{List: []int32{1, 2}}),
		"a vector too short": cosine(&Vectors{Sets: *one}, 0.5),
		"an endless weight":  cosine(&Vectors{Sets: *one, Weight: []float32{float32(math.Inf(1))}}, 0.5),
		"a done context":     canceled,
		"three edits":        edits,
		"too few lists":      lists,
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// A row that is far longer than the row that meets it is searched, not walked.
func TestCosineOfFarLongerRows(t *testing.T) {
	for seed := range uint64(60) {
		rng := rand.New(rand.NewPCG(seed, 6))
		const rows, tokens = 40, 500
		v := &Vectors{}
		for r := range rows {
			some := rng.Perm(tokens)[:1+rng.IntN(5)]
			if r%8 == 0 {
				some = rng.Perm(tokens)[:tokens/2+rng.IntN(tokens/2)]
			}
			slices.Sort(some)
			for _, tok := range some {
				v.Token = append(v.Token, int32(tok))
				v.Weight = append(v.Weight, rng.Float32()*float32(1+tok%7*rng.IntN(2)*10))
			}
			v.Start = append(v.Start, int32(len(v.Token)-len(some)))
		}
		v.Start = append(v.Start, int32(len(v.Token)))
		o := randomOptions(rng, rows)
		for _, threshold := range thresholds {
			want := allPairs(rows, o, threshold, func(a, b int32) float64 { return CosineOf(v, a, b) })
			res, err := Cosine(context.Background(), v, threshold, o)
			mustFind(t, res, err, want)
		}
	}
}
