package verify

import (
	"strconv"
	"strings"
)

// checkSheets holds the workbook to the CSVs: how many rows each sheet has,
// what Clean shows, whom Merged names, and the numbers on Start.
func (r *Report) checkSheets(run *run) {
	var f finding
	removed := len(run.verdicts) - run.kept
	_, clean, _ := run.book.pages("Clean")
	_, merged, _ := run.book.pages("Merged")
	_, rejects, _ := run.book.pages("Rejects")
	if len(clean) != run.kept && width(run.clean) > 0 {
		f.fault("the sheet Clean has %d records, clusters.csv keeps %d", len(clean), run.kept)
	}
	if len(merged) != removed {
		f.fault("the sheet Merged has %d records, clusters.csv removes %d", len(merged), removed)
	}
	if len(rejects) != len(run.rejects) {
		f.fault("the sheet Rejects has %d rows, rejects.csv %d", len(rejects), len(run.rejects))
	}
	r.close("sheets", &f, "Clean %d, Merged %d, Rejects %d rows, as in the CSVs", len(clean), len(merged), len(rejects))
	if run.shown != run.paths.book {
		r.checkCleanSheet(run)
	}
	r.checkMerged(run)
	r.checkStart(run)
}

// checkCleanSheet compares the sheet Clean with clean.csv, cell by cell, in the
// user's own columns, which come first.
func (r *Report) checkCleanSheet(run *run) {
	var f finding
	_, rows, _ := run.book.pages("Clean")
	cells := 0
	for i, row := range rows {
		if i >= len(run.clean) {
			break
		}
		for c, want := range run.clean[i] {
			cells++
			var got sheetCell
			if c < len(row.cells) {
				got = row.cells[c]
			}
			if !got.shows(want) {
				f.fault("Clean, row %d, column %q: the sheet has %.60q, clean.csv %.60q", row.number, run.name(c), got.text, want)
			}
		}
	}
	r.close("sheet Clean", &f, "%d cells are those of clean.csv", cells)
}

// shows tells whether a cell of the sheet shows the text of clean.csv. A number
// may stand there only for a plain spelling that loses nothing: no leading
// zeros, no exponent, no sign but minus.
func (got sheetCell) shows(want string) bool {
	if !got.number {
		want = strings.ToValidUTF8(want, "\ufffd")
		return got.text == want || "'"+got.text == want || spells(got.text, want)
	}
	digits := strings.TrimPrefix(want, "-")
	if strings.Trim(digits, "0123456789.") != "" || len(digits) > 1 && digits[0] == '0' && digits[1] != '.' {
		return false
	}
	a, err1 := strconv.ParseFloat(got.text, 64)
	b, err2 := strconv.ParseFloat(want, 64)
	return err1 == nil && err2 == nil && a == b
}

// checkMerged compares the ids on the sheet Merged with clusters.csv, where the
// sheet has such columns: each removed record once, and none that was kept.
func (r *Report) checkMerged(run *run) {
	header, rows, there := run.book.pages("Merged")
	id := header.column("id")
	if !there || id < 0 {
		return
	}
	var f finding
	removed := map[string]bool{}
	for _, v := range run.verdicts {
		if !v.kept {
			removed[v.id] = true
		}
	}
	all := len(removed)
	for _, row := range rows {
		if name := row.text(id); !removed[name] {
			f.fault("Merged, row %d: %q is no removed record, or stands twice", row.number, name)
		} else {
			delete(removed, name)
		}
	}
	for _, v := range run.verdicts {
		if removed[v.id] {
			f.fault("row %d (%s) was removed and does not stand on Merged", v.row, v.id)
		}
	}
	r.close("sheet Merged", &f, "%d removed records stand on it once each", all)
}

// startNumbers are the words beside which Start says a number, and what the
// CSVs say.
func (run *run) startNumbers() map[string]int {
	removed := len(run.verdicts) - run.kept
	return map[string]int{
		"read": len(run.verdicts), "kept": run.kept, "merged": removed, "rejected": len(run.rejects),
	}
}

// checkStart compares the cached numbers of Start with the CSVs. A number
// belongs to the word that stands before it in its row.
func (r *Report) checkStart(run *run) {
	rows, there := run.book.sheets["Start"]
	if !there {
		return
	}
	var f finding
	want := run.startNumbers()
	seen := map[string]bool{}
	for _, row := range rows {
		word := ""
		for _, cell := range row.cells {
			if cell.text == "" {
				continue
			}
			due, known := want[word]
			if n, err := strconv.Atoi(cell.text); known && !seen[word] && err == nil {
				seen[word] = true
				if n != due {
					f.fault("Start, row %d: %s %d, the CSVs say %d", row.number, word, n, due)
				}
			}
			word = strings.ToLower(strings.Trim(cell.text, " :"))
		}
	}
	for _, word := range []string{"read", "kept", "merged"} {
		if !seen[word] {
			f.fault("Start says no number for %q", word)
		}
	}
	r.close("sheet Start", &f, "%d numbers are those of the CSVs", len(seen))
}
