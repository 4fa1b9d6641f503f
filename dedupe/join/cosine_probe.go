package join

import "slices"

// cosineProber is one worker.
type cosineProber struct {
	*cosineIndex
	flat []float32 // the row at hand, by token
	seen []int32   // x+1 where row x has met the row
	tail []float32
	rest bitEnergy // of the row at hand, behind the token at hand
}

// window gives the entries that row x must read at a token: from the shortest
// tail that can reach the threshold up to its own entry; or to the end, where
// old rows do not read, and x must find those with a longer tail as well. ok is
// false when neither this token nor any later one has any.
func (p *cosineProber) window(x int32, tok int32, tail float32) (from, to int, ok bool) {
	s := float64(tail)
	if x < p.o.Since || s < p.bound || p.o.Since == 0 && s*s < p.bound {
		return 0, 0, false
	}
	list := p.entry[p.head[tok]:p.head[tok+1]]
	from, _ = slices.BinarySearch(list, newEntry(float32(max(p.bound/s-cosineSlack, 0)), 0))
	to = len(list)
	if p.o.Since == 0 {
		to, _ = slices.BinarySearch(list, newEntry(tail, x))
	}
	return p.head[tok] + from, p.head[tok] + to, true
}

func (p *cosineProber) cost(x int32) int64 {
	tokens, weights := p.row(x)
	p.tail = tails(weights, p.tail)
	sum := int64(0)
	for i, tok := range tokens {
		from, to, ok := p.window(x, tok, p.tail[i])
		if !ok {
			break
		}
		sum += int64(to - from)
	}
	return sum
}

func (p *cosineProber) probe(x int32, limit int64, f *found) {
	tokens, weights := p.row(x)
	p.tail = tails(weights, p.tail)
	for i, tok := range tokens {
		p.flat[tok] = weights[i]
	}
	p.rest.lay(tokens, weights)
	for i, tok := range tokens {
		from, to, ok := p.window(x, tok, p.tail[i])
		if !ok {
			break
		}
		cut := int64(to-from) > limit
		if cut {
			from = to - int(limit)
		}
		p.rest.pass(tok, weights[i])
		p.scan(met{x, tok, float64(p.tail[i]), float64(weights[i])}, from, to, f)
		f.read += int64(to - from)
		limit -= int64(to - from)
		if cut {
			f.cut++
			break
		}
	}
	p.rest.clear(tokens)
	for _, tok := range tokens {
		p.flat[tok] = 0
	}
}

// manyEntries is from how many entries on a bound by the number of common bits
// pays, which takes a sort of what the row holds in each.
const manyEntries = 64

// met is the row at hand at one of its tokens.
type met struct {
	x, tok       int32
	tail, weight float64
}

// scan meets the rows of entries from to to, longest tail first, that can reach
// the threshold: both have the token at hand, and behind it the row at hand
// holds enough in the bits of the other. Where rows are long, the short
// signature says nothing.
func (p *cosineProber) scan(at met, from, to int, f *found) {
	many := to-from > manyEntries
	if many {
		p.rest.sum(p.long)
	}
	if p.long {
		p.scanLong(at, from, to, many, f)
		return
	}
	entries, behind, shares := p.entry[from:to], p.behind[from:to], p.shares[from:to]
	for k := len(entries) - 1; k >= 0; k-- {
		tailY := float64(entryTail(entries[k]))
		must, length := p.needs(at, tailY, float64(shares[k]))
		if must <= 0 || p.rest.holds(behind[k], must*must/length-cosineSlack, many) {
			p.meet(at, entryRow(entries[k]), tailY, must, length, f)
		}
	}
}

// needs gives what a row must share with the row at hand behind the token, to
// reach the threshold, and the square of the length that it has there.
func (p *cosineProber) needs(at met, tail, weight float64) (must, length float64) {
	return p.bound - at.weight*weight, tail*tail - weight*weight + cosineSlack
}

