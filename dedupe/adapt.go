package dedupe

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// How answers move the weights. docs/matching.md says what was measured.
const (
	// LearnFrom is the number of answers from which weights are moved: fewer
	// make single lists far worse.
	LearnFrom = 10
	// DefaultAdapted stands for Same where Balanced is set and the weights
	// were moved by answers.
	DefaultAdapted = 0.4

	shiftSpread  = 2.0 // standard deviation of the prior of the shift, in nats
	factorSpread = 0.3 // of each factor around 1
)

// Adapted is what a person's answers make of match weights.
type Adapted struct {
	Weights *Weights
	Learned int       // answers that were learned from, 0 where the weights stayed as they were
	Shift   float64   // nats added to the base
	Factors []float64 // what each comparison counts, times, in the order of Measures
}

// Adapt moves match weights by what a person answered about this list: a shift
// b of the base and a factor 1+w for each comparison, the most probable ones
// under b ~ N(0, 2²) and w ~ N(0, 0.3²). It is a pure function of the two, the
// order of the answers aside. Answers that only link, and those about records
// that are equal in every compared field, teach nothing and do not count; below LearnFrom answers the
// weights stay as they are. Rows must be those of the list.
func (p *Prepared) Adapt(w *Weights, answers []Answer) *Adapted {
	a := &Adapted{Weights: w, Factors: make([]float64, measureCount)}
	for m := range a.Factors {
		a.Factors[m] = 1
	}
	r := p.lessons(w, answers)
	if len(r.same) < LearnFrom {
		return a
	}
	x := r.solve()
	a.Learned, a.Shift = len(r.same), x[0]
	for m := range a.Factors {
		a.Factors[m] += x[m+1]
	}
	a.Weights = w.moved(a.Shift, a.Factors)
	return a
}

// lessons puts the answers into the form of a regression, in an order that
// does not depend on that in which they were given.
func (p *Prepared) lessons(w *Weights, answers []Answer) *ridge {
	answers = slices.Clone(answers)
	of := p.list.of
	key := func(q Answer) [2]int32 { return ordered(of[q.A], of[q.B]) }
	slices.SortStableFunc(answers, func(x, y Answer) int {
		a, b := key(x), key(y)
		return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]))
	})
	r := &ridge{sd: make([]float64, measureCount+1)}
	r.sd[0] = shiftSpread
	for m := range measureCount {
		r.sd[m+1] = factorSpread
	}
	c := p.list.newComparer()
	for _, q := range answers {
		pair := key(q)
		if q.Links || pair[0] == pair[1] || p.list.across == nil && p.list.equal(q.A, q.B) {
			continue // one record to the search, or told apart by the person alone
		}
		m, _, _ := p.compare(c, pair[0], pair[1])
		x := make([]float64, measureCount+1)
		x[0] = 1
		for k := range measureCount {
			if k != mLength { // the same for every pair of the list, as the shift is
				x[k+1] = w.weight(k, float64(m[k]))
			}
		}
		r.x = append(r.x, x)
		r.offset = append(r.offset, w.score(&m))
		r.same = append(r.same, q.Same)
	}
	return r
}

// moved gives the weights with another base and every comparison times a factor.
func (w *Weights) moved(shift float64, factors []float64) *Weights {
	out := &Weights{Base: w.Base + shift, Levels: make([][]Level, len(w.Levels)), Notes: w.Notes}
	for m, levels := range w.Levels {
		out.Levels[m] = slices.Clone(levels)
		for i := range levels {
			out.Levels[m][i].Weight *= factors[m]
		}
	}
	return out
}

// What is worth a word.
const (
	wordsFrom = 0.1 // the least change of a factor, and of the shift in nats
	wordsMost = 5   // factors named
)

// Words says what the answers changed, a line each, the largest change first:
// "on this list, other columns that agree count 1.2 times". Nil where nothing
// was changed.
func (a *Adapted) Words() []string {
	if a.Learned == 0 {
		return nil
	}
	var words []string
	switch {
	case a.Shift >= wordsFrom:
		words = append(words, fmt.Sprintf("on this list, entries are the same more often than they look: every pair starts %.1f nats higher", a.Shift))
	case a.Shift <= -wordsFrom:
		words = append(words, fmt.Sprintf("on this list, entries are the same less often than they look: every pair starts %.1f nats lower", -a.Shift))
	}
	order := make([]int, len(a.Factors))
	for m := range order {
		order[m] = m
	}
	change := func(m int) float64 { return math.Abs(a.Factors[m] - 1) }
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(change(j), change(i)) })
	for _, m := range order[:min(wordsMost, len(order))] {
		if change(m) >= wordsFrom {
			words = append(words, fmt.Sprintf("on this list, %q counts %.1f times", measures[m].name, a.Factors[m]))
		}
	}
	return words
}

// Threshold is the probability from which a run with these options merges:
// o.Same, or the default for this list.
func (p *Prepared) Threshold(o Options) float64 { return p.settings(o).Same }

// Learned gives options on which runs with o settle: defaults are filled in and
// the weights moved by o.Answers; and how these were moved, nil where they were
// not. A run with them obeys the answers that they
// then hold, and learns nothing from those. So what was learned on a list serves
// the search of what is left of it, where two records that were said to be the
// same are one and the other answers alone would teach that all is different.
func (p *Prepared) Learned(o Options) (Options, *Adapted) {
	if o.learned {
		return o, nil
	}
	o.learned = true
	free := o.Balanced && o.Same == 0
	o = o.resolve()
	if free {
		o.Same = p.list.threshold()
	}
	if o.Unmoved {
		return o, nil
	}
	a := p.Adapt(o.Weights, o.Answers)
	if a.Learned == 0 {
		return o, nil
	}
	o.shipped, o.Weights = o.Weights, a.Weights
	if free {
		o.Same = DefaultAdapted
	}
	return o, a
}

// settings are the options on which a run settles.
func (p *Prepared) settings(o Options) Options {
	o, _ = p.Learned(o)
	return o
}
