package dedupe

import (
	"github.com/unecho/unecho/dedupe/series"
	"github.com/unecho/unecho/pipeline/record"
)

// Series puts the records of the list that are several of one thing into
// series, related pairs and records whose main texts differ in a counting
// number only; see [series.Find]. related are links of band Related between
// rows of the list.
func (p *Prepared) Series(related []record.Link) []series.Series {
	asked := make([]bool, len(p.list.of))
	for _, k := range related {
		asked[k.A], asked[k.B] = true, true
	}
	entries := gather(len(p.list.of), func(r int) (series.Entry, bool) { // one without a number is in none but for a person's word
		marks := p.list.marks(p.list.of[r])
		return series.Entry{Row: r, Marks: marks}, len(marks) > 0 || asked[r]
	})
	return series.Find(entries, func(words []string, row int) []string {
		for _, t := range p.list.title.in(p.list.of[row]) {
			words = append(words, p.list.title.symbols.text[t])
		}
		return words
	}, related)
}
