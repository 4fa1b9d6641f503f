package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/unecho/unecho/export"
	"github.com/unecho/unecho/pipeline/review"
)

// Books are files with answers that were opened, and what is known of the run
// whose questions they answer.
type Books struct {
	sources []*review.Source
	run     *export.Run // nil where no file says it
	book    string      // the workbook that says it; "" where none does
}

// OpenBooks opens answered workbooks, CSV files saved from their sheets, and
// answers of offline pages. Files that do not say which run they belong to
// belong to that of the others, or of the workbook beside them. The error is
// an *[Error] about a file that cannot be read or belongs to another list.
func OpenBooks(paths []string) (b *Books, err error) {
	b = &Books{}
	defer func() {
		if err != nil {
			b.Close()
		}
	}()
	for _, path := range paths {
		s, err := review.Open(path)
		if err != nil {
			return nil, &Error{Msg: fmt.Sprintf("%s: %v", path, reason(err)), Hint: "name a workbook that unecho wrote, a CSV file saved from its sheet Review, or the answers of an offline page"}
		}
		b.sources = append(b.sources, s)
		if s.Workbook == nil {
			continue
		}
		run, err := export.ReadRun(s.Workbook)
		switch {
		case errors.Is(err, export.ErrNoRun):
		case err != nil:
			return nil, &Error{Msg: fmt.Sprintf("%s: %v", path, err), Hint: "the hidden sheet Run was altered; copy it from the workbook as it was written, or name the list with --list FILE"}
		case run.Schema > export.Schema:
			return nil, &Error{Msg: fmt.Sprintf("%s was written by a newer version (%s)", path, run.Version), Hint: "use that version to apply its answers"}
		case b.run == nil:
			b.run, b.book = run, path
		case b.run.Name != run.Name:
			return nil, &Error{Msg: fmt.Sprintf("%s is about the list %s, and %s about %s", b.book, b.run.Name, path, run.Name), Hint: "apply the workbooks of one list at a time"}
		}
	}
	if b.run == nil && len(paths) > 0 {
		b.beside(paths[0])
	}
	return b, nil
}

// Close gives back what the opened files hold.
func (b *Books) Close() {
	for _, s := range b.sources {
		s.Close()
	}
}

// beside looks for the workbook that a file was saved from: the one in its
// folder whose list has the name that the file's name begins with, or else the
// only one.
func (b *Books) beside(path string) {
	found, err := filepath.Glob(filepath.Join(escapeGlob(filepath.Dir(path)), "*.xlsx"))
	if err != nil {
		return
	}
	var names []string
	runs := map[string]*export.Run{}
	for _, name := range found {
		if base := filepath.Base(name); strings.HasPrefix(base, "~$") || strings.HasPrefix(base, ".") || slices.ContainsFunc(b.sources, func(s *review.Source) bool { return s.Path == name }) {
			continue
		}
		s, err := review.Open(name)
		if err != nil {
			continue
		}
		if s.Workbook != nil {
			if run, err := export.ReadRun(s.Workbook); err == nil && run.Schema <= export.Schema {
				names, runs[name] = append(names, name), run
			}
		}
		s.Close()
	}
	if len(names) > 1 {
		named := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return !strings.HasPrefix(filepath.Base(path), runs[name].Name) })
		if clean := slices.IndexFunc(named, func(name string) bool { return filepath.Base(name) == runs[name].Name+".clean.xlsx" }); clean >= 0 {
			named = named[clean : clean+1]
		}
		names = named
	}
	if len(names) == 1 {
		b.run, b.book = runs[names[0]], names[0]
	}
}

// escapeGlob keeps a folder's name from being taken for a pattern.
func escapeGlob(folder string) string {
	return strings.NewReplacer(`[`, `\[`, `*`, `\*`, `?`, `\?`).Replace(folder)
}

// Known says whether the run is known.
func (b *Books) Known() bool { return b.run != nil }

