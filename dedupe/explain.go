package dedupe

import (
	"context"
	"fmt"
	"math"
	"strings"

	"github.com/unecho/unecho/pipeline/record"
)

// Explain gives the evidence for rows a and b of the list, whether or not
// they were candidates. Rows count from 0.
func (p *Prepared) Explain(o Options, a, b int) *Explanation {
	o = p.settings(o)
	if a > b {
		a, b = b, a
	}
	l := p.list
	x, y := l.of[a], l.of[b]
	c, _ := p.idle.Get().(*comparer)
	if c == nil {
		c = l.newComparer()
	}
	defer p.idle.Put(c)
	m, f, d := p.compare(c, x, y)
	score := o.Weights.score(&m)
	e := &Explanation{Link: record.Link{A: a, B: b, Score: score, Probability: bounded(score)}, Base: o.Weights.Base}
	for k := range measureCount {
		w := o.Weights.weight(k, float64(m[k]))
		if w == 0 && math.IsNaN(float64(m[k])) || len(o.Weights.Levels[k]) == 0 {
			continue
		}
		e.Evidence = append(e.Evidence, record.Evidence{Name: measures[k].name, Level: l.levelWords(k, float64(m[k]), &d), Weight: w})
	}
	if held, ok := o.Weights.HeldAt(e.Probability); ok {
		e.Held = &held
	}
	e.Conditions = conditions(score, f, &o)
	if o.shipped != nil {
		e.Conditions = answeredConditions(score, &m, f, &o)
	}
	e.Band = unmerged(score, f, &o)
	if x == y || sure(score, &m, f, &o) {
		e.Band = record.Certain
	}
	if x == y {
		e.Why = "equal in every compared column"
	} else {
		e.Why = l.whyWords(&m, f, &d)
	}
	return e
}

// Explain prepares the list and gives the evidence for two of its rows.
func Explain(ctx context.Context, in *Input, o Options, a, b int) (*Explanation, error) {
	if n := in.Len(); a < 0 || b < 0 || a >= n || b >= n {
		return nil, fmt.Errorf("rows %d and %d: the list has rows 1 to %d", a+1, b+1, n)
	}
	p, err := Prepare(ctx, in, o.Progress)
	if err != nil {
		return nil, err
	}
	return p.Explain(o, a, b), nil
}

// conditions says what the band certain asks for and what of it holds.
func conditions(score float64, f facts, o *Options) []Condition {
	return []Condition{
		{fmt.Sprintf("the probability is %.2f or more", o.Same), probability(score) >= o.Same},
		{"no word is left over, affixes and slips aside; or one text holds the other and a long text or an identifier is equal", f&factNoWordLeft != 0 || f&factContained != 0 && f&(factLongTextEqual|factIdentifierEqual) != 0},
		{"no number, year, model code or part that the other lacks; or a long text is equal, no part differs, and no other number, year or model code stands against one of the other side", f&factNumbersAgree != 0 || f&(factLongTextEqual|factPartsAgree|factNothingClashes) == factLongTextEqual|factPartsAgree|factNothingClashes},
		{"every other column that both have agrees; or a long text is equal and only a source, a category or an address differs", f&factColumnsAgree != 0 || f&factLongTextEqual != 0 && f&factHardColumnsAgree != 0},
		{"another column, a long text or an identifier agrees; or the texts say the same words in the same order", f&(factSupported|factSameOrder) != 0},
	}
}

// why is the one line for a pair of distinct records; what x has of its own comes
// first.
func (p *Prepared) why(c *comparer, x, y int32) string {
	if x == y {
		return "equal in every compared column"
	}
	m, f, d := p.compare(c, x, y)
	return p.list.whyWords(&m, f, &d)
}

// whyWords says in one line what speaks for a pair and what differs.
func (l *list) whyWords(m *comparison, f facts, d *compared) string {
	var good, bad []string
	switch {
	case f&factTitleEqual != 0:
		good = append(good, "same "+l.titled)
	case f&factNoWordLeft != 0:
		good = append(good, "same words"+asideWords(d))
	case f&factContained != 0:
		good = append(good, "one "+l.titled+" holds the other")
	default:
		good = append(good, fmt.Sprintf("resembles (%.2f)", m[mWhole]))
	}
	if f&factLongTextEqual != 0 {
		good = append(good, "the long text is the same")
	} else if d.bodyShare >= 0.8 {
		good = append(good, "the long texts share most words")
	}
	agree, differ := l.columnWords(d)
	if len(agree) > 0 {
		good = append(good, and(agree)+verb(agree, " agrees", " agree"))
	}
	if x, y := l.leftWords(d); x != "" || y != "" {
		bad = append(bad, fmt.Sprintf("words of their own: %s | %s", orDash(x), orDash(y)))
	}
	if d.marks.part == markOne || d.marks.part == markClash {
		bad = append(bad, fmt.Sprintf("%s %s | %s", d.marks.kind, orDash(d.marks.a), orDash(d.marks.b)))
	}
	if d.marks.year == markClash {
		bad = append(bad, "other years")
	}
	if d.marks.number == markClash {
		bad = append(bad, "other numbers")
	}
	if d.marks.model == markClash {
		bad = append(bad, "other model codes")
	}
	if len(differ) > 0 {
		bad = append(bad, and(differ)+verb(differ, " differs", " differ"))
	}
	why := strings.Join(good, ", ")
	if len(bad) > 0 {
		why += "; but " + strings.Join(bad, ", ")
	}
	return why
}

