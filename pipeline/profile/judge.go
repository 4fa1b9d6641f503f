package profile

import (
	"fmt"

	"github.com/unecho/unecho/pipeline/record"
)

// verdict is a role with its reason.
type verdict struct {
	role record.Role
	part record.Part
	sure float64
	why  string
}

// judge gives the role of a column by its heading, checked against its data;
// where the data speak against the heading or the heading says nothing, by
// its data alone.
func judge(head named, s *Stat) verdict {
	if s.Filled == 0 {
		if head.meaning == nil {
			return verdict{record.Other, "", 0, "blank everywhere"}
		}
		return verdict{head.role, head.part, head.sure / 2, "named like " + head.words + "; blank everywhere"}
	}
	byData := judgeData(s)
	if head.meaning == nil {
		return byData
	}
	if v, ok := special(head, s); ok {
		return v
	}
	ok, seen := fits(head, s)
	if !ok {
		byData.why += "; the heading speaks of " + head.words
		byData.sure *= 0.8
		return byData
	}
	v := verdict{head.role, head.part, head.sure, "named like " + head.words}
	if seen != "" {
		v.why += "; " + seen
		v.sure = 1 - (1-v.sure)*0.4
	}
	return v
}

// special is for headings whose meaning the data decide.
func special(head named, s *Stat) (verdict, bool) {
	site := s.Share(ShapeHost, ShapeURL)
	switch {
	case head.role == record.Category && site > 0.5:
		return verdict{record.Organisation, record.Venue, 0.85, fmt.Sprintf("named like %s; %s are host names", head.words, percent(site))}, true
	case head.role == record.URL && s.Shapes[ShapeHost] > 0.9:
		return verdict{record.Organisation, record.Venue, 0.75, percent(s.Shapes[ShapeHost]) + " are host names without a path"}, true
	case head.role == record.Date && head.part == record.Year && s.Shapes[ShapeDate] > 0.5:
		return verdict{record.Date, "", 0.9, fmt.Sprintf("named like a year; %s are whole dates", percent(s.Shapes[ShapeDate]))}, true
	case head.role == record.Date && head.part == record.Age && s.Shapes[ShapeWhole] > 0.5:
		return verdict{record.Number, "", 0.8, percent(s.Shapes[ShapeWhole]) + " are whole numbers: an age in years"}, true
	case head.role == record.Date && head.part == "" && s.Shapes[ShapeAge] > 0.5:
		return verdict{record.Date, record.Age, 0.9, percent(s.Shapes[ShapeAge]) + " say how long ago"}, true
	case head.role == record.Date && head.part == "" && s.Shapes[ShapeYear] > 0.8:
		return verdict{record.Date, record.Year, 0.9, percent(s.Shapes[ShapeYear]) + " are years"}, true
	case head.part == record.RowNumber && !s.Unique:
		return keyThatRepeats(head, s)
	case head.part == record.Street && s.Share(ShapeWhole) > 0.8:
		return verdict{record.Place, record.House, 0.7, percent(s.Shapes[ShapeWhole]) + " are whole numbers: a house number"}, true
	}
	return verdict{}, false
}

// keyThatRepeats is a column named like a key whose values occur more than
// once: evidence like any other.
func keyThatRepeats(head named, s *Stat) (verdict, bool) {
	if s.Words > 2 {
		return verdict{}, false
	}
	return verdict{record.Identifier, "", 0.8, fmt.Sprintf("named like %s, but values repeat: %s are different", head.words, percent(s.Distinct))}, true
}

// fits says whether the data may be what the heading says, and, where they
// speak for it, in what words. The bars are low: data are dirty, and a heading
// was written by somebody who knew.
func fits(head named, s *Stat) (ok bool, seen string) {
	switch head.role {
	case record.Title, record.Body, record.Person, record.Organisation:
		return fitsText(head, s)
	case record.Date:
		return fitsDate(head.part, s)
	case record.Place:
		return fitsPlace(head.part, s)
	case record.Identifier:
		return fitsIdentifier(head.part, s)
	case record.URL:
		share := s.Share(ShapeURL, ShapeDOI, ShapeHost)
		return share > 0.3 || s.OneWord > 0.8, said(share, "are web addresses")
	case record.Number:
		share := s.Share(ShapeWhole, ShapeDecimal, ShapeYear, ShapePrice, ShapePages, ShapeDate)
		if head.part == record.Pages || head.part == record.Volume || head.part == record.Issue {
			return s.Letters < 0.7, said(share, "are numbers or ranges of numbers")
		}
		return share > 0.4 || s.Letters < 0.5, said(share, "are numbers")
	case record.Category:
		if s.Few <= fewValues && s.Distinct < 0.5 {
			return true, values(s)
		}
		return s.Words < 12, ""
	}
	return true, ""
}

func fitsText(head named, s *Stat) (bool, string) {
	numbers := s.Share(ShapeWhole, ShapeDecimal, ShapeYear, ShapeDate, ShapePrice, ShapeISBN, ShapeUUID)
	coded := s.Share(ShapeEmail, ShapeURL, ShapeDOI)
	if head.role == record.Title && head.rank <= 2 {
		return numbers < 0.95, fmt.Sprintf("%.1f words on average", s.Words)
	}
	if numbers > 0.6 || coded > 0.6 {
		return false, ""
	}
	switch {
	case head.part == record.GivenName || head.part == record.MiddleName || head.part == record.FamilyName:
		return s.Words < 6, said(s.OneWord, "of values are one word")
	case head.part == record.Authors:
		return s.Letters > 0.4, said(s.Letters, "of characters are letters")
	case head.role == record.Person:
		return s.Letters > 0.5 && s.Words < 12, said(s.Letters, "of characters are letters")
	case head.role == record.Organisation:
		return s.Words < 30, said(s.Letters, "of characters are letters")
	}
	return true, fmt.Sprintf("%.1f words on average", s.Words)
}

