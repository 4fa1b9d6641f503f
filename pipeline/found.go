package pipeline

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"github.com/unecho/unecho/dedupe"
	"github.com/unecho/unecho/export"
	"github.com/unecho/unecho/pipeline/record"
)

// Found is what all passes of the search found. Rows are those of the whole
// list. Pairs that were merged come from the pass that merged them, questions
// and related pairs from the last, the promise from the first.
type Found struct {
	*dedupe.Result
	Settled bool          // the last pass removed nothing
	Fills   []export.Fill // blank fields of records that stand for others, filled from these
	Unused  []Decision    // decisions about records that the list does not have, or about one record alone

	own      int // records of the list itself; old ones follow
	settings dedupe.Options
	moved    *dedupe.Adapted // how answers moved the weights, nil where they did not
	passes   []pass
	lists    []int32  // the list that each record is of, nil for one list
	apart    [][2]int // rows that stay apart for what they stand for
	told     *told    // what a person said
}

// Explain gives the evidence for two rows (from 0), whether or not the search
// looked at them, as it was in the last pass that had both.
func (f *Found) Explain(a, b int) *dedupe.Explanation {
	p, x, y := f.lastWith(a, b)
	if p == nil {
		return nil
	}
	e := p.Explain(f.settings, x, y)
	e.A, e.B = min(a, b), max(a, b)
	return e
}

// lastWith gives the search of the last pass that had two rows and was not
// forgotten, and which of its rows they are; nil where none had both.
func (f *Found) lastWith(a, b int) (s *dedupe.Prepared, x, y int) {
	for _, p := range slices.Backward(f.passes) {
		if p.Prepared == nil {
			continue
		}
		x, hasA := slices.BinarySearch(p.rows, a)
		y, hasB := slices.BinarySearch(p.rows, b)
		if hasA && hasB {
			return p.Prepared, x, y
		}
	}
	return nil, 0, 0
}

// forget lets go of what the passes searched; where fields are to be filled,
// the first is still asked for the order of the records of a cluster.
func (f *Found) forget(first bool) {
	for i := range f.passes {
		if i > 0 || !first {
			f.passes[i].Prepared, f.passes[i].rows = nil, nil
		}
	}
}

// done lets go of what was searched, all of it or but for what the evidence of
// a question takes.
func (f *Found) done(evidence bool) {
	for i := range f.passes {
		switch p := &f.passes[i]; {
		case p.Prepared == nil:
		case evidence:
			p.Trim()
		default:
			p.Prepared, p.rows = nil, nil
		}
	}
}

// Passes is how often the list was searched.
func (f *Found) Passes() int { return len(f.passes) }

// kept gives the rows that stand for themselves.
func (f *Found) kept() []int {
	rows := make([]int, 0, len(f.Survivor))
	for r, s := range f.Survivor {
		if int(s) == r {
			rows = append(rows, r)
		}
	}
	return rows
}

// join adds what a pass found, and says whether another pass is needed. A
// pass that would put two records of one list into a cluster, because it sees
// only who stands for them, is not joined: the next must keep them apart.
func (f *Found) join(p pass) (changed bool) {
	f.passes = append(f.passes, pass{Prepared: p.Prepared, rows: p.rows}) // the rest is joined now, and large
	if f.Result == nil {
		f.Result = p.result
		return p.result.Removed() > 0
	}
	if broken := f.broken(p); len(broken) > 0 {
		f.apart = append(f.apart, broken...)
		return true
	}
	if changed = f.moveOver(p); changed {
		f.number()
	}
	f.joinLinks(p)
	f.joinBrakes(p)
	return changed
}

// moveOver gives the records whose survivor a pass removed to the one that stays
// for it, and says whether there were any.
func (f *Found) moveOver(p pass) (moved bool) {
	goes := make(map[int32]int) // the rows that are removed, by their places in the pass
	for i, s := range p.result.Survivor {
		if int(s) != i {
			goes[int32(p.rows[i])] = i
		}
	}
	if len(goes) == 0 {
		return false
	}
	for r, was := range f.Survivor {
		if int(was) == r {
			continue // who stood for itself comes last
		}
		if i, gone := goes[was]; gone {
			f.Survivor[r] = int32(p.rows[p.result.Survivor[i]])
			f.Reason[r] = rerouted(f.Reason[r], int(f.Survivor[r]))
		}
	}
	for r, i := range goes {
		f.Survivor[r] = int32(p.rows[p.result.Survivor[i]])
		f.Held[r] = p.result.Held[i]
		f.Reason[r] = renumbered(p.result.Reason[i], p.rows)
	}
	return true
}

