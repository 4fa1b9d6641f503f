package normalize

import (
	"context"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/unecho/unecho/pipeline/record"
)

// fragments are the pieces on which the rules turn; strung together at random
// they try one rule against another.
var fragments = []string{
	" ", " ", " ", "-", "–", " – ", ": ", "|", "(", ")", "[", "]", ".", ",", "'", "’", "/", "&", "#", "%", "$", "€", "+", "++", "*", "\"", "·", "_", "@",
	"a", "i", "I", "v", "V", "x", "iv", "ii", "xii", "part", "Part", "pt", "vol", "ch", "no", "No.", "ep", "episode", "week", "type", "phase", "of", "one", "two", "second", "net", ".net", "js", "node.js", "s", "e", "st", "gb", "GHz",
	"0", "1", "2", "07", "007", "10", "14", "41", "000", "1,000", "10'000", "2014", "12345", "3.1", "v3.1", "2nd", "16gb", "S01E02", "e09", "WRT160N", "DSC-W120", "½", "①", "№", "²",
	"é", "e\u0301", "ß", "İ", "ς", "ø", "™", "😀", "👩\u200d💻", "日", "本", "東京", "カ", "ガ", "ｶﾞ", "ไทย", "กำ", "한", "हि", "\u200b", "\u200d", "\u00a0", "\u00ad", "\u202e", "\ufeff", "\x00", "\xff", "\xe9", "\u0345", "\u0092", "\u0080\u0099",
	"&amp;", "amp;", "&lt;", "&nbsp;", "&#38;", "&Atilde;", "&copy;", "Ã", "©", "Â", "â€™", "€", "™", "√", "‚Äô", "\r\n", "\r", "\n", "\t",
}

func randomText(rng *rand.Rand) string {
	var b strings.Builder
	for range 1 + rng.IntN(9) {
		b.WriteString(fragments[rng.IntN(len(fragments))])
	}
	return b.String()
}

func TestFoldIsIdempotent(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	failed := 0
	for range 50_000 {
		s := randomText(rng)
		once := Fold(s)
		if twice := Fold(once); twice != once {
			t.Errorf("Fold(%q) = %q, and again %q", s, once, twice)
			if failed++; failed > 20 {
				return
			}
		}
		if upper := Fold(strings.ToUpper(strings.ToLower(s))); isASCII(s) && upper != once {
			t.Errorf("Fold(%q) = %q, in capitals %q", s, once, upper)
		}
	}
}

func TestCleanIsIdempotent(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	failed := 0
	for range 50_000 {
		s := randomText(rng)
		once, rules := Clean(s)
		if !utf8.ValidString(once) || (once == s) != (rules == nil) {
			t.Fatalf("Clean(%q) = %q %q", s, once, rules)
		}
		if twice, rules := Clean(once); rules != nil {
			t.Errorf("Clean(%q) = %q, and again %q by %q", s, once, twice, rules)
			if failed++; failed > 20 {
				return
			}
		}
	}
}

// TestFormsTakeAnything gives random text to the forms of every role and part:
// none may fail, a blank cell alone has an empty Text, and the result may not
// depend on GOMAXPROCS.
func TestFormsTakeAnything(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	cells := make([]string, 2*chunk)
	for k := range cells {
		cells[k], _ = Clean(randomText(rng))
	}
	parts := []record.Part{"", record.GivenName, record.Authors, record.Year, record.Month, record.Day, record.Age, record.Postcode, record.DOI,
		record.ISBN, record.Email, record.Phone, record.Pages, record.Volume, record.Issue, record.Price, record.Coordinate}
	for _, role := range record.Roles {
		for _, part := range parts {
			cells := cells[:500]
			if part == "" {
				cells = cells[:cap(cells)]
			}
			col := record.Column{Role: role, Part: part}
			forms, err := Forms(context.Background(), col, cells, 1, 0, nil)
			if err != nil {
				t.Fatal(err)
			}
			for k, f := range forms {
				if (f.Text == "") != (Fold(cells[k]) == "") || (f.Core == "") != (f.Text == "") || !strings.Contains(f.Text, f.Core) || !utf8.ValidString(f.Text) {
					t.Fatalf("%s %s: %q gives %+v", role, part, cells[k], f)
				}
			}
			if role == record.Title && part == "" {
				before := runtime.GOMAXPROCS(1)
				alone, _ := Forms(context.Background(), col, cells, 1, 0, nil)
				runtime.GOMAXPROCS(before)
				if d := cmp.Diff(alone, forms); d != "" {
					t.Error(d)
				}
			}
		}
	}
}

// TestHostileLengths does not end within anyone's patience where a rule takes
// time in proportion to the square of the text.
func TestHostileLengths(t *testing.T) {
	n := 100_000
	for _, s := range []string{
		strings.Repeat("Â", n) + "©", strings.Repeat("&", n) + strings.Repeat("amp;", n), "&#38;" + strings.Repeat("#38;", n), strings.Repeat("(", n),
		strings.Repeat("a-", n), strings.Repeat("1,000", n), strings.Repeat("ab1c-", n), strings.Repeat("e\u0301", n), strings.Repeat("\u0301", n), strings.Repeat("東", n), strings.Repeat("part i ", n), strings.Repeat(". ", n),
		strings.Repeat("… | Continue reading ", n/10), strings.Repeat("a.", n), strings.Repeat("5€", n),
	} {
		out, _ := Clean(s)
		dropTrimmings(out)
		Notes(out)
		once := Fold(out)
		if len(once) > 3*len(out)+16 {
			t.Errorf("%.20q grows from %d to %d bytes", s, len(out), len(once))
		}
	}
}
