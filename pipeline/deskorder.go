package pipeline

import (
	"cmp"
	"slices"

	"github.com/unecho/unecho/dedupe"
	"github.com/unecho/unecho/pipeline/review"
)

// The bargain: so many questions are asked to learn from, in the order of
// dedupe.Questions, before any other. Answers about later questions bind
// their records and teach nothing: pairs chosen by what they settle would ruin
// the weights.
const (
	bargainAnswers = dedupe.LearnFrom
	// A list with fewer questions and fewer records than these is asked about
	// as it is: ten questions would be more than it has.
	bargainQuestions = 10
	bargainRecords   = 100
)

// ladder gives the questions to learn from; made when the first is asked.
type ladder struct {
	questions *dedupe.Questions
}

// bargain is how many answers are missing to the first ten.
func (d *desk) bargain() int {
	if _, ok := d.lessonQuestion(len(d.book.teachers()), nil); !ok {
		return 0
	}
	return bargainAnswers - len(d.book.teachers())
}

// lessonQuestion gives the question of a turn to learn from, but for pairs
// that were taken already; ok is false when it has come to an end.
func (d *desk) lessonQuestion(turn int, taken map[[2]int]bool) (pair [2]int, ok bool) {
	if turn >= bargainAnswers || d.o.Unmoved || d.match.how.stopped {
		return pair, false
	}
	if turn == 0 && len(d.match.asks) < bargainQuestions && d.list.Table.Len() < bargainRecords {
		return pair, false
	}
	if d.first.questions == nil {
		o := d.o.matching()
		o.Progress = nil
		d.first.questions = d.searched.Questions(o)
	}
	q, ok := d.first.questions.Turn(turn, func(a, b int) bool {
		pair := d.book.pairOf(a, b)
		return !taken[pair] && !d.known(a, b)
	})
	return [2]int{q.A, q.B}, ok
}

// known says whether a pair of the search needs no question to learn from: it
// is decided or implied, or was put off.
func (d *desk) known(a, b int) bool {
	pair := d.book.pairOf(a, b)
	if pair[0] == pair[1] || d.said.same(pair[0], pair[1]) || d.groups.apart(a, b) {
		return true
	}
	if _, skipped := d.book.skipped(pair); skipped {
		return true
	}
	// What the search put together by itself may be asked about, what an
	// answer put together may not.
	cluster := d.match.found.Cluster
	return d.groups.same(a, b) && cluster[a] != cluster[b]
}

// next gives the pair to ask now: decisions that were carried over, the first
// ten, then what settles most, and what was put off when nothing else is left.
func (d *desk) next() (pair [2]int, ok bool) {
	if carried := d.carried(); len(carried) > 0 {
		return carried[0].pair(), true
	}
	if pair, ok := d.lessonQuestion(len(d.book.teachers()), nil); ok {
		return pair, true
	}
	if len(d.open) == 0 {
		return pair, false
	}
	best := &d.open[0]
	for i := range d.open {
		if d.order(&d.open[i], best) < 0 {
			best = &d.open[i]
		}
	}
	return [2]int{best.A, best.B}, true
}

// order puts the question first that settles most, among equals that which
// stands first in d.open: the likeliest. What was put off comes last, the
// longest ago first.
func (d *desk) order(p, q *ask) int {
	return cmp.Or(cmp.Compare(p.skipped, q.skipped), cmp.Compare(d.use(*q), d.use(*p)))
}

// ahead gives up to n pairs in the order in which they would be asked.
func (d *desk) ahead(n int) (pairs [][2]int) {
	taken := map[[2]int]bool{}
	add := func(pair [2]int) {
		if key := d.book.pairOf(pair[0], pair[1]); len(pairs) < n && !taken[key] {
			taken[key] = true
			pairs = append(pairs, pair)
		}
	}
	for _, p := range d.carried() {
		add(p.pair())
	}
	for turn := len(d.book.teachers()); ; turn++ {
		pair, ok := d.lessonQuestion(turn, taken)
		if !ok {
			break
		}
		add(pair)
	}
	rest := slices.Clone(d.open)
	slices.SortStableFunc(rest, func(p, q ask) int { return d.order(&p, &q) })
	for _, q := range rest {
		add([2]int{q.A, q.B})
	}
	return pairs
}

// teaches says whether an answer about a pair teaches: it is the question that
// is asked to learn from, or a word that replaces one that taught.
func (d *desk) teaches(pair [2]int) bool {
	if w := d.book.word(pair); w != nil {
		return w.Teaches
	}
	asked, ok := d.lessonQuestion(len(d.book.teachers()), nil)
	return ok && d.book.pairOf(asked[0], asked[1]) == pair
}

// Obvious gives the questions from a probability on, the likeliest first.
func (d *desk) Obvious(from float64) []review.Card {
	d.mu.Lock()
	defer d.mu.Unlock()
	var cards []review.Card
	for _, q := range d.open {
		if q.Probability >= from {
			cards = append(cards, d.brief(q))
		}
	}
	return cards
}
