package record

import "github.com/adrg/strutil/metrics"

// nearEnough is the Jaro-Winkler similarity from which a word is suggested:
// two letters of six swapped or one left out pass, another word does not.
const nearEnough = 0.75

// Nearest gives the word that a mistyped one was most likely meant to be: the
// name of a column, a role, a flag; "" when none is near. Case does not
// matter; a word that begins with what was typed is near. Of words that are
// equally near it is the first.
func Nearest(words []string, typed string) string {
	metric := metrics.NewJaroWinkler()
	metric.CaseSensitive = false
	best, most := "", 0.0
	for _, word := range words {
		if similarity := metric.Compare(word, typed); similarity > most {
			best, most = word, similarity
		}
	}
	if most < nearEnough {
		return ""
	}
	return best
}
