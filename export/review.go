package export

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/unecho/unecho/pipeline/record"
)

// The headers of Review that the program reads back.
var reviewFixed = []string{
	"decision", "keep", "why", "probability", "settles", "evidence", "note", "row A", "row B", "id A", "id B",
}

// review writes one row for each doubtful pair.
func (b *book) review() error {
	pairs := b.work.Review
	if len(pairs) == 0 {
		return nil
	}
	layout := b.layoutPairs("A", "B", len(pairs), func(i int) (int, int) { return pairs[i].A, pairs[i].B })
	columns := b.reviewColumns(layout)
	rename(columns, reviewFixed)
	idA, idB := columnName(len(columns)-2), columnName(len(columns)-1)
	prob := slices.IndexFunc(columns, func(c column) bool { return c.header == "probability" })
	spec := sheetSpec{
		name: SheetReview, printed: slices.IndexFunc(columns, func(c column) bool { return c.header == "row B" }) + 1, full: "the input", columns: columns, frozen: 2, total: len(pairs),
		finish: func(name string, last int) error {
			if err := b.dataBar(name, columnName(prob), last); err != nil {
				return err
			}
			return b.greyAnswered(name, columnName(len(columns)-1), last)
		},
	}
	return b.table(spec, func(s *sheet) error {
		for i, pair := range pairs {
			labels, cells, high := layout.values(pair.A, pair.B)
			high = max(high, min(lines(pair.Why, columns[4].width), 6))
			values := append([]any{nil, nil}, labels...)
			values = append(values, pair.Why, pair.Probability)
			if b.work.Settles != nil {
				values = append(values, b.work.Settles[i])
			}
			row := s.row + 1
			values = append(values, nil,
				b.jump(pair.A, fmt.Sprintf("$%s%d", idA, row), len(pairs)),
				b.jump(pair.B, fmt.Sprintf("$%s%d", idB, row), len(pairs)))
			values = append(values, cells...)
			if b.work.Evidence != nil {
				sum := spellEvidence(b.work.Evidence(pair.A, pair.B))
				high = max(high, min(lines(sum, evidenceWidth), 3))
				values = append(values, sum)
			}
			values = append(values, b.work.Verdicts[pair.A].ID, b.work.Verdicts[pair.B].ID)
			if err := s.add(high, 0, values...); err != nil {
				return err
			}
		}
		return nil
	})
}

func (b *book) reviewColumns(layout *pairLayout) []column {
	columns := []column{
		{header: "decision", width: 13, style: b.style.input, list: decisionList,
			prompt: "same: one thing, the other copy goes. different: both stay. related: both stay, as parts of one series. skip: ask me again."},
		{header: "keep", width: 9, style: b.style.input, list: keepList,
			prompt: "Which copy stays when they are the same, A or B. Blank leaves it to the rule."},
	}
	columns = append(columns, layout.labels()...)
	columns = append(columns,
		column{header: "why", width: 38, style: b.style.wrap},
		column{header: "probability", width: 15, style: b.style.prob})
	if b.work.Settles != nil {
		columns = append(columns, column{header: "settles", width: 11, style: b.style.integer})
	}
	columns = append(columns,
		column{header: "note", width: 24, style: b.style.input},
		column{header: "row A", width: 10, style: b.style.link},
		column{header: "row B", width: 10, style: b.style.link})
	columns = append(columns, layout.columns()...)
	if b.work.Evidence != nil {
		columns = append(columns, column{header: "evidence", width: evidenceWidth, style: b.style.muted})
	}
	return append(columns,
		column{header: "id A", width: 20, style: b.style.muted},
		column{header: "id B", width: 20, style: b.style.muted})
}

// evidenceWidth is the width of the column evidence: the sum of a pair must not
// make its row higher than what a person decides by.
const evidenceWidth = 100

// spellEvidence writes the largest terms of a sum, most telling first.
func spellEvidence(terms []record.Evidence) string {
	terms = slices.Clone(terms)
	slices.SortStableFunc(terms, func(x, y record.Evidence) int {
		return cmp.Compare(math.Abs(y.Weight), math.Abs(x.Weight))
	})
	var told []string
	for _, t := range terms[:min(len(terms), 6)] {
		told = append(told, strings.Replace(fmt.Sprintf("%+.1f %s: %s", t.Weight, t.Name, t.Level), "-", "−", 1))
	}
	if rest := len(terms) - 6; rest > 0 {
		told = append(told, fmt.Sprintf("and %d more", rest))
	}
	return strings.Join(told, " · ")
}

// dataBar draws the probabilities of a column as bars from 0 to 1. Solid bars
// need an extension that a streamed sheet of excelize loses, and that scales
// them by the largest value present.
func (b *book) dataBar(sheet, column string, last int) error {
	return b.f.SetConditionalFormat(sheet, fmt.Sprintf("%s2:%s%d", column, column, last), []excelize.ConditionalFormatOptions{{
		Type: "data_bar", Criteria: "=", MinType: "num", MinValue: "0", MaxType: "num", MaxValue: "1",
		BarColor: "#A9CBD7",
	}})
}

// greyAnswered turns the rows grey that have something in their first column.
func (b *book) greyAnswered(sheet, lastColumn string, last int) error {
	return b.f.SetConditionalFormat(sheet, fmt.Sprintf("A2:%s%d", lastColumn, last), []excelize.ConditionalFormatOptions{{
		Type: "formula", Criteria: `LEN(TRIM($A2))>0`, Format: &b.style.answered,
	}})
}
