// Package record holds the plain data that the stages of the road share: the
// table that was read, where each record came from, the roles of columns, the
// match forms of cells, and what was decided about each record. It imports
// nothing of ours and does no work beyond looking things up.
package record

// Table is a list as it was read: columns, records in reading order, and the
// parts of the input that could not be read as records. The cells are never
// changed after parsing; cleaned text and match forms stand beside them.
type Table struct {
	Columns []Column
	// Cells holds the fields record after record: the field of record r in
	// column c is Cells[r*len(Columns)+c]. A cell is the text as it came,
	// decoded to UTF-8; bytes that are not text in the input's encoding stay
	// in the cell as they are (the cell is then not valid UTF-8).
	Cells   []string
	At      []Position // where each record came from; len(At) is the number of records
	Rejects []Reject
	Sources []Source
	// Old is how many of the last records, OldSources how many of the last
	// sources, are of lists that this one is compared with: they are never
	// removed, rewritten or written out, and none of their rejects is here.
	Old, OldSources int
}

// Len is the number of records, those of lists compared with among them.
func (t *Table) Len() int { return len(t.At) }

// Own is the number of records of the list itself; they come first.
func (t *Table) Own() int { return len(t.At) - t.Old }

// OwnSources are the inputs of the list itself.
func (t *Table) OwnSources() []Source { return t.Sources[:len(t.Sources)-t.OldSources] }

// Row returns the fields of record r (from 0), sharing the table's memory.
func (t *Table) Row(r int) []string {
	n := len(t.Columns)
	return t.Cells[r*n : (r+1)*n : (r+1)*n]
}

// Cell returns the field of record r in column c, both from 0.
func (t *Table) Cell(r, c int) string { return t.Cells[r*len(t.Columns)+c] }

// Source is one input file, as it was named and as it was understood.
type Source struct {
	Name        string  // as given on the command line; "-" for standard input
	Format      string  // "listing", "lines", "csv", "xlsx", "jsonl" or "json"
	Encoding    string  // "utf-8", "utf-16le", "windows-1252", …; "" where the format has none (xlsx)
	Delimiter   string  // of a csv: ",", ";", "|" or "\t"
	Sheet       string  // of a workbook
	Compression string  // "gzip", "xz", "zstd" or ""
	Header      bool    // the first row gave the names of the columns
	Sure        float64 // how sure the detection was, 0 to 1; 1 when told
	Why         string  // what the detection rests on, in words
	Bytes       int64   // length after decompression
	Layout      int64   // bytes that belong to no record or reject: byte order mark, sep= line, header, brackets of a JSON array
	Rows        int     // rows of a workbook's sheet or elements of a JSON array, blank ones and the header included; 0 for other formats
	SHA256      string  // of the file as it stands on disk, in hex
}

// Position says where in the input a record or a reject stands.
type Position struct {
	Source  int32 // index into Table.Sources
	Line    int32 // first line, from 1 (row of a sheet, element of a JSON array)
	EndLine int32 // last line, blank lines that follow not counted
	Offset  int64 // first byte, after decompression
	Bytes   int64 // length in bytes; the blank lines or separators that follow are counted in
}

// Reject is a part of the input that could not be read as a record. It is
// kept, counted and written out; it never slips into a neighbour.
type Reject struct {
	Position
	Reason string // for a person, without the place: "3 fields where the header has 5"
	Text   string // the bytes as they stand in the input
}

// Column is a column of the table and what is known of it.
type Column struct {
	Name       string  // as it came
	Role       Role    // what the column holds; "" until the profile has looked
	Part       Part    // which piece of that role, "" for the whole
	Confidence float64 // in role and part, 0 to 1; 1 when a person said so
	Why        string  // what the role rests on, in words
	Ignored    bool    // the matcher must not look at it
	// Group joins columns that are compared as one field: given name and
	// surname, year and month and day, street and postcode and city. Columns
	// with the same number above 0 belong together; 0 stands alone.
	Group int
}

// Role is what a column holds.
type Role string

// The roles. A column has one.
const (
	Title        Role = "title"        // the name of the thing: a headline, a product, a film
	Body         Role = "body"         // running text: excerpt, abstract, description
	Person       Role = "person"       // a person's name, or a list of them
	Organisation Role = "organisation" // a firm, an institution, a publisher
	Date         Role = "date"         // a day, a year, an age such as "3 years ago"
	Number       Role = "number"       // a quantity: price, runtime, latitude
	URL          Role = "url"          // an address on the web
	Identifier   Role = "identifier"   // a value meant to be unique: DOI, ISBN, phone, e-mail
	Category     Role = "category"     // one of few values: genre, type, state
	Place        Role = "place"        // an address or a piece of one
	Other        Role = "other"        // none of these
)

// Roles lists all roles in the order in which they are documented.
var Roles = [...]Role{Title, Body, Person, Organisation, Date, Number, URL, Identifier, Category, Place, Other}

// Part is the piece of a role that a column holds, where that matters for
// comparing: the surname of a person, the month of a date.
type Part string

// The parts, by role.
const (
	GivenName  Part = "given name"  // person
	MiddleName Part = "middle name" // person
	FamilyName Part = "family name" // person
	Authors    Part = "authors"     // person: a list of names
	Year       Part = "year"        // date
	Month      Part = "month"       // date
	Day        Part = "day"         // date
	Age        Part = "age"         // date: "3 years ago"
	House      Part = "house"       // place: the number in the street
	Street     Part = "street"      // place
	City       Part = "city"        // place
	Postcode   Part = "postcode"    // place
	Region     Part = "region"      // place: state, province, country
	DOI        Part = "doi"         // identifier
	ISBN       Part = "isbn"        // identifier: ISBN and ISSN
	Email      Part = "email"       // identifier
	Phone      Part = "phone"       // identifier
	Pages      Part = "pages"       // number: a range of pages
	Volume     Part = "volume"      // number
	Issue      Part = "issue"       // number
	Price      Part = "price"       // number
	Coordinate Part = "coordinate"  // number: latitude or longitude
	Venue      Part = "venue"       // organisation: a journal, a conference, a publisher, a site
	RowNumber  Part = "row number"  // identifier that only numbers the rows: tells nothing
)