// scanBlock is how many signatures scanLong fetches before it looks at the first
// answer, so that the fetches overlap: most of the time is waiting for them.
const scanBlock = 64

// scanLong is scan by the long signatures.
func (p *cosineProber) scanLong(at met, from, to int, many bool, f *found) {
	var common [scanBlock]int
	for ; to > from; to -= scanBlock {
		lo := max(from, to-scanBlock)
		block, shares := p.entry[lo:to], p.shares[lo:to]
		if many {
			for k, e := range block {
				common[k] = p.rest.common(&p.sign[entryRow(e)])
			}
		}
		for k := len(block) - 1; k >= 0; k-- {
			tailY := float64(entryTail(block[k]))
			must, length := p.needs(at, tailY, float64(shares[k]))
			if must <= 0 || !many || p.rest.most[common[k]]+cosineSlack >= must*must/length {
				p.meet(at, entryRow(block[k]), tailY, must, length, f)
			}
		}
	}
}

// meet compares the row at hand and row y, which share a token, unless they
// have met; must and length are as in scan.
func (p *cosineProber) meet(at met, y int32, tailY, must, length float64, f *found) {
	x := at.x
	if must > 0 && (p.rest.shared(&p.sign[y])+cosineSlack)*length < must*must || p.seen[y] == x+1 {
		return
	}
	p.seen[y] = x + 1
	if !p.o.together(x, y) || y >= p.o.Since && (tailY > at.tail || tailY == at.tail && y >= x) {
		return // or y will find x
	}
	f.verified++
	reaches := p.reaches
	if p.farLonger(y, x) {
		reaches = p.reachesFrom
	}
	if !reaches(at, y, tailY) {
		return
	}
	a, b := min(x, y), max(x, y)
	if score := p.v.cosine(a, b, p.squares[a], p.squares[b]); score >= p.t {
		f.add(x, y, score)
	}
}

// reaches says whether the dot product of the row at hand, which lies flat, and
// row y, whose tail at the token is tailY, comes up to the bound, and the token
// is the first that they share.
func (p *cosineProber) reaches(at met, y int32, tailY float64) bool {
	tokens, weights := p.row(y)
	weights = weights[:len(tokens)]
	flat := p.flat
	i := 0
	for tokens[i] != at.tok {
		if flat[tokens[i]] != 0 {
			return false
		}
		i++
	}
	dot := 0.0
	rest := tailY * tailY
	sq := at.tail * at.tail
	for ; i < len(tokens); i++ {
		w := float64(weights[i])
		dot += w * float64(flat[tokens[i]])
		rest -= w * w
		if lacks := p.bound - dot; lacks > 0 && lacks*lacks > (rest+cosineSlack)*sq {
			return false
		}
	}
	return dot >= p.bound
}

// farLonger says whether row y has so many more tokens than row x that looking
// each of x up in it is cheaper than walking along it.
func (p *cosineProber) farLonger(y, x int32) bool {
	start := p.v.Start
	return start[y+1]-start[y] > farLonger*(start[x+1]-start[x])
}

// farLonger is how many times as long.
const farLonger = 32

// reachesFrom is reaches for a row y that is far longer: it looks the tokens of
// the row at hand up in it.
func (p *cosineProber) reachesFrom(at met, y int32, tailY float64) bool {
	tokens, weights := p.row(at.x)
	others, theirs := p.row(y)
	dot, rest := 0.0, at.tail*at.tail
	for i, tok := range tokens {
		k, has := slices.BinarySearch(others, tok)
		others, theirs = others[k:], theirs[k:]
		if tok < at.tok {
			if has {
				return false
			}
			continue
		}
		w := float64(weights[i])
		if has {
			dot += w * float64(theirs[0])
		}
		rest -= w * w
		if lacks := p.bound - dot; lacks > 0 && lacks*lacks > (rest+cosineSlack)*tailY*tailY {
			return false
		}
	}
	return dot >= p.bound
}
