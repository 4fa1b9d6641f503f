package pipeline_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/unecho/unecho/pipeline"
	"github.com/unecho/unecho/pipeline/verify"
)

// books are entries of a list, each in some spellings that are certain repeats.
var books = [][]string{
	{"Moby Dick; or, The Whale\tHerman Melville", "Moby Dick; or The Whale\tHerman Melville", "MOBY DICK; OR, THE WHALE\tHerman Melville"},
	{"War and Peace\tLeo Tolstoy", "War and peace.\tLeo Tolstoy"},
	{"Pride and Prejudice\tJane Austen", "Pride & Prejudice\tJane Austen"},
	{"The Brothers Karamazov\tFyodor Dostoevsky", "the brothers Karamazov\tFyodor Dostoevsky"},
	{"Madame Bovary\tGustave Flaubert", "Madame  Bovary\tGustave Flaubert"},
	{"The Magic Mountain\tThomas Mann"}, {"Ulysses\tJames Joyce"}, {"The Castle\tFranz Kafka"},
	{"One Hundred Years of Solitude\tGabriel García Márquez", "One hundred years of solitude\tGabriel Garcia Marquez"},
}

// listFile writes a list of entries, TITLE tab AUTHOR, as a file.
func listFile(t testing.TB, name, header string, entries []string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(header+"\n"+strings.Join(entries, "\n")+"\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

func runOn(t testing.TB, o pipeline.Options) *pipeline.Report {
	t.Helper()
	r, err := pipeline.Run(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAgainst(t *testing.T) {
	old := listFile(t, "last.tsv", "Title\tAuthor\tShelf", []string{books[0][0] + "\t7", books[2][0] + "\t", books[5][0] + "\t"})
	list := listFile(t, "new.tsv", "author\ttitle", []string{
		"Jane Austen\tPride & Prejudice", "Leo Tolstoy\tWar and Peace", "Herman Melville\tMoby Dick; or The Whale", "Leo Tolstoy\tWar and peace.", "Herman Melville\tMOBY DICK; OR, THE WHALE"})
	before, err := os.ReadFile(old)
	if err != nil {
		t.Fatal(err)
	}
	r := runOn(t, pipeline.Options{Inputs: []string{list}, Against: []string{old}})
	if r.Records != (pipeline.RecordCounts{Read: 5, Kept: 1, Removed: 4}) {
		t.Errorf("records: %+v", r.Records)
	}
	var got []string
	for _, e := range r.Against.Repeats {
		got = append(got, fmt.Sprintf("%d %d %s", e.Row, e.Line, e.Old))
	}
	want := []string{"1 3 Pride and Prejudice", "3 2 Moby Dick; or, The Whale", "5 2 Moby Dick; or, The Whale"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	clusters, err := pipeline.ReadClustering(strings.TrimSuffix(list, ".tsv") + ".clusters.csv")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range clusters.Rows {
		elsewhere := row.Survivor == 0
		if elsewhere != strings.HasPrefix(row.Reason, "repeat of last.tsv:") || elsewhere && row.Kept {
			t.Errorf("%+v", row)
		}
	}
	if after, _ := os.ReadFile(old); string(after) != string(before) {
		t.Error("the old list was changed")
	}
	report, err := verify.Files(context.Background(), []string{list}, nil)
	if err != nil || !report.OK() {
		t.Errorf("verify: %v %+v", err, report)
	}
}

// Whatever the order of the two lists: what repeats an old entry is removed,
// old entries are asked of nobody, and against nothing is as without.
func TestLawsOfAgainst(t *testing.T) {
	for seed := range uint64(12) {
		rng := rand.New(rand.NewPCG(seed, 7))
		draw := func(n int) (entries []string) {
			for range n {
				b := books[rng.IntN(len(books))]
				entries = append(entries, b[rng.IntN(len(b))])
			}
			return entries
		}
		oldEntries, newEntries := draw(1+rng.IntN(8)), draw(1+rng.IntN(8))
		header := "title\tauthor"
		removed := func(against ...[]string) map[string]int {
			o := pipeline.Options{Inputs: []string{listFile(t, "new.tsv", header, newEntries)}, DryRun: true}
			for _, entries := range against {
				o.Against = append(o.Against, listFile(t, "last.tsv", header, entries))
			}
			r := runOn(t, o)
			kept := map[string]int{"kept": r.Records.Kept, "read": r.Records.Read, "review": r.Review}
			if r.Against != nil {
				for _, e := range r.Against.Repeats {
					kept[newEntries[e.Row-1]]++
				}
			}
			return kept
		}
		plain := removed()
		if diff := cmp.Diff(plain, removed(nil)); diff != "" {
			t.Errorf("seed %d: against an empty list: %s", seed, diff)
		}
		if own := removed(newEntries); own["kept"] != 0 {
			t.Errorf("seed %d: %d entries of %q do not repeat the list itself", seed, own["kept"], newEntries)
		}
		one := removed(oldEntries)
		rng.Shuffle(len(oldEntries), func(i, j int) { oldEntries[i], oldEntries[j] = oldEntries[j], oldEntries[i] })
		rng.Shuffle(len(newEntries), func(i, j int) { newEntries[i], newEntries[j] = newEntries[j], newEntries[i] })
		if diff := cmp.Diff(one, removed(oldEntries)); diff != "" {
			t.Errorf("seed %d: in another order: %s", seed, diff)
		}
		cut := rng.IntN(len(oldEntries) + 1)
		if diff := cmp.Diff(one, removed(oldEntries[:cut], oldEntries[cut:])); diff != "" {
			t.Errorf("seed %d: old list cut in two at %d: %s", seed, cut, diff)
		}
	}
}

func TestAgainstOtherColumns(t *testing.T) {
	o := pipeline.Options{Inputs: []string{listFile(t, "new.csv", "title,author", []string{"Ulysses,James Joyce"})},
		Against: []string{listFile(t, "last.csv", "name,price", []string{"Ulysses,7"})}}
	_, err := pipeline.Run(context.Background(), o)
	if err == nil || !strings.Contains(err.Error(), "none of its columns (name, price) is one of") {
		t.Error(err)
	}
}

// An old record takes the fields that no one may give it back: with
// --merge-fields nothing is filled from or into an old list.
func TestAgainstFillsNothing(t *testing.T) {
	o := pipeline.Options{MergeFields: true, DryRun: true,
		Inputs:  []string{listFile(t, "new.csv", "title,author,year", []string{"Moby Dick; or The Whale,Herman Melville,1851"})},
		Against: []string{listFile(t, "last.csv", "title,author,year", []string{"Moby Dick; or The Whale,Herman Melville,"})}}
	if r := runOn(t, o); r.Filled != 0 || len(r.Against.Repeats) != 1 {
		t.Errorf("%d filled, %+v", r.Filled, r.Against)
	}
}

// The report has the repeats of old entries as JSON, and none without them.
func TestAgainstReport(t *testing.T) {
	path := listFile(t, "new.csv", "title", []string{"The long way home"})
	with, _ := json.Marshal(runOn(t, pipeline.Options{Inputs: []string{path}, Against: []string{path}, DryRun: true}))
	without, _ := json.Marshal(runOn(t, pipeline.Options{Inputs: []string{path}, DryRun: true}))
	if !strings.Contains(string(with), `"against":{"lists":[{"name":`) || strings.Contains(string(without), `"against"`) {
		t.Errorf("%s\n%s", with, without)
	}
}
