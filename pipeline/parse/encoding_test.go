package parse

import (
	"encoding/binary"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// encode16 writes UTF-16LE.
func encode16(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}

func encode32(s string) []byte {
	var b []byte
	for _, r := range s {
		b = binary.BigEndian.AppendUint32(b, uint32(r))
	}
	return b
}

func TestEncodings(t *testing.T) {
	german := "titel;stadt\nGrüße aus Köln;Köln\nÄpfel – und „Birnen“;Düsseldorf\n"
	french := "titre;ville\nL’été à la mer;Orléans\nDéjà vu;Besançon\n"
	short := "title\nCafé\nNaïve art\n"
	russian := "название;год\nВойна и мир;1869\nПреступление и наказание;1866\nМастер и Маргарита;1967\nЕвгений Онегин;1833\n"
	greek := "τίτλος;έτος\nΟδύσσεια του Ομήρου;2001\nΑντιγόνη του Σοφοκλή;1999\nΗ πολιτεία του Πλάτωνα;1985\n"
	japaneseText := "題名,年\n吾輩は猫である、名前はまだ無い,1905\nどこで生れたかとんと見当がつかぬ,1906\n何でも薄暗いじめじめした所でニャーニャー泣いていた,1907\n"
	chinese := "标题,年份\n红楼梦是中国古典小说的代表作品,1791\n西游记讲述了唐僧取经的故事,1592\n水浒传描写了一百零八个好汉,1589\n"
	taiwan := "標題,年份\n紅樓夢是中國古典小說的代表作品,1791\n西遊記講述了唐僧取經的故事,1592\n水滸傳描寫了一百零八個好漢的傳奇,1589\n"
	koreanText := "제목,연도\n나는 고양이로소이다 이름은 아직 없다,1905\n어디서 태어났는지 도무지 알 수가 없다,1906\n"
	for _, c := range []struct {
		name, text string
		encoding   string
		enc        encoding.Encoding
	}{
		{"german", german, "windows-1252", charmap.Windows1252},
		{"french", french, "windows-1252", charmap.Windows1252},
		{"short", short, "windows-1252", charmap.Windows1252},
		{"russian", russian, "windows-1251", charmap.Windows1251},
		{"russian koi8", russian, "koi8-r", charmap.KOI8R},
		{"greek", greek, "windows-1253", charmap.Windows1253},
		{"shift_jis", japaneseText, "shift_jis", japanese.ShiftJIS},
		{"euc-jp", japaneseText, "euc-jp", japanese.EUCJP},
		{"gb", chinese, "gb18030", simplifiedchinese.GB18030},
		{"big5", taiwan, "big5", traditionalchinese.Big5},
		{"euc-kr", koreanText, "euc-kr", korean.EUCKR},
	} {
		b, err := c.enc.NewEncoder().String(c.text)
		if err != nil {
			t.Fatal(err)
		}
		same(t, c.name, c.encoding, c.text, b)
	}
	big := func(b []byte) []byte {
		b = slices.Clone(b)
		for i := 0; i+1 < len(b); i += 2 {
			b[i], b[i+1] = b[i+1], b[i]
		}
		return b
	}
	for _, s := range []string{german, french, short, "title,x\n\U0001F600 smile,b\n"} {
		same(t, "mark", "utf-8", s, "\ufeff"+s)
		same(t, "utf-16le", "utf-16le", s, string(encode16(s)))
		same(t, "utf-16le with mark", "utf-16le", s, string(encode16("\ufeff"+s)))
		same(t, "utf-16be", "utf-16be", s, string(big(encode16(s))))
		same(t, "utf-16be with mark", "utf-16be", s, string(big(encode16("\ufeff"+s))))
		same(t, "utf-32be", "utf-32be", s, string(encode32(s)))
		same(t, "utf-32be with mark", "utf-32be", s, string(encode32("\ufeff"+s)))
	}
}

// same says that coded, detected as of that encoding, gives what text gives.
func same(t *testing.T, name, encoding, text, coded string) {
	t.Helper()
	want := read(t, "", text, Options{})
	got, err := Bytes(t.Context(), "", []byte(coded), Options{})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if err := account(got); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	if src := got.Sources[0]; src.Encoding != encoding {
		t.Errorf("%s: taken for %s: %s", name, src.Encoding, src.Why)
		return
	}
	if !slices.Equal(names(want), names(got)) || !slices.Equal(want.Cells, got.Cells) {
		t.Errorf("%s: %q %q, want %q %q", name, names(got), got.Cells, names(want), want.Cells)
	}
}

func TestOddBytesStay(t *testing.T) {
	in := strings.Repeat("Größe,Ärger\n", 20) + "bad \xff byte,x\n"
	table := read(t, "", in, Options{})
	if got := table.Cell(table.Len()-1, 0); got != "bad \xff byte" || table.Sources[0].Encoding != "utf-8" {
		t.Errorf("%q in %s", got, table.Sources[0].Encoding)
	}
	lone := append(encode16("title,x\na"), 0x00, 0xd8)
	lone = append(lone, encode16("b,c\n")...)
	if got := read(t, "", string(lone), Options{}).Cells[0]; got != "a\xed\xa0\x80b" {
		t.Errorf("a lone surrogate became %q", got)
	}
}
