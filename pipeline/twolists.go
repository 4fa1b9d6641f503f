package pipeline

import (
	"fmt"
	"slices"

	"github.com/unecho/unecho/pipeline/record"
)

// What makes a column look as if it tells lists apart that were put together:
// it has few values, and records that resemble each other have, far more
// seldom than by chance, the same one.
const (
	listsMost  = 9   // values, and fewer
	listsPairs = 20  // likely pairs that say so, and more
	listsShare = 0.5 // of the share that chance would give, and less
)

// listsHint proposes --across where a column seems to tell apart lists that
// hold no repeats of their own; "" where none does. It only asks: whether a
// list may repeat itself, the person knows.
func listsHint(list *List, found *Found, o Options) string {
	if o.Columns.Across != "" {
		return ""
	}
	best, hint := listsShare, ""
	for c, column := range list.Columns {
		if column.Part == record.RowNumber || !list.few(c) {
			continue
		}
		lists := lists(list.Values(c))
		chance := sameByChance(lists)
		if chance == 0 {
			continue
		}
		within, all := 0, 0
		for _, l := range found.Links {
			if l.Band >= record.Review && l.Probability >= likely && lists[l.A] >= 0 && lists[l.B] >= 0 {
				all++
				if lists[l.A] == lists[l.B] {
					within++
				}
			}
		}
		if share := float64(within) / float64(all) / chance; all >= listsPairs && share <= best {
			best = share
			hint = fmt.Sprintf("of %d likely repeats only %d have the same %s: if its values are lists that hold no repeats of their own, say --across %q", all, within, column.Name, column.Name)
		}
	}
	return hint
}

// few says whether a column has no blank and few enough values to tell lists
// apart. Most columns show within some rows that they have not.
func (l *List) few(column int) bool {
	var values []string
	for at := column; at < len(l.Cells); at += len(l.Columns) {
		cell := l.Cells[at]
		if cell == "" {
			return false
		}
		if !slices.Contains(values, cell) {
			if len(values) == listsMost {
				return false
			}
			values = append(values, cell)
		}
	}
	return true
}

// likely is the probability from which a pair counts as a sign.
const likely = 0.9

// sameByChance is the share of pairs drawn at random that are of one list; 0
// where next to all are of one.
func sameByChance(lists []int32) float64 {
	counts := make([]float64, listsMost)
	for _, l := range lists {
		counts[l]++
	}
	share := 0.0
	for _, n := range counts {
		share += n / float64(len(lists)) * n / float64(len(lists))
	}
	if share > 0.95 {
		return 0
	}
	return share
}
