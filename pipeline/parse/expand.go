package parse

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/adrg/strutil/metrics"
)

// Expand gives the files that names stand for, folders and patterns opened, in
// the order in which Files reads them.
func Expand(names []string) ([]string, error) {
	paths, _, err := expand(names)
	return paths, err
}

// expand turns directories and globs into files, keeping the order of names.
// total is the size of all files, 0 when standard input is among them.
func expand(names []string) (paths []string, total int64, err error) {
	if len(names) == 0 {
		return nil, 0, &Error{Msg: "no input", Hint: "name a file, a directory, or - for standard input"}
	}
	x := expansion{seen: map[string]bool{}}
	for _, name := range names {
		if err := x.add(name); err != nil {
			return nil, 0, err
		}
	}
	if x.stream {
		x.total = 0
	}
	return x.paths, x.total, nil
}

type expansion struct {
	paths  []string
	seen   map[string]bool
	total  int64
	stream bool
}

func (x *expansion) add(name string) error {
	if name == "-" {
		x.stream = true
		x.take(name, 0)
		return nil
	}
	if name == "" {
		return &Error{Msg: "a file name is empty", Hint: "a variable of the shell may be unset"}
	}
	info, err := os.Stat(name)
	switch {
	case err == nil && info.IsDir():
		return x.directory(name)
	case err == nil:
		x.stream = x.stream || !info.Mode().IsRegular()
		x.take(name, info.Size())
		return nil
	case errors.Is(err, fs.ErrNotExist) && strings.ContainsAny(name, "*?["):
		return x.glob(name)
	}
	return fileError(name, err)
}

// take adds a file; one that is there already is not read twice.
func (x *expansion) take(path string, size int64) {
	key := path
	if path != "-" {
		key = filepath.Clean(path)
	}
	if !x.seen[key] {
		x.seen[key] = true
		x.paths = append(x.paths, path)
		x.total += size
	}
}

func (x *expansion) directory(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fileError(dir, err)
	}
	var names []string
	for _, e := range entries {
		if !e.IsDir() && !strings.HasPrefix(e.Name(), ".") && listExtension(e.Name()) {
			names = append(names, e.Name())
		}
	}
	names = withoutOutputs(names)
	if len(names) == 0 {
		return &Error{Source: dir, Msg: "no lists in this directory",
			Hint: "lists end in " + strings.Join(extensions(), ", ") + ", also with .gz, .xz or .zst behind; any other file can be named itself"}
	}
	for _, n := range names {
		if err := x.add(filepath.Join(dir, n)); err != nil {
			return err
		}
	}
	return nil
}

func (x *expansion) glob(pattern string) error {
	found, err := filepath.Glob(pattern)
	if err != nil {
		return &Error{Source: pattern, Msg: "not a pattern", Hint: "quote [ and ] as \\[ and \\]", Err: err}
	}
	found = slices.DeleteFunc(found, func(p string) bool {
		info, err := os.Stat(p)
		return err != nil || info.IsDir()
	})
	if found = withoutOutputs(found); len(found) == 0 {
		return &Error{Source: pattern, Msg: "no file fits this pattern", Err: fs.ErrNotExist}
	}
	for _, p := range found {
		if err := x.add(p); err != nil {
			return err
		}
	}
	return nil
}

func extensions() []string {
	return []string{".txt", ".csv", ".tsv", ".tab", ".psv", ".xlsx", ".xlsm", ".jsonl", ".ndjson", ".json"}
}

// bare is a file's name in lower case without the ending of a compression.
func bare(name string) string {
	name = strings.ToLower(filepath.Base(name))
	for _, z := range []string{".gz", ".xz", ".zst", ".zstd"} {
		name = strings.TrimSuffix(name, z)
	}
	return name
}

func listExtension(name string) bool {
	return slices.Contains(extensions(), filepath.Ext(bare(name)))
}

// withoutOutputs leaves out what an earlier run wrote: reports always, cleaned
// lists when the list that they came from is there too, or their report.
func withoutOutputs(names []string) []string {
	stem := func(n string) string { return strings.TrimSuffix(bare(n), filepath.Ext(bare(n))) }
	inputs := map[string]bool{}
	for _, n := range names {
		inputs[stem(n)] = true
		if of, report := strings.CutSuffix(stem(n), ".clusters"); report {
			inputs[of] = true
		}
	}
	return slices.DeleteFunc(names, func(n string) bool {
		base := stem(n)
		for _, report := range []string{".clusters", ".rejects", ".decisions"} {
			if strings.HasSuffix(base, report) {
				return true
			}
		}
		from, cleaned := strings.CutSuffix(base, ".clean")
		return cleaned && inputs[from]
	})
}

// fileError words what the operating system said.
func fileError(name string, err error) error {
	e := &Error{Source: name, Err: err}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		e.Msg = "no such file"
		if entries, derr := os.ReadDir(filepath.Dir(name)); derr == nil {
			var near []string
			for _, d := range entries {
				near = append(near, d.Name())
			}
			if n := nearest(filepath.Base(name), near); n != "" {
				e.Hint = fmt.Sprintf("did you mean %q?", filepath.Join(filepath.Dir(name), n))
			}
		}
	case errors.Is(err, fs.ErrPermission):
		e.Msg, e.Hint = "may not be read", "check the permissions of the file and its directory"
	default:
		e.Msg = "cannot be read"
		var pe *fs.PathError
		if errors.As(err, &pe) {
			e.Msg += ": " + pe.Err.Error()
		} else {
			e.Msg += ": " + err.Error()
		}
	}
	return e
}

// nearest gives the candidate that a mistyped word most likely means, "" when
// none is near: a third of the word's letters and one more may differ.
func nearest(word string, among []string) string {
	lev := metrics.NewLevenshtein()
	lev.CaseSensitive = false
	best, d := "", len([]rune(word))/3+2
	for _, c := range among {
		if x := lev.Distance(word, c); x < d {
			best, d = c, x
		}
	}
	return best
}
