// Package review keeps what people decided about a list, and asks them: the
// ledger of decisions, the words in which answers are given, answers read back
// out of a workbook, and what the screens show. It knows records by their
// content and never by their place, so that a decision holds for the same
// record tomorrow, in another file, in another order. It decides nothing about
// repeats by itself; the road hands it what it shows (see Desk).
package review

import (
	"strconv"
	"strings"
	"time"
)

// Kind is what was decided.
type Kind string

// The kinds of decision. Same, Different, Related and Skip are about two
// records; Keep and Value about one; Learn and Stop about the list; Undo about
// decisions.
const (
	Same      Kind = "same"      // one thing
	Different Kind = "different" // two things
	Related   Kind = "related"   // two things on purpose: parts, editions, translations, follow-ups
	Skip      Kind = "skip"      // put off; asked again when nothing else is left
	Keep      Kind = "keep"      // record A stays for its cluster
	Value     Kind = "value"     // field Column of record A reads Value
	Learn     Kind = "learn"     // whether the answers move the weights of the list: Value is Yes or No; Yes where nobody said
	Stop      Kind = "stop"      // whether nothing is merged any more without asking: Value is Yes or No
	Undo      Kind = "undo"      // takes back the decisions Undoes
)

// The values of Learn and Stop.
const (
	Yes = "yes"
	No  = "no"
)

// Pairwise reports whether a decision of this kind is about two records.
func (k Kind) Pairwise() bool { return k == Same || k == Different || k == Related || k == Skip }

// Decides reports whether a decision of this kind says what two records are to
// each other: same, different or related. Skip says nothing.
func (k Kind) Decides() bool { return k.Pairwise() && k != Skip }

// Ref names a record by its content.
type Ref struct {
	// ID is the record's lasting id (record.IDs), without the counter that
	// tells equal records apart: a decision about one holds for all.
	ID string `json:"id"`
	// Text is the beginning of its main text, for a person who reads the ledger.
	Text string `json:"text"`
	// Cells has a short fingerprint of each field that is not blank, by the
	// name of its column. By it the record is known again after columns were
	// added or one field was corrected.
	Cells map[string]string `json:"cells,omitempty"`
}

// Decision is one line of the ledger.
type Decision struct {
	ID      string    `json:"id"` // of the decision, from all that it says: two copies of one line are one decision
	Kind    Kind      `json:"kind"`
	A       Ref       `json:"a,omitzero"`
	B       Ref       `json:"b,omitzero"`
	Column  string    `json:"column,omitempty"`
	Value   string    `json:"value,omitempty"`
	Was     string    `json:"was,omitempty"`    // what the field read when Value was given
	Undoes  []string  `json:"undoes,omitempty"` // ids of decisions
	Batch   string    `json:"batch,omitempty"`  // decisions taken in one stroke share it, and are undone in one
	By      string    `json:"by,omitempty"`     // who
	At      time.Time `json:"at"`               // when, in UTC; the caller's clock
	Why     string    `json:"why,omitempty"`
	Via     string    `json:"via,omitempty"`     // "browser", "workbook", "terminal", "offline page", "audit"
	Version string    `json:"version,omitempty"` // of the program
	// Teaches says that the pair was chosen to learn from: the decision moves
	// the weights of the list. One about another pair only binds the two.
	Teaches bool `json:"teaches,omitempty"`
}

// Content is the part of a record id that says what the record holds: the id
// without the counter that tells equal records apart.
func Content(id string) string {
	if i := strings.LastIndexByte(id, '-'); i > 0 {
		if _, err := strconv.Atoi(id[i+1:]); err == nil {
			return id[:i]
		}
	}
	return id
}
