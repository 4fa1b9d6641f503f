package dedupe

// comparisons holds those of many pairs, in blocks: they are most of what a search
// holds, and may be let go of a block at a time.
type comparisons struct{ block [][]comparison }

// compareBlock is how many comparisons stand in a block, half a megabyte.
const compareBlock = 1 << 12

func newComparisons(n int) comparisons {
	var c comparisons
	for ; n > 0; n -= compareBlock {
		c.block = append(c.block, make([]comparison, min(n, compareBlock)))
	}
	return c
}

// at gives the comparison of pair i, to read and write.
func (c comparisons) at(i int) *comparison { return &c.block[i/compareBlock][i%compareBlock] }

// pick gives the comparisons of some pairs, ascending; a blank one for those below
// 0. Where over is set, those that it picks from are let go of as it goes.
func (c comparisons) pick(pairs []int32, over bool) comparisons {
	var out comparisons
	gone := 0
	for from := 0; from < len(pairs); from += compareBlock {
		some := pairs[from:min(from+compareBlock, len(pairs))]
		block := make([]comparison, len(some))
		out.block = append(out.block, block)
		for i, k := range some {
			if k < 0 {
				continue
			}
			block[i] = *c.at(int(k))
			for ; over && gone < int(k)/compareBlock; gone++ {
				c.block[gone] = nil
			}
		}
	}
	return out
}

// flat gives them all in one piece.
func (c comparisons) flat() []comparison {
	var all []comparison
	for _, b := range c.block {
		all = append(all, b...)
	}
	return all
}
