package profile

import (
	"slices"
	"strings"
	"testing"

	"github.com/unecho/unecho/pipeline/record"
)

// Each line of the table is well formed: a role and a part that exist, words,
// headings that are not empty.
func TestTable(t *testing.T) {
	for line := range strings.Lines(namesText) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "|")
		if len(f) != 4 {
			t.Errorf("%d fields: %.60s", len(f), line)
			continue
		}
		role, part := record.Role(strings.TrimSpace(f[0])), strings.TrimSpace(f[1])
		if !slices.Contains(record.Roles[:], role) || strings.TrimSpace(f[2]) == "" {
			t.Errorf("role or words are amiss: %.60s", line)
		}
		if part != "" && part != string(record.RowNumber) {
			if of, _, err := ParseRole(part); err != nil || of != role {
				t.Errorf("part %q is not one of %s", part, role)
			}
		}
		for _, name := range strings.Split(f[3], ",") {
			if len(headingWords(name)) == 0 {
				t.Errorf("empty heading in %.60s", line)
			}
		}
	}
}

func TestReadHeading(t *testing.T) {
	for heading, want := range map[string]string{
		"birthDate": "date", "BIRTH_DATE": "date", "DOB": "date", "Geburtsdatum": "date", "geb.-datum": "date", "Eintrittsdatum": "date", "fecha_nacimiento": "date",
		"pub_year": "date/year", "Erscheinungsjahr": "date/year", "année": "date/year", "ReleaseYear": "date/year",
		"fname": "person/given name", "Prénom": "person/given name", "Vorname(n)": "person/given name", "last_name": "person/family name", "Apellidos": "person/family name",
		"addr_1": "place/street", "Address2": "place/street", "Straße": "place/street", "STRASSE": "place/street", "ZIP": "place/postcode", "code_postal": "place/postcode", "PLZ": "place/postcode",
		"billing city": "place/city", "Wohnort": "place/city", "ISSN": "identifier/isbn", "soc_sec_id": "identifier", "customerId": "identifier/row number", "Kundennummer": "identifier/row number",
		"Tel.": "identifier/phone", "correo": "identifier/email", "E-Mail": "identifier/email", "Título": "title", "titre de l'article": "title", "Überschrift": "title",
		"Zeitschrift": "organisation/venue", "booktitle": "organisation/venue", "prix": "number/price", "price (EUR)": "number/price", "Beschreibung": "body", "homepage_url": "url",
		"column 1": "", "": "", "???": "", "\xff": "", "foo": "",
	} {
		n, ok := readHeading(heading)
		got := ""
		if ok {
			got = string(n.role)
			if n.part != "" {
				got += "/" + string(n.part)
			}
		}
		if got != want {
			t.Errorf("%q: %q, want %q", heading, got, want)
		}
	}
}
