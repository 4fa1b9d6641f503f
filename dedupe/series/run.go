package series

import (
	"cmp"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/unecho/unecho/pipeline/record"
)

// run is a row of numbers: records whose main texts are equal up to a number.
type run struct {
	numbers []numbered // in order of number, then row; at least two different
	word    string     // what is counted, "lesson"; "" where no text says it
	part    bool       // a part, where word does not say of what
	year    bool
	ordinal bool
}

// numbered is one record of a run.
type numbered struct {
	row, n int
	total  int // of "2 of 4": 4; 0 where it is not said
}

// countWords are words before a number that say that it counts; the main
// texts are folded. English, German, French, Spanish.
var countWords = wordSet("part chapter lesson volume vol issue episode season section unit module book number no nr num sheet page plate map day week " +
	"session lecture level step round stage phase reel disc disk cd tape track box folder edition series installment instalment act scene " +
	"teil kapitel band folge lektion heft ausgabe blatt seite tag woche partie chapitre lecon tome numero feuille page jour semaine " +
	"parte capitulo leccion tomo volumen hoja pagina dia semana")

// plainCountWords say nothing but that a number comes.
var plainCountWords = wordSet("no nr num number numero")

// articles are left out where texts are compared but for a year.
var articles = wordSet("the a an der die das le la les el los las")

func wordSet(text string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(text) {
		set[w] = true
	}
	return set
}

// findRuns finds the rows of numbers among the entries.
func findRuns(entries []Entry, words Words) []run {
	found := map[string]*run{}
	var order []string
	for _, part := range countsOf(entries, words) {
		for _, c := range part {
			r := found[c.key]
			if r == nil {
				r = &run{year: c.year, ordinal: c.ordinal}
				found[c.key] = r
				order = append(order, c.key)
			}
			if r.part = r.part || c.part; r.word == "" || c.word != "" && c.word < r.word {
				r.word = c.word
			}
			r.numbers = append(r.numbers, numbered{c.row, c.n, c.total})
		}
	}
	var runs []run
	for _, key := range order {
		if r := found[key]; r.settle(key) {
			runs = append(runs, *r)
		}
	}
	slices.SortFunc(runs, func(x, y run) int {
		return cmp.Or(cmp.Compare(x.first(), y.first()), slices.CompareFunc(x.numbers, y.numbers, func(a, b numbered) int { return cmp.Or(cmp.Compare(a.n, b.n), cmp.Compare(a.row, b.row)) }))
	})
	return runs
}

// countsOf reads the numbers of all entries, on all cores; they stand in the
// order of the entries.
func countsOf(entries []Entry, words Words) [][]count {
	const size = 1 << 12
	parts := make([][]count, (len(entries)+size-1)/size)
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(parts)) {
		wg.Go(func() {
			var tokens []string
			for k := int(next.Add(1)) - 1; k < len(parts); k = int(next.Add(1)) - 1 {
				for _, e := range entries[k*size : min((k+1)*size, len(entries))] {
					if len(e.Marks) > 0 {
						tokens = words(tokens[:0], e.Row)
						parts[k] = countsIn(parts[k], e.Row, tokens, e.Marks)
					}
				}
			}
		})
	}
	wg.Wait()
	return parts
}

// settle puts the numbers in order and says whether they are a run: two
// different ones, or three where nothing but the count word stands before.
func (r *run) settle(key string) bool {
	slices.SortFunc(r.numbers, func(x, y numbered) int { return cmp.Or(cmp.Compare(x.n, y.n), cmp.Compare(x.row, y.row)) })
	different := len(r.distinct())
	return different >= 3 || different == 2 && key != bareKey
}

// first is the first row of the run in input order.
func (r *run) first() int {
	return slices.MinFunc(r.numbers, func(x, y numbered) int { return cmp.Compare(x.row, y.row) }).row
}

// distinct gives each number of the run once.
func (r *run) distinct() []int {
	var ns []int
	for _, x := range r.numbers {
		ns = append(ns, x.n)
	}
	return slices.Compact(ns)
}

// beside is the place of the nearest record with another number, the smaller
// one first.
func (r *run) beside(k int) int {
	for i := k - 1; i >= 0; i-- {
		if r.numbers[i].n != r.numbers[k].n {
			return i
		}
	}
	for i := range r.numbers[k:] {
		if r.numbers[k+i].n != r.numbers[k].n {
			return k + i
		}
	}
	return k
}

// count is a number in a text that counts, and what it is a number of.
type count struct {
	row     int // of the text
	key     string
	word    string
	n       int
	total   int
	part    bool
	year    bool
	ordinal bool
}

// bareKey begins no text: nothing but a count word stands before the number.
const bareKey = "head "

