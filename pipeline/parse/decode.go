package parse

import (
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// utf16step decodes UTF-16. A surrogate without its partner is written as the
// three bytes that it would have in UTF-8 (WTF-8), so that it can be told from
// a replacement character and brought back.
func utf16step(big bool) step {
	order := byteOrder(big)
	return func(dst, b []byte) ([]byte, int) {
		if len(b) < 2 {
			return append(dst, b[0]), 1
		}
		u := order.Uint16(b)
		if !utf16.IsSurrogate(rune(u)) {
			return utf8.AppendRune(dst, rune(u)), 2
		}
		if len(b) >= 4 {
			if r := utf16.DecodeRune(rune(u), rune(order.Uint16(b[2:]))); r != utf8.RuneError {
				return utf8.AppendRune(dst, r), 4
			}
		}
		return append(dst, 0xE0|byte(u>>12), 0x80|byte(u>>6)&0xBF, 0x80|byte(u)&0xBF), 2
	}
}

// utf32 decodes UTF-32; what is no character becomes U+FFFD.
func utf32(big bool) step {
	order := byteOrder(big)
	return func(dst, b []byte) ([]byte, int) {
		if len(b) < 4 {
			return append(dst, b[0]), 1
		}
		u := order.Uint32(b)
		if u > utf8.MaxRune {
			u = utf8.RuneError
		}
		return utf8.AppendRune(dst, rune(u)), 4
	}
}

func byteOrder(big bool) binary.ByteOrder {
	if big {
		return binary.BigEndian
	}
	return binary.LittleEndian
}

// charmapStep decodes one byte a character.
func charmapStep(m *charmap.Charmap) step {
	return func(dst, b []byte) ([]byte, int) {
		r := m.DecodeByte(b[0])
		if r == utf8.RuneError {
			return append(dst, b[0]), 1
		}
		return utf8.AppendRune(dst, r), 1
	}
}

// multibyte decodes characters of one to longest bytes, none of which depends
// on those before.
func multibyte(d *encoding.Decoder, longest int) step {
	return func(dst, b []byte) ([]byte, int) {
		if b[0] < utf8.RuneSelf {
			return append(dst, b[0]), 1
		}
		var out [8]byte
		for n := 1; n <= min(longest, len(b)); n++ {
			d.Reset()
			k, used, err := d.Transform(out[:], b[:n], true)
			if err != nil || used != n {
				continue
			}
			if r, size := utf8.DecodeRune(out[:k]); r != utf8.RuneError && size == k {
				return append(dst, out[:k]...), n
			}
		}
		return append(dst, b[0]), 1
	}
}
