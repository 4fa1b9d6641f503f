package join

import (
	"cmp"
	"math/bits"
	"slices"
)

// jaccardProber is one worker.
type jaccardProber struct {
	*jaccardIndex
	seen []int32 // x+1 where row x has met the row
	rest []float64
	// sign holds the bits of the tokens of x from the one at hand on, and
	// most[m] the heaviest y that can still reach the threshold when m of
	// those bits are not in its signature.
	sign uint64
	most [65]float32
}

// old says whether a renumbered row is one of those that do not read.
func (ix *jaccardIndex) old(r int32) bool { return ix.orig[r] < ix.o.Since }

// window gives the entries that row x must read at a token: those of lighter
// rows; where old rows do not read, x must find the heavier ones as well. ok is
// false when neither this token nor any later one has any.
func (p *jaccardProber) window(x int32, tok int32, rest float64) (from, to int, ok bool) {
	total := p.total[x]
	if p.old(x) || rest < p.low*total || rest == 0 {
		return 0, 0, false
	}
	list := p.entry[p.head[tok]:p.head[tok+1]]
	byWeight := func(e jaccardEntry, w float64) int { return cmp.Compare(p.total[e.row], w) }
	from, _ = slices.BinarySearchFunc(list, p.low*total, byWeight)
	to = len(list)
	if p.o.Since == 0 {
		to, _ = slices.BinarySearchFunc(list, x, func(e jaccardEntry, x int32) int { return cmp.Compare(e.row, x) })
	}
	heaviest := min(rest/p.c-total, total/p.low) + jaccardSlack*total
	to, _ = slices.BinarySearchFunc(list[:to], heaviest, byWeight)
	return p.head[tok] + min(from, to), p.head[tok] + to, true
}

func (p *jaccardProber) cost(x int32) int64 {
	tokens := p.row(x)
	p.rest = p.rests(tokens, p.rest)
	sum := int64(0)
	for i, tok := range tokens {
		from, to, ok := p.window(x, tok, p.rest[i])
		if !ok {
			break
		}
		sum += int64(to - from)
	}
	return sum
}

func (p *jaccardProber) probe(x int32, limit int64, f *found) {
	tokens := p.row(x)
	p.rest = p.rests(tokens, p.rest)
	laid := false
	for i, tok := range tokens {
		from, to, ok := p.window(x, tok, p.rest[i])
		if !ok {
			break
		}
		cut := int64(to-from) > limit
		if cut {
			from = to - int(limit)
		}
		if from < to {
			if !laid || len(tokens) <= layAgain {
				p.lay(x, tokens[i:])
				laid = true
			}
			p.scan(x, i, p.entry[from:to], f)
		}
		f.read += int64(to - from)
		limit -= int64(to - from)
		if cut {
			f.cut++
			break
		}
	}
}

// layAgain is the length of a row from which lay is called once a row and not
// once a token: what it would add is little, when all bits are set anyway, and
// its cost would grow with the square of the length.
const layAgain = 128

// lay fills sign and most for the tokens of x from the one at hand on.
func (p *jaccardProber) lay(x int32, tokens []int32) {
	var byBit [64]float64
	p.sign = 0
	rest := 0.0
	for _, tok := range tokens {
		b := signatureBit(tok)
		p.sign |= 1 << b
		byBit[b] += p.weight[tok]
		rest += p.weight[tok]
	}
	n := 0
	for b := p.sign; b != 0; b &= b - 1 {
		byBit[n] = byBit[bits.TrailingZeros64(b)]
		n++
	}
	slices.Sort(byBit[:n])
	total := p.total[x]
	for m := range n + 1 {
		p.most[m] = float32((rest/p.c - total) + jaccardSlack*total)
		if m < n {
			rest -= byBit[m]
		}
	}
}

// scan meets the rows of the entries, heaviest first.
func (p *jaccardProber) scan(x int32, i int, entries []jaccardEntry, f *found) {
	need := float32(p.c * p.total[x])
	sign := p.sign
	for k := len(entries) - 1; k >= 0; k-- {
		e := &entries[k]
		if e.room < need || p.light[e.row] > p.most[bits.OnesCount64(sign&^e.sign)] || p.seen[e.row] == x+1 {
			continue
		}
		p.seen[e.row] = x + 1
		if e.row >= x && !p.old(e.row) {
			continue // it will find x
		}
		f.verified++
		if p.reaches(x, i, e.row) {
			p.settle(x, e.row, f)
		}
	}
}

// reaches says whether x, from its i-th token on, and y share enough.
func (p *jaccardProber) reaches(x int32, i int, y int32) bool {
	a, b := p.row(x)[i:], p.row(y)
	need := p.c * (p.total[x] + p.total[y])
	// spare is what x may still lose.
	spare := p.rest[i] - need
	j := 0
	for _, tok := range a {
		for j < len(b) && b[j] < tok {
			j++
		}
		if j < len(b) && b[j] == tok {
			j++
			continue
		}
		if spare -= p.weight[tok]; spare < 0 {
			return false
		}
	}
	return true
}

// settle computes the similarity as the promise states it.
func (p *jaccardProber) settle(x, y int32, f *found) {
	a, b := p.orig[x], p.orig[y]
	wa, wb := p.total[x], p.total[y]
	if a > b {
		a, b, wa, wb = b, a, wb, wa
	}
	if !p.o.together(a, b) {
		return
	}
	if score := p.s.jaccard(p.given, a, b, wa, wb); score >= p.t {
		f.add(p.orig[x], p.orig[y], score)
	}
}
