package normalize

// Rule is the name of one kind of repair, as it stands on the sheet Changes.
type Rule string

// The rules, in the order in which they are tried.
const (
	InvalidBytes Rule = "bytes that are not UTF-8 read as Windows-1252"
	Entities     Rule = "HTML entities decoded"
	Mojibake     Rule = "mojibake repaired"
	C1Controls   Rule = "C1 controls read as Windows-1252"
	LineEnds     Rule = "line ends unified"
	Controls     Rule = "control characters removed"
	BidiControls Rule = "bidirectional controls removed"
	ZeroWidth    Rule = "zero-width characters removed"
	SoftHyphens  Rule = "soft hyphens removed"
	OddSpaces    Rule = "odd spaces tidied"
	Composed     Rule = "characters composed (NFC)"
	Trimmings    Rule = "aggregator trimmings removed"
	OpenBracket  Rule = "unbalanced bracket (left as it is)"
)

// Rules lists all rules with what each does, for the documentation.
var Rules = [...]struct {
	Rule Rule
	Does string
}{
	{InvalidBytes, `bytes that are not UTF-8 become what they are in Windows-1252: "caf\xE9" → "café"`},
	{Entities, `named and numbered entities with a semicolon, escaped twice too: "Q&amp;amp;A" → "Q&A"; "AT&T", "R&D;" and "?a=1&copy=1" stay`},
	{Mojibake, `UTF-8 that was read as Windows-1252, Latin-1 or MacRoman, twice too: "donâ€™t" → "don’t"`},
	{C1Controls, `control characters U+0080 to U+009F become what their byte is in Windows-1252`},
	{LineEnds, `carriage returns, alone or before a line feed, and the Unicode line and paragraph separators become line feeds`},
	{Controls, `control characters other than tab and line feed, noncharacters and stray tags go`},
	{BidiControls, `embeddings, overrides and isolates of direction go; direction marks go where no letter runs from right to left`},
	{ZeroWidth, `zero-width spaces, joiners and byte order marks go; joiners stay where a script or an emoji needs them`},
	{SoftHyphens, `soft hyphens go`},
	{OddSpaces, `no-break, thin, wide and other spaces and tabs become a space; runs of spaces become one; ends of lines and of the text lose theirs; more than one blank line becomes one`},
	{Composed, `Unicode normalisation form C`},
	{Trimmings, `what an aggregator puts after a cut text goes, in columns of running text: "… | Continue reading" → "…"`},
	{OpenBracket, `a bracket without its partner is noted; the text is not changed`},
}
