package cluster

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
)

func TestAverage(t *testing.T) {
	cannot := Options{Cannot: [][2]int32{{0, 1}}}
	for _, c := range []struct {
		name  string
		n     int
		edges []Edge
		o     Options
		want  []int32
	}{
		{"nothing", 0, nil, Options{}, []int32{}},
		{"no edges", 3, nil, Options{}, []int32{0, 1, 2}},
		{"a pair above, a pair below", 4, []Edge{{0, 1, 1}, {2, 3, -1}}, Options{}, []int32{0, 0, 1, 2}},
		{"a score of 0 does not merge", 2, []Edge{{0, 1, 0}}, Options{}, []int32{0, 1}},
		{"a chain does not hold against the missing pair", 3, []Edge{{0, 1, 5}, {1, 2, 2}}, Options{}, []int32{0, 0, 1}},
		{"a strong chain does", 3, []Edge{{0, 1, 5}, {1, 2, 4}}, Options{}, []int32{0, 0, 0}},
		{"clipping weakens it", 3, []Edge{{0, 1, 5}, {1, 2, 4}}, Options{Clip: 2}, []int32{0, 0, 1}},
		{"infinite scores are clipped", 3, []Edge{{0, 1, math.Inf(1)}, {1, 2, math.Inf(1)}, {0, 2, math.Inf(-1)}}, Options{}, []int32{0, 0, 1}},
		{"missing pairs may count less", 3, []Edge{{0, 1, 5}, {1, 2, 2}}, Options{Missing: -1}, []int32{0, 0, 0}},
		{"a must-link without an edge", 3, nil, Options{Must: [][2]int32{{0, 2}}}, []int32{0, 1, 0}},
		{"a must-link against the score", 2, []Edge{{0, 1, -6}}, Options{Must: [][2]int32{{0, 1}}}, []int32{0, 0}},
		{"a cannot-link against the score", 2, []Edge{{0, 1, 6}}, cannot, []int32{0, 1}},
		{"a third record does not bring it back", 3, []Edge{{0, 1, 6}, {0, 2, 6}, {1, 2, 5}}, cannot, []int32{0, 1, 0}},
		{"one list never repeats itself", 3, []Edge{{0, 1, 6}, {0, 2, 6}, {1, 2, 5}}, Options{Across: []int32{7, 7, 8}}, []int32{0, 1, 0}},
		{"records of no list are free", 2, []Edge{{0, 1, 6}}, Options{Across: []int32{-1, -1}}, []int32{0, 0}},
		{"ties go by key", 3, []Edge{{0, 1, 2}, {1, 2, 2}}, Options{Key: []uint64{9, 5, 1}}, []int32{0, 1, 1}},
		{"a pair twice counts its best", 2, []Edge{{0, 1, -4}, {1, 0, 1}}, Options{}, []int32{0, 0}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Average(t.Context(), c.n, c.edges, c.o)
			if err != nil || !slices.Equal(got, c.want) {
				t.Errorf("got %v, %v; want %v", got, err, c.want)
			}
		})
	}
}

// A cluster of six of which a join found only neighbours falls to pieces, and
// a second look makes it whole.
func TestSecondLook(t *testing.T) {
	const n = 12
	p := problem{n: n}
	same := func(a, b int32) bool { return a/6 == b/6 }
	for a := range int32(n - 1) {
		p.edges = append(p.edges, Edge{a, a + 1, map[bool]float64{true: 2, false: 0.5}[same(a, a+1)]})
	}
	first, _ := Average(t.Context(), p.n, p.edges, p.o)
	if slices.Max(first) != 5 {
		t.Errorf("without a second look: %v", first)
	}
	asked := 0
	p.o.Sample = 2
	p.o.ScorePair = func(a, b int32) float64 {
		asked++
		if same(a, b) {
			return 1
		}
		return math.NaN()
	}
	got, _ := Average(t.Context(), p.n, p.edges, p.o)
	if want := []int32{0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1}; !slices.Equal(got, want) {
		t.Errorf("with a second look: %v", got)
	}
	if asked > 40 {
		t.Errorf("%d pairs scored", asked)
	}
}

