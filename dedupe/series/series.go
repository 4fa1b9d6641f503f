// Package series tells which records of a list are several of one thing:
// parts, issues, editions, years. It stands after matching on the road, and
// is told which pairs were found related; what it adds is their order, the
// records that no pair was found for, and the numbers that are missing in
// between.
package series

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/unecho/unecho/pipeline/record"
)

// Series is a set of records that are kept apart on purpose, because each is
// one of several: parts, issues, editions, years of one thing.
type Series struct {
	Members []Member // in order of their numbers
	Gaps    []Gap    // numbers that the list does not have, in the same order
}

// Member is one record of a series.
type Member struct {
	Row  int
	With int    // the record that it was compared with, or its neighbour in the series
	Why  string // what keeps the two apart, one line
}

// Gap is a run of numbers that a series has no record for.
type Gap struct {
	Before int    // the place among Members before which it stands; len(Members) at the end
	Name   string // "lesson 4", "#44 to #46"
	Says   string // "lesson 3, lesson 5 → lesson 4 is missing"
}

// Entry is a record as it is looked at here.
type Entry struct {
	Row   int           // from 0
	Marks []record.Mark // of the main text
}

// Words appends to words the folded words of the main text of a row. It is
// called from several goroutines at a time.
type Words func(words []string, row int) []string

// Find puts related pairs together with the entries whose main texts are
// equal up to a part or issue number, or equal but for a year or an ordinal,
// and says which numbers are missing in between. related are links between
// rows that entries have; others are passed over. words is asked about entries
// with marks.
//
// A gap is named only where the series has as many numbers as it lacks or more
// (years: and three of them at least), so that #3 and #900 alone say nothing.
// Series come in order of their first record. Time: sorting the entries that
// have a number.
func Find(entries []Entry, words Words, related []record.Link) []Series {
	s := &finder{root: map[int]int{}, link: map[int]record.Link{}, marks: map[int][]int{}, runs: findRuns(entries, words)}
	s.read(entries, related)
	for _, l := range related {
		_, a := s.marks[l.A]
		_, b := s.marks[l.B]
		if a && b && l.A != l.B {
			s.relate(l)
		}
	}
	for i := range s.runs {
		for _, n := range s.runs[i].numbers[1:] {
			s.join(s.runs[i].numbers[0].row, n.row)
		}
	}
	return s.series()
}

// read takes note of the marks of the entries that a run or a related pair
// has; few of a list are among them.
func (s *finder) read(entries []Entry, related []record.Link) {
	wanted := map[int]bool{}
	for _, l := range related {
		wanted[l.A], wanted[l.B] = true, true
	}
	for i := range s.runs {
		for _, n := range s.runs[i].numbers {
			wanted[n.row] = true
		}
	}
	for _, e := range entries {
		if wanted[e.Row] {
			s.marks[e.Row] = markOrder(e.Marks)
		}
	}
}

// finder joins rows into series.
type finder struct {
	root  map[int]int         // of a union of rows
	link  map[int]record.Link // of each row, the likeliest related link
	marks map[int][]int       // of each row that may be in a series, the numbers of its marks
	runs  []run
	of    map[int][]int // the runs of each union, by its first row
}

func (s *finder) find(r int) int {
	if _, ok := s.root[r]; !ok {
		s.root[r] = r
	}
	for s.root[r] != r {
		s.root[r] = s.root[s.root[r]]
		r = s.root[r]
	}
	return r
}

func (s *finder) join(a, b int) {
	x, y := s.find(a), s.find(b)
	s.root[max(x, y)] = min(x, y)
}

func (s *finder) relate(l record.Link) {
	s.join(l.A, l.B)
	for _, r := range [2]int{l.A, l.B} {
		if best, ok := s.link[r]; !ok || l.Probability > best.Probability {
			s.link[r] = l
		}
	}
}

// series lists the unions, each in order of its runs, then of the numbers in
// them, then of the rows.
func (s *finder) series() []Series {
	place := map[int][2]int{} // of each row: its first run, and its place there
	for i := range s.runs {
		for k, n := range s.runs[i].numbers {
			if _, ok := place[n.row]; !ok {
				place[n.row] = [2]int{i, k}
			}
		}
	}
	rows := make([]int, 0, len(s.root))
	for r := range s.root {
		rows = append(rows, r)
		if _, ok := place[r]; !ok {
			place[r] = [2]int{len(s.runs), 0}
		}
	}
	slices.SortFunc(rows, func(x, y int) int {
		return cmp.Or(cmp.Compare(s.find(x), s.find(y)), cmp.Compare(place[x][0], place[y][0]), cmp.Compare(s.number(place[x]), s.number(place[y])), slices.Compare(s.marks[x], s.marks[y]), cmp.Compare(x, y))
	})
	s.of = map[int][]int{}
	for i := range s.runs {
		root := s.find(s.runs[i].numbers[0].row)
		s.of[root] = append(s.of[root], i)
	}
	var out []Series
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && s.find(rows[n]) == s.find(rows[0]) {
			n++
		}
		out = append(out, s.one(rows[:n], place))
		rows = rows[n:]
	}
	return out
}

// number is the number at a place in a run; 0 where there is none.
func (s *finder) number(place [2]int) int {
	if place[0] == len(s.runs) {
		return 0
	}
	return s.runs[place[0]].numbers[place[1]].n
}

// one writes one series down.
func (s *finder) one(rows []int, place map[int][2]int) Series {
	var series Series
	at := map[int]int{}
	for i, r := range rows {
		at[r] = i
		m := Member{Row: r}
		if l, ok := s.link[r]; ok {
			m.With, m.Why = l.A+l.B-r, l.Why
		} else {
			of, k := &s.runs[place[r][0]], place[r][1]
			beside := of.beside(k)
			m.With = of.numbers[beside].row
			m.Why = fmt.Sprintf("%s beside %s", of.name(of.numbers[k].n), of.name(of.numbers[beside].n))
		}
		series.Members = append(series.Members, m)
	}
	for _, i := range s.of[s.find(rows[0])] {
		series.Gaps = append(series.Gaps, s.runs[i].gaps(at)...)
	}
	slices.SortStableFunc(series.Gaps, func(x, y Gap) int { return cmp.Compare(x.Before, y.Before) })
	return series
}

// markOrder orders versions, "2.10" after "2.9", and other marks by their
// numbers.
func markOrder(marks []record.Mark) []int {
	var order []int
	for _, m := range marks {
		for piece := range strings.SplitSeq(m.Value, ".") {
			if n, ok := whole(piece); ok {
				order = append(order, n)
			}
		}
	}
	return order
}
