// Package verify recomputes, from the inputs and the outputs of a run alone,
// that nothing was lost and nothing was made up. It stands outside the road
// and shares no code with it: it reads tables, workbooks and encodings in its
// own plain way, so that a mistake in the road's readers and counters cannot
// hide itself here.
//
// The idea: what the rejects hold is cut out of the input, byte for byte, at
// the place that they name. What is left must be well formed, and a simple
// reader must find in it exactly the records that clusters.csv numbers. Each
// record that was kept must stand in the clean list, in order, cell by cell,
// apart from the changes that the workbook lists; each that was removed must
// name a kept record of its cluster. The sheets must say the same numbers.
package verify

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
)

// Check is one thing that was compared.
type Check struct {
	Name     string   `json:"name"`
	OK       bool     `json:"ok"`
	Compared string   `json:"compared"`           // the claim: what is equal to what, with the numbers
	Problems []string `json:"problems,omitempty"` // each with its place; the first few and how many more
}

// Report is the outcome. Its JSON keys are stable.
type Report struct {
	Inputs  []string `json:"inputs"`
	Outputs []string `json:"outputs"`
	Checks  []Check  `json:"checks"`
}

// OK says whether every check holds.
func (r *Report) OK() bool {
	for _, c := range r.Checks {
		if !c.OK {
			return false
		}
	}
	return len(r.Checks) > 0
}

// WriteTo writes a line for each check, ✓ or ✗, and the problems under it.
// Each line is a claim; ✗ says that it does not hold.
func (r *Report) WriteTo(w io.Writer) (int64, error) {
	var b strings.Builder
	for _, c := range r.Checks {
		mark, doubt := "✓", ""
		if !c.OK {
			mark, doubt = "✗", "it does not hold that "
		}
		fmt.Fprintf(&b, "%s %s: %s%s\n", mark, c.Name, doubt, c.Compared)
		for _, p := range c.Problems {
			fmt.Fprintf(&b, "    %s\n", p)
		}
	}
	n, err := io.WriteString(w, b.String())
	return int64(n), err
}

// shownProblems is how many problems a check lists one by one.
const shownProblems = 5

// finding collects what one check sees; fault takes place and problem.
type finding struct {
	problems []string
	more     int
}

func (f *finding) fault(format string, args ...any) {
	if len(f.problems) < shownProblems {
		f.problems = append(f.problems, fmt.Sprintf(format, args...))
	} else {
		f.more++
	}
}

// close makes the finding a check of the report.
func (r *Report) close(name string, f *finding, compared string, args ...any) {
	c := Check{Name: name, OK: len(f.problems) == 0, Compared: fmt.Sprintf(compared, args...), Problems: f.problems}
	if f.more > 0 {
		c.Problems = append(c.Problems, fmt.Sprintf("and %d more", f.more))
	}
	r.Checks = append(r.Checks, c)
}

// Files verifies the outputs of one run of clean. inputs are the files or
// folders that it read, in order; outputs are what it wrote, or the folder that
// it wrote to, or nothing: then they are looked for beside the first input.
// clusters.csv and the clean list in one of its forms are needed; everything
// else that is there is held to them.
//
// The error says that something could not be read at all; that the outputs
// are wrong is no error but a Report that is not OK.
func Files(ctx context.Context, inputs, outputs []string) (*Report, error) {
	paths, err := findOutputs(inputs, outputs)
	if err != nil {
		return nil, err
	}
	files, err := expand(inputs)
	if err != nil {
		return nil, err
	}
	r := &Report{Inputs: files, Outputs: paths.all()}
	run, err := loadRun(paths)
	if err != nil {
		return nil, err
	}
	r.checkClusters(run)
	r.checkCleanRows(run)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	list, err := r.readInputs(ctx, files, run)
	if err != nil {
		return nil, err
	}
	r.checkRecords(run, list)
	r.checkCells(run, list)
	if paths.jsonl != "" && run.shown != paths.jsonl {
		if err := r.checkJSONL(paths.jsonl, run); err != nil {
			return nil, err
		}
	}
	if run.book != nil {
		r.checkSheets(run)
	}
	return r, ctx.Err()
}

// Error says which file could not be verified and what to do.
type Error struct {
	File string
	Msg  string
	Hint string
}

func (e *Error) Error() string { return e.File + ": " + e.Msg }

// load reads a whole file; errors name it in the caller's words.
func load(path string) ([]byte, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, &Error{File: path, Msg: reasonOf(err)}
	}
	return data, nil
}

func reasonOf(err error) string {
	switch {
	case os.IsNotExist(err):
		return "no such file"
	case os.IsPermission(err):
		return "no permission to read it"
	}
	return err.Error()
}
