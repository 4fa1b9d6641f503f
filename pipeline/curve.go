package pipeline

import (
	"context"

	"github.com/unecho/unecho/dedupe"
	"github.com/unecho/unecho/pipeline/evaluate"
)

// Point is how well a list is cleaned after so many answers. Its JSON keys are
// stable.
type Point struct {
	Answers  int             `json:"answers"`
	Same     int             `json:"same"`     // of them, that two are the same
	Default  evaluate.Scores `json:"default"`  // what clean does
	Balanced evaluate.Scores `json:"balanced"` // what clean --balanced does
	Changed  []string        `json:"changed"`  // what the answers made of the weights, in words; empty below dedupe.LearnFrom answers
}

// curveSteps are the numbers of answers at which a list is scored.
var curveSteps = [...]int{0, 10, 20, 50, 100, 200, 500, 1000}

// AnswerCurve lets known clusters answer up to most questions, in the order in
// which a person would be asked, and scores the list after 0, 10, 20, 50, 100,
// … answers and after the last. truth and sources are as in evaluate.Score; of
// o, Weights, Same and Review count. Only the first search is made, not those
// of what it leaves.
func AnswerCurve(ctx context.Context, p *dedupe.Prepared, o Options, truth, sources []int32, most int) ([]Point, error) {
	settings := o.matching()
	settings.Progress = nil
	answers := p.Ask(settings, most, func(a, b int) bool { return truth[a] == truth[b] })
	var points []Point
	for _, n := range append(curveSteps[:], most) {
		if n > len(answers) {
			n = len(answers)
		}
		if len(points) > 0 && n <= points[len(points)-1].Answers {
			continue
		}
		settings.Answers = answers[:n]
		point, err := pointOf(ctx, p, settings, truth, sources)
		if err != nil {
			return nil, err
		}
		points = append(points, point)
	}
	return points, nil
}

// pointOf scores a list at its default and balanced.
func pointOf(ctx context.Context, p *dedupe.Prepared, o dedupe.Options, truth, sources []int32) (Point, error) {
	weights := o.Weights
	if weights == nil {
		weights = dedupe.Shipped()
	}
	point := Point{Answers: len(o.Answers), Changed: p.Adapt(weights, o.Answers).Words()}
	for _, a := range o.Answers {
		if a.Same {
			point.Same++
		}
	}
	for _, o.Balanced = range []bool{false, true} {
		labels, err := p.Labels(ctx, o)
		if err != nil {
			return point, err
		}
		if scores := evaluate.Score(truth, labels, sources); o.Balanced {
			point.Balanced = scores
		} else {
			point.Default = scores
		}
	}
	return point, nil
}
