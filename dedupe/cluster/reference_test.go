package cluster

import (
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"
)

// problem is an input of Average.
type problem struct {
	n     int
	edges []Edge
	o     Options
}

// reference is Average written as its promise: in each step all pairs of
// clusters are looked at, and their means taken from the pairs of records as
// exact fractions. Keys must be distinct.
func reference(p problem) []int32 {
	r := &slow{problem: p, score: map[[2]int32]int64{}}
	r.clip, r.missing = 6_000_000, -3_000_000
	if p.o.Clip != 0 {
		r.clip = int64(math.Round(p.o.Clip * 1e6))
	}
	if p.o.Missing != 0 {
		r.missing = int64(math.Round(p.o.Missing * 1e6))
	}
	for _, e := range p.edges {
		at := r.pair(e.A, e.B)
		if old, ok := r.score[at]; !ok || r.millionths(e.Score) > old {
			r.score[at] = r.millionths(e.Score)
		}
	}
	clusters := r.groups()
	clusters = r.greedy(clusters, r.mean)
	if p.o.ScorePair != nil && p.o.Sample > 0 {
		clusters = r.greedy(clusters, r.lookAgain)
	}
	labels := make([]int32, p.n)
	for i, c := range clusters {
		for _, m := range c {
			labels[m] = int32(i)
		}
	}
	return number(p.n, func(i int32) int32 { return labels[i] })
}

type slow struct {
	problem
	clip, missing int64
	score         map[[2]int32]int64
}

func (r *slow) key(i int32) uint64 {
	if r.o.Key == nil {
		return uint64(i)
	}
	return r.o.Key[i]
}

// pair puts the record with the smaller key first.
func (r *slow) pair(a, b int32) [2]int32 {
	if r.key(a) > r.key(b) {
		a, b = b, a
	}
	return [2]int32{a, b}
}

func (r *slow) millionths(score float64) int64 {
	return int64(math.Round(min(max(score*1e6, -float64(r.clip)), float64(r.clip))))
}

// groups are the must-link groups, each in order of key.
func (r *slow) groups() [][]int32 {
	of := make([]int32, r.n)
	for i := range of {
		of[i] = int32(i)
	}
	for range r.n {
		for _, p := range r.o.Must {
			of[p[0]] = min(of[p[0]], of[p[1]])
			of[p[1]] = of[p[0]]
		}
	}
	var groups [][]int32
	for g := range int32(r.n) {
		var members []int32
		for i := range int32(r.n) {
			if of[i] == g {
				members = append(members, i)
			}
		}
		if members != nil {
			groups = append(groups, r.sorted(members))
		}
	}
	return groups
}

func (r *slow) sorted(members []int32) []int32 {
	slices.SortFunc(members, func(a, b int32) int {
		if r.key(a) < r.key(b) {
			return -1
		}
		return 1
	})
	return members
}

func (r *slow) greedy(clusters [][]int32, value func(a, b []int32) *big.Rat) [][]int32 {
	for {
		var best *big.Rat
		var x, y int
		for i := range clusters {
			for j := range i {
				a, b := i, j // the cluster with the smaller first key first
				if r.key(clusters[b][0]) < r.key(clusters[a][0]) {
					a, b = b, a
				}
				if r.apart(clusters[a], clusters[b]) {
					continue
				}
				v := value(clusters[a], clusters[b])
				if v == nil || v.Sign() <= 0 || best != nil && v.Cmp(best) < 0 {
					continue
				}
				if best == nil || v.Cmp(best) > 0 || r.earlier(clusters[a], clusters[b], clusters[x], clusters[y]) {
					best, x, y = v, a, b
				}
			}
		}
		if best == nil {
			return clusters
		}
		merged := r.sorted(slices.Concat(clusters[x], clusters[y]))
		clusters = slices.Delete(clusters, max(x, y), max(x, y)+1)
		clusters[min(x, y)] = merged
	}
}

func (r *slow) earlier(a, b, c, d []int32) bool {
	if r.key(a[0]) != r.key(c[0]) {
		return r.key(a[0]) < r.key(c[0])
	}
	return r.key(b[0]) < r.key(d[0])
}

func (r *slow) apart(a, b []int32) bool {
	for _, x := range a {
		for _, y := range b {
			if r.o.Across != nil && r.o.Across[x] >= 0 && r.o.Across[x] == r.o.Across[y] {
				return true
			}
			for _, c := range r.o.Cannot {
				if c == [2]int32{x, y} || c == [2]int32{y, x} {
					return true
				}
			}
		}
	}
	return false
}

func (r *slow) mean(a, b []int32) *big.Rat {
	var sum int64
	for _, x := range a {
		for _, y := range b {
			if s, ok := r.score[r.pair(x, y)]; ok {
				sum += s
			} else {
				sum += r.missing
			}
		}
	}
	return big.NewRat(sum, int64(len(a)*len(b)))
}

