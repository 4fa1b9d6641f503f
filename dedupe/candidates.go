package dedupe

import (
	"context"
	"fmt"
	"slices"

	"github.com/unecho/unecho/dedupe/join"
	"github.com/unecho/unecho/pipeline/record"
)

// The search for candidates. MATCHING's measurement: pairs of cosine 0.4 and
// above, pairs that share a word of at most ten records, and pairs with an
// equal value of at most ten records reach 0.95 of the true pairs.
const (
	rareIn       = 10 // a word or value that at most so many records have makes a pair
	perRecord    = 10 // pairs that the cosine join keeps per record, on average
	rarePer      = 8  // pairs by rare words that are kept per record
	valuePer     = 4  // pairs by equal values that are kept per record
	smallList    = 20_000
	middleList   = 150_000
	cosineSmall  = 0.4
	cosineMiddle = 0.5
	jaccardLarge = 0.6
)

// candidates finds the pairs of distinct records that are worth comparing, in
// order of A, then B, and says what is promised.
func (l *list) candidates(ctx context.Context, progress func(done, total int)) ([]join.Pair, Promise, error) {
	var promise Promise
	o := join.Options{List: l.across, MaxPerRow: perRecord, Progress: progress}
	near, err := l.near(ctx, o, &promise)
	if err != nil {
		return nil, promise, err
	}
	o.Progress = nil
	o.MaxPerRow = rarePer
	rare, err := join.Rare(ctx, &l.title.sets, rareIn, o)
	if err != nil {
		return nil, promise, err
	}
	lists := [][]join.Scored{near, rare.Pairs}
	if len(l.fields) > 0 {
		o.MaxPerRow = valuePer
		values, err := join.Rare(ctx, l.values(), rareIn, o)
		if err != nil {
			return nil, promise, err
		}
		lists = append(lists, values.Pairs)
	}
	pairs := join.Union(lists...)
	promise.Candidates = len(pairs)
	if l.n > 0 {
		promise.PerRecord = float64(len(pairs)) / float64(l.n)
	}
	return pairs, promise, nil
}

// near runs the exact join whose similarity the list's size allows: what
// resembles by chance grows with the list.
func (l *list) near(ctx context.Context, o join.Options, promise *Promise) ([]join.Scored, error) {
	var lists [][]join.Scored
	note := func(r *join.Result) {
		if r.Full > 0 {
			promise.Notes = append(promise.Notes, fmt.Sprintf("%d records resemble more than %d others; of theirs, the nearest were compared", r.Full, o.MaxPerRow))
		}
		lists = append(lists, r.Pairs)
	}
	if l.n > middleList {
		promise.Similarity, promise.Of = jaccardLarge, "words of the main text that two records share, weighted by rarity"
		r, err := join.Jaccard(ctx, &l.title.sets, l.title.weight, jaccardLarge, o)
		if err != nil {
			return nil, err
		}
		note(r)
		return lists[0], nil
	}
	promise.Similarity, promise.Of = cosineSmall, "groups of three letters of the whole record, weighted by rarity"
	if l.n > smallList {
		promise.Similarity = cosineMiddle
	}
	r, err := join.Cosine(ctx, &l.whole.Vectors, promise.Similarity, o)
	if err != nil {
		return nil, err
	}
	note(r)
	if l.short != l.whole {
		o.Progress = nil
		r, err := join.Cosine(ctx, &l.short.Vectors, max(promise.Similarity, titleCosine), o)
		if err != nil {
			return nil, err
		}
		lists = append(lists, r.Pairs)
	}
	return slices.Concat(lists...), nil
}

// titleCosine is the least cosine of main texts that makes a pair by itself in
// a list that has more columns.
const titleCosine = 0.5

// values gives the other fields' values as sets of tokens, one number space
// for all fields. Dates, quantities and categories make no pairs: they agree
// for nothing.
func (l *list) values() *join.Sets {
	s := &join.Sets{}
	offset := make([]int32, len(l.fields))
	next := int32(0)
	for i, f := range l.fields {
		offset[i] = next
		next += int32(len(f.text))
	}
	row := make([]int32, 0, len(l.fields))
	for d := range l.n {
		row = row[:0]
		for i, f := range l.fields {
			if v := f.value[d]; v >= 0 && f.telling() {
				row = append(row, offset[i]+v)
			}
		}
		s.Add(row...)
	}
	return s
}

// telling says whether an equal rare value of the field makes two records
// worth comparing.
func (f *field) telling() bool {
	switch f.role {
	case record.Number, record.Category:
		return f.part == record.Pages
	}
	return true
}
