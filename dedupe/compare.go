package dedupe

import (
	"math"
	"slices"

	"github.com/unecho/unecho/pipeline/record"
)

// measure names one comparison of two records. Each is a number; NaN where
// there was nothing to compare.
type measure int

// The comparisons. What each is called on the screen, and which way it
// points, stands in the table measures.
const (
	mWhole       measure = iota // cosine of the whole records, 0 to 1
	mTitle                      // cosine of the main texts, 0 to 1
	mNet                        // nats of agreement minus disagreement
	mLeftBoth                   // rarest word left over, on the side where it is less rare; share of ln(n+1)
	mLeftMost                   // the same on the side where it is rarer
	mLeftAll                    // weight of all words left over on both sides, in ln(n+1)
	mContained                  // share of the weight of the shorter main text that is shared
	mHead                       // share of the name before closing brackets that is shared, on the side where it is less
	mJoint                      // ln of how many records hold all the shared words
	mMargin                     // better than the runner-up of either record
	mAgree                      // how many other fields agree
	mAgreeMost                  // nats of the best agreement among them
	mDisagree                   // nats of those that disagree
	mNumber                     // numbers: -1 each side has its own, 0 one side has more, 1 the same
	mYear                       // years in the main text, likewise
	mModel                      // model codes: -1 each side has its own, 0 one side only, else how rare the rarest of both, to 1
	mPart                       // part, issue, version and ordinal numbers, likewise
	mQualifier                  // words such as women's, junior, north: -1 differ, 1 the same
	mRetold                     // words of the shorter of two sentences of which each has words of its own, else 0
	mTypo                       // share of the weight that slips of the hand explain
	mAbbreviated                // share that abbreviations explain
	mBody                       // share of the shorter running text that the longer has, 0 to 1
	mIdentifier                 // -1 differ, 0 a slip apart, 1 equal
	mDate                       // similarity of dates, 0 to 1
	mPerson                     // similarity of people, 0 to 1
	mPlace                      // similarity of places, 0 to 1: the number in the street before the street before the town
	mNumeric                    // similarity of quantities, 0 to 1
	mOdds                       // nats of columns and name against the odds of chance
	mLength                     // ln(n+1)
	measureCount
)

// comparison is all that was measured of a pair.
type comparison [measureCount]float32

// compared is the detail beside the numbers, for conditions and words.
type compared struct {
	alignment
	marks     markDiff
	fields    []float64 // similarity of each field, NaN where one side is blank
	swapped   bool      // given and family name stand the other way round
	bodyNats  float64   // weight of the shared words of running text
	bodyShare float64   // share of the shorter running text that the longer has, NaN where one is blank
}

// How alike the values of a field must be to count as agreeing, and below
// which similarity they count as different.
const (
	agreesFrom   = 0.85
	differsBelow = 0.4
)

// measure compares records a and b, which resemble each other as near says
// (list.resemblance). The margin needs the whole list of candidates and is left
// NaN.
func (c *comparer) measure(a, b int32, near float64) (comparison, compared) {
	l := c.l
	var m [measureCount]float64
	for i := range m {
		m[i] = math.NaN()
	}
	d := compared{alignment: c.align(a, b)}
	m[mLength] = l.logN
	m[mWhole], m[mTitle] = c.cosines(a, b, near)
	c.measureTitle(a, b, &m, &d)
	agree, disagree := c.measureFields(a, b, &m, &d)
	c.measureBodies(a, b, &m, &d)
	m[mRetold] = l.retold(a, b, m[mAgreeMost], &d)
	over := 0.0
	if d.total > 0 {
		over = d.over / d.total
	}
	m[mNet] = agree - disagree + min(d.nats+(d.typo+d.abbr+d.joined)*0.4, 3*l.logN) - over*2*l.logN - l.logN
	return narrow(&m), d
}

// cosines are those of whole records and of main texts. Where these are the
// same text, near is both.
func (c *comparer) cosines(a, b int32, near float64) (whole, short float64) {
	if c.l.short == c.l.whole {
		return near, near
	}
	r := c.resemblances()
	return r.whole.cosine(a, b), r.short.cosine(a, b)
}

// narrow keeps what the weights need in half the memory.
func narrow(m *[measureCount]float64) comparison {
	var c comparison
	for i, v := range m {
		c[i] = float32(v)
	}
	return c
}

