package dedupe

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/unecho/unecho/dedupe/cluster"
	"github.com/unecho/unecho/pipeline/record"
)

// occurrences are a list of what named parties did: patents by applicant,
// orders by customer. Most records share their name with many others, and
// nothing else says who is who, no birth date and no identifier. There the
// name is the thing, and the other columns tell one deed from another. What is
// more likely than not is then found among the names, each standing once, so
// that hundreds of equal ones are no namesakes and hold together without all
// their pairs being looked at. What is certain is found as ever.
type occurrences struct {
	names *Prepared
	of    []int32   // the name of each distinct record, -1 for none
	has   [][]int32 // distinct records of each name, ascending
	homes []home
	key   []uint64 // of each distinct record: a hash of what is compared
	named []uint64 // of each name: a hash of it
}

// home is a column that depends on the name: for each name the value that it
// has oftenest and few other names have, as the place where a firm sits.
type home struct {
	value []int32   // of each name, -1 for none
	nats  []float64 // of each value: what it tells that two names have it for home
}

const (
	oftenFrom  = 8   // records that share a name that stands often
	mostly     = 2   // one record in so many has such a name
	bound      = 1.5 // how much oftener than by chance a column agrees that the name has to do with
	boundPairs = 30  // pairs of one name that this is seen in, at least
)

// tiedToName judges the list. A day, an identifier or a quantity other
// than a place on the map would tell things of one name apart; and at least one
// column must depend on the name, or the name says what a thing is, not which.
// It gives the columns that do, none for any other list.
func (l *list) tiedToName() []*field {
	for _, f := range l.fields {
		switch {
		case f.main:
		case f.role == record.Date, f.role == record.Identifier, f.role == record.Number && f.part != record.Coordinate:
			return nil
		}
	}
	if l.across != nil || len(l.fields) == 0 || len(l.bodies) > 0 {
		return nil
	}
	var often []int32
	named := 0
	for d := range int32(l.n) {
		if l.title.sum[d] == 0 {
			continue
		}
		named++
		if l.title.equal[d] >= oftenFrom {
			often = append(often, d)
		}
	}
	if len(often)*mostly < named {
		return nil
	}
	return l.dependOnName(often)
}

// dependOnName gives the columns that agree among records of one name oftener
// than among those of two.
func (l *list) dependOnName(often []int32) (tied []*field) {
	c := l.newComparer()
	slices.SortStableFunc(often, func(a, b int32) int { return cmp.Compare(l.title.same[a], l.title.same[b]) })
	for i, f := range l.fields {
		if f.main {
			continue
		}
		var both, agree [2]float64 // of one name, of two
		for k, d := range often {
			for of, e := range [2]int32{often[(k+1)%len(often)], often[(k+len(often)/2)%len(often)]} {
				x, y := f.value[d], f.value[e]
				if x < 0 || y < 0 || (l.title.same[d] == l.title.same[e]) != (of == 0) {
					continue
				}
				both[of]++
				if c.similarity(i, x, y) > agreesFrom {
					agree[of]++
				}
			}
		}
		if both[0] >= boundPairs && both[1] > 0 && agree[0]/both[0] >= bound*max(agree[1], 1)/both[1] {
			tied = append(tied, f)
		}
	}
	return tied
}

// newHome finds the home of each name.
func (o *occurrences) newHome(f *field) home {
	type key struct{ name, value int32 }
	times := map[key]int{}
	names := make([]int, len(f.text)) // that have a value
	for d, v := range f.value {
		if k := o.of[d]; k >= 0 && v >= 0 {
			if times[key{k, v}]++; times[key{k, v}] == 1 {
				names[v]++
			}
		}
	}
	h := home{value: make([]int32, len(o.has)), nats: make([]float64, len(f.text))}
	sits := make([]int, len(f.text))
	for k, has := range o.has {
		h.value[k] = -1
		most := 0.0
		for _, d := range has {
			v := f.value[d]
			if v < 0 {
				continue
			}
			if t := float64(times[key{int32(k), v}]) * math.Log(float64(len(o.has))/float64(names[v])); t > most {
				h.value[k], most = v, t
			}
		}
		if v := h.value[k]; v >= 0 {
			sits[v]++
		}
	}
	for v, n := range sits {
		h.nats[v] = math.Log(float64(len(o.has)) / float64(max(n, 1)))
	}
	return h
}

