package join

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// A prober finds the pairs of one row. Each worker has its own, with its own
// scratch memory; what they share is only read.
type prober interface {
	// cost is the number of index entries that probing row x would read.
	cost(x int32) int64
	// probe finds the pairs of row x, reading at most limit index entries,
	// and gives each to f.
	probe(x int32, limit int64, f *found)
}

// found collects what one worker finds.
type found struct {
	max      int // MaxPerRow
	pairs    []Scored
	first    int // where the pairs of the row at hand begin
	full     bool
	read     int64
	verified int64
	cut      int
	fulls    int
}

// add takes a pair that the row at hand has found; partner is the other row.
func (f *found) add(row, partner int32, score float64) {
	p := Scored{min(row, partner), max(row, partner), score}
	if f.max == 0 || len(f.pairs)-f.first < f.max {
		f.pairs = append(f.pairs, p)
		if f.max > 0 {
			siftUp(f.pairs[f.first:])
		}
		return
	}
	f.full = true
	if heap := f.pairs[f.first:]; weaker(heap[0], p) {
		heap[0] = p
		siftDown(heap)
	}
}

// endRow closes the row at hand.
func (f *found) endRow() {
	if f.full {
		f.fulls++
	}
	f.full = false
	f.first = len(f.pairs)
}

// weaker says whether a must give way to b: the lower score, then the higher
// rows.
func weaker(a, b Scored) bool { return better(b, a) < 0 }

// better orders pairs from the best: score, then the lower rows.
func better(a, b Scored) int {
	return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
}

// siftUp restores the heap, weakest first, after its last element was added.
func siftUp(h []Scored) {
	for i := len(h) - 1; i > 0; {
		up := (i - 1) / 2
		if !weaker(h[i], h[up]) {
			return
		}
		h[i], h[up] = h[up], h[i]
		i = up
	}
}

// siftDown restores the heap, weakest first, after its first element changed.
func siftDown(h []Scored) {
	for i := 0; ; {
		down := 2*i + 1
		if down >= len(h) {
			return
		}
		if right := down + 1; right < len(h) && weaker(h[right], h[down]) {
			down = right
		}
		if !weaker(h[down], h[i]) {
			return
		}
		h[i], h[down] = h[down], h[i]
		i = down
	}
}

// chunk is how many rows a worker takes at a time: few enough that the workers
// end together, and that a done context is noticed soon.
const chunk = 128

// overChunks calls f for all chunks of rows [from, to) of n, on all cores.
// newWorker gives each goroutine its own f.
func overChunks(ctx context.Context, n int, progress func(done, total int), newWorker func() func(number, from, to int)) error {
	var next, done atomic.Int64
	var tell sync.Mutex
	told := 0
	chunks := (n + chunk - 1) / chunk
	var group sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), chunks) {
		group.Go(func() {
			work := newWorker()
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= chunks {
					return
				}
				work(i, i*chunk, min((i+1)*chunk, n))
				report(&tell, &told, int(done.Add(1)), chunks, n, progress)
			}
		})
	}
	group.Wait()
	return ctx.Err()
}

// report tells the progress when another hundredth of the chunks is done.
func report(mu *sync.Mutex, told *int, done, chunks, n int, progress func(done, total int)) {
	if progress == nil || done != chunks && done*100/chunks == (done-1)*100/chunks {
		return
	}
	mu.Lock()
	defer mu.Unlock()
	if done > *told {
		*told = done
		progress(min(done*chunk, n), n)
	}
}

// sides says from which of its rows a pair is found.
type sides bool

const (
	eitherSide sides = false
	oneSided   sides = true // from the lower one
)

// run probes rows 0 to n-1 on all cores and puts what they find in order.
func run(ctx context.Context, n int, o Options, newProber func() prober) (*Result, error) {
	return runWith(ctx, n, o, eitherSide, newProber)
}

// runWith is run, told from which side the prober finds pairs.
func runWith(ctx context.Context, n int, o Options, side sides, newProber func() prober) (*Result, error) {
	limit, err := limitFor(ctx, n, o.Work, newProber)
	if err != nil {
		return nil, err
	}
	parts := make([][]Scored, (n+chunk-1)/chunk)
	var mu sync.Mutex
	res := &Result{}
	err = overChunks(ctx, n, o.Progress, func() func(number, from, to int) {
		p := newProber()
		f := found{max: o.MaxPerRow}
		return func(number, from, to int) {
			f = found{max: o.MaxPerRow, pairs: f.pairs[:0]}
			for x := from; x < to; x++ {
				p.probe(int32(x), limit, &f)
				if side == oneSided {
					slices.SortFunc(f.pairs[f.first:], byPartner)
				}
				f.endRow()
			}
			parts[number] = slices.Clone(f.pairs)
			mu.Lock()
			defer mu.Unlock()
			res.Read += f.read
			res.Verified += f.verified
			res.Cut += f.cut
			res.Full += f.fulls
		}
	})
	if err != nil {
		return nil, err
	}
	if side == oneSided {
		res.Pairs = inTurn(parts)
	} else {
		res.Pairs = inOrder(parts, n)
	}
	return res, nil
}

// unlimited is the limit of a row where Options.Work is 0.
const unlimited = int64(1) << 62

// limitFor finds how many entries a row may read so that all rows together
// read at most work: the level to which the costs of the rows, lightest first,
// can be filled.
func limitFor(ctx context.Context, n int, work int64, newProber func() prober) (int64, error) {
	if work <= 0 {
		return unlimited, nil
	}
	costs, err := costsOf(ctx, n, newProber)
	if err != nil {
		return 0, err
	}
	slices.Sort(costs)
	for i, c := range costs {
		if share := work / int64(n-i); c > share {
			return share, nil
		}
		work -= c
	}
	return unlimited, nil
}

// costsOf gives the cost of each row.
func costsOf(ctx context.Context, n int, newProber func() prober) ([]int64, error) {
	costs := make([]int64, n)
	err := overChunks(ctx, n, nil, func() func(number, from, to int) {
		p := newProber()
		return func(_, from, to int) {
			for x := from; x < to; x++ {
				costs[x] = p.cost(int32(x))
			}
		}
	})
	return costs, err
}

// inTurn puts the parts one behind the other.
func inTurn(parts [][]Scored) []Scored {
	n := 0
	for _, part := range parts {
		n += len(part)
	}
	all := make([]Scored, 0, n)
	for i, part := range parts {
		all = append(all, part...)
		parts[i] = nil
	}
	return all
}

// inOrder merges the parts in order of A, then B: a counting sort by A, then
// short sorts by B.
func inOrder(parts [][]Scored, n int) []Scored {
	at := make([]int, n+1)
	for _, part := range parts {
		for _, p := range part {
			at[p.A+1]++
		}
	}
	for i := range n {
		at[i+1] += at[i]
	}
	all := make([]Scored, at[n])
	for i, part := range parts {
		for _, p := range part {
			all[at[p.A]] = p
			at[p.A]++
		}
		parts[i] = nil
	}
	eachPart(n, func(_, lo, hi int) {
		for a := lo; a < hi; a++ {
			from := 0
			if a > 0 {
				from = at[a-1]
			}
			slices.SortFunc(all[from:at[a]], byPartner)
		}
	})
	return all
}

// byPartner orders pairs of one row.
func byPartner(p, q Scored) int { return cmp.Compare(p.B, q.B) }
