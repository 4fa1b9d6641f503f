package dedupe

import (
	"hash/maphash"
	"strings"
)

// symbols numbers texts in the order in which they are first seen. Most are
// words of a few bytes, which are looked up as numbers, without a string in
// memory to compare with; the others by a hash. It keeps texts of its own, and not
// what they are pieces of. The zero value has none yet.
type symbols struct {
	text []string
	kept strings.Builder // what the latest of them are pieces of
	lent bool            // texts are not kept but lent by whoever asks
	key  []uint64        // of texts (textKey), 0 where the place is free; a power of two of places
	id   []int32         // their numbers
	bits int             // places are 1<<bits
}

// reset forgets all texts and keeps the memory.
func (s *symbols) reset() {
	clear(s.text)
	s.text = s.text[:0]
	clear(s.key)
}

// shortText is how many bytes a text has, at the most, that is written as a number.
const shortText = 7

// hashed is the bit that the keys of texts have that are not short.
const hashed = 1 << 63

var textSeed = maphash.MakeSeed()

// textKey gives a number other than 0: of a text of 1 to shortText bytes its bytes,
// with its length in the highest, of any other one a hash.
func textKey(text string) (key uint64) {
	n := len(text)
	if n == 0 || n > shortText {
		return maphash.String(textSeed, text) | hashed
	}
	for i := range n {
		key |= uint64(text[i]) << (8 * i)
	}
	return key | uint64(n)<<56
}

// place finds where a text with its key stands or would stand (linear probing, Knuth
// 1998, section 6.4, after a multiplicative hash). Two short texts are one if their
// keys are.
func (s *symbols) place(key uint64, text string) int {
	at := s.first(key)
	for k := s.key[at]; k != 0 && (k != key || key >= hashed && s.text[s.id[at]] != text); k = s.key[at] {
		at = (at + 1) & (len(s.key) - 1)
	}
	return at
}

// first is the place where a key is looked for first.
func (s *symbols) first(key uint64) int { return int(key * 0x9e3779b97f4a7c15 >> (64 - s.bits)) }

// of gives the number of a text, a new one where it was not seen before.
func (s *symbols) of(text string) int32 {
	if 2*len(s.text) >= len(s.key) {
		s.grow()
	}
	key := textKey(text)
	at := s.place(key, text)
	if s.key[at] == 0 {
		s.key[at], s.id[at] = key, s.add(text)
	}
	return s.id[at]
}

// find gives the number of a text that was seen.
func (s *symbols) find(text string) (id int32, ok bool) {
	if len(s.text) == 0 {
		return 0, false
	}
	key := textKey(text)
	at := s.place(key, text)
	return s.id[at], s.key[at] == key
}

// add numbers a text.
func (s *symbols) add(text string) int32 {
	if s.lent {
		s.text = append(s.text, text)
		return int32(len(s.text) - 1)
	}
	if s.kept.Cap()-s.kept.Len() < len(text) {
		s.kept = strings.Builder{}
		s.kept.Grow(max(keptText, len(text)))
	}
	from := s.kept.Len()
	s.kept.WriteString(text)
	s.text = append(s.text, s.kept.String()[from:])
	return int32(len(s.text) - 1)
}

// keptText is how many bytes of texts are kept in one piece.
const keptText = 1 << 12

// grow doubles the places.
func (s *symbols) grow() {
	key, id := s.key, s.id
	s.bits = max(6, s.bits+1)
	s.key, s.id = make([]uint64, 1<<s.bits), make([]int32, 1<<s.bits)
	for i, k := range key {
		if k == 0 {
			continue
		}
		at := s.first(k)
		for s.key[at] != 0 {
			at = (at + 1) & (len(s.key) - 1)
		}
		s.key[at], s.id[at] = k, id[i]
	}
}
