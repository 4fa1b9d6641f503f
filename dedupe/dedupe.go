// Package dedupe finds the records of a list that are the same thing written
// differently: records → candidate pairs → scored pairs → clusters →
// survivors. It is pure: no input or output, no clock, no environment, no
// random source; the same input gives the same result at any GOMAXPROCS and,
// row numbers aside, in any order of the records.
package dedupe

import (
	"github.com/unecho/unecho/pipeline/record"
)

// Input is the list to be searched.
type Input struct {
	Columns []record.Column
	// Forms holds the match forms, column by column: Forms[c][r]. A column
	// that must not be compared (Ignored) has a nil slice.
	Forms [][]record.Form
	// Cells holds the cleaned text, record after record as in record.Table;
	// it decides which records are exact copies and which survives.
	Cells []string
	// Across, where not nil, gives each record the list it belongs to;
	// records of one list (numbers equal, 0 and up) never repeat each other.
	Across []int32
	// Old is how many of the last records are of lists that this one is
	// compared with: where one is in a cluster, such a record stays for it.
	Old int
	// Decisions of a person. They are obeyed to the letter.
	Same, Different, Related [][2]int

	dates [][]string // what is left of the forms of dates once they are let go of, by column
	at    []int32    // where among Cells each record stands, in records; nil for all in order
}

// Len is the number of records.
func (in *Input) Len() int {
	switch {
	case in.at != nil:
		return len(in.at)
	case len(in.Columns) == 0:
		return 0
	}
	return len(in.Cells) / len(in.Columns)
}

// cells gives the cleaned text of a record.
func (in *Input) cells(row int) []string {
	if in.at != nil {
		row = int(in.at[row])
	}
	n := len(in.Columns)
	return in.Cells[row*n : (row+1)*n]
}

// folded is the input once words and values are numbered: without forms, which
// take as much memory as all else of a list. Dates alone are kept, to tell which
// record is the newest.
func (in *Input) folded() *Input {
	out := *in
	out.Forms, out.dates = nil, make([][]string, len(in.Columns))
	for c, forms := range in.Forms {
		if in.Columns[c].Role != record.Date || forms == nil {
			continue
		}
		out.dates[c] = make([]string, len(forms))
		for r := range forms {
			out.dates[c][r] = forms[r].Text
		}
	}
	return &out
}

// Keep is the rule that says which record of a cluster stays.
type Keep string

// The survivor rules.
const (
	KeepFirst        Keep = "first"         // the first in input order
	KeepLast         Keep = "last"          // the last in input order
	KeepLongest      Keep = "longest"       // the one with the most text
	KeepNewest       Keep = "newest"        // the one with the latest date (or the smallest age)
	KeepMostComplete Keep = "most-complete" // the one with the most filled fields, then the most text
)

// Keeps lists the survivor rules; the first is the default.
var Keeps = [...]Keep{KeepMostComplete, KeepFirst, KeepLast, KeepLongest, KeepNewest}

// Options are the settings of a run. The zero value is the default.
type Options struct {
	// Same is the probability from which a pair may be merged, on top of the
	// conditions of certain; 0 stands for DefaultSame.
	Same float64
	// Review is the probability from which a pair is asked; 0 stands for DefaultReview.
	Review float64
	// Balanced merges what is more likely than not, without the conditions of certain.
	Balanced bool
	Keep     Keep // "" stands for Keeps[0]
	// Weights are the match weights; nil stands for the shipped ones.
	Weights *Weights
	// Answers of a person: the weights are moved by them (see Adapt), and they
	// are obeyed as Same and Different are. With them, DefaultAdapted stands
	// for Same where Balanced is set.
	Answers []Answer
	// Unmoved leaves the weights as they are, whatever was answered.
	Unmoved bool
	// Stopped merges nothing but what is equal in every compared column and
	// what a person said is the same.
	Stopped bool
	// Stay are rows that a person wants to stay for their clusters, over Keep;
	// of several in one cluster the last.
	Stay []int
	// Unworded leaves Why of the pairs that are not merged blank; Word fills it in.
	Unworded bool
	shipped  *Weights // the weights before the answers moved them, nil where they did not
	learned  bool     // the answers have spoken, see Learned
	// Progress is told how far a stage is; it is called from one goroutine at
	// a time, at most some times a second, and may be nil.
	Progress func(stage string, done, total int)
}

// Promise says what the search for candidates guarantees.
type Promise struct {
	Similarity float64  `json:"similarity"`      // every pair at or above it was scored
	Of         string   `json:"of"`              // what the similarity is taken of, in words
	Candidates int      `json:"candidates"`      // pairs scored
	PerRecord  float64  `json:"per_record"`      // candidates per record
	Notes      []string `json:"notes,omitempty"` // what was not compared, and why
}

// Result is what a run found. Slices over records have one entry a record.
type Result struct {
	Cluster  []int32       // the cluster of each record, numbered from 0 by first member
	Survivor []int32       // the row that stays for each record; its own row when kept
	Held     []float64     // probability of the link that holds the record in its cluster, 1 when alone
	Reason   []string      // why the record was kept or removed, one line
	Links    []record.Link // pairs of band Review and above, and Related, in order of A, then B
	Brakes   []Brake       // clusters that a person should look at, loosest first
	Promise  Promise
}

// Removed is how many records are removed.
func (r *Result) Removed() int {
	n := 0
	for row, s := range r.Survivor {
		if int(s) != row {
			n++
		}
	}
	return n
}

// Brake is a cluster that is large or loosely held.
type Brake struct {
	Cluster     int32
	Size        int
	Weakest     [2]int  // the pair that holds it together most weakly
	Probability float64 // of that pair
}

// Explanation is the evidence for one pair, as a sum.
type Explanation struct {
	record.Link
	Base       float64           // log-odds before any evidence
	Evidence   []record.Evidence // Base plus their weights is the score
	Conditions []Condition       // what certain asks for
	// Held says how far such a probability held on kinds of list that the
	// weights had not seen; nil where nobody measured.
	Held *Held
}

// Condition is one of the named conditions of the band certain.
type Condition struct {
	Name  string // "no number, year or model code that the other lacks"
	Holds bool
}

// The probabilities that bound the bands.
const (
	DefaultSame   = 0.8
	DefaultReview = 0.5
	// DefaultBalanced stands for Same where Balanced is set.
	DefaultBalanced = 0.6
	// DefaultLinked stands for it where lists without repeats of their own are
	// linked (Across): there, a record has at most one partner in each list,
	// and each pair is weighed against its rivals first. It is low as
	// DefaultAdapted is: the threshold that is best for F1 is half of the F1
	// that can be reached.
	DefaultLinked = 0.3
	// DefaultAlone stands for it where a list holds nothing beside its main
	// text: no other column says of two likely names that they are two.
	DefaultAlone = 0.8
	// DefaultSentences stands for it where these main texts are long sentences,
	// which are repeated nearly whole, while many share words by their topic.
	DefaultSentences = 0.9
)
