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
	asked := map[int]bool{}
	for _, k := range related {
		asked[k.A], asked[k.B] = true, true
	}
	var entries []series.Entry // one without a number is in none but for a person's word
	for r, d := range p.list.of {
		if marks := p.list.marks(d); len(marks) > 0 || asked[r] {
			entries = append(entries, series.Entry{Row: r, Marks: marks})
		}
	}
	var words []string
	return series.Find(entries, func(row int) []string {
		words = words[:0]
		for _, t := range p.list.title.in(p.list.of[row]) {
			words = append(words, p.list.title.symbols.text[t])
		}
		return words
	}, related)
}
