package dedupe

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/unecho/unecho/pipeline/record"
)

// persons makes a list of given name, surname, birth date, street, telephone
// and e-mail, the given rows and strangers behind them.
func persons(rows ...[6]string) *Input {
	for i := range 60 {
		rows = append(rows, [6]string{
			strings.Repeat(string(rune('a'+i%26)), 2) + "lo", fmt.Sprintf("%cuken%c", 'a'+i/3, 'a'+i%25), fmt.Sprintf("%d-%02d-%02d", 1940+i, 1+i%12, 1+i%28),
			fmt.Sprintf("%d heath lane", i+1), fmt.Sprintf("0%d", 4400000+i*7919), fmt.Sprintf("w%dk%d@example.org", i*31, i*17),
		})
	}
	in := &Input{Columns: []record.Column{
		{Name: "given", Role: record.Person, Part: record.GivenName}, {Name: "family", Role: record.Person, Part: record.FamilyName}, {Name: "born", Role: record.Date},
		{Name: "street", Role: record.Place}, {Name: "phone", Role: record.Identifier, Part: record.Phone}, {Name: "mail", Role: record.Identifier, Part: record.Email},
	}}
	in.Forms = make([][]record.Form, len(in.Columns))
	for _, row := range rows {
		in.Cells = append(in.Cells, row[:]...)
		for c, cell := range row {
			in.Forms[c] = append(in.Forms[c], record.Form{Text: cell, Core: cell})
		}
	}
	return in
}

// A birth date and an e-mail are one person however the name is written; a
// family that shares all but given names and birthdays is not, twins neither,
// nor father and son of one name, nor somebody without a name in their house.
func TestFamiliesAreNotOnePerson(t *testing.T) {
	in := persons(
		[6]string{"hannah", "quist", "1980-02-29", "1 mill road", "0551234567", "hannah.quist@example.org"},
		[6]string{"", "qisut", "1980-02-29", "", "", "hannah.quist@example.org"},
		[6]string{"oskar", "quist", "1979-07-11", "1 mill road", "0551234567", ""},
		[6]string{"bente", "quist", "1980-02-29", "1 mill road", "0551234567", ""},
		[6]string{"hannah", "quist", "1951-12-03", "1 mill road", "0551234567", ""},
		[6]string{"", "", "", "1 mill road", "0551234567", ""},
	)
	p, err := Prepare(context.Background(), in, nil)
	if err != nil {
		t.Fatal(err)
	}
	c := p.list.newComparer()
	for _, pair := range []struct {
		other string
		row   int
		one   bool
	}{{"badly written", 1, true}, {"a brother", 2, false}, {"a twin", 3, false}, {"of the same name", 4, false}, {"without a name", 5, false}} {
		m, _, _ := p.compare(c, p.list.of[0], p.list.of[pair.row])
		if got := m[mOdds]; pair.one && !(got > 0) || !pair.one && !(got <= apart) {
			t.Errorf("%s: %.1f nats", pair.other, got)
		}
	}
}
