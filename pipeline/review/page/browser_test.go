package page

import (
	"testing"

	"github.com/unecho/unecho/pipeline/review"
)

func posts() []review.Card {
	return cards(
		[2]string{"How Harbourline Keeps 14,000 Containers in Sync", "How Harbourline keeps 14,000 containers in sync – tech.harbourline"},
		[2]string{"What a Tide Table Taught Us About Caching", "What a Tide Table Taught Us About Caching (2)"},
		[2]string{"Methods for measuring the cost of a slow build", "Measuring the cost of a slow build"},
		[2]string{"Lesson 3: Tying knots", "Lesson 4: Tying knots"},
		[2]string{"Retries considered harmful", "Retries considered useful"},
	)
}

func TestOneQuestion(t *testing.T) {
	desk := &fake{cards: posts()}
	address, _ := served(t, desk)
	w := open(t, chromium(t), address)
	w.picture("light")
	w.keys("s")
	w.shows("#news", "Same")
	w.picture("second")
	w.dark(true)
	w.picture("dark")
}
