package normalize

import "github.com/unecho/unecho/pipeline/record"

// cut is a segment of a title: the words up to end, from the end of the
// segment before.
type cut struct {
	end int32
	cutKind
}

// cutKind is what a segment holds.
type cutKind struct {
	marks bool // it holds a mark other than a year, and is no affix
	year  bool // it is a year and nothing else
	box   bool // it stands in brackets
	bare  bool // numbers and their markers are all it holds
}

func (k cutKind) isYear() bool { return k.year }

// write puts the words together into s.text, and places marks and cuts. Words
// that are written as they were scanned are copied in runs.
func (s *scanner) write() {
	s.text, s.cuts = s.text[:0], s.cuts[:0]
	seg := cut{cutKind: cutKind{bare: true}}
	mark := 0
	first := 0
	var run copied
	for i := range s.words {
		w := &s.words[i]
		if i > 0 && w.before&afterCut != 0 && !w.glue {
			seg.end = int32(len(s.text)) + run.len()
			s.closeSegment(&seg, i-first)
			first = i
		}
		if i == first {
			seg.box = w.before&inBracket != 0
		}
		at := s.place(w, i == 0, &run)
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
	s.flush(&run)
	seg.end = int32(len(s.text))
	s.closeSegment(&seg, len(s.words)-first)
}

// copied is a run of words, raw[start:end], that is not written yet.
type copied struct{ start, end int32 }

func (c copied) len() int32 { return c.end - c.start }

// place writes a word, or lets the run take it in where nothing about it is
// changed. It gives where in the text the word begins.
func (s *scanner) place(w *word, first bool, run *copied) (at int32) {
	if !first && !w.glue && w.as == "" && w.start == run.end+1 {
		at = int32(len(s.text)) + w.start - run.start
		run.end = w.end
		return at
	}
	s.flush(run)
	if !first && !w.glue {
		s.text = append(s.text, ' ')
	}
	at = int32(len(s.text))
	if *run = (copied{w.start, w.end}); w.as != "" {
		s.text = append(s.text, w.as...)
		run.start = w.end
	}
	return at
}

// flush writes the run.
func (s *scanner) flush(run *copied) {
	s.text = append(s.text, s.raw[run.start:run.end]...)
	run.start = run.end
}

func (s *scanner) closeSegment(seg *cut, words int) {
	seg.year = seg.year && words == 1 && !seg.marks
	s.cuts = append(s.cuts, *seg)
	*seg = cut{cutKind: cutKind{bare: true}}
}
