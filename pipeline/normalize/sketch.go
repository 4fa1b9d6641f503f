package normalize

import (
	"encoding/binary"
	"math/bits"
)

// A sketch remembers of texts, in a few bits each, whether they were met once
// or twice. It may take one text for another: what it has not met was not
// there, what it has met may have been. A glance at it spares a map most texts.
type sketch struct{ once, twice []uint64 }

// newSketch makes a sketch for about n texts.
func newSketch(n int) *sketch {
	words := 1 << bits.Len(uint(n/8)) // 8 to 16 bits a text
	return &sketch{make([]uint64, words), make([]uint64, words)}
}

// meet puts a text in.
func (k *sketch) meet(s string) {
	at, bit := k.place(s)
	k.twice[at] |= k.once[at] & bit
	k.once[at] |= bit
}

// met tells whether a text may have been met.
func (k *sketch) met(s string) bool {
	at, bit := k.place(s)
	return k.once[at]&bit != 0
}

// metAgain tells whether a text may have been met twice.
func (k *sketch) metAgain(s string) bool {
	at, bit := k.place(s)
	return k.twice[at]&bit != 0
}

// place gives the word and the bit of a text, by its length and its ends.
func (k *sketch) place(s string) (at int, bit uint64) {
	h := (head64(s) ^ bits.RotateLeft64(tail64(s), 29) ^ uint64(len(s))<<48) * 0x9E3779B97F4A7C15
	h ^= h >> 29
	h *= 0xBF58476D1CE4E5B9 // as in SplitMix64 (Steele and others 2014)
	h ^= h >> 32
	return int(h>>6) & (len(k.once) - 1), 1 << (h & 63)
}

// head64 and tail64 give the first and the last eight bytes of s; of a shorter
// one, all.
func head64(s string) (x uint64) {
	if len(s) >= 8 {
		return binary.LittleEndian.Uint64([]byte(s[:8]))
	}
	for i := range len(s) {
		x |= uint64(s[i]) << (8 * i)
	}
	return x
}

func tail64(s string) uint64 { return head64(s[max(0, len(s)-8):]) }
