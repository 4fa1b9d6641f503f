package dedupe

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/unecho/unecho/dedupe/cluster"
	"github.com/unecho/unecho/pipeline/record"
)

// Run finds the repeats of a list: Prepare, then Match. It fails when the
// context is done, or with a *Conflict when decisions contradict each other.
func Run(ctx context.Context, in *Input, o Options) (*Result, error) {
	p, err := Prepare(ctx, in, o.Progress)
	if err != nil {
		return nil, err
	}
	return p.Match(ctx, o)
}

// Conflict says that decisions contradict each other: a chain of "same" joins
// two records that must not be joined.
type Conflict struct {
	A, B  int   // the rows, from 0, that must stay apart
	Chain []int // rows from A to B, each the same as the next by decision
	Lists bool  // the two are of one list (Across), not told apart by a person
}

// Error names the rows, from 1.
func (c *Conflict) Error() string {
	why := "a decision says they are different"
	if c.Lists {
		why = "records of one list never repeat each other"
	}
	return fmt.Sprintf("rows %d and %d are the same by decision, over %d steps, but %s", c.A+1, c.B+1, len(c.Chain)-1, why)
}

// Match scores the measured pairs, clusters the records and chooses who stays.
func (p *Prepared) Match(ctx context.Context, o Options) (*Result, error) {
	o = p.settings(o)
	scores := p.scores(o.Weights)
	decided := p.list.constraints(o.Answers)
	find := p.strict
	if o.Balanced {
		find = p.balanced
	}
	labels, err := find(ctx, scores, &o, decided)
	if err != nil {
		return nil, p.conflict(err)
	}
	b := &builder{p: p, o: &o, scores: scores, labels: labels, decided: decided, comparer: p.list.newComparer()}
	return b.result(), ctx.Err()
}

// conflict turns a contradiction between distinct records into one of rows.
func (p *Prepared) conflict(err error) error {
	c, ok := err.(*cluster.Conflict)
	if !ok {
		return err
	}
	row := func(d int32) int { return int(p.list.row(d)) }
	out := &Conflict{A: row(c.A), B: row(c.B), Lists: c.Cannot < 0}
	for _, d := range c.Path {
		out.Chain = append(out.Chain, row(d))
	}
	return out
}

// builder puts a Result together from the labels of distinct records.
type builder struct {
	p        *Prepared
	o        *Options
	scores   []float64
	labels   []int32
	decided  *constraints
	comparer *comparer
	out      *Result
}

func (b *builder) result() *Result {
	l := b.p.list
	n := len(l.of)
	b.out = &Result{
		Cluster:  make([]int32, n),
		Survivor: make([]int32, n),
		Held:     make([]float64, n),
		Reason:   make([]string, n),
		Promise:  b.p.promise,
	}
	number := make([]int32, l.n) // 1 + the number of each label
	next := int32(0)
	for r, d := range l.of {
		c := &number[b.labels[d]]
		if *c == 0 {
			next++
			*c = next
		}
		b.out.Cluster[r] = *c - 1
	}
	members := record.Members[int32](b.out.Cluster)
	for _, rows := range members {
		s := b.stays(rows)
		for _, r := range rows {
			b.out.Survivor[r] = s
		}
	}
	b.hold(members)
	b.links()
	return b.out
}

// stays chooses who stays for a cluster: an old record where there is one,
// then whom a person named, or by the rule. rows ascend.
func (b *builder) stays(rows []int32) int32 {
	in := b.p.list.in
	if old, _ := slices.BinarySearch(rows, int32(in.Len()-in.Old)); in.Old > 0 && old < len(rows) {
		rows = rows[old:]
	}
	if len(rows) > 1 {
		for _, r := range slices.Backward(b.o.Stay) {
			if slices.Contains(rows, int32(r)) {
				return int32(r)
			}
		}
	}
	return survivor(in, rows, b.o.Keep)
}