// broken gives the pairs of rows that a pass would join although they stand
// for records of one list.
func (f *Found) broken(p pass) (pairs [][2]int) {
	if f.lists == nil {
		return nil
	}
	of := make(map[int32]map[int32]int) // the lists of each cluster of the pass, and which row stands for them
	for r, was := range f.Survivor {
		i, _ := slices.BinarySearch(p.rows, int(was))
		cluster := p.result.Cluster[i]
		if of[cluster] == nil {
			of[cluster] = make(map[int32]int)
		}
		other, taken := of[cluster][f.lists[r]]
		if taken && f.lists[r] >= 0 && other != int(was) {
			pairs = append(pairs, [2]int{other, int(was)})
		}
		of[cluster][f.lists[r]] = int(was)
	}
	return pairs
}

// number numbers the clusters by first member.
func (f *Found) number() {
	numbers := make([]int32, len(f.Survivor)) // 1 + the number of each survivor
	next := int32(0)
	for r, s := range f.Survivor {
		if numbers[s] == 0 {
			next++
			numbers[s] = next
		}
		f.Cluster[r] = numbers[s] - 1
	}
}

// joinLinks keeps what was merged and adds the links of a pass; of two between
// the same rows the older comes first.
func (f *Found) joinLinks(p pass) {
	links := make([]record.Link, 0, len(p.result.Links))
	older := inBand(f.Links, record.Certain)
	for _, link := range p.result.Links {
		link.A, link.B = p.rows[link.A], p.rows[link.B]
		for len(older) > 0 && byRows(older[0], link) <= 0 {
			links, older = append(links, older[0]), older[1:]
		}
		links = append(links, link)
	}
	f.Links = append(links, older...)
}

// byRows is the order of links.
func byRows(x, y record.Link) int { return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B)) }

// joinBrakes keeps the loosest brake of each cluster.
func (f *Found) joinBrakes(p pass) {
	brakes := slices.Clone(f.Brakes)
	for _, b := range p.result.Brakes {
		b.Weakest = [2]int{p.rows[b.Weakest[0]], p.rows[b.Weakest[1]]}
		brakes = append(brakes, b)
	}
	sizes := make(map[int32]int) // of the clusters that are named
	for _, b := range brakes {
		sizes[f.Cluster[b.Weakest[0]]] = 1
	}
	for r, s := range f.Survivor {
		if int(s) == r {
			continue // counted as the one that stays
		}
		if n, named := sizes[f.Cluster[r]]; named {
			sizes[f.Cluster[r]] = n + 1
		}
	}
	for i := range brakes {
		b := &brakes[i]
		b.Cluster = f.Cluster[b.Weakest[0]]
		b.Size = sizes[b.Cluster]
	}
	slices.SortStableFunc(brakes, func(x, y dedupe.Brake) int {
		return cmp.Or(cmp.Compare(x.Probability, y.Probability), cmp.Compare(y.Size, x.Size), cmp.Compare(x.Cluster, y.Cluster))
	})
	seen := make(map[int32]bool)
	f.Brakes = slices.DeleteFunc(brakes, func(b dedupe.Brake) bool {
		again := seen[b.Cluster]
		seen[b.Cluster] = true
		return again
	})
}

// reasonRows finds the rows, from 1, in the reason for a removal: the one that
// stays, and the one that holds the record in where that is another.
var reasonRows = regexp.MustCompile(`^repeat of row (\d+)(?: \(over row (\d+)\))?: `)

// renumbered gives a reason of a pass with rows of the whole list.
func renumbered(reason string, rows []int) string {
	m := reasonRows.FindStringSubmatch(reason)
	if m == nil {
		return reason
	}
	row := func(s string) int {
		i, _ := strconv.Atoi(s)
		return rows[i-1] + 1
	}
	over := ""
	if m[2] != "" {
		over = fmt.Sprintf(" (over row %d)", row(m[2]))
	}
	return fmt.Sprintf("repeat of row %d%s: %s", row(m[1]), over, reason[len(m[0]):])
}

// rerouted gives the reason of a record whose survivor is now a repeat itself,
// of row now: it is held in by the same record as before.
func rerouted(reason string, now int) string {
	m := reasonRows.FindStringSubmatch(reason)
	if m == nil {
		return reason
	}
	over := m[2]
	if over == "" {
		over = m[1]
	}
	return fmt.Sprintf("repeat of row %d (over row %s): %s", now+1, over, reason[len(m[0]):])
}
