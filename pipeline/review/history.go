package review

import "slices"

// State is what became of a decision since it was taken.
type State string

// The states of a decision. Where it holds, the program obeys it; a decision
// that another person has taken too, in the same words, holds with it.
const (
	Holds        State = "holds"
	TakenBack    State = "taken back"   // by the undo Past.Through
	Replaced     State = "replaced"     // by a later word on the same, Past.Through
	Contradicted State = "contradicted" // by another person, in Past.Through; neither is obeyed
)

// Past is a decision and what became of it.
type Past struct {
	Decision
	State   State
	Through string // the id of the decision that did it, "" where it holds
}

// History gives all decisions in order of time, those taken back included,
// with what became of each.
func (l *Ledger) History() []Past {
	by := l.undoneBy()
	force := l.InForce()
	word := map[topic]*Decision{} // what holds
	for i := range force.Decisions {
		word[force.Decisions[i].topic()] = &force.Decisions[i]
	}
	against := map[string]string{}
	for _, c := range force.Conflicts {
		against[c.A.ID], against[c.B.ID] = c.B.ID, c.A.ID
	}
	later := l.later(by)
	out := make([]Past, len(l.Decisions))
	for i, d := range l.Decisions {
		p := Past{Decision: d, State: Holds}
		holds := word[d.topic()]
		switch {
		case by[d.ID] != "":
			p.State, p.Through = TakenBack, by[d.ID]
		case d.Kind == Undo:
		case later[d.ID] != "":
			p.State, p.Through = Replaced, later[d.ID]
		case against[d.ID] != "":
			p.State, p.Through = Contradicted, against[d.ID]
		case holds != nil && holds.says() != d.says(): // a skip that somebody else has answered
			p.State, p.Through = Replaced, holds.ID
		}
		out[i] = p
	}
	return out
}

// undoneBy gives for each decision that was taken back the undo that did it: an
// undo holds unless a later one takes it back.
func (l *Ledger) undoneBy() map[string]string {
	by := map[string]string{}
	for _, d := range slices.Backward(l.Decisions) {
		if d.Kind != Undo || by[d.ID] != "" {
			continue
		}
		for _, id := range d.Undoes {
			if by[id] == "" {
				by[id] = d.ID
			}
		}
	}
	return by
}

// later gives for each decision the next word of the same person on the same,
// of those not taken back.
func (l *Ledger) later(undone map[string]string) map[string]string {
	type voice struct {
		topic
		by string
	}
	next, later := map[voice]string{}, map[string]string{}
	for _, d := range slices.Backward(l.Decisions) {
		if d.Kind == Undo || undone[d.ID] != "" {
			continue
		}
		v := voice{d.topic(), d.By}
		if next[v] != "" {
			later[d.ID] = next[v]
		}
		next[v] = d.ID
	}
	return later
}

// Contradictions are the pairs of decisions, one of each ledger, that hold
// there and say otherwise about the same thing. A decision that the other
// ledger knows, or that was taken back in either, contradicts nothing: there
// somebody has changed their mind.
func Contradictions(a, b *Ledger) []Conflict {
	both := &Ledger{Decisions: slices.Concat(a.Decisions, b.Decisions)}
	both.sort()
	undone, inA, inB := both.undoneBy(), a.ids(), b.ids()
	words := map[topic]Decision{}
	for _, d := range a.InForce().Decisions {
		if d.Kind != Skip && !inB[d.ID] && undone[d.ID] == "" {
			words[d.topic()] = d
		}
	}
	var out []Conflict
	for _, d := range b.InForce().Decisions {
		other, said := words[d.topic()]
		if !said || d.Kind == Skip || inA[d.ID] || undone[d.ID] != "" || other.says() == d.says() {
			continue
		}
		if d.At.Before(other.At) {
			d, other = other, d
		}
		out = append(out, Conflict{other, d})
	}
	return out
}

// Among gives what contradicts each other in several ledgers: people, as
// InForce finds them in all read as one, then ledgers in which one name stands
// for two.
func Among(all *InForce, each ...*Ledger) []Conflict {
	out := slices.Clone(all.Conflicts)
	seen := map[[2]string]bool{}
	for _, c := range out {
		seen[[2]string{c.A.ID, c.B.ID}] = true
	}
	for i, a := range each {
		for _, b := range each[i+1:] {
			for _, c := range Contradictions(a, b) {
				if key := [2]string{c.A.ID, c.B.ID}; !seen[key] {
					seen[key] = true
					out = append(out, c)
				}
			}
		}
	}
	return out
}

func (l *Ledger) ids() map[string]bool {
	ids := make(map[string]bool, len(l.Decisions))
	for _, d := range l.Decisions {
		ids[d.ID] = true
	}
	return ids
}

// With gives a ledger that holds more decisions; l itself is left as it is.
func (l *Ledger) With(more ...Decision) *Ledger {
	out := &Ledger{Decisions: slices.Concat(l.Decisions, more), Aside: l.Aside}
	out.sort()
	return out
}
