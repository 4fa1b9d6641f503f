package evaluate

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// TruthError says what is wrong with known clusters, and where.
type TruthError struct {
	File string // as given by the caller
	Line int    // from 1; 0 where no line is at fault
	Msg  string
	Hint string // what to do; may be empty
}

func (e *TruthError) Error() string {
	if e.Line == 0 {
		return e.File + ": " + e.Msg
	}
	return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Msg)
}

// ReadTruth reads known clusters, a table with the columns id and cluster
// (others are passed over; comma, semicolon or tab), and gives the label of
// each record of the list whose ids are given, in that order. Every record
// needs exactly one line: an id that is missing, unknown or doubled, in the
// list or in the truth, is a *TruthError that names file and line. name stands
// for the file in errors.
func ReadTruth(r io.Reader, name string, ids []string) ([]int32, error) {
	row := make(map[string]int, len(ids))
	for i, id := range ids {
		if first, doubled := row[id]; doubled {
			return nil, &TruthError{File: name, Msg: fmt.Sprintf("records %d and %d of the list have the same id %q", first+1, i+1, id),
				Hint: "give the truth by row: a table with the columns row and cluster, and --truth-by row"}
		}
		row[id] = i
	}
	return readLabels(r, name, "id", len(ids), func(word string) (int, string) {
		if i, known := row[word]; known {
			return i, ""
		}
		return 0, fmt.Sprintf("no record of the list has the id %q", word)
	}, func(i int) string { return fmt.Sprintf("id %q", ids[i]) })
}

// ReadTruthByRow reads known clusters like [ReadTruth] from the columns row
// (from 1, in reading order) and cluster, for a list of n records. A
// NAME.clusters.csv that was corrected by hand is such a table.
func ReadTruthByRow(r io.Reader, name string, n int) ([]int32, error) {
	return readLabels(r, name, "row", n, func(word string) (int, string) {
		i, err := strconv.Atoi(strings.TrimSpace(word))
		if err != nil {
			return 0, fmt.Sprintf("row %q is not a number", word)
		}
		if i < 1 || i > n {
			return 0, fmt.Sprintf("there is no row %d: the list has %d records", i, n)
		}
		return i - 1, ""
	}, func(i int) string { return fmt.Sprintf("row %d", i+1) })
}

// readLabels reads the columns key and cluster. find gives the record that a
// key means, or what is wrong with it; show names a record in errors.
func readLabels(r io.Reader, name, key string, n int, find func(string) (int, string), show func(int) string) ([]int32, error) {
	table, keyCol, clusterCol, err := openTruth(r, name, key)
	if err != nil {
		return nil, err
	}
	clusters, line := make([]string, n), make([]int, n)
	for {
		fields, err := table.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, csvError(name, err)
		}
		at, _ := table.FieldPos(0)
		if len(fields) <= max(keyCol, clusterCol) {
			return nil, &TruthError{File: name, Line: at, Msg: fmt.Sprintf("%d fields, and the columns %s and cluster are needed", len(fields), key)}
		}
		i, wrong := find(fields[keyCol])
		if wrong != "" {
			return nil, &TruthError{File: name, Line: at, Msg: wrong}
		}
		if line[i] != 0 {
			return nil, &TruthError{File: name, Line: at, Msg: fmt.Sprintf("%s stands twice, here and in line %d", show(i), line[i])}
		}
		clusters[i], line[i] = fields[clusterCol], at
	}
	if err := allThere(name, line, show); err != nil {
		return nil, err
	}
	return Labels(clusters), nil
}

// allThere reports the records that no line of the truth is about.
func allThere(name string, line []int, show func(int) string) error {
	first, missing := -1, 0
	for i, at := range line {
		if at == 0 {
			if first < 0 {
				first = i
			}
			missing++
		}
	}
	if missing == 0 {
		return nil
	}
	e := &TruthError{File: name, Msg: "no cluster for " + show(first), Hint: "a record that has no repeats needs a line too, with a cluster of its own"}
	if missing > 1 {
		e.Msg += fmt.Sprintf(" and %d more", missing-1)
	}
	return e
}

// openTruth reads the header and says which columns hold the key and the
// cluster.
func openTruth(r io.Reader, name, key string) (table *csv.Reader, keyCol, clusterCol int, err error) {
	in := bufio.NewReader(r)
	if bom, _ := in.Peek(3); string(bom) == "\ufeff" {
		in.Discard(3)
	}
	table = csv.NewReader(in)
	table.Comma, table.FieldsPerRecord, table.ReuseRecord = delimiter(in), -1, true
	header, err := table.Read()
	if err == io.EOF {
		return nil, 0, 0, &TruthError{File: name, Msg: "the file is empty", Hint: fmt.Sprintf("a header %s,cluster and a line for every record are needed", key)}
	}
	if err != nil {
		return nil, 0, 0, csvError(name, err)
	}
	if keyCol, clusterCol = column(header, key), column(header, "cluster"); keyCol < 0 || clusterCol < 0 {
		missing := key
		if keyCol >= 0 {
			missing = "cluster"
		}
		return nil, 0, 0, &TruthError{File: name, Line: 1, Msg: fmt.Sprintf("no column %q among %s", missing, strings.Join(header, ", ")),
			Hint: fmt.Sprintf("the first line must name the columns %s and cluster", key)}
	}
	return table, keyCol, clusterCol, nil
}

// delimiter takes the character that the header line has most of.
func delimiter(in *bufio.Reader) rune {
	head, _ := in.Peek(in.Size())
	line, _, _ := bytes.Cut(head, []byte("\n"))
	best, most := ',', 0
	for _, d := range []rune{',', ';', '\t'} {
		if n := bytes.Count(line, []byte(string(d))); n > most {
			best, most = d, n
		}
	}
	return best
}

func column(header []string, name string) int {
	for i, h := range header {
		if strings.EqualFold(strings.TrimSpace(h), name) {
			return i
		}
	}
	return -1
}

func csvError(name string, err error) error {
	var bad *csv.ParseError
	if errors.As(err, &bad) {
		return &TruthError{File: name, Line: bad.StartLine, Msg: bad.Err.Error()}
	}
	return fmt.Errorf("%s: %w", name, err)
}
