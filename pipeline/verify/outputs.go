package verify

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// outputPaths are the files of one run; "" where there is none.
type outputPaths struct{ clusters, clean, rejects, book, jsonl string }

func (p *outputPaths) all() []string {
	return slices.DeleteFunc([]string{p.clean, p.book, p.clusters, p.rejects, p.jsonl}, func(s string) bool { return s == "" })
}

// endings say what an output is by the end of its name.
func (p *outputPaths) place(ending string) *string {
	switch ending {
	case ".clusters.csv":
		return &p.clusters
	case ".clean.csv":
		return &p.clean
	case ".rejects.csv":
		return &p.rejects
	case ".clean.xlsx":
		return &p.book
	case ".clean.jsonl":
		return &p.jsonl
	}
	return nil
}

var endings = []string{".clusters.csv", ".clean.csv", ".rejects.csv", ".clean.xlsx", ".clean.jsonl"}

// take files a path under its ending.
func (p *outputPaths) take(path string) error {
	for _, ending := range endings {
		if strings.HasSuffix(path, ending) {
			if at := p.place(ending); *at == "" {
				*at = path
				return nil
			}
			return &Error{File: path, Msg: "a second " + strings.TrimPrefix(ending, "."), Hint: "name the outputs of one run only"}
		}
	}
	return &Error{File: path, Msg: "not the name of an output", Hint: "outputs end in " + strings.Join(endings, ", ")}
}

// findOutputs files the outputs that are named; a folder stands for the
// outputs in it that carry the name of the list, and nothing for the folder of
// the first input.
func findOutputs(inputs, outputs []string) (*outputPaths, error) {
	if len(inputs) == 0 {
		return nil, &Error{File: "verify", Msg: "no input is named", Hint: "unecho verify FILE OUTPUTS…"}
	}
	if len(outputs) == 0 {
		outputs = []string{filepath.Dir(filepath.Clean(inputs[0]))}
	}
	p := &outputPaths{}
	for _, path := range outputs {
		info, err := os.Stat(path)
		if err != nil {
			return nil, &Error{File: path, Msg: reasonOf(err)}
		}
		if !info.IsDir() {
			if err := p.take(path); err != nil {
				return nil, err
			}
			continue
		}
		name := listName(inputs[0])
		for _, ending := range endings {
			beside := filepath.Join(path, name+ending)
			if _, err := os.Stat(beside); err == nil {
				if err := p.take(beside); err != nil {
					return nil, err
				}
			}
		}
	}
	p.besides()
	hint := "run unecho clean first, or name the outputs: unecho verify FILE OUTPUTS…"
	if p.clusters == "" {
		return nil, &Error{File: listName(inputs[0]) + ".clusters.csv", Msg: "not found", Hint: hint}
	}
	if p.clean == "" && p.jsonl == "" && p.book == "" {
		return nil, &Error{File: listName(inputs[0]) + ".clean.csv", Msg: "not found, nor a workbook or JSON lines", Hint: hint}
	}
	return p, nil
}

// besides looks for needed files that were not named beside those that were:
// the workbook alone is enough to find its run.
func (p *outputPaths) besides() {
	for _, from := range endings {
		base, named := strings.CutSuffix(*p.place(from), from)
		if !named || base == "" {
			continue
		}
		for _, ending := range []string{".clusters.csv", ".clean.csv", ".rejects.csv"} {
			if at := p.place(ending); *at == "" {
				if _, err := os.Stat(base + ending); err == nil {
					*at = base + ending
				}
			}
		}
	}
}

// listName is the name that outputs carry: the input's without its ending,
// and without that of a compression.
func listName(input string) string {
	if input == "-" {
		return "stdin"
	}
	if abs, err := filepath.Abs(input); err == nil {
		input = abs
	}
	name := filepath.Base(input)
	if info, err := os.Stat(input); err == nil && info.IsDir() {
		return name
	}
	switch strings.ToLower(filepath.Ext(name)) {
	case ".gz", ".xz", ".zst", ".zstd":
		name = strings.TrimSuffix(name, filepath.Ext(name))
	}
	if ext := filepath.Ext(name); ext != name {
		name = strings.TrimSuffix(name, ext)
	}
	return name
}

// expand replaces folders by the files in them, in order of name.
func expand(inputs []string) ([]string, error) {
	var files []string
	for _, in := range inputs {
		if in == "-" {
			return nil, &Error{File: "-", Msg: "standard input cannot be read a second time", Hint: "save it to a file, clean that, and verify it"}
		}
		info, err := os.Stat(in)
		if err != nil {
			return nil, &Error{File: in, Msg: reasonOf(err)}
		}
		if !info.IsDir() {
			files = append(files, in)
			continue
		}
		entries, err := os.ReadDir(in)
		if err != nil {
			return nil, &Error{File: in, Msg: reasonOf(err)}
		}
		for _, name := range listsIn(entries) {
			files = append(files, filepath.Join(in, name))
		}
	}
	return files, nil
}

// listsIn gives the lists of a folder in order of name: files that are not
// hidden, whose ending is that of a list, and that no earlier run wrote.
func listsIn(entries []fs.DirEntry) (names []string) {
	endings := []string{".txt", ".csv", ".tsv", ".tab", ".psv", ".xlsx", ".xlsm", ".jsonl", ".ndjson", ".json"}
	stems := map[string]bool{}
	for _, e := range entries {
		stem, ending := stemOf(e.Name())
		stems[stem] = stems[stem] || slices.Contains(endings, ending)
	}
	for _, e := range entries {
		stem, ending := stemOf(e.Name())
		from, cleaned := strings.CutSuffix(stem, ".clean")
		written := cleaned && stems[from]
		for _, report := range []string{".clusters", ".rejects", ".decisions"} {
			written = written || strings.HasSuffix(stem, report)
		}
		if !e.IsDir() && !strings.HasPrefix(e.Name(), ".") && slices.Contains(endings, ending) && !written {
			names = append(names, e.Name())
		}
	}
	return names
}

// stemOf cuts a name, in lower case, into stem and ending; that of a
// compression is dropped.
func stemOf(name string) (stem, ending string) {
	name = strings.ToLower(name)
	for _, z := range []string{".gz", ".xz", ".zst", ".zstd"} {
		name = strings.TrimSuffix(name, z)
	}
	ending = filepath.Ext(name)
	return strings.TrimSuffix(name, ending), ending
}

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
}

// verdict is a line of clusters.csv.
type verdict struct {
	row, survivor int // from 1
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
		survivor, err2 := strconv.Atoi(f[4])
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
