package series_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/unecho/unecho/dedupe/series"
	"github.com/unecho/unecho/pipeline/record"
)

// entries reads lines such as "the letter 98 | issue=98".
func entries(lines ...string) []series.Entry {
	kinds := map[string]record.MarkKind{"number": record.PlainNumber, "part": record.PartNumber, "issue": record.IssueNumber,
		"version": record.VersionNumber, "year": record.YearNumber, "ordinal": record.OrdinalNumber}
	out := make([]series.Entry, len(lines))
	for i, line := range lines {
		_, marks, _ := strings.Cut(line, " | ")
		out[i] = series.Entry{Row: i}
		for mark := range strings.FieldsSeq(marks) {
			kind, value, _ := strings.Cut(mark, "=")
			out[i].Marks = append(out[i].Marks, record.Mark{Kind: kinds[kind], Value: value})
		}
	}
	return out
}

// words gives those of the lines.
func words(lines []string) series.Words {
	return func(words []string, row int) []string {
		text, _, _ := strings.Cut(lines[row], " | ")
		return append(words, strings.Fields(text)...)
	}
}

// find finds the series of lines.
func find(lines []string, related []record.Link) []series.Series {
	return series.Find(entries(lines...), words(lines), related)
}

// shown gives series as rows in order with what is missing between them:
// "0 1 (lesson 3) 2".
func shown(found []series.Series) []string {
	var out []string
	for _, s := range found {
		var words []string
		gaps := s.Gaps
		for i := 0; i <= len(s.Members); i++ {
			for ; len(gaps) > 0 && gaps[0].Before == i; gaps = gaps[1:] {
				words = append(words, "("+gaps[0].Name+")")
			}
			if i < len(s.Members) {
				words = append(words, strconv.Itoa(s.Members[i].Row))
			}
		}
		out = append(out, strings.Join(words, " "))
	}
	return out
}

