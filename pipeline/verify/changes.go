package verify

import (
	"html"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// changes are the cleanings that the workbook lists, by row and column.
type changes struct {
	absent bool // no workbook: cleanings are not listed anywhere
	at     map[changeKey][2]string
}

type changeKey struct {
	row    int
	column string
}

// changesOf reads the sheet Changes.
func changesOf(run *run) *changes {
	c := &changes{at: map[changeKey][2]string{}}
	if run.book == nil {
		c.absent = true
		return c
	}
	header, rows, _ := run.book.pages("Changes")
	row, column, before, after := header.column("row"), header.column("column"), header.column("before"), header.column("after")
	for _, r := range rows {
		if n, err := strconv.Atoi(r.text(row)); err == nil {
			c.at[changeKey{n, pictures(r.text(column))}] = [2]string{r.text(before), r.text(after)}
		}
	}
	return c
}

// explains tells whether a cell became what it is by a listed cleaning. Without
// a workbook it may only have lost letters and digits, never won any.
// With words, white space in before is not compared.
func (c *changes) explains(row, col int, name, before, after string, words bool) bool {
	if c.absent {
		return onlyLost(before, after)
	}
	listed, there := c.at[changeKey{row, pictures(name)}]
	if !there {
		listed, there = c.at[changeKey{row, "column " + strconv.Itoa(col+1)}]
	}
	if words {
		listed[0], before = oneSpaced(spelt.ReplaceAllStringFunc(listed[0], unspell)), oneSpaced(before)
	}
	return there && spells(listed[0], before) && (spells(listed[1], after) || spells("'"+listed[1], after))
}

func oneSpaced(s string) string { return strings.Join(strings.Fields(s), " ") }

// spells tells whether a cell of the sheet stands for text: as it is, with the
// characters that an eye cannot see spelt out (‹U+200B›, ‹0xE9›, \xE9, ↵), or the
// head of a text that is too long for a cell.
func spells(shown, text string) bool {
	if head, _, cut := strings.Cut(shown, "… ("); cut && strings.HasSuffix(shown, ")") && len(shown) > 1<<14 {
		return strings.HasPrefix(text, spelt.ReplaceAllStringFunc(head, unspell))
	}
	plain := spelt.ReplaceAllStringFunc(shown, unspell)
	return same(shown, text) || same(plain, text)
}

// same compares what a sheet can hold of two texts.
func same(shown, text string) bool {
	return strings.ReplaceAll(shown, "\r\n", "\n") == strings.ReplaceAll(text, "\r\n", "\n") ||
		squeeze(pictures(shown)) == squeeze(pictures(strings.ToValidUTF8(text, "\ufffd")))
}

// pictures shows control characters as a sheet does, ␀ for NUL.
func pictures(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' {
			return 0x2400 + r
		}
		return r
	}, s)
}

var spelt = regexp.MustCompile(`‹U\+([0-9A-F]{4,6})›|‹0x([0-9A-F]{2})›|\\x([0-9A-Fa-f]{2})|↵\n`)

func unspell(s string) string {
	m := spelt.FindStringSubmatch(s)
	switch {
	case m[1] != "":
		n, _ := strconv.ParseUint(m[1], 16, 32)
		return string(rune(n))
	case m[2] != "" || m[3] != "":
		n, _ := strconv.ParseUint(m[2]+m[3], 16, 8)
		return string([]byte{byte(n)})
	}
	return "\n"
}

// onlyLost tells whether after can be a cleaning of before: there is something
// to be cleaned in before, and the letters and digits of ASCII in after stand
// in before, in that order, once entities are read. Cleaning repairs and
// trims, it never adds a word; repaired mojibake wins letters beyond ASCII only.
func onlyLost(before, after string) bool {
	if tidy(before) || after == "" && letters(before) != "" {
		return false
	}
	before = letters(html.UnescapeString(html.UnescapeString(before)))
	rest := before
	for _, r := range letters(after) {
		i := strings.IndexRune(rest, r)
		if i < 0 {
			return false
		}
		rest = rest[i+utf8.RuneLen(r):]
	}
	// A cleaning trims; what loses more than half of a text is another text.
	return len(rest) <= len(before)/2 || len(before) < 40
}

// tidy tells whether no cleaning has anything to do: printable ASCII without
// entities, spaces in a row or at an end, and words that invite to read on.
func tidy(s string) bool {
	odd := func(r rune) bool { return r < ' ' || r > '~' || r == '&' }
	return !strings.ContainsFunc(s, odd) && !strings.Contains(s, "  ") && strings.TrimSpace(s) == s &&
		!invitation.MatchString(s)
}

var invitation = regexp.MustCompile(`(?i)(reading|more|rest|\[link\] \[comments\]|weiterlesen|la suite)\W*$`)

func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, s)
}

func isNumber(s string) bool {
	_, err := strconv.ParseFloat(s, 64)
	return err == nil
}
