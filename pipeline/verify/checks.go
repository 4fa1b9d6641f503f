package verify

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// checkClusters holds clusters.csv to itself: rows are numbered 1..n once
// each, ids are unique, every cluster keeps exactly one record, and every
// record names it.
func (r *Report) checkClusters(run *run) {
	var rows, ids, stays finding
	keeper := map[string]int{} // row of the kept record, by cluster
	seen := map[string]int{}
	for i, v := range run.verdicts {
		if v.row != i+1 {
			rows.fault("%s:%d: row %d where row %d is due", run.paths.clusters, v.line, v.row, i+1)
		}
		if first, doubled := seen[v.id]; doubled || v.id == "" {
			ids.fault("%s:%d: id %q stands in line %d as well", run.paths.clusters, v.line, v.id, first)
		}
		seen[v.id] = v.line
		if !v.kept {
			continue
		}
		if other := keeper[v.cluster]; other > 0 {
			stays.fault("cluster %s keeps two records, rows %d and %d", v.cluster, other, v.row)
		}
		keeper[v.cluster] = v.row
	}
	n, elsewhere := len(run.verdicts), 0
	for _, v := range run.verdicts {
		switch stay := keeper[v.cluster]; {
		case v.survivor == 0 && stay > 0:
			stays.fault("row %d: it names no survivor, and its cluster %s keeps row %d", v.row, v.cluster, stay)
		case v.survivor == 0 && !repeatsOld.MatchString(v.reason):
			stays.fault("row %d: it names no survivor, and its reason no entry of another list", v.row)
		case v.survivor == 0:
			elsewhere++
		case v.survivor < 1 || v.survivor > n:
			stays.fault("row %d: its survivor, row %d, does not exist", v.row, v.survivor)
		case stay == 0:
			stays.fault("row %d: its cluster %s keeps no record", v.row, v.cluster)
		case v.survivor != stay:
			stays.fault("row %d: its survivor is said to be row %d, and its cluster %s keeps row %d", v.row, v.survivor, v.cluster, stay)
		}
	}
	r.close("rows", &rows, "%d lines of clusters.csv are numbered 1 to %d, once each", n, n)
	r.close("ids", &ids, "%d ids are unique", n)
	more := ""
	if elsewhere > 0 {
		more = fmt.Sprintf("; %d more repeat entries of another list, each names it", elsewhere)
	}
	r.close("survivors", &stays, "each of %d clusters keeps one record, and its other records (%d) name it%s", len(keeper), n-run.kept-elsewhere, more)
}

// repeatsOld is how the reason of a record that repeats an entry of another
// list begins: with the place of that entry.
var repeatsOld = regexp.MustCompile(`^repeat of .+:[1-9][0-9]*(?: \(over [^)]+\))?: `)

// checkCleanRows compares the number of records in the clean list with what
// clusters.csv keeps.
func (r *Report) checkCleanRows(run *run) {
	var f finding
	if len(run.clean) != run.kept {
		f.fault("%s has %d records, clusters.csv keeps %d", run.shown, len(run.clean), run.kept)
	}
	for i, row := range run.clean {
		if len(run.header) > 0 && len(row) != len(run.header) {
			f.fault("%s: record %d has %d fields where the header has %d", run.shown, i+1, len(row), len(run.header))
		}
	}
	r.close("kept + removed", &f, "%d kept in the clean list + %d removed = %d in clusters.csv", len(run.clean), len(run.verdicts)-run.kept, len(run.verdicts))
}

// checkRecords compares the number of records in the inputs, read anew, with
// the lines of clusters.csv.
func (r *Report) checkRecords(run *run, l *list) {
	var f finding
	if len(l.records) != len(run.verdicts) {
		f.fault("%d records stand in the input once the rejects are cut out, clusters.csv has %d", len(l.records), len(run.verdicts))
	}
	r.close("records", &f, "%d records read from the input anew = %d lines of clusters.csv", len(l.records), len(run.verdicts))
}

