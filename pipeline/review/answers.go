package review

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// Answers is what a person wrote into one workbook, or into a file saved from
// one. Nothing in it was looked up in a list yet.
type Answers struct {
	Path  string
	Said  []Answer
	Wrong []Fault // what is no answer; while there is one, none of the file counts
	Left  []Fault // what was read and has no effect: a note beside no answer
}

// Answer is one thing that a person said in a file, and where.
type Answer struct {
	Choice           // A, B and Keep are ids as the sheet has them; of a value Column is the name in the list
	At     time.Time // where the file says it, else zero
	Cell   Cell
	Undo   bool     // a record brought back: B is the one that stood for it
	Others []string // with Undo: the other records that were merged into B
	Was    string   // of a value: what the clean list read
}

// Cell is a place in a file.
type Cell struct {
	Path  string
	Sheet string // "" in a file that has none
	Ref   string // "A17"; "" where the whole line is meant
	Line  int
}

// String gives the place as a person looks it up: Review!A17, answers.csv:17.
func (c Cell) String() string {
	if c.Sheet == "" {
		return fmt.Sprintf("%s:%d", c.Path, c.Line)
	}
	return c.Sheet + "!" + c.Ref
}

// Fault is something in a file that cannot be taken as it stands.
type Fault struct {
	Cell Cell
	Msg  string
}

// Clean says how the sheet Clean of a workbook was written, so that edits are
// known from what stood there.
type Clean struct {
	Columns []string // of the list, in order
	Headers []string // under which they stand on the sheet
	// Edited compares a cell with what the list says: text is what stands in
	// the cell of the record now. was is what stood there; ok is false where
	// nothing was changed or the record is not known.
	Edited func(id string, column int, text string) (was string, ok bool)
}

// Read takes the answers out of the file. clean may be nil: edits are not
// looked for then.
func (s *Source) Read(clean *Clean) *Answers {
	a := &Answers{Path: s.Path}
	if s.lines != nil {
		a.page(s.lines)
		return a
	}
	known := false
	for _, t := range s.tables {
		known = a.table(s.Path, t, clean) || known
	}
	if !known {
		a.Wrong = append(a.Wrong, Fault{Cell{Path: s.Path, Line: 1},
			`it has no answers to read: a sheet needs the columns "decision", "id A" and "id B", or "undo", "survivor id" and "id"`})
	}
	return a
}

// table is one sheet, or a file that was saved from one.
type table struct {
	sheet string
	rows  func() iter.Seq2[int, []string] // by line, from 1
}

// headerWithin is how far down a header is looked for: rows may have been put
// above it.
const headerWithin = 30

// table reads one sheet, if it is one that holds answers.
func (a *Answers) table(path string, t table, clean *Clean) bool {
	var read func(line int, cells []string)
	var after func()
	for line, cells := range t.rows() {
		if read != nil {
			read(line, cells)
			continue
		}
		if line > headerWithin {
			return false
		}
		at := func(column int) Cell { return cellAt(path, t.sheet, column, line) }
		h := headers{cells: cells}
		switch {
		case h.has(decisionNames) && h.has(undoNames): // the words of the drop-downs
			return false
		case h.has(decisionNames) && (t.sheet == "Review" || h.has(idANames) || h.has(idBNames) || h.has(keepNames) || h.has(rowANames)):
			read = a.review(path, t.sheet, &h, at)
		case h.has(undoNames) && (t.sheet == "Merged" || h.has(survivorNames) || h.has(survivorIDNames) || h.has(idNames)):
			read, after = a.merged(path, t.sheet, &h, at)
		case clean != nil && h.has(copiesNames) && h.clean(clean):
			read = a.clean(path, t.sheet, &h, clean)
		}
	}
	if after != nil {
		after()
	}
	return read != nil
}

func cellAt(path, sheet string, column, line int) Cell {
	ref, err := excelize.CoordinatesToCellName(max(column, 0)+1, line)
	if err != nil {
		ref = fmt.Sprintf("row %d", line)
	}
	return Cell{Path: path, Sheet: sheet, Ref: ref, Line: line}
}

// field gives a cell of a row, "" where the row is shorter.
func field(cells []string, column int) string {
	if column < 0 || column >= len(cells) {
		return ""
	}
	return strings.TrimSpace(cells[column])
}

