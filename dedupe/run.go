package dedupe

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"

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
	if o.Progress != nil {
		o.Progress("clustering", 0, 0)
	}
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
	b := &builder{p: p, o: &o, scores: scores, labels: labels, decided: decided}
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

// builder puts a Result together from the labels of distinct records. Most
// records of a large list are alone: whatever takes more than a moment is done
// for the others.
type builder struct {
	p       *Prepared
	o       *Options
	scores  []float64
	labels  []int32
	decided *constraints
	out     *Result
}

func (b *builder) result() *Result {
	b.out = alone(len(b.p.list.of))
	b.out.Promise = b.p.promise
	members := b.together()
	eachRange(len(members), func(lo, hi int) {
		for _, rows := range members[lo:hi] {
			s := b.stays(rows)
			for _, r := range rows {
				b.out.Survivor[r] = s
			}
		}
	})
	numberClusters(b.out.Cluster, members)
	b.hold(members)
	b.links()
	return b.out
}

// alone is the result for n records of which none repeats another; the clusters
// are not numbered.
func alone(n int) *Result {
	out := &Result{Cluster: make([]int32, n), Survivor: make([]int32, n), Held: make([]float64, n), Reason: make([]string, n)}
	eachRange(n, func(lo, hi int) {
		for r := lo; r < hi; r++ {
			out.Survivor[r], out.Held[r], out.Reason[r] = int32(r), 1, "kept"
		}
	})
	return out
}

// together lists the rows of each cluster of two records or more, ascending.
func (b *builder) together() [][]int32 {
	l := b.p.list
	size := make([]int32, l.n) // rows with each label; minus the number, from 1, of a cluster that is listed
	for d, c := range b.labels {
		size[c] += l.begin[d+1] - l.begin[d]
	}
	var members [][]int32
	for d, c := range b.labels {
		if n := size[c]; n > 1 {
			members = append(members, make([]int32, 0, n))
			size[c] = -int32(len(members))
		}
		if k := -size[c]; k > 0 {
			members[k-1] = append(members[k-1], l.rows(int32(d))...)
		}
	}
	for _, rows := range members {
		slices.Sort(rows)
	}
	return members
}

// numberClusters numbers clusters by first member; members are the rows, ascending, of
// those of two records or more. cluster is blank.
func numberClusters(cluster []int32, members [][]int32) {
	for _, rows := range members {
		for _, r := range rows[1:] {
			cluster[r] = rows[0] + 1
		}
	}
	next := int32(0)
	for r, first := range cluster {
		if first > 0 {
			cluster[r] = cluster[first-1]
			continue
		}
		cluster[r] = next
		next++
	}
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
	t := b.ties()
	comparers := sync.Pool{New: func() any { return b.p.list.wording() }}
	eachRange(len(members), func(lo, hi int) {
		c := comparers.Get().(*comparer)
		defer comparers.Put(c)
		for _, rows := range members[lo:hi] {
			for _, r := range rows {
				if b.out.Survivor[r] != r {
					b.holdRow(r, t, c)
				}
			}
		}
	})
	b.brakes(members, t)
}

// ties are the candidate pairs and decisions between records that share a
// cluster, and the trees that they make. Its edges and its tree know a record by
// its place among those that have any.
type ties struct {
	records []int32 // ascending
	edges   []cluster.Edge
	pair    []int // of each edge, -1 for a decision
	tree    cluster.Tree
}

func (b *builder) ties() *ties {
	t := &ties{}
	t.pair = gather(len(b.p.pairs), func(i int) (int, bool) {
		q := b.p.pairs[i]
		return i, b.labels[q.A] == b.labels[q.B]
	})
	for _, i := range t.pair {
		t.edges = append(t.edges, cluster.Edge{A: b.p.pairs[i].A, B: b.p.pairs[i].B, Score: b.scores[i]})
	}
	for _, q := range b.decided.must {
		if q[0] != q[1] {
			t.edges, t.pair = append(t.edges, cluster.Edge{A: q[0], B: q[1], Score: mostCertain}), append(t.pair, -1)
		}
	}
	t.records = narrowed(t.edges)
	labels, root := make([]int32, len(t.records)), make([]int32, len(t.records))
	for i, d := range t.records {
		r := b.p.list.row(d)
		labels[i], root[i] = b.out.Cluster[r], t.place(b.p.list.of[b.out.Survivor[r]])
	}
	t.tree = cluster.Span(labels, root, t.edges, nil)
	return t
}

