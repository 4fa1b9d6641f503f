package pipeline

import (
	"slices"

	"github.com/unecho/unecho/dedupe"
	"github.com/unecho/unecho/pipeline/review"
)

// Bearing is what the decisions in force say about two records.
type Bearing struct {
	Says      Says              // what follows from Chain; "" when nothing does
	Chain     []Step            // the fewest decisions from which it follows, on the way from the one record to the other
	Beside    []review.Decision // others about either: put off, stays, fields
	Carried   []review.Carry    // those of all these that hold for a record that was corrected since
	Conflicts []review.Conflict // words about the two in which people contradict each other
}

// Step is one decision on a way over records; rows count from 0.
type Step struct {
	From, To int
	Decision review.Decision
}

// Bearing finds the decisions that bear on two rows, from 0: what was said
// about the two, or follows from a chain of "same", in which one "different"
// or "related" may stand. Copies of one record are one.
func (r *Recalled) Bearing(a, b int) *Bearing {
	out := &Bearing{}
	out.Says, out.Chain = r.follows(a, b)
	mine := map[string]bool{}
	for _, step := range out.Chain {
		mine[step.Decision.ID] = true
	}
	for _, d := range r.Force.Decisions {
		if !mine[d.ID] && r.beside(d, a, b) {
			mine[d.ID] = true
			out.Beside = append(out.Beside, d)
		}
	}
	for _, c := range r.Carried {
		if mine[c.Decision.ID] {
			out.Carried = append(out.Carried, c)
		}
	}
	for _, c := range r.Conflicts {
		if mine[c.A.ID] || mine[c.B.ID] {
			out.Conflicts = append(out.Conflicts, c)
		}
	}
	return out
}

// beside says whether a decision is about one of two records, or puts the two
// of them off.
func (r *Recalled) beside(d review.Decision, a, b int) bool {
	about := func(ones []review.One) bool {
		return slices.ContainsFunc(ones, func(o review.One) bool {
			return o.Decision.ID == d.ID && (r.one(o.Row, a) || r.one(o.Row, b))
		})
	}
	switch d.Kind {
	case review.Keep:
		return about(r.Keeps)
	case review.Value:
		return about(r.Values)
	case review.Skip:
		return slices.ContainsFunc(r.Pairs, func(p review.Pair) bool {
			return p.Decision.ID == d.ID && (r.one(p.A, a) && r.one(p.B, b) || r.one(p.A, b) && r.one(p.B, a))
		})
	}
	return false
}

// one says whether two rows are copies of one record.
func (r *Recalled) one(a, b int) bool { return r.content(a) == r.content(b) }

func (r *Recalled) content(row int) string { return review.Content(r.Refs.IDs()[row]) }

// follows finds the shortest chain of decisions between two records.
func (r *Recalled) follows(a, b int) (Says, []Step) {
	near := map[string][]Step{}
	for _, p := range r.Pairs {
		if p.Decision.Kind == review.Skip {
			continue
		}
		if r.one(p.A, p.B) { // copies of one record, told apart or said to be one
			if r.one(p.A, a) && r.one(a, b) {
				return says(p.Decision), []Step{{p.A, p.B, p.Decision}}
			}
			continue
		}
		near[r.content(p.A)] = append(near[r.content(p.A)], Step{p.A, p.B, p.Decision})
		near[r.content(p.B)] = append(near[r.content(p.B)], Step{p.B, p.A, p.Decision})
	}
	if len(near) == 0 || r.one(a, b) {
		return "", nil
	}
	return r.walk(near, a, b)
}

// way is how far a search has come: at a record, with or without a decision
// that keeps two apart behind it.
type way struct {
	at   string
	says Says
}

// walk searches in breadth, over at most one decision that keeps two apart.
func (r *Recalled) walk(near map[string][]Step, a, b int) (Says, []Step) {
	start := way{r.content(a), SaysSame}
	came := map[way]struct {
		from way
		step Step
	}{start: {}}
	for todo := []way{start}; len(todo) > 0; todo = todo[1:] {
		w := todo[0]
		if w.at == r.content(b) {
			var chain []Step
			for at := w; at != start; at = came[at].from {
				chain = append(chain, came[at].step)
			}
			slices.Reverse(chain)
			return w.says, chain
		}
		for _, step := range near[w.at] {
			next := way{r.content(step.To), w.says}
			if said := says(step.Decision); said != SaysSame {
				if w.says != SaysSame {
					continue
				}
				next.says = said
			}
			if _, seen := came[next]; !seen {
				came[next] = struct {
					from way
					step Step
				}{w, step}
				todo = append(todo, next)
			}
		}
	}
	return "", nil
}

// Decided gives the settings of a run in which what the ledgers say is obeyed.
func (r *Recalled) Decided(o Options) Options { return r.decided(o) }

// Flips gives the smallest changes of the evidence for two rows, from 0, by
// which they would be decided in another way; see [dedupe.Prepared.Flips].
func (f *Found) Flips(a, b int) []dedupe.Flip {
	s, x, y := f.lastWith(a, b)
	if s == nil {
		return nil
	}
	return s.Flips(f.settings, x, y)
}

// Moved says how many answers moved the weights, and what they changed in
// words; 0 where they did not.
func (f *Found) Moved() (answers int, words []string) {
	if f.moved == nil {
		return 0, nil
	}
	return f.moved.Learned, f.moved.Words()
}
