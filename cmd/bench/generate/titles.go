package generate

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Titles makes n titles. The first are those of base as they stand; when they
// are used up, they come again with about two of five words swapped for words
// of the same kind out of others, which makes new things of them. One row in
// every repeats an earlier one, written differently; none does where every is 0.
func Titles(base []string, n, every int, seed uint64) List {
	m := &titles{base: base, dice: newDice(seed + 2)}
	var cell [1]string
	return among([]string{"title"}, n, every, seed, func(thing int, again *dice) []string {
		cell[0] = m.title(thing)
		if again != nil {
			cell[0] = differently(cell[0], again)
		}
		return cell[:]
	})
}

// Lookalikes makes n titles as [Titles] does, with traps among the new things:
// one in twenty reads like an earlier title but for one number or one name.
func Lookalikes(base []string, n, every int, seed uint64) List {
	m := &titles{base: base, dice: newDice(seed + 2)}
	var cell [1]string
	return among([]string{"title"}, n, every, seed, func(thing int, again *dice) []string {
		cell[0] = m.lookalike(thing)
		if again != nil {
			cell[0] = differently(cell[0], again)
		}
		return cell[:]
	})
}

// titles are the base and all that is made of it.
type titles struct {
	base []string
	dice *dice
}

// title is the text of a thing.
func (m *titles) title(thing int) string {
	text := m.base[thing%len(m.base)]
	if thing < len(m.base) {
		return text
	}
	d := m.dice.at(thing)
	words := strings.Fields(text)
	if len(words) < 3 { // too short to become another by a swap
		return strings.Join(append(words, m.piece(d, 3)...), " ")
	}
	for range max(2, len(words)*2/5) {
		at := d.IntN(len(words))
		words[at] = m.swapped(words, at, d)
	}
	return strings.Join(words, " ")
}

// lookalike is the text of a thing, one in twenty with one number or name of an
// earlier one exchanged. Where that has neither, the thing is like any other.
func (m *titles) lookalike(thing int) string {
	if thing%20 != 19 {
		return m.title(thing)
	}
	words := strings.Fields(m.title(thing - 1 - m.dice.at(thing).IntN(19)))
	d := m.dice.at(-thing)
	var places []int
	for i := range words {
		if kind(words, i) != plain {
			places = append(places, i)
		}
	}
	if len(places) == 0 {
		return m.title(thing)
	}
	at := of(d, places)
	words[at] = m.swapped(words, at, d)
	return strings.Join(words, " ")
}

// piece gives up to n words that stand side by side in some title.
func (m *titles) piece(d *dice, n int) []string {
	words := strings.Fields(of(d, m.base))
	from := d.IntN(max(1, len(words)-n))
	return words[from:min(len(words), from+n)]
}

// swapped gives a word that may stand for the one at a place: another of the
// same kind from another title, a number counted on where none is met.
func (m *titles) swapped(words []string, at int, d *dice) string {
	wanted := kind(words, at)
	for range 20 {
		others := strings.Fields(of(d, m.base))
		if len(others) == 0 {
			continue
		}
		k := d.IntN(len(others))
		if kind(others, k) == wanted && !strings.EqualFold(others[k], words[at]) {
			return others[k]
		}
	}
	if wanted == number {
		return words[at] + string(rune('1'+d.IntN(9)))
	}
	return MadeWord(d.IntN(vocabulary))
}

// Kinds of words.
const (
	plain  = iota
	name   // begins with a capital letter, not at the beginning
	number // holds a digit
)

func kind(words []string, at int) int {
	if strings.ContainsAny(words[at], "0123456789") {
		return number
	}
	first, _ := utf8.DecodeRuneInString(words[at])
	if at > 0 && unicode.IsUpper(first) && words[at] != strings.ToUpper(words[at]) {
		return name
	}
	return plain
}

// Apart gives the titles of four words and more of which no two say the same
// words, or the same but for one that is left out or exchanged: what is left
// can be taken for different things, by any program that measures them.
func Apart(all []string) []string {
	seen := map[uint64]struct{}{}
	var out []string
	var hashes []uint64
	for _, text := range all {
		words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		slices.Sort(words)
		words = slices.Compact(words)
		if len(words) < 4 {
			continue
		}
		hashes = neighbours(hashes[:0], words)
		if !slices.ContainsFunc(hashes, func(h uint64) bool { _, ok := seen[h]; return ok }) {
			out = append(out, text)
		}
		for _, h := range hashes {
			seen[h] = struct{}{}
		}
	}
	return out
}

// neighbours gives a number for the set of words, and one for each set that is
// left when one of them is taken out.
func neighbours(out []uint64, words []string) []uint64 {
	var sum uint64
	for _, w := range words {
		sum += hash(w)
	}
	out = append(out, sum)
	for _, w := range words {
		out = append(out, sum-hash(w))
	}
	return out
}

// hash is FNV-1a, mixed so that sums of it are as good as itself.
func hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	return h ^ h>>32
}
