package normalize

import "strings"

// saying is what a word says: what the number after it counts, or a number.
type saying struct {
	kind sayingKind
	as   string // how it is written in a form
}

type sayingKind uint8

const (
	saysNothing sayingKind = iota
	saysPart               // a part of one thing: its number follows
	saysIssue              // an issue of a series: its number follows
	saysKind               // a kind, a phase or a place in an order, often in roman: "type II", "phase 2"
	saysNumber             // a number, from two to twelve
	saysOrdinal            // an ordinal, from first to twelfth
	saysRoman              // a roman numeral that may end a title: "Rocky IV"
	saysUnit               // a unit that is written with and without a space before it, and no word of its own
	saysAcross             // the x of "800 x 600"
)

// longestSaying bounds the length in bytes of a word that says something.
const longestSaying = 16

// sayings are the words that say something. Abbreviations become the word;
// words of other languages stay what they are. Of the roman numerals I is left
// out (a pronoun), and so are X and XI (a rating, a surname), which name things
// far more often than they count them.
var sayings = func() map[string]saying {
	m := map[string]saying{"x": {saysAcross, "x"}}
	say := func(kind sayingKind, as, words string) {
		for _, w := range strings.Fields(words) {
			m[w] = saying{kind, as}
			if as == "" {
				m[w] = saying{kind, w}
			}
		}
	}
	say(saysPart, "part", "part parts pt pts")
	say(saysPart, "chapter", "chapter chap ch")
	say(saysPart, "volume", "volume vol vols")
	say(saysPart, "", "season book act teil partie parte deel del czesc osa часть kapitel chapitre capitulo capitolo")
	say(saysPart, "", "глава band tome tomo том staffel saison temporada stagione сезон buch livre libro")
	say(saysIssue, "no", "no nr num nos")
	say(saysIssue, "episode", "episode ep eps")
	say(saysIssue, "", "number issue week day lesson lecture episodio folge ausgabe heft numero выпуск серия woche tag")
	say(saysKind, "", "type phase stage grade class level series round mark mk war typ klasse step tier")
	say(saysUnit, "", "gb tb mb kb mm cm km ml cl kg mg oz ghz mhz khz hz mp fps kbps mbps gbps mph kmh rpm")
	for k, w := range strings.Fields("two three four five six seven eight nine ten eleven twelve") {
		say(saysNumber, romanDigits[k+2], w)
	}
	for k, w := range strings.Fields("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth") {
		end := "th"
		if k < 3 {
			end = [...]string{"st", "nd", "rd"}[k]
		}
		say(saysOrdinal, romanDigits[k+1]+end, w)
	}
	for v, w := range romans {
		if v > 1 && v != 10 && v != 11 {
			say(saysRoman, romanDigits[v], w)
		}
	}
	return m
}()

// sayingLengths holds, by the first and the last byte of a word, a bit for
// each length of such a word that says something: a glance turns nearly all
// words away.
var sayingLengths = func() (t [1 << 10]uint32) {
	for w := range sayings {
		t[ends32(w[0], w[len(w)-1])] |= 1 << len(w)
	}
	return t
}()

// ends32 joins the low bits of two bytes, which tell the letters apart.
func ends32(first, last byte) int { return int(first&31)<<5 | int(last&31) }

// sayingOf gives what a word, which is not empty, says.
func sayingOf(w []byte) saying {
	if len(w) > longestSaying || sayingLengths[ends32(w[0], w[len(w)-1])]>>len(w)&1 == 0 {
		return saying{}
	}
	return sayings[string(w)]
}

// takesI tells a word that follows the pronoun I: "the type I like".
func takesI(w []byte) bool {
	switch string(w) {
	case "am", "like", "love", "loved", "have", "had", "want", "wanted", "need", "needed", "was", "can", "cant", "could", "would", "will", "should",
		"know", "knew", "think", "thought", "do", "did", "dont", "didnt", "ever", "never", "found", "find", "saw", "see", "got", "get", "made", "make",
		"just", "use", "used", "hate", "wish", "wrote", "read", "took", "went", "fought", "learned", "missed", "still", "really", "always", "once", "and", "m", "ve", "d", "ll":
		return true
	}
	return false
}

// numberWord gives the number that a word names, from two to twelve.
func numberWord(w []byte) (digits string, ok bool) {
	if say := sayingOf(w); say.kind == saysNumber {
		return say.as, true
	}
	return "", false
}

// countWord gives the number that a word names after a part marker, where
// "one" and the words of other languages can mean nothing else.
func countWord(w []byte) (digits string, ok bool) {
	switch string(w) {
	case "one", "eins", "un", "une", "uno", "una", "один":
		return "1", true
	case "zwei", "deux", "dos", "due", "два":
		return "2", true
	case "drei", "trois", "tres", "tre", "три":
		return "3", true
	case "vier", "quatre", "cuatro", "quattro":
		return "4", true
	case "funf", "cinq", "cinco", "cinque":
		return "5", true
	}
	return numberWord(w)
}

// romans are the numerals that are read, by their value.
var romans = [...]string{1: "i", 2: "ii", 3: "iii", 4: "iv", 5: "v", 6: "vi", 7: "vii", 8: "viii", 9: "ix", 10: "x",
	11: "xi", 12: "xii", 13: "xiii", 14: "xiv", 15: "xv", 16: "xvi", 17: "xvii", 18: "xviii", 19: "xix", 20: "xx",
	21: "xxi", 22: "xxii", 23: "xxiii", 24: "xxiv", 25: "xxv", 26: "xxvi", 27: "xxvii", 28: "xxviii", 29: "xxix", 30: "xxx"}

var romanDigits = [...]string{1: "1", 2: "2", 3: "3", 4: "4", 5: "5", 6: "6", 7: "7", 8: "8", 9: "9", 10: "10",
	11: "11", 12: "12", 13: "13", 14: "14", 15: "15", 16: "16", 17: "17", 18: "18", 19: "19", 20: "20",
	21: "21", 22: "22", 23: "23", 24: "24", 25: "25", 26: "26", 27: "27", 28: "28", 29: "29", 30: "30"}

// roman reads a roman numeral from 1 to 30.
func roman(w []byte) (digits string, ok bool) {
	if len(w) > 6 {
		return "", false
	}
	for _, b := range w {
		if b != 'i' && b != 'v' && b != 'x' {
			return "", false
		}
	}
	for v, r := range romans {
		if v > 0 && string(w) == r {
			return romanDigits[v], true
		}
	}
	return "", false
}
