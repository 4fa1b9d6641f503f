package normalize

import (
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/unecho/unecho/pipeline/record"
)

// personWriter writes the forms of a column of persons: a piece of a name as
// its words, a whole name or a list of them as "family given given; family
// given", one "; " between two persons, the family name of several words
// joined with "_" ("van_der_berg j k").
func personWriter(p record.Part) writer {
	switch p {
	case record.GivenName, record.MiddleName, record.FamilyName:
		return foldedIfNothing((*scanner).nameWords)
	}
	return canonical(func(s string) string {
		var b strings.Builder
		for _, name := range Names(s) {
			if b.Len() > 0 {
				b.WriteString("; ")
			}
			b.WriteString(strings.ReplaceAll(name[0], " ", "_"))
			for _, given := range name[1:] {
				b.WriteString(" " + given)
			}
		}
		return b.String()
	})
}

// nameWords writes the folded words of a piece of a name, initials apart: "J.-P." → "j p".
func (s *scanner) nameWords(cell string) {
	s.names = s.names[:0]
	for w := range givenPieces(cell) {
		if f := s.fold(w); len(f) > 0 {
			if len(s.names) > 0 {
				s.names = append(s.names, ' ')
			}
			s.names = append(s.names, f...)
		}
	}
	s.text, s.names = s.names, s.text
}

// Names reads a name or a list of names: for each person the family name, then
// the given names and initials one by one, all folded. The family name may
// have several words. It knows
//
//   - lists by ";", "|", "**", line ends, " and ", "&", and commas between whole names;
//   - "Family, Given M." and "Family, G. M., Family, G."; "Family GM", "Family G.M.";
//   - "Given M. Family", and van, de, von … as the head of the family name;
//   - Jr., III, Dr., Prof. and "et al.", which it leaves out.
//
// A name of two words without comma or initials is read as given, then family;
// where a list writes them the other way, compare the words as a set. It is
// empty when s holds no name.
func Names(s string) [][]string {
	var names [][]string
	for _, item := range splitNames(s) {
		for _, n := range splitCommas(item) {
			if n = readName(n.family, n.given); n.name != nil {
				names = append(names, n.name)
			}
		}
	}
	return names
}

// written is a name as it is written: family and given apart where a comma
// says so, else all in family. readName fills name.
type written struct {
	family, given string
	name          []string
}

// plainSeparators write the separators of other scripts as those of ASCII.
var plainSeparators = strings.NewReplacer("\u00a0", " ", "\t", " ", "，", ", ", "、", ";", "；", ";", "＆", "&")

// nameSeparators part persons wherever they stand.
var nameSeparators = strings.NewReplacer("**", ";", "|", ";", "\n", ";", " and ", ";", " And ", ";", " AND ", ";", " & ", ";", " und ", ";", " et ", ";", ", &", ";", " with ", ";", " y ", ";")

func splitNames(s string) []string {
	s = plainSeparators.Replace(s)
	s = strings.ReplaceAll(s, " et al", ";et al")
	s = nameSeparators.Replace(splitGlued(s))
	items := strings.FieldsFunc(s, func(r rune) bool { return r == ';' })
	for k, item := range items {
		items[k] = withoutNumbers(item)
	}
	return items
}

// withoutNumbers leaves out words with digits: the year or the footnote of a citation.
func withoutNumbers(s string) string {
	if !strings.ContainsAny(s, "0123456789") {
		return s
	}
	return strings.Join(slices.DeleteFunc(strings.Fields(s), func(w string) bool { return strings.ContainsAny(w, "0123456789") }), " ")
}

// splitGlued parts "Terasaki M.Nagashima M.": after the closing initials of a
// name with a family name before them, where the whole list ends so.
func splitGlued(s string) string {
	s = strings.TrimSpace(s)
	if !strings.HasSuffix(s, ".") || strings.ContainsAny(s, ",;") {
		return s
	}
	var b strings.Builder
	from := 0
	for i := 1; i+1 < len(s); i++ {
		if s[i] != '.' || !startsName(s[i+1:]) {
			continue
		}
		item := s[from:i]
		k := strings.LastIndexByte(item, ' ')
		if k > 0 && len(item)-k <= 5 && isInitials(item[k+1:]) && !isInitials(strings.Fields(item)[0]) {
			b.WriteString(item + ";")
			from = i + 1
		}
	}
	b.WriteString(s[from:])
	return b.String()
}

// startsName tells an upper-case letter and a lower-case one after it.
func startsName(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	next, _ := utf8.DecodeRuneInString(s[n:])
	return unicode.IsUpper(r) && (unicode.IsLower(next) || next == '\'' || next == '’')
}

// splitCommas reads the commas of one item: between family and given, or
// between persons.
func splitCommas(item string) []written {
	var parts []string
	for p := range strings.SplitSeq(item, ",") {
		if p = strings.TrimSpace(p); p != "" && !isTitleOrSuffix(p) {
			parts = append(parts, p)
		}
	}
	if len(parts) == 2 && !twoWholeNames(parts[0], parts[1]) {
		return []written{{family: parts[0], given: parts[1]}}
	}
	var names []written
	for k := 0; k < len(parts); k++ {
		n := written{family: parts[k]}
		if k+1 < len(parts) && onlyInitials(parts[k+1]) && !onlyInitials(parts[k]) {
			k++
			n.given = parts[k]
		}
		names = append(names, n)
	}
	return names
}