// hold finds for each removed record the link that holds it in, and for each
// cluster the weakest.
func (b *builder) hold(members [][]int32) {
	l := b.p.list
	edges, index := b.inside()
	root := make([]int32, l.n)
	for d := range root {
		root[d] = l.of[b.out.Survivor[l.row(int32(d))]]
	}
	tree := cluster.Span(b.compactLabels(), root, edges, nil)
	for _, rows := range members {
		for _, r := range rows {
			b.holdRow(r, tree, edges, index)
		}
	}
	b.brakes(members, tree, edges)
}

// compactLabels numbers the clusters of distinct records as the result does.
func (b *builder) compactLabels() []int32 {
	labels := make([]int32, b.p.list.n)
	for d := range labels {
		labels[d] = b.out.Cluster[b.p.list.row(int32(d))]
	}
	return labels
}

// inside gives the candidate pairs whose records share a cluster; index is
// the pair of each edge, -1 for a decision.
func (b *builder) inside() (edges []cluster.Edge, index []int) {
	for i, q := range b.p.pairs {
		if b.labels[q.A] == b.labels[q.B] {
			edges = append(edges, cluster.Edge{A: q.A, B: q.B, Score: b.scores[i]})
			index = append(index, i)
		}
	}
	for _, q := range b.decided.must {
		if q[0] != q[1] {
			edges = append(edges, cluster.Edge{A: q[0], B: q[1], Score: mostCertain})
			index = append(index, -1)
		}
	}
	return edges, index
}

// mostCertain bounds what evidence alone can say, in nats.
const mostCertain = 9.2

// bounded is the probability of a score, at most 0.9999.
func bounded(score float64) float64 { return probability(min(score, mostCertain)) }

// holdRow says why one record is kept or removed.
func (b *builder) holdRow(r int32, tree cluster.Tree, edges []cluster.Edge, index []int) {
	l, out := b.p.list, b.out
	d, s := l.of[r], out.Survivor[r]
	out.Held[r] = 1
	switch {
	case s == r:
		out.Reason[r] = "kept"
	case l.of[s] == d:
		out.Held[r] = bounded(mostCertain)
		out.Reason[r] = fmt.Sprintf("repeat of row %d: %s", s+1, b.copyWords(r, s))
	case tree.Up[d] < 0 && b.p.deeds != nil:
		out.Held[r] = b.o.Same // that much at the least
		out.Reason[r] = fmt.Sprintf("repeat of row %d: %s", s+1, b.p.deeds.words(d, l.of[s], l.titled))
	case tree.Up[d] < 0:
		out.Held[r] = bounded(mostCertain)
		out.Reason[r] = fmt.Sprintf("repeat of row %d: held in by decisions", s+1)
	default:
		e := edges[tree.Up[d]]
		other := e.A
		if other == d {
			other = e.B
		}
		out.Held[r] = bounded(e.Score)
		why := "you said so"
		if i := index[tree.Up[d]]; i >= 0 {
			why = b.p.why(b.comparer, b.p.pairs[i].A, b.p.pairs[i].B)
		}
		by := ""
		if other != l.of[s] {
			by = fmt.Sprintf(" (over row %d)", l.row(other)+1)
		}
		out.Reason[r] = fmt.Sprintf("repeat of row %d%s: %s", s+1, by, why)
	}
}

// copyWords says how alike two records with equal forms are.
func (b *builder) copyWords(r, s int32) string {
	in := b.p.list.in
	if slices.Equal(in.cells(int(r)), in.cells(int(s))) {
		return "an exact copy"
	}
	return "the same but for case, accents, punctuation or columns that are not compared"
}

// What makes a cluster one to look at.
const (
	brakeSize = 8   // records and more
	brakeHeld = 0.6 // probability of its weakest link, and less
	brakeMost = 20  // clusters that are named
)

