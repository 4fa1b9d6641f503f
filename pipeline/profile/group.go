package profile

import "github.com/unecho/unecho/pipeline/record"

// group joins columns that are pieces of one thing, and numbers the groups
// from 1 by their first column.
func (p *profiler) group() {
	type key struct {
		kind  record.Role
		owner string
	}
	members := map[key][]int{}
	for c, col := range p.cols {
		if kind, ok := pieceOf(col); ok && !col.Ignored && col.Group == 0 {
			k := key{kind, p.heads[c].owner}
			if kind != record.Date {
				k.owner = p.person(c)
			}
			members[k] = append(members[k], c)
		}
	}
	for _, of := range members {
		if p.pieces(of) > 1 {
			p.join(of)
		}
	}
	p.renumber()
}

// pieceOf says of what a column holds a piece, if it does.
func pieceOf(col record.Column) (record.Role, bool) {
	switch col.Part {
	case record.GivenName, record.MiddleName, record.FamilyName:
		return record.Person, true
	case record.Year, record.Month, record.Day:
		return record.Date, true
	case record.House, record.Street, record.City, record.Postcode, record.Region:
		return record.Place, true
	case record.Coordinate:
		return record.Number, true
	}
	return "", false
}

// person tells the columns of one person or place from those of another
// ("author first name", "billing city"), by the words that stand before.
func (p *profiler) person(c int) string {
	words := headingWords(p.cols[c].Name)
	if len(words) < 2 {
		return ""
	}
	switch words[0] {
	case "author", "editor", "billing", "shipping", "delivery", "home", "work", "business", "mailing", "contact", "father", "mother", "birth", "customer", "patient", "owner", "origin":
		return words[0]
	}
	return ""
}

// pieces counts the different pieces among the columns. Coordinates are
// pieces of each other, as are two lines of an address.
func (p *profiler) pieces(of []int) int {
	seen := map[record.Part]bool{}
	n := 0
	for _, c := range of {
		part := p.cols[c].Part
		if !seen[part] || part == record.Coordinate || part == record.Street {
			n++
		}
		seen[part] = true
	}
	return n
}

// join marks columns as one group, numbered for the time being by the first
// of them.
func (p *profiler) join(of []int) {
	for _, c := range of {
		p.cols[c].Group = of[0] + 1
	}
}

// renumber numbers the groups 1, 2, … in the order of their first columns.
func (p *profiler) renumber() {
	number := map[int]int{}
	for c := range p.cols {
		g := p.cols[c].Group
		if g == 0 {
			continue
		}
		if number[g] == 0 {
			number[g] = len(number) + 1
		}
		p.cols[c].Group = number[g]
	}
}