func TestFind(t *testing.T) {
	for name, c := range map[string]struct {
		lines   []string
		related []record.Link
		want    []string
	}{
		"issues": {[]string{"letter 45 | issue=45", "bread", "letter 43 | issue=43"}, nil, []string{"2 (#44) 0"}},
		"a word that counts": {[]string{"row lesson 1 the boat | issue=1", "row lesson 2 the oar | issue=2", "row lesson 5 the race | issue=5"}, nil,
			[]string{"0 1 (lesson 3 to lesson 4) 2"}},
		"a number without a word": {[]string{"winter walks 2 | number=2", "winter walks 4 | number=4"}, nil, nil},
		"of four":                 {[]string{"the bay sheet 2 of 4 | number=2 number=4", "the bay sheet 3 of 4 | number=3 number=4"}, nil, []string{"(sheet 1) 0 1 (sheet 4)"}},
		"parts":                   {[]string{"ghent 2 | part=2", "ghent volume 3 | part=3", "ghent volume 5 | part=5"}, nil, []string{"0 1 (volume 4) 2"}},
		"two years say little":    {[]string{"census of benches 2016 | year=2016", "census of benches 2018 | year=2018"}, nil, []string{"0 1"}},
		"three years": {[]string{"census of benches 2016 | year=2016", "the 2018 census of benches | year=2018", "census of benches 2019 | year=2019"}, nil,
			[]string{"0 (2017) 1 2"}},
		"editions":  {[]string{"grammar of birds 3rd edition | ordinal=3", "grammar of birds 1st edition | ordinal=1"}, nil, []string{"1 (2nd) 0"}},
		"far apart": {[]string{"letter 3 | issue=3", "letter 900 | issue=900"}, nil, []string{"0 1"}},
		"episodes": {[]string{"night bus s1e1 depot | part=1 issue=1", "night bus s1e3 | part=1 issue=3", "night bus season 1 episode 4 | part=1 issue=4", "night bus s2e1 | part=2 issue=1"}, nil,
			[]string{"0 (episode 2) 1 2 3"}},
		"nothing but the number": {[]string{"lesson 1 | issue=1", "lesson 3 | issue=3"}, nil, nil},
		"three of these":         {[]string{"lesson 1 | issue=1", "lesson 2 | issue=2", "lesson 4 | issue=4"}, nil, []string{"0 1 (lesson 3) 2"}},
		"related": {[]string{"mapserver 2.10 | version=2.10", "bread", "mapserver 2.9 | version=2.9"},
			[]record.Link{{A: 0, B: 2, Why: "other versions"}, {A: 1, B: 7}}, []string{"2 0"}},
		"none": {nil, nil, nil},
	} {
		if diff := cmp.Diff(c.want, shown(find(c.lines, c.related))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// The rest of the answer: what a member is beside, and why.
func TestMembers(t *testing.T) {
	found := find([]string{"row lesson 1 | issue=1", "row lesson 1 again | issue=1", "row lesson 3 | issue=3", "bread"},
		[]record.Link{{A: 0, B: 2, Probability: 0.2, Why: "weak"}, {A: 0, B: 3, Probability: 0.9, Why: "sure"}})
	want := []series.Series{{
		Members: []series.Member{{Row: 0, With: 3, Why: "sure"}, {Row: 1, With: 2, Why: "lesson 1 beside lesson 3"}, {Row: 2, With: 0, Why: "weak"}, {Row: 3, With: 0, Why: "sure"}},
		Gaps:    []series.Gap{{Before: 2, Name: "lesson 2", Says: "lesson 1, lesson 3 → lesson 2 is missing"}},
	}}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Error(diff)
	}
}

// A record is in one series at most, what is missing is nowhere in the list,
// and the order of the entries does not show.
func TestLaws(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		var lines []string
		have := map[string]bool{}
		for range 2 + rng.IntN(12) {
			name, n := string(rune('a'+rng.IntN(3))), 1+rng.IntN(8)
			have[fmt.Sprintf("%s %d", name, n)] = true
			lines = append(lines, fmt.Sprintf("%s letter lesson %d | issue=%d", name, n, n))
		}
		found := find(lines, nil)
		seen := map[int]bool{}
		for _, s := range found {
			name := lines[s.Members[0].Row][:1]
			for _, m := range s.Members {
				if seen[m.Row] || lines[m.Row][:1] != name {
					t.Fatalf("row %d stands wrong in %v of %q", m.Row, shown(found), lines)
				}
				seen[m.Row] = true
			}
			for _, g := range s.Gaps {
				for n := range strings.SplitSeq(g.Name, " to ") {
					if have[name+strings.TrimPrefix(n, "lesson")] {
						t.Fatalf("%s of %s is said to be missing in %q", g.Name, name, lines)
					}
				}
			}
		}
		mixed := entries(lines...)
		rng.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		if diff := cmp.Diff(found, series.Find(mixed, words(lines), nil)); diff != "" {
			t.Fatalf("another order gives another answer:\n%s", diff)
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add("letter 45 | issue=45\nletter 43 | issue=43", uint8(0), uint8(1))
	f.Add("s1e1 | part=1\ns999999e9 | part=1\n1 of 3 | part=1 number=3", uint8(2), uint8(2))
	f.Fuzz(func(t *testing.T, text string, a, b uint8) {
		lines := strings.Split(text, "\n")
		for _, s := range find(lines, []record.Link{{A: int(a), B: int(b)}}) {
			if len(s.Members) < 2 {
				t.Errorf("a series of %d", len(s.Members))
			}
			for _, g := range s.Gaps {
				if g.Before < 0 || g.Before > len(s.Members) {
					t.Errorf("a gap before %d of %d", g.Before, len(s.Members))
				}
			}
		}
	})
}

func BenchmarkFind(b *testing.B) {
	entries := make([]series.Entry, 1_000_000)
	text := make([][]string, len(entries))
	for r := range entries {
		e := series.Entry{Row: r}
		text[r] = strings.Fields(fmt.Sprintf("the %d ways to keep a list clean", r))
		switch {
		case r%10 == 0:
			e.Marks = []record.Mark{{Kind: record.PlainNumber, Value: fmt.Sprint(r)}}
		case r%1000 == 1:
			text[r] = strings.Fields(fmt.Sprintf("lesson %d of %d", r%7, r/5000))
			e.Marks = []record.Mark{{Kind: record.PartNumber, Value: fmt.Sprint(r % 7)}}
		}
		entries[r] = e
	}
	b.ReportAllocs()
	for b.Loop() {
		series.Find(entries, func(words []string, row int) []string { return append(words, text[row]...) }, nil)
	}
}
