package record

// Form is what is compared of a cell: text without the accidents of writing,
// with the parts that mean something of their own taken note of. The zero Form
// is that of a blank cell.
type Form struct {
	// Text holds the folded words, one space between, in the order of the
	// cell: NFKC, case and marks folded, punctuation gone, numbers written one
	// way. Scripts without spaces are cut so that near-repeats share words.
	Text string
	// Core is Text without the affixes that the list itself shows to be a
	// source, brand, year tag or format tag ("spotify", "the signal", "2014",
	// "hd"). It is never empty unless Text is, and equals Text where nothing
	// was set aside.
	Core string
	// Head is how many bytes of Text come before the brackets that close it:
	// what is said in them ("Night (song)") tells which of several or where,
	// the name stands before. 0 where no brackets close the text.
	Head int32
	// Marks are the numbers and part markers of the cell in their order.
	Marks []Mark
}

// Mark is a number that means something of its own: a part, an issue, a year.
type Mark struct {
	Kind  MarkKind
	Value string // written one way: "1" for I, one, first and 1; "3.1" for v3.1
}

// MarkKind says what the number of a Mark counts.
type MarkKind uint8

// The kinds of marks.
const (
	PlainNumber   MarkKind = iota // "10,000", "50"
	PartNumber                    // "Part I", "Chapter 3", "Vol. 2", "Season 4", a roman numeral or "2/3" at the end
	IssueNumber                   // "#41", "No. 7", "Issue 12", "Episode 9"
	VersionNumber                 // "v3.1", "3.1", "2.0.1"
	YearNumber                    // 1600 to 2099 standing alone
	OrdinalNumber                 // "second", "2nd"
	ModelCode                     // letters and digits in one word: "WRT160N", or five digits and more
)

// String gives the kind as a word for a person.
func (k MarkKind) String() string {
	return [...]string{"number", "part", "issue", "version", "year", "ordinal", "model code"}[k]
}

// Change is one cleaning of one cell, for the sheet Changes.
type Change struct {
	Row, Col      int // from 0
	Before, After string
	Rule          string // the names of the rules that fired, joined with ", "
}
