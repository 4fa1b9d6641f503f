package export

import (
	"strconv"
)

// Series is a set of records that are kept apart on purpose, because each is
// one of several: parts, issues, editions, years of one thing.
type Series struct {
	Members []SeriesMember // in order of their numbers
	Gaps    []Gap          // in the same order
}

// SeriesMember is one record of a series. Rows count from 0.
type SeriesMember struct {
	Row  int
	With int    // the record that it is beside
	Why  string // what keeps the two apart
}

// Gap is what a series lacks.
type Gap struct {
	Before int    // the place among Members before which it is missing
	Name   string // "lesson 4"
	Says   string // "lesson 3, lesson 5 → lesson 4 is missing"
}

// series writes what was kept apart on purpose, parts, issues and editions in
// their order, and names what is missing between them.
func (b *book) series() error {
	total := 0
	for _, s := range b.work.Series {
		total += len(s.Members) + len(s.Gaps)
	}
	if total == 0 {
		return nil
	}
	name := b.labelName()
	columns := []column{
		{header: "series", width: 11, style: b.style.integer},
		{header: name, width: b.labelWidth(name), style: b.style.wrap},
		{header: "why kept apart", width: 44, style: b.style.wrap},
		{header: "beside row", width: 13, style: b.style.integer},
		{header: "from", width: 18, style: b.style.text},
		{header: "row", width: 9, style: b.style.link},
		{header: "id", width: 16, style: b.style.muted},
	}
	rename(columns, []string{"series", "why kept apart", "beside row", "from", "row", "id"})
	spec := sheetSpec{name: SheetSeries, full: "the input", columns: columns, frozen: 2, total: total}
	return b.table(spec, func(s *sheet) error {
		for i, series := range b.work.Series {
			gaps := series.Gaps
			for k, m := range series.Members {
				for len(gaps) > 0 && gaps[0].Before <= k {
					if err := b.addGap(s, i+1, gaps[0]); err != nil {
						return err
					}
					gaps = gaps[1:]
				}
				label := b.label(m.Row)
				err := s.add(min(max(lines(label, columns[1].width), lines(m.Why, 44)), 4), 0,
					i+1, label, m.Why, m.With+1, b.from(m.Row),
					b.jump(m.Row, "$G"+strconv.Itoa(s.row+1), total), b.work.Verdicts[m.Row].ID)
				if err != nil {
					return err
				}
			}
			for _, gap := range gaps {
				if err := b.addGap(s, i+1, gap); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// addGap writes a row for what is missing; it has no record.
func (b *book) addGap(s *sheet, number int, gap Gap) error {
	return s.add(lines(gap.Says, 44), 0, number, styled(b.style.leaderWrap, "missing: "+gap.Name), styled(b.style.leaderWrap, gap.Says), nil, nil, nil, nil)
}
