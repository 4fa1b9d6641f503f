package pipeline

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/unecho/unecho/export"
	"github.com/unecho/unecho/pipeline/record"
)

// output is one file to be written: first beside its place, then renamed.
type output struct {
	path  string
	write func(io.Writer) error

	file   *os.File // being written
	temp   string   // its name, until it is renamed; "" before and after
	backup string   // second name of what stood at path, until all is renamed
}

// write writes the outputs of a run, all of them or none: each is written to a
// hidden file beside its place and forced to disk, and only when all are
// whole are they renamed, under a journal. When something fails or ctx is done
// before that, the hidden files are removed and what stood there before stands
// there still. It gives the paths in the order of writing.
func write(ctx context.Context, work *export.Work, p *places, o Options) (paths []string, err error) {
	if p.made {
		if err := os.Mkdir(p.folder, 0o777); err != nil {
			return nil, &Error{Msg: fmt.Sprintf("output folder %s: %v", p.folder, reason(err))}
		}
		defer func() {
			if err != nil {
				os.Remove(p.folder)
			}
		}()
	}
	work.Name = p.name
	outputs := p.outputs(work, o)
	defer func() {
		for _, out := range outputs {
			out.sweep()
		}
	}()
	if err := stage(ctx, outputs, work, o.Progress); err != nil {
		return nil, err
	}
	for _, out := range outputs {
		paths = append(paths, out.path)
	}
	var stale []string
	if old := p.path(rejectsEnding); len(work.Table.Rejects) == 0 && isStale(old, work.Table) {
		stale = append(stale, old)
	}
	if err := commit(outputs, stale, filepath.Join(p.folder, "."+p.name+journalEnding)); err != nil {
		return nil, err
	}
	for _, path := range paths {
		sweepAbandoned(path)
	}
	return paths, nil
}

// stage writes the outputs beside their places, all at once, since one waits
// for the disk while another is made up. When one fails, the others are cut
// short.
func stage(ctx context.Context, outputs []*output, work *export.Work, progress func(stage string, done, total int64)) error {
	within, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var one sync.Mutex
	report := func(what string, done, total int) {
		if progress != nil {
			one.Lock()
			defer one.Unlock()
			progress("writing "+what, int64(done), int64(total))
		}
	}
	fails := func(out *output, err error) {
		if err != nil {
			stop(&Error{Msg: fmt.Sprintf("%s: %v", out.path, reason(err)), Hint: "nothing was written; write elsewhere with -o DIR"})
		}
	}
	for _, out := range outputs {
		fails(out, out.create())
	}
	var group sync.WaitGroup
	for _, out := range outputs {
		name := filepath.Base(out.path)
		report(name, 0, 0)
		if strings.HasSuffix(name, "."+string(XLSX)) {
			work.Progress = func(sheet string, done, total int) error {
				report(sheet+" of "+name, done, total)
				return within.Err()
			}
		}
		group.Go(func() { fails(out, out.fill(within)) })
	}
	group.Wait()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return context.Cause(within)
}

// outputs lists what is written, and how.
func (p *places) outputs(work *export.Work, o Options) []*output {
	writers := map[Kind]func(io.Writer) error{
		CSV:   func(w io.Writer) error { return export.Clean(w, work, csvOptions(work.Table, o.CSV)) },
		XLSX:  func(w io.Writer) error { return export.Workbook(w, work) },
		JSONL: func(w io.Writer) error { return export.JSONL(w, work) },
	}
	var outputs []*output
	for _, kind := range Kinds {
		if slices.Contains(p.kinds, kind) {
			outputs = append(outputs, &output{path: p.path(".clean." + string(kind)), write: writers[kind]})
		}
	}
	outputs = append(outputs, &output{path: p.path(clustersEnding), write: func(w io.Writer) error { return export.Clusters(w, work) }})
	if len(work.Table.Rejects) > 0 {
		outputs = append(outputs, &output{path: p.path(rejectsEnding), write: func(w io.Writer) error { return export.Rejects(w, work) }})
	}
	return outputs
}

// csvOptions leaves the line of names out where the user's own tables have
// none: nothing is added.
func csvOptions(t *record.Table, o export.CSVOptions) export.CSVOptions {
	o.NoHeader = len(t.Sources) > 0
	for _, source := range t.OwnSources() {
		table := source.Format == "csv" || source.Format == "xlsx"
		if !table || source.Header || source.Bytes == 0 {
			o.NoHeader = false
		}
	}
	return o
}

