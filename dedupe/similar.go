package dedupe

import (
	"math"
	"strconv"
	"strings"

	"github.com/adrg/strutil"
	"github.com/adrg/strutil/metrics"

	"github.com/unecho/unecho/pipeline/record"
)

// readNumbers reads the values of a numeric field.
func (f *field) readNumbers() {
	if f.role != record.Number || f.part == record.Pages {
		return
	}
	f.number = make([]float64, len(f.text))
	for i, t := range f.text {
		x, err := strconv.ParseFloat(t, 64)
		if err != nil || math.IsInf(x, 0) {
			x = math.NaN()
		}
		f.number[i] = x
	}
}

// A comparer judges how alike two values of a field are. It holds what the
// string metrics need and a memory of what was compared, so each worker has
// its own.
type comparer struct {
	l       *list
	winkler *metrics.JaroWinkler
	seen    []map[uint64]float64 // by field
	scratch scratch
	runs    *runs // for longer texts, made when the first are compared
	joint   map[[jointWords]int32]float64
	laid    *resemblances
	worded  bool // what is compared is only put into words: what words do not tell is left out
}

func (l *list) newComparer() *comparer {
	c := &comparer{l: l, winkler: metrics.NewJaroWinkler(), seen: make([]map[uint64]float64, len(l.fields)), joint: map[[jointWords]int32]float64{}}
	for i := range c.seen {
		c.seen[i] = map[uint64]float64{}
	}
	return c
}

// resemblances are the comparer's own.
func (c *comparer) resemblances() *resemblances {
	if c.laid == nil {
		c.laid = c.l.resemblances()
	}
	return c.laid
}

// seenLimit is how many comparisons of a field a comparer remembers.
const seenLimit = 1 << 15

// similarity of two values of field f, 0 to 1: 1 where they are equal, 0.9
// where one could be a slip of the other, 0 where they are as different as
// values of this field come.
func (c *comparer) similarity(f int, x, y int32) float64 {
	if x == y {
		return 1
	}
	if x > y {
		x, y = y, x
	}
	key := uint64(x)<<32 | uint64(y)
	if s, ok := c.seen[f][key]; ok {
		return s
	}
	s := c.compare(c.l.fields[f], x, y)
	if len(c.seen[f]) < seenLimit {
		c.seen[f][key] = s
	}
	return s
}

// compare chooses the metric by role.
func (c *comparer) compare(f *field, x, y int32) float64 {
	a, b := f.text[x], f.text[y]
	switch {
	case f.role == record.Date:
		return dateSimilarity(a, b)
	case f.part == record.Pages:
		return pagesSimilarity(a, b)
	case f.part == record.Volume || f.part == record.Issue || f.part == record.House:
		return slip(a, b, 0.5)
	case f.number != nil:
		return numberSimilarity(f, x, y, a, b)
	case f.part == record.Email:
		return emailSimilarity(a, b)
	case f.role == record.Identifier:
		return slip(a, b, 0.9)
	case f.role == record.URL:
		return urlSimilarity(a, b)
	case f.part == record.Postcode || f.part == record.Phone:
		return slip(a, b, 0.9)
	case f.part == record.Authors || f.role == record.Person && strings.ContainsAny(a+b, ";"):
		return c.authors(a, b)
	case len(a) > 60 || len(b) > 60:
		return c.overlap(a, b)
	}
	return c.shortText(a, b)
}

// shortText compares names, places and other short texts: the better of Jaro
// and Winkler's similarity (Winkler 1990) and of the words that they share,
// stretched so that what any two words share counts as nothing.
func (c *comparer) shortText(a, b string) float64 {
	s := strutil.Similarity(a, b, c.winkler)
	if w := wordsAlike(a, b); w > s {
		s = w
	}
	if len(a) >= 4 && len(b) >= 4 && edits(a, b, 1) <= 1 {
		s = max(s, 0.95)
	}
	return max(0, (s-0.5)/0.5)
}

// wordsAlike is the share of words of the shorter text that the longer has,
// letting a word stand for its beginning ("int" for "international").
func wordsAlike(a, b string) float64 {
	x, y := strings.Fields(a), strings.Fields(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) == 0 {
		return 0
	}
	var got float64
	used := make([]bool, len(y))
	for _, p := range x {
		best, at := 0.0, -1
		for k, q := range y {
			if used[k] {
				continue
			}
			if s := wordAlike(p, q); s > best {
				best, at = s, k
			}
		}
		if at >= 0 {
			used[at] = true
			got += best
		}
	}
	share := got / float64(len(x))
	if len(x) == 1 && len(y) > 1 {
		share *= 0.95
	}
	return share * (0.9 + 0.1*float64(len(x))/float64(len(y)))
}

// wordAlike compares two words: 1 where equal, 0.9 for an initial, a
// beginning or a slip, else 0.
func wordAlike(p, q string) float64 {
	switch {
	case p == q:
		return 1
	case digit(p) || digit(q):
		return 0
	case p[0] == q[0] && (strings.HasPrefix(p, q) || strings.HasPrefix(q, p)):
		return 0.9
	case min(len(p), len(q)) >= slipFrom && edits(p, q, typoLimit(p, q)) <= typoLimit(p, q):
		return 0.9
	}
	return 0
}

