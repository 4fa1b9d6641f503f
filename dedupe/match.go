package dedupe

import (
	"cmp"
	"context"
	"slices"

	"github.com/unecho/unecho/dedupe/cluster"
	"github.com/unecho/unecho/pipeline/record"
)

// resolve fills in the defaults.
func (o Options) resolve() Options {
	if o.Balanced {
		o.Same = cmp.Or(o.Same, DefaultBalanced)
	}
	o.Same = cmp.Or(o.Same, DefaultSame)
	o.Review = cmp.Or(o.Review, DefaultReview)
	o.Keep = cmp.Or(o.Keep, Keeps[0])
	if o.Weights == nil {
		o.Weights = Shipped()
	}
	return o
}

// scores gives the log-odds of each candidate pair.
func (p *Prepared) scores(w *Weights) []float64 {
	scores := make([]float64, len(p.pairs))
	eachRange(len(p.pairs), func(lo, hi int) {
		for i := lo; i < hi; i++ {
			scores[i] = w.score(p.rows.at(i))
		}
	})
	return scores
}

// certain says whether a pair may be merged without anyone looking. The
// probability alone never suffices: the main texts must leave no word over (or
// one hold the other beside a long equal text or an identifier), no number
// and no column may speak against it, and where nothing but the main text
// speaks for it, the texts must say the same words in the same order.
func certain(score float64, f facts, o *Options) bool {
	if probability(score) < o.Same {
		return false
	}
	const longText = factLongTextEqual | factContained | factPartsAgree | factNothingClashes | factHardColumnsAgree
	const identified = factIdentifierEqual | factContained | factNumbersAgree | factHardColumnsAgree
	switch {
	case f&longText == longText:
		return true
	case f&identified == identified:
		return true
	case f&factColumnsAgree == 0 || f&factNumbersAgree == 0:
		return false
	case f&factSupported == 0:
		return f&factSameOrder != 0
	}
	return f&factNoWordLeft != 0
}

// balanced clusters what is more likely than not; the labels are of distinct records.
func (p *Prepared) balanced(ctx context.Context, scores []float64, o *Options, links *constraints) ([]int32, error) {
	if p.deeds != nil && !o.Stopped {
		return p.deeds.cluster(ctx, p.list, o, links)
	}
	edges := make([]cluster.Edge, 0, len(p.pairs))
	threshold := logOdds(o.Same)
	scores = p.exclusive(scores, links.cannot)
	for i, q := range p.pairs {
		if o.Stopped {
			break
		}
		edges = append(edges, cluster.Edge{A: q.A, B: q.B, Score: scores[i] - threshold})
	}
	return p.cluster(ctx, edges, links, cluster.Options{Missing: notFound})
}

// notFound is what a pair counts, in nats, that no join found: not having been
// found is evidence.
const notFound = -2

// strict clusters the certain pairs, whole groups only: every pair of a group
// is certain.
func (p *Prepared) strict(ctx context.Context, scores []float64, o *Options, links *constraints) ([]int32, error) {
	edges := gather(len(p.pairs), func(i int) (cluster.Edge, bool) {
		q := p.pairs[i]
		return cluster.Edge{A: q.A, B: q.B, Score: max(scores[i], 0.1)}, !o.Stopped && sure(scores[i], p.rows.at(i), p.facts[i], o)
	})
	edges = append(edges, p.missing(edges, o)...)
	return p.cluster(ctx, edges, links, cluster.Options{Clip: 1000, Missing: -1000})
}

// cluster groups records by average linkage, under decisions and lists.
func (p *Prepared) cluster(ctx context.Context, edges []cluster.Edge, links *constraints, o cluster.Options) ([]int32, error) {
	o.Cannot, o.Across = links.cannot, p.list.across
	if len(links.must) > 0 {
		alone, err := cluster.Average(ctx, p.list.n, edges, o)
		if err != nil {
			return nil, err
		}
		edges = links.spread(edges, alone, p.list.across)
	}
	o.Must = links.must
	return cluster.Average(ctx, p.list.n, edges, o)
}

// completeLimit is the size of the largest group whose missing pairs are looked
// at one by one.
const completeLimit = 200

// missing gives the certain pairs of the groups that edges join that no join
// listed.
func (p *Prepared) missing(edges []cluster.Edge, o *Options) (more []cluster.Edge) {
	inside := slices.Clone(edges)
	records := narrowed(inside)
	labels, err := cluster.Components(len(records), inside, cluster.Options{})
	if err != nil {
		return nil
	}
	have := make(map[[2]int32]bool, len(edges))
	for _, e := range edges {
		have[[2]int32{e.A, e.B}] = true
	}
	c := p.list.newComparer()
	for _, group := range record.Members[int32](labels) {
		if len(group) < 3 || len(group) > completeLimit {
			continue
		}
		for i, x := range group {
			for _, y := range group[i+1:] {
				a, b := records[x], records[y]
				if have[[2]int32{a, b}] {
					continue
				}
				m, f, _ := p.compare(c, a, b)
				if s := o.Weights.score(&m); sure(s, &m, f, o) {
					more = append(more, cluster.Edge{A: a, B: b, Score: max(s, 0.1)})
				}
			}
		}
	}
	return more
}

// constraints are a person's decisions, between distinct records.
type constraints struct {
	must, cannot [][2]int32
}

func (l *list) constraints(answers []Answer) *constraints {
	c := &constraints{}
	add := func(to *[][2]int32, pairs [][2]int) {
		for _, q := range pairs {
			*to = append(*to, [2]int32{l.of[q[0]], l.of[q[1]]})
		}
	}
	add(&c.must, l.in.Same)
	add(&c.cannot, l.in.Different)
	add(&c.cannot, l.in.Related)
	for _, a := range answers {
		q := [2]int32{l.of[a.A], l.of[a.B]}
		switch {
		case q[0] == q[1]: // told apart in vain: only Different, known before the search, parts equal records
		case a.Same:
			c.must = append(c.must, q)
		default:
			c.cannot = append(c.cannot, q)
		}
	}
	return c
}

// Labels gives a cluster number for each record, at the default or balanced.
// It is Match without the words, for measuring.
func (p *Prepared) Labels(ctx context.Context, o Options) ([]int32, error) {
	o = p.settings(o)
	scores := p.scores(o.Weights)
	f := p.strict
	if o.Balanced {
		f = p.balanced
	}
	labels, err := f(ctx, scores, &o, p.list.constraints(o.Answers))
	if err != nil {
		return nil, err
	}
	rows := make([]int32, len(p.list.of))
	for r, d := range p.list.of {
		rows[r] = labels[d]
	}
	return rows, nil
}
