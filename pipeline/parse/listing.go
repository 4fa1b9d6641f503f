package parse

import (
	"strings"

	"github.com/unecho/unecho/pipeline/record"
)

// The listing is what one gets by copying posts out of a blog aggregator:
//
//	Title
//
//	Excerpt of the post, often cut short … | Continue reading
//
//
//	@source | 3 years ago
//
// The footer ends an entry; its first line is the title, all that lies between
// is the excerpt, of no or several paragraphs, kept with their line breaks.
// Blank lines may be more or fewer, spaces of any kind, and the footer may
// carry other words ("via @source | 3 years ago | Share") or stand at the end
// of the excerpt's line.
//
// Rejects are: a footer without a title; an entry without a footer, which
// shows where text follows on "Continue reading", where a short title is
// followed by another title and a longer excerpt, and at the end of the file.
// A paragraph that could be either stays in the excerpt before it.

// parseListing reads a listing.
func parseListing(t *text, l *list) {
	l.name("title", "excerpt", "source", "age")
	for i, c := range []struct {
		role record.Role
		part record.Part
	}{{record.Title, ""}, {record.Body, ""}, {record.Organisation, record.Venue}, {record.Date, record.Age}} {
		l.columns[i].Role, l.columns[i].Part = c.role, c.part
		l.columns[i].Confidence, l.columns[i].Why = 1, "the listing format"
	}
	e := entry{t: t, l: l}
	for p, n := 0, 1; p < len(t.s) && !l.stopped(); n++ {
		ln := t.line(p)
		p = ln.next
		s := t.s[ln.start:ln.end]
		if blank(s) {
			continue
		}
		at := place{ln.start, ln.end, n}
		if f, ok := footer(s); ok {
			e.close(at, f)
			continue
		}
		if k := len(e.lines); k > 0 && continued(e.text(k-1)) {
			e.drop(k, "no footer (@source | age) behind this entry")
		}
		e.lines = append(e.lines, at)
	}
	e.drop(len(e.lines), "no footer (@source | age) behind this entry")
}

// place is a line that is not blank.
type place struct{ start, end, line int }

// entry collects the lines of an entry until its footer.
type entry struct {
	t     *text
	l     *list
	lines []place
}

func (e *entry) text(i int) string { return e.t.s[e.lines[i].start:e.lines[i].end] }

// drop rejects the first k lines: an entry that no footer closed.
func (e *entry) drop(k int, reason string) {
	if k > 0 {
		e.l.reject(e.lines[0].start, e.lines[0].line, e.lines[k-1].line, reason)
		e.lines = append(e.lines[:0], e.lines[k:]...)
	}
}

// close ends the entry with its footer.
func (e *entry) close(at place, f footerLine) {
	if f.before > 0 { // the footer stands behind the end of the excerpt
		e.lines = append(e.lines, place{at.start, at.start + f.before, at.line})
	}
	if len(e.lines) == 0 || len(e.lines) == 1 && f.before > 0 {
		e.lines = e.lines[:0]
		e.l.reject(at.start, at.line, at.line, "a footer without a title")
		return
	}
	if len(e.lines) > 2 && titlelike(e.text(0)) && titlelike(e.text(1)) && !titlelike(e.text(2)) {
		e.drop(1, "no footer (@source | age) behind this title")
	}
	first, last := e.lines[0], e.lines[len(e.lines)-1]
	excerpt := ""
	if len(e.lines) > 1 {
		excerpt = e.t.s[e.lines[1].start:last.end]
	}
	e.l.begin(first.start, first.line, at.line)
	e.l.cells = append(e.l.cells, e.text(0), excerpt, f.source, f.age)
	e.lines = e.lines[:0]
}

// continued says whether a line ends an excerpt.
func continued(s string) bool {
	s = strings.ToLower(trim(s[max(0, len(s)-64):]))
	head, ok := strings.CutSuffix(s, "continue reading")
	head = trim(head)
	return ok && (head == "" || strings.HasSuffix(head, "|") || strings.HasSuffix(head, "…") || strings.HasSuffix(head, "..."))
}

// titlelike says whether a line is more likely a title than running text: three
// words or more, not long, and not ending as a sentence does.
func titlelike(s string) bool {
	s = trim(s)
	if n := len([]rune(s[:min(len(s), 400)])); n > 100 || len(strings.Fields(s)) < 3 {
		return false
	}
	return !continued(s) && !strings.HasSuffix(s, ".") && !strings.HasSuffix(s, "…") && !strings.HasSuffix(s, ":") && !strings.HasSuffix(s, ",")
}

// footerLine is what a footer says.
type footerLine struct {
	source, age string
	before      int // bytes of the line that belong to the excerpt
}

// footer reads a footer line. "@source" must begin the line or a word; what
// follows the bar must be an age, unless the line begins with "@source" and
// the rest is short.
func footer(s string) (f footerLine, ok bool) {
	tail := max(0, len(s)-300)
	for i := strings.LastIndexByte(s[tail:], '@'); i >= 0; i = strings.LastIndexByte(s[tail:tail+i], '@') {
		at := tail + i
		before := s[:at]
		if lead := trim(before); before == "" || lead == "" || trimmedRight(before) {
			if f, ok = footerBody(s[at+1:], lead == ""); ok {
				if len(lead) > 20 {
					f.before = len(strings.TrimRightFunc(before, space))
				}
				return f, true
			}
		}
	}
	return f, false
}

// trimmedRight says whether s ends in a space or a mark that parts words.
func trimmedRight(s string) bool {
	return strings.TrimRightFunc(s, func(r rune) bool { return space(r) || r == '|' || r == '(' || r == '·' || r == '•' }) != s
}

// footerBody reads what follows the "@".
func footerBody(s string, alone bool) (f footerLine, ok bool) {
	cut, width := separator(s)
	if cut < 0 {
		s = trim(s)
		// "@labs.spotify.com" and nothing else is a footer without an age.
		return footerLine{source: s}, alone && len(s) > 3 && strings.Contains(s[1:len(s)-1], ".") && !strings.ContainsFunc(s, space)
	}
	f.source = trim(s[:cut])
	if f.source == "" || len(f.source) > 100 {
		return f, false
	}
	rest := s[cut+width:]
	f.age = trim(rest)
	for part := rest; part != ""; {
		i, w := separator(part)
		one := part
		if i >= 0 {
			one, part = part[:i], part[i+w:]
		} else {
			part = ""
		}
		if _, known := AgeDays(one); known {
			f.age = trim(one)
			return f, true
		}
	}
	return f, alone && len(f.age) <= 40 && !strings.ContainsFunc(f.source, space) && !strings.Contains(strings.ToLower(f.age), "continue reading")
}

// separator finds the first mark that parts the pieces of a footer.
func separator(s string) (at, width int) {
	at = -1
	for _, m := range []string{"|", " · ", " • ", " – ", " — ", " - ", "｜"} {
		if i := strings.Index(s, m); i >= 0 && (at < 0 || i < at) {
			at, width = i, len(m)
		}
	}
	return at, width
}
