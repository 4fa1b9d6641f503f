package page

import (
	"net/http"

	"github.com/unecho/unecho/pipeline/review"
)

func (s *server) screen(*http.Request) (any, error) { return s.now(), nil }

func (s *server) card(r *http.Request) (any, error) {
	q := r.URL.Query()
	return s.desk.Card(q.Get("a"), q.Get("b"))
}

func (s *server) group(r *http.Request) (any, error) {
	return s.desk.Group(r.URL.Query().Get("id"))
}

// row is a pair in a list: short, with what differs.
type row struct {
	A           review.Side    `json:"a"`
	B           review.Side    `json:"b"`
	Fields      []review.Field `json:"fields"`
	Probability float64        `json:"probability"`
}

// fieldsInRow is how many differing fields a row shows.
const fieldsInRow = 4

func rows(cards []review.Card) []row {
	out := make([]row, len(cards))
	for i, c := range cards {
		out[i] = row{A: short(c.A), B: short(c.B), Probability: c.Probability, Fields: []review.Field{}}
		for _, f := range c.Fields {
			if !f.Equal && len(out[i].Fields) < fieldsInRow {
				out[i].Fields = append(out[i].Fields, f)
			}
		}
	}
	return out
}

func short(side review.Side) review.Side {
	return review.Side{ID: side.ID, Row: side.Row, Text: side.Text, Where: side.Where, Copies: side.Copies}
}

func (s *server) obvious(r *http.Request) (any, error) {
	from, err := number(r, "from", 0, 1)
	if err != nil {
		return nil, err
	}
	cards := s.desk.Obvious(from)
	return pile{len(cards), rows(cards[:min(rowsInPile, len(cards))])}, nil
}

// pile is a list of pairs that can be confirmed in one stroke: the first of
// so many.
type pile struct {
	Pairs int   `json:"pairs"`
	Rows  []row `json:"rows"`
}

// rowsInPile is how many pairs are shown, and confirmed, at once: more than a
// person looks over.
const rowsInPile = 1000

func (s *server) obviousCount(r *http.Request) (any, error) {
	from, err := number(r, "from", 0, 1)
	if err != nil {
		return nil, err
	}
	return len(s.desk.Obvious(from)), nil
}

func (s *server) probe(r *http.Request) (any, error) {
	n, err := number(r, "n", 1, 100)
	if err != nil {
		return nil, err
	}
	return append([]review.Card{}, s.desk.Probe(int(n))...), nil
}

// lessonShown is a lesson with rows in place of cards; null when there is none.
type lessonShown struct {
	review.Lesson
	Joined []row `json:"joined"`
	Split  []row `json:"split"`
}

func (s *server) lesson(*http.Request) (any, error) {
	lesson, ok := s.desk.Lesson()
	if !ok {
		return nil, nil
	}
	return lessonShown{lesson, rows(lesson.Joined), rows(lesson.Split)}, nil
}
