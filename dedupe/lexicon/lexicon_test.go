package lexicon

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

func TestSame(t *testing.T) {
	for _, c := range []struct {
		kind Kind
		a, b string
		want bool
	}{
		{Nickname, "bob", "robert", true}, {Nickname, "bill", "william", true}, {Nickname, "peggy", "margaret", true}, {Nickname, "bob", "rob", true},
		{Nickname, "hans", "johannes", true}, {Nickname, "sepp", "josef", true}, {Nickname, "pepe", "jose", true}, {Nickname, "paco", "francisco", true},
		{Nickname, "alex", "alexander", true}, {Nickname, "alex", "alexandra", true}, {Nickname, "robert", "william", false}, {Nickname, "", "bob", false},
		{Legal, "limited", "ltd", true}, {Legal, "gmbh", "gesellschaft mit beschrankter haftung", true}, {Legal, "gmbh", "ag", false},
		{Street, "ave", "avenue", true}, {Street, "str", "street", true}, {Street, "str", "strasse", true}, {Street, "street", "strasse", false},
		{Journal, "proc", "proceedings", true}, {Journal, "j", "journal", true}, {Journal, "med", "medicine", true},
		{Month, "marz", "march", true}, {Month, "08", "aout", true}, {Month, "may", "june", false},
		{Colour, "gray", "grau", true}, {Unit, "inch", "zoll", true}, {Honorific, "herr", "mr", true},
		{Forename, "johann", "juan", true}, {Forename, "franz", "francis", true}, {Forename, "karl", "franz", false},
		{Land, "danish", "denmark", true}, {Land, "burma", "myanmar", true}, {Land, "danish", "dutch", false},
		{Word, "st", "saint", true}, {Word, "centre", "center", true}, {Qualifier, "ladies", "women", true}, {Qualifier, "women", "men", false},
		{kinds, "x", "y", false}, {kinds, "x", "x", true},
	} {
		if got := Same(c.kind, c.a, c.b); got != c.want || got != Same(c.kind, c.b, c.a) {
			t.Errorf("%v: %q and %q: %v", names[min(c.kind, kinds-1)], c.a, c.b, got)
		}
	}
}

func TestCanonical(t *testing.T) {
	for kind, want := range map[Kind][2]string{
		Legal: {"limited", "ltd"}, Street: {"blvd", "boulevard"}, Month: {"octobre", "10"}, Unit: {"gigabytes", "gb"}, Nickname: {"zebediah", "zebediah"},
	} {
		if got := Canonical(kind, want[0]); got != want[1] {
			t.Errorf("%q gives %q", want[0], got)
		}
		if got := Canonical(kind, Canonical(kind, want[0])); got != want[1] {
			t.Errorf("%q twice gives %q", want[0], got)
		}
	}
}

// Every line of every file is folded, says where it comes from, and stands once.
func TestTables(t *testing.T) {
	for k := range kinds {
		text, err := files.ReadFile(names[k])
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), "MIT") {
			t.Errorf("%s names no source", names[k])
		}
		seen := map[string]bool{}
		for line := range strings.Lines(string(text)) {
			if strings.HasPrefix(line, "#") {
				continue
			}
			word, _, ok := strings.Cut(line, ":")
			if !ok || seen[word] {
				t.Errorf("%s: %q is no entry or stands twice", names[k], line)
			}
			seen[word] = true
			if folded := strings.ToLower(norm.NFD.String(line)); folded != line || strings.ContainsFunc(line, func(r rune) bool { return unicode.Is(unicode.Mn, r) || r == 'ß' }) {
				t.Errorf("%s: %q is not folded", names[k], line)
			}
		}
		for form, words := range of(k) {
			sorted := slices.Clone(words)
			slices.Sort(sorted)
			if len(slices.Compact(sorted)) != len(words) {
				t.Errorf("%s: %q stands twice under one word: %v", names[k], form, words)
			}
			if Canonical(k, Canonical(k, form)) != Canonical(k, form) {
				t.Errorf("%s: %q gives %q, which is not its own", names[k], form, Canonical(k, form))
			}
		}
	}
}

// The forms of a table are those that stand for something.
func TestForms(t *testing.T) {
	for k := range kinds {
		forms := Forms(k)
		if len(forms) != len(of(k)) || !slices.IsSorted(forms) {
			t.Errorf("%s: %d forms of %d, or out of order", names[k], len(forms), len(of(k)))
		}
		for _, form := range forms {
			if len(Stands(k, form)) == 0 {
				t.Errorf("%s: %q stands for nothing", names[k], form)
			}
		}
	}
	if len(Forms(kinds)) > 0 {
		t.Error("a table that there is not has forms")
	}
}
