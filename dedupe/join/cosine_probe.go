package join

import "slices"

// cosineProber is one worker.
type cosineProber struct {
	*cosineIndex
	flat []float32 // the row at hand, by token
	seen []int32   // x+1 where row x has met the row
	tail []float32
	rest bitEnergy // of the row at hand, from the token at hand on
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
		p.scan(x, tok, p.tail[i], p.entry[from:to], f)
		f.read += int64(to - from)
		limit -= int64(to - from)
		if cut {
			f.cut++
			break
		}
		p.rest.pass(tok, weights[i])
	}
	p.rest.clear(tokens)
	for _, tok := range tokens {
		p.flat[tok] = 0
	}
}

// scanBlock is how many signatures scan fetches before it looks at the first
// answer, so that the fetches overlap: most of the time of a join is waiting
// for them.
const scanBlock = 64

// scan meets the rows of the entries, longest tail first.
func (p *cosineProber) scan(x, tok int32, tail float32, entries []uint64, f *found) {
	many := len(entries) > scanBlock
	if many {
		p.rest.sum()
	}
	square := p.bound * p.bound
	var common [scanBlock]int
	for to := len(entries); to > 0; to -= scanBlock {
		block := entries[max(0, to-scanBlock):to]
		for k, e := range block {
			common[k] = p.rest.common(&p.sign[entryRow(e)])
		}
		for k := len(block) - 1; k >= 0; k-- {
			tailY := float64(entryTail(block[k]))
			if !many || p.rest.most[common[k]]+cosineSlack >= square/(tailY*tailY) {
				p.meet(x, tok, entryRow(block[k]), float64(tail), tailY, f)
			}
		}
	}
}

// meet compares rows x and y, which share tok, unless they have met.
func (p *cosineProber) meet(x, tok, y int32, tailX, tailY float64, f *found) {
	if (p.rest.shared(&p.sign[y])+cosineSlack)*tailY*tailY < p.bound*p.bound || p.seen[y] == x+1 {
		return
	}
	p.seen[y] = x + 1
	if !p.o.together(x, y) || y >= p.o.Since && (tailY > tailX || tailY == tailX && y >= x) {
		return // or y will find x
	}
	f.verified++
	if !p.reaches(y, tok, tailX, tailY) {
		return
	}
	a, b := min(x, y), max(x, y)
	if score := p.v.cosine(a, b, p.squares[a], p.squares[b]); score >= p.t {
		f.add(x, y, score)
	}
}

// reaches says whether the dot product of the flat row, whose tail at tok is
// tailX, and row y, whose tail there is tailY, comes up to the bound, and tok
// is the first token they share.
func (p *cosineProber) reaches(y, tok int32, tailX, tailY float64) bool {
	tokens, weights := p.row(y)
	weights = weights[:len(tokens)]
	flat := p.flat
	i := 0
	for tokens[i] != tok {
		if flat[tokens[i]] != 0 {
			return false
		}
		i++
	}
	dot := 0.0
	rest := tailY * tailY
	sq := tailX * tailX
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
