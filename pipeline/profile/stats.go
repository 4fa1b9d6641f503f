package profile

import (
	"math/bits"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// Stat is what was counted of a column. Rows that are equal in every cell
// count once, so that a copy of a record changes nothing, and no figure
// depends on the order of the rows, Examples aside.
type Stat struct {
	Rows     int     // different rows
	Filled   float64 // share of them with something in the cell, 0 to 1
	Distinct float64 // different values by filled cells, 0 to 1; an estimate above some ten thousand values
	Few      int     // the exact number of different values up to 64; 65 stands for more
	Unique   bool    // no value occurs twice; exact
	Words    float64 // mean words of a filled cell
	Length   float64 // mean bytes of a filled cell
	Letters  float64 // letters by letters and digits, 0 to 1
	OneWord  float64 // share of filled cells of one word, 0 to 1
	// Shapes holds the share of filled cells of each Shape; they sum to 1.
	Shapes   [shapes]float64
	Examples []string // the first three different values, in reading order

	span float64 // largest minus smallest whole number, where all are
}

// Share gives the share of filled cells that have one of the shapes.
func (s *Stat) Share(of ...Shape) float64 {
	sum := 0.0
	for _, shape := range of {
		sum += s.Shapes[shape]
	}
	return min(sum, 1)
}

// Top gives the most frequent shape and its share.
func (s *Stat) Top() (Shape, float64) {
	best := ShapeOther
	for i := range s.Shapes {
		if s.Shapes[i] > s.Shapes[best] {
			best = Shape(i)
		}
	}
	return best, s.Shapes[best]
}

const (
	fewValues   = 64     // distinct values that are counted exactly
	sampleRows  = 6_000  // rows whose shapes are looked at, at least; fewer than twice as many
	sampleNames = 16_384 // distinct values that an estimate rests on, at least
)

// Stats counts width columns of cells, which stand record after record. It
// reads every cell once; shapes and words are taken of a sample of rows that
// is chosen by content.
func Stats(cells []string, width int) []Stat {
	if width <= 0 {
		return nil
	}
	return newList(cells, width).stats()
}

// list is the table as it is counted: its different rows and the hash of each cell.
type list struct {
	cells  []string
	width  int
	rows   []int    // the first of each set of equal rows
	hashes []uint64 // of the cells of those rows, row after row; 0 for a blank cell
	sample []int    // indexes into rows
}

// newList finds the different rows. Two rows count as equal when their 64-bit
// hashes are: at a million rows that errs with a chance of one in ten million.
func newList(cells []string, width int) *list {
	n := len(cells) / width
	l := &list{cells: cells, width: width, hashes: make([]uint64, n*width)}
	keys := make([]uint64, n)
	const piece = 1 << 14
	spread((n+piece-1)/piece, func(k int) {
		for r := k * piece; r < min((k+1)*piece, n); r++ {
			keys[r] = hashRow(cells[r*width:(r+1)*width], l.hashes[r*width:])
		}
	})
	l.rows = make([]int, 0, n)
	for r, again := range repeats(keys) {
		if again {
			continue
		}
		i := len(l.rows)
		copy(l.hashes[i*width:(i+1)*width], l.hashes[r*width:])
		keys[i] = keys[r]
		l.rows = append(l.rows, r)
	}
	l.hashes, keys = l.hashes[:len(l.rows)*width], keys[:len(l.rows)]
	mask := sampleMask(len(l.rows), sampleRows)
	for i, key := range keys {
		if key&mask == 0 {
			l.sample = append(l.sample, i)
		}
	}
	return l
}

// hashRow gives the hash of a row, never 0, and writes those of its cells.
func hashRow(row []string, hashes []uint64) uint64 {
	key := uint64(len(row))
	for c, cell := range row {
		hashes[c] = hashCell(cell)
		key = mix(key ^ hashes[c])
	}
	return key | 1<<63
}

// filled says whether the cell of column c in the i-th different row holds anything.
func (l *list) filled(i, c int) bool { return l.hashes[i*l.width+c] != 0 }

// sampleMask gives the mask of low bits that leaves between want and twice as many of n.
func sampleMask(n, want int) uint64 {
	if n <= 2*want {
		return 0
	}
	return 1<<(bits.Len(uint(n/want))-1) - 1
}

// stats counts all columns.
func (l *list) stats() []Stat {
	stats := make([]Stat, l.width)
	var wait sync.WaitGroup
	for c := range stats {
		s := &stats[c]
		s.Rows = len(l.rows)
		wait.Go(func() { l.countValues(c, s) })
		wait.Go(func() { l.countShapes(c, s) })
		l.examples(c, s)
	}
	wait.Wait()
	return stats
}

// countValues counts filled cells and different values. Different values
// beyond the few are estimated from those whose hash falls under a mask: each
// value is then counted with all its cells or not at all.
func (l *list) countValues(c int, s *Stat) {
	mask := sampleMask(len(l.rows), sampleNames)
	few := make(map[uint64]struct{}, fewValues+1)
	seen := make(map[uint64]struct{}, min(len(l.rows), 2*sampleNames))
	filled, sampled, repeated := 0, 0, false
	last := uint64(0)
	for i := range l.rows {
		h := l.hashes[i*l.width+c]
		if h == 0 {
			continue
		}
		filled++
		if len(few) <= fewValues && h != last {
			few[h] = struct{}{}
			last = h
		}
		if h>>32&mask == 0 {
			sampled++
			if _, again := seen[h]; again {
				repeated = true
			}
			seen[h] = struct{}{}
		}
	}
	if s.Few = len(few); filled == 0 {
		return
	}
	s.Filled = float64(filled) / float64(len(l.rows))
	switch {
	case s.Few <= fewValues:
		s.Distinct = float64(s.Few) / float64(filled)
	case sampled > 0:
		s.Distinct = float64(len(seen)) / float64(sampled)
	}
	s.Unique = s.Few > fewValues && !repeated || s.Few == filled
	if s.Unique && mask != 0 && l.width > 1 { // different rows of one column are different values
		s.Unique = l.allDiffer(c, filled)
	}
}

// allDiffer looks for a value that occurs twice, and stops at the first.
func (l *list) allDiffer(c, filled int) bool {
	seen := newHashSet(filled)
	for i := range l.rows {
		if h := l.hashes[i*l.width+c]; h != 0 && !seen.add(h) {
			return false
		}
	}
	return true
}

// countShapes looks at the sampled rows.
func (l *list) countShapes(c int, s *Stat) {
	var counts [shapes]int
	var words, length, letters, digits, single, filled int
	low, high := 0.0, 0.0
	for _, i := range l.sample {
		v := strings.TrimSpace(l.cells[l.rows[i]*l.width+c])
		if v == "" {
			continue
		}
		shape := ShapeOf(v)
		counts[shape]++
		n := len(strings.Fields(v))
		words += n
		length += len(v)
		if n == 1 {
			single++
		}
		a, d := lettersAndDigits(v)
		letters += a
		digits += d
		if x, ok := wholeNumber(v); ok {
			if filled == 0 || x < low {
				low = x
			}
			if filled == 0 || x > high {
				high = x
			}
		}
		filled++
	}
	if filled == 0 {
		return
	}
	f := float64(filled)
	for i := range counts {
		s.Shapes[i] = float64(counts[i]) / f
	}
	s.Words, s.Length, s.OneWord, s.span = float64(words)/f, float64(length)/f, float64(single)/f, high-low
	if letters+digits > 0 {
		s.Letters = float64(letters) / float64(letters+digits)
	}
}

// examples takes the first three different values.
func (l *list) examples(c int, s *Stat) {
	for _, r := range l.rows {
		v := strings.TrimSpace(l.cells[r*l.width+c])
		if v == "" || slices.Contains(s.Examples, v) {
			continue
		}
		s.Examples = append(s.Examples, v)
		if len(s.Examples) == 3 {
			return
		}
	}
}

func lettersAndDigits(v string) (letters, digits int) {
	for _, r := range v {
		switch {
		case 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z':
			letters++
		case '0' <= r && r <= '9':
			digits++
		case r >= 0x80 && unicode.IsLetter(r):
			letters++
		}
	}
	return letters, digits
}

// wholeNumber reads up to 15 digits; more would not be exact.
func wholeNumber(v string) (float64, bool) {
	if len(v) > 15 {
		return 0, false
	}
	x := 0.0
	for i := range len(v) {
		if v[i] < '0' || v[i] > '9' {
			return 0, false
		}
		x = 10*x + float64(v[i]-'0')
	}
	return x, v != ""
}
