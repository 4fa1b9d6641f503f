package dedupe

import (
	"math"
	"slices"
	"strings"

	"github.com/unecho/unecho/pipeline/record"
)

// facts are the yes-or-no findings about a pair that the band certain and the
// finding "related" rest on.
type facts uint32

const (
	// No word of either main text is left over once affixes, slips,
	// abbreviations and joined words are taken off.
	factNoWordLeft facts = 1 << iota
	// The main text of one, without affixes, stands whole in that of the other.
	factContained
	// No number, year, model code or part number that the other lacks.
	factNumbersAgree
	// No part, issue or version number that the other lacks.
	factPartsAgree
	// Each side has a part, issue or version of its own, or one has and the
	// other does not.
	factPartDiffers
	// Every other column that both have agrees, or, where it only says where
	// the record was found, is not far apart.
	factColumnsAgree
	// At least one other column that tells something agrees.
	factColumnAgrees
	// A long, rare running text is the same, or that of one is the beginning
	// of the other's.
	factLongTextEqual
	// An identifier that few records have is the same.
	factIdentifierEqual
	// The main texts are equal, letter by letter, once folded.
	factTitleEqual
	// Nothing but numbers tells the main texts apart: parts, issues, editions
	// or years of one thing.
	factSeries
	// The main texts say the same words in the same order; a brand or source
	// before or behind, a year or a format in brackets may be on one side.
	factSameOrder
	// Some other thing than the main text agrees: a column that tells
	// something, a long text, an identifier.
	factSupported
	// Every other column that both have agrees, those left aside that only say
	// where the record was found: a source, a journal, a category, an address.
	factHardColumnsAgree
	// No number, year or model code of one side stands against another of the
	// other side; one may have what the other lacks.
	factNothingClashes
)

// What makes a running text long and rare enough to be evidence by itself.
const (
	longText      = 8    // words of the shorter text
	longTextShare = 0.97 // of its weight that the other text has
	longTextNats  = 2.5  // times ln(n+1): what the shared words must weigh
)

// tells is the share of ln(n+1) from which an agreement tells something.
const tells = 0.3

// factsOf derives the findings from what was measured.
func (l *list) factsOf(a, b int32, d *compared) facts {
	var f facts
	set := func(bit facts, holds bool) {
		if holds {
			f |= bit
		}
	}
	titled := l.title.sum[a] > 0 && l.title.sum[b] > 0
	set(factNoWordLeft, titled && len(d.left[0]) == 0 && len(d.left[1]) == 0)
	set(factContained, titled && (len(d.left[0]) == 0 || len(d.left[1]) == 0))
	set(factNumbersAgree, agreeing(d.marks.number) && l.yearsAgree(a, b, d) && agreeing(d.marks.model) && agreeing(d.marks.part))
	set(factNothingClashes, d.marks.number != markClash && d.marks.year != markClash && d.marks.model != markClash)
	set(factPartsAgree, agreeing(d.marks.part))
	set(factPartDiffers, !agreeing(d.marks.part))
	all, hard, some, identifier := l.columnsAgree(a, b, d)
	set(factColumnsAgree, all)
	set(factHardColumnsAgree, hard)
	set(factColumnAgrees, some)
	set(factIdentifierEqual, identifier)
	set(factLongTextEqual, l.longTextEqual(a, b, d))
	set(factTitleEqual, f&factNoWordLeft != 0 && d.typo == 0 && d.abbr == 0 && d.joined == 0 && d.aside == [2]int{})
	set(factSeries, titled && f&factNumbersAgree == 0 && l.onlyNumbersLeft(d))
	set(factSameOrder, titled && l.sameOrder(a, b, d))
	set(factSupported, f&(factColumnAgrees|factLongTextEqual|factIdentifierEqual) != 0)
	return f
}

func agreeing(s markState) bool { return s == markNone || s == markSame }

// yearsAgree holds for equal years and for a year tag that one side carries as
// an affix ("(2014)") and the other does not.
func (l *list) yearsAgree(a, b int32, d *compared) bool {
	if agreeing(d.marks.year) {
		return true
	}
	return d.marks.year == markOne && d.aside != [2]int{} && len(d.left[0])+len(d.left[1]) == 0
}