func TestBadInput(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		n     int
		edges []Edge
		o     Options
		says  string
	}{
		{-1, nil, Options{}, "-1 records"},
		{2, []Edge{{0, 2, 1}}, Options{}, "edge 0 joins records 0 and 2 of 2"},
		{2, []Edge{{0, 1, 1}, {1, 1, 1}}, Options{}, "edge 1 joins record 1 with itself"},
		{2, []Edge{{0, 1, nan}}, Options{}, "no score"},
		{2, nil, Options{Must: [][2]int32{{0, -1}}}, "must-link 0"},
		{2, nil, Options{Cannot: [][2]int32{{0, 3}}}, "cannot-link 0"},
		{2, nil, Options{Across: []int32{0}}, "1 entries in Across for 2 records"},
		{2, nil, Options{Key: []uint64{0}}, "1 keys for 2 records"},
		{2, nil, Options{Clip: -1}, "clip -1"},
		{2, nil, Options{Clip: nan}, "clip NaN"},
		{2, nil, Options{Missing: 1}, "missing pair that counts 1"},
	} {
		_, err := Average(t.Context(), c.n, c.edges, c.o)
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%v: not %q", err, c.says)
		}
		if _, also := Components(c.n, c.edges, c.o); also == nil || also.Error() != err.Error() {
			t.Errorf("Components: %v", also)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Average(ctx, 2, []Edge{{0, 1, 1}}, Options{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// The laws of a clustering, on random problems.
func FuzzLaws(f *testing.F) {
	for i := range uint64(50) {
		f.Add(i)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		g := generator(seed)
		p := random(g)
		labels, err := Average(t.Context(), p.n, p.edges, p.o)
		if err != nil {
			return
		}
		constraintsHold(t, p, labels)
		to := g.Perm(p.n)
		if other, err := Average(t.Context(), p.n, permuted(p, to, g).edges, permuted(p, to, g).o); err != nil {
			t.Fatal(err)
		} else if back := number(p.n, func(i int32) int32 { return other[to[i]] }); !slices.Equal(back, labels) {
			t.Fatalf("in another order: %v, was %v", back, labels)
		}
		if got := withCopy(t, p, int32(g.IntN(p.n)), g); !slices.Equal(got[:p.n], labels) {
			t.Fatalf("with a copy: %v, was %v", got, labels)
		}
		if got := withLoner(t, p); !slices.Equal(got[:p.n], labels) || got[p.n] != slices.Max(labels)+1 {
			t.Fatalf("with a record without edges: %v, was %v", got, labels)
		}
	})
}

func constraintsHold(t *testing.T, p problem, labels []int32) {
	t.Helper()
	var next int32
	for _, l := range labels {
		if l > next {
			t.Fatalf("clusters are not numbered by first member: %v", labels)
		}
		next = max(next, l+1)
	}
	for _, m := range p.o.Must {
		if labels[m[0]] != labels[m[1]] {
			t.Fatalf("must-link %v broken: %v", m, labels)
		}
	}
	for _, c := range p.o.Cannot {
		if labels[c[0]] == labels[c[1]] {
			t.Fatalf("cannot-link %v broken: %v", c, labels)
		}
	}
	for a, list := range p.o.Across {
		for b := range a {
			if list >= 0 && list == p.o.Across[b] && labels[a] == labels[b] {
				t.Fatalf("%d and %d of list %d are together: %v", a, b, list, labels)
			}
		}
	}
}

// withCopy clusters p with an exact copy of a record at the end, whose edges
// are listed, or only some of them.
func withCopy(t *testing.T, p problem, of int32, g *rand.Rand) []int32 {
	t.Helper()
	twin := int32(p.n)
	p.o.Key = append(slices.Clone(p.o.Key), p.o.Key[of])
	p.o.Must = append(slices.Clone(p.o.Must), [2]int32{of, twin})
	if p.o.Across != nil {
		p.o.Across = append(slices.Clone(p.o.Across), -1)
	}
	for _, e := range slices.Clone(p.edges) {
		if e.A == of && g.IntN(2) == 0 {
			p.edges = append(p.edges, Edge{twin, e.B, e.Score})
		}
		if e.B == of && g.IntN(2) == 0 {
			p.edges = append(p.edges, Edge{e.A, twin, e.Score})
		}
	}
	p.n++
	return mustAverage(t, p)
}

func withLoner(t *testing.T, p problem) []int32 {
	t.Helper()
	p.n++
	p.o.Key = append(slices.Clone(p.o.Key), 3)
	if p.o.Across != nil {
		p.o.Across = append(slices.Clone(p.o.Across), 0)
	}
	return mustAverage(t, p)
}

func mustAverage(t testing.TB, p problem) []int32 {
	t.Helper()
	labels, err := Average(context.Background(), p.n, p.edges, p.o)
	if err != nil {
		t.Fatal(err)
	}
	return labels
}

// Copies that are not linked are interchangeable: the sizes of clusters and
// the keys in them are the same in any order, though not which copy is where.
func TestUnlinkedCopies(t *testing.T) {
	for seed := range uint64(300) {
		g := generator(seed)
		n := 2 + g.IntN(8)
		base := random(g)
		for base.n < n {
			base = random(g)
		}
		p := problem{n: 2 * n, o: Options{Key: make([]uint64, 2*n), Across: make([]int32, 2*n)}}
		for i := range p.o.Key { // records i and i+n are copies, of one list
			p.o.Key[i] = base.o.Key[i%n]
			p.o.Across[i] = int32(i % n)
		}
		for _, e := range base.edges {
			if int(e.A) >= n || int(e.B) >= n {
				continue
			}
			for _, d := range [][2]int{{0, 0}, {0, n}, {n, 0}, {n, n}} {
				p.edges = append(p.edges, Edge{e.A + int32(d[0]), e.B + int32(d[1]), e.Score})
			}
		}
		want := keysTogether(p, mustAverage(t, p))
		to := g.Perm(p.n)
		q := permuted(p, to, g)
		if got := keysTogether(q, mustAverage(t, q)); !slices.Equal(got, want) {
			t.Fatalf("seed %d: %v, in another order %v", seed, want, got)
		}
	}
}

// keysTogether writes each cluster as the sorted keys in it, in order.
func keysTogether(p problem, labels []int32) []string {
	keys := map[int32][]uint64{}
	for r, l := range labels {
		keys[l] = append(keys[l], p.o.Key[r])
	}
	var out []string
	for _, k := range keys {
		slices.Sort(k)
		out = append(out, fmt.Sprint(k))
	}
	slices.Sort(out)
	return out
}

// A list of a size at which several workers share the parts, and one part with
// a hub that everything touches.
func TestLargeIsTheSameOnAnyNumberOfCores(t *testing.T) {
	p := list(30_000, 90_000)
	for r := range int32(10_000) {
		p.edges = append(p.edges, Edge{29_999, r, 1})
	}
	want := mustAverage(t, p)
	constraintsHold(t, p, want)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if got := mustAverage(t, p); !slices.Equal(got, want) {
		t.Error("one core gives other clusters")
	}
}

// list makes a list as large lists are: most records alone or in small
// clusters, weak edges between clusters.
func list(n, edges int) problem {
	g := generator(uint64(n))
	p := problem{n: n, o: Options{Key: make([]uint64, n)}}
	for i := range p.o.Key {
		p.o.Key[i] = g.Uint64()
	}
	for len(p.edges) < edges {
		a, b := int32(g.IntN(n)), int32(g.IntN(n))
		score := g.NormFloat64()*2 - 3
		if g.IntN(3) == 0 {
			b, score = a^int32(1+g.IntN(3)), g.NormFloat64()*2+2
		}
		if a != b && int(b) < n {
			p.edges = append(p.edges, Edge{min(a, b), max(a, b), score})
		}
	}
	return p
}

func BenchmarkAverage(b *testing.B) {
	dense := problem{n: 3000}
	for r := range int32(3000) {
		for other := range r {
			if (r+other)%2 == 0 {
				dense.edges = append(dense.edges, Edge{other, r, 5})
			}
		}
	}
	hub := problem{n: 300_001}
	for r := range int32(300_000) {
		hub.edges = append(hub.edges, Edge{r, 300_000, 1 + float64(r%7)})
		if r%2 == 1 {
			hub.edges = append(hub.edges, Edge{r - 1, r, 5})
		}
	}
	for _, c := range []struct {
		name string
		problem
	}{
		{"records=1M/edges=3M", list(1_000_000, 3_000_000)},
		{"dense=3000", dense},
		{"hub=300k", hub},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				mustAverage(b, c.problem)
			}
		})
	}
}
