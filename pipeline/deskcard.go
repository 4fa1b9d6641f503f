package pipeline

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/unecho/unecho/export"
	"github.com/unecho/unecho/pipeline/record"
	"github.com/unecho/unecho/pipeline/review"
)

// neighbours is how many entries before and after a record a card names.
const neighbours = 2

// card shows two rows as a question, the older left.
func (d *desk) card(a, b int) review.Card {
	e := d.match.found.Explain(a, b)
	c := d.brief(ask{Link: e.Link})
	c.Base, c.Why, c.Settles = e.Base, e.Why, d.settles(a, b)
	for _, t := range e.Evidence {
		c.Evidence = append(c.Evidence, review.Term{Name: t.Name, Level: t.Level, Weight: t.Weight})
	}
	left, right := d.book.rows[c.A.ID], d.book.rows[c.B.ID]
	c.A.Before, c.A.After = d.around(left)
	c.B.Before, c.B.After = d.around(right)
	pair := d.book.pairOf(a, b)
	c.Said = append(c.Said, d.book.said[pair]...)
	for _, p := range d.carried() {
		if p.pair() == pair {
			c.Carried = p.carried
		}
	}
	return c
}

// brief shows a pair without its evidence and surroundings.
func (d *desk) brief(q ask) review.Card {
	a, b := d.older(q.A, q.B)
	return review.Card{A: d.side(a, b), B: d.side(b, a), Fields: d.fields(a, b), Probability: q.Probability, Why: q.Why,
		Evidence: []review.Term{}, Said: []review.Said{}}
}

// older puts the older of two rows first: by date where both have one, else
// by their place in the list.
func (d *desk) older(a, b int) (int, int) {
	x, y := d.searched.When(a), d.searched.When(b)
	if x > 0 && y > 0 && x != y {
		if x > y {
			return b, a
		}
		return a, b
	}
	return min(a, b), max(a, b)
}

// side is one of two records.
func (d *desk) side(r, other int) review.Side {
	return review.Side{ID: d.book.refs.IDs()[r], Row: r + 1, Text: d.text(r), Where: d.where(r), Chips: d.chips(r, other),
		Copies: int(d.groups.size[d.groups.find(r)]), Before: []string{}, After: []string{}}
}

// where is the place of a row in its source.
func (d *desk) where(r int) string {
	at := d.list.Table.At[r]
	return fmt.Sprintf("%s:%d", d.list.Table.Sources[at.Source].Name, at.Line)
}

// What makes a text worth calling longer.
const (
	longerTimes = 1.2
	longerBy    = 10
)

// chips say in a word or two how a record stands out from another.
func (d *desk) chips(r, other int) []string {
	chips := []string{}
	mine, theirs := d.size(r), d.size(other)
	if mine.letters >= theirs.letters+longerBy && float64(mine.letters) >= longerTimes*float64(theirs.letters) {
		chips = append(chips, "longer text")
	}
	if mine.filled > theirs.filled {
		chips = append(chips, "more fields")
	}
	switch x, y := d.searched.When(r), d.searched.When(other); {
	case x == 0 || y == 0 || x == y:
	case x < y:
		chips = append(chips, "older")
	default:
		chips = append(chips, "newer")
	}
	if mine.url && !theirs.url {
		chips = append(chips, "has a URL")
	}
	return chips
}

// entrySize is how much a record says.
type entrySize struct {
	letters, filled int
	url             bool
}

func (d *desk) size(r int) (s entrySize) {
	for c, column := range d.list.Columns {
		if cell := strings.TrimSpace(d.cell(r, c)); cell != "" {
			s.filled++
			s.letters += utf8.RuneCountInString(cell)
			s.url = s.url || column.Role == record.URL
		}
	}
	return s
}

// fields sets the columns of two records side by side.
func (d *desk) fields(a, b int) []review.Field {
	fields := []review.Field{}
	for c, column := range d.list.Columns {
		x, y := strings.TrimSpace(d.cell(a, c)), strings.TrimSpace(d.cell(b, c))
		if x == "" && y == "" {
			continue
		}
		f := review.Field{Name: column.Name, Equal: x == y, A: []review.Piece{}, B: []review.Piece{}}
		left, right := export.WordDiff(x, y)
		for _, s := range left {
			f.A = append(f.A, review.Piece{Text: s.Text, Own: s.Only})
		}
		for _, s := range right {
			f.B = append(f.B, review.Piece{Text: s.Text, Own: s.Only})
		}
		fields = append(fields, f)
	}
	return fields
}

