package dedupe

import (
	"math"
	"testing"

	"github.com/unecho/unecho/pipeline/normalize"
	"github.com/unecho/unecho/pipeline/record"
)

// compareTitles measures the first two of a list of titles.
func compareTitles(t *testing.T, titles ...string) (comparison, facts) {
	t.Helper()
	col := record.Column{Name: "title", Role: record.Title}
	forms, err := normalize.Forms(t.Context(), col, titles, 1, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	p, err := Prepare(t.Context(), &Input{Columns: []record.Column{col}, Cells: titles, Forms: [][]record.Form{forms}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	m, f, _ := p.compare(p.list.newComparer(), p.list.of[0], p.list.of[1])
	return m, f
}

// others make the words of a test neither rare nor common.
var others = []string{"Queen Anna III", "The Old Mill (inn)", "Lords of the Marsh", "Bridge of Sighs (painting)", "Garden Theatre, Elmhurst"}

// A numeral that ends one title and stands inside the other is one number.
func TestNumeralInsideATitle(t *testing.T) {
	m, f := compareTitles(t, append([]string{"Osric IV", "Osric IV of Elmland"}, others...)...)
	if m[mPart] != 1 || f&factPartDiffers != 0 || f&factContained == 0 {
		t.Errorf("part %v, facts %b", m[mPart], f)
	}
	if m, f = compareTitles(t, append([]string{"Osric IV", "Osric of Elmland"}, others...)...); m[mPart] != 0 || f&factPartDiffers == 0 {
		t.Errorf("a lacking number: part %v, facts %b", m[mPart], f)
	}
	if m, _ = compareTitles(t, append([]string{"Osric IV", "Osric V of Elmland"}, others...)...); m[mPart] != 0 {
		t.Errorf("another number: part %v", m[mPart])
	}
}

// Words that tables know to mean the same are no words left over.
func TestWordsOfOneMeaning(t *testing.T) {
	for _, c := range [][2]string{
		{"Franz Ottokar of Elmhurst", "Francis Ottokar of Elmhurst"},
		{"Bob Marchwood", "Robert Marchwood"},
		{"Danish Harbour Office", "Harbour Office Denmark"},
		{"St Osric Church", "Saint Osric Church"},
		{"Osric V of Elmhurst", "Elmhurst Osric V"},
	} {
		if _, f := compareTitles(t, append(c[:], others...)...); f&(factContained|factNoWordLeft) == 0 {
			t.Errorf("%q and %q: a word is left over on both sides", c[0], c[1])
		}
	}
	if _, f := compareTitles(t, append([]string{"Franz Ottokar", "Karl Ottokar"}, others...)...); f&factContained != 0 {
		t.Error("Franz is not Karl")
	}
}

// What stands before closing brackets is the name: records that agree in the
// brackets alone share none of it.
func TestNameBeforeBrackets(t *testing.T) {
	none := math.Inf(-1)
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"Night (Nell Marchwood song)", "For You (Nell Marchwood song)", 0},
		{"Night (Nell Marchwood song)", "Night", 1},
		{"Night (Nell Marchwood song)", "Night (song)", 1},
		{"Night Train", "Night Coach", none},
	} {
		m, _ := compareTitles(t, append([]string{c.a, c.b}, others...)...)
		got := float64(m[mHead])
		if math.IsNaN(got) {
			got = none
		}
		if got != c.want {
			t.Errorf("%q and %q share %v of the name, want %v", c.a, c.b, got, c.want)
		}
	}
}

// One of women's and men's, north and south, junior and senior is never the
// other, nor what has neither.
func TestQualifiers(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float32
	}{
		{"Elmhurst Women's Cup", "Elmhurst Men's Cup", -1},
		{"Elmhurst Women's Cup", "Elmhurst Cup", -1},
		{"North Elmhurst School", "South Elmhurst School", -1},
		{"Elmhurst Ladies Cup", "Elmhurst Women's Cup", 1},
		{"Northern Elmhurst School", "School of North Elmhurst", 1},
	} {
		if m, _ := compareTitles(t, append([]string{c.a, c.b}, others...)...); m[mQualifier] != c.want {
			t.Errorf("%q and %q: %v", c.a, c.b, m[mQualifier])
		}
	}
	if m, _ := compareTitles(t, append([]string{"Elmhurst Cup", "The Elmhurst Cup"}, others...)...); !math.IsNaN(float64(m[mQualifier])) {
		t.Error("nothing to compare is no evidence")
	}
}
