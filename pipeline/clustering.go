package pipeline

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Clustering is what a NAME.clusters.csv says: the records of a list by their
// lasting ids, and the clusters that they were in.
type Clustering struct {
	Path string // "" for one that was not read from a file
	Rows []Clustered
}

// Clustered is one line of it.
type Clustered struct {
	Row      int    // from 1
	ID       string // of the record
	Cluster  string // its lasting id
	Kept     bool
	Survivor int    // the row that stays for it, 0 where an entry of another list does
	Reason   string // one line for a person
}

// clustersHeader is the first line of NAME.clusters.csv.
const clustersHeader = "row,id,cluster,kept,survivor,probability,reason"

// ReadClustering reads a NAME.clusters.csv. The error is an *[Error] that names
// the line.
func ReadClustering(path string) (*Clustering, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, &Error{Msg: fmt.Sprintf("%s: %v", path, reason(err)), Hint: "name a NAME.clusters.csv, as clean writes it"}
	}
	defer file.Close()
	c := &Clustering{Path: path}
	in := csv.NewReader(bufio.NewReader(file))
	in.FieldsPerRecord, in.ReuseRecord = 7, true
	header, err := in.Read()
	if err != nil || strings.TrimPrefix(strings.Join(header, ","), "\ufeff") != clustersHeader {
		return nil, &Error{Msg: fmt.Sprintf("%s:1: this is no list of clusters: the first line is not %s", path, clustersHeader), Hint: "name a NAME.clusters.csv, as clean writes it"}
	}
	for {
		fields, err := in.Read()
		if err == io.EOF {
			return c, nil
		}
		line, _ := in.FieldPos(0)
		if err != nil {
			var at *csv.ParseError
			if errors.As(err, &at) {
				line, err = at.Line, at.Err
			}
			return nil, &Error{Msg: fmt.Sprintf("%s:%d: %v", path, line, err), Hint: damagedHint}
		}
		row, err := clustered(fields)
		if err != nil {
			return nil, &Error{Msg: fmt.Sprintf("%s:%d: %v", path, line, err), Hint: damagedHint}
		}
		c.Rows = append(c.Rows, row)
	}
}

const damagedHint = "the file was changed since clean wrote it; run clean again"

// reasonKept is the reason of most records.
const reasonKept = "kept"

func clustered(f []string) (c Clustered, err error) {
	c = Clustered{Cluster: strings.Clone(f[2]), Kept: f[3] == "true", Reason: reasonKept}
	if c.ID = strings.TrimPrefix(c.Cluster, "c"); c.ID != f[1] { // mostly a record stands for itself
		c.ID = strings.Clone(f[1])
	}
	if f[6] != reasonKept {
		c.Reason = strings.Clone(f[6])
	}
	if c.Row, err = strconv.Atoi(f[0]); err != nil {
		return c, fmt.Errorf("row %q is no number", f[0])
	}
	if f[4] != "" {
		if c.Survivor, err = strconv.Atoi(f[4]); err != nil {
			return c, fmt.Errorf("survivor %q is no row", f[4])
		}
	}
	if c.ID == "" || c.Cluster == "" {
		return c, errors.New("the id of the record or of its cluster is missing")
	}
	return c, nil
}

// clusteringAt reads the clusters of an earlier run, nil where none are there
// or what is there is not ours to understand.
func clusteringAt(path string) *Clustering {
	if c, err := ReadClustering(path); err == nil {
		return c
	}
	return nil
}

// before gives the clusters of the last run at the place of the outputs, and
// nil where there are none.
func before(o Options) *Clustering {
	if len(o.Inputs) == 0 {
		return nil
	}
	return clusteringAt(Beside(o.Inputs[0], o.Output, clustersEnding))
}

// Beside gives the place of a file that belongs to a list, in folder or, where
// that is "", beside the list: posts.clusters.csv for posts.txt and the ending
// ".clusters.csv".
func Beside(input, folder, ending string) string {
	beside, name := besides(input)
	if folder == "" {
		folder = beside
	}
	return filepath.Join(folder, name+ending)
}
