package verify

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// run is what the outputs say.
type run struct {
	verdicts []verdict
	paths    *outputPaths
	shown    string     // the file that the clean list was read from
	header   []string   // of the clean list; nil where it has none
	clean    [][]string // its records
	rejects  []reject
	book     *workbook // nil where there is none
	kept     int

	byCluster map[string][]verdict // see members
}

// verdict is a line of clusters.csv.
type verdict struct {
	row, survivor int // from 1; survivor is 0 where an entry of another list stays
	id, cluster   string
	kept          bool
	reason        string
	line          int
}

// reject is a line of rejects.csv.
type reject struct {
	file, text string
	line       int
	bytes      int
	seen       bool // found in its input
}

func loadRun(paths *outputPaths) (*run, error) {
	r := &run{paths: paths}
	if err := r.loadClusters(); err != nil {
		return nil, err
	}
	if err := r.loadRejects(); err != nil {
		return nil, err
	}
	if paths.book != "" {
		data, err := load(paths.book)
		if err != nil {
			return nil, err
		}
		if r.book, err = openWorkbook(data); err != nil {
			return nil, &Error{File: paths.book, Msg: err.Error()}
		}
	}
	return r, r.loadClean()
}

// table reads a CSV whose first line must be header.
func table(path, header string) ([][]string, error) {
	data, err := load(path)
	if err != nil {
		return nil, err
	}
	rows := splitTable(strings.TrimPrefix(string(data), "\ufeff"), ',')
	if len(rows) == 0 || strings.Join(rows[0], ",") != header {
		return nil, &Error{File: path, Msg: "the first line is not " + header}
	}
	for i, row := range rows {
		if len(row) != len(rows[0]) {
			return nil, &Error{File: path, Msg: fmt.Sprintf("record %d has %d fields, not %d", i, len(row), len(rows[0]))}
		}
	}
	return rows[1:], nil
}

func (r *run) loadClusters() error {
	rows, err := table(r.paths.clusters, "row,id,cluster,kept,survivor,probability,reason")
	if err != nil {
		return err
	}
	for i, f := range rows {
		v := verdict{id: f[1], cluster: f[2], kept: f[3] == "true", reason: f[6], line: i + 2}
		row, err1 := strconv.Atoi(f[0])
		survivor, err2 := 0, error(nil) // a blank: it repeats an entry of another list
		if f[4] != "" || f[3] == "true" {
			survivor, err2 = strconv.Atoi(f[4])
		}
		p, err3 := strconv.ParseFloat(f[5], 64)
		if err1 != nil || err2 != nil || err3 != nil || f[3] != "true" && f[3] != "false" || p < 0 || p > 1 {
			return &Error{File: r.paths.clusters, Msg: fmt.Sprintf("line %d: row, survivor, probability or kept is not what it must be", v.line)}
		}
		v.row, v.survivor = row, survivor
		if v.kept {
			r.kept++
		}
		r.verdicts = append(r.verdicts, v)
	}
	return nil
}

func (r *run) loadRejects() error {
	if r.paths.rejects == "" {
		return nil
	}
	rows, err := table(r.paths.rejects, "file,line,bytes,reason,text")
	if err != nil {
		return err
	}
	for i, f := range rows {
		line, err1 := strconv.Atoi(f[1])
		size, err2 := strconv.Atoi(f[2])
		if err1 != nil || err2 != nil || size < 0 {
			return &Error{File: r.paths.rejects, Msg: fmt.Sprintf("record %d: line or bytes is not a number", i+1)}
		}
		r.rejects = append(r.rejects, reject{file: f[0], line: line, bytes: size, text: f[4]})
	}
	return nil
}

// loadClean reads the clean list from the CSV, else from the JSON lines, else
// from the sheet Clean.
func (r *run) loadClean() error {
	switch {
	case r.paths.clean != "":
		r.shown = r.paths.clean
		return r.loadCSV()
	case r.paths.jsonl != "":
		r.shown = r.paths.jsonl
		data, err := load(r.paths.jsonl)
		for line := range strings.Lines(string(data)) {
			keys, values, err := flatObject(line)
			if err != nil {
				return &Error{File: r.paths.jsonl, Msg: err.Error()}
			}
			r.header, r.clean = keys, append(r.clean, values)
		}
		return err
	}
	r.shown = r.paths.book
	header, rows, _ := r.book.pages("Clean")
	r.header = header.texts()
	for _, own := range []string{"also at", "copies", "cluster", "note"} {
		if at := slices.Index(r.header, own); at >= 0 {
			r.header = r.header[:at]
		}
	}
	for _, row := range rows {
		cells := make([]string, len(r.header))
		copy(cells, row.texts())
		r.clean = append(r.clean, cells)
	}
	return nil
}

// loadCSV reads clean.csv, whose delimiter and header are told by what
// clusters.csv says is kept: the reading with one line for each kept record,
// and one for the names, is taken.
func (r *run) loadCSV() error {
	data, err := load(r.paths.clean)
	if err != nil {
		return err
	}
	text := strings.TrimPrefix(string(data), "\ufeff")
	var best [][]string
	for _, d := range []byte{',', ';', '\t', '|'} {
		rows := splitTable(text, d)
		if best == nil || even(rows) && (!even(best) || width(rows) > width(best)) {
			best = rows
		}
	}
	if len(best) == r.kept && r.kept > 0 {
		r.clean = best
	} else if len(best) > 0 {
		r.header, r.clean = best[0], best[1:]
	}
	return nil
}

func even(rows [][]string) bool {
	return !slices.ContainsFunc(rows, func(row []string) bool { return len(row) != len(rows[0]) })
}

func width(rows [][]string) int {
	if len(rows) == 0 {
		return 0
	}
	return len(rows[0])
}