// brakes names the clusters that are large or loosely held, loosest first.
func (b *builder) brakes(members [][]int32, tree cluster.Tree, edges []cluster.Edge) {
	for c, rows := range members {
		if len(rows) < 2 {
			continue
		}
		k := Brake{Cluster: int32(c), Size: len(rows), Probability: bounded(mostCertain), Weakest: [2]int{int(rows[0]), int(rows[1])}}
		if w := tree.Weakest[c]; w >= 0 {
			e := edges[w]
			x, y := int(b.p.list.row(e.A)), int(b.p.list.row(e.B))
			k.Weakest = [2]int{min(x, y), max(x, y)}
			k.Probability = bounded(e.Score)
		}
		if len(rows) >= brakeSize && k.Probability < bounded(mostCertain) || k.Probability <= brakeHeld {
			b.out.Brakes = append(b.out.Brakes, k)
		}
	}
	slices.SortFunc(b.out.Brakes, func(x, y Brake) int {
		return cmp.Or(cmp.Compare(x.Probability, y.Probability), cmp.Compare(y.Size, x.Size), cmp.Compare(x.Cluster, y.Cluster))
	})
	if len(b.out.Brakes) > brakeMost {
		b.out.Brakes = b.out.Brakes[:brakeMost]
	}
}

// links lists the pairs that were merged, that a person should see, or that
// were kept apart as related.
func (b *builder) links() {
	l := b.p.list
	apart := map[[2]int32]bool{} // clusters that a person told apart: nothing about them is asked
	for _, q := range b.decided.cannot {
		apart[ordered(b.labels[q[0]], b.labels[q[1]])] = true
	}
	for i, q := range b.p.pairs {
		if apart[ordered(b.labels[q.A], b.labels[q.B])] {
			continue
		}
		band := b.band(i)
		if band == record.Different {
			continue
		}
		x, y := l.row(q.A), l.row(q.B)
		if band != record.Certain {
			x, y = b.out.Survivor[x], b.out.Survivor[y]
		}
		b.out.Links = append(b.out.Links, record.Link{
			A: int(min(x, y)), B: int(max(x, y)), Score: b.scores[i], Probability: bounded(b.scores[i]), Band: band,
		})
	}
	for _, q := range l.in.Related {
		b.out.Links = append(b.out.Links, record.Link{A: min(q[0], q[1]), B: max(q[0], q[1]), Band: record.Related, Why: "you said so"})
	}
	slices.SortFunc(b.out.Links, func(x, y record.Link) int {
		return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B), cmp.Compare(y.Score, x.Score))
	})
	b.out.Links = slices.CompactFunc(b.out.Links, func(x, y record.Link) bool { return x.A == y.A && x.B == y.B })
	b.p.word(b.out.Links, func(k *record.Link) bool { return !b.o.Unworded || k.Band == record.Certain })
}

// Word fills in Why where it is blank.
func (p *Prepared) Word(links []record.Link) {
	p.word(links, func(*record.Link) bool { return true })
}

// word fills in Why of the links that are wanted, on all cores.
func (p *Prepared) word(links []record.Link, wanted func(*record.Link) bool) {
	eachRange(len(links), func(lo, hi int) {
		c := p.list.newComparer()
		c.worded = true
		for i := lo; i < hi; i++ {
			if k := &links[i]; k.Why == "" && wanted(k) {
				k.Why = p.why(c, p.list.of[k.A], p.list.of[k.B])
			}
		}
	})
}

// band puts a candidate pair into a band. What was merged is certain.
func (b *builder) band(i int) record.Band {
	q := b.p.pairs[i]
	if b.labels[q.A] == b.labels[q.B] {
		return record.Certain
	}
	return unmerged(b.scores[i], b.p.facts[i], b.o)
}

// unmerged is the band of a pair that is not merged: kept apart as parts,
// issues or editions of one thing, asked, or different.
func unmerged(score float64, f facts, o *Options) record.Band {
	asked := probability(score) >= o.Review
	switch {
	case f&factSeries != 0 || asked && f&factPartDiffers != 0:
		return record.Related
	case asked:
		return record.Review
	}
	return record.Different
}
