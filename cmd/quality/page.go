package main

import (
	"fmt"
	"strings"

	"github.com/unecho/unecho/pipeline/evaluate"
)

const head = `# Quality

What unecho reaches on labelled lists that it was not told anything about. Made by

    go run ./cmd/quality

and held by CI: a family's figure may not fall by more than 0.02. Every list is run as a person would run it, with nothing said about its
columns; the columns that score it (id, source, cluster) are taken out before it is read.

**Pairs** are pairs of records in one cluster; in lists of two or three tables only pairs across tables count. **Surplus** is what a cleaner
removes, all but one record a cluster: its precision is the share of removed records that were indeed repeats. **B-cubed** counts each record
the same, whatever the size of its cluster. *Cautious* is ` + "`clean`" + ` as it is, which merges only what is certain; *balanced* is
` + "`clean --balanced`" + `, which merges what is more likely than not; *across* is ` + "`--across source`" + `: records of one table never repeat each other.
`

// page writes what was measured for people.
func (q *quality) page() string {
	var b strings.Builder
	b.WriteString(head)
	q.writeFamilies(&b)
	q.writeAnswers(&b)
	q.writeFloors(&b)
	q.writeRivals(&b)
	q.writeLists(&b, "all", "All columns")
	q.writeLists(&b, "title", "Titles alone")
	return b.String()
}

// line writes a row of a table.
func line(b *strings.Builder, cells ...string) {
	b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
}

// heading writes the head of a table: the first column of words, the others of numbers.
func heading(b *strings.Builder, title string, cells ...string) {
	b.WriteString("\n## " + title + "\n\n")
	line(b, cells...)
	b.WriteString("|---" + strings.Repeat("|--:", len(cells)-1) + "|\n")
}

func f3(x float64) string { return fmt.Sprintf("%.3f", x) }

func (q *quality) writeFamilies(b *strings.Builder) {
	heading(b, "By family (means over lists, all columns)", "family", "lists",
		"cautious: surplus precision", "recall", "balanced: pair F1", "surplus F1", "B-cubed F1", "balanced, across: pair F1")
	cautious, balanced, across := way{Columns: "all"}, way{Columns: "all", Balanced: true}, way{Columns: "all", Balanced: true, Across: true}
	for _, f := range q.Families {
		c, _ := f.find(cautious)
		m, _ := f.find(balanced)
		a, _ := f.find(across)
		line(b, f.Name, fmt.Sprint(f.Lists), f3(c.Surplus.Precision), f3(c.Surplus.Recall), f3(m.Pairs.F1), f3(m.Surplus.F1), f3(m.BCubed.F1), f3(a.Pairs.F1))
	}
	b.WriteString("\nSoccerLeague and NationalFootballLeagueSeason are parts of other lists and left out of the means.\n")
}

// answerColumns is how many ways stand beside each other before and after
// answers: none, those of answered, one in ten wrong, cautious.
const answerColumns = len(answered) + 3

// writeAnswers shows each family and list before and after answers.
func (q *quality) writeAnswers(b *strings.Builder) {
	for _, across := range []bool{false, true} {
		title := "After answers (balanced, all columns; pair F1 and surplus F1)"
		if across {
			title = "After answers, across (lists of several tables are told so)"
		}
		cells := []string{"", "0", ""}
		for _, n := range answered {
			cells = append(cells, fmt.Sprint(n), "")
		}
		cells = append(cells, fmt.Sprintf("%d, one in ten wrong", answeredWrong), "", fmt.Sprintf("cautious after %d: surplus precision", answeredWrong), "recall")
		heading(b, title, cells...)
		var sum [answerColumns]means
		for _, f := range q.Families {
			q.answerLine(b, f.Name, across, f.find, &sum)
		}
		for i := range sum {
			for _, v := range []*float64{&sum[i].Pairs.F1, &sum[i].Surplus.F1, &sum[i].Surplus.Precision, &sum[i].Surplus.Recall} {
				*v /= float64(len(q.Families))
			}
		}
		writeAnswerCells(b, "**mean over families**", sum)
		for _, l := range q.Lists {
			if !across || l.has(way{Columns: "all", Balanced: true, Across: true}) {
				q.answerLine(b, l.Name, across, l.means, nil)
			}
		}
	}
	b.WriteString("\nThe truth answers at the desk that unecho review works at, into a ledger, in the order in which a person is asked: the first ten to learn from, the\n" +
		"others by what they settle (docs/matching.md). One in ten wrong: every tenth answer is the opposite of the truth; one that contradicts those\n" +
		"before is refused, as a person's would be. One search, without those of what it leaves. A list about which fewer questions can be asked counts\n" +
		"with what it has come to.\n")
}

