// Package cmd_test holds what is true of the whole house rather than of one
// room: who may import whom.
package cmd_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/unecho/unecho"

// stages are the rooms of the road; a stage has its subpackages, and never
// imports another stage.
var stages = []string{
	"pipeline/parse", "pipeline/normalize", "pipeline/profile", "pipeline/evaluate", "pipeline/verify", "pipeline/review",
	"dedupe", "export",
}

// pure lists the stages that read no file, network, clock, environment or
// random source; impure is what would let them.
var pure = []string{"dedupe", "pipeline/normalize"}

var impure = []string{"os", "os/exec", "os/signal", "os/user", "io/fs", "io/ioutil", "net", "net/http", "net/url", "syscall", "path/filepath",
	"time", "math/rand", "math/rand/v2", "crypto/rand", "log", "log/slog", "flag", "plugin"}

// allowed are the impure imports that a pure stage has a reason for: net/url
// only cuts addresses into pieces.
var allowed = map[string][]string{"pipeline/normalize": {"net/url"}, "dedupe": {"net/url"}}

// source is one Go file and what it imports.
type source struct {
	path    string // from the root, with slashes
	pkg     string // its folder, from the root
	test    bool
	imports []string
}

func TestImportsAreALadder(t *testing.T) {
	files := sources(t)
	for _, f := range files {
		for _, imported := range f.imports {
			ours, inside := strings.CutPrefix(imported, module+"/")
			if imported == module {
				t.Errorf("%s: there is no package at the top", f.path)
			}
			if inside && !f.test && !mayImport(f.pkg, ours) {
				t.Errorf("%s: %s may not import %s (the ladder: cmd → pipeline → stages → pipeline/record)", f.path, f.pkg, ours)
			}
		}
	}
}

// mayImport is the ladder.
func mayImport(from, to string) bool {
	if from == to || strings.HasPrefix(to, from+"/") && stageOf(from) != "" {
		return true
	}
	switch {
	case strings.HasPrefix(from, "cmd/"):
		return !strings.HasPrefix(to, "cmd/") || strings.HasPrefix(to, from+"/")
	case from == "pipeline":
		return to == "pipeline/record" || stageOf(to) != ""
	case from == "pipeline/record":
		return false
	case stageOf(from) != "":
		return to == "pipeline/record" || stageOf(to) == stageOf(from)
	}
	return false
}

// stageOf is the stage that a package belongs to, or "".
func stageOf(pkg string) string {
	for _, s := range stages {
		if pkg == s || strings.HasPrefix(pkg, s+"/") {
			return s
		}
	}
	return ""
}

func TestEveryPackageHasItsPlace(t *testing.T) {
	for _, f := range sources(t) {
		known := f.pkg == "cmd" && f.test || strings.HasPrefix(f.pkg, "cmd/") || f.pkg == "pipeline" || f.pkg == "pipeline/record" || stageOf(f.pkg) != ""
		if !known {
			t.Errorf("%s: the ladder has no rung for the package %q", f.path, f.pkg)
		}
	}
}

func TestPureStagesReadNothing(t *testing.T) {
	for _, f := range sources(t) {
		stage := stageOf(f.pkg)
		if f.test || !slices.Contains(pure, stage) {
			continue
		}
		for _, imported := range f.imports {
			if slices.Contains(impure, imported) && !slices.Contains(allowed[stage], imported) {
				t.Errorf("%s: %s is pure and may not import %s", f.path, stage, imported)
			}
		}
	}
}

// TestLadderCatches tries the rules themselves.
func TestLadderCatches(t *testing.T) {
	for _, test := range []struct {
		from, to string
		may      bool
	}{
		{"cmd/unecho", "pipeline", true}, {"cmd/unecho", "export", true}, {"cmd/unecho", "cmd/quality", false},
		{"cmd/bench", "cmd/bench/generate", true}, {"cmd/bench/generate", "cmd/bench", false}, {"cmd/quality", "cmd/bench/generate", false},
		{"pipeline", "dedupe", true}, {"pipeline", "cmd/unecho", false}, {"pipeline/parse", "pipeline", false},
		{"pipeline/parse", "pipeline/normalize", false}, {"pipeline/parse", "pipeline/record", true},
		{"dedupe", "dedupe/join", true}, {"dedupe/join", "dedupe/cluster", true}, {"dedupe/join", "export", false},
		{"export", "dedupe", false}, {"pipeline/record", "dedupe", false}, {"pipeline/verify", "pipeline/parse", false},
	} {
		if mayImport(test.from, test.to) != test.may {
			t.Errorf("%s → %s: wanted %v", test.from, test.to, test.may)
		}
	}
}

// TestDependenciesHaveTheirLine holds ARCHITECTURE.md to a word about every
// library that the code imports.
func TestDependenciesHaveTheirLine(t *testing.T) {
	paper, err := os.ReadFile(filepath.Join(root(t), "ARCHITECTURE.md"))
	if err != nil {
		t.Fatal(err)
	}
	mod, err := os.ReadFile(filepath.Join(root(t), "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	direct := map[string]bool{}
	for _, f := range sources(t) {
		for _, imported := range f.imports {
			for _, m := range regexp.MustCompile(`(?m)^\t(\S+) v`).FindAllSubmatch(mod, -1) {
				if name := string(m[1]); imported == name || strings.HasPrefix(imported, name+"/") {
					direct[name] = true
				}
			}
		}
	}
	for name := range direct {
		if regexp.MustCompile(`(?m)^\t` + regexp.QuoteMeta(name) + ` v.* // indirect$`).Match(mod) {
			t.Errorf("go.mod calls %s indirect, and the code imports it: run go mod tidy", name)
		}
		short := strings.TrimPrefix(regexp.MustCompile(`/v\d+$`).ReplaceAllString(name, ""), "github.com/")
		if !strings.Contains(string(paper), short) {
			t.Errorf("ARCHITECTURE.md has no line about %s", name)
		}
	}
}

// TestNamedTestsExist holds the table of laws to tests that are there.
func TestNamedTestsExist(t *testing.T) {
	paper, err := os.ReadFile(filepath.Join(root(t), "ARCHITECTURE.md"))
	if err != nil {
		t.Fatal(err)
	}
	var tests strings.Builder
	for _, f := range sources(t) {
		if f.test {
			code, err := os.ReadFile(filepath.Join(root(t), filepath.FromSlash(f.path)))
			if err != nil {
				t.Fatal(err)
			}
			tests.Write(code)
		}
	}
	for _, name := range regexp.MustCompile(`\b(Test|Fuzz)[A-Z]\w+`).FindAllString(string(paper), -1) {
		if !strings.Contains(tests.String(), "\nfunc "+name+"(") {
			t.Errorf("ARCHITECTURE.md names the test %s, which is not there", name)
		}
	}
}

// sources reads the imports of every Go file of the module.
func sources(t *testing.T) []source {
	t.Helper()
	var files []source
	top := root(t)
	err := filepath.WalkDir(top, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() && p != top && (name == "testdata" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_")) {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(name, ".go") {
			return nil
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), p, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(top, p)
		if err != nil {
			return err
		}
		f := source{path: filepath.ToSlash(rel), test: strings.HasSuffix(name, "_test.go")}
		f.pkg = path.Dir(f.path)
		for _, spec := range parsed.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			f.imports = append(f.imports, imported)
		}
		files = append(files, f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// root is the folder of go.mod.
func root(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	for dir != filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		dir = filepath.Dir(dir)
	}
	t.Fatal("no go.mod above the test")
	return ""
}
