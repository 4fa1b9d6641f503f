package dedupe

import (
	"maps"
	"slices"

	"github.com/unecho/unecho/dedupe/lexicon"
)

// meanings holds, for the words of a list that the tables know, what each may
// stand for: "bob" for robert, "johann" and "jean" for john, "spanish" for
// spain, "dept" for department, "iv" for 4. Two words that share a meaning may
// be one and the same; it is decided once a word, not once a pair.
type meanings struct {
	first []int32 // of each word: where its meanings begin in all, 0 for none
	all   []int32 // meanings by number, each word's closed by -1
}

// tables are those whose words may stand in any main text.
var tables = [...]lexicon.Kind{lexicon.Nickname, lexicon.Forename, lexicon.Land, lexicon.Word}

// newMeanings looks up in the words what the tables know, which are far fewer
// than the words of a large list.
func newMeanings(words *symbols) *meanings {
	m := &meanings{first: make([]int32, len(words.text)), all: []int32{-1}}
	known, of := &symbols{}, map[int32][]int32{}
	add := func(form, meaning string) {
		if t, ok := words.find(form); ok {
			of[t] = append(of[t], known.of(meaning))
		}
	}
	for _, k := range tables {
		for _, form := range lexicon.Forms(k) {
			for _, s := range lexicon.Stands(k, form) {
				add(form, string(rune('a'+k))+s)
			}
		}
	}
	for v, s := range numerals {
		if s != "" {
			add(s, s)
			add(arabic[v], s)
		}
	}
	for _, t := range slices.Sorted(maps.Keys(of)) {
		m.first[t] = int32(len(m.all))
		m.all = append(append(m.all, of[t]...), -1)
	}
	return m
}

// share says whether two words may stand for one.
func (m *meanings) share(t, u int32) bool {
	if m.first[t] == 0 || m.first[u] == 0 {
		return false
	}
	for i := m.first[t]; m.all[i] >= 0; i++ {
		for k := m.first[u]; m.all[k] >= 0; k++ {
			if m.all[i] == m.all[k] {
				return true
			}
		}
	}
	return false
}

// numerals are the roman numerals that stand beside a name: kings, popes,
// parts. "i" is left out, being a word.
var numerals = [...]string{2: "ii", 3: "iii", 4: "iv", 5: "v", 6: "vi", 7: "vii", 8: "viii", 9: "ix", 10: "x", 11: "xi", 12: "xii",
	13: "xiii", 14: "xiv", 15: "xv", 16: "xvi", 17: "xvii", 18: "xviii", 19: "xix", 20: "xx", 21: "xxi", 22: "xxii", 23: "xxiii", 24: "xxiv"}

// numeral gives the number that a word writes in roman or arabic numerals, as
// roman, "" for any other word. At the end of a title numerals are read as
// numbers, elsewhere they stay as they stand, so that both may meet.
func numeral(w string) string {
	if w == "" || len(w) > 5 || !digit(w) && !roman(w) {
		return ""
	}
	for v, r := range numerals {
		if r != "" && (w == r || w == arabic[v]) {
			return r
		}
	}
	return ""
}

var arabic = [...]string{2: "2", 3: "3", 4: "4", 5: "5", 6: "6", 7: "7", 8: "8", 9: "9", 10: "10", 11: "11", 12: "12",
	13: "13", 14: "14", 15: "15", 16: "16", 17: "17", 18: "18", 19: "19", 20: "20", 21: "21", 22: "22", 23: "23", 24: "24"}
