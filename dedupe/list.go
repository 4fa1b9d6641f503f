package dedupe

import (
	"cmp"
	"context"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/unecho/unecho/pipeline/record"
)

// list is the input made ready for comparing: records that are equal in every
// compared field stand once, in an order that depends on nothing but their
// content, and each text is a row of symbols.
type list struct {
	in     *Input
	cols   []int   // columns that are compared
	n      int     // distinct records
	of     []int32 // the distinct record of each row
	begin  []int32 // rows of distinct record d are order[begin[d]:begin[d+1]], ascending
	order  []int32
	twins  []int32 // of each distinct record the first that is equal to it, told apart or not; nil where all differ
	across []int32 // list number of each distinct record, or nil

	logN     float64       // ln(n+1), the nats that single one record out of the list
	title    *words        // words of the main text
	whole    *grams        // character 3-grams of the whole record
	short    *grams        // character 3-grams of the main text; equals whole where there is nothing else
	marked   []int32       // marks of the main text of record d are mark[marked[d]:marked[d+1]]
	mark     []record.Mark // in the order of the text
	told     []uint16      // qualifiers in the main text of each record, a bit each
	heads    []int32       // words of the main text before closing brackets, 0 for none; nil where no record has any
	fields   []*field      // every compared field beside the main text
	bodies   []*words      // running texts, beside the main text
	main     []int         // its columns
	begins   [][]int32     // of each record, the word with which each column of the main text but the first begins
	titled   string        // what the main text is called
	named    bool          // the main text is a person's name
	sentence []int32       // words of each main text, 0 where it is no sentence
}

// newList prepares the input. The work grows in step with the input's text.
func newList(ctx context.Context, in *Input, progress func(done, total int)) (*list, error) {
	l := &list{in: in}
	way := &steps{tell: progress, total: in.Len()}
	for c, forms := range in.Forms {
		if forms != nil {
			l.cols = append(l.cols, c)
		}
	}
	share := l.shares()
	way.next(share.order)
	l.collapse()
	l.logN = math.Log(float64(l.n) + 1)
	titles := record.Main(in.Columns)
	l.main = titles
	var names []string
	for _, c := range titles {
		names = append(names, in.Columns[c].Name)
		l.named = l.named || in.Columns[c].Role == record.Person
	}
	l.titled = strings.Join(names, " and ")
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	l.title = &words{texts: *cutTexts(l.n, func(d int) (string, string) { return l.text(d, titles, false), l.text(d, titles, true) }, way.next(share.words))}
	way.next(share.marks)
	l.title.gather()
	l.title.weigh()
	l.title.means = newMeanings(l.title.symbols)
	l.title.traits = newTraits(l.title.symbols.text)
	l.title.firsts = l.title.firstLetters()
	l.readForms()
	l.told = newQualified(l.title)
	l.sentence = l.title.sentences()
	l.addFields(titles, func() { way.next(share.field) })
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	way.next(share.grams)
	l.short = l.title.grams(l.title.symbols.text)
	l.whole = l.short
	if len(l.cols) > len(titles) {
		whole := cutTexts(l.n, func(d int) (string, string) { t := l.text(d, l.cols, false); return t, t }, way.next(share.whole))
		way.next(share.whole / 2)
		l.whole = whole.grams(whole.symbols.text)
	}
	return l, ctx.Err()
}

// shares is how much of the time of newList each of its steps takes, about: all
// of them 1.
type shares struct{ order, words, marks, field, grams, whole float64 } // that of whole is for cutting, for its grams half as much

// shares goes by what a million titles, people and products take.
func (l *list) shares() shares {
	s := shares{order: 7, words: 43, marks: 25, grams: 25}
	all := s.order + s.words + s.marks + s.grams
	if others := len(l.cols) - len(record.Main(l.in.Columns)); others > 0 {
		s.field, s.whole = 40, 100
		all += s.field*float64(others) + 1.5*s.whole
	}
	for _, share := range []*float64{&s.order, &s.words, &s.marks, &s.field, &s.grams, &s.whole} {
		*share /= all
	}
	return s
}

// marks gives the numbers and part markers of the main text of record d.
func (l *list) marks(d int32) []record.Mark { return l.mark[l.marked[d]:l.marked[d+1]] }

