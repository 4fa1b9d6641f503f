package review

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/unecho/unecho/pipeline/record"
)

// The words in which a person answers, in English, German, French and Spanish,
// without accents. A single sign is what reviewing programs use: y and 1 accept
// a pair, n, 0 and x reject it. What a spreadsheet makes of a typed "true" is
// among them.
var (
	sameWords = [...]string{"same", "s", "yes", "y", "1", "true", "duplicate", "repeat",
		"gleich", "dasselbe", "identisch", "ja", "j", "g", "wahr",
		"meme", "identique", "oui", "o", "vrai",
		"igual", "mismo", "identico", "si", "verdadero"}
	differentWords = [...]string{"different", "d", "no", "n", "0", "x", "false", "not same",
		"verschieden", "anders", "unterschiedlich", "nein", "falsch",
		"differente", "non", "faux",
		"distinto", "diferente", "falso"}
	relatedWords = [...]string{"related", "r", "series",
		"verwandt", "reihe",
		"lie", "apparente", "serie",
		"relacionado", "emparentado"}
	skipWords = [...]string{"skip", "later", "?", "-",
		"spater", "spaeter", "uberspringen", "ueberspringen",
		"passer", "plus tard",
		"omitir", "saltar", "mas tarde"}
	undoWordsInOrder = [...]string{"bring back", "undo", "back", "different", "yes", "y", "x", "1", "true", "b",
		"zuruck", "zurueck", "zuruckholen", "zurueckholen", "ja", "j", "wahr",
		"retablir", "annuler", "ramener", "oui", "o", "vrai",
		"recuperar", "restaurar", "deshacer", "si", "verdadero"}
	leaveWords = [...]string{"no", "n", "0", "false", "same", "keep", "merged", "-", "nein", "falsch", "non", "faux", "falso"}
)

// Word gives the answer that a word stands for, in any case, with or without
// accents; a blank one is Skip.
func Word(word string) (kind Kind, ok bool) {
	word = spelled(word)
	switch {
	case word == "" || slices.Contains(skipWords[:], word):
		return Skip, true
	case slices.Contains(sameWords[:], word):
		return Same, true
	case slices.Contains(differentWords[:], word):
		return Different, true
	case slices.Contains(relatedWords[:], word):
		return Related, true
	}
	return "", false
}

// undoWord says whether a word on Merged brings a record back; there an x is a
// mark, and marks what is brought back.
func undoWord(word string) (back, ok bool) {
	word = spelled(word)
	if slices.Contains(undoWordsInOrder[:], word) {
		return true, true
	}
	return false, slices.Contains(leaveWords[:], word)
}

// keepWord gives the side, "a" or "b", that stays: named by its letter, by its
// place, or by its row.
func keepWord(word, rowA, rowB string) (side string, ok bool) {
	word = spelled(word)
	switch {
	case word == "a" || word == "left" || word == "links" || word == "gauche" || word == "izquierda":
		return "a", true
	case word == "b" || word == "right" || word == "rechts" || word == "droite" || word == "derecha":
		return "b", true
	case word != "" && rowA != rowB && word == spelled(rowA):
		return "a", true
	case word != "" && rowA != rowB && word == spelled(rowB):
		return "b", true
	}
	return "", false
}

// spelled is a word without case, accents, outer signs and spare spaces.
func spelled(word string) string {
	word = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(word))
	word = strings.Join(strings.Fields(word), " ")
	if word == "?" || word == "-" {
		return word
	}
	return strings.Trim(word, ` .,;!'"`)
}

// decisionWords are the words that a mistyped one is compared with.
func decisionWords() []string {
	return slices.Concat(sameWords[:], differentWords[:], relatedWords[:], skipWords[:])
}

// unknown says that a word is no answer, and which one was meant: one of the
// drop-down if it may be.
func unknown(word string, words []string) string {
	long := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return len(w) < 3 })
	for _, among := range [][]string{{"same", "different", "related", "skip", "bring back"}, long} {
		among = slices.DeleteFunc(slices.Clone(among), func(w string) bool { return !slices.Contains(long, w) })
		if near := record.Nearest(among, spelled(word)); near != "" {
			return fmt.Sprintf("%q — %s?", beginning(word, 40), near)
		}
	}
	return fmt.Sprintf("%q is no answer that is known", beginning(word, 40))
}
