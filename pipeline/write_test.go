package pipeline

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/unecho/unecho/export"
	"github.com/unecho/unecho/pipeline/record"
)

func text(path, content string) *output {
	return &output{path: path, write: func(w io.Writer) error {
		_, err := io.WriteString(w, content)
		return err
	}}
}

func put(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o640); err != nil {
		t.Fatal(err)
	}
}

func holds(t *testing.T, path, want string) {
	t.Helper()
	if got, err := os.ReadFile(path); err != nil || string(got) != want {
		t.Errorf("%s holds %q (%v), want %q", path, got, err, want)
	}
}

// names lists a folder.
func names(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return strings.Join(all, " ")
}

// When one output cannot be renamed into its place, those before it are put
// back as they were, and those that were not there are gone.
func TestCommitIsAllOrNothing(t *testing.T) {
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	put(t, path("old.csv"), "old")
	if err := os.MkdirAll(path("busy.csv/inside"), 0o777); err != nil {
		t.Fatal(err)
	}
	outputs := []*output{text(path("old.csv"), "new"), text(path("fresh.csv"), "new"), text(path("busy.csv"), "new")}
	if err := stage(t.Context(), outputs, &export.Work{}, nil); err != nil {
		t.Fatal(err)
	}
	if err := commit(outputs, nil, path(".j"+journalEnding)); err == nil {
		t.Fatal("a file was renamed over a folder")
	}
	for _, out := range outputs {
		out.sweep()
	}
	holds(t, path("old.csv"), "old")
	if got := names(t, dir); got != "busy.csv old.csv" {
		t.Errorf("the folder holds %s", got)
	}
}

func TestCommitReplaces(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "old.csv")
	put(t, path, "old")
	out := text(path, "new")
	if err := stage(t.Context(), []*output{out}, &export.Work{}, nil); err != nil {
		t.Fatal(err)
	}
	holds(t, path, "old")
	if err := commit([]*output{out}, nil, filepath.Join(dir, ".j"+journalEnding)); err != nil {
		t.Fatal(err)
	}
	out.sweep()
	holds(t, path, "new")
	if got := names(t, dir); got != "old.csv" {
		t.Errorf("the folder holds %s", got)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("rights of the file are %v, those of the old one were 0640 (%v)", info.Mode(), err)
	}
}

func TestStageStops(t *testing.T) {
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	out := text(filepath.Join(dir, "new.csv"), "new")
	if err := stage(ctx, []*output{out}, &export.Work{}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v after the context was done", err)
	}
	out.sweep()
	if got := names(t, dir); got != "" {
		t.Errorf("%s was left", got)
	}
}

// When one output fails, the first in their order that could not be opened says
// why, and the others come to an end.
func TestStageNamesTheFirst(t *testing.T) {
	dir := t.TempDir()
	fine := text(filepath.Join(dir, "fine.csv"), "new")
	outputs := []*output{fine, text(filepath.Join(dir, "no/a.csv"), "new"), text(filepath.Join(dir, "no/b.csv"), "new")}
	err := stage(t.Context(), outputs, &export.Work{}, nil)
	if err == nil || !strings.Contains(err.Error(), "a.csv") {
		t.Errorf("error %v", err)
	}
	fine.sweep()
	if got := names(t, dir); got != "" {
		t.Errorf("%s was left", got)
	}
}

func TestStaleRejects(t *testing.T) {
	const header = "file,line,bytes,reason,text\n"
	for what, c := range map[string]struct {
		content string
		input   bool
		gone    bool
	}{
		"ours":               {content: header + "a.csv,3,4,x,y\n", gone: true},
		"somebody's own":     {content: "my,notes\n"},
		"ours, but an input": {content: header, input: true},
		"empty":              {content: ""},
	} {
		path := filepath.Join(t.TempDir(), "posts.rejects.csv")
		put(t, path, c.content)
		table := &record.Table{}
		if c.input {
			table.Sources = []record.Source{{Name: path}}
		}
		if got := isStale(path, table); got != c.gone {
			t.Errorf("%s: stale is %v", what, got)
		}
	}
}
