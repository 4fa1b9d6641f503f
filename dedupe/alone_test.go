package dedupe

import (
	"testing"

	"github.com/unecho/unecho/pipeline/record"
)

func TestThresholdOfTitlesAlone(t *testing.T) {
	sentences := []string{"How we moved the whole event delivery to the cloud", "What a winter garden needs before the snow comes", "Why the old harbour was never rebuilt after the war"}
	offers := []string{"Lenovo X230 2.6 GHz 4 GB 320 GB 12.5 inch", "HP 630 i3 2.2 GHz 500 GB 15.6 inch 4 GB", "Acer E1 571 i5 4 GB 750 GB 15.6 inch"}
	names := []string{"Anna Lee", "Winter Garden", "Old Harbour"}
	for what, c := range map[string]struct {
		columns [][]string
		want    float64
	}{
		"sentences":             {[][]string{sentences}, DefaultSentences},
		"offers":                {[][]string{offers}, DefaultAlone},
		"names":                 {[][]string{names}, DefaultAlone},
		"sentences with a year": {[][]string{sentences, {"1999", "2001", "2003"}}, DefaultBalanced},
	} {
		in := &Input{}
		roles := []record.Role{record.Title, record.Date}
		for c, values := range c.columns {
			in.Columns = append(in.Columns, record.Column{Name: string(roles[c]), Role: roles[c]})
			forms := make([]record.Form, len(values))
			for r, v := range values {
				forms[r] = record.Form{Text: v, Core: v}
			}
			in.Forms = append(in.Forms, forms)
		}
		for r := range 3 {
			for _, values := range c.columns {
				in.Cells = append(in.Cells, values[r])
			}
		}
		p, err := Prepare(t.Context(), in, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Threshold(Options{Balanced: true}); got != c.want {
			t.Errorf("%s: balanced merges from %v, want %v", what, got, c.want)
		}
		if got := p.Threshold(Options{Balanced: true, Same: 0.7}); got != 0.7 {
			t.Errorf("%s: told 0.7, balanced merges from %v", what, got)
		}
	}
}
