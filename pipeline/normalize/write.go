package normalize

import "github.com/unecho/unecho/pipeline/record"

// cut is a segment of a title: the words up to end, from the end of the
// segment before.
type cut struct {
	end   int32
	marks bool // it holds a mark other than a year, and is no affix
	year  bool // it is a year and nothing else
	box   bool // it stands in brackets
	bare  bool // numbers and their markers are all it holds
}

// write puts the words together into s.text, and places marks and cuts.
func (s *scanner) write() {
	s.text, s.cuts = s.text[:0], s.cuts[:0]
	seg := cut{bare: true}
	mark := 0
	first := 0
	for i := range s.words {
		w := &s.words[i]
		if i > 0 && w.before&afterCut != 0 && !w.glue {
			seg.end = int32(len(s.text))
			s.closeSegment(&seg, i-first)
			first = i
		}
		if i == first {
			seg.box = w.before&inBracket != 0
		}
		if i > 0 && !w.glue {
			s.text = append(s.text, ' ')
		}
		at := int32(len(s.text))
		if w.as != "" {
			s.text = append(s.text, w.as...)
		} else {
			s.text = append(s.text, s.raw[w.start:w.end]...)
		}
		marked := w.counts || w.skip
		for ; mark < len(s.marks) && s.marks[mark].word == int32(i); mark++ {
			m := &s.marks[mark]
			m.start, m.end = m.start+at, m.end+at
			seg.marks = seg.marks || m.kind != record.YearNumber
			seg.year = seg.year || m.kind == record.YearNumber
			marked = true
		}
		seg.bare = seg.bare && marked
	}
	seg.end = int32(len(s.text))
	s.closeSegment(&seg, len(s.words)-first)
}

func (s *scanner) closeSegment(seg *cut, words int) {
	seg.year = seg.year && words == 1 && !seg.marks
	s.cuts = append(s.cuts, *seg)
	*seg = cut{bare: true}
}
