// Package parse is the first stage of the road: bytes → records and rejects.
//
// It finds out what a file is (compression, encoding, format, delimiter,
// header), says what that rests on, and cuts it into records. What cannot be
// read as a record becomes a reject that keeps its place and its bytes; it is
// never glued to a neighbour. In every text format each byte of the file
// belongs to exactly one record, one reject or the layout (byte order mark,
// sep= line, header, brackets), so that
//
//	sum of At.Bytes + sum of Rejects.Bytes + Layout == Bytes
//
// holds for each source. A workbook is accounted for in rows: records, rejects,
// header and blank rows add up to Source.Rows, and Layout takes all its bytes.
//
// An error ([*Error]) means that the input as a whole cannot be read: no such
// file, a binary file, a bomb. Everything softer is a reject.
package parse

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/unecho/unecho/pipeline/record"
)

// Options are the settings of reading. The zero value detects everything.
type Options struct {
	From  string    // "" detects; else one of Formats
	Sheet string    // of a workbook; "" stands for the first
	Stdin io.Reader // what the name "-" reads; nil reads as empty
	// Progress is told how many bytes of the files have been read, of how
	// many; total is 0 when unknown. It is called about once a mebibyte, from
	// the calling goroutine, and may be nil.
	Progress func(done, total int64)
}

// Formats lists what Options.From may be. tsv, semicolon and pipe are csv with
// that delimiter; csv itself still finds the delimiter out.
var Formats = [...]string{"listing", "lines", "csv", "tsv", "semicolon", "pipe", "xlsx", "jsonl", "json"}

// The bounds of reading. They keep memory in proportion to what a list can be.
const (
	// MaxLine is the longest line, cell, quoted field or JSON value, in bytes.
	MaxLine = 64 << 20
	// MaxColumns is the largest number of columns, that of a workbook.
	MaxColumns = 16384
	// MaxCells is the largest number of cells of the whole list.
	MaxCells = 1 << 28
	// MaxRatio bounds how many times its size a compressed file may unpack to,
	// once it has passed MaxLine bytes; lists reach 5 to 30.
	MaxRatio = 100
	// MaxWorkbookRatio is the same for a workbook, whose markup repeats itself.
	MaxWorkbookRatio = 500
	// MaxWorkbook is the largest size of a workbook's parts unpacked, in bytes.
	MaxWorkbook = 1 << 30
)

// Error says that an input cannot be read at all.
type Error struct {
	Source string // as given on the command line; "" when no input is meant
	Line   int    // from 1; 0 when the whole input is meant
	Cell   string // of a workbook: "Sheet1!A5" or a sheet's name
	Msg    string
	Hint   string // what to do about it; may be ""
	Err    error  // the cause, where another package found it
}

// Error gives place and message: "posts.txt:12: …".
func (e *Error) Error() string {
	switch {
	case e.Source == "":
		return e.Msg
	case e.Line > 0:
		return fmt.Sprintf("%s:%d: %s", e.Source, e.Line, e.Msg)
	case e.Cell != "":
		return fmt.Sprintf("%s: %s: %s", e.Source, e.Cell, e.Msg)
	}
	return e.Source + ": " + e.Msg
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Files reads files, directories, globs and "-" (standard input) as one list,
// in the order in which they are named.
//
// A directory gives the lists that stand directly in it, by name; hidden files
// and unecho's own outputs beside their input are passed over. Columns of
// several files are aligned by exact name, in order of first appearance; where
// a file has one name more than once, the first goes with the first of the
// other files, the second with the second. A record has "" in the columns that
// its file lacks. A table without header has the columns "column 1",
// "column 2", …, or "title" when there is but one.
//
// Errors are *Error, or that of ctx.
func Files(ctx context.Context, names []string, o Options) (*record.Table, error) {
	if err := checkFrom(o.From); err != nil {
		return nil, err
	}
	paths, total, err := expand(names)
	if err != nil {
		return nil, err
	}
	var u union
	var done int64
	for _, name := range paths {
		in, err := load(ctx, name, o, done, total)
		if err != nil {
			return nil, err
		}
		done += in.disk
		if err := u.read(ctx, in, o); err != nil {
			return nil, err
		}
	}
	return u.table()
}

// Bytes reads one source that is already in memory; it may be compressed. The
// table shares data's memory, so data must not be changed afterwards.
func Bytes(ctx context.Context, name string, data []byte, o Options) (*record.Table, error) {
	if err := checkFrom(o.From); err != nil {
		return nil, err
	}
	in, err := unpack(ctx, name, data)
	if err != nil {
		return nil, err
	}
	return alone(ctx, in, o)
}

// Reader reads one source from a stream.
func Reader(ctx context.Context, name string, r io.Reader, o Options) (*record.Table, error) {
	o.Stdin = r
	if err := checkFrom(o.From); err != nil {
		return nil, err
	}
	in, err := loadStream(ctx, name, r, o, 0, 0)
	if err != nil {
		return nil, err
	}
	return alone(ctx, in, o)
}

// alone makes a table of one source.
func alone(ctx context.Context, in *input, o Options) (*record.Table, error) {
	var u union
	if err := u.read(ctx, in, o); err != nil {
		return nil, err
	}
	return u.table()
}

// checkFrom refuses a format that does not exist.
func checkFrom(from string) error {
	if from == "" {
		return nil
	}
	for _, f := range Formats {
		if f == from {
			return nil
		}
	}
	e := &Error{Msg: fmt.Sprintf("unknown format %q", from), Hint: "formats are " + strings.Join(Formats[:], ", ")}
	if n := nearest(from, Formats[:]); n != "" {
		e.Hint = fmt.Sprintf("did you mean %q? %s", n, e.Hint)
	}
	return e
}