// countsIn adds the numbers of a folded text that say that it is one of several.
func countsIn(out []count, row int, tokens []string, marks []record.Mark) []count {
	for i, token := range tokens {
		if token[0] != 's' && !startsWithDigit(token) {
			continue // neither an episode nor a number
		}
		before := ""
		if i > 0 {
			before = tokens[i-1]
		}
		if season, n, ok := episode(token); ok {
			head := "head " + strings.Join(tokens[:i], " ")
			out = append(out, count{row: row, key: head, word: "season", n: season}, count{row: row, key: fmt.Sprintf("%s season %d", head, season), word: "episode", n: n})
			continue
		}
		n, isWhole := whole(token)
		nth, isOrdinal := whole(strings.TrimRight(token, "stndrh"))
		switch {
		case isWhole && (marked(marks, token, record.PartNumber, record.IssueNumber) || countWords[before] && marked(marks, token, record.PlainNumber)):
			c := counted(tokens, i, n)
			c.row, c.part = row, marked(marks, token, record.PartNumber)
			out = append(out, c)
		case isWhole && marked(marks, token, record.YearNumber) && len(tokens) > 2:
			out = append(out, count{row: row, key: "year " + without(tokens, i), n: n, year: true})
		case isOrdinal && !isWhole && marked(marks, strconv.Itoa(nth), record.OrdinalNumber) && len(tokens) > 2:
			out = append(out, count{row: row, key: "nth " + without(tokens, i), n: nth, ordinal: true})
		}
	}
	return out
}

// counted reads "lesson 3", "#3", "sheet 2 of 4"; what stands before it names
// the series.
func counted(tokens []string, i, n int) count {
	c := count{n: n}
	head := tokens[:i]
	for len(head) > 0 && countWords[head[len(head)-1]] {
		if word := head[len(head)-1]; c.word == "" && !plainCountWords[word] {
			c.word = word
		}
		head = head[:len(head)-1]
	}
	c.key = "head " + strings.Join(head, " ")
	rest := tokens[i+1:]
	if len(rest) > 1 && (rest[0] == "of" || rest[0] == "von" || rest[0] == "de" || rest[0] == "sur") {
		rest = rest[1:]
	} else if len(rest) != 1 {
		rest = nil
	}
	if len(rest) > 0 {
		if total, ok := whole(rest[0]); ok && total >= n {
			c.total = total
		}
	}
	return c
}

// without is a text but for one word and the articles.
func without(tokens []string, i int) string {
	var rest []string
	for k, token := range tokens {
		if k != i && !articles[token] {
			rest = append(rest, token)
		}
	}
	return strings.Join(rest, " ")
}

// marked says whether a value is a mark of one of the kinds.
func marked(marks []record.Mark, value string, kinds ...record.MarkKind) bool {
	return slices.ContainsFunc(marks, func(m record.Mark) bool { return m.Value == value && slices.Contains(kinds, m.Kind) })
}

// whole reads a number of at most six digits.
func whole(s string) (int, bool) {
	if len(s) > 6 || !startsWithDigit(s) {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil
}

func startsWithDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// episode reads "s1e2" as season 1, episode 2.
func episode(token string) (season, n int, ok bool) {
	rest, isSeason := strings.CutPrefix(token, "s")
	number, nth, both := strings.Cut(rest, "e")
	if !isSeason || !both {
		return 0, 0, false
	}
	season, ok = whole(number)
	n, counts := whole(nth)
	return season, n, ok && counts
}

// name is a number of the run in words.
func (r *run) name(n int) string {
	switch {
	case r.year:
		return strconv.Itoa(n)
	case r.ordinal:
		return ordinal(n)
	case r.word == "" && r.part:
		return "part " + strconv.Itoa(n)
	case r.word == "":
		return "#" + strconv.Itoa(n)
	}
	return r.word + " " + strconv.Itoa(n)
}

func ordinal(n int) string {
	ending := "th"
	if n/10%10 != 1 {
		switch n % 10 {
		case 1:
			ending = "st"
		case 2:
			ending = "nd"
		case 3:
			ending = "rd"
		}
	}
	return strconv.Itoa(n) + ending
}

// gaps names what is missing in the run; at gives the place of each row among
// the members of the series.
func (r *run) gaps(at map[int]int) []Gap {
	have := r.distinct()
	low, high := have[0], have[len(have)-1]
	if total := r.total(); total >= high {
		low, high = min(low, 1), total
	}
	if missing := high - low + 1 - len(have); missing == 0 || missing > len(have) || r.year && len(have) < 3 {
		return nil
	}
	var gaps []Gap
	last := low - 1
	for i := 0; i <= len(have); i++ {
		next := high + 1
		if i < len(have) {
			next = have[i]
		}
		if next > last+1 {
			gaps = append(gaps, r.gap(last+1, next-1, low, high, at))
		}
		last = next
	}
	return gaps
}

// total is what the records say of the length of the series, where they agree.
func (r *run) total() int {
	total := 0
	for _, n := range r.numbers {
		if n.total != 0 && total != 0 && n.total != total {
			return 0
		}
		total = max(total, n.total)
	}
	return total
}

// gap is the run of missing numbers from first to last.
func (r *run) gap(first, last, low, high int, at map[int]int) Gap {
	var g Gap
	var beside []string
	for _, n := range r.numbers {
		if n.n < first {
			g.Before = max(g.Before, at[n.row]+1)
		}
	}
	if first > low {
		beside = append(beside, r.name(first-1))
	}
	if last < high {
		beside = append(beside, r.name(last+1))
	}
	verb := "is"
	if g.Name = r.name(first); last > first {
		g.Name, verb = fmt.Sprintf("%s to %s", r.name(first), r.name(last)), "are"
	}
	if g.Before == 0 { // before the first of the run
		g.Before = at[r.numbers[0].row]
	}
	g.Says = fmt.Sprintf("%s → %s %s missing", strings.Join(beside, ", "), g.Name, verb)
	return g
}