// columnsAgree judges the other columns that both records have. Ages and
// running texts are not asked: an age moves with the day of the copy, and a
// running text has a finding of its own.
func (l *list) columnsAgree(a, b int32, d *compared) (all, hard, some, identifier bool) {
	all, hard = true, true
	for i, s := range d.fields {
		f := l.fields[i]
		if math.IsNaN(s) || f.loose || f.role == record.Body {
			continue
		}
		if s <= agreesFrom {
			all = all && (f.against == 0 || f.soft() && f.role != record.URL && s >= differsBelow)
			hard = hard && (f.against == 0 || f.soft())
			continue
		}
		nats := f.nats(f.value[a], l.logN)
		if nats > tells*l.logN {
			some = true
		}
		if f.role == record.Identifier && s == 1 && f.count[f.value[a]] <= rareIn {
			identifier = true
		}
	}
	if !math.IsNaN(d.bodyShare) && d.bodyShare < 0.5 {
		all, hard = false, false
	}
	return all, hard, some, identifier
}

// soft says whether the field tells where a record was found rather than what
// it is.
func (f *field) soft() bool {
	switch f.role {
	case record.Organisation, record.Category, record.URL, record.Other:
		return true
	}
	return false
}

// longTextEqual looks for a running text that is as good as an identifier.
func (l *list) longTextEqual(a, b int32, d *compared) bool {
	if math.IsNaN(d.bodyShare) || d.bodyShare < longTextShare || d.bodyNats < longTextNats*l.logN {
		return false
	}
	for _, w := range l.bodies {
		if min(len(w.set(a)), len(w.set(b))) >= longText {
			return true
		}
	}
	return false
}

// onlyNumbersLeft says whether the words left over are all numbers, on both
// sides or of a part on one, and other words are shared.
func (l *list) onlyNumbersLeft(d *compared) bool {
	if len(d.shared) == 0 || d.marks.part != markClash && d.marks.part != markOne && d.marks.year != markClash && d.marks.number != markClash {
		return false
	}
	for _, left := range d.left {
		for _, t := range left {
			if w := l.title.symbols.text[t]; !digit(w) && !partWord(w) {
				return false
			}
		}
	}
	return true
}

// partWord says whether a word only announces a number.
func partWord(w string) bool {
	switch w {
	case "part", "teil", "partie", "parte", "vol", "volume", "band", "no", "nr", "episode", "issue", "chapter", "season", "week", "day", "edition", "pt", "v", "version":
		return true
	}
	return false
}

// sameOrder compares the main texts word by word, affixes left out. What
// stands in brackets is an affix only where it is a year or a format: other
// brackets tell namesakes apart.
func (l *list) sameOrder(a, b int32, d *compared) bool {
	if d.typo > 0 || d.abbr > 0 || d.joined > 0 || d.aside[0] > 0 && d.aside[1] > 0 {
		return false
	}
	w := l.title
	x, y := w.in(a), w.in(b)
	if slices.Equal(x, y) {
		return true
	}
	if !l.sameCore(a, b) {
		return false
	}
	return !l.telling(a) && !l.telling(b)
}

// sameCore says whether the words of two main texts are the same in order,
// affixes left out.
func (l *list) sameCore(a, b int32) bool {
	w := l.title
	if w.aside == nil {
		return slices.Equal(w.in(a), w.in(b))
	}
	i, k := w.start[a], w.start[b]
	for {
		for i < w.start[a+1] && w.aside[i] {
			i++
		}
		for k < w.start[b+1] && w.aside[k] {
			k++
		}
		if i == w.start[a+1] || k == w.start[b+1] {
			return i == w.start[a+1] && k == w.start[b+1]
		}
		if w.seq[i] != w.seq[k] {
			return false
		}
		i, k = i+1, k+1
	}
}

// telling says whether a main text ends in brackets that hold an affix other
// than a year or a format.
func (l *list) telling(d int32) bool {
	w := l.title
	for _, c := range l.main {
		cell := strings.TrimSpace(l.in.cells(int(l.row(d)))[c])
		if !strings.HasSuffix(cell, ")") && !strings.HasSuffix(cell, "]") {
			continue
		}
		for i := w.start[d]; i < w.start[d+1]; i++ {
			if t := w.symbols.text[w.seq[i]]; w.aside[i] && !digit(t) && !format(t) {
				return true
			}
		}
	}
	return false
}

// format says whether a word in brackets names the form of a thing, not the thing.
func format(w string) bool {
	switch w {
	case "pdf", "hd", "video", "audio", "podcast", "slides", "gif", "pic", "image", "images", "infographic", "updated", "update", "x", "post", "xpost", "nsfw", "ebook", "hardcover", "paperback", "dvd", "blu", "ray":
		return true
	}
	return false
}
