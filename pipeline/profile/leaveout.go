package profile

import (
	"fmt"

	"github.com/unecho/unecho/pipeline/record"
)

const (
	// constantRows is the number of different rows from which a value that is
	// the same everywhere tells nothing. In a shorter list it may be the very
	// thing that makes the rows alike.
	constantRows = 10
	// numberRows is the number of rows from which a dense run of different
	// numbers is taken for a numbering, whatever its heading.
	numberRows = 20
)

// leaveOut marks the columns that tell nothing, with a note each. Of a list
// without records nothing can be said.
func (p *profiler) leaveOut() {
	for c := range p.cols {
		if p.stats[c].Rows == 0 {
			return
		}
		col, s := &p.cols[c], &p.stats[c]
		switch {
		case s.Filled == 0:
			p.silence(c, "is blank everywhere")
		case s.Few == 1 && s.Rows >= constantRows && col.Role != record.Title && col.Role != record.Body:
			p.silence(c, fmt.Sprintf("says %q everywhere", short(s.Examples[0])))
		case p.numbersRows(c):
			col.Role, col.Part = record.Identifier, record.RowNumber
			col.Confidence = max(col.Confidence, 0.9)
			p.silence(c, "is different in every record, a mere key or row number,")
		}
	}
}

// silence marks a column as ignored and says why.
func (p *profiler) silence(c int, why string) {
	p.cols[c].Ignored = true
	p.cols[c].Why += "; left out"
	p.notes[c] = fmt.Sprintf("column %q %s and is not compared", p.cols[c].Name, why)
}

// short cuts a value for a message.
func short(v string) string {
	if r := []rune(v); len(r) > 30 {
		return string(r[:29]) + "…"
	}
	return v
}

// numbersRows says whether a column merely numbers the rows: different
// everywhere, filled everywhere, short and without words. A column whose
// values mean something outside the list (a DOI, a price, a year) is none,
// even where they all differ.
func (p *profiler) numbersRows(c int) bool {
	col, s, head := &p.cols[c], &p.stats[c], p.heads[c]
	if !s.Unique || s.Rows < 2 || s.Filled < 0.98 || s.OneWord < 0.98 || len(p.cols) == 1 {
		return false
	}
	coded := s.Share(ShapeCode, ShapeWhole, ShapeYear, ShapeUUID, ShapeDate, ShapePages)
	if head.meaning != nil && head.part == record.RowNumber {
		return col.Role == record.Identifier && s.Length < 64 || coded > 0.9
	}
	if head.meaning != nil && head.role == record.Title && head.rank <= 3 {
		return false
	}
	dense := s.Shapes[ShapeWhole]+s.Shapes[ShapeYear]+s.Shapes[ShapeDate]+s.Shapes[ShapeISBN] > 0.98 && s.span <= 3*float64(s.Rows)
	if head.meaning != nil && head.sure > 0.6 && col.Role == head.role {
		counted := col.Role == record.Number && (col.Part == record.Issue || col.Part == "")
		return counted && dense && s.Rows >= numberRows
	}
	switch {
	case s.Shapes[ShapeUUID] > 0.98:
		return true
	case s.Rows < numberRows:
		return dense && s.span == float64(s.Rows-1)
	case col.Role == record.Date:
		return false
	}
	return coded > 0.9
}
