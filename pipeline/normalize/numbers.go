package normalize

// The words that say what the number after them counts, by how they are
// written in a form. Abbreviations become the word; words of other languages
// stay what they are.

// partWord tells a word that counts parts of one thing.
func partWord(w []byte) (canon string, ok bool) {
	switch string(w) {
	case "part", "parts", "pt", "pts":
		return "part", true
	case "chapter", "chap", "ch":
		return "chapter", true
	case "volume", "vol", "vols":
		return "volume", true
	case "season", "book", "act", "teil", "partie", "parte", "deel", "del", "czesc", "osa", "часть", "kapitel", "chapitre", "capitulo", "capitolo",
		"глава", "band", "tome", "tomo", "том", "staffel", "saison", "temporada", "stagione", "сезон", "buch", "livre", "libro":
		return string(w), true
	}
	return "", false
}

// issueWord tells a word that counts issues of a series.
func issueWord(w []byte) (canon string, ok bool) {
	switch string(w) {
	case "no", "nr", "num", "nos":
		return "no", true
	case "episode", "ep", "eps":
		return "episode", true
	case "number", "issue", "week", "day", "lesson", "lecture", "episodio", "folge", "ausgabe", "heft", "numero", "выпуск", "серия", "woche", "tag":
		return string(w), true
	}
	return "", false
}

// kindWord tells a word before a number that is a kind, a phase or a place in
// an order, and often written in roman: "type II", "phase 2".
func kindWord(w []byte) bool {
	switch string(w) {
	case "type", "phase", "stage", "grade", "class", "level", "series", "round", "mark", "mk", "war", "typ", "klasse", "step", "tier":
		return true
	}
	return false
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
	switch string(w) {
	case "two":
		return "2", true
	case "three":
		return "3", true
	case "four":
		return "4", true
	case "five":
		return "5", true
	case "six":
		return "6", true
	case "seven":
		return "7", true
	case "eight":
		return "8", true
	case "nine":
		return "9", true
	case "ten":
		return "10", true
	case "eleven":
		return "11", true
	case "twelve":
		return "12", true
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

// ordinalWord gives the ordinal that a word names, from first to twelfth.
func ordinalWord(w []byte) (digits string, ok bool) {
	switch string(w) {
	case "first":
		return "1st", true
	case "second":
		return "2nd", true
	case "third":
		return "3rd", true
	case "fourth":
		return "4th", true
	case "fifth":
		return "5th", true
	case "sixth":
		return "6th", true
	case "seventh":
		return "7th", true
	case "eighth":
		return "8th", true
	case "ninth":
		return "9th", true
	case "tenth":
		return "10th", true
	case "eleventh":
		return "11th", true
	case "twelfth":
		return "12th", true
	}
	return "", false
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

// closingRoman reads a roman numeral that ends a title without a part marker:
// "Rocky IV". I is left out (a pronoun), and so are X and XI (a rating, a
// surname), which name things far more often than they count them.
func closingRoman(w []byte) (digits string, ok bool) {
	switch string(w) {
	case "i", "x", "xi":
		return "", false
	}
	return roman(w)
}
