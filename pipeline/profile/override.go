package profile

import (
	"fmt"
	"strings"

	"github.com/unecho/unecho/pipeline/record"
)

// Overrides are what a person says about the columns; it goes before whatever
// names and data suggest.
type Overrides struct {
	Roles  []RoleOf
	Ignore []string // names of columns that the matcher must not look at
	Across string   // the column whose equal values never repeat each other; "" for none
}

// RoleOf says what a column holds: `--columns ROLE=NAME`. Role is the name of
// a role or of a part ("person", "family name"); hyphens and case are free.
// Two columns that are both called title are compared as one.
type RoleOf struct{ Role, Name string }

// Error is a fault in what a person said about the columns.
type Error struct {
	Msg  string // what is wrong and where
	Hint string // what to do
}

func (e *Error) Error() string { return e.Msg }

// ParseRoleOf reads "ROLE=NAME". The name may hold further equals signs. The
// error is an *Error.
func ParseRoleOf(s string) (RoleOf, error) {
	role, name, ok := strings.Cut(s, "=")
	if !ok || strings.TrimSpace(role) == "" || name == "" {
		return RoleOf{}, &Error{
			Msg:  fmt.Sprintf("--columns %q is not ROLE=NAME", s),
			Hint: "write, for example, --columns title=Headline",
		}
	}
	if _, _, err := ParseRole(role); err != nil {
		return RoleOf{}, err
	}
	return RoleOf{Role: role, Name: name}, nil
}

// partsOf lists the parts that may be named in place of a role.
var partsOf = [...]struct {
	part record.Part
	role record.Role
}{
	{record.GivenName, record.Person}, {record.MiddleName, record.Person}, {record.FamilyName, record.Person}, {record.Authors, record.Person},
	{record.Year, record.Date}, {record.Month, record.Date}, {record.Day, record.Date}, {record.Age, record.Date},
	{record.House, record.Place}, {record.Street, record.Place}, {record.City, record.Place}, {record.Postcode, record.Place}, {record.Region, record.Place},
	{record.DOI, record.Identifier}, {record.ISBN, record.Identifier}, {record.Email, record.Identifier}, {record.Phone, record.Identifier},
	{record.Pages, record.Number}, {record.Volume, record.Number}, {record.Issue, record.Number}, {record.Price, record.Number}, {record.Coordinate, record.Number},
	{record.Venue, record.Organisation},
}

// ParseRole reads the name of a role or a part. The error is an *Error and
// suggests the nearest name.
func ParseRole(word string) (record.Role, record.Part, error) {
	plain := strings.Join(strings.FieldsFunc(strings.ToLower(word), func(r rune) bool { return r == ' ' || r == '-' || r == '_' }), " ")
	var known []string
	for _, r := range record.Roles {
		if plain == string(r) {
			return r, "", nil
		}
		known = append(known, string(r))
	}
	for _, p := range partsOf {
		if plain == string(p.part) {
			return p.role, p.part, nil
		}
		known = append(known, string(p.part))
	}
	if plain == "organization" {
		return record.Organisation, "", nil
	}
	return "", "", &Error{
		Msg:  fmt.Sprintf("no role is called %q", word),
		Hint: suggest(plain, known, "the roles are "),
	}
}

// suggest names the nearest of the known words, or lists them.
func suggest(word string, known []string, list string) string {
	if near := record.Nearest(known, word); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	if len(known) > 24 {
		return list + strings.Join(known[:24], ", ") + ", …"
	}
	return list + strings.Join(known, ", ")
}

// apply writes the overrides into cols.
func (o Overrides) apply(cols []record.Column) error {
	told := make([]string, len(cols))
	for _, ro := range o.Roles {
		role, part, err := ParseRole(ro.Role)
		if err != nil {
			return err
		}
		at, err := find(cols, "--columns "+ro.Role+"="+ro.Name, ro.Name)
		if err != nil {
			return err
		}
		for _, c := range at {
			if told[c] != "" {
				return &Error{
					Msg:  fmt.Sprintf("column %q is given two roles, %s and %s", cols[c].Name, told[c], ro.Role),
					Hint: "a column has one role; leave out one of the two",
				}
			}
			told[c] = ro.Role
			cols[c] = record.Column{Name: cols[c].Name, Role: role, Part: part, Confidence: 1, Why: "as you said"}
		}
	}
	for _, name := range o.Ignore {
		at, err := find(cols, "--ignore", name)
		if err != nil {
			return err
		}
		for _, c := range at {
			if told[c] != "" {
				return &Error{
					Msg:  fmt.Sprintf("column %q is both ignored and given the role %s", name, told[c]),
					Hint: "leave out --ignore or --columns for it",
				}
			}
			cols[c].Ignored, cols[c].Why = true, "left out, as you said"
		}
	}
	if o.Across == "" {
		return nil
	}
	at, err := find(cols, "--across", o.Across)
	for _, c := range at {
		cols[c].Ignored, cols[c].Why = true, "tells the lists apart, as you said"
	}
	return err
}

// find gives the columns of a name: as it is written, or else in any case.
func find(cols []record.Column, flag, name string) ([]int, error) {
	var exact, folded []int
	var known []string
	for i, c := range cols {
		if c.Name == name {
			exact = append(exact, i)
		}
		if strings.EqualFold(strings.TrimSpace(c.Name), strings.TrimSpace(name)) {
			folded = append(folded, i)
		}
		known = append(known, c.Name)
	}
	if exact != nil {
		return exact, nil
	}
	if folded != nil {
		return folded, nil
	}
	return nil, &Error{
		Msg:  fmt.Sprintf("%s: no column is called %q", flag, name),
		Hint: suggest(name, known, "the columns are "),
	}
}
