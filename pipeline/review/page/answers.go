package page

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/unecho/unecho/pipeline/review"
)

// screen is all that the page shows at one moment.
type screen struct {
	Head   review.Head     `json:"head"`
	Card   *review.Card    `json:"card"`             // the question; null when none is left
	Recent []review.Choice `json:"recent"`           // newest first
	Effect *review.Effect  `json:"effect,omitempty"` // of what was just done
	Undone *review.Choice  `json:"undone,omitempty"` // what was just taken back
}

func (s *server) now() screen {
	sc := screen{Head: s.desk.Head(), Recent: s.desk.Recent(recent)}
	if card, ok := s.desk.Next(); ok {
		sc.Card = &card
	}
	return sc
}

func (s *server) after(e review.Effect) screen {
	sc := s.now()
	sc.Effect = &e
	return sc
}

// answer is a choice, and what the screen knew when it was made.
type answer struct {
	Choice review.Choice   `json:"choice"`
	Values []review.Choice `json:"values"` // of fields; recorded first, so that one step back reopens the pair
	Said   int             `json:"said"`   // decisions about the pair that the screen showed
	Chosen bool            `json:"chosen"` // the person went to this pair: it need not be the next
}

// decide records an answer, if it is one to what is open: a window that shows
// what was settled in another is told so instead.
func (s *server) decide(a answer) (any, error) {
	if a.Choice.Kind.Pairwise() {
		if err := s.open(a); err != nil {
			return nil, err
		}
	}
	if k := a.Choice.Kind; !k.Pairwise() && k != review.Keep && k != review.Value {
		return nil, refused{http.StatusBadRequest, "this is no answer to a question: " + string(k)}
	}
	for i, v := range a.Values {
		if v.Kind != review.Value {
			return nil, refused{http.StatusBadRequest, "this is no value of a field: " + string(v.Kind)}
		}
		v.Via = "browser"
		if _, err := s.desk.Decide(v); err != nil {
			return nil, errors.Join(err, s.back(i))
		}
	}
	a.Choice.Via = "browser"
	effect, err := s.desk.Decide(a.Choice)
	if err != nil {
		return nil, errors.Join(err, s.back(len(a.Values)))
	}
	if len(a.Values) > 0 {
		s.bundles = append(s.bundles, a)
	}
	return s.after(effect), nil
}

// back takes back so many decisions that were made for an answer that is not
// taken, or not any more.
func (s *server) back(n int) error {
	for range n {
		if _, _, _, err := s.desk.Undo(); err != nil {
			return fmt.Errorf("values of fields are recorded all the same: %w", err)
		}
	}
	return nil
}

// open reports whether a pair is as the screen showed it.
func (s *server) open(a answer) error {
	card, err := s.desk.Card(a.Choice.A, a.Choice.B)
	if err != nil {
		return err
	}
	if n := len(card.Said); n > a.Said {
		last := card.Said[n-1]
		return stale("not recorded: this pair was answered in the meantime (%s)", last.Kind)
	} else if n < a.Said {
		return stale("not recorded: the answer to this pair was taken back in the meantime")
	}
	if a.Chosen || a.Choice.Probe {
		return nil
	}
	next, ok := s.desk.Next()
	if !ok || !(next.A.ID == a.Choice.A && next.B.ID == a.Choice.B || next.A.ID == a.Choice.B && next.B.ID == a.Choice.A) {
		return stale("not recorded: this pair was settled in the meantime")
	}
	return nil
}

// step is a step back, and the decision that the screen lists as the last.
type step struct {
	Last *review.Choice `json:"last"`
}

func (s *server) undo(back step) (any, error) {
	now := s.desk.Recent(1)
	if len(now) == 0 {
		return nil, stale("there is nothing to take back")
	}
	if l := back.Last; l == nil || l.Kind != now[0].Kind || l.A != now[0].A || l.B != now[0].B || l.Column != now[0].Column {
		return nil, stale("not taken back: something else was decided in the meantime, look at the list")
	}
	undone, effect, ok, err := s.desk.Undo()
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, stale("there is nothing to take back")
	}
	if n := len(s.bundles); n > 0 && s.bundles[n-1].Choice.A == undone.A && s.bundles[n-1].Choice.B == undone.B {
		values := len(s.bundles[n-1].Values)
		s.bundles = s.bundles[:n-1]
		if err := s.back(values); err != nil {
			return nil, err
		}
	}
	sc := s.after(effect)
	sc.Undone = &undone
	return sc, nil
}

// stroke confirms the pairs of a list in one.
type stroke struct {
	From  float64     `json:"from"`
	Pairs [][2]string `json:"pairs"`
}

func (s *server) confirm(c stroke) (any, error) {
	open := make(map[[2]string]bool)
	for _, card := range s.desk.Obvious(c.From) {
		open[[2]string{card.A.ID, card.B.ID}] = true
	}
	for _, pair := range c.Pairs {
		if !open[pair] {
			return nil, stale("not recorded: the list has changed in the meantime, look at it again")
		}
	}
	if len(c.Pairs) == 0 {
		return nil, refused{http.StatusBadRequest, "no pair is chosen"}
	}
	effect, err := s.desk.Confirm(c.Pairs)
	if err != nil {
		return nil, err
	}
	return s.after(effect), nil
}

func (s *server) learn(l struct {
	Keep bool `json:"keep"`
}) (any, error) {
	if err := s.desk.Learn(l.Keep); err != nil {
		return nil, err
	}
	return s.now(), nil
}

// finish writes the outputs and ends the sitting; where that fails it goes on.
func (s *server) finish(struct{}) (any, error) {
	summary, err := s.desk.Done()
	if err != nil {
		return nil, err
	}
	s.over = true
	s.done <- summary
	return map[string][]string{"summary": append([]string{}, summary...)}, nil
}
