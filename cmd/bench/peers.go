package main

import (
	"bytes"
	"cmp"
	"context"
	"embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/unecho/unecho/pipeline/evaluate"
)

// peersFiles holds for each program what is installed (NAME.txt, every version
// fixed) and how it is used (titles_NAME.py LIST ANSWER), as its own papers say.
//
//go:embed peers
var peersFiles embed.FS

// peers are the other programs, by the names of their files.
var peers = []struct{ file, name string }{
	{"rensa", "rensa 0.5.0"},
	{"splink", "Splink 5.0.0"},
	{"string_grouper", "string_grouper 0.8.0"},
	{"goldenmatch", "GoldenMatch 3.22.0"},
}

// The names of unecho's own runs among them.
const (
	plainRun = "unecho"
	balanced = "unecho --balanced"
)

// beside measures unecho and the other programs on one list with known
// repeats, each in a process of its own, and compares what they found with the
// truth.
func (b *bench) beside(ctx context.Context, r row) ([]answer, error) {
	truth, err := readLabels(r.list.truth(b), "row", "thing", r.list.records)
	if err != nil {
		return nil, err
	}
	var answers []answer
	add := func(a answer) {
		answers = append(answers, a)
		b.tell("%-32s %s", a.Program, cmp.Or(a.Note, fmt.Sprintf("%s of wall time, %s at most, F1 %.3f", seconds(a.Wall), memory(a.Peak), a.F1)))
	}
	for _, run := range []string{plainRun, balanced} {
		a, err := b.ours(ctx, r, truth, run)
		if err != nil {
			return nil, err
		}
		add(a)
	}
	for _, p := range peers {
		a, err := b.theirs(ctx, p.file, p.name, r.list, truth)
		if err != nil {
			return nil, err
		}
		add(a)
	}
	return answers, nil
}

// ours measures unecho, with the flags that the name of the run holds.
func (b *bench) ours(ctx context.Context, r row, truth []int32, run string) (a answer, err error) {
	a = answer{Program: run, Records: r.list.records}
	flags := append(strings.Fields(run)[1:], r.args...)
	a.cost, err = b.best(func() (c cost, err error) {
		c, a.Asked, err = b.clean(ctx, r.list, flags...)
		return c, err
	})
	if err != nil {
		return a, err
	}
	found, err := readLabels(filepath.Join(b.outputs(), r.list.name+".clusters.csv"), "row", "cluster", r.list.records)
	if err != nil {
		return a, err
	}
	a.compare(truth, found)
	return a, nil
}

// theirs measures another program. One that cannot be installed, fails or does
// not come to an end is no error: its row says so.
func (b *bench) theirs(ctx context.Context, file, name string, l *list, truth []int32) (a answer, err error) {
	a = answer{Program: name, Records: l.records}
	python, why, err := b.install(ctx, file)
	if err != nil {
		return a, err
	}
	if why != "" {
		b.tell("%s COULD NOT BE INSTALLED: %s", strings.ToUpper(name), why)
		a.Note = "could not be installed"
		return a, nil
	}
	script, out := filepath.Join(b.dir, "peers", "titles_"+file+".py"), filepath.Join(b.dir, file+".answer.csv")
	a.cost, err = b.best(func() (cost, error) {
		os.Remove(out)
		var words bytes.Buffer
		c, err := b.watched(ctx, b.limit, b.memory, io.Discard, &words, python, script, l.file(b), out)
		if err == nil && c.Stopped == "" && c.Exit != 0 {
			c.Stopped = "failed: " + lastLine(words.String())
		}
		return c, err
	})
	if err != nil {
		return a, err
	}
	if a.Stopped != "" {
		a.Note = a.Stopped
		return a, nil
	}
	found, err := readLabels(out, "row", "cluster", l.records)
	if err != nil {
		return a, err
	}
	a.compare(truth, found)
	return a, nil
}

// compare says how many of the pairs found are true, and the other way round.
func (a *answer) compare(truth, found []int32) {
	pairs := evaluate.Score(truth, found, nil).Pairs
	a.Precision, a.Recall, a.F1 = pairs.Precision, pairs.Recall, pairs.F1
}

// install gives the Python of an environment that holds a program, made once a
// run; or why it could not be made.
func (b *bench) install(ctx context.Context, file string) (python, why string, err error) {
	home := filepath.Join(b.dir, "peers", file)
	python = filepath.Join(home, "bin", "python")
	if b.made[home] {
		return python, "", nil
	}
	for _, name := range []string{file + ".txt", "titles_" + file + ".py"} {
		data, err := peersFiles.ReadFile("peers/" + name)
		if err != nil {
			return "", "", err
		}
		if err := os.MkdirAll(filepath.Join(b.dir, "peers"), 0o777); err != nil {
			return "", "", err
		}
		if err := os.WriteFile(filepath.Join(b.dir, "peers", name), data, 0o666); err != nil {
			return "", "", err
		}
	}
	b.tell("installing %s", file)
	for _, command := range [][]string{
		{"python3", "-m", "venv", home},
		{python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", filepath.Join(b.dir, "peers", file+".txt")},
	} {
		out, err := exec.CommandContext(ctx, command[0], command[1:]...).CombinedOutput()
		if ctx.Err() != nil {
			return "", "", ctx.Err()
		}
		if err != nil {
			return "", cmp.Or(lastLine(string(out)), err.Error()), nil
		}
	}
	b.made[home] = true
	return python, "", nil
}

// lastLine is the last line that says something.
func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.TrimSpace(lines[len(lines)-1])
}

// readLabels reads which rows belong together from two columns of a file, a
// label for each row. Rows that are not named stand for themselves.
func readLabels(file, row, label string, records int) ([]int32, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.ReuseRecord = true
	head, err := r.Read()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	at, of := -1, -1
	for i, name := range head {
		switch name {
		case row:
			at = i
		case label:
			of = i
		}
	}
	if at < 0 || of < 0 {
		return nil, fmt.Errorf("%s: there are no columns %s and %s", file, row, label)
	}
	labels, numbers := make([]int32, records), map[string]int32{}
	for {
		line, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		n, err := strconv.Atoi(line[at])
		if err != nil || n < 1 || n > records {
			return nil, fmt.Errorf("%s: %q is no row of a list of %d", file, line[at], records)
		}
		number, known := numbers[line[of]]
		if !known {
			number = int32(len(numbers) + 1)
			numbers[strings.Clone(line[of])] = number
		}
		labels[n-1] = number
	}
	for i := range labels {
		if labels[i] == 0 {
			labels[i] = -int32(i) - 1
		}
	}
	return labels, nil
}
