// Package lexicon holds small tables of words that mean the same: short forms
// of given names, legal forms of firms, abbreviations in addresses and titles
// of journals, months, colours, units, honorifics, given names across languages,
// countries, and common words. Matching asks it
// whether two words that differ may be one. It is pure; the tables are text
// files beside the code, compiled for this project (MIT), and part of the program.
//
// Words are taken folded, as match forms are: small letters, no marks, one
// space between words.
package lexicon

import (
	"embed"
	"maps"
	"slices"
	"strings"
	"sync"
)

// Kind names a table.
type Kind uint8

// The tables.
const (
	Nickname  Kind = iota // given names and their short forms, five languages
	Legal                 // legal forms of firms
	Street                // words of addresses
	Journal               // words of titles of journals and proceedings
	Month                 // names of months in four languages; the number stands for them
	Colour                // names of colours in four languages
	Unit                  // units, and sizes in words
	Honorific             // Mr, Dr, junior
	Forename              // given names as other languages write them
	Land                  // countries and regions, and what is called after them
	Word                  // common words and their abbreviations
	Qualifier             // women and men, north and south: words that tell things apart
	kinds
)

//go:embed *.txt
var files embed.FS

// names gives the file of each table.
var names = [kinds]string{"nicknames.txt", "legal.txt", "street.txt", "journal.txt", "month.txt", "colour.txt", "unit.txt", "honorific.txt", "forename.txt", "land.txt", "word.txt", "qualifier.txt"}

// table holds, for each form, the words that it may stand for, in the order
// of the file.
type table map[string][]string

// loadTable reads each table when it is first asked for.
var loadTable = func() (load [kinds]func() table) {
	for k := range load {
		load[k] = sync.OnceValue(func() table {
			text, err := files.ReadFile(names[k])
			if err != nil {
				return nil // cannot be: the files are part of the program, and a test reads each
			}
			return parse(string(text))
		})
	}
	return load
}()

// parse reads lines of "word: form, form".
func parse(text string) table {
	t := make(table, strings.Count(text, ",")+2*strings.Count(text, ":"))
	for line := range strings.Lines(text) {
		word, forms, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		t.add(word, word)
		for form := range strings.SplitSeq(forms, ",") {
			if form = strings.TrimSpace(form); form != "" {
				t.add(form, word)
			}
		}
	}
	return t
}

// add says that form may stand for word; a word stands first of all for itself.
func (t table) add(form, word string) {
	if form == word {
		t[form] = append([]string{word}, t[form]...)
		return
	}
	t[form] = append(t[form], word)
}

// of gives a table, or an empty one for a Kind that there is not.
func of(k Kind) table {
	if k >= kinds {
		return nil
	}
	return loadTable[k]()
}

// Same says whether a and b are equal or may stand for one word: "peggy" and
// "margaret", "bob" and "rob". It is symmetric, but not transitive, as a short
// form may stand for several names ("alex").
func Same(k Kind, a, b string) bool {
	if a == b {
		return true
	}
	t := of(k)
	for _, x := range t[a] {
		for _, y := range t[b] {
			if x == y {
				return true
			}
		}
	}
	return false
}

// Canonical gives the word that stands for a form: "limited" gives "ltd". A
// form of several words gives the one that stands first in the table; a word
// that is not in the table gives itself.
func Canonical(k Kind, word string) string {
	if of := of(k)[word]; len(of) > 0 {
		return of[0]
	}
	return word
}

// Stands gives the words that a form may stand for, itself where it is one of
// them, in the order of the table; none where the table does not hold it.
func Stands(k Kind, form string) []string { return of(k)[form] }

// Forms gives every form of a table, the words that forms stand for among them,
// in ascending order.
func Forms(k Kind) []string { return slices.Sorted(maps.Keys(of(k))) }
