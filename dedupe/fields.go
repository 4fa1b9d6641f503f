package dedupe

import (
	"math"
	"slices"
	"strings"

	"github.com/unecho/unecho/dedupe/lexicon"
	"github.com/unecho/unecho/pipeline/record"
)

// field is one thing that records are compared by beside the main text: a
// column, or columns that belong together.
type field struct {
	name  string
	role  record.Role
	kind  int // number of the role
	part  record.Part
	twin  int      // of a name part that may be swapped with another: that field's index, else -1
	value []int32  // symbol of each record's value, -1 where blank
	text  []string // of each symbol
	count []int32  // records that have the symbol
	total int      // records that have any
	// power is what an agreement tells on average, in nats: -ln of the chance
	// that two records agree by accident.
	power float64
	// against is what a difference tells, in nats: ln((1-u)/(1-m)), with u the
	// chance of an accidental agreement and m that of an agreement between two
	// records of one thing, by role (Fellegi and Sunter 1969, section 3). It
	// is 0 where the list shows the field to say nothing by differing.
	against float64
	// main marks a piece of the main text, whose agreement is counted there.
	main bool
	// loose marks a date that is not the thing's own, such as the day on which
	// a link was posted: it may differ between two records of one thing.
	loose  bool
	number []float64  // of each symbol, NaN where it is none; nil unless the field is numeric
	houses [][]string // of each symbol, the house numbers; nil unless the field is a place
}

// maxNats is the most that a single agreement can tell: the nats that single
// one record out of the list.
func (f *field) nats(symbol int32, limit float64) float64 {
	return min(-math.Log(float64(f.count[symbol])/float64(f.total)), limit)
}

// addFields makes the fields of all compared columns that are not the main
// text, and of the pieces of a main text of several columns.
// each is called before a column that is not the main text is read.
func (l *list) addFields(titles []int, each func()) {
	main := map[int]bool{}
	for _, c := range titles {
		main[c] = true
	}
	done := map[int]bool{}
	for c, col := range l.in.Columns {
		if l.in.Forms[c] == nil || main[c] && len(titles) == 1 {
			continue
		}
		if !main[c] {
			each()
		}
		if main[c] && l.apartFilled(titles) {
			continue
		}
		if col.Part == record.Age {
			continue // it moves with the day of the copy
		}
		cols := []int{c}
		if col.Group > 0 && col.Role == record.Date {
			if done[col.Group] {
				continue
			}
			done[col.Group] = true
			cols = l.group(col.Group)
		}
		if f := l.newField(cols); f != nil {
			f.main = main[c]
			l.fields = append(l.fields, f)
		}
		if col.Role == record.Body {
			l.bodies = append(l.bodies, newWords(l.n, func(d int) (string, string) {
				t := l.in.Forms[c][l.row(int32(d))].Text
				return t, t
			}))
		}
	}
	l.pairTwins()
	l.silence()
}

// apartFilled says whether the title columns are filled in different records,
// as films and people in one list; they are then one text, not pieces of one.
func (l *list) apartFilled(titles []int) bool {
	both, any := 0, 0
	for d := range l.n {
		filled := 0
		for _, c := range titles {
			if l.in.Forms[c][l.row(int32(d))].Text != "" {
				filled++
			}
		}
		if filled > 0 {
			any++
		}
		if filled > 1 {
			both++
		}
	}
	return both*10 < any
}

// group gives the compared columns of a group.
func (l *list) group(g int) []int {
	var cols []int
	for c, col := range l.in.Columns {
		if l.in.Forms[c] != nil && col.Group == g {
			cols = append(cols, c)
		}
	}
	return cols
}

// newField reads the values; nil where they tell nothing.
func (l *list) newField(cols []int) *field {
	col := l.in.Columns[cols[0]]
	f := &field{name: col.Name, role: col.Role, kind: max(0, slices.Index(record.Roles[:], col.Role)), part: col.Part, twin: -1, value: make([]int32, l.n)}
	if len(cols) > 1 {
		var names []string
		for _, c := range cols {
			names = append(names, l.in.Columns[c].Name)
		}
		f.name, f.part = strings.Join(names, " and "), ""
	}
	f.loose = col.Role == record.Date && !l.named && !ownDate(f.name, col.Part)
	s := &symbols{}
	for d := range l.n {
		f.value[d] = -1
		if t := l.value(d, cols); t != "" {
			f.value[d] = s.of(t)
		}
	}
	f.text = s.text
	if !f.weigh(l) {
		return nil
	}
	f.readNumbers()
	f.readHouses()
	return f
}

