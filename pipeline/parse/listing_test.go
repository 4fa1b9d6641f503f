package parse

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestListing(t *testing.T) {
	const lost = "no footer (@source | age) behind this entry"
	for _, c := range []struct {
		name, in string
		rows     [][]string
		rejects  []string
	}{
		{"as copied", "A title of ours\n\nText … | Continue reading\n\n\n@a.com | 3 years ago\n\nAnother title\n\nMore\n\n\n@b.com | 1 day ago\n",
			[][]string{{"A title of ours", "Text … | Continue reading", "a.com", "3 years ago"}, {"Another title", "More", "b.com", "1 day ago"}}, nil},
		{"no last line break, CR LF, mark", "\ufeffA title\r\n\r\nText\r\n@a.com | yesterday",
			[][]string{{"A title", "Text", "a.com", "yesterday"}}, nil},
		{"no excerpt, no blank lines", "First title\n@a.com | 3 years ago\nSecond title\n@a.com | 4 years ago",
			[][]string{{"First title", "", "a.com", "3 years ago"}, {"Second title", "", "a.com", "4 years ago"}}, nil},
		{"several paragraphs", "A title\n\nOne paragraph ends here.\n\nThe other ends too.\n\n\n@a.com | 2 months ago\n",
			[][]string{{"A title", "One paragraph ends here.\n\nThe other ends too.", "a.com", "2 months ago"}}, nil},
		{"odd spaces", "A title\n\u00a0\nText\n\t\n\u00a0@a.com\u00a0|\t3\u00a0years ago \n",
			[][]string{{"A title", "Text", "a.com", "3\u00a0years ago"}}, nil},
		{"words around the footer", "A title\n\nText\n\nvia @a.com | 3 years ago | Share\n",
			[][]string{{"A title", "Text", "a.com", "3 years ago"}}, nil},
		{"footer behind the excerpt", "A title\n\nSome text that is long enough … | Continue reading @a.com | 3 years ago\n",
			[][]string{{"A title", "Some text that is long enough … | Continue reading", "a.com", "3 years ago"}}, nil},
		{"footer without a title", "@a.com | 3 years ago\n\nA title\n\nText\n\n@b.com | 2 years ago\n\n@c.com | an hour ago\n",
			[][]string{{"A title", "Text", "b.com", "2 years ago"}}, []string{"1: a footer without a title", "9: a footer without a title"}},
		{"entry without a footer", "Lost title\n\nText … | Continue reading\n\nA title\n\nText\n\n@a.com | 3 years ago\n",
			[][]string{{"A title", "Text", "a.com", "3 years ago"}}, []string{"1: " + lost}},
		{"title without excerpt and footer", "A lost title here\n\nA title that stays\n\nLong text, which ends. | Continue reading\n\n@a.com | 3 years ago\n",
			[][]string{{"A title that stays", "Long text, which ends. | Continue reading", "a.com", "3 years ago"}}, []string{"1: no footer (@source | age) behind this title"}},
		{"cut short at the end", "A title\n\nText\n\n@a.com | 3 years ago\n\nLast title\n\nLast text\n",
			[][]string{{"A title", "Text", "a.com", "3 years ago"}}, []string{"7: " + lost}},
		{"a mention is no footer", "A title\n\n@bob said: mail me at a@b.com | Continue reading\n\n@a.com | 3 years ago\n",
			[][]string{{"A title", "@bob said: mail me at a@b.com | Continue reading", "a.com", "3 years ago"}}, nil},
		{"other ages", "A title\n\nText\n\n@a.com | 12 Mar 2019\n\nB title\n\nText\n\n@The Signal | vor 2 Tagen\n",
			[][]string{{"A title", "Text", "a.com", "12 Mar 2019"}, {"B title", "Text", "The Signal", "vor 2 Tagen"}}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			table := read(t, "", c.in, Options{})
			if f := table.Sources[0].Format; f != "listing" {
				t.Fatalf("format %q: %s", f, table.Sources[0].Why)
			}
			if d := cmp.Diff(c.rows, rowsOf(table)); d != "" {
				t.Errorf("rows: %s", d)
			}
			var rejects []string
			for _, j := range table.Rejects {
				rejects = append(rejects, itoa(j.Line)+": "+j.Reason)
			}
			if d := cmp.Diff(c.rejects, rejects); d != "" {
				t.Errorf("rejects: %s", d)
			}
		})
	}
}

func TestAgeDays(t *testing.T) {
	for s, want := range map[string]float64{
		"3 years ago": 3 * 365.25, "1 day ago": 1, "yesterday": 1, "an hour ago": 1. / 24, "just now": 0,
		"a month ago": 365.25 / 12, "about 2 weeks ago": 14, "vor 3 Jahren": 3 * 365.25, "vor einem Tag": 1,
		"il y a 2 mois": 2 * 365.25 / 12, "hace 3 semanas": 21, "5h ago": 5. / 24, "1 year, 2 days ago": 367.25, " 3\u00a0years ago ": 3 * 365.25,
		"30+ days ago": 30,
	} {
		if got, ok := AgeDays(s); !ok || math.Abs(got-want) > 1e-9 {
			t.Errorf("AgeDays(%q) = %v, %v; want %v", s, got, ok, want)
		}
	}
	for _, s := range []string{"", "ago", "3 years", "three blind mice ago", "Continue reading", "years ago", "2019", "vor", "and days ago", "NaN days ago", "Inf days ago"} {
		if got, ok := AgeDays(s); ok {
			t.Errorf("AgeDays(%q) = %v", s, got)
		}
	}
}
