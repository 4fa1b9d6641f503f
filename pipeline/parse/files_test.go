package parse

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// write lays out files for a test and gives their directory.
func write(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func gzipped(data string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	io.WriteString(w, data)
	w.Close()
	return b.String()
}

func TestSeveralFiles(t *testing.T) {
	dir := write(t, map[string]string{
		"a.csv": "id,title,name,name\n01,A,x,y\n", "b.csv.gz": gzipped("title;name;year\nB;z;1999\n") + gzipped("C;w;2000\n"),
		"a.clean.csv": "id,title\n1,A\n", "a.clusters.csv": "row,id\n1,2\n", "dir.clean.csv": "id\n1\n", "dir.clusters.csv": "row,id\n1,2\n", ".hidden.csv": "x,y\n", "picture.png": "\x89PNG\r\n\x1a\n",
	})
	table := files(t, Options{}, dir, filepath.Join(dir, "a.csv"), filepath.Join(dir, "*.gz"))
	if got := names(table); !slices.Equal(got, []string{"id", "title", "name", "name", "year"}) {
		t.Errorf("columns %q", got)
	}
	if got := table.Cells; !slices.Equal(got, []string{"01", "A", "x", "y", "", "", "B", "z", "", "1999", "", "C", "w", "", "2000"}) {
		t.Errorf("cells %q", got)
	}
	if len(table.Sources) != 2 || table.Sources[1].Compression != "gzip" || table.At[2].Source != 1 || table.At[2].Line != 3 {
		t.Errorf("%+v %+v", table.Sources, table.At)
	}
}

func TestStdin(t *testing.T) {
	var last int64
	table := files(t, Options{Stdin: strings.NewReader("one title\nanother title\n"), Progress: func(done, total int64) { last = done }}, "-")
	if table.Len() != 2 || table.Sources[0].Name != "-" || last != 24 {
		t.Errorf("%d records, progress %d, %+v", table.Len(), last, table.Sources)
	}
}

func TestPacked(t *testing.T) {
	var z bytes.Buffer
	w, _ := zstd.NewWriter(&z)
	io.WriteString(w, "title,x\na,b\n")
	w.Close()
	table := read(t, "x.csv", z.String(), Options{})
	if table.Len() != 1 || table.Sources[0].Compression != "zstd" {
		t.Errorf("%+v", table.Sources)
	}
	// Reading the packed file and the plain one gives the same positions.
	plain := read(t, "x.csv", "title,x\na,b\n", Options{})
	if plain.At[0] != table.At[0] {
		t.Errorf("%+v, want %+v", table.At[0], plain.At[0])
	}
}

func TestErrors(t *testing.T) {
	dir := write(t, map[string]string{"posts.txt": "a b c\n", "notes.md": "x"})
	for _, c := range []struct {
		name, data string // a file's name, or its data
		o          Options
		msg, hint  string
	}{
		{name: filepath.Join(dir, "post.txt"), msg: "no such file", hint: "posts.txt"},
		{name: filepath.Join(dir, "*.csv"), msg: "no file fits"},
		{name: write(t, map[string]string{"notes.md": "x"}), msg: "no lists", hint: ".csv"},
		{data: "x", o: Options{From: "cvs"}, msg: `unknown format "cvs"`, hint: `"csv"`},
		{data: "\x89PNG\r\n\x1a\n\x00\x00", msg: "a PNG image"},
		{data: "\x7fELF\x02\x01\x01", msg: "ELF"},
		{data: "%PDF-1.7\n", msg: "a PDF"},
		{data: "PK\x03\x04broken", msg: "broken ZIP"},
		{data: "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + string(encode16("EncryptedPackage")), msg: "an encrypted workbook", hint: "password"},
		{data: "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + string(encode16("Workbook")), msg: ".xls"},
		{data: gzipped(strings.Repeat("title\n", 100))[:20], msg: "broken gzip data"},
		{data: strings.Repeat("\x01\x02\x03\x04abc", 100), msg: "a binary file"},
		{data: noise(3000), msg: "a binary file"},
		{data: "<!DOCTYPE html><html>", msg: "HTML"},
		{data: "title\nx\n", o: Options{From: "xlsx"}, msg: "no workbook"},
		{data: "title\nx\n", o: Options{Sheet: "Posts"}, msg: `no sheet "Posts"`},
		{data: strings.Repeat("x", MaxLine+1), msg: "a line of more than 64 MiB"},
	} {
		var err error
		if c.name != "" {
			_, err = Files(context.Background(), []string{c.name}, c.o)
		} else {
			_, err = Bytes(context.Background(), "in", []byte(c.data), c.o)
		}
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%q: %v is no *Error", c.msg, err)
		} else if !strings.Contains(e.Error(), c.msg) || !strings.Contains(e.Hint, c.hint) {
			t.Errorf("%v (hint: %s), want %q (hint: %q)", e, e.Hint, c.msg, c.hint)
		}
	}
}

func TestNoInput(t *testing.T) {
	if _, err := Files(context.Background(), []string{""}, Options{}); err == nil || err.Error() != "a file name is empty" {
		t.Errorf("an empty name gives %v", err)
	}
	if _, err := Files(context.Background(), nil, Options{}); err == nil {
		t.Error("no names are no list")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Files(ctx, []string{"-"}, Options{Stdin: strings.NewReader("x\n")}); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled run gives %v", err)
	}
}

// noise gives n bytes in which all values are as frequent as in packed data.
func noise(n int) string {
	rng := rand.New(rand.NewPCG(1, 2))
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(rng.IntN(256))
	}
	return string(b)
}

// A file with an endless line is given up soon after the line has become too
// long, whatever the length of the file.
func TestEndlessLineIsGivenUp(t *testing.T) {
	name := filepath.Join(t.TempDir(), "endless.txt")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteString("title\n"); err != nil {
		t.Fatal(err)
	}
	if err := f.Truncate(8 * MaxLine); err != nil {
		t.Skip(err)
	}
	read := int64(0)
	_, err = Files(t.Context(), []string{name}, Options{Progress: func(done, _ int64) { read = done }})
	var e *Error
	if !errors.As(err, &e) || e.Line != 2 {
		t.Errorf("error %v", err)
	}
	if read > 2*MaxLine {
		t.Errorf("%d bytes were read", read)
	}
}

// repeated is a reader of n equal bytes.
type repeated struct {
	b []byte
	n int64
}

func (r *repeated) Read(p []byte) (int, error) {
	if r.n <= 0 {
		return 0, io.EOF
	}
	k := int(min(int64(len(p)), r.n))
	for i := 0; i < k; i += len(r.b) {
		copy(p[i:k], r.b)
	}
	r.n -= int64(k)
	return k, nil
}

// TestBombs reads packed files of 256 mebibytes: one line, and many.
func TestBombs(t *testing.T) {
	if testing.Short() {
		t.Skip("packing takes seconds")
	}
	for _, c := range []struct{ unit, msg string }{{strings.Repeat("a", 1024), "a line of more than"}, {strings.Repeat("a\n", 512), "unpacks to more than"}} {
		var b bytes.Buffer
		w, _ := gzip.NewWriterLevel(&b, gzip.BestSpeed)
		io.Copy(w, &repeated{[]byte(c.unit), 1 << 28})
		w.Close()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := Bytes(context.Background(), "bomb.gz", b.Bytes(), Options{})
		runtime.ReadMemStats(&after)
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("a bomb gave %v", err)
		}
		if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 300 {
			t.Errorf("%v: %d MiB were allocated", err, used)
		}
		t.Logf("%v; %d MiB allocated of %d packed", err, (after.TotalAlloc-before.TotalAlloc)>>20, b.Len()>>20)
	}
}
