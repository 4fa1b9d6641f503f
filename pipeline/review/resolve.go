package review

import (
	"cmp"
	"slices"
)

// Resolved is what the decisions in force say about one list. Rows count from 0.
type Resolved struct {
	Pairs     []Pair     // what was said about two records, in order of time
	Keeps     []One      // records that stay for their cluster, in order of time
	Values    []One      // fields that a person gave, in order of time
	Carried   []Carry    // decisions that hold for a record that was corrected since
	Stale     []Decision // fields that read otherwise than when the decision was taken
	Missing   []Decision // about records that the list does not have
	Conflicts []Conflict // among people
}

// Pair is a decision about two rows, the smaller first.
type Pair struct {
	A, B     int
	Decision Decision
}

// One is a decision about one row.
type One struct {
	Row      int
	Column   int // of a value
	Decision Decision
}

// Carry is a decision that was carried over to a corrected record.
type Carry struct {
	Decision Decision
	Rows     []int  // where its records stand today
	What     string // in words: `"title" was corrected since`
}

// On finds the records of a list that the decisions in force are about. What
// cannot be found is missing, what is found by likeness is carried over and
// says so; nothing is guessed.
func (f *InForce) On(l *List) *Resolved {
	r := &Resolved{Conflicts: f.Conflicts}
	if len(f.Decisions) == 0 {
		return r
	}
	find := newFinder(l)
	for _, d := range f.Decisions {
		switch {
		case d.Kind.Pairwise():
			r.pair(find, d)
		case d.Kind == Keep:
			r.keep(find, d)
		case d.Kind == Value:
			r.value(find, d)
		}
	}
	return r
}

func (r *Resolved) pair(f *finder, d Decision) {
	a, b := f.find(d.A), f.find(d.B)
	if len(a.rows) == 0 || len(b.rows) == 0 {
		r.Missing = append(r.Missing, d)
		return
	}
	x, y := a.rows[0], b.rows[0]
	if x == y {
		// Two records of one content, told apart or said to be one.
		if len(a.rows) < 2 {
			r.Missing = append(r.Missing, d)
			return
		}
		y = a.rows[1]
	}
	r.Pairs = append(r.Pairs, Pair{min(x, y), max(x, y), d})
	r.carry(d, cmp.Or(a.changed, b.changed), x, y)
}

func (r *Resolved) carry(d Decision, what string, rows ...int) {
	if what != "" {
		r.Carried = append(r.Carried, Carry{d, rows, what})
	}
}

func (r *Resolved) keep(f *finder, d Decision) {
	p := f.find(d.A)
	if len(p.rows) == 0 {
		r.Missing = append(r.Missing, d)
		return
	}
	r.Keeps = append(r.Keeps, One{Row: p.rows[0], Decision: d})
	r.carry(d, p.changed, p.rows[0])
}

// value finds the field that a person gave. A field that has changed since is
// stale: what they gave was given for other words.
func (r *Resolved) value(f *finder, d Decision) {
	p := f.find(d.A)
	c := slices.Index(f.headings, heading(d.Column))
	if len(p.rows) == 0 || c < 0 {
		r.Missing = append(r.Missing, d)
		return
	}
	for _, row := range p.rows {
		if is := f.list.cell(row, c); print(is) != print(d.Was) && print(is) != print(d.Value) {
			r.Stale = append(r.Stale, d)
			return
		}
	}
	for _, row := range p.rows {
		r.Values = append(r.Values, One{Row: row, Column: c, Decision: d})
	}
	r.carry(d, p.changed, p.rows[0])
}