// rows gives the rows of distinct record d, ascending.
func (l *list) rows(d int32) []int32 { return l.order[l.begin[d]:l.begin[d+1]] }

// row is the first of them.
func (l *list) row(d int32) int32 { return l.order[l.begin[d]] }

// textPerColumn is how much of a column's text counts towards the resemblance
// of whole records, in bytes: an abstract must not drown the title.
const textPerColumn = 300

// text joins the forms of some columns of distinct record d.
func (l *list) text(d int, cols []int, core bool) string {
	r := l.row(int32(d))
	if len(cols) == 1 && (core || len(l.in.Forms[cols[0]][r].Text) <= textPerColumn) {
		return textOf(&l.in.Forms[cols[0]][r], core)
	}
	var b strings.Builder
	for _, c := range cols {
		t := textOf(&l.in.Forms[c][r], core)
		if t == "" {
			continue
		}
		if len(cols) > 1 && len(t) > textPerColumn {
			cut := textPerColumn
			for cut > 0 && t[cut] >= 0x80 && t[cut] < 0xC0 {
				cut--
			}
			t = t[:cut]
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t)
	}
	return b.String()
}

func textOf(f *record.Form, core bool) string {
	if core {
		return f.Core
	}
	return f.Text
}

// collapse finds the distinct records and numbers them by content.
func (l *list) collapse() {
	n := l.in.Len()
	apart := l.apart()
	var equal []bool
	l.order, equal = l.byContent()
	l.of = make([]int32, n)
	l.begin = make([]int32, 0, n+1)
	for i, r := range l.order {
		if !equal[i] || l.in.Across != nil || apart[r] || apart[l.order[i-1]] || l.blank(r) {
			l.begin = append(l.begin, int32(i))
			l.addTwin(equal[i])
		}
		l.of[r] = int32(len(l.begin) - 1)
	}
	l.n = len(l.begin)
	l.begin = append(l.begin, int32(n))
	for d := range int32(l.n) {
		if rows := l.rows(d); len(rows) > 1 {
			slices.Sort(rows)
		}
	}
	l.setAcross()
}

// addTwin takes note of a new distinct record, and whether it is equal to the one before.
func (l *list) addTwin(equal bool) {
	d := int32(len(l.begin) - 1)
	if l.twins == nil {
		if !equal {
			return
		}
		for e := range d {
			l.twins = append(l.twins, e)
		}
	}
	if equal {
		d = l.twins[d-1]
	}
	l.twins = append(l.twins, d)
}

// setAcross numbers the lists of the distinct records.
func (l *list) setAcross() {
	if l.in.Across == nil {
		return
	}
	l.across = make([]int32, l.n)
	for d := range l.across {
		l.across[d] = l.in.Across[l.row(int32(d))]
	}
}

// apart gives the rows that a person has told apart from another: they must
// stay single even among equals.
func (l *list) apart() map[int32]bool {
	m := map[int32]bool{}
	for _, pairs := range [][][2]int{l.in.Different, l.in.Related} {
		for _, p := range pairs {
			m[int32(p[0])], m[int32(p[1])] = true, true
		}
	}
	return m
}

// equal says whether two rows are equal in every compared column, told apart or not.
func (l *list) equal(a, b int) bool {
	x, y := l.of[a], l.of[b]
	return x == y || l.twins != nil && l.twins[x] == l.twins[y]
}

// formEnd ends the text of each column where those of a record are one after the other.
const formEnd = 0x1f

// hashForms is a hash of what is compared of a row: of the one column, or of all,
// each with an end. The order of the records goes by it.
func (l *list) hashForms(r int32) uint64 {
	if len(l.cols) == 1 && l.in.Across == nil {
		return fnv(l.in.Forms[l.cols[0]][r].Text)
	}
	h := uint64(fnvBasis)
	for _, c := range l.cols {
		h = fnvMore(h, l.in.Forms[c][r].Text)
		h = (h ^ formEnd) * fnvPrime
	}
	return h
}

// compareForms orders two rows by what is compared of them.
func (l *list) compareForms(a, b int32) int {
	for _, c := range l.cols {
		x, y := l.in.Forms[c][a].Text, l.in.Forms[c][b].Text
		if x != y {
			return strings.Compare(x+string(rune(formEnd)), y+string(rune(formEnd)))
		}
	}
	return 0
}

