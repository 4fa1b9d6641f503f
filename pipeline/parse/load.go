package parse

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"

	kgzip "github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/mikelolasagasti/xz"
)

// input is a source in memory, unpacked.
type input struct {
	name        string
	data        []byte
	compression string // "gzip", "xz", "zstd" or ""
	sha256      string // of the file as it stands on disk
	disk        int64  // its length there
}

// load reads the file of that name; "-" is standard input.
func load(ctx context.Context, name string, o Options, done, total int64) (*input, error) {
	if name == "-" {
		if o.Stdin == nil {
			o.Stdin = bytes.NewReader(nil)
		}
		return loadStream(ctx, name, o.Stdin, o, done, total)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, fileError(name, err)
	}
	defer f.Close()
	return loadStream(ctx, name, f, o, done, total)
}

// source counts and hashes what is read, tells progress, and ends when the
// context does.
type source struct {
	ctx         context.Context
	r           io.Reader
	sum         interface{ Write([]byte) (int, error) }
	n           int64
	told        int64
	done, total int64
	progress    func(done, total int64)
}

func (s *source) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := s.r.Read(p)
	s.sum.Write(p[:n])
	s.n += int64(n)
	if s.progress != nil && (s.n-s.told >= 1<<20 || err == io.EOF) {
		s.told = s.n
		s.progress(s.done+s.n, s.total)
	}
	return n, err
}

// loadStream reads a stream to its end, unpacking what is compressed.
func loadStream(ctx context.Context, name string, r io.Reader, o Options, done, total int64) (*input, error) {
	h := sha256.New()
	src := &source{ctx: ctx, r: r, sum: h, done: done, total: total, progress: o.Progress}
	head := make([]byte, 6)
	n, err := io.ReadFull(src, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, readError(name, err)
	}
	in := &input{name: name, compression: compression(head[:n])}
	stream := io.MultiReader(bytes.NewReader(head[:n]), src)
	size := int64(0)
	if f, ok := r.(*os.File); ok && in.compression == "" {
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			size = info.Size()
		}
	}
	plain, err := decompressor(stream, in.compression)
	if err != nil {
		return nil, packError(in, err)
	}
	if in.data, err = in.slurp(plain, size, &src.n); err != nil {
		return nil, err
	}
	if _, err := io.Copy(io.Discard, src); err != nil {
		return nil, readError(name, err)
	}
	in.sha256, in.disk = hex.EncodeToString(h.Sum(nil)), src.n
	return in, nil
}

// unpack is loadStream for a source in memory; plain data is not copied.
func unpack(ctx context.Context, name string, data []byte) (*input, error) {
	if compression(data) != "" {
		return loadStream(ctx, name, bytes.NewReader(data), Options{}, 0, 0)
	}
	in := &input{name: name, data: data, disk: int64(len(data))}
	long := lineWatch{off: noLines(data)}
	if long.overrun(data) {
		return nil, long.error(in)
	}
	h := sha256.Sum256(data)
	in.sha256 = hex.EncodeToString(h[:])
	return in, nil
}

// compression tells by the first bytes.
func compression(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		return "gzip"
	case bytes.HasPrefix(head, []byte("\xfd7zXZ\x00")):
		return "xz"
	case bytes.HasPrefix(head, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		return "zstd"
	}
	return ""
}

func decompressor(r io.Reader, kind string) (io.Reader, error) {
	switch kind {
	case "gzip":
		return kgzip.NewReader(r)
	case "xz":
		return xz.NewReader(r, 0)
	case "zstd":
		d, err := zstd.NewReader(r, zstd.WithDecoderMaxWindow(128<<20), zstd.WithDecoderConcurrency(1))
		if err != nil {
			return nil, err
		}
		return d.IOReadCloser(), nil
	}
	return r, nil
}

