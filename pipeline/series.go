package pipeline

import (
	"slices"

	"github.com/unecho/unecho/export"
	"github.com/unecho/unecho/pipeline/record"
)

// series gives the records of the clean list that are several of one thing,
// as the last pass has them.
func (f *Found) series() []export.Series {
	last := f.passes[len(f.passes)-1]
	var related []record.Link
	for _, link := range f.Links {
		a, isA := slices.BinarySearch(last.rows, link.A)
		b, isB := slices.BinarySearch(last.rows, link.B)
		if link.Band == record.Related && isA && isB {
			link.A, link.B = a, b
			related = append(related, link)
		}
	}
	var out []export.Series
	for _, s := range last.Series(related) {
		var series export.Series
		for _, m := range s.Members {
			row, with := last.rows[m.Row], last.rows[m.With]
			if int(f.Survivor[row]) == row {
				series.Members = append(series.Members, export.SeriesMember{Row: row, With: with, Why: m.Why})
			}
		}
		if len(series.Members) < 2 || !slices.ContainsFunc(series.Members, func(m export.SeriesMember) bool { return m.Row < f.own }) {
			continue
		}
		if len(series.Members) == len(s.Members) {
			for _, g := range s.Gaps {
				series.Gaps = append(series.Gaps, export.Gap{Before: g.Before, Name: g.Name, Says: g.Says})
			}
		}
		out = append(out, series)
	}
	return out
}
