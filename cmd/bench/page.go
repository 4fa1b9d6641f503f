package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
)

// The table stands between these lines of a page.
const (
	begin = "<!-- the table: made by go run ./cmd/bench -o docs/performance.md -->"
	end   = "<!-- the table ends -->"
)

// page writes the table for people.
func (t *table) page() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Measured on %s, in one run.", t.Machine)
	if !t.Real {
		b.WriteString(" The titles are made of words.")
	}
	if t.Quick {
		b.WriteString(" Small lists: nothing here says how fast it is.")
	}
	b.WriteString("\n")
	t.writeRows(&b)
	t.writePeers(&b)
	return b.String()
}

// line writes a row of a table.
func line(b *strings.Builder, cells ...string) {
	b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
}

func (t *table) writeRows(b *strings.Builder) {
	if len(t.Rows) == 0 {
		return
	}
	b.WriteString("\n")
	line(b, "records", "work", "wall", "CPU", "peak", "floor", "× floor", "to reach", "")
	b.WriteString("|--:|---|--:|--:|--:|--:|--:|---|---|\n")
	for _, m := range t.Rows {
		floor, ratio := "–", "–"
		if m.Floor != nil {
			floor, ratio = seconds(m.Floor.Wall), fmt.Sprintf("%.1f", m.Wall/m.Floor.Wall)
		}
		line(b, count(m.Records), m.Work, seconds(m.Wall), seconds(m.CPU), memory(m.Peak), floor, ratio, m.asked(), sign(m.Reached))
	}
	if g := t.Growth; g != nil {
		ok := g.Exponent <= g.Most
		line(b, "", fmt.Sprintf("growth of the time from %s to %s titles", count(g.From), count(g.To)), fmt.Sprintf("n^%.2f", g.Exponent), "", "", "", "", fmt.Sprintf("≤ n^%.2f", g.Most), sign(&ok))
	}
}

// asked is the target, with what a row comes to where that stands in no other column.
func (m measured) asked() string {
	text := m.Target.String()
	if m.Target.Times > 0 && m.Times > 0 {
		text += fmt.Sprintf(" (%.1f ×)", m.Times)
	}
	return text
}

// sign says whether a target is reached.
func sign(reached *bool) string {
	switch {
	case reached == nil:
		return ""
	case *reached:
		return "✓"
	}
	return "✗"
}

// writePeers shows what each program found in lists with known repeats.
func (t *table) writePeers(b *strings.Builder) {
	if len(t.Peers) == 0 {
		return
	}
	b.WriteString("\n")
	line(b, "titles", "program", "wall", "CPU", "peak", "precision", "recall", "F1", "asks")
	b.WriteString("|--:|---|--:|--:|--:|--:|--:|--:|--:|\n")
	for _, a := range t.Peers {
		cells := []string{count(a.Records), a.Program}
		if a.Note != "" {
			line(b, append(cells, a.Note, "", "", "", "", "", "")...)
			continue
		}
		line(b, append(cells, seconds(a.Wall), seconds(a.CPU), memory(a.Peak), f3(a.Precision), f3(a.Recall), f3(a.F1), asks(a.Asked))...)
	}
	for _, v := range t.Verdicts {
		b.WriteString("\n" + v.String() + "\n")
	}
}

// asks is how many pairs are put to a person; the others have no such thing.
func asks(pairs int) string {
	if pairs == 0 {
		return "–"
	}
	return count(pairs)
}

func f3(x float64) string { return fmt.Sprintf("%.3f", x) }

// seconds writes a time with as many digits as say something.
func seconds(s float64) string {
	switch {
	case s < 0.1:
		return fmt.Sprintf("%.0f ms", s*1000)
	case s < 10:
		return fmt.Sprintf("%.2f s", s)
	case s < 100:
		return fmt.Sprintf("%.1f s", s)
	}
	return fmt.Sprintf("%.0f s", s)
}

// memory writes bytes as MB or GB (thousands, not 1,024).
func memory(bytes int64) string {
	if bytes < 1e9 {
		return fmt.Sprintf("%.0f MB", float64(bytes)/1e6)
	}
	return fmt.Sprintf("%.2f GB", float64(bytes)/1e9)
}

// count writes a number with commas.
func count(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// replaceTable writes the table between the marks of a page.
func replaceTable(file, text string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	before, rest, found := strings.Cut(string(data), begin+"\n")
	_, after, closed := strings.Cut(rest, end)
	if !found || !closed {
		return fmt.Errorf("%s: the table goes between the lines\n  %s\n  %s\nwhich are not there", file, begin, end)
	}
	return os.WriteFile(file, []byte(before+begin+"\n\n"+text+"\n"+end+after), 0o666)
}
