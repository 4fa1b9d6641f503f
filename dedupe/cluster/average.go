package cluster

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"sync"
	"sync/atomic"
)

// Edge is a scored pair of records.
type Edge struct {
	A, B int32 // record numbers from 0, A ≠ B
	// Score is the log-odds that the two are the same thing, minus the
	// log-odds of the threshold: above 0 speaks for a merge. It may be
	// infinite, not NaN, and counts to the sixth decimal.
	Score float64
}

// The values that a zero in Options stands for.
const (
	DefaultClip    = 6.0
	DefaultMissing = -3.0
)

// Options are the settings of a clustering. The zero value is the default.
type Options struct {
	// Clip bounds what one pair can say: each score is cut at ±Clip. Above 0
	// and at most 1000; 0 stands for DefaultClip.
	Clip float64
	// Missing is what a pair counts that is not among the edges: not having
	// been found is evidence. From -1000 to below 0; 0 stands for
	// DefaultMissing. For a pair that counts as undecided say -1e-9.
	Missing float64
	// Must holds pairs of records that are in one cluster, whatever their score.
	Must [][2]int32
	// Cannot holds pairs of records that are never in one cluster.
	Cannot [][2]int32
	// Across gives each record the list it belongs to. Records with equal
	// numbers, 0 and up, never share a cluster; a number below 0 is free. Nil
	// for none.
	Across []int32
	// Key gives each record a hash of its content, by which ties are broken
	// and samples drawn. Records with equal keys are taken to be copies, with
	// the same score to every other record: copies in one must-link group
	// count as one record in every mean, so that one copy more changes
	// nothing; copies that are not linked are interchangeable. With nil, every
	// record is its own content and ties go by record number.
	Key []uint64
	// ScorePair scores a pair that is not among the edges, on the scale of
	// Edge.Score; NaN stands for Missing. With it and Sample above 0, clusters
	// that are held apart only by pairs that nobody looked at get a second
	// look (see secondLook). It must be pure, and may be called from several
	// goroutines at a time.
	ScorePair func(a, b int32) float64
	// Sample is how many missing pairs a second look scores for a pair of
	// clusters; 0 for no second look.
	Sample int
}

// Average clusters n records by greedy average linkage: every record starts
// alone (or with those it must be with), and the two clusters with the largest
// mean score over all pairs between them are merged while that mean is above
// 0 and no constraint forbids it. It returns a cluster number for each record,
// numbered from 0 by first member.
//
// It promises: must-links kept, cannot-links and Across never broken; the same
// partition for any order of the records and the edges, provided that Key
// tells different records apart; a record without edges changes nothing.
//
// The search is exact: the result is that of the obvious algorithm that looks
// at all pairs of clusters in each step. It is near-linear in the number of
// edges as long as clusters are small: connected components are done one by
// one, neighbour lists are merged the smaller into the larger, and a queue
// entry that has gone stale is an upper bound, corrected when it comes up
// (average linkage is reducible: a merge never raises the mean to a third
// cluster above the larger of the two it had). After D. Müllner, Modern
// hierarchical, agglomerative clustering algorithms (2011), section 2.2.2, the
// generic algorithm, here over sparse dissimilarities.
//
// Errors: *Conflict when Must contradicts Cannot or Across; ctx's error; an
// error that names the edge or option that is out of range.
func Average(ctx context.Context, n int, edges []Edge, o Options) ([]int32, error) {
	s, err := o.scale()
	if err != nil {
		return nil, err
	}
	if err := check(n, edges, &o); err != nil {
		return nil, err
	}
	if c := Conflicts(n, o); len(c) > 0 {
		return nil, c[0]
	}
	u := unitsOf(n, linked(n, edges, o.Must, s), &o)
	parts := split(u, edges, o.Cannot, s)
	final, err := solveAll(ctx, u, parts, s, &o)
	if err != nil {
		return nil, err
	}
	return number(n, func(r int32) int32 {
		if unit := u.of[r]; unit >= 0 {
			return u.copies(final[unit])[0]
		}
		return r
	}), nil
}

// linked lists the records, ascending, that an edge above 0 or a must-link
// names. All others stay alone; in a large list they are most.
func linked(n int, edges []Edge, must [][2]int32, s scale) []int32 {
	named, count := make([]bool, n), 0
	name := func(r int32) {
		if !named[r] {
			named[r] = true
			count++
		}
	}
	for _, e := range edges {
		if s.fixed(e.Score) > 0 {
			name(e.A)
			name(e.B)
		}
	}
	for _, p := range must {
		name(p[0])
		name(p[1])
	}
	records := make([]int32, 0, count)
	for r, is := range named {
		if is {
			records = append(records, int32(r))
		}
	}
	return records
}

