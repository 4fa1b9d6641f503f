package record

// Main gives the columns, from 0 and in their order, that together name the
// thing a record is about: those of role Title that are looked at; where there
// is none, those of a person's given, middle and family name; then any other
// person, then a firm. It is empty only where no column is any of these.
func Main(cols []Column) []int {
	isName := func(c Column) bool {
		return c.Role == Person && (c.Part == GivenName || c.Part == MiddleName || c.Part == FamilyName)
	}
	for _, is := range []func(Column) bool{
		func(c Column) bool { return c.Role == Title },
		isName,
		func(c Column) bool { return c.Role == Person && c.Part == "" },
		func(c Column) bool { return c.Role == Person },
		func(c Column) bool { return c.Role == Organisation && c.Part == "" },
		func(c Column) bool { return c.Role == Organisation },
	} {
		if found := matching(cols, is); len(found) > 0 {
			return found
		}
	}
	return nil
}

// matching gives the places of the columns that are looked at and satisfy is.
func matching(cols []Column, is func(Column) bool) []int {
	var found []int
	for i, c := range cols {
		if !c.Ignored && is(c) {
			found = append(found, i)
		}
	}
	return found
}
