package evaluate

import (
	"cmp"
	"slices"

	"github.com/unecho/unecho/pipeline/record"
)

// Reach says how many of the true pairs are among the candidates: what no
// candidate pair holds, no scoring can find.
type Reach struct {
	True       int64   `json:"true"`       // true pairs
	Found      int64   `json:"found"`      // of these, among the candidates
	Recall     float64 `json:"recall"`     // found / true, 1 where there is nothing to find
	Candidates int64   `json:"candidates"` // pairs, each counted once
	PerRecord  float64 `json:"per_record"` // candidates for each record
}

// Recall measures candidate pairs, in any order and perhaps repeated, against
// known clusters. With sources, only pairs across sources count.
func Recall(truth []int32, pairs [][2]int32, sources []int32) Reach {
	sorted := make([][2]int32, 0, len(pairs))
	for _, p := range pairs {
		if p[0] > p[1] {
			p[0], p[1] = p[1], p[0]
		}
		if p[0] != p[1] && counted(sources, p[0], p[1]) {
			sorted = append(sorted, p)
		}
	}
	slices.SortFunc(sorted, func(x, y [2]int32) int { return cmp.Or(cmp.Compare(x[0], y[0]), cmp.Compare(x[1], y[1])) })
	sorted = slices.Compact(sorted)
	reach := Reach{True: truePairs(truth, sources), Candidates: int64(len(sorted)), Recall: 1}
	for _, p := range sorted {
		if truth[p[0]] == truth[p[1]] {
			reach.Found++
		}
	}
	if reach.True > 0 {
		reach.Recall = float64(reach.Found) / float64(reach.True)
	}
	if len(truth) > 0 {
		reach.PerRecord = float64(len(sorted)) / float64(len(truth))
	}
	return reach
}

// Point is what a threshold gives when every link whose score reaches it is
// taken, without clustering.
type Point struct {
	Threshold float64 `json:"threshold"` // log-odds
	Counts
}

// Sweep gives the rates at every score that occurs, from the strictest
// threshold to the loosest. Links are taken once each. True pairs that no
// link stands for count as missed at every threshold.
func Sweep(truth []int32, links []record.Link, sources []int32) []Point {
	byScore := slices.Clone(links)
	slices.SortStableFunc(byScore, func(x, y record.Link) int { return cmp.Compare(y.Score, x.Score) })
	all := truePairs(truth, sources)
	var points []Point
	var both, found int64
	for i, l := range byScore {
		if counted(sources, int32(l.A), int32(l.B)) {
			found++
			if truth[l.A] == truth[l.B] {
				both++
			}
		}
		if i+1 == len(byScore) || byScore[i+1].Score != l.Score {
			points = append(points, Point{l.Score, counts(both, found, all)})
		}
	}
	return points
}

// Best is the point of a sweep with the highest F1, the strictest of equals;
// ok is false when there is no point.
func Best(points []Point) (best Point, ok bool) {
	for i, p := range points {
		if i == 0 || p.F1 > best.F1 {
			best = p
		}
	}
	return best, len(points) > 0
}

// Worst lists up to n false merges, pairs of one found cluster that are
// different things, surest first, and up to n misses, true pairs that were
// not put together, most doubted first. Only pairs that have a link are seen.
func Worst(links []record.Link, truth, predicted []int32, n int) (merges, misses []record.Link) {
	for _, l := range links {
		same, joined := truth[l.A] == truth[l.B], predicted[l.A] == predicted[l.B]
		switch {
		case joined && !same:
			merges = append(merges, l)
		case same && !joined:
			misses = append(misses, l)
		}
	}
	place := func(x, y record.Link) int { return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B)) }
	slices.SortFunc(merges, func(x, y record.Link) int { return cmp.Or(cmp.Compare(y.Score, x.Score), place(x, y)) })
	slices.SortFunc(misses, func(x, y record.Link) int { return cmp.Or(cmp.Compare(x.Score, y.Score), place(x, y)) })
	n = max(n, 0)
	return merges[:min(n, len(merges))], misses[:min(n, len(misses))]
}

func truePairs(truth, sources []int32) int64 {
	all := pairsWithin(group(truth, nil).sizes)
	if sources != nil {
		all -= pairsWithin(group(truth, sources).sizes)
	}
	return all
}

// counted says whether a pair counts: always, or only across sources.
func counted(sources []int32, a, b int32) bool {
	return sources == nil || sources[a] != sources[b]
}
