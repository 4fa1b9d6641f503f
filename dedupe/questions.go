package dedupe

import (
	"cmp"
	"math"
	"slices"
)

// Question is a pair of rows, counted from 0, that a person is asked about.
type Question struct {
	A, B        int
	Score       float64
	Probability float64
}

// Questions gives the pairs to ask in the order in which answers help most: in
// turn the pair nearest to the threshold and the next of a fixed ladder of
// scores. Doubtful pairs alone are as good on average and fail badly on single
// lists, where all that is asked lies on one side. A pair is never asked twice,
// nor one that decisions and answers imply. Where lists are linked (Across),
// pairs that a merge would rest on come first (see deciding).
//
// The order is a pure function of the list, the weights and the answers, and
// does not depend on the order of the records. Scores are those of the weights
// as the last full ten answers moved them.
type Questions struct {
	p        *Prepared
	o        Options // as given, with no answers
	answers  []Answer
	turn     int
	scores   []float64
	order    []int32 // the pairs by rising score
	deciding []int32 // of them, those that come first where lists are linked
	asked    map[int32]bool
	settled  *settled
}

// round is how many answers are taken before the questions are put in order
// again.
const round = 10

// Questions starts where o.Answers end. Of o, it looks at Weights too.
func (p *Prepared) Questions(o Options) *Questions {
	q := &Questions{p: p, o: o, answers: slices.Clone(o.Answers), turn: len(o.Answers), asked: map[int32]bool{}}
	q.o.Answers = nil
	q.sort()
	q.settled = p.settle(q.answers)
	return q
}

// sort puts the pairs in order of their scores.
func (q *Questions) sort() {
	w := q.o.resolve().Weights
	w = q.p.Adapt(w, q.answers[:len(q.answers)/round*round]).Weights
	q.scores = q.p.scores(w)
	if q.order == nil {
		q.order = make([]int32, len(q.scores))
		for i := range q.order {
			q.order[i] = int32(i)
		}
	}
	slices.SortFunc(q.order, func(i, j int32) int {
		return cmp.Or(cmp.Compare(q.scores[i], q.scores[j]), cmp.Compare(i, j))
	})
	if q.p.list.across != nil {
		q.deciding = q.p.deciding(q.order)
	}
}

// Next gives the next question, whether or not those before were answered; ok
// is false when there is nothing left to ask.
func (q *Questions) Next() (_ Question, ok bool) {
	i := q.at(q.turn, func(i int32) bool {
		pair := q.p.pairs[i]
		return !q.asked[i] && !q.settled.decides(pair.A, pair.B)
	})
	if i < 0 {
		return Question{}, false
	}
	q.turn++
	q.asked[i] = true
	return q.question(i), true
}

// Turn gives the question of a turn, from 0, of those that open allows: rows
// of the list, whatever was asked or answered before. It changes nothing, so
// that who remembers the answers can ask the same question again.
func (q *Questions) Turn(turn int, open func(a, b int) bool) (_ Question, ok bool) {
	i := q.at(turn, func(i int32) bool {
		next := q.question(i)
		return open(next.A, next.B)
	})
	if i < 0 {
		return Question{}, false
	}
	return q.question(i), true
}

// at gives the pair of a turn, -1 for none.
func (q *Questions) at(turn int, open func(i int32) bool) int32 {
	at := 0.0 // as likely the same as not
	if turn%2 == 1 {
		at = rung(turn / 2)
	}
	if i := q.nearest(q.deciding, at, open); i >= 0 {
		return i
	}
	return q.nearest(q.order, at, open)
}

func (q *Questions) question(i int32) Question {
	pair := q.p.pairs[i]
	a, b := int(q.p.list.row(pair.A)), int(q.p.list.row(pair.B))
	return Question{A: min(a, b), B: max(a, b), Score: q.scores[i], Probability: bounded(q.scores[i])}
}

// Answer takes what a person said, about any pair.
func (q *Questions) Answer(a Answer) {
	q.answers = append(q.answers, a)
	q.settled = q.p.settle(q.answers)
	if len(q.answers)%round == 0 {
		q.sort()
	}
}

// Answers gives all answers so far, those of the start included.
func (q *Questions) Answers() []Answer { return slices.Clone(q.answers) }

// nearest gives the pair of an order whose score is nearest to a point, of
// those that may be asked, -1 for none. Of two as near, the higher is taken.
func (q *Questions) nearest(order []int32, at float64, open func(i int32) bool) int32 {
	above, _ := slices.BinarySearchFunc(order, at, func(i int32, at float64) int { return cmp.Compare(q.scores[i], at) })
	below := above - 1
	for below >= 0 || above < len(order) {
		down, up := math.Inf(1), math.Inf(1)
		if below >= 0 {
			down = at - q.scores[order[below]]
		}
		if above < len(order) {
			up = q.scores[order[above]] - at
		}
		i := int32(0)
		if down < up {
			i, below = order[below], below-1
		} else {
			i, above = order[above], above+1
		}
		if open(i) {
			return i
		}
	}
	return -1
}

// The ends of the ladder, in nats.
const (
	ladderFrom = -4.5
	ladderTo   = 3.5
)

// rung gives the i-th score of the ladder, whose length is halved again and
// again (van der Corput 1935): the middle first, then the quarters, then the
// eighths. Any number of rungs covers it evenly.
func rung(i int) float64 {
	share, part := 0.0, 0.5
	for i++; i > 0; i /= 2 {
		if i%2 == 1 {
			share += part
		}
		part /= 2
	}
	return ladderFrom + (ladderTo-ladderFrom)*share
}

// Ask puts up to n questions, in order, to whoever answers, on top of
// o.Answers, and gives all answers. It ends early when nothing is left to ask.
func (p *Prepared) Ask(o Options, n int, same func(a, b int) bool) []Answer {
	q := p.Questions(o)
	for range n {
		next, ok := q.Next()
		if !ok {
			break
		}
		q.Answer(Answer{A: next.A, B: next.B, Same: same(next.A, next.B)})
	}
	return q.Answers()
}
