package pipeline

import (
	"fmt"
	"strings"

	"github.com/unecho/unecho/dedupe"
	"github.com/unecho/unecho/export"
	"github.com/unecho/unecho/pipeline/record"
)

// Report says what a run did, in numbers that a script can rely on: keys are
// added to, never renamed. Rows count from 1, as in the outputs.
type Report struct {
	Version   string         `json:"version"` // of the program
	Inputs    []InputReport  `json:"inputs"`
	Against   *AgainstReport `json:"against,omitempty"` // lists that were compared with
	Records   RecordCounts   `json:"records"`
	Clusters  int            `json:"clusters"` // groups of two records or more
	Review    int            `json:"review"`   // questions: pairs that an answer would decide
	Related   int            `json:"related"`  // pairs kept apart on purpose: parts, issues, editions
	Series    int            `json:"series"`   // sets of records that are several of one thing
	Gaps      []GapReport    `json:"gaps"`     // what these sets lack
	Links     LinkCounts     `json:"links"`
	Passes    int            `json:"passes"`  // searches: what the first leaves is searched again until nothing is found
	Changes   int            `json:"changes"` // cells whose text was cleaned
	Filled    int            `json:"filled"`  // blank cells of kept records that were filled from the others of their group
	Fills     []FillReport   `json:"fills"`   // the first of them; the reasons in NAME.clusters.csv have all
	Promise   dedupe.Promise `json:"promise"`
	Columns   []ColumnReport `json:"columns"`
	Notes     []string       `json:"notes"` // what was left out of the comparison, and why
	Bands     BandReport     `json:"bands"` // the settings that bounded them
	Decisions DecisionReport `json:"decisions"`
	Audit     *AuditReport   `json:"audit"`  // the last audit of the list, null when there was none
	Brakes    []BrakeReport  `json:"brakes"` // clusters that a person should look at, loosest first
	Examples  []MergeReport  `json:"examples"`
	Questions []PairReport   `json:"questions"` // the first of the review pairs
	Outputs   []string       `json:"outputs"`   // files written; empty in a dry run
	DryRun    bool           `json:"dry_run"`
	Preview   *Regrouping    `json:"preview,omitempty"` // of a dry run: what would change against the last run
	Accounts  []Account      `json:"accounts"`
}

// InputReport is one input as it was understood.
type InputReport struct {
	Name        string  `json:"name"`
	Format      string  `json:"format"`
	Encoding    string  `json:"encoding,omitempty"`
	Delimiter   string  `json:"delimiter,omitempty"`
	Sheet       string  `json:"sheet,omitempty"`
	Compression string  `json:"compression,omitempty"`
	Header      bool    `json:"header"`
	Sure        float64 `json:"sure"` // 0 to 1
	Why         string  `json:"why"`
	Bytes       int64   `json:"bytes"` // after decompression
	SHA256      string  `json:"sha256"`
	Records     int     `json:"records"`
	Rejected    int     `json:"rejected"`
}

// RecordCounts are the records read, kept and removed; rejected parts of the
// input are no records.
type RecordCounts struct {
	Read     int `json:"read"`
	Kept     int `json:"kept"`
	Removed  int `json:"removed"`
	Rejected int `json:"rejected"`
}

// LinkCounts are pairs of records by what may be done with them.
type LinkCounts struct {
	Scored  int `json:"scored"`
	Certain int `json:"certain"`
	Review  int `json:"review"`
	Related int `json:"related"`
}

// ColumnReport is a column and what it was taken for.
type ColumnReport struct {
	Name       string  `json:"name"`
	Role       string  `json:"role"`
	Part       string  `json:"part,omitempty"`
	Confidence float64 `json:"confidence"` // 0 to 1
	Why        string  `json:"why"`
	Compared   bool    `json:"compared"`
}

// BandReport holds the settings that bound the bands.
type BandReport struct {
	Same     float64 `json:"same"`
	Review   float64 `json:"review"`
	Balanced bool    `json:"balanced"`
	Keep     string  `json:"keep"`
	// Held says how far probabilities held on kinds of list that the weights
	// had not seen, by rising probability.
	Held []dedupe.Held `json:"held"`
}

// BrakeReport is a cluster that is large or loosely held.
type BrakeReport struct {
	Cluster     string  `json:"cluster"`
	Size        int     `json:"size"`
	Weakest     [2]int  `json:"weakest"` // rows
	Probability float64 `json:"probability"`
	Loose       bool    `json:"loose"` // the weakest link is weak; else the cluster is only large
	Text        string  `json:"text"`  // the main text of the record that stays
}