// weigh counts the values and finds what agreeing and differing tell; false
// where that is nothing.
func (f *field) weigh(l *list) bool {
	f.count, f.total = make([]int32, len(f.text)), 0
	different := 0
	for _, v := range f.value {
		if v < 0 {
			continue
		}
		f.total++
		if f.count[v]++; f.count[v] == 1 {
			different++
		}
	}
	if f.total < 2 || different < 2 {
		return false
	}
	var chance float64
	for _, c := range f.count {
		p := float64(c) / float64(f.total)
		chance += p * p
	}
	f.power = min(-math.Log(max(chance, 1/float64(f.total))), l.logN)
	f.against = max(0, math.Log((1-math.Exp(-f.power))/(1-f.agreement())))
	if f.loose {
		f.against /= 4
	}
	return true
}

// ownDate says whether a date belongs to the thing itself: a year, or the day
// on which it was born, made or published.
func ownDate(name string, part record.Part) bool {
	if part == record.Year {
		return true
	}
	name = strings.ToLower(name)
	for _, word := range []string{"year", "jahr", "ann", "año", "birth", "born", "dob", "geb", "naiss", "nac", "death", "died", "tod", "publi", "release", "erschein", "issue", "air", "start", "begin", "event"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// agreement is how often the field agrees between two records of one thing:
// m, by role, from what labelled lists show among records of equal title.
func (f *field) agreement() float64 {
	switch f.part {
	case record.Volume:
		return 0.9
	case record.Pages:
		return 0.85
	case record.Issue:
		return 0.75
	case record.Price:
		return 0.5
	case record.Venue:
		return 0.4
	}
	switch f.role {
	case record.Date:
		return 0.93
	case record.Person, record.Number:
		return 0.8
	case record.Identifier, record.Place, record.Other:
		return 0.6
	case record.URL:
		return 0.3
	}
	return 0.45
}

// When a field is seen to say nothing by differing: of at least so many pairs
// of equal main text, at most such a share agrees.
const (
	idlePairs = 30
	idleShare = 0.03
)

// silence finds the fields that differ even where the main text is the same:
// a number that the database gave, the place where a link was posted. Their
// differences are no evidence.
func (l *list) silence() {
	if len(l.fields) == 0 {
		return
	}
	l.title.findAlike()
	c := l.newComparer()
	last := map[int32]int32{}
	agree, both := make([]int, len(l.fields)), make([]int, len(l.fields))
	for d := range int32(l.n) {
		if l.title.equal[d] < 2 {
			continue
		}
		before, ok := last[l.title.same[d]]
		last[l.title.same[d]] = d
		if !ok {
			continue
		}
		for i, f := range l.fields {
			x, y := f.value[before], f.value[d]
			if x < 0 || y < 0 {
				continue
			}
			both[i]++
			if c.similarity(i, x, y) > agreesFrom {
				agree[i]++
			}
		}
	}
	for i, f := range l.fields {
		if f.role == record.Date && !f.loose {
			continue // namesakes are born on different days
		}
		if both[i] >= idlePairs && float64(agree[i]) <= idleShare*float64(both[i]) {
			f.against = 0
		}
	}
}

// value is the text of the columns of a field; the pieces of a date are put in
// the order year, month, day with two digits each.
func (l *list) value(d int, cols []int) string {
	r := l.row(int32(d))
	if len(cols) == 1 {
		return spelledOut(l.in.Columns[cols[0]], l.in.Forms[cols[0]][r].Text)
	}
	var piece [3]string
	for _, c := range cols {
		t := l.in.Forms[c][r].Text
		switch l.in.Columns[c].Part {
		case record.Year:
			piece[0] = t
		case record.Month:
			piece[1] = twoDigits(t)
		case record.Day:
			piece[2] = twoDigits(t)
		}
	}
	if piece[0] == "" && piece[1] == "" && piece[2] == "" {
		return ""
	}
	return strings.TrimRight(piece[0]+"-"+piece[1]+"-"+piece[2], "-")
}

func twoDigits(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

// pairTwins finds a given and a family name, whose values people swap.
func (l *list) pairTwins() {
	for i, f := range l.fields {
		for k, g := range l.fields {
			if f.part == record.GivenName && g.part == record.FamilyName && f.twin < 0 && g.twin < 0 {
				f.twin, g.twin = k, i
			}
		}
	}
}

// spelledOut writes the words of an address, a firm or a journal in full.
func spelledOut(col record.Column, text string) string {
	var kind lexicon.Kind
	switch {
	case col.Role == record.Place:
		kind = lexicon.Street
	case col.Part == record.Venue:
		kind = lexicon.Journal
	case col.Role == record.Organisation:
		kind = lexicon.Legal
	default:
		return text
	}
	words := strings.Fields(text)
	for i, w := range words {
		words[i] = lexicon.Canonical(kind, w)
	}
	return strings.Join(words, " ")
}
