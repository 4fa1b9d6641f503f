package profile_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/unecho/unecho/pipeline/profile"
	"github.com/unecho/unecho/pipeline/record"
)

func TestShapeOf(t *testing.T) {
	for value, want := range map[string]profile.Shape{
		"ann@example.org": profile.ShapeEmail, "https://doi.org/10.1000/182": profile.ShapeDOI, "10.1000/182": profile.ShapeDOI,
		"https://example.org/a?b=c": profile.ShapeURL, "www.example.org": profile.ShapeURL, "@labs.spotify.com": profile.ShapeHost, "uniqlo.com": profile.ShapeHost,
		"978-3-16-148410-0": profile.ShapeISBN, "0-306-40615-2": profile.ShapeISBN, "0378-5955": profile.ShapeISBN, "0378-5956": profile.ShapePages,
		"2014-03-01": profile.ShapeDate, "1.3.2014": profile.ShapeDate, "3 March 2014": profile.ShapeDate, "5. März 1999": profile.ShapeDate, "19361207": profile.ShapeDate, "3 de enero de 2011": profile.ShapeDate,
		"1994.": profile.ShapeYear, "(1988a).": profile.ShapeYear, "2101": profile.ShapeWhole, "12,345": profile.ShapeWhole, "3.14": profile.ShapeDecimal, "1.234,50": profile.ShapeDecimal,
		"$ 12.50": profile.ShapePrice, "12,50 €": profile.ShapePrice, "97-104": profile.ShapePages, "(pp. 107-120).": profile.ShapePages, "+49 89 123456": profile.ShapePhone,
		"55 irving pl.": profile.ShapeAddress, "Hauptstraße 5": profile.ShapeAddress, "12 rue de la Paix": profile.ShapeAddress, "Final Fantasy 7": profile.ShapeText,
		"3 years ago": profile.ShapeAge, "yesterday": profile.ShapeAge, "vor 2 Jahren": profile.ShapeAge, "il y a 3 ans": profile.ShapeAge,
		"a778": profile.ShapeCode, "id_0001627": profile.ShapeCode, "Marvel": profile.ShapeWord, "May": profile.ShapeDate, "A47H**F16D": profile.ShapeList,
		"Smith, J. and Poe, E.": profile.ShapeList, "The name of the rose": profile.ShapeText, "": profile.ShapeOther, "\xff\x00": profile.ShapeOther, "…": profile.ShapeOther,
	} {
		if got := profile.ShapeOf(value); got != want {
			t.Errorf("%q: %v, want %v", value, got, want)
		}
	}
}

// The counts of a large list are near those of a slow, full count.
func TestStatsReference(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	const n = 120_000
	cells := make([]string, 0, 3*n)
	seen := [3]map[string]bool{{}, {}, {}}
	filled := [3]int{}
	for i := range n {
		row := [3]string{fmt.Sprint(i), fmt.Sprintf("value %d", rng.IntN(n/2)), ""}
		if rng.IntN(4) == 0 {
			row[2] = fmt.Sprintf("v%d", rng.IntN(40))
		}
		for c, v := range row {
			if v != "" {
				seen[c][v] = true
				filled[c]++
			}
		}
		cells = append(cells, row[:]...)
	}
	for c, s := range profile.Stats(cells, 3) {
		distinct := float64(len(seen[c])) / float64(filled[c])
		if math.Abs(s.Distinct-distinct) > 0.02 || math.Abs(s.Filled-float64(filled[c])/n) > 1e-9 {
			t.Errorf("column %d: distinct %.4f filled %.4f, want %.4f, %.4f", c, s.Distinct, s.Filled, distinct, float64(filled[c])/n)
		}
		if s.Unique != (c == 0) {
			t.Errorf("column %d: unique %v", c, s.Unique)
		}
	}
}

func BenchmarkColumns(b *testing.B) {
	const n = 1_000_000
	rng := rand.New(rand.NewPCG(5, 6))
	words := strings.Fields("alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi psi omega")
	tab := &record.Table{At: make([]record.Position, n)}
	for _, name := range []string{"id", "title", "author", "year", "site", "kind"} {
		tab.Columns = append(tab.Columns, record.Column{Name: name})
	}
	for i := range n {
		w := func() string { return words[rng.IntN(len(words))] }
		tab.Cells = append(tab.Cells, fmt.Sprint("a", i), w()+" "+w()+" "+w()+" "+w()+" "+fmt.Sprint(rng.IntN(n)), w()+" "+w(), fmt.Sprint(1950+rng.IntN(70)), w()+".com", w())
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := profile.Columns(tab, nil, profile.Overrides{}); err != nil {
			b.Fatal(err)
		}
	}
}