// slurp reads plain to its end and stops as soon as a line, or what a packed
// file unpacks to, passes its bound. read counts the bytes taken from disk.
func (in *input) slurp(plain io.Reader, size int64, read *int64) ([]byte, error) {
	if c, ok := plain.(io.Closer); ok && in.compression != "" {
		defer c.Close()
	}
	var long lineWatch
	var chunks [][]byte
	var sum int64
	next := max(size+1, 64<<10)
	for {
		buf := make([]byte, next)
		n, fits, err := long.fill(capped{plain}, buf)
		if !fits {
			return nil, long.error(in)
		}
		sum += int64(n)
		chunks = append(chunks, buf[:n])
		if in.compression != "" && sum > MaxLine && sum > MaxRatio*(*read) {
			return nil, &Error{Source: in.name, Msg: fmt.Sprintf("unpacks to more than %d times its size", MaxRatio),
				Hint: "this is what a decompression bomb does; unpack the file yourself if it is a list"}
		}
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return join(chunks, sum), nil
		}
		if err != nil {
			if in.compression != "" {
				return nil, packError(in, err)
			}
			return nil, readError(in.name, err)
		}
		next = min(max(sum/2, 64<<10), 16<<20)
	}
}

// capped reads at most a mebibyte at a time, and tells a truncated packed
// stream from the end of the data.
type capped struct{ r io.Reader }

func (c capped) Read(p []byte) (int, error) {
	n, err := c.r.Read(p[:min(len(p), 1<<20)])
	if err == io.ErrUnexpectedEOF {
		err = errTruncated
	}
	return n, err
}

var errTruncated = errors.New("it ends too early")

func join(chunks [][]byte, sum int64) []byte {
	if len(chunks) == 1 {
		return chunks[0]
	}
	all := make([]byte, 0, sum)
	for i, c := range chunks {
		all = append(all, c...)
		chunks[i] = nil
	}
	return all
}

// lineWatch finds lines beyond MaxLine in a stream of chunks.
type lineWatch struct {
	off  bool  // the file is not made of lines
	seen bool  // the first bytes, which tell
	run  int64 // bytes since the last line break
	line int
}

// noLines knows files that need no line breaks: workbooks, and JSON arrays,
// which are often written without any.
func noLines(b []byte) bool {
	head := bytes.TrimLeft(bytes.TrimPrefix(b[:min(len(b), 512)], []byte("\xef\xbb\xbf")), jsonSpace)
	return isZip(b) || isOLE(b) || len(head) > 1 && head[0] == '[' && bytes.HasPrefix(bytes.TrimLeft(head[1:], jsonSpace), []byte("{"))
}

// fill fills buf as io.ReadFull does, a stretch at a time, so that memory that
// was only asked for is not used for a file with a line beyond MaxLine.
func (w *lineWatch) fill(r io.Reader, buf []byte) (n int, fits bool, err error) {
	const stretch = 16 << 20
	for n < len(buf) && err == nil {
		var m int
		m, err = io.ReadFull(r, buf[n:min(n+stretch, len(buf))])
		part := buf[n : n+m]
		if n += m; !w.seen {
			w.off, w.seen = noLines(part), true
		}
		if w.overrun(part) {
			return n, false, nil
		}
	}
	return n, true, err
}

func (w *lineWatch) overrun(b []byte) bool {
	if w.off {
		return false
	}
	for len(b) > 0 {
		// Most chunks are far shorter than a line may be: looking for the
		// first and the last break in stretches of MaxLine is enough.
		part := b[:min(len(b), MaxLine)]
		first, last := bytes.IndexAny(part, "\n\r"), bytes.LastIndexAny(part, "\n\r")
		if first < 0 {
			first = len(part)
		}
		if w.run+int64(first) > MaxLine {
			return true
		}
		if last < 0 {
			w.run += int64(len(part))
		} else {
			w.run = int64(len(part) - last - 1)
			w.line += bytes.Count(part, []byte{'\n'})
		}
		b = b[len(part):]
	}
	return false
}

func (w *lineWatch) error(in *input) error {
	return &Error{Source: in.name, Line: w.line + 1, Msg: fmt.Sprintf("a line of more than %d MiB", MaxLine>>20), Hint: "this does not look like a list; is it the right file?"}
}

func readError(name string, err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return fileError(name, err)
}

// packError words what a decompressor said.
func packError(in *input, err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	e := &Error{Source: in.name, Msg: "broken " + in.compression + " data: " + err.Error(), Hint: "fetch or copy the file again", Err: err}
	if errors.Is(err, gzip.ErrHeader) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		e.Msg = "broken " + in.compression + " data"
	}
	return e
}
