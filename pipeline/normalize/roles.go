package normalize

import (
	"context"
	"strings"

	"github.com/unecho/unecho/pipeline/record"
)

// A writer leaves what is compared of a cell in s.text, its marks in s.marks
// and, where it folds a text, the segments in s.cuts.
type writer func(s *scanner, cell string)

// writerOf gives what writes the forms of col: addresses, identifiers, dates,
// numbers and persons each in their way, the rest as folded text. What a
// column settles for all its cells (does the day come before the month?) is
// read off them here, until ctx is done.
func writerOf(ctx context.Context, col record.Column, rows int, cell func(int) string) writer {
	switch col.Role {
	case record.URL:
		return canonical(URL)
	case record.Identifier:
		return identifierWriter(col.Part)
	case record.Person:
		return personWriter(col.Part)
	case record.Date:
		return dateWriter(ctx, col.Part, rows, cell)
	case record.Number:
		return numberWriter(ctx, col.Part, rows, cell)
	case record.Place:
		if col.Part == record.Postcode {
			return foldedIfNothing((*scanner).compact)
		}
	}
	return folded
}

// folded writes the folded words of a text.
func folded(s *scanner, cell string) { s.fold(cell) }

// canonical writes what canon gives; where that is nothing, the folded words
// without their marks.
func canonical(canon func(string) string) writer {
	return foldedIfNothing(func(s *scanner, cell string) { s.text = append(s.text[:0], canon(cell)...) })
}

// foldedIfNothing writes what w writes, without marks; where that is nothing,
// the folded words.
func foldedIfNothing(w writer) writer {
	return func(s *scanner, cell string) {
		if w(s, cell); len(s.text) == 0 {
			s.fold(cell)
		}
		s.marks = s.marks[:0]
	}
}

func identifierWriter(p record.Part) writer {
	switch p {
	case record.DOI:
		return canonical(DOI)
	case record.ISBN:
		return canonical(ISBN)
	case record.Email:
		return canonical(email)
	case record.Phone:
		return canonical(phone)
	}
	return foldedIfNothing((*scanner).compact)
}

// compact writes an identifier without what separates its pieces, but for a
// hyphen between two digits: "AB-123 4" → "ab123-4", "AB 123" → "ab123".
// Leading zeros count.
func (s *scanner) compact(cell string) {
	s.letters = appendLetters(s.letters[:0], cell)
	out, gap := s.text[:0], false
	for _, b := range s.letters {
		if !isWordEnd(b) {
			gap = true
			continue
		}
		if gap && len(out) > 0 && isDigitAt(out, len(out)-1) && b-'0' <= 9 {
			out = append(out, '-')
		}
		gap = false
		out = append(out, b)
	}
	s.text = out
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
