package parse

import (
	"context"
	"encoding/csv"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/mikelolasagasti/xz"
)

// million gives a million titles as CSV, unpacked.
func million(b *testing.B) []byte {
	f, err := os.Open(shared(b, "datasets", "speed", "speed_reddit_1m.csv.xz"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	z, err := xz.NewReader(f, 0)
	if err != nil {
		b.Fatal(err)
	}
	data, err := io.ReadAll(z)
	if err != nil {
		b.Fatal(err)
	}
	return data
}

// BenchmarkMillion reads a million titles out of memory, beside encoding/csv.
func BenchmarkMillion(b *testing.B) {
	data := million(b)
	b.Run("parse", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		b.ReportAllocs()
		for b.Loop() {
			if _, err := Bytes(context.Background(), "x.csv", data, Options{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("encoding-csv", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		b.ReportAllocs()
		for b.Loop() {
			if _, err := csv.NewReader(strings.NewReader(str(data))).ReadAll(); err != nil {
				b.Fatal(err)
			}
		}
	})
}