// MergeReport is one record that was removed, and the one that stays for it.
type MergeReport struct {
	Row      int    `json:"row"`
	Survivor int    `json:"survivor"`
	Removed  string `json:"removed"` // its main text
	Kept     string `json:"kept"`
	Reason   string `json:"reason"`
}

// FillReport is one cell of a kept record that was filled from a removed one.
type FillReport struct {
	Row    int    `json:"row"`
	Column string `json:"column"`
	From   int    `json:"from"` // the row that it is from
	Value  string `json:"value"`
}

// GapReport is a number that a series has no record for.
type GapReport struct {
	Series int    `json:"series"` // its number on the sheet Series
	Name   string `json:"name"`   // "lesson 4"
	Says   string `json:"says"`   // "lesson 3, lesson 5 → lesson 4 is missing"
	Row    int    `json:"row"`    // the record before it, or the first after
	Text   string `json:"text"`   // its main text
}

// PairReport is a doubtful pair.
type PairReport struct {
	A           int     `json:"a"`
	B           int     `json:"b"`
	TextA       string  `json:"text_a"`
	TextB       string  `json:"text_b"`
	Probability float64 `json:"probability"`
	Why         string  `json:"why"`
}

// Account is an identity that must hold, in words and in numbers; a run in
// which one does not hold writes nothing.
type Account struct {
	Name  string `json:"name"`
	Left  int64  `json:"left"`
	Right int64  `json:"right"`
}

// examplesShown bounds the merges and questions that a report spells out; the
// outputs hold all of them.
const examplesShown = 10

func newReport(list *List, found *Found, work *export.Work, o Options) *Report {
	s := work.Summary
	r := &Report{
		Version: o.Version, Inputs: Inputs(list.Table), DryRun: o.DryRun,
		Records:  RecordCounts{Read: s.Read, Kept: s.Kept, Removed: s.Merged, Rejected: s.Rejected},
		Clusters: s.Clusters, Review: s.Review, Related: len(work.Related), Changes: len(work.Changes),
		Promise: found.Promise, Columns: Columns(list.Columns), Notes: append([]string{}, list.Notes...),
		Bands: bands(o), Brakes: []BrakeReport{}, Examples: examples(work), Questions: questions(work), Outputs: []string{},
	}
	r.Against = againstReport(work, o)
	r.Passes = found.Passes()
	r.Filled, r.Fills = len(work.Fills), fills(work)
	r.Series, r.Gaps = len(work.Series), gaps(work)
	if hint := listsHint(list, found, o); hint != "" {
		r.Notes = append(r.Notes, hint)
	}
	if !found.Settled {
		r.Notes = append(r.Notes, fmt.Sprintf("the search was stopped after %d passes; cleaning the clean list may find more", r.Passes))
	}
	r.Links.Scored = found.Promise.Candidates
	for _, link := range found.Links {
		switch link.Band {
		case record.Certain:
			r.Links.Certain++
		case record.Review:
			r.Links.Review++
		case record.Related:
			r.Links.Related++
		}
	}
	for _, b := range work.Brakes {
		r.Brakes = append(r.Brakes, BrakeReport{Cluster: b.Cluster, Size: b.Size, Weakest: [2]int{b.A + 1, b.B + 1}, Probability: b.Probability,
			Loose: b.Loose, Text: MainText(work.Columns, work.Cells, work.Verdicts[b.A].Survivor)})
	}
	r.Accounts = accounts(list.Table, work)
	return r
}

// Inputs says how each input of a table was understood.
func Inputs(t *record.Table) []InputReport { return inputs(t)[:len(t.OwnSources())] }

// inputs is Inputs, with the lists that are compared with.
func inputs(t *record.Table) []InputReport {
	out := make([]InputReport, len(t.Sources))
	for i, s := range t.Sources {
		out[i] = InputReport{Name: s.Name, Format: s.Format, Encoding: s.Encoding, Delimiter: s.Delimiter, Sheet: s.Sheet,
			Compression: s.Compression, Header: s.Header, Sure: s.Sure, Why: s.Why, Bytes: s.Bytes, SHA256: s.SHA256}
	}
	for _, at := range t.At {
		out[at.Source].Records++
	}
	for _, reject := range t.Rejects {
		out[reject.Source].Rejected++
	}
	return out
}

// Columns says what each column was taken for.
func Columns(columns []record.Column) []ColumnReport {
	out := make([]ColumnReport, len(columns))
	for i, c := range columns {
		out[i] = ColumnReport{Name: c.Name, Role: string(c.Role), Part: string(c.Part), Confidence: c.Confidence, Why: c.Why, Compared: !c.Ignored}
	}
	return out
}

