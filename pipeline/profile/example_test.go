package profile_test

import (
	"fmt"

	"github.com/unecho/unecho/pipeline/profile"
	"github.com/unecho/unecho/pipeline/record"
)

func ExampleColumns() {
	list := &record.Table{
		Columns: []record.Column{{Name: "Nr"}, {Name: "Vorname"}, {Name: "Nachname"}, {Name: "Geburtsdatum"}},
		Cells: []string{
			"1", "Ursula", "Fischer", "1.9.1950",
			"2", "Anna", "Fuchs", "27.8.1991",
			"3", "Ursel", "Fischer", "1.9.1950",
		},
	}
	cols, notes, err := profile.Columns(list, nil, profile.Overrides{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range cols {
		fmt.Printf("%s: %s %s (%s)\n", c.Name, c.Role, c.Part, c.Why)
	}
	fmt.Println(notes[0])
	// Output:
	// Nr: identifier row number (named like a key of the list; 100 % of values are one word; left out)
	// Vorname: person given name (named like a given name; 100 % of values are one word)
	// Nachname: person family name (named like a surname; 100 % of values are one word)
	// Geburtsdatum: date  (named like a date; 100 % are dates)
	// column "Nr" is different in every record, a mere key or row number, and is not compared
}
