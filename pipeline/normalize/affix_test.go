package normalize

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/unecho/unecho/pipeline/record"
)

var titles = record.Column{Role: record.Title}

func formsOf(tb testing.TB, cells ...string) []record.Form {
	tb.Helper()
	forms, err := Forms(context.Background(), titles, cells, 1, 0, nil)
	if err != nil {
		tb.Fatal(err)
	}
	return forms
}

func TestAffixes(t *testing.T) {
	list := []string{
		"Spotify – Smoother Streaming with BBR",
		"Smoother Streaming with BBR",
		"Spotify: The Winding Road to Better ML",
		"Test Flakiness – Methods for identifying flaky tests",
		"Methods for identifying flaky tests",
		"Spotify engineering culture (2014)",
		"Spotify’s Event Delivery – Life in the Cloud",
		"Spotify’s Event Delivery – The Road to the Cloud (Part I)",
		"One story | The Signal",
		"Another story | The Signal",
		"A third story | The Signal (2014)",
		"[HD] A trailer [PDF]",
		"2014: A Review",
		"(2014)",
		"Introduction",
		"Databases: Introduction",
		"Icons: Work in Progress",
		"Work in Progress",
		"Spotify",
		"Part 2: The Signal",
	}
	want := []string{
		"smoother streaming with bbr", "smoother streaming with bbr", "the winding road to better ml",
		"methods for identifying flaky tests", "methods for identifying flaky tests", "spotify engineering culture",
		"spotifys event delivery life in the cloud", "spotifys event delivery the road to the cloud part 1",
		"one story", "another story", "a 3rd story", "a trailer", "2014 a review", "2014", "introduction",
		"databases introduction", "icons work in progress", "work in progress", "spotify", "part 2 the signal",
	}
	for k, f := range formsOf(t, list...) {
		if f.Core != want[k] {
			t.Errorf("core of %q is %q, want %q", list[k], f.Core, want[k])
		}
	}
}

// slowCores finds affixes as the comment above setAside says it, title by title.
func slowCores(forms []record.Form, segs []segmented) []string {
	cores := make([]string, len(forms))
	for r := range forms {
		cores[r] = forms[r].Text
	}
	type ended struct {
		words      []string
		head, tail int
	}
	list := map[int]ended{}
	for _, g := range segs {
		e := ended{tail: len(g.cuts) - 1}
		from := int32(0)
		for _, c := range g.cuts {
			e.words = append(e.words, strings.TrimPrefix(forms[g.row].Text[from:c.end], " "))
			from = c.end
		}
		for e.tail > 0 && g.cuts[e.tail].year {
			e.tail--
		}
		for e.head < e.tail && g.cuts[e.head].year {
			e.head++
		}
		list[int(g.row)] = e
	}
	affix := func(s string) bool {
		count := 0
		for _, g := range segs {
			e := list[int(g.row)]
			isHead := e.words[e.head] == s && !g.cuts[e.head].marks
			isTail := e.words[e.tail] == s && !g.cuts[e.tail].marks
			if isHead || isTail {
				count++
			}
			if e.head == e.tail {
				continue
			}
			stands := func(rest string) bool {
				return len(rest) >= minRest && len(strings.Fields(rest)) >= minRestWords && hasText(forms, rest)
			}
			after, before := strings.Join(e.words[e.head+1:e.tail+1], " "), strings.Join(e.words[e.head:e.tail], " ")
			byHead, byTail := !g.cuts[e.head].marks && stands(after), !g.cuts[e.tail].marks && stands(before)
			if byHead && byTail {
				byHead, byTail = len(after) >= len(before), len(after) < len(before)
			}
			if byHead && e.words[e.head] == s || byTail && e.words[e.tail] == s {
				return true
			}
		}
		return count >= affixShare(len(forms))
	}
	for _, g := range segs {
		w := list[int(g.row)].words
		gone := func(k int) bool {
			c := g.cuts[k]
			return !c.marks && (c.year || c.box && isFormatTag(w[k]) || affix(w[k]))
		}
		from, to := 0, len(w)-1
		words := func(from, to int) (found bool) {
			for _, c := range g.cuts[from : to+1] {
				found = found || !c.bare
			}
			return found
		}
		for from < to {
			tail := gone(to) && words(from, to-1)
			head := gone(from) && (!g.cuts[from].year || g.cuts[from].box) && words(from+1, to)
			if !tail && !head {
				break
			}
			if tail {
				to--
			} else {
				from++
			}
		}
		if from < to || !gone(from) {
			cores[g.row] = strings.Join(w[from:to+1], " ")
		}
	}
	return cores
}

func hasText(forms []record.Form, s string) bool {
	for _, f := range forms {
		if f.Text == s {
			return true
		}
	}
	return false
}

func TestAffixesEqualReference(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	pieces := []string{"Spotify", "The Signal", "a long story told", "another story told well", "2014", "(2014)", "[HD]", "Part I", "#3", "x", "🙂"}
	joints := []string{" – ", ": ", " | ", " (", ") ", " ", " » "}
	for range 300 {
		var list []string
		for range 1 + rng.IntN(12) {
			s := pieces[rng.IntN(len(pieces))]
			for range rng.IntN(4) {
				s += joints[rng.IntN(len(joints))] + pieces[rng.IntN(len(pieces))]
			}
			list = append(list, s)
		}
		forms := make([]record.Form, len(list))
		var s scanner
		segs := s.forms(forms, 0, len(list), func(r int) string { return list[r] }, folded, true)
		want := slowCores(forms, segs)
		for k, f := range formsOf(t, list...) {
			if f.Core != want[k] {
				t.Fatalf("of %q, core of %q is %q, want %q", list, list[k], f.Core, want[k])
			}
			if f.Core == "" && f.Text != "" || !strings.Contains(f.Text, f.Core) {
				t.Fatalf("core of %q is %q", f.Text, f.Core)
			}
		}
	}
}

func TestFormsAreTheSameInAnyPartition(t *testing.T) {
	var list []string
	for k := range 3*chunk + 17 {
		list = append(list, fmt.Sprintf("Source %d – Story %d (Part %d)", k%5, k, k%3))
	}
	want := formsOf(t, list...)
	cells := make([]string, 0, 2*len(list))
	for _, s := range list {
		cells = append(cells, "other", s)
	}
	got, err := Forms(context.Background(), titles, cells, 2, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if got, err := Forms(context.Background(), titles, nil, 1, 0, nil); len(got) != 0 || err != nil {
		t.Errorf("no cells give %v, %v", got, err)
	}
}

func TestFormsStopWithTheContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Forms(ctx, titles, []string{"a"}, 1, 0, nil); err == nil {
		t.Error("no error")
	}
}