// cutAt cuts s to at most n bytes, at a character.
func cutAt(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n] >= 0x80 && s[n] < 0xC0 {
		n--
	}
	return s[:n]
}

// slip is for values whose every character counts: near where one edit or a
// swap of neighbours makes one of the other, else 0.
func slip(a, b string, near float64) float64 {
	if len(a) >= 4 && len(b) >= 4 && edits(a, b, 1) <= 1 {
		return near
	}
	return 0
}

// emailSimilarity: one slip is near; a few in a long address are what a hand
// or a bad scan makes of it, and no sign of another.
func emailSimilarity(a, b string) float64 {
	if s := slip(a, b, 0.9); s > 0 {
		return s
	}
	if most := min(len(a), len(b)) / 5; edits(a, b, most) <= most {
		return 0.6
	}
	return 0
}

// dateSimilarity: a date is equal or different, never a ratio. What one side
// leaves out is no difference; one digit or a swap of day and month may be a
// slip.
func dateSimilarity(a, b string) float64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	if strings.HasPrefix(b, a) && len(a) >= 4 && len(b) > len(a) && b[len(a)] == '-' {
		return 0.95
	}
	if len(a) == 10 && len(b) == 10 {
		if a[:4] == b[:4] && a[5:7] == b[8:] && a[8:] == b[5:7] {
			return 0.9
		}
		if edits(a, b, 1) <= 1 {
			return 0.8
		}
		if a[:4] == b[:4] {
			return 0.45
		}
		if a[4:] == b[4:] {
			return 0.5
		}
		return 0
	}
	x, errx := strconv.Atoi(cutAt(a, 4))
	y, erry := strconv.Atoi(cutAt(b, 4))
	if errx == nil && erry == nil && (x-y == 1 || y-x == 1) {
		return 0.5
	}
	return 0
}

// pagesSimilarity: equal first pages make it likely, equal in all but one
// digit possible.
func pagesSimilarity(a, b string) float64 {
	x, _, _ := strings.Cut(a, "-")
	y, _, _ := strings.Cut(b, "-")
	if x == y && x != "" {
		return 0.95
	}
	return slip(a, b, 0.6)
}

// numberSimilarity falls from 0.8 to 0 at a difference of a fifth.
func numberSimilarity(f *field, x, y int32, a, b string) float64 {
	p, q := f.number[x], f.number[y]
	if math.IsNaN(p) || math.IsNaN(q) {
		return slip(a, b, 0.7)
	}
	if p == q {
		return 1
	}
	if f.part == record.Coordinate {
		return max(0, 0.95-math.Abs(p-q)*2)
	}
	return max(0, 1-5*math.Abs(p-q)/max(math.Abs(p), math.Abs(q))) * 0.8
}

// urlSimilarity: equal but for the query, the same site, or nothing.
func urlSimilarity(a, b string) float64 {
	pa, _, _ := strings.Cut(a, "?")
	pb, _, _ := strings.Cut(b, "?")
	if pa == pb && strings.Contains(pa, "/") {
		return 0.7
	}
	ha, _, _ := strings.Cut(pa, "/")
	hb, _, _ := strings.Cut(pb, "/")
	if ha == hb {
		return 0.45
	}
	return 0
}

// authors compares lists of people by their family names, in whatever order,
// the shorter list against the longer ("et al.").
func (c *comparer) authors(a, b string) float64 {
	x, y := people(a), people(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) == 0 {
		return 0
	}
	used := make([]bool, len(y))
	var got float64
	for _, p := range x {
		for k, q := range y {
			if used[k] {
				continue
			}
			if s := personAlike(p, q); s > 0 {
				used[k] = true
				got += s
				break
			}
		}
	}
	share := got / float64(len(x))
	if len(x) < len(y) {
		share *= 0.75 + 0.25*float64(len(x))/float64(len(y))
	}
	return max(0, (share-0.2)/0.8)
}

// people cuts the form of a list of people, "family g g; family g".
func people(s string) [][]string {
	var out [][]string
	for p := range strings.SplitSeq(s, ";") {
		w := strings.Fields(p)
		if len(w) == 0 || len(w) == 2 && w[0] == "et" && w[1] == "al" {
			continue
		}
		out = append(out, w)
		if len(out) == 30 {
			break
		}
	}
	return out
}

// personAlike compares two people: a word of three letters and more must be
// shared, and no initial of the others may speak against it.
func personAlike(p, q []string) float64 {
	best := 0.0
	for _, a := range p {
		for _, b := range q {
			if len(a) < 3 || len(b) < 3 {
				continue
			}
			if a == b {
				best = 1
			} else if len(a) >= 5 && len(b) >= 5 && edits(a, b, typoLimit(a, b)) <= typoLimit(a, b) {
				best = max(best, 0.9)
			}
		}
	}
	if best > 0 && len(p) > 1 && len(q) > 1 && !sharedInitial(p, q) {
		best *= 0.5
	}
	return best
}

// sharedInitial says whether the given names could begin alike.
func sharedInitial(p, q []string) bool {
	n := 0
	for _, a := range p {
		for _, b := range q {
			if a[0] == b[0] {
				n++
				break
			}
		}
	}
	return n >= 2
}
