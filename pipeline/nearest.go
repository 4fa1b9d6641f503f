package pipeline

import (
	"fmt"
	"strings"

	"github.com/adrg/strutil"
	"github.com/adrg/strutil/metrics"
)

// Nearest gives the word that a mistyped one was most likely meant to be, ""
// when none is near. Case does not matter; a word that begins with what was
// typed is near.
func Nearest(words []string, typed string) string {
	best, most := "", 0.0
	for _, word := range words {
		similarity := strutil.Similarity(strings.ToLower(word), strings.ToLower(typed), metrics.NewJaroWinkler())
		if similarity > most {
			best, most = word, similarity
		}
	}
	if most < nearEnough {
		return ""
	}
	return best
}

// nearEnough is the Jaro-Winkler similarity from which a word is suggested:
// two letters of six swapped or one left out pass, another word does not.
const nearEnough = 0.75

// columnHint says which column may be meant, or which ones there are.
func columnHint(names []string, typed string) string {
	if near := Nearest(names, typed); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	if len(names) == 0 {
		return "the list has no columns"
	}
	const few = 12
	if len(names) > few {
		return fmt.Sprintf("the columns are %s and %d more", strings.Join(names[:few], ", "), len(names)-few)
	}
	return "the columns are " + strings.Join(names, ", ")
}
