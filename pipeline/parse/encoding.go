package parse

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"github.com/wlynxg/chardet"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// encodingGuess is what a file seems to be written in.
type encodingGuess struct {
	name string
	bom  int // bytes
	step step
	sure float64
	why  string
}

// guessEncoding tells the encoding of a text. A byte order mark decides, then
// the pattern of zeros (UTF-16 and UTF-32), then whether the bytes beyond
// ASCII are UTF-8: a few that are not leave it UTF-8 and stay in their cells
// as they are. Only then is one of the older encodings considered, and one
// that is not of the Latin alphabet only when the text bears it out, so that a
// short Windows-1252 text does not become Hebrew.
func guessEncoding(b []byte) encodingGuess {
	if g, ok := marked(b); ok {
		return g
	}
	if g, ok := zeros(b); ok {
		return g
	}
	good, bad := utf8Sequences(b)
	switch {
	case good+bad == 0:
		return encodingGuess{name: "utf-8", sure: 1, why: "ASCII only"}
	case bad == 0:
		return encodingGuess{name: "utf-8", sure: 0.99, why: "valid UTF-8"}
	case good >= 4*bad:
		return encodingGuess{name: "utf-8", sure: 0.9, why: fmt.Sprintf("UTF-8 but for %d bytes, which stay as they are", bad)}
	}
	return legacy(highLines(b))
}

func marked(b []byte) (encodingGuess, bool) {
	for _, m := range []struct {
		bom  string
		name string
		step step
	}{
		{"\xef\xbb\xbf", "utf-8", nil},
		{"\xff\xfe\x00\x00", "utf-32le", utf32(false)},
		{"\x00\x00\xfe\xff", "utf-32be", utf32(true)},
		{"\xff\xfe", "utf-16le", utf16step(false)},
		{"\xfe\xff", "utf-16be", utf16step(true)},
	} {
		if bytes.HasPrefix(b, []byte(m.bom)) && (len(m.bom) < 4 || len(b)%4 == 0) {
			return encodingGuess{m.name, len(m.bom), m.step, 1, "byte order mark"}, true
		}
	}
	return encodingGuess{}, false
}

// zeros knows UTF-16 and UTF-32 without a mark by where their zeros stand.
func zeros(b []byte) (encodingGuess, bool) {
	b = b[:min(len(b), sample)]
	var n [4]int
	for i, c := range b {
		if c == 0 {
			n[i%4]++
		}
	}
	units := len(b) / 4
	full := func(i int) bool { return n[i]*10 >= units*9 }
	rare := func(i int) bool { return n[i]*10 <= units }
	g := encodingGuess{sure: 0.95, why: "where its zero bytes stand"}
	even, odd := n[0]+n[2], n[1]+n[3]
	switch {
	case units < 1 && len(b) < 2:
		return g, false
	case units > 0 && full(2) && full(3) && rare(0):
		g.name, g.step = "utf-32le", utf32(false)
	case units > 0 && full(0) && full(1) && rare(3):
		g.name, g.step = "utf-32be", utf32(true)
	case odd*5 >= len(b)/2 && odd >= 2 && even*10 <= odd+10:
		g.name, g.step = "utf-16le", utf16step(false)
	case even*5 >= len(b)/2 && even >= 2 && odd*10 <= even+10:
		g.name, g.step = "utf-16be", utf16step(true)
	default:
		return g, false
	}
	return g, true
}

// wide says whether the zeros of a sample are those of UTF-16 or UTF-32.
func wide(b []byte) bool {
	if _, ok := marked(b); ok && len(b) > 3 && b[0] != 0xef {
		return true
	}
	_, ok := zeros(b)
	return ok
}

// utf8Sequences counts the characters beyond ASCII and the bytes that are not
// UTF-8. Where there are none of the latter it does not count further than one.
func utf8Sequences(b []byte) (good, bad int) {
	if utf8.Valid(b) {
		for _, c := range b {
			if c >= utf8.RuneSelf {
				return 1, 0
			}
		}
		return 0, 0
	}
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			good++
		}
		i += n
	}
	return good, bad
}