// atHome is what it tells that two names have one home, in nats, at most homeMost.
func (o *occurrences) atHome(a, b int32) float64 {
	nats := 0.0
	for _, h := range o.homes {
		if v := h.value[a]; v >= 0 && v == h.value[b] {
			nats = max(nats, h.nats[v])
		}
	}
	return min(nats, homeMost)
}

const homeMost = 4

// newOccurrences prepares the names of such a list; nil for any other.
func newOccurrences(ctx context.Context, l *list) (*occurrences, error) {
	tied := l.tiedToName()
	if tied == nil {
		return nil, nil
	}
	o := &occurrences{of: make([]int32, l.n)}
	number := map[int32]int32{}
	for d := range int32(l.n) {
		o.of[d] = -1
		if l.title.sum[d] == 0 {
			continue
		}
		k, ok := number[l.title.same[d]]
		if !ok {
			k = int32(len(o.has))
			number[l.title.same[d]] = k
			o.has = append(o.has, nil)
		}
		o.of[d] = k
		o.has[k] = append(o.has[k], d)
	}
	for _, f := range tied {
		o.homes = append(o.homes, o.newHome(f))
	}
	in := &Input{Columns: l.in.Columns, Forms: make([][]record.Form, len(l.in.Columns))}
	for d := range l.n {
		o.key = append(o.key, fnv(l.text(d, l.cols, false)))
	}
	for _, has := range o.has {
		o.named = append(o.named, fnv(l.text(int(has[0]), l.main, false)))
		r := int(l.row(has[0]))
		in.Cells = append(in.Cells, l.in.cells(r)...)
		for _, c := range l.main {
			in.Forms[c] = append(in.Forms[c], l.in.Forms[c][r])
		}
	}
	var err error
	o.names, err = Prepare(ctx, in, nil)
	return o, err
}

// cluster joins the records of one name, and names that are more likely the
// same than not. Records that are free of their name are joined by decisions
// and by scores alone.
func (o *occurrences) cluster(ctx context.Context, l *list, opts *Options, links *constraints) ([]int32, error) {
	free := o.free(l, links)
	c := cluster.Options{Missing: notFound, Must: slices.Clone(links.must), Cannot: links.cannot, Key: make([]uint64, l.n)}
	var edges []cluster.Edge
	stands := make([]int32, len(o.has))
	for k, has := range o.has {
		stands[k] = has[0]
		if i := slices.IndexFunc(has, func(d int32) bool { return !free[d] }); i >= 0 {
			stands[k] = has[i]
		}
	}
	for d := range int32(l.n) {
		k := o.of[d]
		if k < 0 || free[d] {
			c.Key[d] = o.key[d]
			if k >= 0 && d != stands[k] {
				edges = append(edges, cluster.Edge{A: stands[k], B: d, Score: cluster.DefaultClip})
			}
			continue
		}
		c.Key[d] = o.named[k]
		if d != stands[k] {
			c.Must = append(c.Must, [2]int32{stands[k], d})
		}
	}
	weights, threshold := opts.Weights, logOdds(opts.Same)
	if opts.shipped != nil { // answers were about deeds, names are judged as before them
		weights, threshold = opts.shipped, logOdds(max(opts.Same, DefaultBalanced))
	}
	for i, s := range o.names.scores(weights) {
		q := o.names.pairs[i]
		x, y := stands[o.names.list.row(q.A)], stands[o.names.list.row(q.B)]
		s += o.atHome(o.of[x], o.of[y])
		edges = append(edges, cluster.Edge{A: min(x, y), B: max(x, y), Score: s - threshold})
	}
	return cluster.Average(ctx, l.n, edges, c)
}

// free marks the records that do not go with their name: those told apart from
// another of the same name, or of a name that is the same by decision. All
// others do, so that what a person says of one record of a name is said of all,
// and no decision is contradicted.
func (o *occurrences) free(l *list, links *constraints) []bool {
	names := &settled{leader: map[int32]int32{}}
	for _, q := range links.must {
		if x, y := o.of[q[0]], o.of[q[1]]; x >= 0 && y >= 0 {
			names.join(x, y)
		}
	}
	free := make([]bool, l.n)
	for _, q := range links.cannot {
		if x, y := o.of[q[0]], o.of[q[1]]; x < 0 || y < 0 || names.find(x) == names.find(y) {
			free[q[0]], free[q[1]] = true, true
		}
	}
	return free
}

// words says why two records are one though no search compared them.
func (o *occurrences) words(a, b int32, titled string) string {
	if o.of[a] == o.of[b] {
		return "same " + titled + ", which alone says who is who in this list"
	}
	return "its " + titled + " is likely the same, which alone says who is who in this list"
}