// and joins names as a sentence does: "author, year and source".
func and(names []string) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// verb gives the form that goes with so many names.
func verb(names []string, one, many string) string {
	if len(names) == 1 {
		return one
	}
	return many
}

// asideWords says that affixes or slips were set aside.
func asideWords(d *compared) string {
	switch {
	case d.aside != [2]int{}:
		return " once a prefix or tag is set aside"
	case d.typo > 0:
		return " but for a slip"
	case d.joined > 0 || d.abbr > 0:
		return ", joined or shortened"
	}
	return ""
}

// columnWords names the other columns that agree and that differ.
func (l *list) columnWords(d *compared) (agree, differ []string) {
	for i, s := range d.fields {
		f := l.fields[i]
		switch {
		case math.IsNaN(s) || f.main || f.role == record.Body:
		case s > agreesFrom:
			agree = append(agree, f.name)
		case s < differsBelow:
			differ = append(differ, f.name)
		}
	}
	return agree, differ
}

// leftWords gives the words left over on each side, at most a few.
func (l *list) leftWords(d *compared) (a, b string) {
	var side [2]string
	for s, left := range d.left {
		var w []string
		for _, t := range left {
			if len(w) == 6 {
				w = append(w, "…")
				break
			}
			w = append(w, l.title.symbols.text[t])
		}
		side[s] = strings.Join(w, " ")
	}
	return side[0], side[1]
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// levelWords says what was seen in one comparison.
func (l *list) levelWords(m measure, v float64, d *compared) string {
	if math.IsNaN(v) {
		return "nothing to compare"
	}
	switch m {
	case mLeftBoth, mLeftMost, mLeftAll:
		x, y := l.leftWords(d)
		if x == "" && y == "" {
			return "none"
		}
		return orDash(x) + " | " + orDash(y)
	case mJoint:
		return fmt.Sprintf("about %.0f of %d", math.Exp(v), l.n)
	case mAgree:
		agree, _ := l.columnWords(d)
		return orDash(strings.Join(agree, ", "))
	case mDisagree:
		_, differ := l.columnWords(d)
		return orDash(strings.Join(differ, ", "))
	case mModel:
		switch {
		case v < 0:
			return "each has its own"
		case v == 0:
			return "on one side only"
		}
		return fmt.Sprintf("shared, rare %.2f", v)
	case mNumber, mYear:
		return stepWord(m, int(v))
	case mPart:
		if v == 1 {
			return stepWord(m, 1)
		}
		return fmt.Sprintf("%s %s | %s", d.marks.kind, orDash(d.marks.a), orDash(d.marks.b))
	case mQualifier, mIdentifier:
		return stepWord(m, int(v))
	case mRetold:
		if v == 0 {
			return "no"
		}
		return fmt.Sprintf("%.0f words", v)
	case mLength:
		return fmt.Sprintf("%d entries", l.n)
	case mMargin:
		if v >= 0 {
			return fmt.Sprintf("better by %.2f", v)
		}
		return fmt.Sprintf("worse by %.2f", -v)
	case mNet, mAgreeMost, mOdds:
		return fmt.Sprintf("%.1f nats", v)
	}
	return fmt.Sprintf("%.2f", v)
}

// stepWord names a value of the comparisons that know only -1, 0 and 1; "" for
// a value that a comparison does not have, or measures.
func stepWord(m measure, v int) string {
	switch m {
	case mNumber, mYear, mPart:
		return [...]string{"each has its own", "on one side only", "the same"}[v+1]
	case mModel:
		return [...]string{"each has its own", "on one side only", ""}[v+1]
	case mIdentifier:
		return [...]string{"different", "a slip apart", "the same"}[v+1]
	case mQualifier:
		return [...]string{"one has a word that the other lacks", "", "the same"}[v+1]
	}
	return ""
}
