package pipeline_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/unecho/unecho/pipeline"
	"github.com/unecho/unecho/pipeline/review"
)

// doubtfulList is a list in which every fifth record has a doubtful partner:
// 100,000 records with about 20,000 questions.
func doubtfulList(records int) string {
	r := rand.New(rand.NewPCG(1, 2))
	word := func() string {
		letters := make([]byte, 5+r.IntN(5))
		for i := range letters {
			letters[i] = byte('a' + r.IntN(26))
		}
		return string(letters)
	}
	var text strings.Builder
	text.WriteString("title,author\n")
	for n := 0; n < records; n++ {
		words := make([]string, 6)
		for i := range words {
			words[i] = word()
		}
		fmt.Fprintf(&text, "%s,%s %s\n", strings.Join(words, " "), word(), word())
		if n%5 == 0 {
			words[r.IntN(6)] = word()
			fmt.Fprintf(&text, "%s,%s %s\n", strings.Join(words, " "), word(), word())
			n++
		}
	}
	return text.String()
}

var bigDesk = sync.OnceValues(func() (review.Desk, error) {
	folder, err := os.MkdirTemp("", "desk")
	if err != nil {
		return nil, err
	}
	list := filepath.Join(folder, "list.csv")
	if err := os.WriteFile(list, []byte(doubtfulList(100_000)), 0o666); err != nil {
		return nil, err
	}
	return pipeline.OpenDesk(context.Background(), pipeline.Options{Inputs: []string{list}, Review: 0.1}, ticking(), "ann", "test")
})

func openBig(b *testing.B) review.Desk {
	b.Helper()
	desk, err := bigDesk()
	if err != nil {
		b.Fatal(err)
	}
	return desk
}

// BenchmarkAnswer is what passes between a key and the next question.
func BenchmarkAnswer(b *testing.B) {
	desk := openBig(b)
	kinds := []review.Kind{review.Same, review.Different, review.Skip}
	for i := 0; b.Loop(); i++ {
		card, ok := desk.Next()
		if !ok {
			b.Fatal("nothing left to ask")
		}
		if _, err := desk.Decide(review.Choice{Kind: kinds[i%3], A: card.A.ID, B: card.B.ID}); err != nil {
			b.Fatal(err)
		}
		desk.Head()
		desk.Recent(10)
	}
	b.ReportMetric(float64(desk.Head().Left), "questions")
}

func BenchmarkDeskUndo(b *testing.B) {
	desk := openBig(b)
	for b.Loop() {
		card, _ := desk.Next()
		if _, err := desk.Decide(review.Choice{Kind: review.Same, A: card.A.ID, B: card.B.ID}); err != nil {
			b.Fatal(err)
		}
		if _, _, _, err := desk.Undo(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDeskNext(b *testing.B) {
	desk := openBig(b)
	for b.Loop() {
		desk.Next()
	}
}
