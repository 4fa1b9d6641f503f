package dedupe

import "strings"

// symbols numbers texts in the order in which they are first seen. Most are
// words of a few bytes, which are looked up as numbers, without a string in
// memory to compare with. It keeps texts of its own, and not what they are
// pieces of.
type symbols struct {
	text []string
	kept strings.Builder  // what the latest of them are pieces of
	lent bool             // texts are not kept but lent by whoever asks
	long map[string]int32 // texts that are not short
	key  []uint64         // short texts, 0 where the place is free; a power of two of places
	id   []int32          // their numbers
	used int
	bits int // places are 1<<bits
}

func newSymbols() *symbols { return &symbols{long: map[string]int32{}} }

// shortText is how many bytes a text has, at the most, that is written as a number.
const shortText = 7

// shortKey writes a text of 1 to shortText bytes as a number other than 0, its length in
// the highest byte.
func shortKey(text string) (key uint64, ok bool) {
	n := len(text)
	if n == 0 || n > shortText {
		return 0, false
	}
	for i := range n {
		key |= uint64(text[i]) << (8 * i)
	}
	return key | uint64(n)<<56, true
}

// place finds where a key stands or would stand (linear probing, Knuth 1998, section
// 6.4, after a multiplicative hash).
func (s *symbols) place(key uint64) int {
	at := int(key * 0x9e3779b97f4a7c15 >> (64 - s.bits))
	for s.key[at] != key && s.key[at] != 0 {
		at = (at + 1) & (len(s.key) - 1)
	}
	return at
}

// of gives the number of a text, a new one where it was not seen before.
func (s *symbols) of(text string) int32 {
	key, short := shortKey(text)
	if !short {
		id, ok := s.long[text]
		if !ok {
			id = s.add(text)
			s.long[s.text[id]] = id
		}
		return id
	}
	if 2*s.used >= len(s.key) {
		s.grow()
	}
	at := s.place(key)
	if s.key[at] == 0 {
		s.key[at], s.id[at] = key, s.add(text)
		s.used++
	}
	return s.id[at]
}

// find gives the number of a text that was seen.
func (s *symbols) find(text string) (id int32, ok bool) {
	key, short := shortKey(text)
	switch {
	case !short:
		id, ok = s.long[text]
	case s.used > 0:
		at := s.place(key)
		id, ok = s.id[at], s.key[at] == key
	}
	return id, ok
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
		if k != 0 {
			at := s.place(k)
			s.key[at], s.id[at] = k, id[i]
		}
	}
}
