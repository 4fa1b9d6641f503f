package normalize

import (
	"context"
	"iter"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/unecho/unecho/pipeline/record"
)

// Affixes are the sources, brands, year and format tags that stand before or
// after a title: "Spotify – …", "… | The Signal", "(2014)", "[HD]". They are
// read off the list: a title falls into segments at ": ", " – ", "|", "»",
// "·" and brackets, and the first or last segment is an affix when
//
//   - it is a year at the end or in brackets, or a format tag in brackets; or
//   - many titles have it at their head or tail: one in a thousand, three at least; or
//   - what remains without it stands in the list as a whole title of its own; or
//   - it is, by the line before, an affix of another title.
//
// A segment that holds a part, an issue, a version, an ordinal or another
// number is never an affix. What is left has a word beside numbers.

// segmented is a title of more than one segment.
type segmented struct {
	row  int32
	cuts []cut
}

// leastShare is how many titles, at least, share an affix that is found by
// counting; affixShare is how many of so many rows.
const leastShare = 3

func affixShare(rows int) int { return max(leastShare, (rows+999)/1000) }

// minRest is the length in bytes, and minRestWords in words, that the rest of
// a title has at least when only its standing alone elsewhere makes the
// evidence: "Icons: Work in Progress" and "Work in Progress" prove nothing.
const (
	minRest      = 16
	minRestWords = 4
)

// setAside gives each form of segs, which holds the titles of each chunk of
// forms, its Core and Head, and gives the segments by which affixes are found
// anew. The forms of the list all have their Text, and a Core equal to it. It
// ends early when ctx does.
func setAside(ctx context.Context, forms []record.Form, segs [][]segmented) *Segments {
	var often map[string]bool
	var titles map[string][]int32
	var wait sync.WaitGroup
	wait.Go(func() { often = oftenEnds(forms, segs) })
	wait.Go(func() { titles = likelyTitles(ctx, forms, segs) })
	wait.Wait()
	s := newSegments(ctx, forms, segs, often, titles)
	affix := s.affixes()
	eachChunk(ctx, len(forms), nil, func(from, _ int) {
		at := s.find(from)
		for i, g := range segs[from/chunk] {
			f := &forms[g.row]
			first, last := core(s.sections(at+i), affix)
			f.Core = span(f.Text, g.cuts, first, last)
			if k := len(g.cuts) - 1; g.cuts[k].box {
				f.Head = g.cuts[k-1].end
			}
		}
	})
	return s
}

// oftenEnds gives the heads and tails that so many titles share that they may be
// affixes of a list, however few of its titles are left.
func oftenEnds(forms []record.Form, segs [][]segmented) map[string]bool {
	seen := newSketch(2 * lengths(segs))
	for s := range eachEnd(forms, segs) {
		seen.meet(s)
	}
	count := map[string]int32{}
	for s := range eachEnd(forms, segs) {
		if seen.metAgain(s) {
			count[s]++
		}
	}
	often := map[string]bool{}
	for s, n := range count {
		if n >= leastShare {
			often[s] = true
		}
	}
	return often
}

// eachEnd gives the heads and tails that may be affixes, one that is both once.
func eachEnd(forms []record.Form, segs [][]segmented) iter.Seq[string] {
	return func(yield func(string) bool) {
		for g := range each(segs) {
			head, tail := ends(g.cuts)
			a := segment(forms[g.row].Text, g.cuts, head)
			b := segment(forms[g.row].Text, g.cuts, tail)
			if !g.cuts[head].marks && !yield(a) || a != b && !g.cuts[tail].marks && !yield(b) {
				return
			}
		}
	}
}

// each gives the titles of all chunks.
func each(segs [][]segmented) iter.Seq[segmented] {
	return func(yield func(segmented) bool) {
		for _, chunk := range segs {
			for _, g := range chunk {
				if !yield(g) {
					return
				}
			}
		}
	}
}

func lengths(segs [][]segmented) (n int) {
	for _, chunk := range segs {
		n += len(chunk)
	}
	return n
}

// ends gives the first and the last segment that is not a year.
func ends[T interface{ isYear() bool }](cuts []T) (head, tail int) {
	tail = len(cuts) - 1
	for tail > 0 && cuts[tail].isYear() {
		tail--
	}
	for head < tail && cuts[head].isYear() {
		head++
	}
	return head, tail
}

// rests gives what remains of a text without its head and without its tail;
// nothing where they are the same segment.
func rests(text string, cuts []cut, head, tail int) (after, before string) {
	if head == tail {
		return "", ""
	}
	return span(text, cuts, head+1, tail), span(text, cuts, head, tail-1)
}

// likelyTitles gives titles of the list, and the rows of each: all that are the
// rest of another and make evidence, and some.
func likelyTitles(ctx context.Context, forms []record.Form, segs [][]segmented) map[string][]int32 {
	seen := newSketch(2 * lengths(segs))
	for g := range each(segs) {
		head, tail := ends(g.cuts)
		after, before := rests(forms[g.row].Text, g.cuts, head, tail)
		for _, rest := range [2]string{after, before} {
			if len(rest) >= minRest {
				seen.meet(rest)
			}
		}
	}
	likely := make([][]int32, len(segs))
	eachChunk(ctx, len(forms), nil, func(from, to int) {
		for r := from; r < to; r++ {
			if t := forms[r].Text; len(t) >= minRest && seen.met(t) {
				likely[from/chunk] = append(likely[from/chunk], int32(r))
			}
		}
	})
	titles := map[string][]int32{}
	for _, some := range likely {
		for _, r := range some {
			titles[forms[r].Text] = append(titles[forms[r].Text], r)
		}
	}
	return titles
}

// isTelling tells a rest that makes evidence where it stands alone.
func isTelling(rest string) bool {
	return len(rest) >= minRest && strings.Count(rest, " ") >= minRestWords-1
}

// isFormatTag tells what is said in brackets about how a thing is given, not
// what it is.
func isFormatTag(s string) bool {
	switch s {
	case "hd", "full hd", "hq", "pdf", "video", "audio", "podcast", "slides", "gif", "pic", "pics", "image", "images", "photo", "photos",
		"album", "infographic", "link", "xpost", "x post", "crosspost", "cross post", "repost", "fixed", "fixed link", "nsfw", "sfw", "oc",
		"free", "updated", "update", "full text", "official video", "official", "paywall", "archive", "webm", "mp3", "epub":
		return true
	}
	return false
}

// segment gives segment k of text.
func segment(text string, cuts []cut, k int) string { return span(text, cuts, k, k) }

// span gives segments i to j of text, sharing its memory.
func span(text string, cuts []cut, i, j int) string {
	from := 0
	if i > 0 {
		from = int(cuts[i-1].end)
	}
	if s := text[from:cuts[j].end]; len(s) > 0 && s[0] < utf8.RuneSelf {
		return strings.TrimPrefix(s, " ")
	}
	return text[from:cuts[j].end]
}
