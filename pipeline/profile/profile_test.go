package profile_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/unecho/unecho/pipeline/profile"
	"github.com/unecho/unecho/pipeline/record"
)

// rows writes n rows whose cells are made by the formats: %d stands for the
// row's number, %w for a word of its own, %y for a year.
func rows(n int, formats ...string) [][]string {
	var out [][]string
	for i := range n {
		var row []string
		for _, f := range formats {
			word := string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + "lo" + string(rune('a'+i*7%26))
			row = append(row, strings.NewReplacer("%d", fmt.Sprint(i+1), "%w", word, "%y", fmt.Sprint(1950+i%60),
				"%c", string(rune('A'+i%2))).Replace(f))
		}
		out = append(out, row)
	}
	return out
}

func briefs(t testing.TB, tab *record.Table, o profile.Overrides) []string {
	t.Helper()
	cols, _, err := profile.Columns(tab, nil, o)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, c := range cols {
		out = append(out, brief(c))
	}
	return out
}

func TestColumns(t *testing.T) {
	for _, c := range []struct {
		name  string
		names string
		rows  [][]string
		want  string
	}{
		{"a listing", "title|excerpt|source|age", rows(12, "Post of %w on %w", "Words on %w and %w that were written", "@labs.%w.com", "%d years ago"),
			"title|body|organisation/venue|date/age"},
		{"one column", "column 1", rows(12, "%w"), "title"},
		{"numbers alone", "column 1", rows(12, "%d"), "title"},
		{"headerless table", "column 1|column 2|column 3|column 4", rows(30, "%d", "The %w of %w", "%y", "%c"),
			"identifier/row number -|title|date/year|category"},
		{"headerless, uuid and address", "column 1|column 2|column 3", rows(30, "0000%y-0000-0000-0000-00000000%y", "Tale of %w", "https://example.org/%w/%d"),
			"identifier/row number -|title|url"},
		{"German people", "Kundennummer|Vorname|Name|Straße|Hausnr.|PLZ|Ort|Geburtsdatum|Telefon", rows(30, "K-%d", "%w", "%wmann", "%wweg", "%d", "8%y", "%wburg", "1.2.%y", "+49 89 12%y%d"),
			"identifier/row number -|person/given name 1|person/family name 1|place/street 2|place/house 2|place/postcode 2|place/city 2|date|identifier/phone"},
		{"French people", "prénom|nom|adresse|code postal|ville|courriel", rows(30, "%w", "%wet", "rue %w", "75%d", "%wville", "%w@example.fr"),
			"person/given name 1|person/family name 1|place/street 2|place/postcode 2|place/city 2|identifier/email"},
		{"Spanish people", "nombre|apellidos|fecha de nacimiento|correo electrónico", rows(30, "%w", "%wez", "%y-02-03", "%w@example.es"),
			"person/given name 1|person/family name 1|date|identifier/email"},
		{"Mr and Mrs", "title|first name|last name", rows(30, "Mr%c", "%w", "%wson"), "category|person/given name 1|person/family name 1"},
		{"references in German", "Titel|Autoren|Zeitschrift|Band|Heft|Seiten|Erscheinungsjahr", rows(30, "Über %w und %w", "%w, A. und %w, B.", "Archiv für %w", "%y", "%c4", "%d-9%d", "%y"),
			"title|person/authors|organisation/venue|number/volume|number/issue|number/pages|date/year"},
		{"products", "sku|productName|brand|price_eur|beschreibung", rows(30, "X%dY", "%w phone %w", "Brand %c", "%d.50", "A %w with %w"),
			"identifier/row number -|title|organisation|number/price|body"},
		{"firms", "Firma|Straße|Ort", rows(30, "%w und Söhne", "%wweg", "%wburg"), "title|place/street 1|place/city 1"},
		{"title before name", "name|title|year", rows(30, "%w %w", "The %w", "%y"), "other|title|date/year"},
		{"blank and constant", "title|note|language", rows(30, "The %w of %d", "", "en"), "title|other -|category -"},
		{"a key in an identifier's place", "title|ean", rows(30, "The %w", "4%y%y%d"), "title|identifier"},
		{"a full name", "person|dob", rows(30, "%w %wson", "%y-01-02"), "person|date"},
		{"a description alone", "description|price", rows(30, "A %w with %w", "%d.99"), "title|number/price"},
		{"two dates of one person", "name|birth year|birth month|death year", rows(30, "%w %w", "%y", "%d", "%y"), "title|date/year 1|date/month 1|date/year"},
		{"no rows", "title|price", nil, "title|number/price"},
		{"nothing", "", nil, "other"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := briefs(t, table(strings.Split(c.names, "|"), c.rows...), profile.Overrides{})
			if diff := cmp.Diff(strings.Split(c.want, "|"), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestOverrides(t *testing.T) {
	tab := table([]string{"id", "Headline", "Shop", "blurb"}, rows(30, "%d", "The %w of %w", "%c", "About %w, a %w thing")...)
	for _, c := range []struct {
		name string
		o    profile.Overrides
		want string
	}{
		{"none", profile.Overrides{}, "identifier/row number -|title|organisation|other"},
		{"another title", profile.Overrides{Roles: []profile.RoleOf{{"title", "blurb"}}}, "identifier/row number -|other|organisation|title"},
		{"two titles", profile.Overrides{Roles: []profile.RoleOf{{"title", "blurb"}, {"title", "headline"}}}, "identifier/row number -|title 1|organisation|title 1"},
		{"a key that counts", profile.Overrides{Roles: []profile.RoleOf{{"identifier", "id"}}}, "identifier|title|organisation|other"},
		{"a part", profile.Overrides{Roles: []profile.RoleOf{{"Family-Name", "Shop"}}}, "identifier/row number -|title|person/family name|other"},
		{"ignored", profile.Overrides{Ignore: []string{"Headline"}}, "identifier/row number -|title -|organisation|title"},
		{"across", profile.Overrides{Across: "Shop"}, "identifier/row number -|title|organisation -|other"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(strings.Split(c.want, "|"), briefs(t, tab, c.o)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestOverrideErrors(t *testing.T) {
	tab := table([]string{"title", "blurb"}, rows(3, "%w", "%w %w")...)
	for _, c := range []struct {
		o         profile.Overrides
		msg, hint string
	}{
		{profile.Overrides{Roles: []profile.RoleOf{{"titel", "blurb"}}}, `no role is called "titel"`, `did you mean "title"?`},
		{profile.Overrides{Roles: []profile.RoleOf{{"body", "blurp"}}}, `--columns body=blurp: no column is called "blurp"`, `did you mean "blurb"?`},
		{profile.Overrides{Ignore: []string{"xyz"}}, `--ignore: no column is called "xyz"`, `the columns are title, blurb`},
		{profile.Overrides{Across: "Titles"}, `--across: no column is called "Titles"`, `did you mean "title"?`},
		{profile.Overrides{Roles: []profile.RoleOf{{"body", "blurb"}, {"title", "blurb"}}}, `column "blurb" is given two roles, body and title`, `a column has one role; leave out one of the two`},
		{profile.Overrides{Roles: []profile.RoleOf{{"body", "blurb"}}, Ignore: []string{"blurb"}}, `column "blurb" is both ignored and given the role body`, `leave out --ignore or --columns for it`},
	} {
		_, _, err := profile.Columns(tab, nil, c.o)
		e, ok := err.(*profile.Error)
		if !ok || e.Msg != c.msg || e.Hint != c.hint {
			t.Errorf("%+v: got %v, want %q, hint %q", c.o, err, c.msg, c.hint)
			if ok {
				t.Log(e.Hint)
			}
		}
	}
}

func TestParseRoleOf(t *testing.T) {
	for in, want := range map[string]profile.RoleOf{
		"title=Headline": {"title", "Headline"},
		"person=a=b":     {"person", "a=b"},
		"doi=ref":        {"doi", "ref"},
	} {
		if got, err := profile.ParseRoleOf(in); err != nil || got != want {
			t.Errorf("%s: %v, %v", in, got, err)
		}
	}
	for _, in := range []string{"", "title", "=x", "title=", "nonesuch=x"} {
		if _, err := profile.ParseRoleOf(in); err == nil {
			t.Errorf("%q was taken", in)
		}
	}
}

// Roles do not depend on the order of the records, nor on copies of them.
func TestOrderAndCopies(t *testing.T) {
	list := rows(300, "k%d", "The %w of %d", "%y", "%c", "%d.%y", "%w")
	names := []string{"a", "b", "c", "d", "e", "f"}
	want := briefs(t, table(names, list...), profile.Overrides{})
	rng := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		more := append([][]string(nil), list...)
		for range rng.IntN(200) {
			more = append(more, list[rng.IntN(len(list))])
		}
		rng.Shuffle(len(more), func(i, j int) { more[i], more[j] = more[j], more[i] })
		if diff := cmp.Diff(want, briefs(t, table(names, more...), profile.Overrides{})); diff != "" {
			t.Fatal(diff)
		}
	}
}

// Any list is taken, and what is said of it keeps its promises.
func FuzzColumns(f *testing.F) {
	f.Add("title\nname\nid", "a\nb\n1\nc\nd\n2", uint8(3))
	f.Add("", "", uint8(1))
	f.Add("year\n\xff", "1\n\x00\n\xff\n-", uint8(2))
	f.Fuzz(func(t *testing.T, names, cells string, width uint8) {
		n := max(1, int(width%9))
		heads, all := strings.Split(names, "\n"), strings.Split(cells, "\n")
		for len(heads) < n {
			heads = append(heads, fmt.Sprintf("column %d", len(heads)+1))
		}
		tab := &record.Table{Cells: all[:len(all)/n*n], At: make([]record.Position, len(all)/n)}
		for _, h := range heads[:n] {
			tab.Columns = append(tab.Columns, record.Column{Name: h})
		}
		cols, notes, err := profile.Columns(tab, nil, profile.Overrides{})
		if err != nil {
			t.Fatal(err)
		}
		again, notes2, _ := profile.Columns(tab, nil, profile.Overrides{})
		if cmp.Diff(cols, again)+cmp.Diff(notes, notes2) != "" {
			t.Fatal("two runs differ")
		}
		holds(t, cols)
	})
}

// holds checks the promises of Columns.
func holds(t *testing.T, cols []record.Column) {
	t.Helper()
	titles, group := 0, map[int]bool{}
	for _, c := range cols {
		if c.Role == "" || c.Why == "" || !(c.Confidence >= 0 && c.Confidence <= 1) {
			t.Fatalf("role, reason or confidence is amiss: %+v", c)
		}
		if c.Role == record.Title && !c.Ignored {
			titles++
			group[c.Group] = true
		}
	}
	if len(group) > 1 || titles > 1 && group[0] {
		t.Fatalf("several main texts: %+v", cols)
	}
}
