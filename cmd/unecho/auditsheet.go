package main

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/unecho/unecho/export"
	"github.com/unecho/unecho/pipeline"
)

// The sample of an audit as a CSV file, to be answered in a spreadsheet.

const (
	sampleDecision = "decision"
	sampleIDA      = "fingerprint A"
	sampleIDB      = "fingerprint B"
)

// writeSample writes the sample with an empty column for the answers; "-" is
// stdout. A file that is there is left alone: it may hold some.
func (v *voice) writeSample(a *pipeline.Audit, name string) (err error) {
	if name == "-" {
		return sampleCSV(a, v.out)
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if errors.Is(err, fs.ErrExist) {
		return &usage{msg: fmt.Sprintf("--to: %s is there already", name), hint: "it may hold answers: name another file, or move it away"}
	}
	if err != nil {
		return &usage{msg: "--to: " + err.Error()}
	}
	if err := errors.Join(sampleCSV(a, f), f.Close()); err != nil {
		return err
	}
	v.line("wrote %s to %s", plural(len(a.Pairs), "pair", "pairs"), name)
	v.line("write y, n, r or ? into the column %s, save it as CSV, and run the same command with --answered instead of --to", sampleDecision)
	return nil
}

func sampleCSV(a *pipeline.Audit, out io.Writer) error {
	w := csv.NewWriter(out)
	header := []string{sampleDecision, "row A", "row B"}
	for _, c := range a.List.Columns {
		header = append(header, c.Name+" A", c.Name+" B")
	}
	if err := w.Write(append(header, sampleIDA, sampleIDB)); err != nil {
		return err
	}
	for _, p := range a.Pairs {
		if err := w.Write(sampleRow(a, min(p.A, p.B), max(p.A, p.B))); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

func sampleRow(a *pipeline.Audit, x, y int) []string {
	n := len(a.List.Columns)
	row := []string{"", fmt.Sprint(x + 1), fmt.Sprint(y + 1)}
	for c := range n {
		row = append(row, export.Harmless(a.List.Cells[x*n+c]), export.Harmless(a.List.Cells[y*n+c]))
	}
	return append(row, a.Ref(x).ID, a.Ref(y).ID)
}

// readSample takes the answers out of a file that writeSample wrote: by the
// ids of the records, whatever the order of rows and columns. All of it is
// read before the first answer is taken.
func readSample(a *pipeline.Audit, name string) error {
	rows, err := sampleRows(name)
	if err != nil {
		return err
	}
	wrong := func(line int, format string, args ...any) error {
		return &usage{msg: fmt.Sprintf("%s:%d: %s", name, line, fmt.Sprintf(format, args...)), hint: "answer with y, n, r or ? in the column decision, and leave the columns fingerprint A and fingerprint B as they are"}
	}
	header := rows[0]
	decision, idA, idB := slices.Index(header, sampleDecision), slices.Index(header, sampleIDA), slices.Index(header, sampleIDB)
	if decision < 0 || idA < 0 || idB < 0 {
		return wrong(1, "the columns decision, fingerprint A and fingerprint B are needed")
	}
	place := map[[2]string]int{}
	for i, p := range a.Pairs {
		x, y := a.Ref(p.A).ID, a.Ref(p.B).ID
		place[[2]string{min(x, y), max(x, y)}] = i
	}
	type answer struct{ pair, line int }
	var answers []answer
	for i, row := range rows[1:] {
		word := strings.ToLower(strings.TrimSpace(row[decision]))
		if word == "" {
			continue
		}
		if _, ok := auditWord(word); !ok {
			return wrong(i+2, "%q is no answer", word)
		}
		x, y := row[idA], row[idB]
		pair, ok := place[[2]string{min(x, y), max(x, y)}]
		if !ok {
			return wrong(i+2, "the pair is not in the sample of this list: it was decided since, the list has changed, or the sample was drawn with other flags")
		}
		answers = append(answers, answer{pair, i + 1})
	}
	for _, x := range answers {
		kind, _ := auditWord(strings.ToLower(strings.TrimSpace(rows[x.line][decision])))
		if err := a.Answer(x.pair, kind); err != nil {
			return err
		}
	}
	return nil
}

// sampleRows reads the file, with commas, semicolons or tabs, as spreadsheets
// save it; every row has as many fields as the header.
func sampleRows(name string) ([][]string, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, &usage{msg: "--answered: " + err.Error(), hint: "unecho audit FILE --to sample.csv writes one"}
	}
	text := strings.TrimPrefix(string(data), "\ufeff")
	head, _, _ := strings.Cut(text, "\n")
	r := csv.NewReader(strings.NewReader(text))
	for _, comma := range ";\t" {
		if strings.ContainsRune(head, comma) && !strings.Contains(head, ",") {
			r.Comma = comma
		}
	}
	rows, err := r.ReadAll()
	if err != nil || len(rows) == 0 {
		return nil, &usage{msg: fmt.Sprintf("--answered: %s is not a sample: %v", name, errors.Join(err, errNoRows(rows))), hint: "save the sheet as CSV in UTF-8"}
	}
	return rows, nil
}

func errNoRows(rows [][]string) error {
	if len(rows) == 0 {
		return errors.New("it has no rows")
	}
	return nil
}

// lines reads answers.
type lines struct{ in *bufio.Reader }

func newLines(in io.Reader) *lines { return &lines{bufio.NewReader(in)} }

// next gives the next answer in small letters; io.EOF when there is none.
func (l *lines) next() (string, error) {
	line, err := l.in.ReadString('\n')
	if line = strings.ToLower(strings.TrimSpace(line)); line != "" {
		return line, nil
	}
	return "", err
}