// Flags are the settings of the run by flag name; those that name files name
// them where they are now.
func (b *Books) Flags() map[string][]string {
	flags := map[string][]string{}
	if b.run == nil {
		return flags
	}
	for name, values := range b.run.Flags {
		flags[name] = values
		if slices.Contains([]string{"decisions", "weights", "against", "settings"}, name) {
			flags[name] = make([]string, len(values))
			for i, value := range values {
				flags[name][i] = b.locate(value, "")
			}
		}
	}
	return flags
}

// Command is the command that made the workbook, "" where that is not known.
func (b *Books) Command() string {
	if b.run == nil {
		return ""
	}
	return b.run.Command
}

// Output is the folder in which the outputs stand that the answers are about:
// that of the workbook, where it still has the name under which it was
// written. "" says that they go beside the list.
func (b *Books) Output() string {
	for _, s := range b.sources {
		if b.run != nil && filepath.Base(s.Path) == b.run.Name+".clean.xlsx" {
			return filepath.Dir(s.Path)
		}
	}
	if b.run != nil && filepath.Base(b.book) == b.run.Name+".clean.xlsx" {
		return filepath.Dir(b.book)
	}
	return ""
}

// Inputs finds the inputs of the run: beside the workbook, or where they were;
// of two of one name the one that holds what was read. It fails with an
// *[Error] when one is not there.
func (b *Books) Inputs() ([]string, error) {
	if b.run == nil {
		return nil, &Error{Msg: fmt.Sprintf("%s does not say which list it is about", b.sources[0].Path),
			Hint: "name the workbook that it was saved from as well, put it into the folder of that workbook, or name the list with --list FILE"}
	}
	named := b.run.Named
	if len(named) == 0 {
		for _, in := range b.run.Inputs {
			named = append(named, in.Name)
		}
	}
	inputs := make([]string, len(named))
	for i, name := range named {
		if name == "-" {
			return nil, &Error{Msg: fmt.Sprintf("%s was made from standard input, which cannot be read again", b.book), Hint: "name a file that holds the list with --list FILE"}
		}
		hash := ""
		for _, in := range b.run.Inputs {
			if in.Name == name {
				hash = in.SHA256
			}
		}
		inputs[i] = b.locate(name, hash)
		if !isThere(inputs[i]) {
			return nil, &Error{Msg: fmt.Sprintf("the list %s is neither beside %s nor where it was", name, b.book), Hint: "name it with --list FILE"}
		}
	}
	return inputs, nil
}

// locate finds a file of the run: in the workbook's folder by its path or its
// name, of these two the one that holds what was read; else where it was.
func (b *Books) locate(name, hash string) string {
	folder := filepath.Dir(b.book)
	places := []string{filepath.Join(folder, filepath.Base(name))}
	if !filepath.IsAbs(name) {
		places = slices.Insert(places, 0, filepath.Join(folder, name))
	}
	places = slices.DeleteFunc(places, func(p string) bool { return !isThere(p) })
	for _, place := range places {
		if hash != "" && hashOf(place) == hash {
			return place
		}
	}
	return append(places, name)[0]
}

// isThere says whether a file, a folder or what a pattern stands for is there.
func isThere(path string) bool {
	if _, err := os.Stat(path); err == nil {
		return true
	}
	found, err := filepath.Glob(path)
	return err == nil && len(found) > 0
}

// hashOf is the SHA-256 of a file as the workbook has it, "" where it cannot be read.
func hashOf(path string) string {
	f, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return ""
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// changed names the inputs that are not what they were.
func (b *Books) changed(list *List) (names []string) {
	if b.run == nil {
		return nil
	}
	known := map[string]bool{}
	for _, in := range b.run.Inputs {
		known[in.SHA256] = true
	}
	for _, source := range list.Table.OwnSources() {
		if !known[source.SHA256] {
			names = append(names, source.Name)
		}
	}
	return names
}
