// Package normalize makes two things of the text of a list, and never mixes
// them: cleaned text, which a person reads, and match forms, which are
// compared. It stands on the road after parsing and before matching. It does
// no input or output and reads no clock, environment or random source; it
// takes any bytes.
//
// # Cleaned text
//
// Clean repairs what happened to a text on its way (mojibake, entities, odd
// spaces, characters that cannot be seen) and says by which of the named
// Rules. Table does it for a list. Nothing is changed that a writer may have
// meant.
//
// # Match forms
//
// Fold gives the words of a text without the accidents of writing:
//
//   - NFKC; full case folding; diacritics gone (é = e, ø = o), marks that make
//     letters kept; digits of all scripts as 0–9.
//   - Punctuation separates words. An apostrophe within a word is dropped
//     (Spotify’s = Spotifys), and so are the dots of U.S.A. and node.js. Signs
//     that make the word are kept: c++, c#, .net, $5, 50%. Between words & is "and".
//   - Numbers are written one way: 10,000 = 10000, 007 = 7, $5.00 = $5 = 5$,
//     16 GB = 16gb, '14 = 2014, two = 2, second = 2nd. 1.0 is not 10.
//   - Part markers too: Part I = Part One = Pt. 1 = part 1; Rocky IV = rocky 4
//     at the end of a title; Type II = type 2. "I" alone stays a word.
//   - A model code with hyphens is one word: DSC-W120 = dscw120; so are two
//     numbers crossed: 800 × 600 = 800x600.
//   - Han, kana, Thai, Lao, Khmer and Myanmar, which have no spaces, are cut
//     into overlapping pairs of characters.
//   - Emoji and ™ are dropped, unless they are all there is.
//
// Forms does it for a column, in the way of the column's role, and adds what
// only the list can tell: which heads and tails of titles are a source or brand.
//
// The Text of a form, by role and part:
//
//	title, body, other, …     the folded words
//	person                    "family given given; family given", see Names;
//	                          a given, middle or family name alone: its words
//	url                       the canonical address without scheme, one word
//	date                      "2017-03-05", "2017-03" or "2017"; else folded words
//	number                    the canonical decimal "1299.5"; else folded words
//	number, pages             "97-104"
//	identifier                DOI, e-mail, phone, or any other code in canonical
//	                          form, one word; ISBN and ISSN the same, several sorted
//
// Where a cell of these does not hold what its column should, Text is the
// folded words. Marks stand in the forms of text, and of dates (the year).
package normalize
