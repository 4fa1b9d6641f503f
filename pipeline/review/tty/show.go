package tty

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/unecho/unecho/pipeline/review"
)

// What of a long text is shown.
const (
	shortText = 80  // runes of a text that is named
	longText  = 300 // of a field that both sides share
	aroundOwn = 60  // of a shared run on each side of what differs
	termsMost = 4   // parts of the sum
)

// show prints a question: both entries with what differs marked, what both
// share once, and why it is asked.
func (s *sitting) show(c review.Card) {
	s.line("")
	if c.Carried != "" {
		s.line("decided before, and %s: does it still hold?", plain(c.Carried))
	}
	for _, said := range c.Said {
		s.line("said before: %s%s, %s", said.Kind, by(said.By), day(said.At))
	}
	width := nameWidth(c.Fields)
	s.side("A", c.A, c.Fields, width, func(f review.Field) string { return marked(f.A, "[-", "-]") })
	s.side("B", c.B, c.Fields, width, func(f review.Field) string { return marked(f.B, "{+", "+}") })
	if both := slices.ContainsFunc(c.Fields, func(f review.Field) bool { return f.Equal }); both {
		s.line("both")
		for _, f := range c.Fields {
			if f.Equal {
				s.line("   %s  %s", padded(f.Name, width), cut(marked(f.A, "", ""), longText))
			}
		}
	}
	s.line("%s", why(c))
	if c.Settles > 0 {
		s.line("same would also settle %s", count(c.Settles, "other question", "other questions"))
	}
	h := s.desk.Head()
	s.line("%s", left(h))
}

// side prints one entry with the fields in which it differs.
func (s *sitting) side(letter string, side review.Side, fields []review.Field, width int, text func(review.Field) string) {
	words := append([]string{plain(side.Where)}, side.Chips...)
	if side.Copies > 1 {
		words = append(words, fmt.Sprintf("stands for %d entries", side.Copies))
	}
	s.line("%s  %s", letter, strings.Join(words, " · "))
	for _, f := range fields {
		if !f.Equal {
			if shown := text(f); shown != "" {
				s.line("   %s  %s", padded(f.Name, width), shown)
			} else {
				s.line("   %s  –", padded(f.Name, width))
			}
		}
	}
}

// marked writes the pieces of a field, those of one side alone in marks.
func marked(pieces []review.Piece, from, to string) string {
	var b strings.Builder
	for i, p := range pieces {
		text := plainRun(p.Text)
		if !p.Own || from == "" {
			b.WriteString(shared(text, i == 0, i == len(pieces)-1))
			continue
		}
		inner := strings.TrimSpace(text)
		if inner == "" {
			b.WriteString(text)
			continue
		}
		lead := text[:strings.Index(text, inner)]
		b.WriteString(lead + from + cut(inner, longText) + to + text[len(lead)+len(inner):])
	}
	return strings.TrimSpace(b.String())
}

// shared cuts a run that both sides have to what stands near a difference.
func shared(text string, first, last bool) string {
	runes := []rune(text)
	most := 2 * aroundOwn
	if first && last {
		return cut(text, longText)
	}
	if len(runes) <= most {
		return text
	}
	switch {
	case first:
		return "…" + string(runes[len(runes)-most:])
	case last:
		return string(runes[:most]) + "…"
	}
	return string(runes[:aroundOwn]) + " … " + string(runes[len(runes)-aroundOwn:])
}

// why says how likely a repeat is, and what speaks most for and against it.
func why(c review.Card) string {
	terms := slices.Clone(c.Evidence)
	slices.SortStableFunc(terms, func(x, y review.Term) int {
		switch a, b := math.Abs(x.Weight), math.Abs(y.Weight); {
		case a > b:
			return -1
		case a < b:
			return 1
		}
		return 0
	})
	words := fmt.Sprintf("%.0f %%: %s", math.Floor(100*c.Probability), plain(c.Why))
	var sum []string
	for _, t := range terms[:min(termsMost, len(terms))] {
		sum = append(sum, fmt.Sprintf("%+.1f %s", t.Weight, plain(t.Name)))
	}
	if len(sum) > 0 {
		words += "\n      " + strings.Join(sum, ", ")
	}
	return words
}

// lesson prints what the answers would teach.
func (s *sitting) lesson(l review.Lesson) {
	s.line("\n%s would change this list:", count(l.Answers, "answer", "answers"))
	s.line("   %s become sure, %d drop out, %d are new", count(l.Surer, "question", "questions"), l.Fewer, l.More)
	for _, words := range l.Words {
		s.line("   %s", plain(words))
	}
	for _, group := range [2]struct {
		words string
		cards []review.Card
	}{{"would be merged", l.Joined}, {"would no longer be merged", l.Split}} {
		for i, c := range group.cards {
			if i == 0 {
				s.line("%s, for example:", group.words)
			}
			s.line("   %s\n   %s", short(c.A.Text), short(c.B.Text))
			if i+1 < len(group.cards) {
				s.line("")
			}
		}
	}
	s.line("keep that? y or n")
}

func nameWidth(fields []review.Field) (width int) {
	for _, f := range fields {
		width = max(width, len([]rune(cut(plain(f.Name), 20))))
	}
	return width
}

func padded(name string, width int) string { return fmt.Sprintf("%-*s", width, cut(plain(name), 20)) }

func by(name string) string {
	if name == "" {
		return ""
	}
	return " by " + plain(name)
}

// day is the date of a time in RFC 3339.
func day(at string) string { return plain(at[:min(10, len(at))]) }

func short(text string) string { return cut(plain(text), shortText) }

// cut shows at most n runes.
func cut(text string, n int) string {
	if runes := []rune(text); len(runes) > n {
		return string(runes[:n-1]) + "…"
	}
	return text
}

// plain writes a text in one line that does nothing to a terminal: no control
// character reaches it, and none that turns the direction of writing.
func plain(text string) string { return strings.Join(strings.Fields(plainRun(text)), " ") }

// plainRun is plain with the spaces left as they are.
func plainRun(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == '\uFFFD':
			return '\uFFFD'
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
