package dedupe

import "math"

// mostTables is how many tables are linked at the most with their rivals
// looked at; more are linked as if every pair stood alone.
const mostTables = 8

// mostNats is the score from which a rival is no stronger.
const mostNats = 30

// exclusive shares out the odds among rivals where tables hold no repeats of
// their own: of the records of another table that resemble a record, one at
// the most is the same thing, so what speaks for a rival speaks against the
// pair. A clear winner keeps its odds, the better of two alike is as likely as
// not, and a crowd of namesakes loses most of them. A pair that a person told
// apart is no rival.
func (p *Prepared) exclusive(scores []float64, cannot [][2]int32) []float64 {
	l := p.list
	tables := 0
	for _, t := range l.across {
		if t < 0 {
			return scores // a record of no table may have any number of partners
		}
		tables = max(tables, int(t)+1)
	}
	if tables == 0 || tables > mostTables {
		return scores
	}
	apart := map[[2]int32]bool{}
	for _, c := range cannot {
		apart[ordered(c[0], c[1])] = true
	}
	odds := make([]float64, len(scores))
	// The odds of all pairs of each record, by the table of the other.
	sum := make([]float64, l.n*tables)
	at := func(d, other int32) *float64 { return &sum[int(d)*tables+int(l.across[other])] }
	for i, q := range p.pairs {
		if !apart[ordered(q.A, q.B)] {
			odds[i] = math.Exp(min(scores[i], mostNats))
		}
		*at(q.A, q.B) += odds[i]
		*at(q.B, q.A) += odds[i]
	}
	out := make([]float64, len(scores))
	for i, q := range p.pairs {
		rivals := *at(q.A, q.B) + *at(q.B, q.A) - 2*odds[i]
		out[i] = scores[i] - math.Log1p(max(0, rivals))
	}
	return out
}
