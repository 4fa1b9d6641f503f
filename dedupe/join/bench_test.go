package join

import (
	"bufio"
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"

	"github.com/mikelolasagasti/xz"
)

// shared is a file beside the project, or skips the test.
func shared(tb testing.TB, name string) string {
	dir, err := os.Getwd()
	if err != nil {
		tb.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			path := filepath.Join(dir, "..", "shared", name)
			if _, err := os.Stat(path); err != nil {
				tb.Skipf("no ../shared/%s beside the project", name)
			}
			return path
		}
	}
	tb.Skip("the project's root was not found")
	return ""
}

var titlesOnce struct {
	sync.Once
	lines []string
}

// titles reads the first n of a million titles.
func titles(tb testing.TB, n int) []string {
	path := shared(tb, "datasets/speed/speed_reddit_1m.csv.xz")
	titlesOnce.Do(func() {
		f, err := os.Open(path)
		if err != nil {
			tb.Fatal(err)
		}
		defer f.Close()
		r, err := xz.NewReader(bufio.NewReaderSize(f, 1<<20), 0)
		if err != nil {
			tb.Fatal(err)
		}
		for lines := bufio.NewScanner(r); lines.Scan(); {
			titlesOnce.lines = append(titlesOnce.lines, lines.Text())
		}
	})
	return titlesOnce.lines[1:min(n+1, len(titlesOnce.lines))]
}

// words are the lower-cased words of a title.
func words(title string) []string {
	return strings.FieldsFunc(strings.ToLower(title), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// grams are the 3-grams of the words of a title, padded with spaces.
func grams(title string) []string {
	var out []string
	for _, w := range words(title) {
		r := []rune(" " + w + " ")
		for i := 0; i+3 <= len(r); i++ {
			out = append(out, string(r[i:i+3]))
		}
	}
	return out
}

// tokenised gives distinct sets and the idf of their tokens.
func tokenised(list []string, split func(string) []string) (*Sets, []float64) {
	ids := map[string]int32{}
	s := &Sets{}
	var row []int32
	for _, title := range list {
		row = row[:0]
		for _, w := range split(title) {
			id, ok := ids[w]
			if !ok {
				id = int32(len(ids))
				ids[w] = id
			}
			row = append(row, id)
		}
		slices.Sort(row)
		s.Add(slices.Compact(row)...)
	}
	s, _ = Collapse(s)
	count := make([]float64, len(ids))
	for _, tok := range s.Token {
		count[tok]++
	}
	for i, c := range count {
		count[i] = math.Log(1 + float64(s.Len())/c)
	}
	return s, count
}

func BenchmarkJaccardWords(b *testing.B) {
	for _, n := range []int{100_000, 1_000_000} {
		var s *Sets
		var idf []float64
		for _, t := range []float64{0.8, 0.7, 0.6, 0.5, 0.4} {
			b.Run(fmt.Sprintf("n=%d/t=%.1f", n, t), func(b *testing.B) {
				if s == nil {
					s, idf = tokenised(titles(b, n), words)
				}
				b.ReportAllocs()
				for b.Loop() {
					res, err := Jaccard(context.Background(), s, idf, t, Options{})
					if err != nil {
						b.Fatal(err)
					}
					reportResult(b, res)
				}
			})
		}
	}
}

func BenchmarkCosineGrams(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		var v *Vectors
		for _, t := range []float64{0.8, 0.7, 0.6, 0.5, 0.4} {
			b.Run(fmt.Sprintf("n=%d/t=%.1f", n, t), func(b *testing.B) {
				if v == nil {
					v = tfidf(tokenised(titles(b, n), grams))
				}
				b.ReportAllocs()
				for b.Loop() {
					res, err := Cosine(context.Background(), v, t, Options{})
					if err != nil {
						b.Fatal(err)
					}
					reportResult(b, res)
				}
			})
		}
	}
}

// tfidf weighs each token of a set by its idf.
func tfidf(s *Sets, idf []float64) *Vectors {
	v := &Vectors{Sets: *s, Weight: make([]float32, len(s.Token))}
	for i, tok := range s.Token {
		v.Weight[i] = float32(idf[tok])
	}
	return v
}

func reportResult(b *testing.B, res *Result) {
	b.ReportMetric(float64(res.Read), "read/op")
	b.ReportMetric(float64(res.Verified), "candidates/op")
	b.ReportMetric(float64(len(res.Pairs)), "pairs/op")
}

func BenchmarkRareWords(b *testing.B) {
	for _, n := range []int{100_000, 1_000_000} {
		var s *Sets
		for _, k := range []int{10, 50} {
			b.Run(fmt.Sprintf("n=%d/k=%d", n, k), func(b *testing.B) {
				if s == nil {
					s, _ = tokenised(titles(b, n), words)
				}
				b.ReportAllocs()
				for b.Loop() {
					res, err := Rare(context.Background(), s, k, Options{MaxPerRow: 20})
					if err != nil {
						b.Fatal(err)
					}
					reportResult(b, res)
				}
			})
		}
	}
}
