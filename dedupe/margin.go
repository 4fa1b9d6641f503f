package dedupe

import (
	"runtime"

	"github.com/unecho/unecho/dedupe/join"
)

// margins knows, for each record, how much its best and second-best candidate
// resemble it: a pair that is far better than the runner-up of both is more
// likely the same thing than one among many alike.
type margins struct {
	best, second []float64
}

// margins ranks the candidates of each record; the score of a pair is its
// resemblance.
func (l *list) margins(pairs []join.Scored) *margins {
	m := &margins{best: make([]float64, l.n), second: make([]float64, l.n)}
	see := func(d int32, v float64) {
		if v > m.best[d] {
			m.best[d], m.second[d] = v, m.best[d]
		} else if v > m.second[d] {
			m.second[d] = v
		}
	}
	// Each core reads all pairs and sees to the records of its own share.
	shares := min(runtime.GOMAXPROCS(0), 1+len(pairs)/(1<<16))
	eachChunk(shares, func(i int) {
		lo, hi := int32(l.n*i/shares), int32(l.n*(i+1)/shares)
		for _, p := range pairs {
			if p.A >= lo && p.A < hi {
				see(p.A, p.Score)
			}
			if p.B >= lo && p.B < hi {
				see(p.B, p.Score)
			}
		}
	})
	return m
}

// of is how much better a pair is than the runner-up of either record, given
// v, how much a and b resemble each other: above 0 for the best pair of both,
// below where another pair is better. -1 to 1.
func (m *margins) of(a, b int32, v float64) float64 {
	rival := func(d int32) float64 {
		if v >= m.best[d]-1e-9 {
			return m.second[d]
		}
		return m.best[d]
	}
	return v - max(rival(a), rival(b))
}
