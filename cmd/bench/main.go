// Bench measures how long unecho takes and how much memory, and writes the
// table of docs/performance.md.
//
//	go run ./cmd/bench                              all rows, printed only
//	go run ./cmd/bench -o docs/performance.md       all rows, and the table there written anew
//	go run ./cmd/bench -only titles-1m              one row
//	go run ./cmd/bench -only titles,people -peers=false -unecho ./other
//	go run ./cmd/bench -quick                       all rows, a hundredth of the size or less
//
// Everything is measured in this one run: each program in a process of its own,
// watched by another that notes wall time, CPU time and the most memory it
// held, and the floor beside it, which is the same list read and written by
// encoding/csv. What runs for less than half a minute is run again, and the best is taken.
//
// Titles are the million of ../shared/datasets/speed where they are there, and
// made of words where not; all other lists are made here, the same ones in
// every run, with the truth about their repeats kept aside. The other programs
// are installed from the package index of Python at fixed versions.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"time"
)

func main() {
	if ran, err := aside(os.Args[1:]); ran {
		exit(err)
	}
	exit(run())
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

// run is the command: what is asked for is measured row by row, then shown and written.
func run() error {
	page := flag.String("o", "", "write the table between the marks of this page, such as docs/performance.md")
	figures := flag.String("json", "", "write the same in figures to this file")
	only := flag.String("only", "", "measure the rows whose names contain one of these, separated by commas")
	quick := flag.Bool("quick", false, "small lists, to see that everything works")
	peers := flag.Bool("peers", true, "measure other programs too, which are installed for it")
	limit := flag.Duration("limit", 300*time.Second, "how long another program may take")
	memory := flag.Int64("memory", 16, "how many GB another program may take")
	program := flag.String("unecho", "", "measure this binary instead of one that is built")
	keep := flag.String("keep", "", "work in this folder and leave everything there: lists, outputs, and the other programs for the next time")
	flag.Parse()
	if flag.NArg() > 0 {
		return fmt.Errorf("%q is not expected: the rows are chosen by -only", flag.Arg(0))
	}
	if *page != "" && (*only != "" || *quick || !*peers) {
		return errors.New("-o needs the whole table: leave -only, -quick and -peers=false out, or have it printed without -o")
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()

	size := sizes(*quick)
	rows, err := choose(allRows(size), *only, *peers)
	if err != nil {
		return err
	}
	b := &bench{program: *program, size: size, once: *quick, limit: *limit, memory: *memory * 1e9, say: os.Stderr}
	defer b.close()
	if err := b.open(ctx, *keep); err != nil {
		return err
	}
	t, err := b.measure(ctx, rows)
	if ctx.Err() != nil {
		return errors.New("interrupted")
	}
	if err != nil {
		return err
	}
	fmt.Print(t.page())
	if *figures != "" {
		out, err := json.MarshalIndent(t, "", " ")
		if err != nil {
			return err
		}
		if err := os.WriteFile(*figures, append(out, '\n'), 0o666); err != nil {
			return err
		}
	}
	if *page != "" {
		return replaceTable(*page, t.page())
	}
	return nil
}

// open makes the folder to work in and the program to measure.
func (b *bench) open(ctx context.Context, keep string) (err error) {
	if keep == "" {
		if b.dir, err = os.MkdirTemp("", "unecho-bench"); err != nil {
			return err
		}
		b.passing = true
	} else if b.dir, err = filepath.Abs(keep); err != nil {
		return err
	}
	if err := os.MkdirAll(b.dir, 0o777); err != nil {
		return err
	}
	if b.self, err = os.Executable(); err != nil {
		return err
	}
	if b.program != "" {
		if _, err := os.Stat(b.program); err != nil {
			return fmt.Errorf("-unecho: %w", err)
		}
		b.program, err = filepath.Abs(b.program)
		return err
	}
	b.program = filepath.Join(b.dir, "unecho")
	if out, err := exec.CommandContext(ctx, "go", "build", "-o", b.program, "github.com/unecho/unecho/cmd/unecho").CombinedOutput(); err != nil {
		return fmt.Errorf("go build ./cmd/unecho: %w (to be run in the project's folder, or with -unecho BINARY)\n%s", err, strings.TrimSpace(string(out)))
	}
	return nil
}

// close takes the folder away unless it is to be kept.
func (b *bench) close() {
	if b.passing {
		os.RemoveAll(b.dir)
	}
}
