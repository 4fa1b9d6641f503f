package dedupe

import (
	"cmp"
	"slices"
	"strings"
)

// Worst gives the candidate pairs that the weights judge worst: different
// things with the highest scores, and the same with the lowest. Where sources
// is not nil, only pairs of two sources count.
func (p *Prepared) Worst(o Options, truth, sources []int32, n int) (merged, missed [][2]int) {
	o = o.resolve()
	scores := p.scores(o.Weights)
	order := make([]int, len(p.pairs))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
	rows := func(i int) (int32, int32) { return p.list.row(p.pairs[i].A), p.list.row(p.pairs[i].B) }
	counts := func(i int) (same, ok bool) {
		a, b := rows(i)
		return truth[a] == truth[b], sources == nil || sources[a] != sources[b]
	}
	for _, i := range order {
		if same, ok := counts(i); ok && !same && len(merged) < n {
			a, b := rows(i)
			merged = append(merged, [2]int{int(a), int(b)})
		}
	}
	for k := len(order) - 1; k >= 0 && len(missed) < n; k-- {
		if same, ok := counts(order[k]); ok && same {
			a, b := rows(order[k])
			missed = append(missed, [2]int{int(a), int(b)})
		}
	}
	return merged, missed
}

// Show gives the compared cells of a record in one line.
func (p *Prepared) Show(row int) string {
	var cells []string
	for c, cell := range p.list.in.cells(row) {
		if slices.Contains(p.list.cols, c) && cell != "" {
			cells = append(cells, cutAt(cell, 80))
		}
	}
	return strings.Join(cells, " · ")
}
