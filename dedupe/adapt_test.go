package dedupe

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/unecho/unecho/pipeline/record"
)

// rivals is a list of titles in which every title stands twice, the second
// time with a slip, beside another that differs in one word.
func rivals(t *testing.T, shuffle *rand.Rand, across bool) (p *Prepared, truth []int32) {
	t.Helper()
	words := []string{"river", "stone", "amber", "falcon", "harbour", "meadow", "copper", "winter", "lantern", "orchard", "saddle", "violet"}
	type entry struct {
		text  string
		truth int32
		list  int32
	}
	var entries []entry
	for i, w := range words {
		for k, v := range words[i+1:] {
			c := int32(i*len(words) + k)
			entries = append(entries, entry{"the " + w + " and the " + v, c, 0}, entry{"the " + w + " and " + v + "e", c, 1})
		}
	}
	if shuffle != nil {
		shuffle.Shuffle(len(entries), func(i, j int) { entries[i], entries[j] = entries[j], entries[i] })
	}
	in := &Input{Columns: []record.Column{{Name: "title", Role: record.Title}}, Forms: make([][]record.Form, 1)}
	for _, e := range entries {
		in.Cells = append(in.Cells, e.text)
		in.Forms[0] = append(in.Forms[0], record.Form{Text: e.text, Core: e.text})
		truth = append(truth, e.truth)
		if across {
			in.Across = append(in.Across, e.list)
		}
	}
	p, err := Prepare(context.Background(), in, nil)
	if err != nil {
		t.Fatal(err)
	}
	return p, truth
}

func truthful(truth []int32) func(a, b int) bool {
	return func(a, b int) bool { return truth[a] == truth[b] }
}

func TestBelowTenAnswersTheWeightsStay(t *testing.T) {
	p, truth := rivals(t, nil, false)
	w := Shipped()
	answers := p.Ask(Options{}, LearnFrom, truthful(truth))
	if len(answers) != LearnFrom {
		t.Fatalf("%d answers", len(answers))
	}
	if a := p.Adapt(w, answers[:LearnFrom-1]); a.Weights != w || a.Learned != 0 || a.Words() != nil {
		t.Errorf("%d answers made %+v", LearnFrom-1, a)
	}
	if a := p.Adapt(w, answers); a.Weights == w || a.Learned != LearnFrom || len(a.Words()) == 0 {
		t.Errorf("%d answers made %+v", LearnFrom, a)
	}
	if a := p.Adapt(w, slices.Repeat([]Answer{{A: 3, B: 3, Same: true}}, 20)); a.Learned != 0 {
		t.Errorf("%d answers about equal records taught something", a.Learned)
	}
}

// The order in which answers were given changes nothing, to the bit.
func TestAdaptForgetsTheOrder(t *testing.T) {
	p, truth := rivals(t, nil, false)
	answers := p.Ask(Options{}, 30, truthful(truth))
	want := p.Adapt(Shipped(), answers)
	rng := rand.New(rand.NewPCG(1, 1))
	for range 10 {
		rng.Shuffle(len(answers), func(i, j int) { answers[i], answers[j] = answers[j], answers[i] })
		for i := range answers {
			if rng.IntN(2) == 0 {
				answers[i].A, answers[i].B = answers[i].B, answers[i].A
			}
		}
		if diff := cmp.Diff(want.Factors, p.Adapt(Shipped(), answers).Factors); diff != "" {
			t.Fatal(diff)
		}
	}
}

// The score under moved weights is the sum that was learned.
func TestMovedWeightsScoreAsLearned(t *testing.T) {
	p, truth := rivals(t, nil, false)
	w := Shipped()
	a := p.Adapt(w, p.Ask(Options{}, 40, truthful(truth)))
	for i := range p.pairs {
		want := w.Base + a.Shift
		for m := range measureCount {
			want += a.Factors[m] * w.weight(m, float64(p.rows.at(i)[m]))
		}
		if got := a.Weights.score(p.rows.at(i)); math.Abs(got-want) > 1e-9 {
			t.Fatalf("pair %d scores %v, want %v", i, got, want)
		}
	}
}

// The search finds the top of the posterior: no small move in any direction
// is better. One answer in ten may be a slip.
func TestRidgeIsAtTheTop(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	for trial := range 50 {
		r := &ridge{sd: []float64{2, 0.3, 0.3, 1}}
		if trial%2 == 1 {
			r.wrong = 0.05
		}
		for range 5 + rng.IntN(60) {
			x := []float64{1, rng.NormFloat64(), 3 * rng.NormFloat64(), rng.NormFloat64()}
			r.x, r.offset = append(r.x, x), append(r.offset, 4*rng.NormFloat64())
			r.same = append(r.same, rng.Float64() < probability(x[1]+x[2]))
		}
		x := r.solve()
		top := r.value(x)
		for range 200 {
			y := slices.Clone(x)
			for j := range y {
				y[j] += 0.02 * rng.NormFloat64()
			}
			if v := r.value(y); v > top+1e-6 {
				t.Fatalf("trial %d: %v at %v is better than %v at %v", trial, v, y, top, x)
			}
		}
	}
}

// Odds beyond what a number holds break nothing.
func TestRidgeBearsExtremes(t *testing.T) {
	r := &ridge{sd: []float64{2, 0.3}}
	for i := range 20 {
		r.x = append(r.x, []float64{1, 1e4})
		r.offset = append(r.offset, float64(1-2*(i%2))*1e5)
		r.same = append(r.same, i%3 == 0)
	}
	for _, v := range r.solve() {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			t.Errorf("parameter %v", v)
		}
	}
}

// Answers are obeyed, and move the pairs that nobody was asked about: here, a
// list in which what looks the same is not.
func TestAnswersMoveTheList(t *testing.T) {
	p, truth := rivals(t, nil, false)
	for r := range truth {
		truth[r] = int32(r)
	}
	wrong := func(o Options) int {
		o.Balanced = true
		labels, err := p.Labels(context.Background(), o)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range o.Answers {
			if (labels[a.A] == labels[a.B]) != a.Same {
				t.Errorf("rows %d and %d: answered %v", a.A, a.B, a.Same)
			}
		}
		n := 0
		for _, q := range p.pairs {
			a, b := p.list.row(q.A), p.list.row(q.B)
			if (labels[a] == labels[b]) != (truth[a] == truth[b]) {
				n++
			}
		}
		return n
	}
	// Cautious, the answers are obeyed as well, and nothing else is merged.
	answers := p.Ask(Options{}, 30, truthful(truth))
	labels, err := p.Labels(context.Background(), Options{Answers: answers})
	if err != nil {
		t.Fatal(err)
	}
	if merged := len(labels) - int(slices.Max(labels)) - 1; merged > 0 {
		t.Errorf("%d records were merged in a list without repeats", merged)
	}
	before := wrong(Options{})
	after := wrong(Options{Answers: answers})
	if before == 0 || after >= before {
		t.Errorf("%d pairs were wrong, %d after 30 answers", before, after)
	}
}
