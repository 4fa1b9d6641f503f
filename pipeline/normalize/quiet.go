package normalize

import (
	"encoding/binary"
	"strings"
	"unicode/utf8"
)

// Nearly all text needs no repair. isPlain and isQuiet say so at a glance; of
// the rest, cleanBy finds out.

// isPlain tells ASCII text that no rule can change: printable, no entity, one
// space at a time and none at the ends. It looks at eight bytes at a time.
func isPlain(s string) bool {
	if s == "" {
		return true
	}
	if s[0] == ' ' || s[len(s)-1] == ' ' {
		return false
	}
	before := uint64(0) // not 0 where the byte before the next eight is a space
	for ; len(s) >= 8; s = s[8:] {
		x := binary.LittleEndian.Uint64([]byte(s[:8]))
		if x&high != 0 || others(x, '&')&others(x, 0x7f)&nonzero(x&(0x60*each8)) != high {
			return false
		}
		spaces := others(x, ' ') ^ high
		if spaces&(spaces<<8|before) != 0 {
			return false
		}
		before = spaces >> 56
	}
	last := before != 0
	for i := range len(s) {
		b := s[i]
		if b < ' ' || b >= 0x7f || b == '&' || b == ' ' && last {
			return false
		}
		last = b == ' '
	}
	return true
}

const (
	each8 = 0x0101010101010101 // times a byte: that byte eight times
	high  = 0x80 * each8
)

// nonzero marks the bytes of x, each below 0x80, that are not 0 by their high bit.
func nonzero(x uint64) uint64 { return (x + 0x7f*each8) & high }

// others marks the bytes of x, each below 0x80, that are not b by their high bit.
func others(x uint64, b byte) uint64 { return nonzero(x ^ uint64(b)*each8) }

// isQuiet tells text that no rule can change although it is not plain: one
// space at a time and none at the ends, no ampersand that may begin an entity,
// and beyond ASCII only characters that stand for themselves, none of them
// where one of two bytes read apart would stand.
func isQuiet(s string) bool {
	prev := ' '
	for i, r := range s {
		switch {
		case r >= utf8.RuneSelf:
			if !standsForItself(r) || mayLead(prev) {
				return false
			}
		case r < ' ' || r == 0x7f || r == ' ' && prev == ' ':
			return false
		case r == '&' && strings.IndexByte(s[i:min(len(s), i+1+longestEntity)], ';') >= 0:
			return false
		}
		prev = r
	}
	return s == "" || prev != ' '
}

// standsForItself tells a character beyond ASCII that no rule changes whatever
// stands beside it, but for what mayLead says: letters of Latin, Greek and
// Cyrillic with their usual accents, kana, ideographs, Hangul, the common
// punctuation, and pictures.
func standsForItself(r rune) bool {
	switch {
	case r < 0x180:
		return r > 0xa0 && r != 0xad
	case r < 0x2010:
		return r >= 0x38e && r <= 0x3ce && r != 0x3a2 || r >= 0x400 && r <= 0x45f
	case r < 0x2100:
		return r <= 0x2027 || r >= 0x2030 && r <= 0x203a || r == '€'
	case r < 0x3041:
		return r == '™' || r >= 0x3001 && r <= 0x3020
	}
	return r <= 0x3096 || r >= 0x30a1 && r <= 0x30fa || r >= 0x4e00 && r <= 0x9fff || r >= 0xac00 && r <= 0xd7a3 || r >= 0x1f300 && r <= 0x1faff
}
