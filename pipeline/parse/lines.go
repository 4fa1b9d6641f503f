package parse

// parseLines reads one title a line. Blank lines belong to the line before.
func parseLines(t *text, l *list) {
	l.name("title")
	for p, n := 0, 1; p < len(t.s) && !l.stopped(); n++ {
		ln := t.line(p)
		if s := t.s[ln.start:ln.end]; !blank(s) {
			l.begin(p, n, n)
			l.cells = append(l.cells, s)
		}
		p = ln.next
	}
}
