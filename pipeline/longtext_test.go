package pipeline_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/unecho/unecho/pipeline"
)

// unrelated gives n words of letters drawn at random: no two texts share any.
func unrelated(rng *rand.Rand, n int) string {
	words := make([]string, n)
	for i := range words {
		var b strings.Builder
		for range 4 + rng.IntN(5) {
			b.WriteByte(byte('a' + rng.IntN(26)))
		}
		words[i] = b.String()
	}
	return strings.Join(words, " ")
}

// Two records with one long text are always compared, though nothing else of
// them is alike, and however many others have the text too.
func TestIdenticalLongTextsAreCompared(t *testing.T) {
	for _, c := range []struct{ records, equal, words int }{{4, 2, 40}, {400, 2, 40}, {400, 2, 400}, {400, 12, 60}, {1000, 40, 60}} {
		t.Run(fmt.Sprintf("%d of %d, %d words", c.equal, c.records, c.words), func(t *testing.T) {
			rng := rand.New(rand.NewPCG(41, uint64(c.words)))
			long := unrelated(rng, c.words)
			truth := make([]int32, c.records)
			rows := []string{"title,author,year,abstract"}
			for r := range c.records {
				abstract := unrelated(rng, c.words)
				truth[r] = int32(r)
				if r%(c.records/c.equal) == 0 && r/(c.records/c.equal) < c.equal {
					abstract, truth[r] = long, 0
				}
				rows = append(rows, fmt.Sprintf("%s,%s,%d,%s", unrelated(rng, 6), unrelated(rng, 2), 1990+rng.IntN(30), abstract))
			}
			o := pipeline.Options{Inputs: []string{"-"}, Stdin: strings.NewReader(strings.Join(rows, "\n") + "\n")}
			list, err := pipeline.Read(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			searched, err := pipeline.Prepare(t.Context(), list, o)
			if err != nil {
				t.Fatal(err)
			}
			if reach := searched.Reach(truth, nil); reach.Recall != 1 {
				t.Errorf("%.3f of the pairs with one abstract were compared", reach.Recall)
			}
		})
	}
}

// Two products of one maker may share a description word for word: their model
// codes tell them apart, whatever else is equal.
func TestModelCodesTellProductsWithOneTextApart(t *testing.T) {
	const text = "Records to disc and tape, plays both, with remote control, progressive output and one-touch dubbing in either direction"
	rows := []string{"name,description,price",
		`Norvik DMR-EA38VK disc and tape recorder,"` + text + `",199.00`,
		`Norvik DMR-EZ48VK disc and tape recorder,"` + text + `",199.00`}
	rng := rand.New(rand.NewPCG(43, 1))
	for range 40 {
		rows = append(rows, fmt.Sprintf("%s,%s,%d.00", unrelated(rng, 5), unrelated(rng, 14), 20+rng.IntN(400)))
	}
	o := pipeline.Options{Inputs: []string{"-"}, Stdin: strings.NewReader(strings.Join(rows, "\n") + "\n"), DryRun: true}
	report, err := pipeline.Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if report.Records.Removed != 0 {
		t.Errorf("merged: %+v", report.Examples)
	}
}
