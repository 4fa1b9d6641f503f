package dedupe

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestRungsHalveTheLadder(t *testing.T) {
	var got []float64
	for i := range 7 {
		got = append(got, rung(i))
	}
	if want := []float64{-0.5, -2.5, 1.5, -3.5, 0.5, -1.5, 2.5}; !slices.Equal(got, want) {
		t.Errorf("rungs %v, want %v", got, want)
	}
}

// implied is the slow reference: it walks all chains of answers.
func implied(p *Prepared, answers []Answer, a, b int32) bool {
	of := p.list.of
	reach := func(from int32) map[int32]bool {
		seen := map[int32]bool{from: true}
		for grew := true; grew; {
			grew = false
			for _, q := range answers {
				x, y := of[q.A], of[q.B]
				if q.Same && seen[x] != seen[y] {
					seen[x], seen[y], grew = true, true, true
				}
			}
		}
		return seen
	}
	left, right := reach(a), reach(b)
	if left[b] {
		return true
	}
	for _, q := range answers {
		x, y := of[q.A], of[q.B]
		if !q.Same && (left[x] && right[y] || left[y] && right[x]) {
			return true
		}
	}
	if p.list.across != nil {
		for x := range left {
			for y := range right {
				if p.list.across[x] == p.list.across[y] {
					return true
				}
			}
		}
	}
	return false
}

// Nothing that is known is asked, and what is not asked in the end is known.
func TestNothingKnownIsAsked(t *testing.T) {
	for _, across := range []bool{false, true} {
		p, truth := rivals(t, nil, across)
		q := p.Questions(Options{})
		var answers []Answer
		for len(answers) < 400 {
			next, ok := q.Next()
			if !ok {
				break
			}
			if implied(p, answers, p.list.of[next.A], p.list.of[next.B]) {
				t.Fatalf("across %v: rows %d and %d were asked after %d answers that imply them", across, next.A, next.B, len(answers))
			}
			a := Answer{A: next.A, B: next.B, Same: truth[next.A] == truth[next.B]}
			answers = append(answers, a)
			q.Answer(a)
		}
		if _, more := q.Next(); more {
			continue
		}
		for _, pair := range p.pairs {
			if !implied(p, answers, pair.A, pair.B) {
				t.Fatalf("across %v: records %d and %d were never asked", across, pair.A, pair.B)
			}
		}
	}
}

// The questions of a list in another order are the same questions.
func TestQuestionsForgetTheOrder(t *testing.T) {
	p, truth := rivals(t, nil, false)
	texts := func(p *Prepared, answers []Answer) (all [][3]string) {
		for _, a := range answers {
			x, y := p.list.in.Cells[a.A], p.list.in.Cells[a.B]
			same := "different"
			if a.Same {
				same = "same"
			}
			all = append(all, [3]string{min(x, y), max(x, y), same})
		}
		return all
	}
	want := texts(p, p.Ask(Options{}, 35, truthful(truth)))
	rng := rand.New(rand.NewPCG(3, 3))
	for range 3 {
		p, truth := rivals(t, rng, false)
		if got := texts(p, p.Ask(Options{}, 35, truthful(truth))); !slices.Equal(got, want) {
			t.Fatalf("asked %v, want %v", got, want)
		}
	}
}

// Asking goes on tomorrow where it ended today.
func TestQuestionsGoOn(t *testing.T) {
	p, truth := rivals(t, nil, false)
	same := truthful(truth)
	whole := p.Ask(Options{}, 35, same)
	part := p.Ask(Options{}, 17, same)
	if got := p.Ask(Options{Answers: part}, 18, same); !slices.Equal(got, whole) {
		t.Errorf("asked %v, want %v", got, whole)
	}
}

// A list of questions for a sheet, with nothing answered, names no pair twice.
func TestQuestionsForASheet(t *testing.T) {
	p, _ := rivals(t, nil, false)
	q := p.Questions(Options{})
	seen := map[[2]int]bool{}
	for {
		next, ok := q.Next()
		if !ok {
			break
		}
		if pair := [2]int{next.A, next.B}; seen[pair] || next.A >= next.B {
			t.Fatalf("rows %v", pair)
		} else {
			seen[pair] = true
		}
	}
	if len(seen) != len(p.pairs) {
		t.Errorf("%d of %d pairs asked", len(seen), len(p.pairs))
	}
}
