package evaluate_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/unecho/unecho/pipeline/evaluate"
)

func TestReadTruth(t *testing.T) {
	ids := []string{"a", "b", "c"}
	for _, test := range []struct{ name, text, wrong string }{
		{"in another order", "id,cluster\nc,x\na,y\nb,x\n", ""},
		{"byte order mark, semicolons, other columns", "\ufeffCluster;note;ID\r\nx;\"a;b\";c\r\ny;;a\r\nx;;b\r\n", ""},
		{"tabs, no last line end", "id\tcluster\na\t1\nb\t2\nc\t2", ""},
		{"missing", "id,cluster\na,1\n", `t.csv: no cluster for id "b" and 1 more`},
		{"unknown", "id,cluster\na,1\n\nz,2\n", `t.csv:4: no record of the list has the id "z"`},
		{"doubled", "id,cluster\na,1\nb,2\na,1\nc,3\n", `t.csv:4: id "a" stands twice, here and in line 2`},
		{"no such column", "name,cluster\na,1\n", `t.csv:1: no column "id" among name, cluster`},
		{"short line", "id,cluster\na\n", `t.csv:2: 1 fields, and the columns id and cluster are needed`},
		{"open quote", "id,cluster\na,1\n\"b,1\n", `t.csv:3: extraneous or missing " in quoted-field`},
		{"empty", "", `t.csv: the file is empty`},
	} {
		labels, err := evaluate.ReadTruth(strings.NewReader(test.text), "t.csv", ids)
		var bad *evaluate.TruthError
		switch {
		case test.wrong == "" && err != nil:
			t.Errorf("%s: %v", test.name, err)
		case test.wrong == "" && !slices.Equal(labels, []int32{0, 1, 1}):
			t.Errorf("%s: labels %v", test.name, labels)
		case test.wrong != "" && (!errors.As(err, &bad) || err.Error() != test.wrong):
			t.Errorf("%s: %v, wanted %s", test.name, err, test.wrong)
		}
	}
}

func TestReadTruthNeedsDistinctIDs(t *testing.T) {
	_, err := evaluate.ReadTruth(strings.NewReader("id,cluster\n"), "t.csv", []string{"a", "b", "a"})
	if err == nil || !strings.Contains(err.Error(), `records 1 and 3 of the list have the same id "a"`) {
		t.Error(err)
	}
}

func TestReadTruthByRow(t *testing.T) {
	for _, test := range []struct{ name, text, wrong string }{
		{"clusters.csv", "row,id,cluster,kept\n1,q,c9,true\n2,r,c9,false\n3,s,c7,true\n", ""},
		{"not a number", "row,cluster\none,1\n", `t.csv:2: row "one" is not a number`},
		{"beyond the list", "row,cluster\n4,1\n", `t.csv:2: there is no row 4: the list has 3 records`},
		{"from 0", "row,cluster\n0,1\n", `t.csv:2: there is no row 0: the list has 3 records`},
		{"missing", "row,cluster\n1,1\n3,2\n", `t.csv: no cluster for row 2`},
	} {
		labels, err := evaluate.ReadTruthByRow(strings.NewReader(test.text), "t.csv", 3)
		if test.wrong == "" && (err != nil || !slices.Equal(labels, []int32{0, 0, 1})) {
			t.Errorf("%s: %v %v", test.name, labels, err)
		}
		if test.wrong != "" && (err == nil || err.Error() != test.wrong) {
			t.Errorf("%s: %v, wanted %s", test.name, err, test.wrong)
		}
	}
}

func FuzzReadTruth(f *testing.F) {
	f.Add("id,cluster\na,1\nb,1\n")
	f.Add("id;cluster\n\"a;1\n")
	f.Fuzz(func(t *testing.T, text string) {
		labels, err := evaluate.ReadTruth(strings.NewReader(text), "t.csv", []string{"a", "b"})
		if (err == nil) != (len(labels) == 2) {
			t.Errorf("labels %v, error %v", labels, err)
		}
	})
}
