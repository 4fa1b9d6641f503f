package parse

import (
	"fmt"
	"slices"
	"strings"
)

// candidate is a delimiter and what speaks for it.
type candidate struct {
	delim  byte
	single bool
	width  int     // the number of fields that most rows have
	share  float64 // of the rows that have it
	first  int     // the number of fields in the first row
}

// tableGuess is the shape of a table.
type tableGuess struct {
	delim     byte
	single    bool // one column, no delimiter
	lines     bool // no table at all: plain lines
	header    bool
	names     []string
	short     int // rows of so many fields lack the last ones as a rule; 0 when there are none
	skip      int // bytes of the text before the table: the sep= line
	skipLines int
	sure      float64
	why       string
}

// delimiters in the order in which they win a tie.
const delimiters = "\t,;|"

// guessTable finds the delimiter of a table, or that there is none: the one
// with which most rows have the same number of fields, two or more.
func guessTable(t *text, ext string) tableGuess {
	if d, skip, ok := sepLine(t); ok {
		g := shape(t, candidate{delim: d}, skip)
		g.why = join2("the first line says sep="+string(rune(d)), g.why)
		return g
	}
	var best candidate
	for i := range len(delimiters) {
		c := try(t, delimiters[i])
		if c.width > 1 && (best.width == 0 || c.score() > best.score()+1e-9) {
			best = c
		}
	}
	named := slices.Contains([]string{".csv", ".tsv", ".tab", ".psv"}, ext)
	one := shape(t, candidate{delim: ',', single: true})
	switch {
	case best.width > 1 && best.share >= 0.9 && best.first == best.width && (named || tabular(t, best)):
		g := shape(t, best)
		g.sure = min(g.sure, best.share)
		g.why = join2(fmt.Sprintf("%.0f %% of the rows have %d fields with %s between", 100*best.share, best.width, delimiterName(best.delim)), g.why)
		return g
	case one.header && best.first < 2:
		return oneColumn(t, one)
	case best.width > 1 && (named || headed(t, best)):
		g := shape(t, best)
		g.sure = min(g.sure, best.share)
		g.why = join2(fmt.Sprintf("%.0f %% of the rows have %d fields with %s between", 100*best.share, best.width, delimiterName(best.delim)), g.why)
		return g
	case named || strings.Contains(t.s[:min(len(t.s), 1)], `"`):
		return oneColumn(t, one)
	}
	return tableGuess{lines: true, sure: 0.8, why: "no delimiter cuts the lines into rows of one length"}
}

// oneColumn shapes a table of one column. Commas part nothing in it, unless
// every row agrees that there is nothing to part.
func oneColumn(t *text, one tableGuess) tableGuess {
	one.why = join2("one column", one.why)
	if c := try(t, ','); c.width == 1 && c.share == 1 {
		one.single, one.delim = false, ','
	}
	return one
}

// score prefers rows that agree, then a tab, then a first row that agrees too.
func (c candidate) score() float64 {
	s := c.share
	if c.delim == '\t' {
		s += 0.05
	}
	if c.first != c.width {
		s -= 0.2
	}
	return s
}

// headed says whether a header vouches for a table whose rows do not all agree.
func headed(t *text, c candidate) bool {
	need := 0.97
	if c.share >= 0.6 {
		need = 0.9
	}
	g := shape(t, c)
	return c.first > 1 && g.header && g.sure >= need
}

// tabular says whether a file whose name says nothing is a table: prose may
// have one comma in each of its few lines, but a header, a tab, or many rows
// of one length are no accident.
func tabular(t *text, c candidate) bool {
	if g := shape(t, c); c.delim == '\t' || g.header && g.sure >= 0.9 {
		return true
	}
	rows, prose := 0, 0
	for _, row := range head(t, c, 0, 500) {
		rows++
		for _, f := range row[1:] {
			if strings.HasPrefix(f, " ") {
				prose++
				break
			}
		}
	}
	return rows >= 2 && (prose*2 < rows || c.delim != ',')
}

// try counts the fields that a delimiter gives in the first rows.
func try(t *text, d byte) candidate {
	c := candidate{delim: d}
	counts := map[int]int{}
	rows := head(t, c, 0, 500)
	for i, row := range rows {
		if i == 0 {
			c.first = len(row)
		}
		counts[len(row)]++
	}
	for w, n := range counts {
		if share := float64(n) / float64(len(rows)); share > c.share || share == c.share && w > c.width {
			c.width, c.share = w, share
		}
	}
	return c
}

// head reads the first rows of a text, at most n, from its first 256 KiB.
func head(t *text, c candidate, skip, n int) [][]string {
	s := t.s
	if len(s) > 4*sample {
		if i := strings.LastIndexByte(s[:4*sample], t.eol); i > skip {
			s = s[:i+1]
		}
	}
	r := csvReader{t: &text{s: s, eol: t.eol}, delim: c.delim, single: c.single, p: skip, line: 1}
	var rows [][]string
	for len(rows) < n {
		rec, ok := r.next(0)
		if !ok {
			break
		}
		if !rec.blank && !rec.open {
			rows = append(rows, slices.Clone(r.fields))
		}
	}
	return rows
}

// shape fixes width, header and names of a table whose delimiter is known.
func shape(t *text, c candidate, skip ...int) tableGuess {
	g := tableGuess{delim: c.delim, single: c.single, sure: 1}
	if len(skip) > 0 {
		g.skip, g.skipLines = skip[0], 1
	} else if d, n, ok := sepLine(t); ok && d == c.delim {
		g.skip, g.skipLines = n, 1
	}
	rows := head(t, c, g.skip, 500)
	if len(rows) == 0 {
		return g
	}
	h := guessHeader(rows)
	g.header, g.sure, g.why = h.header, h.sure, h.why
	if !g.header {
		width, _ := commonWidth(rows)
		g.names = numbered(width)
		return g
	}
	g.names = rows[0]
	switch width, share := commonWidth(rows[1:]); {
	case share < 0.9 || len(rows) < 4:
	case width > len(g.names):
		g.names = append(g.names, make([]string, width-len(g.names))...)
		g.why += ", which leaves the last columns without a name"
	case width < len(g.names):
		g.short = width
		g.why += ", with more names than the rows have fields"
	}
	return g
}

// commonWidth is the number of fields that most rows have, and their share.
func commonWidth(rows [][]string) (width int, share float64) {
	counts := map[int]int{}
	for _, r := range rows {
		n := len(r)
		if counts[n]++; counts[n] > counts[width] || counts[n] == counts[width] && n > width {
			width = n
		}
	}
	return width, float64(counts[width]) / float64(max(len(rows), 1))
}

// numbered names the columns of a table without header.
func numbered(n int) []string {
	if n == 1 {
		return []string{"title"}
	}
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("column %d", i+1)
	}
	return names
}

// sepLine reads the line "sep=;" that Excel writes and reads.
func sepLine(t *text) (delim byte, end int, ok bool) {
	if len(t.s) < 5 || !strings.EqualFold(t.s[:4], "sep=") {
		return 0, 0, false
	}
	ln := t.line(0)
	if d := t.s[4:ln.end]; len(d) == 1 && d[0] != '"' {
		return d[0], ln.next, true
	}
	return 0, 0, false
}

func delimiterName(d byte) string {
	if d == '\t' {
		return "a tab"
	}
	return fmt.Sprintf("%q", string(rune(d)))
}