// checkCells compares every kept record with its place in the clean list.
func (r *Report) checkCells(run *run, l *list) {
	var f finding
	listed := changesOf(run)
	var same, changed, filled, clean int
	for i, v := range run.verdicts {
		if !v.kept {
			continue
		}
		if clean >= len(run.clean) || i >= len(l.records) {
			f.fault("row %d has nothing to be compared with", v.row)
			break
		}
		row, e := run.clean[clean], l.records[i]
		clean++
		before := e.aligned(run.header, len(row))
		for c, after := range row {
			switch m := (claim{v.row, c, run.name(c), before[c], after}); {
			case e.stands(m):
				same++
			case listed.explains(m.row, m.col, m.name, m.before, m.after, e.words):
				changed++
			case run.filled(l, listed, v, m, &e):
				filled++
			default:
				f.fault("%s: record %d (row %d), column %q: the input has %.80q, the clean list %.80q", e.file, e.number, v.row, run.name(c), before[c], after)
			}
		}
	}
	how := "as the sheet Changes lists them"
	if listed.absent {
		how = "held only to their letters, since no workbook lists them"
	}
	more := ""
	if filled > 0 {
		more = fmt.Sprintf("; filled from a removed record of their cluster, the one that clusters.csv names: %d", filled)
	}
	r.close("cells", &f, "%d cells of %d kept records stand as in the input, in its order; %d were cleaned, %s%s", same, clean, changed, how, more)
}

// name is the name of column c.
func (run *run) name(c int) string {
	if c < len(run.header) {
		return run.header[c]
	}
	return ""
}

// aligned gives the cells of an entry in the columns of the clean list. Where
// a name stands twice, its first cell goes to the first of them.
func (e *entry) aligned(header []string, n int) []string {
	out := make([]string, n)
	if len(header) == 0 || slices.Equal(e.names, header) {
		copy(out, e.cells)
		return out
	}
	used := make([]bool, n)
	for i, name := range e.names {
		for c, h := range header {
			if i < len(e.cells) && c < n && !used[c] && h == strings.TrimPrefix(name, "\ufeff") {
				out[c], used[c] = e.cells[i], true
				break
			}
		}
	}
	return out
}

// sameNumber accepts a number that a workbook shows otherwise than it stores
// it: dates and formats are not recomputed here, only that something stands
// where something stood.
func sameNumber(before, after string) bool {
	return isNumber(before) && after != ""
}

// checkJSONL compares the JSON lines with the clean list, value by value.
func (r *Report) checkJSONL(path string, run *run) error {
	data, err := load(path)
	if err != nil {
		return err
	}
	var f finding
	n := 0
	for line := range strings.Lines(string(data)) {
		_, values, err := flatObject(line)
		switch {
		case err != nil:
			f.fault("%s:%d: %v", path, n+1, err)
		case n < len(run.clean) && !equalText(values, run.clean[n]):
			f.fault("%s:%d: not the record %d of clean.csv", path, n+1, n+1)
		}
		n++
	}
	if n != len(run.clean) {
		f.fault("%s has %d lines, clean.csv %d records", path, n, len(run.clean))
	}
	r.close("JSON lines", &f, "%d lines hold the %d records of clean.csv", n, len(run.clean))
	return nil
}

// flatObject gives the keys of a flat object and its strings, as they stand.
func flatObject(object string) (keys, values []string, err error) {
	d := json.NewDecoder(strings.NewReader(object))
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return nil, nil, errors.New("not a JSON object")
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, nil, err
		}
		var value string
		if err := d.Decode(&value); err != nil {
			return nil, nil, err
		}
		keys, values = append(keys, key.(string)), append(values, value)
	}
	return keys, values, nil
}

// equalText compares cells that JSON or a workbook has carried: bytes that are
// no text come back as U+FFFD, and a formula-like cell may carry an apostrophe
// in the CSV.
func equalText(a, b []string) bool {
	return slices.EqualFunc(a, b, func(x, y string) bool {
		y = strings.ToValidUTF8(y, "\ufffd")
		return strings.ToValidUTF8(x, "\ufffd") == y || "'"+x == y || squeeze(x) == squeeze(y)
	})
}

// squeeze makes a run of replacement characters one, since readers differ in
// how many a broken sequence becomes.
func squeeze(s string) string {
	for strings.Contains(s, "\ufffd\ufffd") {
		s = strings.ReplaceAll(s, "\ufffd\ufffd", "\ufffd")
	}
	return s
}
