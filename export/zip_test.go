package export

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// excelize hands over the parts in the order of a Go map, and one compressor
// serves them all: what it saw before must not show.
func TestOrderOfPartsDoesNotMatter(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	parts := make([]string, 12)
	for i := range parts {
		var b strings.Builder
		for range random.IntN(4000) {
			fmt.Fprintf(&b, `<c r="A%d"><v>%d</v></c>`, random.IntN(100), random.IntN(10))
		}
		parts[i] = b.String()
	}
	write := func(order []int) []byte {
		var out bytes.Buffer
		z := &orderedZip{w: &out}
		for _, i := range order {
			w, err := z.Create(fmt.Sprintf("part%02d.xml", i))
			if err != nil {
				t.Fatal(err)
			}
			for text := parts[i]; text != ""; {
				n := min(len(text), 1+random.IntN(5000))
				if _, err := w.Write([]byte(text[:n])); err != nil {
					t.Fatal(err)
				}
				text = text[n:]
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	want := write(random.Perm(len(parts)))
	for range 5 {
		if !bytes.Equal(write(random.Perm(len(parts))), want) {
			t.Fatal("another order of the parts gives another workbook")
		}
	}
}
