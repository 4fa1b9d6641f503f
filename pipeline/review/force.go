package review

import (
	"cmp"
	"slices"
)

// InForce is what holds of a ledger: what was taken back is out, and of what
// one person said about the same thing only the last word is in.
type InForce struct {
	Decisions []Decision // in order of time
	Conflicts []Conflict
}

// Conflict is two people, or two ledgers, that contradict each other.
type Conflict struct {
	A, B Decision // the earlier first
}

// topic is what a decision is about: two records whatever their order, a
// record's place in its cluster, or one field.
type topic struct {
	kind   Kind // Same for all that is said about two records
	a, b   string
	column string
}

func (d *Decision) topic() topic {
	a, b := Content(d.A.ID), Content(d.B.ID)
	switch {
	case d.Kind.Pairwise():
		return topic{kind: Same, a: min(a, b), b: max(a, b)}
	case d.Kind == Value:
		return topic{kind: Value, a: a, column: d.Column}
	}
	return topic{kind: d.Kind, a: a}
}

// says is the content of a decision about its topic.
func (d *Decision) says() string {
	if d.Kind == Value || d.Kind == Learn || d.Kind == Stop {
		return d.Value
	}
	return string(d.Kind)
}

// InForce works out what holds. People contradict each other where the last
// words of two differ; a skip contradicts nothing, and ends with the first
// word that anybody says.
func (l *Ledger) InForce() *InForce {
	undone := l.undoneBy()
	last := map[topic]map[string]int{} // the last word of each person
	for i, d := range l.Decisions {
		if d.Kind == Undo || undone[d.ID] != "" {
			continue
		}
		t := d.topic()
		if last[t] == nil {
			last[t] = map[string]int{}
		}
		last[t][d.By] = i
	}
	f := &InForce{}
	var holds []int
	for _, words := range last {
		var said []int
		for _, i := range words {
			said = append(said, i)
		}
		slices.Sort(said)
		if spoken := slices.DeleteFunc(slices.Clone(said), func(i int) bool { return l.Decisions[i].Kind == Skip }); len(spoken) > 0 {
			said = spoken
		}
		for k, i := range said[1:] {
			if a, b := &l.Decisions[said[k]], &l.Decisions[i]; a.says() != b.says() {
				f.Conflicts = append(f.Conflicts, Conflict{*a, *b})
			}
		}
		holds = append(holds, said[len(said)-1])
	}
	slices.Sort(holds)
	for _, i := range holds {
		f.Decisions = append(f.Decisions, l.Decisions[i])
	}
	slices.SortFunc(f.Conflicts, func(x, y Conflict) int {
		return cmp.Or(x.B.At.Compare(y.B.At), cmp.Compare(x.B.ID, y.B.ID), cmp.Compare(x.A.ID, y.A.ID))
	})
	return f
}

// Says gives what holds of a question about the whole list, Learn or Stop: the
// last word of anybody; "" where nobody said.
func (f *InForce) Says(kind Kind) string {
	for _, d := range slices.Backward(f.Decisions) {
		if d.Kind == kind {
			return d.Value
		}
	}
	return ""
}

// Undone says whether a decision of the ledger was taken back.
func (l *Ledger) Undone(id string) bool { return l.undoneBy()[id] != "" }

// Last gives the ids of the last decision that holds, or of all that were
// taken in its stroke; nil when there is none. by limits it to one person,
// "" does not.
func (l *Ledger) Last(by string) []string {
	undone := l.undoneBy()
	for i, d := range slices.Backward(l.Decisions) {
		if d.Kind == Undo || d.Kind == Audit || undone[d.ID] != "" || by != "" && d.By != by {
			continue
		}
		if d.Batch == "" {
			return []string{d.ID}
		}
		var ids []string
		for _, other := range l.Decisions[:i+1] {
			if other.Batch == d.Batch && undone[other.ID] == "" && other.Kind != Undo {
				ids = append(ids, other.ID)
			}
		}
		return ids
	}
	return nil
}

// Agreement says how far two people agree on the pairs that both decided.
type Agreement struct {
	Pairs  int     // decided by both
	Agreed int     // in the same way
	Kappa  float64 // Cohen's (1960): 1 in full, 0 as by chance; 1 where both gave one and the same answer to all
}

// Agree compares two ledgers by the words that hold in each: same, different
// or related. Skips do not count.
func Agree(a, b *Ledger) Agreement {
	words := func(l *Ledger) map[topic]Kind {
		said := map[topic]Kind{}
		for _, d := range l.InForce().Decisions {
			if d.Kind.Decides() {
				said[d.topic()] = d.Kind
			}
		}
		return said
	}
	x, y := words(a), words(b)
	var out Agreement
	counts := map[Kind][2]int{}
	for t, said := range x {
		other, both := y[t]
		if !both {
			continue
		}
		out.Pairs++
		if said == other {
			out.Agreed++
		}
		c := counts[said]
		c[0]++
		counts[said] = c
		c = counts[other]
		c[1]++
		counts[other] = c
	}
	if out.Pairs == 0 {
		return out
	}
	n := float64(out.Pairs)
	observed, chance := float64(out.Agreed)/n, 0.0
	for _, kind := range []Kind{Same, Different, Related} {
		chance += float64(counts[kind][0]) / n * float64(counts[kind][1]) / n
	}
	out.Kappa = 1
	if chance < 1 {
		out.Kappa = (observed - chance) / (1 - chance)
	}
	return out
}