// narrowed lists the records that edges name, ascending, and makes the edges
// name them by their places in this list.
func narrowed(edges []cluster.Edge) []int32 {
	records := make([]int32, 0, 2*len(edges))
	for _, e := range edges {
		records = append(records, e.A, e.B)
	}
	slices.Sort(records)
	records = slices.Compact(records)
	for i := range edges {
		e := &edges[i]
		a, _ := slices.BinarySearch(records, e.A)
		b, _ := slices.BinarySearch(records, e.B)
		e.A, e.B = int32(a), int32(b)
	}
	return records
}

// place is where a distinct record stands among those of the ties, -1 where it
// has none.
func (t *ties) place(d int32) int32 {
	if i, has := slices.BinarySearch(t.records, d); has {
		return int32(i)
	}
	return -1
}

// up gives the edge that holds a distinct record in, -1 for none, and the
// record at its other end.
func (t *ties) up(d int32) (edge, other int32) {
	i := t.place(d)
	if i < 0 || t.tree.Up[i] < 0 {
		return -1, -1
	}
	e := t.edges[t.tree.Up[i]]
	return t.tree.Up[i], t.records[e.A^e.B^i]
}

// gather calls f for 0 to n-1, on all cores, and gives what it finds, in order.
func gather[T any](n int, f func(i int) (T, bool)) []T {
	const chunk = 1 << 14
	parts := make([][]T, (n+chunk-1)/chunk)
	eachChunk(len(parts), func(k int) {
		for i := k * chunk; i < min((k+1)*chunk, n); i++ {
			if found, ok := f(i); ok {
				parts[k] = append(parts[k], found)
			}
		}
	})
	return slices.Concat(parts...)
}

// mostCertain bounds what evidence alone can say, in nats.
const mostCertain = 9.2

// bounded is the probability of a score, at most 0.9999.
func bounded(score float64) float64 { return probability(min(score, mostCertain)) }

// holdRow says why a record is removed.
func (b *builder) holdRow(r int32, t *ties, c *comparer) {
	l, out := b.p.list, b.out
	d, s := l.of[r], out.Survivor[r]
	if l.of[s] == d {
		out.Held[r] = bounded(mostCertain)
		out.Reason[r] = fmt.Sprintf("repeat of row %d: %s", s+1, b.copyWords(r, s))
		return
	}
	up, other := t.up(d)
	switch {
	case up < 0 && b.p.deeds != nil:
		out.Held[r] = b.o.Same // that much at the least
		out.Reason[r] = fmt.Sprintf("repeat of row %d: %s", s+1, b.p.deeds.words(d, l.of[s], l.titled))
	case up < 0:
		out.Held[r] = bounded(mostCertain)
		out.Reason[r] = fmt.Sprintf("repeat of row %d: held in by decisions", s+1)
	default:
		out.Held[r] = bounded(t.edges[up].Score)
		why := "you said so"
		if i := t.pair[up]; i >= 0 {
			why = b.p.why(c, d, other)
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
func (b *builder) brakes(members [][]int32, t *ties) {
	for _, rows := range members {
		c := b.out.Cluster[rows[0]]
		k := Brake{Cluster: c, Size: len(rows), Probability: bounded(mostCertain), Weakest: [2]int{int(rows[0]), int(rows[1])}}
		if int(c) < len(t.tree.Weakest) && t.tree.Weakest[c] >= 0 {
			e := t.edges[t.tree.Weakest[c]]
			x, y := int(b.p.list.row(t.records[e.A])), int(b.p.list.row(t.records[e.B]))
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
	b.out.Links = gather(len(b.p.pairs), func(i int) (record.Link, bool) {
		q := b.p.pairs[i]
		band := b.band(i)
		if band == record.Different || len(apart) > 0 && apart[ordered(b.labels[q.A], b.labels[q.B])] {
			return record.Link{}, false
		}
		x, y := l.row(q.A), l.row(q.B)
		if band != record.Certain {
			x, y = b.out.Survivor[x], b.out.Survivor[y]
		}
		return record.Link{A: int(min(x, y)), B: int(max(x, y)), Score: b.scores[i], Probability: bounded(b.scores[i]), Band: band}, true
	})
	for _, q := range l.in.Related {
		b.out.Links = append(b.out.Links, record.Link{A: min(q[0], q[1]), B: max(q[0], q[1]), Band: record.Related, Why: "you said so"})
	}
	first := func(k record.Link) byte { return byte(k.A << 8 / len(l.of)) }
	inParts(b.out.Links, first, func(x, y record.Link) int {
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
		c := p.list.wording()
		for i := lo; i < hi; i++ {
			if k := &links[i]; k.Why == "" && wanted(k) {
				k.Why = p.why(c, p.list.of[k.A], p.list.of[k.B])
			}
		}
	})
}

// wording makes a comparer for putting pairs into words.
func (l *list) wording() *comparer {
	c := l.newComparer()
	c.worded = true
	return c
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
