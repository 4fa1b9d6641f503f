package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"unecho": main})
}

// TestScript runs each file of testdata/script, which reads like a session at
// a terminal. Beside the commands of testscript there are:
//
//	exit CODE PROGRAM ARGS…     runs a program and holds it to an exit code
//	same A B                    the two files or folders hold the same bytes
//	bytes FILE TEXT             writes TEXT with the escapes of a Go string
//	alone FOLDER                no hidden file was left in the folder
//	count LINES FILE            the file has that many lines
//	answer FILE SHEET WORD      a person answers in the first row of a sheet
//	cell FILE PLACE TEXT…       a person writes into cells: Review!A2 same
//	ids BOOK SHEET ROW KIND TO  writes the answer to a pair as CSV or as an offline page does
//
// and the conditions [shared] (../shared is there) and [root].
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", filepath.Join(env.WorkDir, "home"))
			env.Setenv("SHARED", shared())
			return os.MkdirAll(filepath.Join(env.WorkDir, "home"), 0o777)
		},
		Condition: func(condition string) (bool, error) {
			switch condition {
			case "shared":
				return shared() != "", nil
			case "root":
				return os.Getuid() == 0, nil
			}
			return false, fs.ErrInvalid
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exit":   exitCmd,
			"same":   sameCmd,
			"bytes":  bytesCmd,
			"alone":  aloneCmd,
			"count":  countCmd,
			"answer": answerCmd,
			"cell":   cellCmd,
			"ids":    idsCmd,
		},
	})
}

// shared is the folder of materials beside the project, "" when it is absent.
func shared() string {
	dir, err := os.Getwd()
	for ; err == nil; dir = filepath.Dir(dir) {
		if _, missing := os.Stat(filepath.Join(dir, "go.mod")); missing == nil {
			path := filepath.Join(dir, "..", "shared")
			if _, err := os.Stat(path); err == nil {
				return path
			}
			return ""
		}
		if dir == filepath.Dir(dir) {
			return ""
		}
	}
	return ""
}

// exitCmd runs a program and holds it to an exit code.
func exitCmd(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exit CODE PROGRAM ARGS…")
	}
	got := "0"
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		got = strings.TrimPrefix(err.Error(), "exit status ")
	}
	if got != args[0] {
		ts.Fatalf("%s: exit %s, want %s", strings.Join(args[1:], " "), got, args[0])
	}
}

// sameCmd compares two files byte by byte, or all files of two folders.
func sameCmd(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: same A B")
	}
	a, b := contents(ts, ts.MkAbs(args[0])), contents(ts, ts.MkAbs(args[1]))
	equal := len(a) == len(b)
	for name, data := range a {
		if b[name] != data {
			equal = false
			ts.Logf("%s differs", name)
		}
	}
	if equal == neg {
		ts.Fatalf("%s and %s: same bytes is %v", args[0], args[1], equal)
	}
}

func contents(ts *testscript.TestScript, root string) map[string]string {
	files := make(map[string]string)
	ts.Check(filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		name, _ := filepath.Rel(root, path)
		files[name] = string(data)
		return err
	}))
	return files
}

// bytesCmd writes a file from text with the escapes of a Go string.
func bytesCmd(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: bytes FILE TEXT")
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(unescape(ts, args[1])), 0o666))
}

// unescape resolves \n, \t, \r, \xHH and \\.
func unescape(ts *testscript.TestScript, s string) string {
	var b strings.Builder
	for len(s) > 0 {
		if s[0] != '\\' || len(s) == 1 {
			b.WriteByte(s[0])
			s = s[1:]
			continue
		}
		switch s[1] {
		case 'n':
			b.WriteByte('\n')
		case 'r':
			b.WriteByte('\r')
		case 't':
			b.WriteByte('\t')
		case '\\':
			b.WriteByte('\\')
		case 'x':
			if len(s) < 4 {
				ts.Fatalf("bytes: \\x needs two digits")
			}
			b.WriteByte(hex(s[2])<<4 | hex(s[3]))
			s = s[2:]
		default:
			ts.Fatalf("bytes: unknown escape \\%c", s[1])
		}
		s = s[2:]
	}
	return b.String()
}

func hex(c byte) byte { return byte(strings.IndexByte("0123456789abcdef", c)) }

// aloneCmd fails when a hidden or temporary file was left in a folder.
func aloneCmd(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: alone FOLDER")
	}
	entries, err := os.ReadDir(ts.MkAbs(args[0]))
	ts.Check(err)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") && e.Name() != ".tmp" {
			ts.Fatalf("%s was left in %s", e.Name(), args[0])
		}
	}
}

// countCmd holds a text file to a number of lines.
func countCmd(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: count LINES FILE")
	}
	n := strings.Count(ts.ReadFile(args[1]), "\n")
	if args[0] != strconv.Itoa(n) {
		ts.Fatalf("%s has %d lines, want %s", args[1], n, args[0])
	}
}

// answerCmd writes a word into the first answer cell (decision or undo) of a
// sheet, as a person does who opens the workbook.
func answerCmd(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: answer FILE SHEET WORD")
	}
	path := ts.MkAbs(args[0])
	book, err := excelize.OpenFile(path)
	ts.Check(err)
	defer book.Close()
	rows, err := book.GetRows(args[1])
	ts.Check(err)
	for r, row := range rows {
		for c, cell := range row {
			if cell == "decision" || cell == "undo" {
				name, err := excelize.CoordinatesToCellName(c+1, r+2)
				ts.Check(err)
				ts.Check(book.SetCellStr(args[1], name, args[2]))
				ts.Check(book.SaveAs(path))
				return
			}
		}
	}
	ts.Fatalf("%s: the sheet %s has no column decision or undo", args[0], args[1])
}
