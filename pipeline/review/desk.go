package review

// Desk is what a screen works at: the questions about one list, in order, and
// where the answers go. The road implements it (pipeline.OpenDesk); the page
// in the browser, the offline file and the plain terminal are three screens of
// one desk. All methods may be called from several goroutines. Every decision
// is in the ledger, forced to disk, before a method returns.
type Desk interface {
	// Head says how far the sitting is.
	Head() Head
	// Next gives the question to ask now; ok is false when none is left. It is
	// the same until it is decided, so that a screen may be reloaded.
	Next() (card Card, ok bool)
	// Card gives any pair of records (ids) as a question, decided or not: for
	// going back.
	Card(a, b string) (Card, error)
	// Ahead gives up to n questions in the order in which they would be asked
	// if all answers were "skip": what the offline file is made from.
	Ahead(n int) []Card
	// Decide records one decision.
	Decide(Choice) (Effect, error)
	// Undo takes back the last decision in force, or the stroke that it was
	// part of; those of past sittings too. ok is false when there is none.
	Undo() (undone Choice, effect Effect, ok bool, err error)
	// Recent gives the last n decisions in force, the newest first.
	Recent(n int) []Choice
	// Obvious gives the questions at or above a probability that can be
	// confirmed in one stroke: those not decided or implied yet.
	Obvious(from float64) []Card
	// Confirm records Same for all these pairs in one stroke.
	Confirm(pairs [][2]string) (Effect, error)
	// Lesson says what moving the weights by the answers so far would change,
	// from ten answers on; ok is false when there is nothing (new) to say.
	Lesson() (lesson Lesson, ok bool)
	// Learn keeps the lesson, or leaves the weights as they are until the next.
	Learn(keep bool) error
	// Probe gives pairs drawn from what is merged without asking, for a person
	// to look at. A "different" about one stops automatic merging of the list.
	Probe(n int) []Card
	// Group gives the records of the cluster that a record is in.
	Group(id string) (Group, error)
	// Done writes the outputs and says in words what was done.
	Done() (summary []string, err error)
}

// Choice is what a person chose on a screen.
type Choice struct {
	Kind   Kind   `json:"kind"`
	A      string `json:"a"`                // record ids
	B      string `json:"b,omitempty"`      //
	TextA  string `json:"text_a,omitempty"` // filled by Recent and Undo
	TextB  string `json:"text_b,omitempty"`
	Keep   string `json:"keep,omitempty"` // with Same: the record that stays, or ""
	Column string `json:"column,omitempty"`
	Value  string `json:"value,omitempty"`
	Why    string `json:"why,omitempty"`
	Via    string `json:"via,omitempty"`
	Probe  bool   `json:"probe,omitempty"` // the answer to a probe
}

// Effect is what a decision changed beside itself.
type Effect struct {
	Settles int      `json:"settles"` // other questions that it settled
	Words   []string `json:"words"`   // for the screen: "also settles 3 pairs"
	Stopped bool     `json:"stopped"` // automatic merging was stopped by a probe
}

// Head is how far a sitting is.
type Head struct {
	List     string `json:"list"`    // its name
	Records  int    `json:"records"` //
	Left     int    `json:"left"`    // questions neither decided nor implied
	Decided  int    `json:"decided"` // pairs decided, past sittings included
	Implied  int    `json:"implied"` // questions that decisions settled by chains
	Skipped  int    `json:"skipped"` //
	Merged   int    `json:"merged"`  // records merged without asking
	Sitting  int    `json:"sitting"` // answers in this sitting
	Bargain  int    `json:"bargain"` // answers still missing to the first ten, 0 when there
	Stopped  bool   `json:"stopped"` // nothing is merged without asking
	By       string `json:"by"`      // who answers
	Decision string `json:"ledger"`  // the ledger's file
	Carried  int    `json:"carried"` // decisions carried over to records that were corrected, not yet shown
}

// Card is one question as a screen shows it: older record left.
type Card struct {
	A           Side    `json:"a"`
	B           Side    `json:"b"`
	Fields      []Field `json:"fields"` // in the order of the columns, blank on both sides left out
	Probability float64 `json:"probability"`
	Base        float64 `json:"base"` // nats before any evidence
	Evidence    []Term  `json:"evidence"`
	Why         string  `json:"why"`
	Settles     int     `json:"settles"` // other questions that "same" would settle
	Said        []Said  `json:"said"`    // decisions about this pair so far, of past sittings too
	Carried     string  `json:"carried"` // what was corrected since it was decided; "" when nothing was
}

// Side is one of the two records.
type Side struct {
	ID     string   `json:"id"`
	Row    int      `json:"row"`    // from 1
	Text   string   `json:"text"`   // the main text
	Where  string   `json:"where"`  // file:line
	Chips  []string `json:"chips"`  // "longer text", "older", "has a URL"
	Copies int      `json:"copies"` // records it stands for, itself included
	Before []string `json:"before"` // main texts of its neighbours in the source, nearest last
	After  []string `json:"after"`  // nearest first
}

// Field is one column of both records.
type Field struct {
	Name  string  `json:"name"`
	Equal bool    `json:"equal"`
	A     []Piece `json:"a"`
	B     []Piece `json:"b"`
}

// Piece is a run of text that the other side has (Own false) or has not.
type Piece struct {
	Text string `json:"text"`
	Own  bool   `json:"own,omitempty"`
}

// Term is one part of the sum.
type Term struct {
	Name   string  `json:"name"`
	Level  string  `json:"level"`
	Weight float64 `json:"weight"` // nats
}

// Said is an earlier decision about a pair.
type Said struct {
	Kind Kind   `json:"kind"`
	By   string `json:"by"`
	At   string `json:"at"` // RFC 3339
}

// Lesson is what the answers would teach this list.
type Lesson struct {
	Answers int      `json:"answers"` // it was learned from so many
	Surer   int      `json:"surer"`   // questions that would be sure
	Fewer   int      `json:"fewer"`   // questions that would be left out
	More    int      `json:"more"`    // questions that would be new
	Words   []string `json:"words"`   // "on this list, other columns count 1.2 times"
	Joined  []Card   `json:"joined"`  // some pairs that would be merged
	Split   []Card   `json:"split"`   // some that would no longer be
}

// Group is the records of one cluster, the survivor first.
type Group struct {
	ID      string     `json:"id"`
	Columns []string   `json:"columns"`
	Records []Side     `json:"records"`
	Cells   [][]string `json:"cells"`  // by record, then column
	Merged  []string   `json:"merged"` // what the clean list will read, by column
}
