package page

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/unecho/unecho/pipeline/review"
)

// fake is a desk in memory: questions in a fixed order, answers in a slice.
type fake struct {
	mu      sync.Mutex
	cards   []review.Card
	strokes [][]review.Choice // in force
	probes  []review.Card
	taught  bool
	stopped bool
	over    bool
	// fail is the error of the next decision but so many.
	fail      error
	failAfter int
}

func (f *fake) decisions() []review.Choice { return slices.Concat(f.strokes...) }

// kind gives the last decision in force about a pair.
func (f *fake) kind(a, b string) (kind review.Kind, times int) {
	for _, c := range f.decisions() {
		if c.Kind.Pairwise() && (c.A == a && c.B == b || c.A == b && c.B == a) {
			kind = c.Kind
			times++
		}
	}
	return kind, times
}

// root follows "same" from record to record.
func (f *fake) root(id string) string {
	seen := map[string]bool{id: true}
	for changed := true; changed; {
		changed = false
		for _, c := range f.decisions() {
			if k, _ := f.kind(c.A, c.B); k == review.Same && seen[c.A] != seen[c.B] {
				seen[c.A], seen[c.B], changed = true, true, true
			}
		}
	}
	lowest := id
	for s := range seen {
		lowest = min(lowest, s)
	}
	return lowest
}

func (f *fake) open(c review.Card) bool {
	kind, _ := f.kind(c.A.ID, c.B.ID)
	return (kind == "" || kind == review.Skip) && f.root(c.A.ID) != f.root(c.B.ID)
}

func (f *fake) Head() review.Head {
	f.mu.Lock()
	defer f.mu.Unlock()
	h := review.Head{List: "posts", Records: 2 * len(f.cards), By: "ada", Decision: "posts.decisions.jsonl", Merged: len(f.probes), Stopped: f.stopped}
	for _, c := range f.cards {
		kind, _ := f.kind(c.A.ID, c.B.ID)
		switch {
		case f.open(c):
			h.Left++
		case kind != "":
			h.Decided++
		default:
			h.Implied++
		}
	}
	h.Sitting = len(f.strokes)
	h.Bargain = max(0, 10-h.Sitting)
	return h
}

func (f *fake) said(c review.Card) review.Card {
	for _, d := range f.decisions() {
		if d.Kind.Pairwise() && (d.A == c.A.ID && d.B == c.B.ID || d.A == c.B.ID && d.B == c.A.ID) {
			c.Said = append(slices.Clip(c.Said), review.Said{Kind: d.Kind, By: "ada", At: "2026-11-03T10:00:00Z"})
		}
	}
	return c
}

func (f *fake) Next() (review.Card, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, skipped := range []bool{false, true} {
		for _, c := range f.cards {
			kind, _ := f.kind(c.A.ID, c.B.ID)
			if f.open(c) && (kind == review.Skip) == skipped {
				return f.said(c), true
			}
		}
	}
	return review.Card{}, false
}

func (f *fake) Card(a, b string) (review.Card, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, c := range slices.Concat(f.cards, f.probes) {
		if c.A.ID == a && c.B.ID == b || c.A.ID == b && c.B.ID == a {
			return f.said(c), nil
		}
	}
	return review.Card{}, fmt.Errorf("there is no pair %s %s", a, b)
}

func (f *fake) Ahead(n int) []review.Card {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.cards[:min(n, len(f.cards))])
}

func (f *fake) Decide(c review.Choice) (review.Effect, error) {
	f.mu.Lock()
	before := f.implied()
	f.mu.Unlock()
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.fail != nil && f.failAfter > 0 {
		f.failAfter--
	} else if f.fail != nil {
		err := f.fail
		f.fail = nil
		return review.Effect{}, err
	}
	f.strokes = append(f.strokes, []review.Choice{c})
	e := review.Effect{Settles: f.implied() - before}
	if e.Settles > 0 {
		e.Words = []string{fmt.Sprintf("also settles %d pair(s)", e.Settles)}
	}
	if c.Probe && c.Kind == review.Different {
		f.stopped, e.Stopped = true, true
	}
	return e, nil
}

func (f *fake) implied() (n int) {
	for _, c := range f.cards {
		if kind, _ := f.kind(c.A.ID, c.B.ID); kind == "" && !f.open(c) {
			n++
		}
	}
	return n
}

func (f *fake) Undo() (review.Choice, review.Effect, bool, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := len(f.strokes)
	if n == 0 {
		return review.Choice{}, review.Effect{}, false, nil
	}
	last := f.strokes[n-1]
	f.strokes = f.strokes[:n-1]
	return f.texts(last[len(last)-1]), review.Effect{}, true, nil
}

func (f *fake) texts(c review.Choice) review.Choice {
	for _, card := range slices.Concat(f.cards, f.probes) {
		for _, s := range []review.Side{card.A, card.B} {
			if s.ID == c.A {
				c.TextA = s.Text
			}
			if s.ID == c.B {
				c.TextB = s.Text
			}
		}
	}
	return c
}