// review gives what reads a row of Review.
func (a *Answers) review(path, sheet string, h *headers, at func(int) Cell) func(int, []string) {
	decision, keep, note := h.one(decisionNames), h.one(keepNames), h.one(noteNames)
	idA, idB, rowA, rowB := h.one(idANames), h.one(idBNames), h.one(rowANames), h.one(rowBNames)
	a.twice(h, at)
	return func(line int, cells []string) {
		cell := func(column int) Cell { return cellAt(path, sheet, column, line) }
		said, kept, why := field(cells, decision), field(cells, keep), field(cells, note)
		if said == "" && kept == "" && why == "" {
			return
		}
		x, y := field(cells, idA), field(cells, idB)
		if x == "" || y == "" {
			a.wrong(cell(decision), `there is no id in the columns "id A" and "id B" of this row, so that the pair is not known; copy them from the workbook as it was written, or clear the answer`)
			return
		}
		kind, ok := Kind(""), true
		if said != "" {
			if kind, ok = Word(said); !ok {
				a.wrong(cell(decision), unknown(said, decisionWords()))
				return
			}
		}
		answer := Answer{Choice: Choice{Kind: kind, A: x, B: y, Why: why}, Cell: cell(decision)}
		if kept != "" {
			side, ok := keepWord(kept, field(cells, rowA), field(cells, rowB))
			switch {
			case !ok:
				a.wrong(cell(keep), fmt.Sprintf("%q is neither A nor B", kept))
				return
			case kind != Same:
				a.wrong(cell(keep), fmt.Sprintf("it says which copy stays, and %s does not say same; choose same there, or clear this cell", cell(decision)))
				return
			}
			answer.Keep = map[bool]string{true: x, false: y}[side == "a"]
		}
		if kind == "" && why != "" {
			a.Left = append(a.Left, Fault{cell(note), fmt.Sprintf("a note beside no answer: %q", why)})
			return
		}
		if kind != "" {
			a.Said = append(a.Said, answer)
		}
	}
}

// merged gives what reads a row of Merged, and what is done after the last.
func (a *Answers) merged(path, sheet string, h *headers, at func(int) Cell) (read func(int, []string), after func()) {
	undo, note, id, survivor := h.one(undoNames), h.one(noteNames), h.one(idNames), h.one(survivorIDNames)
	a.twice(h, at)
	members := map[string][]string{} // by survivor
	first := len(a.Said)
	read = func(line int, cells []string) {
		cell := func(column int) Cell { return cellAt(path, sheet, column, line) }
		said, why, x, y := field(cells, undo), field(cells, note), field(cells, id), field(cells, survivor)
		if x != "" && y != "" {
			members[y] = append(members[y], x)
		}
		if said == "" {
			if why != "" {
				a.Left = append(a.Left, Fault{cell(note), fmt.Sprintf("a note beside no answer: %q", why)})
			}
			return
		}
		back, ok := undoWord(said)
		switch {
		case !ok:
			a.wrong(cell(undo), unknown(said, undoWordsInOrder[:]))
		case !back:
		case x == "" || y == "":
			a.wrong(cell(undo), `there is no id in the columns "id" and "survivor id" of this row, so that the entry is not known; copy them from the workbook as it was written, or clear the answer`)
		default:
			a.Said = append(a.Said, Answer{Choice: Choice{Kind: Different, A: x, B: y, Why: why}, Undo: true, Cell: cell(undo)})
		}
	}
	after = func() {
		for i := range a.Said[first:] {
			s := &a.Said[first+i]
			for _, other := range members[s.B] {
				if other != s.A {
					s.Others = append(s.Others, other)
				}
			}
		}
	}
	return read, after
}

// clean gives what reads a row of Clean.
func (a *Answers) clean(path, sheet string, h *headers, clean *Clean) func(int, []string) {
	id, columns := h.cleanID(clean), make([]int, len(clean.Headers))
	for c, header := range clean.Headers {
		columns[c] = h.exactly(header)
	}
	return func(line int, cells []string) {
		key := field(cells, id)
		if key == "" {
			if slices.ContainsFunc(cells, func(s string) bool { return strings.TrimSpace(s) != "" }) {
				a.Left = append(a.Left, Fault{cellAt(path, sheet, id, line), "a row without an id: it was added here, and entries are added in the list"})
			}
			return
		}
		for c, column := range columns {
			if column < 0 {
				continue
			}
			text := field(cells, column)
			if was, ok := clean.Edited(key, c, text); ok {
				a.Said = append(a.Said, Answer{Choice: Choice{Kind: Value, A: key, Column: clean.Columns[c], Value: text}, Was: was, Cell: cellAt(path, sheet, column, line)})
			}
		}
	}
}

func (a *Answers) wrong(cell Cell, msg string) { a.Wrong = append(a.Wrong, Fault{cell, msg}) }

// twice says where two columns have one meaning: which of them counts is not
// guessed.
func (a *Answers) twice(h *headers, at func(int) Cell) {
	for _, pair := range h.double {
		a.wrong(at(pair[1]), fmt.Sprintf("this column and that of %s are both called %q; give one of them another name", at(pair[0]), strings.TrimSpace(h.cells[pair[0]])))
	}
}
