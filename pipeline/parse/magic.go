package parse

import (
	"archive/zip"
	"bytes"
	"strings"
)

// magic is how files of a kind begin.
type magic struct {
	head string
	at   int
	what string
}

// magics lists kinds of files that are no list, by their first bytes
// (file(1), Wikipedia's "List of file signatures").
func magics() []magic {
	return []magic{
		{"\x89PNG\r\n\x1a\n", 0, "a PNG image"},
		{"\xff\xd8\xff", 0, "a JPEG image"},
		{"GIF87a", 0, "a GIF image"},
		{"GIF89a", 0, "a GIF image"},
		{"WEBP", 8, "a WebP image"},
		{"WAVE", 8, "a sound file"},
		{"ID3", 0, "a sound file"},
		{"OggS", 0, "a sound file"},
		{"fLaC", 0, "a sound file"},
		{"ftyp", 4, "a video file"},
		{"%PDF-", 0, "a PDF"},
		{"%!PS", 0, "a PostScript file"},
		{"{\\rtf", 0, "an RTF text"},
		{"\x7fELF", 0, "a program (ELF)"},
		{"\xcf\xfa\xed\xfe", 0, "a program (Mach-O)"},
		{"\xca\xfe\xba\xbe", 0, "a program (Mach-O or Java)"},
		{"MZ\x90\x00", 0, "a program (Windows)"},
		{"\x00asm", 0, "a program (WebAssembly)"},
		{"Rar!\x1a\x07", 0, "a RAR archive"},
		{"7z\xbc\xaf\x27\x1c", 0, "a 7z archive"},
		{"BZh91AY", 0, "bzip2 data"},
		{"ustar", 257, "a tar archive"},
		{"SQLite format 3\x00", 0, "an SQLite database"},
		{"PAR1", 0, "a Parquet file"},
		{"\x1f\x8b", 0, "gzip data inside compressed data"},
		{"\xfd7zXZ\x00", 0, "xz data inside compressed data"},
		{"\x28\xb5\x2f\xfd", 0, "zstd data inside compressed data"},
	}
}

func isZip(b []byte) bool {
	return bytes.HasPrefix(b, []byte("PK\x03\x04")) || bytes.HasPrefix(b, []byte("PK\x05\x06"))
}

func isOLE(b []byte) bool { return bytes.HasPrefix(b, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) }

// seems names the kind of a file that is no list; "" for what may be text.
func seems(b []byte) (what, hint string) {
	for _, m := range magics() {
		if len(b) >= m.at+len(m.head) && string(b[m.at:m.at+len(m.head)]) == m.head {
			return m.what, "save or export the list as CSV or XLSX"
		}
	}
	if isOLE(b) {
		return container(b)
	}
	if isZip(b) {
		return archive(b)
	}
	if mostlyControls(b) {
		return "a binary file", "save or export the list as CSV or XLSX"
	}
	return "", ""
}

// container tells the kinds of OLE files apart by the names of their streams.
func container(b []byte) (what, hint string) {
	for _, k := range []struct{ stream, what, hint string }{
		{"EncryptedPackage", "an encrypted workbook", "open it with its password and save it without"},
		{"Workbook", "an old Excel workbook (.xls)", "save it as .xlsx"},
		{"WordDocument", "an old Word document (.doc)", "copy the list out, or save it as plain text"},
	} {
		wide := make([]byte, 0, 2*len(k.stream))
		for i := range len(k.stream) {
			wide = append(wide, k.stream[i], 0)
		}
		if bytes.Contains(b, wide) {
			return k.what, k.hint
		}
	}
	return "an old Office file", "save it as .xlsx or CSV"
}

// archive tells what a ZIP holds; "" for a workbook.
func archive(b []byte) (what, hint string) {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return "a broken ZIP file or workbook", "fetch or copy the file again"
	}
	for _, f := range z.File {
		switch {
		case strings.HasPrefix(strings.ToLower(f.Name), "xl/"):
			if strings.EqualFold(f.Name, "xl/workbook.bin") {
				return "a binary workbook (.xlsb)", "save it as .xlsx"
			}
			return "", ""
		case strings.HasPrefix(f.Name, "word/"):
			return "a Word document", "copy the list out, or save it as plain text"
		case strings.HasPrefix(f.Name, "ppt/"):
			return "a PowerPoint file", "copy the list out"
		case f.Name == "META-INF/manifest.xml" || f.Name == "mimetype":
			return "an OpenDocument or EPUB file", "save it as .xlsx or CSV"
		}
	}
	return "a ZIP archive", "unpack it and name the files in it"
}

// sample is how much of a file is looked at to tell what it is.
const sample = 64 << 10

// mostlyControls says whether a file holds too many control characters to be
// text: 3 in 10 bytes, zeros among them, or, in a file that is not ASCII, 1 in
// 20 of all kinds, as packed data has. A text with a few of them is read, and
// so is UTF-16 or UTF-32.
func mostlyControls(b []byte) bool {
	b = b[:min(len(b), sample)]
	n, high := 0, 0
	var kinds [' ']bool
	for _, c := range b {
		switch {
		case c >= 0x80:
			high++
		case c < ' ' && (c < '\t' || c > '\r') && c != 0x1b:
			n++
			kinds[c] = true
		}
	}
	many := 0
	for _, there := range kinds {
		if there {
			many++
		}
	}
	packed := many > 20 && high*4 > len(b) && n*20 > len(b)
	return n > 16 && (n*10 > len(b)*3 || packed) && !wide(b)
}

// markup knows text that is a document or a feed rather than a list.
func markup(s string) (what, hint string) {
	head := strings.ToLower(trim(s[:min(len(s), 1024)]))
	switch {
	case strings.HasPrefix(head, "<!doctype html"), strings.HasPrefix(head, "<html"):
		return "a web page (HTML)", "copy the list out of the page as text, or name a format with --from to read it all the same"
	case strings.HasPrefix(head, "<?xml"), strings.HasPrefix(head, "<rss"), strings.HasPrefix(head, "<feed"), strings.HasPrefix(head, "<opml"):
		return "an XML file", "export the list as CSV, or name a format with --from to read it all the same"
	}
	return "", ""
}
