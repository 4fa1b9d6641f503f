package profile

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/unecho/unecho/pipeline/record"
)

// chooseMain settles the main text: the column, or the columns in one group,
// of role Title. Of several that are named like a title the best named stays,
// then the fuller; another that is filled where the first is blank (the titles
// of films and the names of people in one list) joins it. A list of people
// has no Title: the name is the main text. In any other list the text that
// tells the records apart best becomes the Title.
func (p *profiler) chooseMain() {
	if p.toldMain() {
		return
	}
	named := p.titles()
	if len(named) == 0 {
		p.chooseByData()
		return
	}
	main := named[:1]
	for _, c := range named[1:] {
		if p.complementary(main, c) {
			main = append(main, c)
			continue
		}
		p.demote(c, named[0])
	}
	slices.Sort(main)
	if len(main) > 1 {
		p.main = fmt.Sprintf("columns %s are one main text: where one is filled, the other is blank", p.quote(main))
		p.join(main)
	}
}

// toldMain obeys a person who named the main text, if one did.
func (p *profiler) toldMain() bool {
	var main []int
	for c := range p.cols {
		if p.told[c].Role == record.Title {
			main = append(main, c)
		}
	}
	if main == nil {
		return false
	}
	for _, c := range p.titles() {
		if p.told[c].Role == "" {
			p.demote(c, main[0])
		}
	}
	if len(main) > 1 {
		p.join(main)
	}
	return true
}

// titles gives the columns of role Title that are looked at, best first.
func (p *profiler) titles() []int {
	var found []int
	for c := range p.cols {
		if p.cols[c].Role == record.Title && !p.cols[c].Ignored {
			found = append(found, c)
		}
	}
	slices.SortStableFunc(found, func(a, b int) int {
		return cmp.Or(cmp.Compare(p.rank(a), p.rank(b)), -cmp.Compare(p.weight(a), p.weight(b)))
	})
	return found
}

// rank is that of the heading; a heading that holds the meaning only in part
// stands behind one that is it.
func (p *profiler) rank(c int) int {
	h := p.heads[c]
	if h.meaning == nil || h.rank == 0 {
		return 99
	}
	if h.sure < 0.8 {
		return h.rank + 2
	}
	return h.rank
}

// weight says how much a column tells of the records: cells filled with
// different values.
func (p *profiler) weight(c int) float64 { return p.stats[c].Filled * p.stats[c].Distinct }

// complementary says whether c is filled only where the main columns are
// blank, and often enough to matter.
func (p *profiler) complementary(main []int, c int) bool {
	both, only := 0, 0
	for i := range p.list.rows {
		switch {
		case !p.list.filled(i, c):
		case slices.ContainsFunc(main, func(m int) bool { return p.list.filled(i, m) }):
			both++
		default:
			only++
		}
	}
	return only > 0 && both*50 <= only && only*20 >= len(p.list.rows)
}

// demote takes the title from a column that is not the main text.
func (p *profiler) demote(c, main int) {
	s := &p.stats[c]
	beside := fmt.Sprintf("; the main text is %q", p.cols[main].Name)
	switch {
	case s.Few <= fewValues && s.Distinct < 0.2 && s.Words < 4:
		p.rename(c, record.Category, "", 0.6, values(s)+beside)
	case s.Words >= 25:
		p.rename(c, record.Body, "", 0.6, fmt.Sprintf("%.0f words on average", s.Words)+beside)
	default:
		p.rename(c, record.Other, "", 0.6, p.cols[c].Why+beside)
	}
}

// chooseByData finds the main text of a list in which no column is named like one.
func (p *profiler) chooseByData() {
	if main := record.Main(p.cols); len(main) > 0 && p.isName(main) {
		return
	}
	best, bestScore := -1, 0.0
	for c := range p.cols {
		if score := p.textScore(c); score > bestScore {
			best, bestScore = c, score
		}
	}
	if best >= 0 {
		why := fmt.Sprintf("the text that tells the records apart best: %s, %s different", p.cols[best].Why, percent(p.stats[best].Distinct))
		p.rename(best, record.Title, "", min(0.75, 0.3+bestScore/2), why)
		return
	}
	p.lastResort()
}

// isName says whether the main text that stands without a Title is a
// person's name rather than a list of authors or a firm.
func (p *profiler) isName(main []int) bool {
	col := p.cols[main[0]]
	return col.Role == record.Person && col.Part != record.Authors
}

// textScore weighs a column as the main text, 0 to 1: what it tells, halved
// where its role is another one already. Above 0 only for texts.
func (p *profiler) textScore(c int) float64 {
	col, s := &p.cols[c], &p.stats[c]
	if col.Ignored || p.told[c].Role != "" {
		return 0
	}
	factor := 0.0
	switch col.Role {
	case record.Other:
		factor = 1
		if p.heads[c].meaning != nil {
			factor = 0.3 // named like a remark
		}
	case record.Organisation:
		factor = 0.6
		if col.Part == record.Venue {
			factor = 0.3
		}
	case record.Body:
		factor = 0.4
	case record.Person:
		factor = 0.35
	case record.Place:
		factor = 0.2
		if s.Words < 1.5 {
			factor = 0.1
		}
	case record.Category:
		factor = 0.05
	case record.Identifier:
		if col.Part == "" && s.Letters > 0.3 {
			factor = 0.05
		}
	case record.URL:
		factor = 0.05
	}
	return factor * p.weight(c) * min(1, 0.4+0.2*s.Words)
}

// lastResort takes the column that tells most, of whatever role, for a list
// without any text.
func (p *profiler) lastResort() {
	best := -1
	for c := range p.cols {
		if p.told[c].Role != "" || p.told[c].Ignored || p.stats[c].Filled == 0 || p.cols[c].Part == record.RowNumber && len(p.cols) > 1 {
			continue
		}
		if best < 0 || p.weight(c) > p.weight(best) {
			best = c
		}
	}
	if best < 0 {
		if p.stats[0].Rows == 0 {
			return
		}
		p.main = "no column holds a text that records could be compared by; name one with --columns title=NAME"
		return
	}
	p.main = fmt.Sprintf("no column holds a text; %q is compared in its place (%s); name another with --columns title=NAME", p.cols[best].Name, p.cols[best].Why)
	p.rename(best, record.Title, "", 0.1, "no column holds a text; "+p.cols[best].Why)
	p.cols[best].Ignored, p.notes[best] = false, ""
}

func (p *profiler) quote(cols []int) string {
	var names []string
	for _, c := range cols {
		names = append(names, fmt.Sprintf("%q", p.cols[c].Name))
	}
	return strings.Join(names, " and ")
}
