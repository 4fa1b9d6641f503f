// Package export writes what a run found: the clean list as CSV, JSON lines
// and a workbook, one line of what became of every record, and what could not
// be read. It is the last stage of the road: it decides nothing, reads no
// clock, and gives the same bytes for the same Work at any GOMAXPROCS.
//
// Every writer takes an io.Writer and leaves files, names and renaming into
// place to its caller. An error from a writer means that the output is not
// whole and must not be shown to anybody.
package export

import (
	"fmt"

	"github.com/unecho/unecho/pipeline/record"
)

// Work is all that the writers need. They change nothing in it.
type Work struct {
	// Name is the name of the list without folder and ending: "posts" for
	// posts.txt. Sheets name the files beside them with it.
	Name string
	// Table is the list as it was read.
	Table *record.Table
	// Columns are the columns of Table with their roles.
	Columns []record.Column
	// Cells is the cleaned text, record after record as in Table.Cells; it is
	// what the clean list and the sheets show.
	Cells []string
	// Verdicts has one entry a record. Records of lists that are compared with
	// (Table.Old) have theirs too; they are shown beside what repeats them.
	Verdicts []record.Verdict
	// Review holds the doubtful pairs, most useful answer first.
	Review []record.Link
	// Settles says for each pair of Review how many records its answer
	// decides; nil leaves the column out.
	Settles []int
	// Related holds the pairs that were kept apart on purpose.
	Related []record.Link
	// Series puts such records together: parts, issues and editions of one
	// thing, in order of their first record.
	Series []Series
	// Evidence gives the sum behind a pair, rows from 0; nil when there is
	// none to show. It is called for the pairs of Review only, from one goroutine.
	Evidence func(a, b int) []record.Evidence
	// Fills are the blank fields of kept records that Cells has filled from
	// the others of their cluster, in order of row, then column.
	Fills []Fill
	// Changes lists the cleanings, in order of row, then column.
	Changes []record.Change
	// Brakes are the clusters that a person should look at, loosest first.
	Brakes []Brake
	// Summary is what the sheet Start says.
	Summary Summary
	// Progress, where not nil, is told how far the workbook is, a few times a
	// second at most, in rows of the sheet being written. An error that it
	// gives back ends the writing and comes back from Workbook.
	Progress func(sheet string, done, total int) error
}

// Brake is a cluster that is large or loosely held.
type Brake struct {
	Cluster     string // its lasting id
	Size        int    // records in it
	A, B        int    // rows from 0 of the pair that holds it together most weakly
	Probability float64
	Loose       bool // the weakest link is weak; else the cluster is only large
}

// what says in words which of the two it is.
func (b *Brake) what() string {
	if b.Loose {
		return fmt.Sprintf("loosely held, %d entries", b.Size)
	}
	return fmt.Sprintf("large, %d entries", b.Size)
}

// Summary is what the person is told about the run as a whole.
type Summary struct {
	Command string  // the arguments as they were typed
	Version string  // of the program
	Inputs  []Input // in the order given
	// Read is the number of records; it equals Kept plus Merged.
	Read, Kept, Merged int
	Rejected           int // parts of the input that are no record
	Review             int // pairs that wait for an answer
	Clusters           int // groups of two records or more
	// Promise is one sentence on what the search guarantees, "" for none.
	Promise string
	// Held is one sentence on how far probabilities can be trusted, "" for none.
	Held string
	// Audit is what the last audit of the list as it is grouped found, "" for none.
	Audit string
	// DecisionsWaiting is one sentence on answers not yet applied, "" for none.
	DecisionsWaiting string
	// Named are the inputs as they were named, and Ledger the id of the last
	// decision that was known, for repeating the run.
	Named  []string
	Ledger string
	// Flags are the settings of the run by flag name, for repeating it.
	Flags map[string][]string
}

// Input is one input of the run.
type Input struct {
	Name     string `json:"name"`   // as given on the command line
	SHA256   string `json:"sha256"` // of the file as it stands on disk, in hex
	Format   string `json:"format"`
	Encoding string `json:"encoding,omitempty"`
	Records  int    `json:"records"`
}

// own gives the verdicts on the records of the list itself, those of lists
// that it is compared with left out.
func (w *Work) own() []record.Verdict { return w.Verdicts[:len(w.Verdicts)-w.Table.Old] }

// old tells whether record r is of a list that this one is compared with.
func (w *Work) old(r int) bool { return r >= len(w.Verdicts)-w.Table.Old }

// oldPlace says where such a record stands: "last.clean.csv:41".
func (w *Work) oldPlace(r int) string {
	at := w.Table.At[r]
	return fmt.Sprintf("%s:%d", baseName(w.Table.Sources[at.Source].Name), at.Line)
}

// row gives the cleaned fields of record r.
func (w *Work) row(r int) []string {
	n := len(w.Columns)
	return w.Cells[r*n : (r+1)*n : (r+1)*n]
}

// cell gives one cleaned field.
func (w *Work) cell(r, c int) string { return w.Cells[r*len(w.Columns)+c] }
