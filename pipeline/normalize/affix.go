package normalize

import (
	"context"
	"iter"
	"maps"
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

// affixShare is how many titles, at least, share an affix that is found by counting.
func affixShare(rows int) int { return max(3, (rows+999)/1000) }

// minRest is the length in bytes, and minRestWords in words, that the rest of
// a title has at least when only its standing alone elsewhere makes the
// evidence: "Icons: Work in Progress" and "Work in Progress" prove nothing.
const (
	minRest      = 16
	minRestWords = 4
)

// setAside gives each form of segs, which holds the titles of each chunk of
// forms, its Core. The forms of the list all have their Text, and a Core equal
// to it. It ends early when ctx does.
func setAside(ctx context.Context, forms []record.Form, segs [][]segmented) {
	var common, alone map[string]bool
	var wait sync.WaitGroup
	wait.Go(func() { common = commonEnds(forms, segs) })
	wait.Go(func() { alone = standAlone(ctx, forms, segs) })
	wait.Wait()
	affix := common
	maps.Copy(affix, alone)
	eachChunk(ctx, len(forms), nil, func(from, _ int) {
		for _, g := range segs[from/chunk] {
			f := &forms[g.row]
			f.Core = core(f.Text, g.cuts, affix)
			if k := len(g.cuts) - 1; g.cuts[k].box {
				f.Head = g.cuts[k-1].end
			}
		}
	})
}

// commonEnds gives the heads and tails that many titles share.
func commonEnds(forms []record.Form, segs [][]segmented) map[string]bool {
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
	least := int32(affixShare(len(forms)))
	affix := map[string]bool{}
	for s, n := range count {
		if n >= least {
			affix[s] = true
		}
	}
	return affix
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
func ends(cuts []cut) (head, tail int) {
	tail = len(cuts) - 1
	for tail > 0 && cuts[tail].year {
		tail--
	}
	for head < tail && cuts[head].year {
		head++
	}
	return head, tail
}

// standAlone gives the heads and tails whose removal leaves another title of
// the list. Where both ends would, the longer rest is the title.
func standAlone(ctx context.Context, forms []record.Form, segs [][]segmented) map[string]bool {
	affix := map[string]bool{}
	titles := likelyTitles(ctx, forms, segs)
	for g := range each(segs) {
		text := forms[g.row].Text
		head, tail := ends(g.cuts)
		after, before := rests(text, g.cuts, head, tail)
		a := !g.cuts[head].marks && isTelling(after) && titles[after]
		b := !g.cuts[tail].marks && isTelling(before) && titles[before]
		switch {
		case a && (!b || len(after) >= len(before)):
			affix[segment(text, g.cuts, head)] = true
		case b:
			affix[segment(text, g.cuts, tail)] = true
		}
	}
	return affix
}

// rests gives what remains of a text without its head and without its tail;
// nothing where they are the same segment.
func rests(text string, cuts []cut, head, tail int) (after, before string) {
	if head == tail {
		return "", ""
	}
	return span(text, cuts, head+1, tail), span(text, cuts, head, tail-1)
}

// likelyTitles gives titles of the list: all that are the rest of another, and some.
func likelyTitles(ctx context.Context, forms []record.Form, segs [][]segmented) map[string]bool {
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
	likely := make([][]string, len(segs))
	eachChunk(ctx, len(forms), nil, func(from, to int) {
		for _, f := range forms[from:to] {
			if len(f.Text) >= minRest && seen.met(f.Text) {
				likely[from/chunk] = append(likely[from/chunk], f.Text)
			}
		}
	})
	titles := map[string]bool{}
	for _, some := range likely {
		for _, t := range some {
			titles[t] = true
		}
	}
	return titles
}

// isTelling tells a rest that makes evidence where it stands alone.
func isTelling(rest string) bool {
	return len(rest) >= minRest && strings.Count(rest, " ") >= minRestWords-1
}

// core takes affixes off both ends of text while something is left that is
// more than a number.
func core(text string, cuts []cut, affix map[string]bool) string {
	from, to := 0, len(cuts)-1
	for from < to {
		switch {
		case isAffix(text, cuts, to, affix) && !allBare(cuts[from:to]):
			to--
		case isAffix(text, cuts, from, affix) && !bareYear(cuts[from]) && !allBare(cuts[from+1:to+1]):
			from++
		default:
			return span(text, cuts, from, to)
		}
	}
	if isAffix(text, cuts, from, affix) {
		return text // every segment is one: none is what the title is about
	}
	return span(text, cuts, from, to)
}

func allBare(cuts []cut) bool {
	for _, c := range cuts {
		if !c.bare {
			return false
		}
	}
	return true
}

// bareYear tells a year that opens a title without brackets: "2014: A Review".
func bareYear(c cut) bool { return c.year && !c.box }

func isAffix(text string, cuts []cut, k int, affix map[string]bool) bool {
	c := cuts[k]
	if c.marks {
		return false
	}
	s := segment(text, cuts, k)
	return c.year || affix[s] || c.box && isFormatTag(s)
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
