package dedupe

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/unecho/unecho/pipeline/record"
)

// largeList is a list of more than smallList records, titles and what stands
// beside them, one in ten a repeat written a little differently.
func largeList(n int) *Input {
	random := rand.New(rand.NewPCG(9, 9))
	zipf := rand.NewZipf(random, 1.1, 8, 40_000)
	word := func() string {
		return fmt.Sprintf("w%s", strings.Map(func(r rune) rune { return r - '0' + 'a' }, fmt.Sprint(zipf.Uint64()+100)))
	}
	in := &Input{Columns: []record.Column{{Name: "title", Role: record.Title}, {Name: "house", Role: record.Organisation}}, Forms: make([][]record.Form, 2)}
	var titles []string
	for i := range n {
		var w []string
		if i > 0 && random.IntN(10) == 0 {
			w = strings.Fields(titles[random.IntN(i)])
			switch random.IntN(3) {
			case 0:
				w[random.IntN(len(w))] = word()
			case 1:
				k := random.IntN(len(w))
				w[k] += "x"
			}
		} else {
			for range 4 + random.IntN(8) {
				w = append(w, word())
			}
		}
		titles = append(titles, strings.Join(w, " "))
		house := word()
		in.Cells = append(in.Cells, titles[i], house)
		in.Forms[0] = append(in.Forms[0], record.Form{Text: titles[i], Core: titles[i]})
		in.Forms[1] = append(in.Forms[1], record.Form{Text: house, Core: house})
	}
	return in
}

// TestLeftIsPreparedFromTheStart holds what is left of a large list to a search
// from the start: nothing more may be merged, nearly the same pairs are asked
// about, and each is as sure but for a little.
func TestLeftIsPreparedFromTheStart(t *testing.T) {
	ctx := context.Background()
	in := largeList(30_000)
	var o Options
	search := func(in *Input) (*Prepared, *Result, []int) {
		p, err := Prepare(ctx, in, nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := p.Match(ctx, o)
		if err != nil {
			t.Fatal(err)
		}
		var kept []int
		for r, s := range res.Survivor {
			if int(s) == r {
				kept = append(kept, r)
			}
		}
		return p, res, kept
	}
	p, _, kept := search(in)
	if len(kept) == in.Len() {
		t.Fatal("nothing is removed")
	}
	left, ok, err := p.Left(ctx, kept, nil, nil, false, o)
	if !ok || err != nil {
		t.Fatal(ok, err)
	}
	got, err := left.Match(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	fresh := &Input{Columns: in.Columns, Forms: make([][]record.Form, 2)}
	for _, r := range kept {
		fresh.Cells = append(fresh.Cells, in.Cells[2*r:2*r+2]...)
		for c := range 2 {
			fresh.Forms[c] = append(fresh.Forms[c], in.Forms[c][r])
		}
	}
	_, want, _ := search(fresh)
	if !slices.Equal(got.Survivor, want.Survivor) {
		t.Error("others are merged than in a search from the start")
	}
	scores := map[[2]int]float64{}
	for _, k := range want.Links {
		scores[[2]int{k.A, k.B}] = k.Score
	}
	both, apart := 0, 0.0
	for _, k := range got.Links {
		score, there := scores[[2]int{k.A, k.B}]
		if !there {
			score = logOdds(o.resolve().Review)
		} else {
			both++
		}
		if math.Abs(k.Score-score) > farOff {
			t.Errorf("rows %d and %d: score %.2f, in a search from the start %.2f", k.A, k.B, k.Score, score)
		}
		apart += math.Abs(k.Score - score)
	}
	t.Logf("%d links, %d from the start, %d both, %.4f nats apart", len(got.Links), len(want.Links), both, apart/float64(len(got.Links)))
	if both*100 < 99*len(want.Links) || apart > 0.02*float64(len(got.Links)) {
		t.Errorf("of %d links %d are found; scores are %.3f apart", len(want.Links), both, apart/float64(len(got.Links)))
	}

	over, ok, err := p.Left(ctx, kept, nil, nil, true, o)
	if !ok || err != nil {
		t.Fatal(ok, err)
	}
	again, err := over.Match(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(again.Links, got.Links) || !slices.Equal(again.Reason, got.Reason) {
		t.Error("laid over the list, what is left is another")
	}
}

// TestLittleGoneLeavesPairsAsTheyWere holds the pairs that are not compared anew
// once a few records are gone to a comparison of each.
func TestLittleGoneLeavesPairsAsTheyWere(t *testing.T) {
	ctx := context.Background()
	p, err := Prepare(ctx, largeList(30_000), nil)
	if err != nil {
		t.Fatal(err)
	}
	var once, twice []int // the first pass leaves distinct records, the second all but a few of them
	seen := map[int32]bool{}
	for r, d := range p.list.of {
		if !seen[d] {
			seen[d] = true
			once = append(once, r)
		}
	}
	for i := range once {
		if i%9000 != 5000 {
			twice = append(twice, i)
		}
	}
	var o Options
	left, ok, err := p.Left(ctx, once, nil, nil, false, o)
	if !ok || err != nil {
		t.Fatal(ok, err)
	}
	before := left.list
	left, ok, err = left.Left(ctx, twice, nil, nil, false, o)
	if !ok || err != nil {
		t.Fatal(ok, err)
	}
	if stirred := left.list.stirred(before); !slices.Contains(stirred, false) || !slices.Contains(stirred, true) {
		t.Fatal("all records are stirred, or none: the test says nothing")
	}
	c := left.list.newComparer()
	asked := logOdds(o.resolve().Review)
	worst := 0.0
	for i, q := range left.pairs {
		anew, _, _ := left.compareNear(c, q.A, q.B, left.near[i])
		was, is := Shipped().score(left.rows.at(i)), Shipped().score(&anew)
		if max(was, is) >= asked {
			worst = max(worst, math.Abs(was-is))
		}
	}
	t.Logf("%d pairs, at most %.4f nats apart", len(left.pairs), worst)
	if worst > farOff/10 {
		t.Errorf("a pair that was left is %.3f nats from where it is compared anew", worst)
	}
}
