package pipeline

import (
	"context"
	"strings"
	"testing"
)

// The curve begins with no answers, ends with the last one, and a list about
// which nothing is left to ask ends it early.
func TestAnswerCurve(t *testing.T) {
	list, err := Read(context.Background(), Options{Inputs: []string{"-"}, From: "csv", Stdin: strings.NewReader(
		"title,year\nA long walk to the sea,1999\nGardens of the north,2004\nA long walk to the seas,1999\nGardens of the north and south,2004\n")})
	if err != nil {
		t.Fatal(err)
	}
	searched, err := Prepare(context.Background(), list, Options{})
	if err != nil {
		t.Fatal(err)
	}
	points, err := AnswerCurve(context.Background(), searched.Prepared, Options{}, []int32{0, 1, 0, 2}, nil, 30)
	if err != nil {
		t.Fatal(err)
	}
	last := points[len(points)-1]
	if len(points) != 2 || points[0].Answers != 0 || last.Answers == 0 || last.Answers >= 10 {
		t.Fatalf("points %+v", points)
	}
	if last.Balanced.Pairs.F1 != 1 || last.Default.Pairs.F1 != 1 || last.Same != 1 {
		t.Errorf("with all answered, the list is not as answered: %+v", last)
	}
}
