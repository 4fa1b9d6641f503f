package profile_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// The roles of the project's own tables, as a person would give them.
func TestSamples(t *testing.T) {
	for name, want := range map[string]string{
		"films.csv":       "title|date/year|person/authors|number|place/region",
		"inventory.tsv":   "title|identifier|other",
		"kunden.csv":      "identifier/row number -|category|person/given name 1|person/family name 1|organisation|place/street 2|place/postcode 2|place/city 2|number/price",
		"people.csv":      "person/given name 1|person/family name 1|date|place/street 2|place/postcode 2|place/city 2|identifier/email",
		"products.csv":    "title|organisation|number/price|body",
		"references.csv":  "title|person/authors|date/year|organisation/venue|number/volume|number/issue|number/pages|identifier/doi",
		"restaurants.csv": "title|place/street 1|place/city 1|identifier/phone|category",
		"series.csv":      "title|date",
	} {
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join("..", "..", "testdata", name))
			if err != nil {
				t.Fatal(err)
			}
			comma := ','
			switch name {
			case "inventory.tsv":
				comma = '\t'
				if text, err = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(text); err != nil {
					t.Fatal(err)
				}
			case "kunden.csv":
				comma = ';'
				if text, err = charmap.Windows1252.NewDecoder().Bytes(text); err != nil {
					t.Fatal(err)
				}
			}
			r := csv.NewReader(strings.NewReader(string(text)))
			r.FieldsPerRecord, r.LazyQuotes, r.Comma = -1, true, comma
			rows, err := r.ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			whole := rows[:0]
			for _, row := range rows {
				if len(row) == len(rows[0]) {
					whole = append(whole, row)
				}
			}
			profiles(t, table(whole[0], whole[1:]...), want)
		})
	}
}
