package normalize

import (
	"fmt"
	"strings"
	"testing"
)

// marksOf gives the marks of a text as "kind value" joined with ", ".
func marksOf(s string) string {
	var c scanner
	text := c.fold(s)
	if len(c.words) == 0 {
		return ""
	}
	var out []string
	for _, m := range c.marks {
		out = append(out, fmt.Sprint(m.kind, " ", string(text[m.start:m.end])))
	}
	return strings.Join(out, ", ")
}

func TestMarks(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"The Road to the Cloud (Part I)", "part 1"},
		{"Part One", "part 1"},
		{"(Part 1/3)", "part 1"},
		{"Part 1 of 3", "part 1"},
		{"Part I of III", "part 1"},
		{"pt. 2", "part 2"},
		{"pt2", "part 2"},
		{"Teil 2", "part 2"},
		{"Teil zwei", "part 2"},
		{"partie 3", "part 3"},
		{"parte II", "part 2"},
		{"Часть 2", "part 2"},
		{"Chapter 3", "part 3"},
		{"Vol. 2", "part 2"},
		{"Season 4, Episode 9", "part 4, issue 9"},
		{"S01E02", "part 1, issue 2"},
		{"Part 2a", "part 2a"},
		{"Rocky IV", "part 4"},
		{"Rocky IV: Return", "part 4"},
		{"A tale (2/3)", "part 2"},
		{"open 24/7", "number 24, number 7"},
		{"remember 9/11", "number 9, number 11"},
		{"the part I like", ""},
		{"Who am I", ""},
		{"Medicare Part D", ""},
		{"#41", "issue 41"},
		{"Cyanide & Happiness #2459", "issue 2459"},
		{"No. 7", "issue 7"},
		{"Nr. 3", "issue 3"},
		{"№5", "issue 5"},
		{"Issue 12", "issue 12"},
		{"Episode 9", "issue 9"},
		{"E09", "issue 9"},
		{"Week 12, Day 3", "issue 12, issue 3"},
		{"no two alike", "number 2"},
		{"v3.1", "version 3.1"},
		{"v3", "version 3"},
		{"Scio 0.7: A Deep Dive", "version 0.7"},
		{"2.0.1", "version 2.0.1"},
		{"2014", "year 2014"},
		{"Spotify engineering culture (2014)", "year 2014"},
		{"class of '14", "year 2014"},
		{"Blade Runner 2049", "year 2049"},
		{"10,000 songs", "number 10000"},
		{"10000 songs", "number 10000"},
		{"50% off for $5", "number 50, number 5"},
		{"2nd edition", "ordinal 2"},
		{"second", "ordinal 2"},
		{"WRT160N", "model code wrt160n"},
		{"SGLB01", "model code sglb01"},
		{"CF-53ABGZX1M", "model code cf53abgzx1m"},
		{"id 16434", "model code 16434"},
		{"16gb 500ml 2.4ghz 1080p 3d 4k", "number 16gb, number 500ml, number 2.4ghz, number 1080p, number 3d, number 4k"},
		{"16 GB, 2.4 GHz", "number 16gb, number 2.4ghz"},
		{"iPhone12", "model code iphone12"},
		{"iPhone 12", "number 12"},
		{"COVID-19", "number 19"},
		{"07", "number 7"},
		{"one thing", ""},
		{"[1698 x 1128] or 946×710 or 800x600", "number 1698x1128, number 946x710, number 800x600"},
		{"Type II diabetes", "number 2"},
		{"Type I diabetes", "number 1"},
		{"the type I like", ""},
		{"World War II planes", "number 2"},
		{"supply of 500 V", "number 500"},
		{"Garmin 010-00575-10", "model code 0100057510"},
		{"Core i5-4200U", "number i5, model code 4200u"},
		{"from 2017-03-05", "year 2017, number 3, number 5"},
		{"seven things", "number 7"},
		{"Notebook 15.6\", 2.5 kg", "number 15.6, number 2.5kg"},
		{"15.6-Inch Laptop", "number 15.6"},
		{"Fridge, 24.7 Cu. Ft.", "number 24.7"},
		{"a 12.5\"", "number 12.5"},
		{"\"Web 2.0\" explained", "version 2.0"},
		{"Windows 8.1 in depth", "version 8.1"},
	} {
		if got := marksOf(c.in); got != c.want {
			t.Errorf("marks of %q are %q, want %q", c.in, got, c.want)
		}
	}
}
