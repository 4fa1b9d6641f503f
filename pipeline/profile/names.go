package profile

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/unecho/unecho/pipeline/record"
)

//go:embed names.txt
var namesText string

// meaning is one line of names.txt.
type meaning struct {
	role  record.Role
	part  record.Part
	words string // "a surname"
	rank  int    // of a title: 1 for the best line; 0 otherwise
}

// headings is names.txt, ready to be looked up.
type headings struct {
	whole map[string]*meaning // by folded heading
	ends  map[string]*meaning // by the end of a compound word
}

// loadHeadings reads names.txt once. The table is part of the program, and a
// test holds that each of its lines is well formed; a malformed line would
// only be passed over.
var loadHeadings = sync.OnceValue(func() headings {
	h := headings{whole: map[string]*meaning{}, ends: map[string]*meaning{}}
	rank := 0
	for line := range strings.Lines(namesText) {
		fields := strings.Split(strings.TrimSpace(line), "|")
		if len(fields) != 4 || strings.HasPrefix(line, "#") {
			continue
		}
		m := &meaning{
			role:  record.Role(strings.TrimSpace(fields[0])),
			part:  record.Part(strings.TrimSpace(fields[1])),
			words: strings.TrimSpace(fields[2]),
		}
		if m.role == record.Title {
			rank++
			m.rank = rank
		}
		for _, name := range strings.Split(fields[3], ",") {
			h.add(strings.TrimSpace(name), m)
		}
	}
	return h
})

// add enters one heading; the first meaning of a heading stays.
func (h headings) add(name string, m *meaning) {
	into := h.whole
	if end, ok := strings.CutPrefix(name, "-"); ok {
		into, name = h.ends, end
	}
	key := strings.Join(headingWords(name), " ")
	if _, known := into[key]; !known && key != "" {
		into[key] = m
	}
}

// named is what a heading promises.
type named struct {
	*meaning
	sure float64 // 0 to 1: 0.9 where the whole heading is known, less where only a part of it is
	// owner holds the words of the heading beside the meaning, such as
	// "birth" in "birth year": columns with one owner belong together.
	owner string
}

// readHeading looks a heading up. Known in whole, it is sure; otherwise its
// numbers are left away ("address 2"); otherwise the head of the phrase
// decides, which stands last in English and German ("release year") and
// first before "of", "de", "der" ("date of issue"). ok is false for a heading
// that says nothing.
func readHeading(name string) (n named, ok bool) {
	h := loadHeadings()
	words := headingWords(name)
	if m := h.whole[strings.Join(words, " ")]; m != nil {
		return named{m, 0.9, ownerIn(words)}, true
	}
	words = dropNumbers(words)
	if m := h.whole[strings.Join(words, " ")]; m != nil {
		return named{m, 0.85, ownerIn(words)}, true
	}
	if m, rest := h.beforeOf(words); m != nil {
		return named{m, 0.75, rest}, true
	}
	for i := 1; i < len(words); i++ {
		if m := h.whole[strings.Join(words[i:], " ")]; m != nil {
			return named{m, 0.75, strings.Join(words[:i], " ")}, true
		}
	}
	if m, rest := h.compound(words); m != nil {
		return named{m, 0.7, rest}, true
	}
	for i := len(words) - 1; i > 0; i-- {
		if m := h.whole[strings.Join(words[:i], " ")]; m != nil {
			return named{m, 0.55, strings.Join(words[i:], " ")}, true
		}
	}
	return named{}, false
}

// beforeOf finds the head of "date of issue", "fecha de alta".
func (h headings) beforeOf(words []string) (m *meaning, rest string) {
	for i, w := range words {
		switch w {
		case "of", "de", "du", "des", "der", "del", "di", "d":
			if m := h.whole[strings.Join(words[:i], " ")]; m != nil {
				return m, strings.Join(words[i+1:], " ")
			}
		}
	}
	return nil, ""
}

// compound finds the head of a German compound: the longest known end of the
// last word.
func (h headings) compound(words []string) (m *meaning, rest string) {
	if len(words) == 0 {
		return nil, ""
	}
	last := words[len(words)-1]
	for i := 2; i < len(last); i++ {
		if m := h.ends[last[i:]]; m != nil {
			return m, last[:i]
		}
	}
	return nil, ""
}

// ownerIn gives the owner that known headings carry within them: whose birth,
// whose death a year and a month speak of.
func ownerIn(words []string) string {
	for _, w := range words {
		for _, stem := range [...]string{"birth", "geburt", "naissance", "nacimiento", "yob"} {
			if strings.HasPrefix(w, stem) {
				return "birth"
			}
		}
	}
	return ""
}

// headingWords splits a heading into folded words: "birthDate", "birth_date"
// and "BIRTH DATE" give the same; marks go, ß becomes ss; letters and digits
// part ("addr1").
func headingWords(name string) []string {
	var words []string
	var word []rune
	flush := func() {
		if len(word) > 0 {
			words = append(words, strings.ToLower(string(word)))
		}
		word = word[:0]
	}
	runes := []rune(strings.ReplaceAll(norm.NFKD.String(strings.ToValidUTF8(name, " ")), "ß", "ss"))
	for i, r := range runes {
		switch {
		case unicode.Is(unicode.Mn, r):
			continue
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			flush()
			continue
		case i > 0 && startsWord(runes, i):
			flush()
		}
		word = append(word, r)
	}
	flush()
	return words
}

// startsWord says whether a word begins at rune i without a separator: at a
// capital after a small letter, at the last of several capitals before a
// small letter ("DOIlink" is left alone, "DOILink" is not), and where letters
// meet digits.
func startsWord(r []rune, i int) bool {
	prev, here := r[i-1], r[i]
	if unicode.IsDigit(prev) != unicode.IsDigit(here) {
		return true
	}
	if !unicode.IsUpper(here) {
		return false
	}
	return unicode.IsLower(prev) || unicode.IsUpper(prev) && i+1 < len(r) && unicode.IsLower(r[i+1])
}

// dropNumbers leaves the words that are not all digits.
func dropNumbers(words []string) []string {
	var kept []string
	for _, w := range words {
		if strings.Trim(w, "0123456789") != "" {
			kept = append(kept, w)
		}
	}
	return kept
}
