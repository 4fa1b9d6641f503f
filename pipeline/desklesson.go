package pipeline

import (
	"cmp"
	"slices"

	"github.com/unecho/unecho/dedupe"
	"github.com/unecho/unecho/pipeline/record"
	"github.com/unecho/unecho/pipeline/review"
)

// heldLesson is a lesson with what it was worked out from.
type heldLesson struct {
	teachers int
	decided  int
	lesson   review.Lesson
	ok       bool
}

// Lesson compares the matching with weights moved by the answers so far with
// the present one: one clustering of the pairs that were measured already, for
// each.
func (d *desk) Lesson() (review.Lesson, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	teachers := d.book.teachers()
	if !d.lessonDue(len(teachers)) {
		return review.Lesson{}, false
	}
	if d.lesson == nil || d.lesson.teachers != len(teachers) || d.lesson.decided != len(d.book.ledger.Decisions) {
		lesson, ok := d.learn(teachers)
		d.lesson = &heldLesson{len(teachers), len(d.book.ledger.Decisions), lesson, ok}
	}
	return d.lesson.lesson, d.lesson.ok
}

// lessonDue says whether there is something to say that was not decided: ten
// answers, or ten more than at the last time.
func (d *desk) lessonDue(teachers int) bool {
	if teachers < dedupe.LearnFrom || d.o.Unmoved {
		return false
	}
	return d.book.says[review.Learn] == "" || teachers/dedupe.LearnFrom > d.book.learnt/dedupe.LearnFrom
}

// learn works out what moved weights change.
func (d *desk) learn(teachers []placedDecision) (lesson review.Lesson, ok bool) {
	o := d.o.matching()
	o.Progress, o.Stopped = nil, d.match.how.stopped
	for _, p := range d.book.force {
		if p.Kind.Decides() {
			o.Answers = append(o.Answers, dedupe.Answer{A: p.a, B: p.b, Same: p.Kind == review.Same, Links: !p.Teaches})
		}
	}
	explain, moved := d.searched.Learned(o)
	if moved == nil {
		return lesson, false
	}
	after, err := d.searched.Match(d.ctx, explain)
	if err != nil {
		return lesson, false
	}
	still := o
	still.Unmoved = d.match.how.learned == ""
	before, err := d.searched.Match(d.ctx, still)
	if err != nil {
		return lesson, false
	}
	lesson = review.Lesson{Answers: len(teachers), Words: moved.Words(), Joined: []review.Card{}, Split: []review.Card{}}
	if lesson.Words == nil {
		lesson.Words = []string{}
	}
	compareQuestions(&lesson, before, after)
	for _, link := range apartIn(before, after) {
		lesson.Joined = append(lesson.Joined, d.shownUnder(explain, link))
	}
	for _, link := range apartIn(after, before) {
		lesson.Split = append(lesson.Split, d.shownUnder(explain, link))
	}
	return lesson, true
}

// compareQuestions counts what becomes of the questions of one matching in
// another.
func compareQuestions(lesson *review.Lesson, before, after *dedupe.Result) {
	was, is := questionsOf(before), questionsOf(after)
	asked := func(questions map[[2]int32]*record.Link, r *dedupe.Result, link *record.Link) bool {
		_, ok := questions[clustersOf(r, *link)]
		return ok
	}
	for _, link := range was {
		switch {
		case after.Cluster[link.A] == after.Cluster[link.B]:
			lesson.Surer++
		case !asked(is, after, link):
			lesson.Fewer++
		}
	}
	for _, link := range is {
		if before.Cluster[link.A] != before.Cluster[link.B] && !asked(was, before, link) {
			lesson.More++
		}
	}
}

// lessonExamples is how many pairs of a kind a lesson shows.
const lessonExamples = 5

// apartIn gives pairs that stand apart in one matching and together in
// another: of each two clusters the strongest pair, and of these the weakest,
// which a person should see first.
func apartIn(apart, together *dedupe.Result) []record.Link {
	best := strongestBetween(apart, together.Links, func(link record.Link) bool {
		return together.Cluster[link.A] == together.Cluster[link.B]
	})
	links := make([]record.Link, 0, len(best))
	for _, link := range best {
		links = append(links, *link)
	}
	slices.SortFunc(links, func(x, y record.Link) int {
		return cmp.Or(cmp.Compare(x.Score, y.Score), byRows(x, y))
	})
	return links[:min(lessonExamples, len(links))]
}

// shownUnder is a pair with its probability under other settings.
func (d *desk) shownUnder(o dedupe.Options, link record.Link) review.Card {
	return d.brief(ask{Link: d.searched.Explain(o, link.A, link.B).Link})
}

// Learn keeps the lesson or leaves the weights as they are. The list is
// matched anew where that changes them.
func (d *desk) Learn(keep bool) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, err := d.fresh(); err != nil {
		return err
	}
	said := review.Decision{Kind: review.Learn, Value: review.No}
	if keep {
		said.Value = review.Yes
	}
	if _, err := d.record([]review.Decision{said}, []onRows{{}}); err != nil {
		return err
	}
	return d.replay()
}
