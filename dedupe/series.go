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
	titles := record.Main(p.list.in.Columns)
	entries := make([]series.Entry, len(p.list.of))
	for r, d := range p.list.of {
		entries[r] = series.Entry{Row: r, Text: p.list.text(int(d), titles, false), Marks: p.list.marks(d)}
	}
	return series.Find(entries, related)
}
