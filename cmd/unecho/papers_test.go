package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/unecho/unecho/pipeline"
	"github.com/unecho/unecho/pipeline/normalize"
	"github.com/unecho/unecho/pipeline/parse"
)

var update = flag.Bool("update", false, "write what commands print now into the papers")

// A session in a paper is a fenced block marked console: lines that begin with
// "$ " are commands, what follows them is what they print, stdout and stderr.
var session = regexp.MustCompile("(?ms)^```console\n(.*?)^```$")

// What the papers show is what the commands print. Each paper's sessions run
// in order in a folder of their own that has the samples in testdata, as they
// would in the project's root. With -update the papers are rewritten.
func TestPapersShowWhatCommandsPrint(t *testing.T) {
	top := projectRoot(t)
	for _, path := range papers(t, top) {
		name, err := filepath.Rel(top, path)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(filepath.ToSlash(name), func(t *testing.T) {
			dir := t.TempDir()
			if err := os.CopyFS(filepath.Join(dir, "testdata"), os.DirFS(filepath.Join(top, "testdata"))); err != nil {
				t.Fatal(err)
			}
			t.Chdir(dir)
			said := read(t, path)
			now := session.ReplaceAllStringFunc(said, func(block string) string {
				return "```console\n" + replay(t, session.FindStringSubmatch(block)[1]) + "```"
			})
			if now == said {
				return
			}
			if !*update {
				t.Errorf("the paper shows something else than the commands print; go test ./cmd/unecho -run Papers -update rewrites it:\n%s", firstDifference(said, now))
				return
			}
			if err := os.WriteFile(path, []byte(now), 0o666); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// The Go code in the papers is code that is compiled and run as an example.
func TestCodeInPapersIsAnExample(t *testing.T) {
	top := projectRoot(t)
	var examples string
	for _, pattern := range []string{"*/example_test.go", "*/*/example_test.go"} {
		files, err := filepath.Glob(filepath.Join(top, filepath.FromSlash(pattern)))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			examples += flush(read(t, file))
		}
	}
	code := regexp.MustCompile("(?ms)^```go\n(.*?)^```$")
	for _, path := range papers(t, top) {
		for _, block := range code.FindAllStringSubmatch(read(t, path), -1) {
			if !strings.Contains(examples, flush(block[1])) {
				t.Errorf("%s: this code is no part of an example_test.go:\n%s", filepath.Base(path), block[1])
			}
		}
	}
}

// The tables of the papers name everything that there is: every key of the
// report, every format, every rule of cleaning, every command.
func TestPapersLeaveNothingOut(t *testing.T) {
	top := projectRoot(t)
	files, formats := read(t, filepath.Join(top, "docs", "files.md")), read(t, filepath.Join(top, "docs", "formats.md"))
	for _, key := range jsonKeys(reflect.TypeFor[pipeline.Report]()) {
		if !strings.Contains(files, "`"+key+"`") {
			t.Errorf("docs/files.md does not name the key %q of the report", key)
		}
	}
	for _, format := range parse.Formats {
		if !strings.Contains(formats, "`"+format+"`") {
			t.Errorf("docs/formats.md does not name the format %q", format)
		}
	}
	trust := read(t, filepath.Join(top, "docs", "trust.md"))
	for _, rule := range normalize.Rules {
		row := fmt.Sprintf("| %s | %s |\n", rule.Rule, strings.NewReplacer(`"`, "`", "|", `\|`).Replace(rule.Does))
		if !strings.Contains(trust, row) {
			t.Errorf("docs/trust.md has not this row on a rule of cleaning:\n%s", row)
		}
	}
	readme := read(t, filepath.Join(top, "README.md"))
	for _, command := range newApp(&voice{}).Commands {
		if !command.Hidden && !strings.Contains(readme, "`unecho "+command.Name) && !strings.Contains(readme, "`"+command.Name+"`") {
			t.Errorf("README.md does not name the command %s", command.Name)
		}
	}
}

// jsonKeys lists the keys of a struct and of the structs in it.
func jsonKeys(of reflect.Type) (keys []string) {
	for of.Kind() == reflect.Slice || of.Kind() == reflect.Array {
		of = of.Elem()
	}
	if of.Kind() != reflect.Struct {
		return nil
	}
	for i := range of.NumField() {
		key, _, _ := strings.Cut(of.Field(i).Tag.Get("json"), ",")
		keys = append(append(keys, key), jsonKeys(of.Field(i).Type)...)
	}
	return keys
}

// papers lists the README and the pages of docs.
func papers(t *testing.T, top string) []string {
	t.Helper()
	pages, err := filepath.Glob(filepath.Join(top, "docs", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	return append([]string{filepath.Join(top, "README.md")}, pages...)
}

// replay runs the commands of a session and gives the session as it is now.
func replay(t *testing.T, text string) string {
	t.Helper()
	var now strings.Builder
	for line := range strings.Lines(text) {
		if command, ok := strings.CutPrefix(line, "$ "); ok {
			now.WriteString(line + printed(t, strings.TrimSpace(command)))
		}
	}
	return now.String()
}

// printed is what a command prints: unecho itself, or head -n N FILE.
func printed(t *testing.T, command string) string {
	t.Helper()
	words := strings.Fields(strings.Replace(command, "go run ./cmd/unecho", "unecho", 1))
	switch {
	case words[0] == "unecho":
		var out bytes.Buffer
		say := &voice{in: strings.NewReader(""), out: &out, to: &out}
		run(context.Background(), words[1:], say)
		return filepath.ToSlash(out.String())
	case words[0] == "head" && len(words) == 4 && words[1] == "-n":
		n, err := strconv.Atoi(words[2])
		if err != nil {
			t.Fatalf("%s: %v", command, err)
		}
		lines := strings.SplitAfter(read(t, words[3]), "\n")
		return strings.Join(lines[:min(n, len(lines))], "")
	case command == "go test ./...":
		return ""
	}
	t.Fatalf("a paper has the command %q, which this test cannot run", command)
	return ""
}

// firstDifference shows the first line in which two texts differ.
func firstDifference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return "line " + strconv.Itoa(i+1) + "\n- " + x[i] + "\n+ " + y[i]
		}
	}
	return "one is longer"
}

// flush takes the indents from the lines of a text.
func flush(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString(strings.TrimLeft(line, "\t "))
	}
	return b.String()
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(data), "\r\n", "\n")
}

// projectRoot is the folder of go.mod.
func projectRoot(t *testing.T) string {
	t.Helper()
	top, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	return top
}
