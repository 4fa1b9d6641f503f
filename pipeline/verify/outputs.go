package verify

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
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
	if _, err := os.Stat(inputs[0]); err != nil && inputs[0] != "-" {
		return nil, &Error{File: inputs[0], Msg: reasonOf(err)}
	}
	if len(outputs) == 0 {
		outputs = []string{besideOf(inputs[0])}
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

// besideOf is the folder in which clean writes when it is told none: that of
// the input, or the folder itself that is named "." or "..".
func besideOf(input string) string {
	input = filepath.Clean(input)
	if base := filepath.Base(input); base == "." || base == ".." {
		return input
	}
	return filepath.Dir(input)
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
		if of, report := strings.CutSuffix(stem, ".clusters"); report {
			stems[of] = true
		}
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