// highLines samples the lines that hold bytes beyond ASCII.
func highLines(b []byte) []byte {
	var out []byte
	for line := range bytes.Lines(b) {
		if bytes.ContainsFunc(line, func(r rune) bool { return r >= utf8.RuneSelf }) {
			out = append(out, line...)
		}
		if len(out) >= sample {
			break
		}
	}
	return out
}

// legacy chooses among the encodings from before Unicode. The library's guess
// is believed when the text bears it out, else it is Windows-1252.
func legacy(b []byte) encodingGuess {
	g := chardet.Detect(b)
	name, step := legacyStep(g.Charset)
	if name != "" && g.Confidence >= 0.7 {
		if name[:3] == "win" || name == "koi8-r" || name == "ibm866" {
			if wordsBeyondASCII(b) {
				return encodingGuess{name, 0, step, g.Confidence * 0.9, "its letters are frequent where " + name + " has them"}
			}
		} else if fits(b, step) {
			return encodingGuess{name, 0, step, g.Confidence * 0.9, "its pairs of bytes are characters of " + name}
		}
	}
	return encodingGuess{"windows-1252", 0, charmapStep(charmap.Windows1252), 0.7, "not UTF-8, and nothing speaks for another alphabet"}
}

// legacyStep maps the library's names to ours; "" for what is not believed:
// the other Latin alphabets are too alike for a guess.
func legacyStep(charset string) (string, step) {
	switch charset {
	case "Windows-1251", "ISO-8859-5", "x-mac-cyrillic":
		return "windows-1251", charmapStep(charmap.Windows1251)
	case "KOI8-R":
		return "koi8-r", charmapStep(charmap.KOI8R)
	case "IBM866":
		return "ibm866", charmapStep(charmap.CodePage866)
	case "Windows-1253", "ISO-8859-7":
		return "windows-1253", charmapStep(charmap.Windows1253)
	case "Windows-1255", "ISO-8859-8":
		return "windows-1255", charmapStep(charmap.Windows1255)
	case "Windows-1256", "ISO-8859-6":
		return "windows-1256", charmapStep(charmap.Windows1256)
	case "TIS-620":
		return "windows-874", charmapStep(charmap.Windows874)
	case "GB2312", "GB18030":
		return "gb18030", multibyte(simplifiedchinese.GB18030.NewDecoder(), 4)
	case "Big5":
		return "big5", multibyte(traditionalchinese.Big5.NewDecoder(), 2)
	case "Shift_JIS", "CP932":
		return "shift_jis", multibyte(japanese.ShiftJIS.NewDecoder(), 2)
	case "EUC-JP":
		return "euc-jp", multibyte(japanese.EUCJP.NewDecoder(), 3)
	case "EUC-KR", "CP949":
		return "euc-kr", multibyte(korean.EUCKR.NewDecoder(), 2)
	}
	return "", nil
}

// wordsBeyondASCII says whether most bytes beyond ASCII stand beside another:
// so they do in Cyrillic, Greek, Hebrew, Arabic and Thai, where whole words
// are made of them, while in Latin text an accented letter stands alone.
func wordsBeyondASCII(b []byte) bool {
	high, beside := 0, 0
	for i, c := range b {
		if c < utf8.RuneSelf {
			continue
		}
		high++
		if i > 0 && b[i-1] >= utf8.RuneSelf || i+1 < len(b) && b[i+1] >= utf8.RuneSelf {
			beside++
		}
	}
	return high >= 8 && beside*10 >= high*8
}

// fits says whether a text of several bytes a character decodes nearly without fault.
func fits(b []byte, next step) bool {
	high, bad := 0, 0
	var buf [16]byte
	for len(b) > 0 {
		out, n := next(buf[:0], b)
		if b[0] >= utf8.RuneSelf {
			high++
			if n == 1 && !utf8.Valid(out) {
				bad++
			}
		}
		b = b[n:]
	}
	return high >= 6 && bad*50 <= high
}
