package normalize

import (
	"strings"

	"github.com/unecho/unecho/pipeline/record"
)

// formOf gives what makes the form of a cell of col, where that is not the
// folded text: addresses, identifiers, dates, numbers, persons. It is nil for
// the rest. What a column settles for all its cells (does the day come before
// the month?) is read off them here.
func formOf(col record.Column, rows int, cell func(int) string) func(string) record.Form {
	switch col.Role {
	case record.URL:
		return textForm(URL)
	case record.Identifier:
		return identifierForm(col.Part)
	case record.Person:
		return textForm(personText(col.Part))
	case record.Date:
		return dateForm(col.Part, rows, cell)
	case record.Number:
		return numberForm(col.Part, rows, cell)
	case record.Place:
		if col.Part == record.Postcode {
			return textForm(compact)
		}
	}
	return nil
}

// textForm makes a form of what canon gives; where that is nothing, of the folded words.
func textForm(canon func(string) string) func(string) record.Form {
	return func(s string) record.Form {
		t := canon(s)
		if t == "" {
			t = Fold(s)
		}
		return record.Form{Text: t, Core: t}
	}
}

func identifierForm(p record.Part) func(string) record.Form {
	switch p {
	case record.DOI:
		return textForm(DOI)
	case record.ISBN:
		return textForm(ISBN)
	case record.Email:
		return textForm(email)
	case record.Phone:
		return textForm(phone)
	}
	return textForm(compact)
}

// compact writes an identifier without what separates its pieces, but for a
// hyphen between two digits: "AB-123 4" → "ab123-4", "AB 123" → "ab123".
// Leading zeros count.
func compact(s string) string {
	t := appendLetters(nil, s)
	out := make([]byte, 0, len(t))
	gap := false
	for i := 0; i < len(t); i++ {
		b := t[i]
		if !isWordEnd(b) {
			gap = true
			continue
		}
		if gap && len(out) > 0 && isDigitAt(out, len(out)-1) && isDigitAt(t, i) {
			out = append(out, '-')
		}
		gap = false
		out = append(out, b)
	}
	return string(out)
}

// email writes an e-mail address in lower case, "mailto:" and a name around it gone.
func email(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	if i := strings.LastIndexByte(s, '<'); i >= 0 && strings.HasSuffix(s, ">") {
		s = s[i+1 : len(s)-1]
	}
	s = strings.TrimPrefix(s, "mailto:")
	if strings.Count(s, "@") != 1 || strings.ContainsAny(s, " \t\n") {
		return ""
	}
	return s
}

// phone writes a telephone number as its digits, after "+" where it is
// international ("+49 (0)30 123", "0049 30 123" → "+4930123").
func phone(s string) string {
	var b strings.Builder
	s = strings.Replace(s, "(0)", "", 1)
	for _, r := range s {
		if v, ok := digitValue(r); ok {
			b.WriteRune('0' + v)
		} else if r == '+' && b.Len() == 0 {
			b.WriteByte('+')
		} else if r == 'x' || r == 'X' {
			b.WriteByte('x')
		}
	}
	t := b.String()
	if rest, ok := strings.CutPrefix(t, "00"); ok {
		t = "+" + rest
	}
	if strings.Trim(t, "+x") == "" {
		return ""
	}
	return t
}
