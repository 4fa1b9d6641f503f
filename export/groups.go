package export

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/xuri/excelize/v2"
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
	fixed := []string{"cluster", "became", "size", "probability", "reason", "look at", "from", "row", "id"}
	from := b.work.filled()
	if len(from) > 0 {
		columns = slices.Insert(columns, filledColumn, column{header: "filled", width: 32, style: b.style.wrap})
		fixed = append(fixed, "filled")
	}
	rename(columns, fixed)
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
			group := clusterGroup{survivor: survivor, members: b.removed[first:last], filled: from[survivor], columns: columns}
			if brake, ok := brakes[b.work.Verdicts[survivor].Cluster]; ok {
				group.brake = &brake
			}
			if err := b.addCluster(s, group); err != nil {
				return err
			}
			first = last
		}
		return nil
	})
}

// filledColumn is the place of the column that says which fields of the record
// that stays were filled from others; it is there where any were.
const filledColumn = 6

// clusterGroup is a group to be written.
type clusterGroup struct {
	survivor int
	members  []int32 // removed, in order
	brake    *Brake  // nil where nobody needs to look
	filled   string  // where its filled fields are from
	columns  []column
}

// look says why a person should look at a group, "" when there is no need.
func (g *clusterGroup) look() string {
	if g.brake == nil {
		return ""
	}
	return fmt.Sprintf("%s: the weakest link is rows %d and %d at %.2f", g.brake.what(), g.brake.A+1, g.brake.B+1, g.brake.Probability)
}

// addCluster writes one group.
func (b *book) addCluster(s *sheet, g clusterGroup) error {
	verdicts := b.work.Verdicts
	v := verdicts[g.survivor]
	weakest := slices.MinFunc(g.members, func(x, y int32) int {
		return cmp.Compare(verdicts[x].Probability, verdicts[y].Probability)
	})
	width, idColumn := g.columns[2].width, columnName(len(g.columns)-1)
	text, wrap := b.style.leader, b.style.leaderWrap
	reason := fmt.Sprintf("weakest link: row %d, %.2f", weakest+1, verdicts[weakest].Probability)
	jump := b.jump(g.survivor, fmt.Sprintf("$%s%d", idColumn, s.row+1), 2*len(b.removed))
	became := "kept"
	if b.work.old(g.survivor) {
		became, jump.StyleID = "old list", b.style.leader
	} else {
		jump.StyleID = b.style.leaderLink
	}
	values := []any{
		styled(text, v.Cluster), styled(text, became), styled(wrap, b.label(g.survivor)), excelize.Cell{StyleID: b.style.leaderNum, Value: len(g.members) + 1}, styled(text, ""),
		styled(wrap, reason), styled(wrap, g.look()), styled(text, b.from(g.survivor)), jump, styled(text, v.ID),
	}
	high := max(lines(b.label(g.survivor), width-2), lines(g.look(), 34), lines(g.filled, 32))
	if err := s.add(min(high, 4), 0, g.widen(values, styled(wrap, g.filled))...); err != nil {
		return err
	}
	for _, r := range g.members {
		v, label := verdicts[r], b.label(int(r))
		values := []any{
			v.Cluster, "merged", label, nil, v.Probability, v.Reason, nil, b.from(int(r)),
			b.jump(int(r), fmt.Sprintf("$%s%d", idColumn, s.row+1), 2*len(b.removed)), v.ID,
		}
		if err := s.add(min(max(lines(label, width), lines(v.Reason, 42)), 4), 1, g.widen(values, nil)...); err != nil {
			return err
		}
	}
	return nil
}

// widen puts the value of the column filled in its place, where it is there.
func (g *clusterGroup) widen(values []any, filled any) []any {
	if len(values) == len(g.columns) {
		return values
	}
	return slices.Insert(values, filledColumn, filled)
}

// labelWidth is the width of a column of labels of all records.
func (b *book) labelWidth(header string) float64 {
	var sizes []int
	for i := range sampled(len(b.work.Verdicts)) {
		sizes = append(sizes, textWidth(b.label(i)))
	}
	return max(fitWidth(header, sizes), 20)
}
