package dedupe

import "fmt"

// What may be merged without anyone looking once answers have moved the
// weights. The numbers hold whatever Same is.
const (
	answeredSame  = 0.97 // probability that suffices alone
	answeredQuiet = 0.9  // probability that suffices where no word and no number speaks against it
)

// sure says whether a pair may be merged without anyone looking. Until answers
// have moved the weights that is certain. From then on, what was certain has to
// be more likely than not by the moved weights too, and what they find very
// likely is added: on lists of a kind not seen before, this made both
// precision and recall higher (docs/matching.md).
func sure(score float64, m *comparison, f facts, o *Options) bool {
	if o.shipped == nil {
		return certain(score, f, o)
	}
	return likely(score, f) || score >= 0 && certain(o.shipped.score(m), f, o)
}

// likely says whether moved weights find a pair very likely.
func likely(score float64, f facts) bool {
	p := probability(score)
	if p >= answeredSame {
		return true
	}
	quiet := f&factNumbersAgree != 0 && f&(factNoWordLeft|factContained) != 0
	return p >= answeredQuiet && quiet
}

// answeredConditions are those of sure.
func answeredConditions(score float64, m *comparison, f facts, o *Options) []Condition {
	return []Condition{
		{"after your answers it is more likely than not", score >= 0},
		{fmt.Sprintf("it was certain before them, or after them the probability is %.2f or more, or %.2f with no number of its own and no word left over on one side", answeredSame, answeredQuiet),
			likely(score, f) || certain(o.shipped.score(m), f, o)},
	}
}