func fitsDate(part record.Part, s *Stat) (bool, string) {
	switch part {
	case record.Year:
		share := s.Share(ShapeYear)
		return share+s.Share(ShapeWhole, ShapeDate) > 0.5, said(share, "are years")
	case record.Month, record.Day:
		share := s.Share(ShapeWhole, ShapeDate, ShapeWord)
		return share > 0.5, said(share, "are numbers or names of months")
	case record.Age:
		share := s.Share(ShapeAge)
		return share > 0.3, said(share, "say how long ago")
	}
	share := s.Share(ShapeDate, ShapeYear, ShapeAge)
	return share > 0.3 || share+s.Share(ShapeWhole) > 0.8 && s.Length > 3, said(share, "are dates")
}

func fitsPlace(part record.Part, s *Stat) (bool, string) {
	if s.Share(ShapeEmail, ShapeURL) > 0.5 || s.Words > 25 {
		return false, ""
	}
	if part == record.House {
		return s.Words < 5, said(s.Share(ShapeWhole, ShapeCode), "are numbers")
	}
	if part == record.Postcode {
		return s.Letters < 0.9 && s.Length < 16, said(s.Share(ShapeWhole, ShapeCode, ShapeYear), "are short numbers or codes")
	}
	if part == record.City || part == record.Region {
		return s.Letters > 0.4, said(s.Letters, "of characters are letters")
	}
	return true, ""
}

func fitsIdentifier(part record.Part, s *Stat) (bool, string) {
	switch part {
	case record.DOI:
		share := s.Share(ShapeDOI)
		return share > 0.3, said(share, "are DOIs")
	case record.ISBN:
		share := s.Share(ShapeISBN)
		if share > 0.6 && s.Length < 10 {
			return true, "most are ISSN, which name a journal and not the article"
		}
		return s.Letters < 0.6, said(share, "have the right check digit")
	case record.Email:
		share := s.Share(ShapeEmail)
		return share > 0.3, said(share, "are e-mail addresses")
	case record.Phone:
		share := s.Share(ShapePhone, ShapeWhole)
		return s.Letters < 0.5, said(share, "are phone numbers")
	}
	return s.Words < 4, said(s.OneWord, "of values are one word")
}

// judgeData gives a role by the data alone.
func judgeData(s *Stat) verdict {
	for _, d := range [...]struct {
		role   record.Role
		part   record.Part
		shapes []Shape
		least  float64
	}{
		{record.Identifier, record.Email, []Shape{ShapeEmail}, 0.7},
		{record.Identifier, record.DOI, []Shape{ShapeDOI}, 0.7},
		{record.URL, "", []Shape{ShapeURL, ShapeDOI}, 0.7},
		{record.Organisation, record.Venue, []Shape{ShapeHost}, 0.8},
		{record.Identifier, record.ISBN, []Shape{ShapeISBN}, 0.8},
		{record.Identifier, "", []Shape{ShapeUUID}, 0.8},
		{record.Date, record.Age, []Shape{ShapeAge}, 0.7},
		{record.Date, record.Year, []Shape{ShapeYear}, 0.85},
		{record.Date, "", []Shape{ShapeDate, ShapeYear, ShapeAge}, 0.7},
		{record.Number, record.Price, []Shape{ShapePrice}, 0.6},
		{record.Number, record.Pages, []Shape{ShapePages}, 0.6},
		{record.Identifier, record.Phone, []Shape{ShapePhone}, 0.6},
		{record.Place, record.Street, []Shape{ShapeAddress}, 0.6},
		{record.Number, "", []Shape{ShapeWhole, ShapeDecimal, ShapeYear}, 0.8},
	} {
		if share := s.Share(d.shapes...); share >= d.least {
			return verdict{d.role, d.part, 0.85 * share, percent(share) + " are " + d.shapes[0].String()}
		}
	}
	return judgeWords(s)
}

// judgeWords tells texts, lists of names, kinds and codes apart. The main text
// is chosen from what is left as Other.
func judgeWords(s *Stat) verdict {
	switch {
	case s.Few <= fewValues && s.Distinct < 0.1 && s.Words < 4:
		return verdict{record.Category, "", 0.7, values(s)}
	case s.Words >= 25:
		return verdict{record.Body, "", 0.75, fmt.Sprintf("%.0f words on average", s.Words)}
	case s.Share(ShapeCode) > 0.8:
		return verdict{record.Identifier, "", 0.5, percent(s.Share(ShapeCode)) + " are one word of letters and digits"}
	case s.Shapes[ShapeList] > 0.7 && s.Letters > 0.85 && s.Words > 2:
		return verdict{record.Person, record.Authors, 0.5, percent(s.Shapes[ShapeList]) + " are lists of short items"}
	}
	return verdict{record.Other, "", 0.3, fmt.Sprintf("text of %.1f words on average", s.Words)}
}

// said gives the words for a share that speaks for a role, "" for one that does not.
func said(share float64, what string) string {
	if share < 0.6 {
		return ""
	}
	return percent(share) + " " + what
}

// values says how many values a column of few has.
func values(s *Stat) string {
	if s.Few == 1 {
		return "one value"
	}
	return fmt.Sprintf("%d different values", s.Few)
}

// percent writes a share; 100 % is kept for all.
func percent(share float64) string {
	if p := 100 * share; p < 99.5 {
		return fmt.Sprintf("%.0f %%", p)
	}
	if share < 1-1e-12 {
		return "over 99 %"
	}
	return "100 %"
}
