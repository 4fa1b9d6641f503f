package review

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/adrg/strutil/metrics"
)

// finder finds the records of a list that decisions name.
type finder struct {
	list     *List
	headings []string
	main     []string
	byID     map[string][]int // rows of one content, in order
	known    map[string]place // by content of the ref
	prints   []map[string]string
	byPrint  map[string][]int // rows by heading and fingerprint
	byEdge   map[string][]int // rows by how their main text begins or ends
}

// place is where a record named by a decision stands today.
type place struct {
	rows    []int  // all copies of it; nil when it is not there
	changed string // what was corrected since, in words; "" when nothing was
}

func newFinder(l *List) *finder {
	f := &finder{list: l, headings: l.headings(), main: l.mainHeadings(), byID: make(map[string][]int, l.Len()), known: map[string]place{}}
	for r, id := range l.IDs() {
		f.byID[Content(id)] = append(f.byID[Content(id)], r)
	}
	return f
}

// find gives the rows of a record: those of equal content; where there is
// none, those that hold the same in all columns that the list had then and has
// now; where there is none either, the one record in which a single field was
// corrected. More than one such record is none: nothing is guessed.
func (f *finder) find(ref Ref) place {
	if p, ok := f.known[ref.ID]; ok {
		return p
	}
	p := place{rows: f.byID[Content(ref.ID)]}
	if len(p.rows) == 0 && len(ref.Cells) > 0 {
		f.index()
		p = f.among(ref)
	}
	f.known[ref.ID] = p
	return p
}

// index is made when the first record is not found by its id.
func (f *finder) index() {
	if f.prints != nil {
		return
	}
	n := f.list.Len()
	f.prints = make([]map[string]string, n)
	f.byPrint, f.byEdge = map[string][]int{}, map[string][]int{}
	for r := range n {
		f.prints[r] = f.list.prints(r, f.headings)
		for h, p := range f.prints[r] {
			f.byPrint[h+"\x00"+p] = append(f.byPrint[h+"\x00"+p], r)
		}
		for _, edge := range edges(f.list.Text(r)) {
			f.byEdge[edge] = append(f.byEdge[edge], r)
		}
	}
}

// common bounds how many records share a value that is looked behind.
const common = 200

// among looks for a record that is not there in the same words.
func (f *finder) among(ref Ref) place {
	var rows []int
	for h, p := range ref.Cells {
		if with := f.byPrint[h+"\x00"+p]; len(with) <= common || slices.Contains(f.main, h) {
			rows = append(rows, with[:min(len(with), 10*common)]...)
		}
	}
	for _, edge := range edges(ref.Text) {
		rows = append(rows, f.byEdge[edge][:min(len(f.byEdge[edge]), 10*common)]...)
	}
	slices.Sort(rows)
	rows = slices.Compact(rows)
	var equal, corrected []int
	var what string
	for _, r := range rows {
		switch differ := f.differ(ref, r); {
		case differ == nil:
		case len(differ) == 0:
			equal = append(equal, r)
		case len(differ) == 1 && f.slip(ref, r, differ[0]):
			corrected, what = append(corrected, r), differ[0]
		}
	}
	switch {
	case f.one(equal):
		return place{rows: equal}
	case len(equal) == 0 && f.one(corrected):
		return place{rows: corrected, changed: fmt.Sprintf("%q was corrected since", what)}
	}
	return place{}
}

// one says whether rows are copies of one record.
func (f *finder) one(rows []int) bool {
	for _, r := range rows {
		if Content(f.list.IDs()[r]) != Content(f.list.IDs()[rows[0]]) {
			return false
		}
	}
	return len(rows) > 0
}

// differ names the columns, of those that the list had then and has now, in
// which a record does not read as it did; nil where too little is left to tell:
// no column of the main text, or nothing that agrees or differs by a slip.
func (f *finder) differ(ref Ref, row int) []string {
	differ, agree, main := []string{}, 0, false
	for _, h := range f.headings {
		was, is := ref.Cells[h], f.prints[row][h]
		if was == "" && is == "" {
			continue
		}
		if was == "" && !f.had(ref, h) {
			continue // a column that was added
		}
		main = main || slices.Contains(f.main, h)
		if was == is {
			agree++
		} else if !slices.Contains(differ, h) {
			differ = append(differ, h)
		}
	}
	if !main || agree == 0 && len(differ) != 1 {
		return nil
	}
	return differ
}

// had says whether the record is known to have had a column. A blank field is
// not named in a ref, so that a column that was filled since looks added: the
// two cannot be told apart, and nothing is lost by it.
func (f *finder) had(ref Ref, heading string) bool { _, ok := ref.Cells[heading]; return ok }

// slip says whether one differing field is a correction: beside the main text
// it may read anything, since all else agrees; of the main text only letters
// may have changed, a little, and no number.
func (f *finder) slip(ref Ref, row int, heading string) bool {
	if !slices.Contains(f.main, heading) {
		return len(ref.Cells) > 1
	}
	was, is := strings.ToLower(ref.Text), strings.ToLower(beginning(f.list.Text(row), textLength))
	if digits(was) != digits(is) {
		return false
	}
	d := metrics.NewLevenshtein().Distance(was, is)
	return d <= 3 && 8*d <= len([]rune(is))
}

// digits gives the numbers in a text.
func digits(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsDigit(r) }), " ")
}

// edgeLength is how many letters of the beginning and the end of a text must
// have stayed for a correction to be found by them.
const edgeLength = 6

// edges gives the keys by which a corrected main text is found again.
func edges(text string) []string {
	var letters []rune
	for _, r := range strings.ToLower(strings.TrimSuffix(text, "…")) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			letters = append(letters, r)
		}
	}
	if len(letters) < edgeLength {
		return nil
	}
	return []string{"^" + string(letters[:edgeLength]), "$" + string(letters[len(letters)-edgeLength:])}
}
