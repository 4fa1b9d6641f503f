package review

import "slices"

// Entry is a decision that was read from a cell, by a person whose name it
// carries.
type Entry struct {
	Decision
	Cell Cell
	// Implied says that the person said something wider: a record that is
	// brought back is none of the others that stood under its survivor. Where
	// they or the ledger say more about the pair, that holds.
	Implied bool
}

// Weighed is what becomes of entries beside a ledger.
type Weighed struct {
	New     []Entry // to be written; about each thing one
	Known   []Entry // the ledger says so already
	Past    []Entry // it said so since the file was written, and that was taken back or replaced
	Clashes []Clash
}

// Clash is an entry that contradicts another, a decision of the ledger, or
// what several of both say together.
type Clash struct {
	Entry Entry
	Other *Entry    // another entry
	Said  *Decision // a decision in force
	Chain []Link    // decisions by which its two records are one
}

// Link is one step of a chain: an entry, or a decision in force.
type Link struct {
	Decision
	Cell *Cell // nil in the ledger
}

// Weigh sets entries beside each other and beside a ledger. since is the id of
// the last decision that was in the ledger when their file was written, ""
// where there was none or nobody knows: what was said later was said to a
// person who did not have it before them, and is not replaced in silence, and
// what was taken back later stays so.
func (l *Ledger) Weigh(entries []Entry, since string) *Weighed {
	w := &Weighed{}
	at := map[topic]int{} // among w.New
	force := l.InForce()
	holds := map[topic]*Decision{}
	for i := range force.Decisions {
		holds[force.Decisions[i].topic()] = &force.Decisions[i]
	}
	written := l.after(since)
	for _, e := range entries {
		t := e.topic()
		word := holds[t]
		if i, said := at[t]; said {
			w.again(i, e)
			continue
		}
		switch {
		case word != nil && (word.says() == e.says() || e.Kind == Skip):
			w.Known = append(w.Known, e)
		case e.Implied && word != nil && word.Kind != Skip:
		case written.said(e):
			w.Past = append(w.Past, e)
		case word != nil && word.Kind != Skip && (word.By != e.By || written.has(word)):
			w.Clashes = append(w.Clashes, Clash{Entry: e, Said: word})
		default:
			at[t] = len(w.New)
			w.New = append(w.New, e)
		}
	}
	w.chains(force.Decisions)
	return w
}

// again takes a second entry about one thing.
func (w *Weighed) again(i int, e Entry) {
	first := &w.New[i]
	switch {
	case first.says() == e.says():
		first.Implied = first.Implied && e.Implied
		if first.Why == "" {
			first.Why = e.Why
		}
	case e.Kind == Skip || e.Implied:
	case first.Kind == Skip || first.Implied:
		*first = e
	default:
		w.Clashes = append(w.Clashes, Clash{Entry: e, Other: &Entry{Decision: first.Decision, Cell: first.Cell}})
	}
}

// later is what was written to a ledger after some line.
type later struct {
	ids   map[string]bool
	words map[topic][]string
}

func (l *Ledger) after(id string) later {
	s := later{map[string]bool{}, map[topic][]string{}}
	i := slices.IndexFunc(l.Decisions, func(d Decision) bool { return d.ID == id })
	for _, d := range l.Decisions[i+1:] {
		s.ids[d.ID] = true
		s.words[d.topic()] = append(s.words[d.topic()], d.says())
	}
	return s
}

func (s later) has(d *Decision) bool { return s.ids[d.ID] }

// said tells whether the same was said about the same.
func (s later) said(e Entry) bool { return slices.Contains(s.words[e.topic()], e.says()) }

// chains finds the entries by which two records are kept apart that other
// words make one, or the other way round.
func (w *Weighed) chains(force []Decision) {
	replaced := map[topic]bool{}
	for i := range w.New {
		replaced[w.New[i].topic()] = w.New[i].Kind != Skip
	}
	next := map[string][]Link{}
	var apart []Entry
	add := func(link Link) {
		a, b := Content(link.A.ID), Content(link.B.ID)
		if link.Kind == Same && a != b {
			next[a], next[b] = append(next[a], link), append(next[b], link)
		}
	}
	for i := range w.New {
		add(Link{w.New[i].Decision, &w.New[i].Cell})
		if k := w.New[i].Kind; k == Different || k == Related {
			apart = append(apart, w.New[i])
		}
	}
	fresh := len(apart)
	for _, d := range force {
		if d.Kind.Pairwise() && !replaced[d.topic()] {
			add(Link{d, nil})
			if d.Kind == Different || d.Kind == Related {
				apart = append(apart, Entry{Decision: d})
			}
		}
	}
	drop := map[topic]bool{}
	for i, e := range apart {
		path := chain(next, Content(e.A.ID), Content(e.B.ID))
		ours := i < fresh || slices.ContainsFunc(path, func(l Link) bool { return l.Cell != nil })
		switch {
		case len(path) == 0 || !ours:
		case e.Implied:
			drop[e.topic()] = true
		default:
			w.Clashes = append(w.Clashes, Clash{Entry: e, Chain: path})
		}
	}
	w.New = slices.DeleteFunc(w.New, func(e Entry) bool { return e.Implied && drop[e.topic()] })
}

// chain gives a shortest way from one record to another, nil where there is
// none.
func chain(next map[string][]Link, from, to string) []Link {
	if from == to || len(next[from]) == 0 || len(next[to]) == 0 {
		return nil
	}
	type step struct {
		before string
		link   Link
	}
	came := map[string]step{from: {}}
	queue := []string{from}
	for len(queue) > 0 && came[to].before == "" {
		here := queue[0]
		queue = queue[1:]
		for _, l := range next[here] {
			there := Content(l.A.ID)
			if there == here {
				there = Content(l.B.ID)
			}
			if _, seen := came[there]; !seen {
				came[there] = step{here, l}
				queue = append(queue, there)
			}
		}
	}
	var path []Link
	for at := to; at != from; at = came[at].before {
		s, ok := came[at]
		if !ok {
			return nil
		}
		path = append(path, s.link)
	}
	slices.Reverse(path)
	return path
}

// Saying gives a function that tells whether something was said about two
// records, named by ids: whether it holds, or, with ever, was said at all.
func (l *Ledger) Saying(ever bool) func(kind Kind, a, b string) bool {
	decisions := l.Decisions
	if !ever {
		decisions = l.InForce().Decisions
	}
	type word struct {
		kind Kind
		topic
	}
	said := map[word]bool{}
	for _, d := range decisions {
		said[word{d.Kind, d.topic()}] = true
	}
	return func(kind Kind, a, b string) bool {
		d := Decision{Kind: kind, A: Ref{ID: a}, B: Ref{ID: b}}
		return said[word{kind, d.topic()}]
	}
}