// around gives the neighbours of a row in its source.
func (d *desk) around(r int) (before, after []string) {
	source := d.list.Table.At[r].Source
	before, after = []string{}, []string{}
	for n := max(0, r-neighbours); n < r; n++ {
		if d.list.Table.At[n].Source == source {
			before = append(before, d.text(n))
		}
	}
	for n := r + 1; n <= r+neighbours && n < d.list.Table.Len(); n++ {
		if d.list.Table.At[n].Source == source {
			after = append(after, d.text(n))
		}
	}
	return before, after
}

// Group gives the records of the group that a record is in, the one that
// stays first.
func (d *desk) Group(id string) (review.Group, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	r, err := d.book.row(id)
	if err != nil {
		return review.Group{}, err
	}
	rows := d.stayingFirst(d.rowsWith(r))
	g := review.Group{ID: id}
	for _, column := range d.list.Columns {
		g.Columns = append(g.Columns, column.Name)
	}
	for _, r := range rows {
		side := d.side(r, r)
		side.Copies = 1
		g.Records = append(g.Records, side)
		g.Cells = append(g.Cells, slices.Clone(d.list.Cells[r*len(g.Columns):(r+1)*len(g.Columns)]))
	}
	g.Merged = d.mergedCells(rows)
	return g, nil
}

// rowsWith gives the rows that stand together with a row.
func (d *desk) rowsWith(r int) (rows []int) {
	leader := d.groups.find(r)
	for other := range d.groups.leader {
		if d.groups.find(other) == leader {
			rows = append(rows, other)
		}
	}
	return rows
}

// stayingFirst orders the rows of a group as a run would: who a person named,
// then by the rule.
func (d *desk) stayingFirst(rows []int) []int {
	rows = d.searched.Rank(rows, d.o.Keep)
	for _, p := range slices.Backward(d.book.force) {
		if i := slices.Index(rows, p.a); p.Kind == review.Keep && i >= 0 {
			stays := rows[i]
			return append([]int{stays}, slices.Delete(rows, i, i+1)...)
		}
	}
	return rows
}

// mergedCells is what the clean list would read for a group.
func (d *desk) mergedCells(rows []int) []string {
	cells := make([]string, len(d.list.Columns))
	m := merger{list: d.list, from: slices.Repeat([]int{rows[0]}, len(cells))}
	for c := range cells {
		if d.o.MergeFields {
			m.fill(c, rows[1:])
		}
		cells[c] = d.cell(m.from[c], c)
	}
	for _, p := range d.book.force {
		if p.Kind == review.Value && slices.Contains(rows, p.a) {
			cells[p.column] = p.Value
		}
	}
	return cells
}

// Probe gives pairs drawn from what is merged without asking: as many strata
// of probability as pairs are wanted, and from each the pair that a hash of
// its records picks, so that the same list gives the same probe.
func (d *desk) Probe(n int) []review.Card {
	d.mu.Lock()
	defer d.mu.Unlock()
	var merged []record.Link
	for _, link := range d.match.inside {
		pair := d.book.pairOf(link.A, link.B)
		if len(d.book.said[pair]) > 0 || pair[0] == pair[1] || d.said.same(pair[0], pair[1]) || !d.groups.same(link.A, link.B) || d.searched.Equal(link.A, link.B) {
			continue
		}
		merged = append(merged, link)
	}
	n = min(n, len(merged))
	cards := make([]review.Card, 0, max(0, n))
	for i := range n {
		stratum := merged[i*len(merged)/n : (i+1)*len(merged)/n]
		drawn := slices.MinFunc(stratum, func(x, y record.Link) int {
			return cmp.Or(cmp.Compare(d.lot(x), d.lot(y)), d.book.earlier([2]int{x.A, x.B}, [2]int{y.A, y.B}))
		})
		cards = append(cards, d.card(drawn.A, drawn.B))
	}
	return cards
}

// lot is a number that a pair draws, by its content alone.
func (d *desk) lot(link record.Link) uint64 {
	names := d.book.names([2]int{link.A, link.B})
	h := fnv.New64a()
	io.WriteString(h, names[0]+"\n"+names[1])
	return h.Sum64()
}
