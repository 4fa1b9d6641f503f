package pipeline

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/unecho/unecho/export"
)

// A run that is killed after any number of renames leaves the old outputs, or
// a journal with which the next run puts all the new ones into place.
func TestKilledBetweenRenames(t *testing.T) {
	for killed := range 4 {
		dir := t.TempDir()
		path := func(name string) string { return filepath.Join(dir, name) }
		put(t, path("a.clean.csv"), "old")
		put(t, path("a.rejects.csv"), "old")
		outputs := []*output{text(path("a.clean.csv"), "new"), text(path("a.clean.xlsx"), "new"), text(path("a.clusters.csv"), "new")}
		j := journal{Remove: []string{"a.rejects.csv"}}
		if err := stage(t.Context(), outputs, &export.Work{}, nil); err != nil {
			t.Fatal(err)
		}
		for _, out := range outputs {
			j.Rename = append(j.Rename, filepath.Base(out.temp))
		}
		if err := j.open(path(".a" + journalEnding)); err != nil {
			t.Fatal(err)
		}
		for _, out := range outputs[:killed] {
			out.keepOld()
			if err := os.Rename(out.temp, out.path); err != nil {
				t.Fatal(err)
			}
		}
		if err := finish(dir, false); err != nil {
			t.Fatal(err)
		}
		for _, out := range outputs {
			holds(t, out.path, "new")
		}
		if got := names(t, dir); got != "a.clean.csv a.clean.xlsx a.clusters.csv" {
			t.Errorf("killed after %d renames, the folder holds %s", killed, got)
		}
	}
}

// A workbook that was answered after the kill is not lost.
func TestJournalKeepsAnswers(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, ".a"+journalEnding), `{"rename":[".a.xlsx.7-0.tmp"]}`)
	put(t, filepath.Join(dir, ".a.xlsx.7-0.tmp"), "new")
	put(t, filepath.Join(dir, "a.xlsx"), "unreadable, so it may hold answers")
	if err := finish(dir, false); err == nil {
		t.Error("it was overwritten")
	}
	if err := finish(dir, true); err != nil {
		t.Error(err)
	}
	holds(t, filepath.Join(dir, "a.xlsx"), "new")
}

// A journal moves and removes nothing but what unecho names so.
func TestJournalIsHeldToOurNames(t *testing.T) {
	for _, content := range []string{
		`{"rename":["../x.1-0.tmp"]}`, `{"rename":["mine.csv"]}`, `{"rename":[".tmp"]}`, `{"rename":["./.x.1-0.tmp"]}`, `no journal`,
	} {
		dir := t.TempDir()
		put(t, filepath.Join(dir, ".a"+journalEnding), content)
		put(t, filepath.Join(dir, "mine.csv"), "mine")
		if err := finish(dir, false); err == nil {
			t.Errorf("%s was obeyed", content)
		}
		holds(t, filepath.Join(dir, "mine.csv"), "mine")
	}
	dir := t.TempDir()
	put(t, filepath.Join(dir, ".a"+journalEnding), `{"remove":["mine.csv","../mine.rejects.csv"]}`)
	put(t, filepath.Join(dir, "mine.csv"), "mine")
	if err := finish(dir, false); err != nil {
		t.Error(err)
	}
	holds(t, filepath.Join(dir, "mine.csv"), "mine")
}

// What killed runs left goes after a day; what a run may still be writing, and
// what is named otherwise, stays.
func TestSweepAbandoned(t *testing.T) {
	dir := t.TempDir()
	old := time.Now().Add(-2 * abandoned)
	for name, at := range map[string]time.Time{
		"a.csv": time.Now(), ".a.csv.7-0.tmp": old, ".a.csv.7-0.tmp.old": old,
		".a.csv.8-0.tmp": time.Now(), ".a.csv.tmp": old, ".b.csv.7-0.tmp": old, ".a.csv.bak.7-0.tmp": old,
	} {
		put(t, filepath.Join(dir, name), "x")
		if err := os.Chtimes(filepath.Join(dir, name), at, at); err != nil {
			t.Fatal(err)
		}
	}
	sweepAbandoned(filepath.Join(dir, "a.csv"))
	if got := names(t, dir); got != ".a.csv.8-0.tmp .a.csv.bak.7-0.tmp .a.csv.tmp .b.csv.7-0.tmp a.csv" {
		t.Errorf("the folder holds %s", got)
	}
}