func (f *fake) Recent(n int) []review.Choice {
	f.mu.Lock()
	defer f.mu.Unlock()
	all := f.decisions()
	slices.Reverse(all)
	all = all[:min(n, len(all))]
	for i := range all {
		all[i] = f.texts(all[i])
	}
	return all
}

func (f *fake) Obvious(from float64) (out []review.Card) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, c := range f.cards {
		if f.open(c) && c.Probability >= from {
			out = append(out, c)
		}
	}
	return out
}

func (f *fake) Confirm(pairs [][2]string) (review.Effect, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var stroke []review.Choice
	for _, p := range pairs {
		stroke = append(stroke, review.Choice{Kind: review.Same, A: p[0], B: p[1], Via: "browser"})
	}
	f.strokes = append(f.strokes, stroke)
	return review.Effect{}, nil
}

func (f *fake) Lesson() (review.Lesson, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.taught || len(f.strokes) < 10 {
		return review.Lesson{}, false
	}
	return review.Lesson{Answers: len(f.strokes), Surer: 38, Fewer: 12, Words: []string{"on this list, other columns count 1.2 times"}, Joined: f.cards[:1]}, true
}

func (f *fake) Learn(bool) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.taught = true
	return nil
}

func (f *fake) Probe(n int) []review.Card { return f.probes[:min(n, len(f.probes))] }

func (f *fake) Group(id string) (review.Group, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	g := review.Group{ID: f.root(id), Columns: []string{"title"}}
	keep := ""
	for _, d := range f.decisions() {
		if d.Kind == review.Keep {
			keep = d.A
		}
	}
	for _, c := range slices.Concat(f.cards, f.probes) {
		for _, s := range []review.Side{c.A, c.B} {
			if f.root(s.ID) == g.ID && !slices.ContainsFunc(g.Records, func(o review.Side) bool { return o.ID == s.ID }) {
				if s.ID == keep {
					g.Records = slices.Insert(g.Records, 0, s)
				} else {
					g.Records = append(g.Records, s)
				}
			}
		}
	}
	for _, r := range g.Records {
		g.Cells = append(g.Cells, []string{r.Text})
	}
	if len(g.Records) == 0 {
		return g, fmt.Errorf("there is no record %s", id)
	}
	g.Merged = []string{g.Records[0].Text}
	for _, d := range f.decisions() {
		if d.Kind == review.Value && d.A == g.Records[0].ID {
			g.Merged[0] = d.Value
		}
	}
	return g, nil
}

func (f *fake) Done() ([]string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.over = true
	return []string{"wrote     posts.clean.csv, posts.clean.xlsx"}, nil
}

// cards makes questions out of pairs of titles: the ids are r1, r2, … by
// title, so that equal titles are one record.
func cards(pairs ...[2]string) []review.Card {
	ids := map[string]int{}
	id := func(text string) int {
		if ids[text] == 0 {
			ids[text] = len(ids) + 1
		}
		return ids[text]
	}
	var out []review.Card
	for i, p := range pairs {
		a, b := id(p[0]), id(p[1])
		out = append(out, review.Card{
			A:           review.Side{ID: fmt.Sprintf("r%03d", a), Row: a, Text: p[0], Where: fmt.Sprintf("posts.txt:%d", 6*a), Copies: 1, Chips: []string{"older"}, Before: []string{"The one before"}, After: []string{"The one after"}},
			B:           review.Side{ID: fmt.Sprintf("r%03d", b), Row: b, Text: p[1], Where: fmt.Sprintf("posts.txt:%d", 6*b), Copies: 2, Chips: []string{"longer text", "has a URL"}},
			Fields:      []review.Field{field("title", p[0], p[1]), field("source", "tech.harbourline.example", "tech.harbourline.example"), field("year", fmt.Sprint(2013+i%3), fmt.Sprint(2014+i%3)), field("address", "https://harbourline.example/a", "")},
			Probability: 0.99 - float64(i)/float64(len(pairs)),
			Base:        -4.6,
			Evidence:    []review.Term{{Name: "title", Level: "the same but for one word", Weight: 5.21}, {Name: "year", Level: "differs by one", Weight: -1.13}, {Name: "source", Level: "equal", Weight: 0.84}},
			Why:         "the same but for one word; the year differs",
			Settles:     i % 3,
		})
	}
	return out
}

func field(name, a, b string) review.Field {
	if a == b {
		return review.Field{Name: name, Equal: true, A: []review.Piece{{Text: a}}, B: []review.Piece{{Text: b}}}
	}
	head := 0
	for head < min(len(a), len(b)) && a[head] == b[head] {
		head++
	}
	head = strings.LastIndexByte(a[:head], ' ') + 1
	side := func(s string) (out []review.Piece) {
		if head > 0 {
			out = append(out, review.Piece{Text: s[:head]})
		}
		if s[head:] != "" {
			out = append(out, review.Piece{Text: s[head:], Own: true})
		}
		return out
	}
	return review.Field{Name: name, A: side(a), B: side(b)}
}
