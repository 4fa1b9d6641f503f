// Package profile says what the columns of a list hold: their roles, inferred
// from the headings and from the data, how sure that is and what it rests on.
// It stands between normalize and dedupe on the road and reads cleaned text.
//
// What it says does not depend on the order of the records, nor on how often
// a record is copied.
package profile

import (
	"fmt"
	"math"

	"github.com/unecho/unecho/pipeline/record"
)

// Columns gives t.Columns with Role, Part, Confidence, Why, Ignored and Group
// filled in. cells is the cleaned text, record after record as in
// record.Table; nil stands for t.Cells.
//
// Either columns of role Title are the main text, all in one group; or there
// is none, and the main text is a person's name (record.Main tells them). A
// column that tells nothing, because it numbers the rows, is blank or says the
// same everywhere, is Ignored. notes says aloud what is left out and why, and
// what is in doubt; one sentence each, in the order of the columns.
//
// The error is an *Error about o: a name, a role or a contradiction.
func Columns(t *record.Table, cells []string, o Overrides) (cols []record.Column, notes []string, err error) {
	if cells == nil {
		cells = t.Cells
	}
	if len(t.Columns) == 0 {
		return nil, nil, nil
	}
	p := newProfiler(t.Columns, newList(cells, len(t.Columns)))
	told := make([]record.Column, len(p.cols))
	for c := range told {
		told[c].Name = p.cols[c].Name
	}
	if err := o.apply(told); err != nil {
		return nil, nil, err
	}
	p.told = told
	p.judgeAll()
	p.settleNeighbours()
	p.leaveOut()
	p.obey()
	p.chooseMain()
	p.group()
	for c := range p.cols {
		p.cols[c].Confidence = math.Round(p.cols[c].Confidence*100) / 100
	}
	return p.cols, p.allNotes(), nil
}

// profiler holds what is known while the columns are settled.
type profiler struct {
	cols  []record.Column
	stats []Stat
	heads []named // with a nil meaning where the heading says nothing
	told  []record.Column
	list  *list
	notes []string // one a column, "" for none
	main  string   // a note about the main text
}

func newProfiler(columns []record.Column, l *list) *profiler {
	p := &profiler{
		cols:  make([]record.Column, len(columns)),
		list:  l,
		stats: l.stats(),
		heads: make([]named, len(columns)),
		notes: make([]string, len(columns)),
	}
	for c := range columns {
		p.cols[c].Name = columns[c].Name
		p.heads[c], _ = readHeading(columns[c].Name)
	}
	return p
}

// judgeAll gives each column its role, looked at alone.
func (p *profiler) judgeAll() {
	for c := range p.cols {
		v := judge(p.heads[c], &p.stats[c])
		p.cols[c].Role, p.cols[c].Part, p.cols[c].Confidence, p.cols[c].Why = v.role, v.part, v.sure, v.why
	}
}

// obey puts what a person said over what was inferred.
func (p *profiler) obey() {
	for c, told := range p.told {
		if told.Role != "" {
			p.cols[c], p.notes[c] = told, ""
		}
		if told.Ignored {
			p.cols[c].Ignored, p.cols[c].Why = true, told.Why
			p.notes[c] = fmt.Sprintf("column %q is not compared: %s", told.Name, told.Why)
		}
	}
}

// allNotes gives the notes in the order of the columns, that on the main text last.
func (p *profiler) allNotes() []string {
	var notes []string
	for _, n := range append(p.notes, p.main) {
		if n != "" {
			notes = append(notes, n)
		}
	}
	return notes
}

// rename gives a column another role, with the reason.
func (p *profiler) rename(c int, role record.Role, part record.Part, sure float64, why string) {
	col := &p.cols[c]
	col.Role, col.Part, col.Confidence, col.Why = role, part, sure, why
}

// has says whether any column has the role and part.
func (p *profiler) has(role record.Role, part record.Part) bool {
	for _, col := range p.cols {
		if col.Role == role && col.Part == part {
			return true
		}
	}
	return false
}
