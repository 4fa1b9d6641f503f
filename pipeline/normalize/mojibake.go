package normalize

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// repairMojibake repairs UTF-8 that was read as Windows-1252, Latin-1 or
// MacRoman, sequence by sequence, until nothing is left (text that was damaged
// twice). A sequence is repaired when it decodes to one character that is
// printed, and no writer would have put it there: "Ã©", "â€™", "‚Äô". One that
// a writer could mean ("ß”" in “Spaß”) is repaired only in a text that shows
// the others. The cases are those of ftfy (Speer 2019, "ftfy: fixes text for
// you"); the test for what a writer could mean is simpler than its own.
func repairMojibake(s string) string {
	if !maybeMojibake(s) {
		return s
	}
	text := []rune(s)
	sure := repairRunes(text, true)
	if len(sure) == len(text) {
		return s
	}
	return string(repairRunes(sure, false))
}

// maybeMojibake tells text with a character of a lead byte before another that is not ASCII.
func maybeMojibake(s string) bool {
	lead := false
	for _, r := range s {
		if lead && r >= utf8.RuneSelf {
			return true
		}
		lead = mayLead(r)
	}
	return false
}

// mayLead tells a character as which the first byte of several may have been read.
func mayLead(r rune) bool { return r >= 0xc2 && r <= 0xf4 || r == '‚' || r == '√' }

// repairRunes repairs text from its end, so that what one repair gives can be
// part of the next, and time stays in proportion to the text. With sure, it
// leaves what a writer could mean.
func repairRunes(text []rune, sure bool) []rune {
	out := make([]rune, 0, len(text)) // backwards
	for k := len(text) - 1; k >= 0; k-- {
		out = append(out, text[k])
		for {
			r, n := damaged(out, sure)
			if n == 0 {
				break
			}
			out = append(out[:len(out)-n], r)
		}
	}
	slices.Reverse(out)
	return out
}

// damaged decodes the sequence that the end of backwards, read backwards,
// begins with: the character it was, and how many characters it takes, 0 for none.
func damaged(backwards []rune, sure bool) (r rune, n int) {
	if backwards[len(backwards)-1] < utf8.RuneSelf {
		return 0, 0
	}
	for _, encode := range [...]encoder{encode1252, encodeMacRoman} {
		if r, n, certain := decode(backwards, encode); n > 0 && (certain || !sure) {
			return r, n
		}
	}
	return 0, 0
}

// encoder gives the byte that was read as r, and whether a writer could have
// put r after the letter that its lead byte was read as.
type encoder func(r rune) (b byte, natural, ok bool)

// decode is damaged for one reading of bytes; certain says that no writer can
// have meant the sequence.
func decode(backwards []rune, encode encoder) (r rune, n int, certain bool) {
	top := len(backwards) - 1
	lead, _, ok := encode(backwards[top])
	if !ok {
		return 0, 0, false
	}
	switch {
	case lead >= 0xc2 && lead <= 0xdf:
		n = 2
	case lead >= 0xe0 && lead <= 0xef:
		n = 3
	case lead >= 0xf0 && lead <= 0xf4:
		n = 4
	}
	if n == 0 || n > len(backwards) {
		return 0, 0, false
	}
	var buf [utf8.UTFMax]byte
	buf[0] = lead
	for k := 1; k < n; k++ {
		b, natural, ok := encode(backwards[top-k])
		if !ok || b&0xc0 != 0x80 {
			return 0, 0, false
		}
		certain = certain || !natural
		buf[k] = b
	}
	r, got := utf8.DecodeRune(buf[:n])
	if n == 2 && !isCommonScript(r) {
		return 0, 0, false
	}
	if got != n || !unicode.IsPrint(r) && !strings.ContainsRune("\u00a0\u00ad\u200b\u200d\ufe0f\ufeff", r) {
		return 0, 0, false
	}
	return r, n, certain
}

// isCommonScript tells, among characters of two bytes, those of living Latin,
// Greek, Cyrillic, Hebrew and Arabic writing; the rest of what two odd
// characters can decode to was hardly there.
func isCommonScript(r rune) bool {
	return r < 0x250 || r >= 0x370 && r < 0x460 || r >= 0x490 && r < 0x4a0 || r >= 0x5b0 && r < 0x700
}

// encode1252 takes text that was read as Windows-1252 or Latin-1. Quotes,
// dashes, the ellipsis, and signs that follow a letter in decent prose are natural.
func encode1252(r rune) (b byte, natural, ok bool) {
	b, ok = byte1252(r)
	return b, strings.ContainsRune("…‘’“”„‚•–—™›»«‹®°ªº²³¹·´¨§\u00a0\u00ad", r), ok
}

// encodeMacRoman takes text that was read as MacRoman, as far as its commonest
// damage goes: punctuation (E2 80 xx) and the letters of Western Europe (C3 xx).
func encodeMacRoman(r rune) (b byte, natural, ok bool) {
	switch r {
	case '‚':
		return 0xe2, false, true
	case '√':
		return 0xc3, false, true
	}
	k := strings.IndexRune(macRoman, r)
	if k < 0 {
		return 0, false, false
	}
	return byte(0x80 + utf8.RuneCountInString(macRoman[:k])), false, true
}

// macRoman holds the characters of the bytes 0x80 to 0xBF, which continue a sequence.
const macRoman = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø"
