package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/unecho/unecho/pipeline/parse"
)

// Kind is a form in which the clean list is written.
type Kind string

// The kinds of output.
const (
	CSV   Kind = "csv"   // NAME.clean.csv
	XLSX  Kind = "xlsx"  // NAME.clean.xlsx
	JSONL Kind = "jsonl" // NAME.clean.jsonl
)

// Kinds lists all kinds.
var Kinds = [...]Kind{CSV, XLSX, JSONL}

// writes says whether a kind is written.
func (o Options) writes(k Kind) bool {
	if o.DryRun {
		return false
	}
	return slices.Contains(o.Writes, k) || o.Writes == nil && slices.Contains(DefaultWrites[:], k)
}

// DefaultWrites are the kinds that are written where none is asked for.
var DefaultWrites = [...]Kind{CSV, XLSX}

// The endings of the files that are written in any case, rejects only when
// something was rejected.
const (
	clustersEnding = ".clusters.csv"
	rejectsEnding  = ".rejects.csv"
)

// places says where the outputs of a run go.
type places struct {
	folder string
	name   string // NAME
	made   bool   // the folder was made for this run and is not there yet
	kinds  []Kind
}

// path gives the place of the output with an ending, ".clean.csv".
func (p *places) path(ending string) string { return filepath.Join(p.folder, p.name+ending) }

// all lists the places of everything that a run with these settings may write.
func (p *places) all() []string {
	var paths []string
	for _, kind := range p.kinds {
		paths = append(paths, p.path(".clean."+string(kind)))
	}
	return append(paths, p.path(clustersEnding), p.path(rejectsEnding))
}

// placeOutputs finds the folder and the name of the outputs before anything is
// read, so that a run that could not write is refused at once. A folder that
// is missing is made by Write when the folder above it is there.
func placeOutputs(o Options) (*places, error) {
	p := &places{kinds: o.Writes}
	if p.kinds == nil {
		p.kinds = DefaultWrites[:]
	}
	if len(o.Inputs) == 0 {
		return nil, &Error{Msg: "no file given", Hint: "name a file, a folder, or - for standard input"}
	}
	p.folder, p.name = besides(o.Inputs[0])
	if o.Output != "" {
		p.folder = o.Output
	}
	if o.DryRun {
		return p, nil
	}
	info, err := os.Stat(p.folder)
	switch {
	case errors.Is(err, fs.ErrNotExist) && o.Output != "":
		if _, err := os.Stat(filepath.Dir(filepath.Clean(p.folder))); err != nil {
			return nil, &Error{Msg: fmt.Sprintf("output folder %s: no such folder, nor the one above it", p.folder), Hint: "make it first: mkdir -p " + p.folder}
		}
		p.made = true
	case errors.Is(err, fs.ErrNotExist): // the input is missing with its folder; reading says so
	case err != nil:
		return nil, &Error{Msg: fmt.Sprintf("output folder %s: %v", p.folder, reason(err))}
	case !info.IsDir():
		return nil, &Error{Msg: fmt.Sprintf("output folder %s is a file", p.folder), Hint: "name a folder with -o; the files get their names from the input"}
	}
	return p, finish(p.folder, o.Force || len(o.answered) > 0)
}

// settle looks at what stands where the outputs go: an input is never
// overwritten, a folder cannot be, and a workbook with answers that were not
// applied only by force.
func (p *places) settle(list *List, o Options) error {
	if o.DryRun {
		return nil
	}
	for _, path := range p.all() {
		there, err := os.Stat(path)
		if err != nil {
			continue
		}
		if there.IsDir() {
			return &Error{Msg: path + " is a folder, and an output would have its name", Hint: "write elsewhere with -o DIR"}
		}
		for _, source := range list.Table.Sources {
			if in, err := os.Stat(source.Name); err == nil && os.SameFile(in, there) {
				return &Error{Msg: fmt.Sprintf("%s would overwrite the input %s", path, source.Name), Hint: "write elsewhere with -o DIR"}
			}
		}
	}
	if workbook := p.path(".clean.xlsx"); slices.Contains(p.kinds, XLSX) && !o.Force {
		return refuseAnswers(workbook, list, o)
	}
	return nil
}

// besides gives the folder in which an input stands and the name that its
// outputs get: posts for posts.txt, posts.txt.gz and a folder posts. Whoever
// names the folder "." or ".." is in it or below it, and finds the outputs
// inside. A pattern stands for the first file that it finds.
func besides(input string) (folder, name string) {
	if input == "-" {
		return ".", "stdin"
	}
	if _, err := os.Lstat(input); err != nil && strings.ContainsAny(input, "*?[") {
		if files, err := parse.Expand([]string{input}); err == nil {
			input = files[0]
		}
	}
	full, err := filepath.Abs(input)
	if err != nil {
		full = filepath.Clean(input)
	}
	folder, name = filepath.Dir(filepath.Clean(input)), filepath.Base(full)
	if base := filepath.Base(filepath.Clean(input)); base == "." || base == ".." {
		folder = filepath.Clean(input)
	}
	if info, err := os.Stat(input); err == nil && info.IsDir() {
		return folder, listName(name)
	}
	name = strip(name, compressionEnding)
	return folder, listName(strip(name, formatEnding))
}

// The endings that are no part of a list's name. "list.2024" and "v1.2" keep
// theirs.
var (
	compressionEnding = regexp.MustCompile(`(?i)\.(gz|xz|zst|zstd)$`)
	formatEnding      = regexp.MustCompile(`(?i)\.[a-z][a-z0-9]{0,5}$`)
)

func strip(name string, ending *regexp.Regexp) string {
	if short := ending.ReplaceAllString(name, ""); short != "" {
		return short
	}
	return name
}

// listName is the name, but for the root folder, which has none.
func listName(name string) string {
	if name == string(filepath.Separator) || name == "." {
		return "list"
	}
	return name
}

// reason gives what the system said without the path, which the message has
// already.
func reason(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	var link *os.LinkError
	if errors.As(err, &link) {
		return link.Err
	}
	return err
}