// blank says whether a row has nothing in its one column, which makes it equal to no other.
func (l *list) blank(r int32) bool {
	switch len(l.cols) {
	case 0:
		return true
	case 1:
		return l.in.Forms[l.cols[0]][r].Text == ""
	}
	return false
}

// byContent orders the rows by what is compared; rows equal in this by their
// cleaned text, then by number. A fixed hash first keeps the comparisons short.
// equal says of each whether the one before it is equal in what is compared.
func (l *list) byContent() (rows []int32, equal []bool) {
	type entry struct {
		hash uint64
		row  int32
	}
	order := make([]entry, l.in.Len())
	eachRange(len(order), func(lo, hi int) {
		for r := lo; r < hi; r++ {
			order[r] = entry{l.hashForms(int32(r)), int32(r)}
		}
	})
	inParts(order, func(e entry) byte { return byte(e.hash >> 56) }, func(a, b entry) int {
		if a.hash != b.hash {
			return cmp.Compare(a.hash, b.hash)
		}
		if c := l.compareForms(a.row, b.row); c != 0 {
			return c
		}
		if c := slices.Compare(l.in.cells(int(a.row)), l.in.cells(int(b.row))); c != 0 {
			return c
		}
		return cmp.Compare(a.row, b.row)
	})
	rows, equal = make([]int32, len(order)), make([]bool, len(order))
	eachRange(len(order), func(lo, hi int) {
		for i := lo; i < hi; i++ {
			rows[i] = order[i].row
			equal[i] = i > 0 && order[i].hash == order[i-1].hash && l.compareForms(order[i].row, order[i-1].row) == 0
		}
	})
	return rows, equal
}

// inParts sorts values, on all cores: by their first byte at a stroke, those of
// one byte by themselves. compare must put lower bytes first.
func inParts[T any](values []T, first func(T) byte, compare func(a, b T) int) {
	if len(values) < 1<<15 {
		slices.SortFunc(values, compare)
		return
	}
	var from [257]int
	for _, v := range values {
		from[int(first(v))+1]++
	}
	for b := range 256 {
		from[b+1] += from[b]
	}
	next, parts := from, make([]T, len(values))
	for _, v := range values {
		b := first(v)
		parts[next[b]] = v
		next[b]++
	}
	eachChunk(256, func(b int) {
		part := parts[from[b]:from[b+1]]
		slices.SortFunc(part, compare)
		copy(values[from[b]:], part)
	})
}

// fnv is the 64-bit FNV-1a hash (Fowler, Noll, Vo), the same on every run.
func fnv(s string) uint64 { return fnvMore(fnvBasis, s) }

const (
	fnvBasis = 14695981039346656037
	fnvPrime = 1099511628211
)

// fnvMore takes more text into a hash.
func fnvMore(h uint64, s string) uint64 {
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * fnvPrime
	}
	return h
}

// eachRange calls f for ranges that cover 0 to n, at once on all cores. f must
// write only to its own range.
func eachRange(n int, f func(lo, hi int)) {
	workers := runtime.GOMAXPROCS(0)
	if n < 2048 || workers == 1 {
		f(0, n)
		return
	}
	step := max(1024, n/(workers*8)+1)
	eachChunk((n+step-1)/step, func(i int) { f(i*step, min(i*step+step, n)) })
}

// sumRanges counts over the ranges of 0 to n, at once on all cores: f adds to
// the counts of its own, of which there are size, and the sums are given.
func sumRanges(n, size int, f func(lo, hi int, count []int32)) []int32 {
	parts := make([][]int32, max(1, min(runtime.GOMAXPROCS(0), n/2048)))
	eachChunk(len(parts), func(i int) {
		parts[i] = make([]int32, size)
		f(i*n/len(parts), (i+1)*n/len(parts), parts[i])
	})
	sum := parts[0]
	for _, p := range parts[1:] {
		for t, k := range p {
			sum[t] += k
		}
	}
	return sum
}

// eachChunk calls f for 0 to n-1, at once on all cores.
func eachChunk(n int, f func(i int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				f(i)
			}
		})
	}
	wg.Wait()
}
