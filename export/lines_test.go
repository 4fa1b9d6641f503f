package export

import (
	"bytes"
	"errors"
	"fmt"
	"testing"
)

// Lines come out in order and whole, however many cores spell them; only the
// first of a file without a head is the first.
func TestWriteLines(t *testing.T) {
	for _, n := range []int{0, 1, blockLines, blockLines + 1, 5*blockLines - 1} {
		for _, from := range []int{0, min(3, n)} {
			var want bytes.Buffer
			for i := from; i < n; i++ {
				if i == from {
					want.WriteString("\"ID\",")
				} else {
					want.WriteString("ID,")
				}
				fmt.Fprintf(&want, "%d\n", i)
			}
			for _, cores := range []int{1, 2, 3} {
				var got bytes.Buffer
				err := writeLines(&got, newCSV(0), from, n, cores, func(out *csvWriter, i int) {
					out.field("ID")
					out.number(i)
					out.end()
				})
				if err != nil || !bytes.Equal(got.Bytes(), want.Bytes()) {
					t.Errorf("lines %d to %d on %d cores: %v, %d bytes instead of %d", from, n, cores, err, got.Len(), want.Len())
				}
			}
		}
	}
}

// A disk that is full ends the writing.
func TestWriteLinesFails(t *testing.T) {
	full := errors.New("full")
	for left := range 4 {
		err := writeLines(&limited{left, full}, newCSV(0), 0, 9*blockLines, 3, func(out *csvWriter, i int) {
			out.number(i)
			out.end()
		})
		if !errors.Is(err, full) {
			t.Errorf("%v after %d writes", err, left)
		}
	}
}

// limited fails after so many writes.
type limited struct {
	left int
	err  error
}

func (l *limited) Write(p []byte) (int, error) {
	if l.left == 0 {
		return 0, l.err
	}
	l.left--
	return len(p), nil
}
