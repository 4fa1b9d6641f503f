package parse

import (
	"context"
	"strings"
	"testing"
)

// BenchmarkHostile reads inputs made to be read again and again: a reader that
// takes time in the square of their length shows here at once.
func BenchmarkHostile(b *testing.B) {
	for _, c := range []struct{ name, from, unit string }{
		{"quotes never closed", "csv", "\"\"x\n"},
		{"quotes opened in each row", "csv", "a,\"b\n"},
		{"doubled quotes", "csv", "\"\",\"\n"},
		{"rows that swallow the next", "csv", "a,b,\"c\n\",d\n"},
		{"brackets", "json", "{\n"},
		{"lists in lists", "json", "["},
		{"strings never closed", "json", "{\"a\n"},
		{"keys", "jsonl", "{\"a\":{\"a\":[1, 2]}}\n"},
		{"footers", "listing", "@a | @b | @c | 3 years ago\n"},
		{"signs", "listing", "@@@@@@@@|||||||| @ @ @ @ |"},
	} {
		data := []byte(strings.Repeat(c.unit, 1<<20/len(c.unit)))
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				if _, err := Bytes(context.Background(), "x", data, Options{From: c.from}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
