package dedupe

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/unecho/unecho/pipeline/record"
)

// Flip is the smallest change of the evidence by which a pair would be decided
// in another way: the fewest comparisons that would have to read otherwise.
type Flip struct {
	Outcome     string  // what would become of the pair: OutcomeMerged, …
	Threshold   float64 // the probability that is crossed
	Probability float64 // with the changes
	Changes     []Change
}

// What may become of a pair.
const (
	OutcomeMerged    = "merged"
	OutcomeAsked     = "asked"
	OutcomeDifferent = "taken for different"
)

// Change is one comparison that would have to read otherwise.
type Change struct {
	Name   string
	Was    string  // the level that was seen
	Weight float64 // and its weight
	Level  string  // the level instead; "" when the comparison is left out
	To     float64 // and its weight, 0 when it is left out
}

// Flips gives for a pair of rows, from 0, the smallest changes to each side of
// where it stands: from certain down, from different up, from review both
// ways. A side that no change of the sum reaches, because a condition stands
// in the way or all comparisons together do not suffice, is left out; so is
// all of it for records that are equal, and for those kept apart as parts of
// one thing.
//
// Comparisons are changed one by one, as if they were independent, which they
// are in the sum and not in the texts. The number of changes is the least
// possible: the largest change of each comparison is taken, largest first.
func (p *Prepared) Flips(o Options, a, b int) []Flip {
	o = p.settings(o)
	x, y := p.list.of[a], p.list.of[b]
	if x == y {
		return nil
	}
	m, f, d := p.compare(p.list.newComparer(), min(x, y), max(x, y))
	s := flipper{l: p.list, o: &o, m: &m, d: &d, score: o.Weights.score(&m)}
	merge, reachable := mergedFrom(&m, f, &o)
	merged := sure(s.score, &m, f, &o)
	if o.Balanced {
		merge, reachable, merged = logOdds(o.Same), true, s.score > logOdds(o.Same)
	}
	ask := logOdds(o.Review)
	var flips []Flip
	add := func(outcome string, at float64) {
		if f, ok := s.flip(at); ok {
			f.Outcome = outcome
			flips = append(flips, f)
		}
	}
	switch band := unmerged(s.score, f, &o); {
	case band == record.Related:
		return nil
	case merged && merge <= ask:
		add(OutcomeDifferent, merge)
	case merged:
		add(OutcomeAsked, merge)
	case band == record.Review:
		if reachable {
			add(OutcomeMerged, merge)
		}
		add(OutcomeDifferent, ask)
	default:
		add(OutcomeAsked, ask)
	}
	return flips
}

// mergedFrom gives the score from which a pair is merged without asking, all
// else as it is; not reachable when something else than the score forbids it.
func mergedFrom(m *comparison, f facts, o *Options) (score float64, reachable bool) {
	most := math.Inf(1)
	if o.shipped == nil {
		return logOdds(o.Same), certain(most, f, o)
	}
	switch {
	case certain(o.shipped.score(m), f, o):
		return 0, true
	case likely(logOdds((answeredQuiet+answeredSame)/2), f):
		return logOdds(answeredQuiet), true
	}
	return logOdds(answeredSame), true
}

// flipper looks for the smallest change of one sum.
type flipper struct {
	l     *list
	o     *Options
	m     *comparison
	d     *compared
	score float64
}

// option is one way for a comparison to read otherwise.
type option struct {
	measure measure
	level   int     // of the comparison, -1 where it is left out
	by      float64 // what that moves the sum by, towards the threshold
	plain   bool    // it can be said without a measure
}

// flip finds the smallest change that carries the sum over a threshold.
func (s *flipper) flip(threshold float64) (Flip, bool) {
	up := s.score < threshold
	need := threshold - s.score
	if !up {
		need = math.Nextafter(s.score-threshold, math.Inf(1)) // below it, not at it
	}
	options := s.options(up)
	chosen := fewest(options, need)
	if chosen == nil {
		return Flip{}, false
	}
	f := Flip{Threshold: probability(threshold)}
	score := s.score
	for _, c := range chosen {
		change := s.change(c)
		score += change.To - change.Weight
		f.Changes = append(f.Changes, change)
	}
	f.Probability = bounded(score)
	return f, true
}

// options lists the ways in which each comparison could read otherwise to the
// wished effect. The length of the list is not of the pair.
func (s *flipper) options(up bool) [][]option {
	var all [][]option
	for k := range measureCount {
		levels := s.o.Weights.Levels[k]
		is := s.o.Weights.weight(k, float64(s.m[k]))
		if k == mLength || len(levels) == 0 || math.IsNaN(float64(s.m[k])) && !s.couldBe(k) {
			continue
		}
		var ways []option
		add := func(level int, weight float64) {
			by := weight - is
			if !up {
				by = -by
			}
			if by > 0 {
				plain := level < 0 || !strings.ContainsAny(levelRange(k, levels, level, 0), "0123456789")
				ways = append(ways, option{k, level, by, plain})
			}
		}
		for i, level := range levels {
			add(i, level.Weight)
		}
		if len(ways) > 0 {
			add(-1, 0)
			all = append(all, ways)
		}
	}
	return all
}

