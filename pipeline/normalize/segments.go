package normalize

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sort"
	"strings"

	"github.com/unecho/unecho/pipeline/record"
)

// Segments are the titles of a column that have more than one segment: what it
// takes to find their affixes anew when rows of the list are gone. They hold no
// text. What may be an affix has a number, and so has a rest that stands in the
// list as a whole title of its own; no other text will ever count, since what is
// left of a list has no title that was not there before.
type Segments struct {
	rows   int       // of the list
	titles []title   // by row
	all    []section // of title i, all[titles[i].first:titles[i+1].first]; one title more ends them
	whole  []whole   // titles that are the rest of another, by row
	names  int       // how many numbers there are of segments
	rests  int       // and of rests
}

// title is one of more than one segment.
type title struct {
	row, first    int32
	after, before int32 // numbers of what remains without head and without tail; none for what makes no evidence
	longer        bool  // what remains without its head is at least as long
}

// section is a segment of a title.
type section struct {
	words int32 // of the title, up to its end
	name  int32 // its number, or none
	cutKind
	tag bool // it is a format tag in brackets
}

// whole is a row whose title is a rest of another.
type whole struct{ row, rest int32 }

// none is the number of what has none.
const none = -1

// newSegments numbers the ends that may be affixes: those that stand often, and
// those without which a title of the list remains.
func newSegments(ctx context.Context, forms []record.Form, segs [][]segmented, often map[string]bool, titles map[string][]int32) *Segments {
	s := &Segments{rows: len(forms)}
	s.line(ctx, forms, segs, titles)
	name, rest := map[string]int32{}, map[string]int32{}
	for _, end := range slices.Sorted(maps.Keys(often)) {
		numberOf(name, end)
	}
	i := 0
	for g := range each(segs) {
		if t := &s.titles[i]; t.after != none || t.before != none {
			text := forms[g.row].Text
			head, tail := ends(g.cuts)
			after, before := rests(text, g.cuts, head, tail)
			if t.after != none {
				t.after = numberOf(rest, after)
				numberOf(name, segment(text, g.cuts, head))
			}
			if t.before != none {
				t.before = numberOf(rest, before)
				numberOf(name, segment(text, g.cuts, tail))
			}
		}
		i++
	}
	s.names, s.rests = len(name), len(rest)
	s.cut(ctx, forms, segs, name)
	for text, k := range rest {
		for _, r := range titles[text] {
			s.whole = append(s.whole, whole{r, k})
		}
	}
	slices.SortFunc(s.whole, func(x, y whole) int { return cmp.Compare(x.row, y.row) })
	return s
}

// line makes the titles, in which a rest that makes evidence has the number 0 as yet.
func (s *Segments) line(ctx context.Context, forms []record.Form, segs [][]segmented, titles map[string][]int32) {
	s.titles = make([]title, 0, lengths(segs)+1)
	size := int32(0)
	for g := range each(segs) {
		s.titles = append(s.titles, title{row: g.row, first: size, after: none, before: none})
		size += int32(len(g.cuts))
	}
	s.titles = append(s.titles, title{row: int32(len(forms)), first: size})
	s.all = make([]section, size)
	telling := func(rest string) bool { return isTelling(rest) && titles[rest] != nil }
	eachChunk(ctx, len(forms), nil, func(from, _ int) {
		at := s.find(from)
		for i, g := range segs[from/chunk] {
			head, tail := ends(g.cuts)
			after, before := rests(forms[g.row].Text, g.cuts, head, tail)
			t := &s.titles[at+i]
			t.longer = len(after) >= len(before)
			if !g.cuts[head].marks && telling(after) {
				t.after = 0
			}
			if !g.cuts[tail].marks && telling(before) {
				t.before = 0
			}
		}
	})
}

// numberOf gives the number of a text, a new one where it has none.
func numberOf(of map[string]int32, text string) int32 {
	k, known := of[text]
	if !known {
		k = int32(len(of))
		of[text] = k
	}
	return k
}

// cut writes the sections of all titles.
func (s *Segments) cut(ctx context.Context, forms []record.Form, segs [][]segmented, name map[string]int32) {
	eachChunk(ctx, len(forms), nil, func(from, _ int) {
		at := s.find(from)
		for i, g := range segs[from/chunk] {
			sections, text := s.sections(at+i), forms[g.row].Text
			words, begin := int32(0), int32(0)
			for k, c := range g.cuts {
				words += int32(strings.Count(text[begin:c.end], " "))
				begin = c.end
				this := segment(text, g.cuts, k)
				sections[k] = section{words: words + 1, name: none, cutKind: c.cutKind, tag: c.box && isFormatTag(this)}
				if n, known := name[this]; known {
					sections[k].name = n
				}
			}
		}
	})
}

