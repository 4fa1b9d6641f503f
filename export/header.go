package export

import (
	"regexp"
	"strconv"
	"strings"
)

// columnNames gives the names of the user's columns as they came.
func columnNames(work *Work) []string {
	names := make([]string, len(work.Columns))
	for c, column := range work.Columns {
		names[c] = column.Name
	}
	return names
}

// uniqueNames gives each name a form that no other has, letter case aside: a
// second "title" becomes "title (2)", a blank one "column 3". Names in taken
// are not given out.
func uniqueNames(names []string, taken []string) []string {
	used := make(map[string]bool, len(names)+len(taken))
	for _, name := range taken {
		used[strings.ToLower(name)] = true
	}
	unique := make([]string, len(names))
	for c, name := range names {
		if strings.TrimSpace(name) == "" {
			name = "column " + strconv.Itoa(c+1)
		}
		unique[c] = name
		for n := 2; used[strings.ToLower(unique[c])]; n++ {
			unique[c] = name + " (" + strconv.Itoa(n) + ")"
		}
		used[strings.ToLower(unique[c])] = true
	}
	return unique
}

// maxHeader is how long the header of a table may be in Excel; some room is
// left for a number that makes it unique.
const maxHeader = 240

// escapeLike is text that the file format would read as an escape, in a cell
// "_x0041_" is written "_x005F_x0041_"; headers of tables are matched with
// the cells letter by letter, so it is kept out of them.
var escapeLike = regexp.MustCompile(`_x([0-9A-Fa-f]{4})_`)

// tableHeaders makes headers that a table of Excel takes: unique, not blank,
// one line, without outer spaces, of bounded length. Where a header differs
// from the name it stands for, the caller says so in a note at the cell.
func tableHeaders(names []string, taken []string) []string {
	plain := make([]string, len(names))
	for c, name := range names {
		name = strings.Join(strings.Fields(xmlText(name)), " ")
		for escapeLike.MatchString(name) {
			name = escapeLike.ReplaceAllString(name, "_ x${1}_")
		}
		if short := cutUTF16(name, maxHeader); short != name {
			name = short + "…"
		}
		plain[c] = name
	}
	return uniqueNames(plain, taken)
}