func bands(o Options) BandReport {
	b := BandReport{Same: o.Same, Review: o.Review, Balanced: o.Balanced, Keep: string(o.Keep)}
	if b.Same == 0 {
		b.Same = dedupe.DefaultSame
	}
	if b.Review == 0 {
		b.Review = dedupe.DefaultReview
	}
	if b.Keep == "" {
		b.Keep = string(dedupe.Keeps[0])
	}
	b.Held = append([]dedupe.Held{}, o.weights().Held...)
	return b
}

func examples(work *export.Work) []MergeReport {
	out := []MergeReport{}
	for r, v := range work.Verdicts[:work.Table.Own()] {
		if v.Kept || v.Survivor >= work.Table.Own() {
			continue
		}
		if len(out) == examplesShown {
			break
		}
		out = append(out, MergeReport{Row: r + 1, Survivor: v.Survivor + 1,
			Removed: MainText(work.Columns, work.Cells, r), Kept: MainText(work.Columns, work.Cells, v.Survivor), Reason: v.Reason})
	}
	return out
}

func gaps(work *export.Work) []GapReport {
	out := []GapReport{}
	for i, series := range work.Series {
		for _, gap := range series.Gaps {
			row := series.Members[max(gap.Before-1, 0)].Row
			out = append(out, GapReport{Series: i + 1, Name: gap.Name, Says: gap.Says, Row: row + 1, Text: MainText(work.Columns, work.Cells, row)})
		}
	}
	return out
}

func fills(work *export.Work) []FillReport {
	out := []FillReport{}
	for _, fill := range work.Fills[:min(examplesShown, len(work.Fills))] {
		out = append(out, FillReport{Row: fill.Row + 1, Column: work.Columns[fill.Column].Name, From: fill.From + 1,
			Value: work.Cells[fill.Row*len(work.Columns)+fill.Column]})
	}
	return out
}

func questions(work *export.Work) []PairReport {
	out := []PairReport{}
	for _, link := range work.Review[:min(examplesShown, len(work.Review))] {
		out = append(out, PairReport{A: link.A + 1, B: link.B + 1,
			TextA: MainText(work.Columns, work.Cells, link.A), TextB: MainText(work.Columns, work.Cells, link.B),
			Probability: link.Probability, Why: link.Why})
	}
	return out
}

// MainText is what a person calls a record by: the cells that name it, or,
// where they are blank, the first cell that is not. row counts from 0.
func MainText(columns []record.Column, cells []string, row int) string {
	fields := cells[row*len(columns) : (row+1)*len(columns)]
	var words []string
	for _, c := range record.Main(columns) {
		if fields[c] != "" {
			words = append(words, fields[c])
		}
	}
	for c := 0; len(words) == 0 && c < len(fields); c++ {
		if fields[c] != "" {
			words = append(words, fields[c])
		}
	}
	return strings.Join(words, " ")
}

// accounts are the identities that tie what was read to what is written.
func accounts(t *record.Table, work *export.Work) []Account {
	s := work.Summary
	stands, survivors, removed := make([]bool, t.Own()), 0, 0
	for _, v := range work.Verdicts[:t.Own()] {
		if v.Survivor < t.Own() && !stands[v.Survivor] {
			stands[v.Survivor] = true
			survivors++
		}
		if !v.Kept {
			removed++
		}
	}
	list := []Account{
		{"records read = kept + removed", int64(s.Read), int64(s.Kept + removed)},
		{"records kept = records that stand for themselves or others", int64(s.Kept), int64(survivors)},
		{"verdicts = records", int64(len(work.Verdicts)), int64(t.Len())},
		{"cells = records × columns", int64(len(work.Cells)), int64(t.Len() * len(t.Columns))},
	}
	spans := make([]int64, len(t.Sources))
	for _, at := range t.At {
		spans[at.Source] += at.Bytes
	}
	for _, reject := range t.Rejects {
		spans[reject.Source] += reject.Bytes
	}
	for i, source := range t.OwnSources() {
		if source.Format == "xlsx" { // a workbook is counted in rows
			continue
		}
		list = append(list, Account{"bytes of " + source.Name + " = records + rejects + layout", source.Bytes, spans[i] + source.Layout})
	}
	return list
}

// balance fails when an account does not hold or a verdict points astray,
// which is an error in the program: nothing must be written then.
func (r *Report) balance() error {
	for _, a := range r.Accounts {
		if a.Left != a.Right {
			return &Error{Msg: fmt.Sprintf("internal: %s: %d is not %d; nothing was written", a.Name, a.Left, a.Right),
				Hint: "this is a mistake in unecho; please report it with the list, if you may share it"}
		}
	}
	return nil
}
