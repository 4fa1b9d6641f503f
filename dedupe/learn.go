package dedupe

import (
	"cmp"
	"math"
)

// Sample is a labelled list made ready for learning: what was measured of each
// candidate pair, and whether the two are the same thing.
type Sample struct {
	Name, Family string
	Weight       float64 // of the family against the others; 0 stands for 1
	rows         []comparison
	same         []bool
}

// Sample labels the candidate pairs: truth has a cluster number for each record.
func (p *Prepared) Sample(truth []int32, name, family string) *Sample {
	s := &Sample{Name: name, Family: family, rows: p.rows.flat(), same: make([]bool, len(p.pairs))}
	for i, q := range p.pairs {
		s.same[i] = truth[p.list.row(q.A)] == truth[p.list.row(q.B)]
	}
	return s
}

// LearnOptions are the settings of Learn; the zero value is the default.
type LearnOptions struct {
	Ridge  float64  // strength of the pull of every step towards 0; 0 stands for 0.1
	Levels int      // most levels a comparison; 0 stands for 10
	Rounds int      // steps of the search; 0 stands for 200
	Most   int      // pairs of a list that are learned from, spread evenly; 0 stands for 4000
	Share  float64  // weight of the same pairs of a list in all its pairs; 0 stands for 0.25
	Skip   []string // comparisons that are left out
	Free   []string // comparisons whose given levels are not used: they are learned
}

// Learn fits the match weights to labelled lists: logistic regression over the
// levels, each comparison monotone in the direction that its meaning gives,
// pulled towards 0 (ridge). Families weigh the same, lists share their
// family's weight, and so do the pairs of a list. The levels are cut at
// quantiles of an even mixture of same and different pairs: cut by candidates
// alone, everything near equality would fall into one level.
//
// The search is accelerated projected gradient descent (Beck and Teboulle
// 2009, section 4): steps between levels are kept at 0 or above, so that a
// comparison never turns round.
func Learn(samples []*Sample, o LearnOptions) *Weights {
	o.Ridge = cmp.Or(o.Ridge, 0.1)
	o.Share = cmp.Or(o.Share, 0.25)
	o.Levels = cmp.Or(o.Levels, 10)
	o.Rounds = cmp.Or(o.Rounds, 200)
	o.Most = cmp.Or(o.Most, 4000)
	samples = thin(samples, o.Most)
	f := newFit(samples, o)
	f.descend(o)
	f.stretch()
	return f.weights()
}

// thin keeps at most so many pairs of each list, spread evenly.
func thin(samples []*Sample, most int) []*Sample {
	out := make([]*Sample, len(samples))
	for i, s := range samples {
		out[i] = s
		if n := len(s.rows); n > most {
			t := &Sample{Name: s.Name, Family: s.Family, Weight: s.Weight}
			for k := range most {
				at := k * n / most
				t.rows = append(t.rows, s.rows[at])
				t.same = append(t.same, s.same[at])
			}
			out[i] = t
		}
	}
	return out
}

// given are the levels that labelled lists do not teach and that are set by
// hand: benchmarks hold few parts, issues and editions, and those who made
// them did not ask whether two of a series are one. Their sum is an offset to
// what is learned.
var given = map[measure][]Level{
	mPart:       {{math.NaN(), 0}, {-1, -4}, {0, -2.5}, {math.Inf(1), 0.3}},
	mYear:       {{math.NaN(), 0}, {-1, -2.5}, {0, -0.3}, {math.Inf(1), 0.3}},
	mNumber:     {{math.NaN(), 0}, {-1, -0.6}, {0, -0.2}, {math.Inf(1), 0.3}},
	mQualifier:  {{math.NaN(), 0}, {-1, -1}, {math.Inf(1), 0.1}},
	mHead:       {{math.NaN(), 0}, {0.2, -1.8}, {0.5, -1}, {0.99, -0.5}, {math.Inf(1), 0.1}},
	mDate:       {{math.NaN(), 0}, {0.2, -2.5}, {0.45, -1.2}, {0.5, -0.8}, {0.85, -0.2}, {0.95, 0.3}, {math.Inf(1), 0.6}},
	mDisagree:   {{math.NaN(), 0}, {0, 0.4}, {1.2, 0}, {2.5, -0.6}, {4, -1.2}, {6, -2}, {math.Inf(1), -2.6}},
	mModel:      {{math.NaN(), 0}, {-1, -1}, {0, 0}, {0.5, 0.3}, {0.8, 0.8}, {math.Inf(1), 1.5}},
	mPlace:      {{math.NaN(), 0}, {0.2, -1.6}, {0.45, -0.5}, {0.85, 0}, {math.Inf(1), 0.4}},
	mRetold:     {{math.NaN(), 0}, {6, 0}, {8, -0.5}, {10, -1.2}, {12, -2.1}, {math.Inf(1), -3}},
	mIdentifier: {{math.NaN(), 0}, {-1, -0.5}, {0, 0.3}, {math.Inf(1), 1.5}},
	mBody:       {{math.NaN(), 0}, {0.1, -0.5}, {0.3, -0.2}, {0.6, 0}, {0.95, 0.5}, {math.Inf(1), 1.5}},
}

// offsetOf is the sum of the given levels of a comparison.
func (f *fit) offsetOf(c *comparison) float64 {
	sum := 0.0
	for m := range measureCount {
		if levels, set := f.given[m]; set {
			sum += levelWeight(levels, float64(c[m]))
		}
	}
	return sum
}

// beyond are levels given by hand that come on top when all else is learned.
// They hold for lists of persons alone, a family among seven: as an offset
// they would only move the base of all other lists.
var beyond = map[measure][]Level{
	mOdds: {{math.NaN(), 0}, {-2, 0}, {-1, 0.5}, {0, 1.5}, {1, 2.5}, {2, 3.5}, {4, 4.5}, {math.Inf(1), 6}},
}