// Components puts records into one cluster that any chain of edges with a
// score above 0, or of must-links, connects. It is the baseline that Average
// is measured against: it looks at neither Cannot nor Across, and errors only
// where Average does for malformed input.
func Components(n int, edges []Edge, o Options) ([]int32, error) {
	s, err := o.scale()
	if err != nil {
		return nil, err
	}
	if err := check(n, edges, &o); err != nil {
		return nil, err
	}
	sets := singles(n)
	for _, p := range o.Must {
		sets.join(p[0], p[1])
	}
	for _, e := range edges {
		if s.fixed(e.Score) > 0 {
			sets.join(e.A, e.B)
		}
	}
	return number(n, sets.find), nil
}

// number turns leaders into cluster numbers from 0 by first member.
func number(n int, leader func(int32) int32) []int32 {
	labels, seen := make([]int32, n), make([]int32, n)
	var next int32
	for r := range labels {
		l := leader(int32(r))
		if seen[l] == 0 {
			next++
			seen[l] = next
		}
		labels[r] = seen[l] - 1
	}
	return labels
}

// scale turns scores into whole numbers, so that sums are exact and the same
// in any order.
type scale struct{ clip, missing int64 }

const perUnit = 1e6 // a score counts to the sixth decimal

func (o *Options) scale() (scale, error) {
	clip, missing := o.Clip, o.Missing
	if clip == 0 {
		clip = DefaultClip
	}
	if missing == 0 {
		missing = DefaultMissing
	}
	if !(clip > 0 && clip <= 1000) {
		return scale{}, fmt.Errorf("cluster: clip %v is not above 0 and at most 1000", clip)
	}
	if !(missing >= -1000 && missing < 0) {
		return scale{}, fmt.Errorf("cluster: a missing pair that counts %v: not from -1000 to below 0", missing)
	}
	return scale{int64(math.Round(clip * perUnit)), int64(math.Round(missing * perUnit))}, nil
}

// fixed is a score in millionths, clipped; it fits an int32 for any clip that
// is allowed. The score is not NaN.
func (s scale) fixed(score float64) int32 {
	c := float64(s.clip)
	return int32(math.Round(min(max(score*perUnit, -c), c)))
}

// check finds what is out of range in the input.
func check(n int, edges []Edge, o *Options) error {
	if n < 0 || n > math.MaxInt32 {
		return fmt.Errorf("cluster: %d records: not from 0 to %d", n, math.MaxInt32)
	}
	out := func(r int32) bool { return r < 0 || int(r) >= n }
	for i, e := range edges {
		switch {
		case out(e.A) || out(e.B):
			return fmt.Errorf("cluster: edge %d joins records %d and %d of %d", i, e.A, e.B, n)
		case e.A == e.B:
			return fmt.Errorf("cluster: edge %d joins record %d with itself", i, e.A)
		case e.Score != e.Score:
			return fmt.Errorf("cluster: edge %d between records %d and %d has no score", i, e.A, e.B)
		}
	}
	for what, pairs := range [...][][2]int32{o.Must, o.Cannot} {
		for i, p := range pairs {
			if out(p[0]) || out(p[1]) {
				return fmt.Errorf("cluster: %s-link %d names records %d and %d of %d", [...]string{"must", "cannot"}[what], i, p[0], p[1], n)
			}
		}
	}
	if o.Across != nil && len(o.Across) != n {
		return fmt.Errorf("cluster: %d entries in Across for %d records", len(o.Across), n)
	}
	if o.Key != nil && len(o.Key) != n {
		return fmt.Errorf("cluster: %d keys for %d records", len(o.Key), n)
	}
	return nil
}

// solveAll clusters each part by itself, several at a time, and gives the
// leader of each unit: the first unit of its cluster. Parts share nothing, so
// the order in which they are done cannot show.
func solveAll(ctx context.Context, u *units, p *parts, s scale, o *Options) ([]int32, error) {
	final := make([]int32, u.len())
	for i := range final {
		final[i] = u.must[i]
	}
	var next atomic.Int64
	var wg sync.WaitGroup
	const batch = 64 // parts are mostly tiny
	workers := min(runtime.GOMAXPROCS(0), (p.len()+batch-1)/batch)
	for range workers {
		wg.Go(func() {
			m := merger{ctx: ctx, units: u, scale: s, o: o}
			for ctx.Err() == nil {
				from := int(next.Add(batch)) - batch
				if from >= p.len() {
					return
				}
				for i := from; i < min(from+batch, p.len()); i++ {
					m.solve(p.at(i), final)
				}
			}
		})
	}
	wg.Wait()
	return final, ctx.Err()
}
