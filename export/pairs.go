package export

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/unecho/unecho/pipeline/record"
)

// maxPairColumns is how many of the user's columns stand side by side on a
// sheet of pairs; what differs beyond them is told in one more column.
const maxPairColumns = 6

// pairRanks says which differing columns come first: those that a person
// decides by at a glance.
var pairRanks = [...]record.Role{
	record.Organisation, record.Person, record.Date, record.Identifier, record.Number,
	record.URL, record.Place, record.Category, record.Title, record.Other, record.Body,
}

// pairLayout is how two records are set side by side: their labels, the
// columns in which some pair differs, and the rest in words.
type pairLayout struct {
	b         *book
	left      string // what is put behind a column's name: "A" or "removed"
	right     string
	shown     []int // columns set side by side, in the user's order
	rest      []int // differing columns told in words
	labelWide float64
	widths    []float64 // of shown
}

// layoutPairs looks at the pairs, left and right, and lays out the columns.
func (b *book) layoutPairs(left, right string, n int, pair func(i int) (l, r int)) *pairLayout {
	p := &pairLayout{b: b, left: left, right: right}
	differs := make([]int, len(b.work.Columns))
	var labels []int
	for i := range n {
		l, r := pair(i)
		for c := range b.work.Columns {
			if b.work.cell(l, c) != b.work.cell(r, c) {
				differs[c]++
			}
		}
	}
	for i := range sampled(n) {
		l, r := pair(i)
		labels = append(labels, textWidth(b.label(l)), textWidth(b.label(r)))
	}
	p.labelWide = min(max(fitWidth(b.labelName()+" "+right, labels), 24), 46)
	for c, role := range b.work.Columns {
		if differs[c] > 0 && c != b.title && role.Part != record.RowNumber {
			p.shown = append(p.shown, c)
		}
	}
	slices.SortStableFunc(p.shown, func(x, y int) int { return b.rank(x) - b.rank(y) })
	if len(p.shown) > maxPairColumns {
		p.rest = slices.Sorted(slices.Values(p.shown[maxPairColumns:]))
		p.shown = p.shown[:maxPairColumns]
	}
	slices.Sort(p.shown)
	for _, c := range p.shown {
		var sizes []int
		for i := range sampled(n) {
			l, r := pair(i)
			sizes = append(sizes, textWidth(b.work.cell(l, c)), textWidth(b.work.cell(r, c)))
		}
		p.widths = append(p.widths, min(fitWidth(b.work.Columns[c].Name+" "+right, sizes), 40))
	}
	return p
}

func (b *book) rank(c int) int { return slices.Index(pairRanks[:], b.work.Columns[c].Role) }

// labels are the two columns that name the records.
func (p *pairLayout) labels() []column {
	return []column{
		{header: p.b.labelName() + " " + p.left, width: p.labelWide, style: p.b.style.wrap},
		{header: p.b.labelName() + " " + p.right, width: p.labelWide, style: p.b.style.wrap},
	}
}

// columns are those that stand side by side, and the one for the rest.
func (p *pairLayout) columns() []column {
	var out []column
	for i, c := range p.shown {
		name := p.b.work.Columns[c].Name
		out = append(out,
			column{header: name + " " + p.left, width: p.widths[i], style: p.b.style.wrap},
			column{header: name + " " + p.right, width: p.widths[i], style: p.b.style.wrap})
	}
	if len(p.rest) > 0 {
		out = append(out, column{header: "also differs", width: 40, style: p.b.style.wrap})
	}
	return out
}

// values are the cells of one pair: its labels, then its columns. high is
// the number of lines that the row needs, at most 6.
func (p *pairLayout) values(l, r int) (labels, cells []any, high int) {
	left, right := p.contrast(p.b.label(l), p.b.label(r))
	high = max(lines(p.b.label(l), p.labelWide), lines(p.b.label(r), p.labelWide))
	labels = []any{left, right}
	for i, c := range p.shown {
		x, y := p.b.work.cell(l, c), p.b.work.cell(r, c)
		if x == y {
			cells = append(cells, p.equal(c, x), p.equal(c, x))
			continue
		}
		vx, vy := p.contrast(x, y)
		cells = append(cells, vx, vy)
		high = max(high, lines(x, p.widths[i]), lines(y, p.widths[i]))
	}
	if len(p.rest) > 0 {
		var told []string
		for _, c := range p.rest {
			if x, y := p.b.work.cell(l, c), p.b.work.cell(r, c); x != y {
				told = append(told, fmt.Sprintf("%s: %s ≠ %s", p.b.work.Columns[c].Name, orNone(x), orNone(y)))
			}
		}
		text := strings.Join(told, "\n")
		cells = append(cells, text)
		high = max(high, lines(text, 40))
	}
	return labels, cells, min(high, 6)
}

// equal shows a value that both records have, folded where it is long.
func (p *pairLayout) equal(c int, text string) any {
	if text == "" {
		return nil
	}
	if p.b.work.Columns[c].Role == record.Body || len(text) > 60 {
		text = "(equal)"
	}
	return p.b.muted(text)
}

func orNone(s string) string {
	if s == "" {
		return "nothing"
	}
	return s
}

// contrast sets two texts against each other with their differing words
// marked, each of the two as it stands where there is nothing to mark or no
// room to mark it.
func (p *pairLayout) contrast(l, r string) (left, right any) {
	l2, r2 := xmlText(l), xmlText(r)
	if l == r || l == "" || r == "" || l2 != l || r2 != r || max(utf16Len(l), utf16Len(r)) > cellLimit {
		return l, r
	}
	ls, rs := diffWords(l, r)
	if mostlyOnly(ls, rs) {
		return l, r
	}
	left, right = l, r
	if runs := marked(ls, true); runs != nil {
		left = excelize.Cell{Value: runs}
	}
	if runs := marked(rs, false); runs != nil {
		right = excelize.Cell{Value: runs}
	}
	return left, right
}

// mostlyOnly tells whether two longer texts have next to nothing in common,
// so that marks would only make them harder to read.
func mostlyOnly(left, right []piece) bool {
	only, all := 0, 0
	for _, side := range [2][]piece{left, right} {
		for _, p := range side {
			all += len(p.text)
			if p.only {
				only += len(p.text)
			}
		}
	}
	return all > 60 && only*5 > all*4
}

// rename gives columns headers that a table takes; those in fixed keep theirs.
func rename(columns []column, fixed []string) {
	var names []string
	for _, c := range columns {
		if !slices.Contains(fixed, c.header) {
			names = append(names, c.header)
		}
	}
	unique := tableHeaders(names, fixed)
	for i, n := 0, 0; i < len(columns); i++ {
		if !slices.Contains(fixed, columns[i].header) {
			columns[i].header = unique[n]
			n++
		}
	}
}
