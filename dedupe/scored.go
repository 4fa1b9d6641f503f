package dedupe

import "github.com/unecho/unecho/pipeline/record"

// Scored visits every pair that the search compared, with its score and the
// band in which it is as long as it is not merged, in no promised order. Each
// record is named by its first row, from 0, of those that are equal in every
// compared column; why is left blank.
func (p *Prepared) Scored(o Options, visit func(record.Link)) {
	o = p.settings(o)
	scores := p.scores(o.Weights)
	for i, q := range p.pairs {
		a, b := int(p.list.row(q.A)), int(p.list.row(q.B))
		visit(record.Link{A: min(a, b), B: max(a, b), Score: scores[i], Probability: bounded(scores[i]), Band: unmerged(scores[i], p.facts[i], &o)})
	}
}
