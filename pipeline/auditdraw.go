package pipeline

import (
	"cmp"
	"hash/fnv"
	"maps"
	"math/rand/v2"
	"slices"

	"github.com/unecho/unecho/pipeline/evaluate"
	"github.com/unecho/unecho/pipeline/record"
	"github.com/unecho/unecho/pipeline/review"
)

// What an audit draws from: the merges, each a removed record beside the one
// that stays for it, and the near misses, pairs of groups that were kept apart.

// AuditPair is one pair of a sample; rows count from 0.
type AuditPair struct {
	A, B        int // of a merge, A was removed and B stays
	Stratum     int
	Probability float64
	Kind        review.Kind // what was answered; "" not yet, Skip where nobody can tell
	said        string      // the id of that decision
}

// AuditStratum is a part of what is audited, by how likely its pairs are.
type AuditStratum struct {
	Name   string  `json:"name"`
	Merges bool    `json:"merges"` // of merges; else of near misses
	Probe  bool    `json:"probe"`  // too far apart to be bounded by a small sample: only looked into
	Size   int     `json:"size"`
	Sample int     `json:"sample"` // drawn
	Looked int     `json:"looked"` // answered
	Found  int     `json:"found"`  // wrong merges, or repeats that were missed
	Open   int     `json:"open"`   // of them, answers "cannot tell", which count as found
	weight float64 // its share of the sample
}

// The strata, by number. What is likelier to hide a mistake gets the larger
// share of the sample; a small stratum is looked at in full.
const (
	mergedUnlikely = iota
	mergedLikely
	missRelated
	missAsked
	missNear
	missFar
	strataCount
)

// Where the strata part, as probabilities.
const (
	auditLikely = 0.95
	auditAsked  = 0.5
	auditNear   = 0.05
)

func auditStrata() []AuditStratum {
	return []AuditStratum{
		mergedUnlikely: {Name: "merged below 0.95", Merges: true, weight: 0.22},
		mergedLikely:   {Name: "merged at 0.95 and above", Merges: true, weight: 0.30},
		missRelated:    {Name: "kept apart as parts or editions", weight: 0.08},
		missAsked:      {Name: "waiting for an answer", weight: 0.16},
		missNear:       {Name: "kept apart at 0.05 and above", weight: 0.16},
		missFar:        {Name: "kept apart below 0.05", Probe: true, weight: 0.08},
	}
}

// merges gives the removed records whose merge a person has not confirmed yet
// and that are no exact copies, of what stays or of one another: a record and
// its copies are one merge to be looked at, and the others are right whatever
// that is. copies and known count those left out.
func (f *Found) merges(recalled *Recalled) (pairs []AuditPair, copies, known int) {
	said := recalled.joined()
	seen := map[[2]string]bool{}
	for r, s := range f.Survivor[:f.own] {
		s := int(s)
		if s == r {
			continue
		}
		pair := [2]string{recalled.content(r), recalled.content(s)}
		again := seen[pair] || pair[0] == pair[1]
		seen[pair] = true
		switch {
		case again:
			copies++
		case said.one(pair[0], pair[1]):
			known++
		default:
			p := AuditPair{A: r, B: s, Stratum: mergedLikely, Probability: f.Held[r]}
			if f.Held[r] < auditLikely {
				p.Stratum = mergedUnlikely
			}
			pairs = append(pairs, p)
		}
	}
	return pairs, copies, known
}