// twoWholeNames tells "Ann Lee, Bob Ray" from "García Márquez, Gabriel".
func twoWholeNames(a, b string) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	if len(x) < 2 || len(y) < 2 || isParticle(x[0]) {
		return false
	}
	return isInitials(x[len(x)-1]) == isInitials(y[len(y)-1]) && !isInitials(y[0]) || isInitials(x[0]) && isInitials(y[0]) && !isInitials(y[len(y)-1])
}

// onlyInitials tells "V. W.", which after a comma belongs to the name before it.
func onlyInitials(s string) bool {
	for _, w := range strings.Fields(s) {
		if !isInitials(w) {
			return false
		}
	}
	return true
}

// isInitials tells "J", "J.", "J.R.R.", "JR", "J.-P.": at most four capitals
// with dots and hyphens.
func isInitials(w string) bool {
	letters := 0
	for _, r := range w {
		switch {
		case r == '.' || r == '-':
		case unicode.IsUpper(r) || strings.Contains(w, ".") && unicode.IsLower(r):
			letters++
		default:
			return false
		}
	}
	if strings.Contains(w, ".") {
		return letters > 0 && letters <= strings.Count(w, ".")+1 && letters <= 4
	}
	return letters > 0 && letters <= 3
}

// isTitleOrSuffix tells what is no part of a name. Two capitals without a dot
// are initials: the JR of "Smith JR".
func isTitleOrSuffix(w string) bool {
	if len(w) == 2 && w[0] <= 'Z' && w[1] <= 'Z' {
		return false
	}
	w = strings.Trim(w, " .")
	var small [8]byte
	if len(w) > len(small) || !isASCII(w) {
		return isSuffix(strings.ToLower(w))
	}
	for i := range len(w) {
		if small[i] = w[i]; w[i] >= 'A' && w[i] <= 'Z' {
			small[i] += 'a' - 'A'
		}
	}
	return isSuffix(string(small[:len(w)]))
}

// isSuffix is isTitleOrSuffix in small letters, without the dots around it.
func isSuffix(w string) bool {
	switch w {
	case "jr", "sr", "ii", "iii", "iv", "2nd", "3rd", "md", "m.d", "phd", "ph.d", "dr", "prof", "mr", "mrs", "ms", "sir", "et al", "et", "al", "others", "eds", "ed", "(eds", "(ed":
		return true
	}
	return false
}

func isParticle(w string) bool {
	switch strings.ToLower(w) {
	case "van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "das", "du", "la", "le", "ten", "ter", "zu", "zur", "bin", "ibn", "al", "el", "af", "av", "st.", "st":
		return true
	}
	return false
}

// readName fills n.name from what a comma has parted, or from the order of the words.
func readName(family, given string) written {
	if given == "" {
		family, given = partWords(strings.Fields(strings.ReplaceAll(family, ".", ". ")))
	}
	f := strings.Join(strings.Fields(Fold(withoutDots.Replace(family))), " ")
	if !strings.ContainsFunc(f, unicode.IsLetter) {
		return written{}
	}
	return written{name: append([]string{f}, givenNames(given)...)}
}

var withoutDots = strings.NewReplacer(".", " ", "-", " ")

// partWords parts the words of a name without comma.
func partWords(words []string) (family, given string) {
	words = slices.DeleteFunc(words, func(w string) bool {
		return len(words) > 1 && w != "V" && w != "MS" && isTitleOrSuffix(w) && !isParticle(w)
	})
	if len(words) < 2 {
		return strings.Join(words, " "), ""
	}
	at := len(words)
	for at > 1 && isInitials(words[at-1]) { // Smith JR
		at--
	}
	if at < len(words) && !isInitials(words[0]) && !allUpper(words) {
		return strings.Join(words[:at], " "), strings.Join(words[at:], " ")
	}
	at = len(words) - 1
	for at > 1 && isParticle(words[at-1]) {
		at--
	}
	return strings.Join(words[at:], " "), strings.Join(words[:at], " ")
}

// allUpper tells a name in capitals without dots, in which initials cannot be told.
func allUpper(words []string) bool {
	for _, w := range words {
		if strings.ToUpper(w) != w || strings.Contains(w, ".") {
			return false
		}
	}
	return true
}

// givenNames gives the given names and initials one by one, folded.
func givenNames(s string) []string {
	var names []string
	for w := range givenPieces(s) {
		names = append(names, strings.Fields(Fold(w))...)
	}
	return names
}

// givenPieces gives the given names and initials one by one, as they are written.
func givenPieces(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for w := range strings.FieldsFuncSeq(s, partsGiven) {
			if isTitleOrSuffix(w) || !strings.ContainsFunc(w, unicode.IsLetter) {
				continue
			}
			if !runTogether(w, s) {
				if !yield(w) {
					return
				}
				continue
			}
			for i, r := range w {
				if !yield(w[i : i+utf8.RuneLen(r)]) {
					return
				}
			}
		}
	}
}

// partsGiven tells what stands between given names.
func partsGiven(r rune) bool {
	return r == '-' || r == '.' || r == ',' || r == '‐' || unicode.IsSpace(r)
}

// runTogether tells two or three initials without dots, a word of a name s
// that is all in capitals.
func runTogether(w, s string) bool {
	n := utf8.RuneCountInString(w)
	return n > 1 && n <= 3 && isInitials(w) && strings.ToUpper(s) == s
}
