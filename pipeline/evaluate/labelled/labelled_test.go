package labelled_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/unecho/unecho/pipeline/evaluate/labelled"
)

// folder writes labelled lists, each with its files.
func folder(t *testing.T, lists map[string]map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, files := range lists {
		dir := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(dir, 0o777); err != nil {
			t.Fatal(err)
		}
		for file, text := range files {
			if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	return root
}

func TestRead(t *testing.T) {
	root := folder(t, map[string]map[string]string{
		"people_two": {
			"records.csv": "id,source,name\n1,A,Ann\n2,B,Anne\n3,A,Bob\n",
			"truth.csv":   "id,cluster\n3,y\n1,x\n2,x\n",
			"README.txt":  "Two tables; score cross-source pairs only.\n",
		},
		"autofj/Race": {"records.csv": "id,title\n1,a\n", "truth.csv": "id,cluster\n1,x\n"},
		"notes":       {"README.txt": "no list\n"},
	})
	names, err := labelled.Find(root)
	if err != nil || !slices.Equal(names, []string{"autofj/Race", "people_two"}) {
		t.Fatalf("found %v, %v", names, err)
	}
	l, err := labelled.Read(root, "people_two")
	if err != nil {
		t.Fatal(err)
	}
	if l.Truth[0] != l.Truth[1] || l.Truth[0] == l.Truth[2] || l.Sources[0] != l.Sources[2] || l.Scored() == nil || !slices.Equal(l.Values("name"), []string{"Ann", "Anne", "Bob"}) {
		t.Errorf("%+v", l)
	}
	if one, err := labelled.Read(root, "autofj/Race"); err != nil || one.Sources != nil || one.Scored() != nil {
		t.Errorf("%+v, %v", one, err)
	}
}

func TestReadSaysWhatIsWrong(t *testing.T) {
	for want, files := range map[string]map[string]string{
		"the first column is not id": {"records.csv": "title,id\na,1\n", "truth.csv": "id,cluster\n1,x\n"},
		"records.csv: ":              {"records.csv": "id,title\n1\n", "truth.csv": "id,cluster\n1,x\n"},
		"truth.csv":                  {"records.csv": "id,title\n1,a\n"},
	} {
		root := folder(t, map[string]map[string]string{"list": files})
		if _, err := labelled.Read(root, "list"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want one with %q", err, want)
		}
	}
}

func TestFamily(t *testing.T) {
	for name, want := range map[string]string{"autofj/Song": "names", "cora_1879": "bibliographies", "mine": ""} {
		if got := labelled.Family(name); got != want {
			t.Errorf("%s is of family %q, want %q", name, got, want)
		}
	}
	if !labelled.Part("autofj/SoccerLeague") || labelled.Part("autofj/Song") {
		t.Error("SoccerLeague is a part of SportsLeague, Song of nothing")
	}
}
