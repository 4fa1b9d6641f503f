package cluster

import (
	"cmp"
	"slices"
)

// units are what a mean is taken over: a record, or the copies of one record
// that must be together. They are numbered by key, so that nothing after this
// point depends on the order of the records.
type units struct {
	of      []int32 // the unit of each record, -1 for one that is in none
	records []int32 // their records, unit after unit
	from    []int32 // where the records of each unit begin; one entry more than units
	must    sets    // units that must be together; flat
}

func (u *units) len() int { return len(u.from) - 1 }

// copies lists the records of a unit.
func (u *units) copies(unit int32) []int32 { return u.records[u.from[unit]:u.from[unit+1]] }

// unitsOf makes units of some of n records, all that must-links name among them.
func unitsOf(n int, records []int32, o *Options) *units {
	groups := singles(n)
	for _, p := range o.Must {
		groups.join(p[0], p[1])
	}
	u := &units{of: none(n), records: byKey(records, o.Key), from: make([]int32, 0, len(records)+1)}
	for i, j := 0, 0; i < len(records); i = j {
		for j = i + 1; j < len(records) && o.Key != nil && o.Key[u.records[j]] == o.Key[u.records[i]]; j++ {
		}
		u.divide(i, j, groups)
	}
	u.from = append(u.from, int32(len(records)))
	u.must = singles(u.len())
	for _, p := range o.Must {
		u.must.join(u.of[p[0]], u.of[p[1]])
	}
	u.must.flatten()
	return u
}

// divide makes units of the records of one key, those listed from i to j: one
// for each must-link group.
func (u *units) divide(i, j int, groups sets) {
	same := u.records[i:j]
	if len(same) > 1 {
		slices.SortFunc(same, func(a, b int32) int {
			return cmp.Or(cmp.Compare(groups.find(a), groups.find(b)), cmp.Compare(a, b))
		})
	}
	for k, r := range same {
		if k == 0 || groups.find(r) != groups.find(same[k-1]) {
			u.from = append(u.from, int32(i+k))
		}
		u.of[r] = int32(len(u.from) - 1)
	}
}

// byKey puts records, which ascend, into the order of key, then number.
func byKey(records []int32, key []uint64) []int32 {
	if key != nil {
		slices.SortFunc(records, func(a, b int32) int {
			return cmp.Or(cmp.Compare(key[a], key[b]), cmp.Compare(a, b))
		})
	}
	return records
}

// bond is an edge between two units of one part, a < b, as places in the
// part's list of units. Its score is in millionths, or forbidden.
type bond struct{ a, b, score int32 }

// forbidden is the score of a cannot-link; it is below every clipped score.
const forbidden = -1 << 31

// part is a set of units that edges above 0 and must-links connect, more than
// one must-link group of them, and the bonds inside. Nothing outside can have
// a say in how it is clustered, as a merge needs an edge above 0.
type part struct {
	units []int32 // ascending
	bonds []bond
}

// parts holds all parts of a list, one after the other.
type parts struct {
	units     []int32
	bonds     []bond
	unitsFrom []int32 // where the units of each part begin; one entry more than parts
	bondsFrom []int
}

func (p *parts) len() int { return len(p.unitsFrom) - 1 }

func (p *parts) at(i int) part {
	return part{p.units[p.unitsFrom[i]:p.unitsFrom[i+1]], p.bonds[p.bondsFrom[i]:p.bondsFrom[i+1]]}
}

// split cuts the list into parts, in order of their first unit.
func split(u *units, edges []Edge, cannot [][2]int32, s scale) *parts {
	whole := slices.Clone(u.must)
	for _, e := range edges {
		if s.fixed(e.Score) > 0 {
			whole.join(u.of[e.A], u.of[e.B])
		}
	}
	whole.flatten()
	p, partOf, place := listUnits(u, whole)
	each := func(visit func(part, a, b, score int32)) {
		see := func(ra, rb, score int32) {
			a, b := u.of[ra], u.of[rb]
			if a < 0 || b < 0 {
				return
			}
			if k := partOf[a]; k >= 0 && k == partOf[b] && u.must[a] != u.must[b] {
				visit(k, min(place[a], place[b]), max(place[a], place[b]), score)
			}
		}
		for _, e := range edges {
			see(e.A, e.B, s.fixed(e.Score))
		}
		for _, c := range cannot {
			see(c[0], c[1], forbidden)
		}
	}
	p.bondsFrom = make([]int, p.len()+1)
	each(func(k, _, _, _ int32) { p.bondsFrom[k+1]++ })
	for k := range p.len() {
		p.bondsFrom[k+1] += p.bondsFrom[k]
	}
	p.bonds = make([]bond, p.bondsFrom[p.len()])
	fill := slices.Clone(p.bondsFrom)
	each(func(k, a, b, score int32) {
		p.bonds[fill[k]] = bond{a, b, score}
		fill[k]++
	})
	return p
}

// listUnits lists the units of each part. It also gives each unit its part, -1
// for none, and its place in the part's list.
func listUnits(u *units, whole sets) (p *parts, partOf, place []int32) {
	partOf, place = make([]int32, len(whole)), make([]int32, len(whole))
	for i := range partOf {
		partOf[i] = -1
	}
	for i, leader := range whole {
		if u.must[i] != leader { // a second must-link group
			partOf[leader] = 0
		}
	}
	p = &parts{unitsFrom: []int32{0}}
	for i, leader := range whole {
		switch {
		case partOf[leader] < 0:
			continue
		case int32(i) == leader:
			partOf[i] = int32(len(p.unitsFrom) - 1)
			p.unitsFrom = append(p.unitsFrom, 0)
		default:
			partOf[i] = partOf[leader]
		}
		place[i] = p.unitsFrom[partOf[i]+1]
		p.unitsFrom[partOf[i]+1]++
	}
	for k := range p.len() {
		p.unitsFrom[k+1] += p.unitsFrom[k]
	}
	p.units = make([]int32, p.unitsFrom[p.len()])
	for i, k := range partOf {
		if k >= 0 {
			p.units[p.unitsFrom[k]+place[i]] = int32(i)
		}
	}
	return p, partOf, place
}
