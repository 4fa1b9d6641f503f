package pipeline

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// A journal makes several renames one. No file system renames several files at
// once, and a run may be killed, or the power fail, between two of them. So
// when every output is whole beside its place, the journal is written, a hidden
// file that names them; then they are renamed, and the journal is removed. As
// long as it stands, its renames are as good as done: the next run in the
// folder finishes them before it does anything else. A run that was cut short
// thus leaves the old outputs or the new ones, together.
type journal struct {
	Rename []string `json:"rename"` // hidden files, in the folder of the journal
	Remove []string `json:"remove"` // files that the new outputs no longer have
}

// journalEnding ends the name of a journal: ".posts.unecho-journal".
const journalEnding = ".unecho-journal"

// tempEnding ends the names of hidden files, after the number of the process.
const tempEnding = ".tmp"

// open writes the journal; it is on disk when open returns.
func (j *journal) open(path string) error {
	file, err := createBeside(path)
	if err != nil {
		return err
	}
	err = errors.Join(json.NewEncoder(file).Encode(j), file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		os.Remove(file.Name())
		return err
	}
	syncFolder(filepath.Dir(path))
	return nil
}

// finish does what the journals in a folder still ask for. A workbook in which
// somebody answered meanwhile is in the way, unless force is set.
func finish(folder string, force bool) error {
	paths, err := filepath.Glob(filepath.Join(escaped(folder), ".*"+journalEnding))
	if err != nil {
		return nil // there is no such folder name, so there is no journal in it
	}
	for _, path := range paths {
		err := finishOne(path, force)
		var known *Error
		if errors.As(err, &known) {
			return known
		}
		if err != nil {
			return &Error{
				Msg:  fmt.Sprintf("%s: an earlier run was cut short while its outputs were put in place, and they cannot be now: %v", path, reason(err)),
				Hint: "make the folder writable, or remove that file and run again",
			}
		}
	}
	return nil
}

func finishOne(path string, force bool) error {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var j journal
	if err == nil {
		err = json.Unmarshal(data, &j)
	}
	if err != nil {
		return err
	}
	folder := filepath.Dir(path)
	for _, temp := range j.Rename {
		place, ok := placeOf(temp)
		if !ok {
			return fmt.Errorf("%q is no name that unecho gives", temp)
		}
		if _, err := os.Lstat(filepath.Join(folder, temp)); err == nil && filepath.Ext(place) == ".xlsx" && !force {
			if err := refuseAnswers(filepath.Join(folder, place), nil, Options{}); err != nil {
				return err
			}
		}
		err := os.Rename(filepath.Join(folder, temp), filepath.Join(folder, place))
		if err != nil && !errors.Is(err, fs.ErrNotExist) { // what is not there was renamed before
			return err
		}
		os.Remove(filepath.Join(folder, temp+backupEnding))
	}
	for _, name := range j.Remove {
		if filepath.Base(name) == name && strings.HasSuffix(name, rejectsEnding) {
			os.Remove(filepath.Join(folder, name))
		}
	}
	syncFolder(folder)
	return os.Remove(path)
}

// placeOf gives the name for which a hidden file was written:
// "posts.clean.csv" for ".posts.clean.csv.4711-0.tmp".
func placeOf(temp string) (name string, ok bool) {
	name, isTemp := strings.CutSuffix(temp, tempEnding)
	name, hidden := strings.CutPrefix(name, ".")
	dot := strings.LastIndexByte(name, '.')
	if !isTemp || !hidden || dot < 1 || filepath.Base(temp) != temp {
		return "", false
	}
	return name[:dot], true
}

// abandoned is the age from which a hidden file belongs to no running run.
const abandoned = 24 * time.Hour

// sweepAbandoned removes the hidden files of runs that were killed while they
// wrote an output. They are a day older than the file that was written now.
func sweepAbandoned(path string) {
	now, err := os.Stat(path)
	if err != nil {
		return
	}
	left, err := filepath.Glob(filepath.Join(escaped(filepath.Dir(path)), "."+escaped(filepath.Base(path))+".*"+tempEnding+"*"))
	if err != nil {
		return
	}
	for _, temp := range left {
		place, ok := placeOf(strings.TrimSuffix(filepath.Base(temp), backupEnding))
		info, err := os.Lstat(temp)
		if ok && err == nil && place == filepath.Base(path) && now.ModTime().Sub(info.ModTime()) > abandoned {
			os.Remove(temp)
		}
	}
}

// escaped gives a path as a pattern that fits only itself.
func escaped(path string) string {
	if filepath.Separator == '\\' {
		return path // there, a pattern knows no escapes
	}
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(path)
}
