package record

// Evidence is one term of a sum: one comparison of two records, the level it fell into, and
// what that level adds to the score.
type Evidence struct {
	Name   string  // the comparison: "title", "words left over", "part number"
	Level  string  // what was seen, in words: "equal", "Part I on one side only"
	Weight float64 // match weight in nats of log-odds; above 0 speaks for same
}

// Band is what may be done with a pair without asking.
type Band uint8

// The bands, from below.
const (
	Different Band = iota // not asked, not merged
	Related               // kept apart on purpose: parts, issues, editions of one thing
	Review                // asked
	Certain               // merged
)

// String gives the band as a word for a person.
func (b Band) String() string {
	return [...]string{"different", "related", "review", "certain"}[b]
}

// Link is a pair of records and what was found about it.
type Link struct {
	A, B        int     // rows from 0, A < B
	Score       float64 // log-odds: the sum of the evidence
	Probability float64 // 1/(1+e^-Score), at most 0.9999 by evidence alone
	Band        Band
	Why         string // one line for a person
}

// Verdict is what became of one record.
type Verdict struct {
	ID       string // lasting id, from the content
	Cluster  string // lasting id of its cluster
	Kept     bool
	Survivor int // row (from 0) of the record that stays for this one; its own row when kept
	// Probability is that of the link that holds the record in its cluster;
	// 1 for a record that is alone.
	Probability float64
	Reason      string // one line for a person
}

// Members gives the rows of each cluster, ascending: cluster numbers the one of
// each row, from 0 without gaps.
func Members[Row int | int32](cluster []int32) [][]Row {
	size := Sizes(cluster)
	members, rows := make([][]Row, len(size)), make([]Row, len(cluster))
	for c, n := range size {
		members[c], rows = rows[:0:n], rows[n:]
	}
	for r, c := range cluster {
		members[c] = append(members[c], Row(r))
	}
	return members
}

// Sizes gives the number of rows in each cluster, numbered as for Members.
func Sizes(cluster []int32) []int32 {
	clusters := int32(0)
	for _, c := range cluster {
		clusters = max(clusters, c+1)
	}
	size := make([]int32, clusters)
	for _, c := range cluster {
		size[c]++
	}
	return size
}