// answerLine writes one family or list, and adds it to the sum where there is one.
func (q *quality) answerLine(b *strings.Builder, name string, across bool, find func(way) (means, bool), sum *[answerColumns]means) {
	var row [answerColumns]means
	row[0], _ = find(way{Columns: "all", Balanced: true, Across: across})
	for i, n := range answered {
		row[i+1], _ = find(way{Columns: "all", Balanced: true, Across: across, Answers: n})
	}
	row[len(row)-2], _ = find(way{Columns: "all", Balanced: true, Across: across, Answers: answeredWrong, Wrong: true})
	row[len(row)-1], _ = find(way{Columns: "all", Across: across, Answers: answeredWrong})
	writeAnswerCells(b, name, row)
	if sum == nil {
		return
	}
	for i, m := range row {
		sum[i].Pairs.F1 += m.Pairs.F1
		sum[i].Surplus.F1 += m.Surplus.F1
		sum[i].Surplus.Precision += m.Surplus.Precision
		sum[i].Surplus.Recall += m.Surplus.Recall
	}
}

func writeAnswerCells(b *strings.Builder, name string, row [answerColumns]means) {
	cells := []string{name}
	for _, m := range row[:len(row)-1] {
		cells = append(cells, f3(m.Pairs.F1), f3(m.Surplus.F1))
	}
	last := row[len(row)-1]
	line(b, append(cells, f3(last.Surplus.Precision), f3(last.Surplus.Recall))...)
}

// pairF1 is that of a list, or of the family of that name.
func (q *quality) pairF1(name string, w way) (float64, bool) {
	for _, l := range q.Lists {
		if l.Name == name {
			s, ok := l.find(w)
			return s.Pairs.F1, ok
		}
	}
	for _, f := range q.Families {
		if f.Name == name {
			m, ok := f.find(w)
			return m.Pairs.F1, ok
		}
	}
	return 0, false
}

func (q *quality) writeFloors(b *strings.Builder) {
	heading(b, "Floors (titles alone, balanced, pair F1)", "list", "floor", "unecho", "")
	for _, f := range floors {
		got, ok := q.pairF1(f.list, way{Columns: "title", Balanced: true})
		if !ok {
			continue
		}
		sign := "✓"
		if got < f.floor {
			sign = "✗ below"
		}
		line(b, f.list, fmt.Sprintf("%.2f", f.floor), f3(got), sign)
	}
	b.WriteString("\nThe floor is the cosine of character 3-gram TF-IDF on the title at 0.8.\n")
}

func (q *quality) writeRivals(b *strings.Builder) {
	heading(b, "Beside others (pair F1)", append([]string{"list", "unecho", "across"}, rivalNames...)...)
	for _, r := range rivals {
		got, ok := q.pairF1(r.list, way{Columns: "all", Balanced: true})
		if !ok {
			continue
		}
		across := "–"
		if a, ok := q.pairF1(r.list, way{Columns: "all", Balanced: true, Across: true}); ok {
			across = f3(a)
		}
		cells := []string{r.list, "**" + f3(got) + "**", across}
		for _, figure := range r.figures {
			if figure == "" {
				figure = "–"
			}
			cells = append(cells, figure)
		}
		line(b, cells...)
	}
	b.WriteString("\nUnecho balanced, on all columns. The others in their generic configuration, without tuning on the truth; string_grouper on titles.\n")
}

func (q *quality) writeLists(b *strings.Builder, columns, title string) {
	heading(b, title, "list", "way", "pairs P", "R", "F1", "surplus P", "R", "F1", "B-cubed P", "R", "F1")
	for _, l := range q.Lists {
		name := l.Name
		for _, r := range l.Results {
			if r.Columns != columns || r.Answers > 0 { // those stand in a table of their own
				continue
			}
			way := strings.TrimPrefix(r.way.String(), columns+", ")
			cells := []string{name, way}
			for _, rates := range []evaluate.Rates{r.Scores.Pairs.Rates, r.Scores.Surplus.Rates, r.Scores.BCubed} {
				cells = append(cells, f3(rates.Precision), f3(rates.Recall), f3(rates.F1))
			}
			line(b, cells...)
			name = ""
		}
	}
}