// lookAgain is the mean of a second look: a's first key is the smaller.
func (r *slow) lookAgain(a, b []int32) *big.Rat {
	var found, missing int64
	for _, x := range a {
		for _, y := range b {
			if s, ok := r.score[r.pair(x, y)]; ok {
				found += s
			} else {
				missing++
			}
		}
	}
	if found <= 0 {
		return nil
	}
	var sum, n int64
	seen := map[[2]int]bool{}
	shift := 0
	for t := 0; t < 8*r.o.Sample && t < len(a)*len(b) && n < int64(r.o.Sample); t++ {
		at := [2]int{t % len(a), (t + shift) % len(b)}
		if seen[at] { // once around: start one further
			shift++
			at[1] = (t + shift) % len(b)
		}
		seen[at] = true
		p := r.pair(a[at[0]], b[at[1]])
		if _, ok := r.score[p]; ok {
			continue
		}
		if s := r.o.ScorePair(p[0], p[1]); s == s {
			sum += r.millionths(s)
		} else {
			sum += r.missing
		}
		n++
	}
	estimate := r.missing
	if n > 0 {
		estimate = sum / n
	}
	return big.NewRat(found+missing*estimate, int64(len(a)*len(b)))
}

// random makes a small problem; scores are coarse, so that ties abound.
func random(g *rand.Rand) problem {
	n := 1 + g.IntN(14)
	p := problem{n: n}
	p.o.Key = make([]uint64, n)
	for i, k := range g.Perm(n) {
		p.o.Key[i] = uint64(k) * 7
	}
	density := g.Float64()
	lean := float64(g.IntN(4))
	for a := range int32(n) {
		for b := range a {
			if g.Float64() < density {
				p.edges = append(p.edges, Edge{b, a, float64(g.IntN(13)-6) + lean})
			}
		}
	}
	if g.IntN(3) == 0 {
		p.o.Missing = []float64{-1, -6, -1e-9, -0.5}[g.IntN(4)]
	}
	if g.IntN(3) == 0 {
		p.o.Across = make([]int32, n)
		for i := range p.o.Across {
			p.o.Across[i] = int32(g.IntN(n+2)) - 1
		}
	}
	for range g.IntN(3) {
		p.o.Must = append(p.o.Must, [2]int32{int32(g.IntN(n)), int32(g.IntN(n))})
		p.o.Cannot = append(p.o.Cannot, [2]int32{int32(g.IntN(n)), int32(g.IntN(n))})
	}
	if g.IntN(2) == 0 {
		seed, key := g.Uint64(), p.o.Key
		p.o.Sample = 1 + g.IntN(4)
		p.o.ScorePair = func(a, b int32) float64 {
			h := rand.New(rand.NewPCG(seed, key[a]*1000+key[b]))
			return float64(h.IntN(15) - 6)
		}
	}
	return p
}

// permuted is the same problem with its records in another order: record i
// stands at to[i]. The edges and links are shuffled as well.
func permuted(p problem, to []int, g *rand.Rand) problem {
	q := problem{n: p.n, o: p.o}
	q.o.Key, q.o.Must, q.o.Cannot, q.o.Across = make([]uint64, p.n), nil, nil, nil
	back := make([]int32, p.n)
	for i, t := range to {
		q.o.Key[t] = p.o.Key[i]
		back[t] = int32(i)
	}
	if p.o.Across != nil {
		q.o.Across = make([]int32, p.n)
		for i, t := range to {
			q.o.Across[t] = p.o.Across[i]
		}
	}
	moved := func(pairs [][2]int32) (out [][2]int32) {
		for _, i := range g.Perm(len(pairs)) {
			out = append(out, [2]int32{int32(to[pairs[i][1]]), int32(to[pairs[i][0]])})
		}
		return out
	}
	q.o.Must, q.o.Cannot = moved(p.o.Must), moved(p.o.Cannot)
	for _, i := range g.Perm(len(p.edges)) {
		e := p.edges[i]
		q.edges = append(q.edges, Edge{int32(to[e.A]), int32(to[e.B]), e.Score})
	}
	if p.o.ScorePair != nil {
		q.o.ScorePair = func(a, b int32) float64 { return p.o.ScorePair(back[a], back[b]) }
	}
	return q
}

func generator(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 1)) }

func FuzzAverageIsReference(f *testing.F) {
	for i := range uint64(50) {
		f.Add(i)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		p := random(generator(seed))
		got, err := Average(t.Context(), p.n, p.edges, p.o)
		if err != nil {
			if _, conflict := err.(*Conflict); !conflict || len(Conflicts(p.n, p.o)) == 0 {
				t.Fatal(err)
			}
			return
		}
		if want := reference(p); !slices.Equal(got, want) {
			t.Fatalf("problem %+v\n got %v\nwant %v", p, got, want)
		}
	})
}