// measureTitle fills in what the main texts say.
func (c *comparer) measureTitle(a, b int32, m *[measureCount]float64, d *compared) {
	l := c.l
	if l.title.sum[a] == 0 || l.title.sum[b] == 0 {
		m[mTitle] = math.NaN()
		return
	}
	m[mLeftBoth] = min(d.rarest[0], d.rarest[1]) / l.logN
	m[mLeftMost] = max(d.rarest[0], d.rarest[1]) / l.logN
	m[mLeftAll] = d.over / l.logN
	m[mContained] = min(1, (d.nats+(d.typo+d.abbr+d.joined)*0.5)/min(l.title.sum[a], l.title.sum[b]))
	if !c.worded {
		m[mJoint] = math.Log(c.jointly(d.shared))
	}
	m[mTypo] = d.typo / d.total
	m[mAbbreviated] = (d.abbr + d.joined) / d.total
	m[mHead] = l.headShare(a, b, d)
	d.marks = diffMarks(l.marks(a), l.marks(b))
	l.forgiveNumeral(a, b, &d.marks)
	m[mQualifier] = l.qualifiers(a, b)
	m[mNumber], m[mYear], m[mModel] = d.marks.number.value(), d.marks.year.value(), d.marks.model.value()
	m[mPart] = d.marks.part.value()
	if d.marks.model != markNone {
		m[mModel] = c.codes(a, b)
		if m[mModel] > 0 && d.marks.model == markClash {
			d.marks.model = markOne // found in the words of the other, or but for letters at its end
		}
	}
}

// measureFields compares the other fields; agree and disagree are nats.
func (c *comparer) measureFields(a, b int32, m *[measureCount]float64, d *compared) (agree, disagree float64) {
	l := c.l
	if len(l.fields) == 0 {
		return 0, 0
	}
	d.fields = slices.Grow(c.scratch.fields[:0], len(l.fields))[:len(l.fields)]
	c.scratch.fields = d.fields
	count, both, most := 0, 0, 0.0
	var h chance
	best := map[record.Role]measure{record.Date: mDate, record.Person: mPerson, record.Number: mNumeric}
	for i, f := range l.fields {
		x, y := f.value[a], f.value[b]
		if x < 0 || y < 0 {
			d.fields[i] = math.NaN()
			continue
		}
		s := c.similarity(i, x, y)
		if f.twin >= 0 && s < agreesFrom && c.swappedName(f, a, b) {
			s, d.swapped = 1, true
		}
		d.fields[i] = s
		if f.main {
			continue
		}
		both++
		nats := f.power
		if s == 1 {
			nats = max(f.nats(x, l.logN), f.nats(y, l.logN))
		}
		if f.role != record.Body && !f.loose {
			h.add(f, s, nats)
		}
		switch {
		case s > agreesFrom:
			agree += nats
			count++
			most = max(most, nats)
		case s < differsBelow:
			disagree += f.against
		}
		if f.against > 0 || s > agreesFrom {
			c.byRole(f, s, m, best)
		}
	}
	m[mPlace] = l.place(a, b, d.fields)
	if both > 0 {
		m[mAgree] = float64(min(count, 6))
		m[mDisagree] = disagree
		m[mAgreeMost] = most
		if l.named {
			m[mOdds] = c.odds(a, b, &h, &d.alignment)
		}
	}
	return agree, disagree
}

// byRole keeps, of the fields of one role, the mean of the similarities.
func (c *comparer) byRole(f *field, s float64, m *[measureCount]float64, best map[record.Role]measure) {
	if f.role == record.Identifier {
		v := -1.0
		if s == 1 {
			v = 1
		} else if s >= differsBelow {
			v = 0
		}
		if math.IsNaN(m[mIdentifier]) || v > m[mIdentifier] {
			m[mIdentifier] = v
		}
		return
	}
	if k, ok := best[f.role]; ok && !f.loose {
		if math.IsNaN(m[k]) || s < m[k] {
			m[k] = s
		}
	}
}

// swappedName says whether the name of a is that of b the other way round.
func (c *comparer) swappedName(f *field, a, b int32) bool {
	g := c.l.fields[f.twin]
	if f.value[a] < 0 || f.value[b] < 0 || g.value[a] < 0 || g.value[b] < 0 {
		return false
	}
	return f.text[f.value[a]] == g.text[g.value[b]] && g.text[g.value[a]] == f.text[f.value[b]]
}

// measureBodies compares running texts by the words of the shorter.
func (c *comparer) measureBodies(a, b int32, m *[measureCount]float64, d *compared) {
	d.bodyShare = math.NaN()
	for _, w := range c.l.bodies {
		if w.sum[a] == 0 || w.sum[b] == 0 {
			continue
		}
		nats := w.shared(a, b)
		share := nats / min(w.sum[a], w.sum[b])
		if math.IsNaN(d.bodyShare) || share > d.bodyShare {
			d.bodyShare, d.bodyNats = share, nats
		}
	}
	m[mBody] = d.bodyShare
}