// couldBe says whether a comparison that found nothing to compare could find
// something in these records: marks in the texts, or a column that the list
// has and that is blank in one of them.
func (s *flipper) couldBe(k measure) bool {
	switch k {
	case mNumber, mYear, mModel, mPart, mQualifier:
		return true
	}
	of := map[measure]record.Role{mIdentifier: record.Identifier, mDate: record.Date, mPerson: record.Person,
		mNumeric: record.Number, mPlace: record.Place, mBody: record.Body}
	role, known := of[k]
	return known && slices.ContainsFunc(s.l.fields, func(f *field) bool { return f.role == role && !f.main })
}

// fewest takes as few comparisons as it can for a sum of need, one way of
// each; nil when all together do not suffice. Where one suffices it is the one
// that overshoots least, of those that can be said without a measure if there
// are any; of several, each is then moved no further than it must.
func fewest(options [][]option, need float64) []option {
	best := make([]option, len(options))
	for i, ways := range options {
		best[i] = slices.MaxFunc(ways, func(x, y option) int { return cmp.Or(cmp.Compare(x.by, y.by), cmp.Compare(y.level, x.level)) })
	}
	order := make([]int, len(options))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(x, y int) int { return cmp.Compare(best[y].by, best[x].by) })
	sum := 0.0
	for n, i := range order {
		if sum += best[i].by; sum < need {
			continue
		}
		if n == 0 {
			one, _ := least(slices.Concat(options...), need)
			return []option{one}
		}
		var chosen []option
		for _, k := range order[:n+1] {
			way, _ := least(options[k], need-(sum-best[k].by))
			sum += way.by - best[k].by
			chosen = append(chosen, way)
		}
		return chosen
	}
	return nil
}

// least gives the smallest way that suffices, one in plain words before any
// other.
func least(ways []option, need float64) (found option, ok bool) {
	for _, w := range ways {
		if w.by >= need && (!ok || w.plain && !found.plain || w.plain == found.plain && w.by < found.by) {
			found, ok = w, true
		}
	}
	return found, ok
}

// change says in words what an option changes.
func (s *flipper) change(c option) Change {
	v := float64(s.m[c.measure])
	out := Change{Name: measures[c.measure].name, Was: s.l.levelWords(c.measure, v, s.d), Weight: s.o.Weights.weight(c.measure, v)}
	if c.level >= 0 {
		levels := s.o.Weights.Levels[c.measure]
		out.Level, out.To = levelRange(c.measure, levels, c.level, v), levels[c.level].Weight
	}
	return out
}

// levelRange says which values a level holds for, seen from the value v.
func levelRange(k measure, levels []Level, i int, v float64) string {
	upTo := levels[i].UpTo
	if math.IsNaN(upTo) {
		return "nothing to compare"
	}
	from := math.Inf(-1)
	if i > 0 && !math.IsNaN(levels[i-1].UpTo) {
		from = levels[i-1].UpTo
	}
	if words := stepWords(k, from, upTo); words != "" {
		return words
	}
	switch {
	case math.IsInf(from, -1) && math.IsInf(upTo, 1):
		return "anything"
	case math.IsInf(from, -1), v > upTo:
		return "at most " + amount(k, upTo)
	case math.IsInf(upTo, 1), v <= from:
		return "more than " + amount(k, from)
	}
	return "between " + amount(k, from) + " and " + amount(k, upTo)
}

// amount writes a value of a comparison with its unit.
func amount(k measure, v float64) string {
	switch k {
	case mJoint:
		return fmt.Sprintf("about %.0f", math.Exp(v))
	case mNet, mAgreeMost, mDisagree, mOdds:
		return fmt.Sprintf("%.1f nats", v)
	}
	return fmt.Sprintf("%.3g", v)
}

// stepWords names the levels of comparisons that know few values; "" for
// those that measure.
func stepWords(k measure, from, upTo float64) string {
	holds := func(v int) bool { return float64(v) > from && float64(v) <= upTo }
	switch k {
	case mLeftBoth, mLeftMost, mLeftAll:
		if holds(0) {
			return "none"
		}
	}
	for v := -1; v <= 1; v++ {
		if word := stepWord(k, v); word != "" && holds(v) {
			return word
		}
	}
	return ""
}
