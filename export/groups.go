package export

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/xuri/excelize/v2"

	"github.com/unecho/unecho/pipeline/record"
)

// clusters writes the groups of two records or more: the one that stays, and
// folded under it the ones that went, with what held each.
func (b *book) clusters() error {
	if len(b.removed) == 0 {
		return nil
	}
	name := b.labelName()
	columns := []column{
		{header: "cluster", width: 20, style: b.style.text},
		{header: "became", width: 11, style: b.style.text},
		{header: name, width: b.labelWidth(name), style: b.style.wrap},
		{header: "size", width: 8, style: b.style.integer},
		{header: "probability", width: 15, style: b.style.prob},
		{header: "reason", width: 42, style: b.style.wrap},
		{header: "look at", width: 34, style: b.style.wrap},
		{header: "from", width: 18, style: b.style.text},
		{header: "row", width: 9, style: b.style.link},
		{header: "id", width: 20, style: b.style.muted},
	}
	rename(columns, []string{"cluster", "became", "size", "probability", "reason", "look at", "from", "row", "id"})
	brakes := make(map[string]Brake, len(b.work.Brakes))
	for _, brake := range b.work.Brakes {
		brakes[brake.Cluster] = brake
	}
	spec := sheetSpec{
		name: SheetClusters, full: "the input", columns: columns, frozen: 3, outline: true, total: 2 * len(b.removed),
		finish: func(name string, last int) error { return b.dataBar(name, "E", last) },
	}
	return b.table(spec, func(s *sheet) error {
		for first := 0; first < len(b.removed); {
			survivor := b.work.Verdicts[b.removed[first]].Survivor
			last := first
			for last < len(b.removed) && b.work.Verdicts[b.removed[last]].Survivor == survivor {
				last++
			}
			members := b.removed[first:last]
			if err := b.addCluster(s, survivor, members, brakes); err != nil {
				return err
			}
			first = last
		}
		return nil
	})
}

// addCluster writes one group.
func (b *book) addCluster(s *sheet, survivor int, members []int32, brakes map[string]Brake) error {
	v := b.work.Verdicts[survivor]
	weakest := slices.MinFunc(members, func(x, y int32) int {
		return cmp.Compare(b.work.Verdicts[x].Probability, b.work.Verdicts[y].Probability)
	})
	look := ""
	if brake, ok := brakes[v.Cluster]; ok {
		look = fmt.Sprintf("%d entries, held together by rows %d and %d at %.2f", brake.Size, brake.A+1, brake.B+1, brake.Probability)
	}
	width := s.spec.columns[2].width
	text, wrap := b.style.leader, b.style.leaderWrap
	reason := fmt.Sprintf("weakest link: row %d, %.2f", weakest+1, b.work.Verdicts[weakest].Probability)
	jump := b.jump(survivor, fmt.Sprintf("$J%d", s.row+1), 2*len(b.removed))
	jump.StyleID = b.style.leaderLink
	err := s.add(min(max(lines(b.label(survivor), width-2), lines(look, 34)), 4), 0,
		styled(text, v.Cluster), styled(text, "kept"), styled(wrap, b.label(survivor)), excelize.Cell{StyleID: b.style.leaderNum, Value: len(members) + 1}, styled(text, ""),
		styled(wrap, reason), styled(wrap, look), styled(text, b.from(survivor)),
		jump, styled(text, v.ID))
	if err != nil {
		return err
	}
	for _, r := range members {
		v := b.work.Verdicts[r]
		err := s.add(min(max(lines(b.label(int(r)), width), lines(v.Reason, 42)), 4), 1,
			v.Cluster, "merged", b.label(int(r)), nil, v.Probability, v.Reason, nil, b.from(int(r)),
			b.jump(int(r), fmt.Sprintf("$J%d", s.row+1), 2*len(b.removed)), v.ID)
		if err != nil {
			return err
		}
	}
	return nil
}

// labelWidth is the width of a column of labels of all records.
func (b *book) labelWidth(header string) float64 {
	var sizes []int
	for i := range sampled(len(b.work.Verdicts)) {
		sizes = append(sizes, textWidth(b.label(i)))
	}
	return max(fitWidth(header, sizes), 20)
}

// seriesGroup is a set of records that were kept apart on purpose, each
// linked to another of the set.
type seriesGroup struct {
	number  int // from 1
	members []seriesMember
}

type seriesMember struct {
	row  int
	with int // the record that it was compared with
	why  string
}

// seriesGroups joins the related pairs into groups, in order of their first
// record; members are in order too.
func (b *book) seriesGroups() []seriesGroup {
	root := map[int]int{}
	find := func(r int) int {
		for root[r] != r {
			root[r] = root[root[r]]
			r = root[r]
		}
		return r
	}
	first := map[int]record.Link{} // of each record, the surest link
	for _, link := range b.work.Related {
		for _, r := range [2]int{link.A, link.B} {
			if best, ok := first[r]; !ok {
				root[r], first[r] = r, link
			} else if link.Probability > best.Probability {
				first[r] = link
			}
		}
		x, y := find(link.A), find(link.B)
		root[max(x, y)] = min(x, y)
	}
	rows := make([]int, 0, len(root))
	for r := range root {
		rows = append(rows, r)
	}
	slices.Sort(rows)
	var groups []seriesGroup
	number := map[int]int{}
	for _, r := range rows {
		top := find(r)
		if number[top] == 0 {
			groups = append(groups, seriesGroup{number: len(groups) + 1})
			number[top] = len(groups)
		}
		link := first[r]
		g := &groups[number[top]-1]
		g.members = append(g.members, seriesMember{r, link.A + link.B - r, link.Why})
	}
	return groups
}

// series writes what was kept apart on purpose: parts, issues, editions.
func (b *book) series() error {
	groups := b.seriesGroups()
	if len(groups) == 0 {
		return nil
	}
	total := 0
	for _, g := range groups {
		total += len(g.members)
	}
	name := b.labelName()
	columns := []column{
		{header: "series", width: 11, style: b.style.integer},
		{header: name, width: b.labelWidth(name), style: b.style.wrap},
		{header: "why kept apart", width: 44, style: b.style.wrap},
		{header: "beside row", width: 13, style: b.style.integer},
		{header: "from", width: 18, style: b.style.text},
		{header: "row", width: 9, style: b.style.link},
		{header: "id", width: 20, style: b.style.muted},
	}
	rename(columns, []string{"series", "why kept apart", "beside row", "from", "row", "id"})
	spec := sheetSpec{name: SheetSeries, full: "the input", columns: columns, frozen: 2, total: total}
	return b.table(spec, func(s *sheet) error {
		for _, g := range groups {
			for _, m := range g.members {
				label := b.label(m.row)
				err := s.add(min(max(lines(label, columns[1].width), lines(m.why, 44)), 4), 0,
					g.number, label, m.why, m.with+1, b.from(m.row),
					b.jump(m.row, "$G"+strconv.Itoa(s.row+1), total), b.work.Verdicts[m.row].ID)
				if err != nil {
					return err
				}
			}
		}
		return nil
	})
}