// create opens the file beside the place of the output.
func (out *output) create() (err error) {
	if out.file, err = createBeside(out.path); err == nil {
		out.temp = out.file.Name()
	}
	return err
}

// fill writes the output beside its place and forces it to disk.
func (out *output) fill(ctx context.Context) (err error) {
	if out.file == nil {
		return nil
	}
	defer func() {
		if closed := out.file.Close(); err == nil {
			err = closed
		}
	}()
	if err := out.write(cancelled{ctx, out.file}); err != nil {
		return err
	}
	if there, err := os.Stat(out.path); err == nil { // who could read the old one can read the new one
		if err := out.file.Chmod(there.Mode().Perm()); err != nil {
			return err
		}
	}
	return out.file.Sync()
}

// createBeside opens a new hidden file in the folder of path, with the rights
// that any new file gets there (os.CreateTemp would hide it from others).
func createBeside(path string) (file *os.File, err error) {
	for try := range 100 {
		name := fmt.Sprintf(".%s.%d-%d%s", filepath.Base(path), os.Getpid(), try, tempEnding)
		file, err = os.OpenFile(filepath.Join(filepath.Dir(path), name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if !errors.Is(err, fs.ErrExist) {
			break
		}
	}
	return file, err
}

// commit renames every output into its place and removes what is stale, under
// a journal. When one cannot be renamed, the ones before it are put back as
// they were.
func commit(outputs []*output, stale []string, path string) error {
	var j journal
	for _, out := range outputs {
		j.Rename = append(j.Rename, filepath.Base(out.temp))
	}
	for _, old := range stale {
		j.Remove = append(j.Remove, filepath.Base(old))
	}
	if err := j.open(path); err != nil {
		return &Error{Msg: fmt.Sprintf("%s: %v", path, reason(err)), Hint: unchangedHint}
	}
	for i, out := range outputs {
		out.keepOld()
		if err := os.Rename(out.temp, out.path); err != nil {
			os.Remove(path)
			for _, done := range outputs[:i] {
				done.restore()
			}
			return &Error{Msg: fmt.Sprintf("%s: %v", out.path, reason(err)), Hint: unchangedHint}
		}
		out.temp = ""
	}
	for _, old := range stale {
		os.Remove(old)
	}
	syncFolder(filepath.Dir(path))
	os.Remove(path)
	return nil
}

const unchangedHint = "nothing was changed; write elsewhere with -o DIR"

// backupEnding ends the second name of what stood at a place.
const backupEnding = ".old"

// keepOld gives what stands at the place a second name. Where the file system
// has no such thing, there is nothing to put back, and renaming is still whole
// file by file.
func (out *output) keepOld() {
	backup := out.temp + backupEnding
	if os.Link(out.path, backup) == nil {
		out.backup = backup
	}
}

func (out *output) restore() {
	if out.backup != "" {
		os.Rename(out.backup, out.path)
		out.backup = ""
		return
	}
	os.Remove(out.path)
}

// sweep removes what is left beside the place.
func (out *output) sweep() {
	for _, name := range []string{out.temp, out.backup} {
		if name != "" {
			os.Remove(name)
		}
	}
}

// isStale says whether path holds the rejects of an earlier run of the same
// list, which go when nothing is rejected now: they belong to the outputs that
// are replaced. A file that is not ours, or is an input, stays.
func isStale(path string, t *record.Table) bool {
	there, err := os.Stat(path)
	if err != nil || !there.Mode().IsRegular() {
		return false
	}
	for _, source := range t.Sources {
		if in, err := os.Stat(source.Name); err == nil && os.SameFile(in, there) {
			return false
		}
	}
	file, err := os.Open(path)
	if err != nil {
		return false
	}
	defer file.Close()
	header, err := csv.NewReader(bufio.NewReader(file)).Read()
	return err == nil && strings.Join(header, ",") == "file,line,bytes,reason,text"
}

// syncFolder makes the renames last through a power cut, where the system can.
func syncFolder(folder string) {
	if dir, err := os.Open(folder); err == nil {
		dir.Sync()
		dir.Close()
	}
}

// cancelled fails as soon as its context is done.
type cancelled struct {
	ctx context.Context
	w   io.Writer
}

func (c cancelled) Write(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.w.Write(p)
}
