package verify

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/klauspost/compress/zstd"
	"github.com/mikelolasagasti/xz"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// maxUnpacked bounds what a compressed input may grow to.
const maxUnpacked = 8 << 30

// unpack undoes compression, told by the first bytes.
func unpack(data []byte) ([]byte, error) {
	var r io.Reader
	var err error
	switch {
	case bytes.HasPrefix(data, []byte("\x1f\x8b")):
		r, err = gzip.NewReader(bytes.NewReader(data))
	case bytes.HasPrefix(data, []byte("\xfd7zXZ\x00")):
		r, err = xz.NewReader(bytes.NewReader(data), 0)
	case bytes.HasPrefix(data, []byte("\x28\xb5\x2f\xfd")):
		var d *zstd.Decoder
		if d, err = zstd.NewReader(bytes.NewReader(data)); err == nil {
			defer d.Close()
			r = d
		}
	default:
		return data, nil
	}
	if err != nil {
		return nil, err
	}
	out, err := io.ReadAll(io.LimitReader(r, maxUnpacked+1))
	if err == nil && len(out) > maxUnpacked {
		err = fmt.Errorf("more than %d bytes unpacked", int64(maxUnpacked))
	}
	return out, err
}

// decode gives the text of an input: by byte order mark, else by the NULs of
// UTF-16 and UTF-32, else UTF-8 where hardly one of the characters beyond ASCII
// is broken (in a text of another encoding, hardly one is whole), else the encoding under which most of the clean list is found in it.
func decode(raw []byte, clean [][]string) (string, error) {
	var enc encoding.Encoding
	switch {
	case bytes.HasPrefix(raw, []byte("\xef\xbb\xbf")):
		return string(raw[3:]), nil
	case bytes.HasPrefix(raw, []byte("\xff\xfe\x00\x00")), bytes.HasPrefix(raw, []byte("\x00\x00\xfe\xff")):
		enc = utf32.UTF32(utf32.LittleEndian, utf32.UseBOM)
	case bytes.HasPrefix(raw, []byte("\xff\xfe")), bytes.HasPrefix(raw, []byte("\xfe\xff")):
		enc = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case nulShare(raw, 0) > 0.3 && nulShare(raw, 1) > 0.3 && len(raw)%4 == 0:
		enc = utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)
		if raw[0] == 0 {
			enc = utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)
		}
	case nulShare(raw, 1) > 0.3 && nulShare(raw, 0) < 0.1:
		enc = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case nulShare(raw, 0) > 0.3 && nulShare(raw, 1) < 0.1:
		enc = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	case mostlyUTF8(raw):
		return string(raw), nil
	default:
		enc = bestLegacy(raw, clean)
	}
	out, err := enc.NewDecoder().Bytes(raw)
	return string(out), err
}

// legacy are the encodings of single alphabets, the likeliest first.
var legacy = []encoding.Encoding{
	charmap.Windows1252, charmap.Windows1250, charmap.Windows1251, charmap.KOI8R, charmap.CodePage866, charmap.Windows1253, charmap.Windows1254,
	charmap.Windows1255, charmap.Windows1256, charmap.Windows874, charmap.Macintosh, japanese.ShiftJIS, japanese.EUCJP, japanese.ISO2022JP,
	simplifiedchinese.GB18030, traditionalchinese.Big5, korean.EUCKR,
}

// bestLegacy takes the encoding under which most cells of the clean list that
// are not plain ASCII are found in the input.
func bestLegacy(raw []byte, clean [][]string) encoding.Encoding {
	const enough = 200
	var telling []string
	for _, row := range clean {
		for _, cell := range row {
			if len(telling) < enough && strings.ContainsFunc(cell, func(r rune) bool { return r >= utf8.RuneSelf }) {
				telling = append(telling, cell)
			}
		}
	}
	best, most := legacy[0], -1
	for _, enc := range legacy {
		text, err := enc.NewDecoder().Bytes(raw)
		if err != nil {
			continue
		}
		found := 0
		for _, cell := range telling {
			if bytes.Contains(text, []byte(cell)) {
				found++
			}
		}
		if found > most {
			best, most = enc, found
		}
	}
	return best
}

// nulShare is the share of NULs among the bytes at even (0) or odd (1) places
// of the head.
func nulShare(raw []byte, odd int) float64 {
	head := raw[:min(len(raw), 4096)]
	nul, all := 0, 0
	for i := odd; i < len(head); i += 2 {
		all++
		if head[i] == 0 {
			nul++
		}
	}
	return float64(nul) / float64(max(all, 1))
}

func mostlyUTF8(raw []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(raw); {
		if raw[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(raw[i:])
		if r == utf8.RuneError && size == 1 {
			bad++
		} else {
			good++
		}
		i += size
	}
	return 4*bad <= good
}