// misses gives the pairs of groups that were kept apart and come closest: the
// strongest pairs that would connect all groups (a maximum spanning forest over
// what was compared), so that each pair that is a repeat after all is one
// entry too many. Pairs that people told apart are left out.
func (f *Found) misses(ids []string) []AuditPair {
	apart := map[[2]int32]bool{}
	group := func(a, b int) [2]int32 {
		x, y := f.Cluster[a], f.Cluster[b]
		return [2]int32{min(x, y), max(x, y)}
	}
	for _, q := range slices.Concat(f.told.apart(), f.apart) {
		apart[group(q[0], q[1])] = true
	}
	stronger := func(x, y record.Link) int {
		return cmp.Or(cmp.Compare(y.Score, x.Score), compareIDs(ids, x.A, x.B, y.A, y.B))
	}
	best := map[[2]int32]record.Link{}
	last := f.passes[len(f.passes)-1]
	last.Scored(f.settings, func(l record.Link) {
		l.A, l.B = last.rows[l.A], last.rows[l.B]
		key := group(l.A, l.B)
		if key[0] == key[1] || apart[key] || int(f.Survivor[l.A]) >= f.own && int(f.Survivor[l.B]) >= f.own {
			return
		}
		if seen, ok := best[key]; !ok || stronger(l, seen) < 0 {
			best[key] = l
		}
	})
	all := slices.SortedFunc(maps.Values(best), stronger)
	parts := newForest()
	var pairs []AuditPair
	for _, l := range all {
		if !parts.join(f.Cluster[l.A], f.Cluster[l.B]) {
			continue
		}
		p := AuditPair{A: l.A, B: l.B, Probability: l.Probability, Stratum: missFar}
		switch {
		case l.Band == record.Related:
			p.Stratum = missRelated
		case p.Probability >= auditAsked:
			p.Stratum = missAsked
		case p.Probability >= auditNear:
			p.Stratum = missNear
		}
		pairs = append(pairs, p)
	}
	return pairs
}

// draw takes a sample of each stratum, without putting back, and puts all of
// it in an order in which each beginning is spread over the strata as the
// whole is. The same pairs and seed give the same sample, in whatever order the
// records stand.
func draw(pairs []AuditPair, strata []AuditStratum, ids []string, sample int, seed uint64) []AuditPair {
	by := make([][]AuditPair, len(strata))
	for _, p := range pairs {
		by[p.Stratum] = append(by[p.Stratum], p)
	}
	sizes, weights := make([]int, len(strata)), make([]float64, len(strata))
	for i := range strata {
		strata[i].Size, sizes[i], weights[i] = len(by[i]), len(by[i]), strata[i].weight
	}
	type placed struct {
		AuditPair
		at float64
	}
	var out []placed
	for i, n := range evaluate.Allot(sample, sizes, weights) {
		slices.SortFunc(by[i], func(x, y AuditPair) int {
			return compareIDs(ids, x.A, x.B, y.A, y.B)
		})
		random := rand.New(rand.NewPCG(seed, uint64(i)))
		random.Shuffle(len(by[i]), func(j, k int) { by[i][j], by[i][k] = by[i][k], by[i][j] })
		strata[i].Sample = n
		for j, p := range by[i][:n] {
			out = append(out, placed{p, (float64(j) + 0.5) / float64(n)})
		}
	}
	slices.SortStableFunc(out, func(x, y placed) int { return cmp.Or(cmp.Compare(x.at, y.at), cmp.Compare(x.Stratum, y.Stratum)) })
	drawn := make([]AuditPair, len(out))
	for i, p := range out {
		drawn[i] = p.AuditPair
	}
	return drawn
}

// compareIDs puts pairs of records in an order that does not depend on where
// they stand.
func compareIDs(ids []string, a, b, c, d int) int {
	return cmp.Or(cmp.Compare(min(ids[a], ids[b]), min(ids[c], ids[d])), cmp.Compare(max(ids[a], ids[b]), max(ids[c], ids[d])))
}

// seedOf makes a seed from the contents of a list, whatever their order.
func seedOf(ids []string) uint64 {
	var sum uint64
	for _, id := range ids {
		h := fnv.New64a()
		h.Write([]byte(id))
		sum += h.Sum64()
	}
	return sum
}

// forest is a set of parts, joined as time goes.
type forest[K comparable] struct{ up map[K]K }

func newForest() *forest[int32] { return &forest[int32]{map[int32]int32{}} }

func (f *forest[K]) root(x K) K {
	for {
		up, ok := f.up[x]
		if !ok {
			return x
		}
		if next, ok := f.up[up]; ok {
			f.up[x] = next // shorter the next time
		}
		x = up
	}
}

// join says whether the two were apart.
func (f *forest[K]) join(a, b K) bool {
	x, y := f.root(a), f.root(b)
	if x == y {
		return false
	}
	f.up[x] = y
	return true
}

func (f *forest[K]) one(a, b K) bool { return f.root(a) == f.root(b) }

// joined gives what people said is the same, over chains, by content.
func (r *Recalled) joined() *forest[string] {
	f := &forest[string]{map[string]string{}}
	for _, p := range r.Pairs {
		if p.Decision.Kind == review.Same {
			f.join(r.content(p.A), r.content(p.B))
		}
	}
	return f
}