// find gives the place of the first title at a row or behind it.
func (s *Segments) find(row int) int {
	return sort.Search(len(s.titles), func(i int) bool { return int(s.titles[i].row) >= row })
}

// sections gives those of title i.
func (s *Segments) sections(i int) []section { return s.all[s.titles[i].first:s.titles[i+1].first] }

// Left gives those of the rows that are kept, ascending, numbered among these.
// Where over is set, s must not be used any more: what is left is laid down over it.
func (s *Segments) Left(kept []int, over bool) *Segments {
	out := &Segments{rows: len(kept), names: s.names, rests: s.rests}
	if over {
		out.titles, out.all, out.whole = s.titles[:0], s.all[:0], s.whole[:0]
	}
	now := make([]int32, s.rows) // 1 + the number of each row among those kept
	for i, r := range kept {
		now[r] = int32(i) + 1
	}
	for i := range len(s.titles) - 1 {
		t, end := s.titles[i], s.titles[i+1].first
		if k := now[t.row]; k > 0 {
			sections := s.all[t.first:end]
			t.row, t.first = k-1, int32(len(out.all))
			out.titles, out.all = append(out.titles, t), append(out.all, sections...)
		}
	}
	out.titles = append(out.titles, title{row: int32(len(kept)), first: int32(len(out.all))})
	for _, w := range s.whole {
		if k := now[w.row]; k > 0 {
			out.whole = append(out.whole, whole{k - 1, w.rest})
		}
	}
	return out
}

// Cores tells of each title which of its words, from 0, are its Core: what Forms
// would find in the list of these rows alone. It tells from several goroutines
// at a time, once of a row.
func (s *Segments) Cores(ctx context.Context, tell func(row, from, to int)) {
	affix := s.affixes()
	eachChunk(ctx, len(s.titles)-1, nil, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			sections := s.sections(i)
			first, last := core(sections, affix)
			from := int32(0)
			if first > 0 {
				from = sections[first-1].words
			}
			tell(int(s.titles[i].row), int(from), int(sections[last].words))
		}
	})
}

// affixes says of each number whether it is an affix: whether enough titles
// share it, or its removal leaves another title of the list.
func (s *Segments) affixes() []bool {
	affix, count := make([]bool, s.names), make([]int32, s.names)
	stands := make([]bool, s.rests)
	for _, w := range s.whole {
		stands[w.rest] = true
	}
	for i := range len(s.titles) - 1 {
		t, sections := &s.titles[i], s.sections(i)
		head, tail := ends(sections)
		a, b := sections[head], sections[tail]
		if a.name != none && !a.marks {
			count[a.name]++
		}
		if b.name != none && !b.marks && a.name != b.name {
			count[b.name]++
		}
		after, before := t.after != none && stands[t.after], t.before != none && stands[t.before]
		switch { // where both ends would do, the longer rest is the title
		case after && (!before || t.longer):
			affix[a.name] = true
		case before:
			affix[b.name] = true
		}
	}
	least := int32(affixShare(s.rows))
	for k, n := range count {
		affix[k] = affix[k] || n >= least
	}
	return affix
}

// core takes affixes off both ends of a title while something is left that is
// more than a number, and gives the first and the last segment of what is left.
func core(sections []section, affix []bool) (first, last int) {
	from, to := 0, len(sections)-1
	for from < to {
		switch {
		case sections[to].isAffix(affix) && !allBare(sections[from:to]):
			to--
		case sections[from].isAffix(affix) && !sections[from].bareYear() && !allBare(sections[from+1:to+1]):
			from++
		default:
			return from, to
		}
	}
	if sections[from].isAffix(affix) {
		return 0, len(sections) - 1 // every segment is one: none is what the title is about
	}
	return from, to
}

func allBare(sections []section) bool {
	for _, p := range sections {
		if !p.bare {
			return false
		}
	}
	return true
}

// bareYear tells a year that opens a title without brackets: "2014: A Review".
func (p section) bareYear() bool { return p.year && !p.box }

func (p section) isAffix(affix []bool) bool {
	return !p.marks && (p.year || p.name != none && affix[p.name] || p.tag)
}
