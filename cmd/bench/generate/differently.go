package generate

import (
	"slices"
	"strings"
	"unicode"
)

// differences are the ways in which people write one title twice. Each changes
// words in place or gives others; none touches a number.
var differences = []func(words []string, d *dice) []string{otherCase, otherMarks, slip, leaveOut, addSource, swapWords}

// differently writes a title as somebody else would: in one of six ways, or
// two of them.
func differently(text string, d *dice) string {
	words := strings.Fields(text)
	ways := d.Perm(len(differences))[:1+d.IntN(2)]
	for _, way := range ways {
		if len(words) > 0 {
			words = differences[way](words, d)
		}
	}
	if out := strings.Join(words, " "); out != text && out != "" {
		return out
	}
	return strings.Join(addSource(strings.Fields(text), d), " ")
}

// otherCase writes all words small, large or with a capital.
func otherCase(words []string, d *dice) []string {
	way := of(d, []func(string) string{strings.ToLower, strings.ToUpper, capital})
	for i, w := range words {
		words[i] = way(w)
	}
	return words
}

// capital gives a word a capital letter.
func capital(w string) string {
	for i := range w {
		if i > 0 {
			return strings.ToUpper(w[:i]) + w[i:]
		}
	}
	return strings.ToUpper(w)
}

// otherMarks takes the marks at the ends of words away, or adds some.
func otherMarks(words []string, d *dice) []string {
	last := len(words) - 1
	switch d.IntN(4) {
	case 0:
		for i, w := range words {
			words[i] = strings.TrimFunc(w, unicode.IsPunct)
		}
		return slices.DeleteFunc(words, func(w string) bool { return w == "" })
	case 1:
		words[last] = strings.TrimRight(words[last], ".!?") + of(d, []string{"!", ".", "...", "?!", "…"})
	case 2:
		words[0], words[last] = "“"+words[0], words[last]+"”"
	default:
		words[min(last, 1+d.IntN(len(words)))] += of(d, []string{",", ":", " –", ";"})
	}
	return words
}

// slip mistypes a word of five letters or more.
func slip(words []string, d *dice) []string {
	var long []int
	for i, w := range words {
		if len(w) >= 5 && !strings.ContainsFunc(w, func(r rune) bool { return r > unicode.MaxASCII || !unicode.IsLetter(r) }) {
			long = append(long, i)
		}
	}
	if len(long) == 0 {
		return words
	}
	i := of(d, long)
	words[i] = mistyped(words[i], d)
	return words
}

// mistyped exchanges, drops, doubles or misses one letter after the first.
func mistyped(w string, d *dice) string {
	at := 1 + d.IntN(len(w)-2)
	switch d.IntN(4) {
	case 0:
		return w[:at] + w[at+1:at+2] + w[at:at+1] + w[at+2:]
	case 1:
		return w[:at] + w[at+1:]
	case 2:
		return w[:at] + w[at:at+1] + w[at:]
	}
	return w[:at] + string(rune('a'+d.IntN(26))) + w[at+1:]
}

// leaveOut drops a small word.
func leaveOut(words []string, d *dice) []string {
	var small []int
	for i, w := range words {
		if len(w) <= 4 && !strings.ContainsFunc(w, func(r rune) bool { return !unicode.IsLower(r) }) {
			small = append(small, i)
		}
	}
	if len(small) == 0 || len(words) < 4 {
		return words
	}
	i := of(d, small)
	return slices.Delete(words, i, i+1)
}

// addSource says where it was found.
func addSource(words []string, d *dice) []string {
	if d.one(2) {
		return append(words, of(d, []string{"- ", "| ", "– ", "via "})+of(d, sources))
	}
	return append([]string{of(d, []string{"[" + of(d, sources) + "]", of(d, sources) + ":"})}, words...)
}

// swapWords exchanges two neighbours, neither of which has a digit.
func swapWords(words []string, d *dice) []string {
	if len(words) < 4 {
		return words
	}
	i := d.IntN(len(words) - 1)
	if !strings.ContainsAny(words[i]+words[i+1], "0123456789") {
		words[i], words[i+1] = words[i+1], words[i]
	}
	return words
}
