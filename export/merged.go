package export

import "fmt"

// The headers of Merged that the program reads back.
var mergedFixed = []string{"undo", "reason", "probability", "note", "from", "row", "survivor", "cluster", "survivor id", "id"}

// mergedPair gives the i-th removed record and the one that stays for it.
func (b *book) mergedPair(i int) (removed, survivor int) {
	r := int(b.removed[i])
	return r, b.work.Verdicts[r].Survivor
}

// mergedColumns lays out Merged; the id of the removed record comes last.
func (b *book) mergedColumns(layout *pairLayout) []column {
	columns := []column{{
		header: "undo", width: 13, style: b.style.input, list: undoList,
		prompt: "bring back: this record was no repeat; it is kept from now on.",
	}}
	columns = append(columns, layout.labels()...)
	columns = append(columns,
		column{header: "reason", width: 40, style: b.style.wrap},
		column{header: "probability", width: 15, style: b.style.prob},
		column{header: "note", width: 24, style: b.style.input},
		column{header: "from", width: 18, style: b.style.text},
		column{header: "row", width: 9, style: b.style.integer},
		column{header: "survivor", width: 11, style: b.style.link})
	columns = append(columns, layout.columns()...)
	columns = append(columns,
		column{header: "cluster", width: 20, style: b.style.muted},
		column{header: "survivor id", width: 20, style: b.style.muted},
		column{header: "id", width: 20, style: b.style.muted})
	rename(columns, mergedFixed)
	return columns
}

// merged writes every removed record with the one that stays beside it.
func (b *book) merged() error {
	if len(b.removed) == 0 {
		return nil
	}
	columns := b.mergedColumns(b.mergedLayout)
	idColumn, survivorID := columnName(len(columns)-1), columnName(len(columns)-2)
	spec := sheetSpec{
		name: SheetMerged, full: "the input", columns: columns, frozen: 1, printed: 9, total: len(b.removed),
		finish: func(name string, last int) error {
			if err := b.dataBar(name, "E", last); err != nil {
				return err
			}
			return b.greyAnswered(name, idColumn, last)
		},
	}
	return b.table(spec, func(s *sheet) error {
		for i := range b.removed {
			r, survivor := b.mergedPair(i)
			v := b.work.Verdicts[r]
			labels, cells, high := b.mergedLayout.values(r, survivor)
			high = max(high, min(lines(v.Reason, 40), 6))
			values := append([]any{nil}, labels...)
			values = append(values, v.Reason, v.Probability, nil, b.from(r), r+1,
				b.jump(survivor, fmt.Sprintf("$%s%d", survivorID, s.row+1), len(b.removed)))
			values = append(values, cells...)
			values = append(values, v.Cluster, b.work.Verdicts[survivor].ID, v.ID)
			if err := s.add(high, 0, values...); err != nil {
				return err
			}
		}
		return nil
	})
}
