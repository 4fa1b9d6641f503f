package normalize

import (
	"context"
	"strings"
	"testing"

	"github.com/unecho/unecho/pipeline/record"
)

// texts gives the Text of the forms of a column.
func texts(t *testing.T, col record.Column, cells ...string) []string {
	t.Helper()
	forms, err := Forms(context.Background(), col, cells, 1, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	out := make([]string, len(forms))
	for k, f := range forms {
		out[k] = f.Text
	}
	return out
}

func TestURL(t *testing.T) {
	for in, want := range map[string]string{
		"https://www.Example.com/":                                     "example.com",
		"http://example.com:80/a/index.html#top":                       "example.com/a",
		"HTTPS://m.example.com/a//b/?utm_source=x&b=2&a=1&fbclid=9":    "example.com/a/b?a=1&b=2",
		"example.com/a/amp/":                                           "example.com/a",
		"//example.com:8080/x":                                         "example.com:8080/x",
		"https://web.archive.org/web/2014*/http://www.example.com/a?b": "example.com/a?b",
		"https://www.google.com/url?q=https%3A%2F%2Fexample.com%2Fx":   "example.com/x",
		"http://ex.com/caf%C3%A9":                                      "ex.com/café",
		"http://xn--mnchen-3ya.de/":                                    "münchen.de",
		"http://ex.com/a b":                                            "ex.com/a%20b",
		"not an address":                                               "",
		"localhost":                                                    "",
		"http://m.de/":                                                 "m.de",
	} {
		if got := URL(in); got != want {
			t.Errorf("URL(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestIdentifiers(t *testing.T) {
	for _, c := range []struct {
		part     record.Part
		in, want string
	}{
		{record.DOI, "https://doi.org/10.1000/ABC.1", "10.1000/abc.1"},
		{record.DOI, "doi:10.1016/s0140-6736(05)1 [pii]", "10.1016/s0140-6736(05)1"},
		{record.DOI, "none", "none"},
		{record.ISBN, "0-306-40615-2", "9780306406157"},
		{record.ISBN, "ISBN 978-0-306-40615-7 (print)", "9780306406157"},
		{record.ISBN, "0028-3886 (Print) 1234-5678", "00283886 12345678"},
		{record.ISBN, "2049-363x", "2049363X"},
		{record.Email, "Ann Lee <Ann@Example.COM>", "ann@example.com"},
		{record.Email, "mailto:x@y.z", "x@y.z"},
		{record.Phone, "+49 (0)30 12 34", "+49301234"},
		{record.Phone, "0049 30 1234", "+49301234"},
		{record.Phone, "310/456-5733", "3104565733"},
		{"", "00 123", "00-123"},
		{"", "AB-123", "ab123"},
		{"", "ab 123", "ab123"},
		{"", "1063069", "1063069"},
	} {
		if got := texts(t, record.Column{Role: record.Identifier, Part: c.part}, c.in)[0]; got != c.want {
			t.Errorf("%s %q gives %q, want %q", c.part, c.in, got, c.want)
		}
	}
}

func TestDates(t *testing.T) {
	col := record.Column{Role: record.Date}
	for in, want := range map[string]string{
		"2017-03-05":                "2017-03-05",
		"2017-03-05T10:11:12Z":      "2017-03-05",
		"2017/3/5 10:00":            "2017-03-05",
		"2017-03":                   "2017-03",
		"03/2017":                   "2017-03",
		"2017":                      "2017",
		"(1991).":                   "1991",
		"05.03.2017":                "2017-03-05",
		"3/5/2017":                  "2017-03-05",
		"5/31/17":                   "2017-05-31",
		"31/5/2017":                 "2017-05-31",
		"March 5, 2017":             "2017-03-05",
		"5. März 2017":              "2017-03-05",
		"Sunday, 5th of March 2017": "2017-03-05",
		"Mar 2017":                  "2017-03",
		"19361207":                  "1936-12-07",
		"3 years ago":               "3 years ago",
		"soon":                      "soon",
		"99999999":                  "99999999",
		"":                          "",
	} {
		if got := texts(t, col, in)[0]; got != want {
			t.Errorf("date %q gives %q, want %q", in, got, want)
		}
	}
	if got := texts(t, col, "3/5/2017", "13/5/2017"); got[0] != "2017-05-03" {
		t.Errorf("beside a day above 12, 3/5/2017 gives %q", got[0])
	}
	if got := texts(t, col, "3.5.2017", "3.25.2017"); got[0] != "2017-03-05" {
		t.Errorf("beside a month first, 3.5.2017 gives %q", got[0])
	}
	if got := texts(t, record.Column{Role: record.Date, Part: record.Month}, "March", "03", "Dez"); strings.Join(got, " ") != "3 3 12" {
		t.Errorf("months give %q", got)
	}
}

func TestNumbers(t *testing.T) {
	for _, c := range []struct {
		part     record.Part
		in, want string
	}{
		{record.Price, "$1,299.00", "1299"},
		{record.Price, "1 299,50 €", "1299.5"},
		{"", "-0.50", "-0.5"},
		{"", "1.5e+03", "1500"},
		{"", "120 min", "120"},
		{"", "0.0", "0"},
		{"", "1.2.3", "1.2.3"},
		{"", "3 of 4", "3 of 4"},
		{record.Coordinate, "51.9166667", "51.9166667"},
		{record.Pages, "97-104; discussion 104-6", "97-104"},
		{record.Pages, "pp. 596–600", "596-600"},
		{record.Pages, "pages 325-332,", "325-332"},
		{record.Pages, "1131-40", "1131-1140"},
		{record.Pages, "R9", "r9"},
		{record.Pages, "S12-S19", "s12-s19"},
		{record.Pages, "1-12", "1-12"},
		{record.Pages, "377", "377"},
		{record.Pages, "P63", "p63"},
		{record.Pages, "p. 63", "63"},
		{record.Pages, "377-377", "377"},
		{record.Pages, "01-Sep", "1-9"},
		{record.Pages, "Sep-01", "1-9"},
		{record.Volume, "6,", "6"},
		{record.Volume, "Vol. VI", "6"},
		{record.Issue, "Suppl 2", "suppl 2"},
		{record.Issue, "03", "3"},
	} {
		if got := texts(t, record.Column{Role: record.Number, Part: c.part}, c.in)[0]; got != c.want {
			t.Errorf("%s %q gives %q, want %q", c.part, c.in, got, c.want)
		}
	}
	if got := texts(t, record.Column{Role: record.Number}, "1.299", "1.299,00"); got[0] != "1299" {
		t.Errorf("beside 1.299,00, 1.299 gives %q", got[0])
	}
	if got := texts(t, record.Column{Role: record.Number}, "1.299", "1299.50"); got[0] != "1.299" {
		t.Errorf("beside 1299.50, 1.299 gives %q", got[0])
	}
}

func TestPersons(t *testing.T) {
	for in, want := range map[string]string{
		"Rusch, V. W.":            "rusch v w",
		"J.R.R. Tolkien":          "tolkien j r r",
		"Jeremy Podeswa":          "podeswa jeremy",
		"Smith JR":                "smith j r",
		"Ludwig van Beethoven":    "van_beethoven ludwig",
		"van der Berg, J.-P.":     "van_der_berg j p",
		"García Márquez, Gabriel": "garcia_marquez gabriel",
		"Rusch, V. W. and Albain, K. S. and McKenna, R., Jr. and Griffin, B. R.": "rusch v w; albain k s; mckenna r; griffin b r",
		"Hans Fritschi, Arne Koschel, Günter von Bültzingsloewen":                "fritschi hans; koschel arne; von_bultzingsloewen gunter",
		"Aha, D.W., Kibler, D., & Albert, M.K.":                                  "aha d w; kibler d; albert m k",
		"Terasaki M.Nagashima M.Nohtomi K.":                                      "terasaki m; nagashima m; nohtomi k",
		"michael j. kearns and umesh virkumar vazirani.":                         "kearns michael j; vazirani umesh virkumar",
		"Rusch V, Albain KS, et al.":                                             "rusch v; albain k s",
		"Ann Lee; Bob Ray":                                                       "lee ann; ray bob",
		"Jia Y.Gong N.Li T. F.":                                                  "jia y; gong n; li t f",
		"R. De Wolf (1996).":                                                     "de_wolf r",
		"freud, y., kearns, m., mansour, rubinfeld, r.":                          "freud y; kearns m; mansour; rubinfeld r",
		"Smith J et al":                                                          "smith j",
		"Mary J.Blige":                                                           "blige mary j",
		"Plato":                                                                  "plato",
		"O’Neil, Tip":                                                            "oneil tip",
		"":                                                                       "",
		"???":                                                                    "???",
	} {
		if got := texts(t, record.Column{Role: record.Person}, in)[0]; got != want {
			t.Errorf("person %q gives %q, want %q", in, got, want)
		}
	}
	if got := texts(t, record.Column{Role: record.Person, Part: record.GivenName}, "J.-P.", "Mary Ann")[0]; got != "j p" {
		t.Errorf("given name gives %q", got)
	}
}
