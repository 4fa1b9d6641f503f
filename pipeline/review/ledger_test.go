package review_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/unecho/unecho/pipeline/review"
)

// day is a moment of the tests' clock.
func day(n int) time.Time { return time.Date(2024, 5, 1, 9, n, 0, 0, time.UTC) }

// said is a decision about two records by their ids.
func said(kind review.Kind, a, b, by string, at int) review.Decision {
	return review.Decision{Kind: kind, A: review.Ref{ID: a, Text: a}, B: review.Ref{ID: b, Text: b}, By: by, At: day(at)}
}

func ledgerOf(t testing.TB, decisions ...review.Decision) *review.Ledger {
	t.Helper()
	path := filepath.Join(t.TempDir(), "list"+review.Ending)
	if _, err := review.Append(path, decisions...); err != nil {
		t.Fatal(err)
	}
	return read(t, path)
}

func read(t testing.TB, paths ...string) *review.Ledger {
	t.Helper()
	l, err := review.Read(paths...)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestAppendAndRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "list"+review.Ending)
	if l := read(t, path); len(l.Decisions) != 0 {
		t.Errorf("a ledger that is not there holds %v", l.Decisions)
	}
	first, err := review.Append(path, said(review.Same, "a", "b", "ann", 1))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := review.Append(path, said(review.Different, "c", "d", "ann", 2)); err != nil {
		t.Fatal(err)
	}
	l := read(t, path)
	if len(l.Decisions) != 2 || l.Decisions[0].ID != first[0].ID || l.Decisions[1].Kind != review.Different || len(l.Aside) != 0 {
		t.Errorf("%+v", l)
	}
	// Two copies of a ledger, put together in either order, are one.
	if both := read(t, path, path); len(both.Decisions) != 2 {
		t.Errorf("read twice, it holds %d decisions", len(both.Decisions))
	}
}

// A line that a crash cut short is reported, spoils none that follow, and
// stays in the file.
func TestTornLine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "list"+review.Ending)
	if _, err := review.Append(path, said(review.Same, "a", "b", "ann", 1)); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for cut := 1; cut < len(whole)-1; cut += 7 {
		if err := os.WriteFile(path, append(append([]byte{}, whole...), whole[:cut]...), 0o666); err != nil {
			t.Fatal(err)
		}
		if l := read(t, path); len(l.Decisions) != 1 || len(l.Aside) != 1 || l.Aside[0].Line != 2 {
			t.Fatalf("cut after %d bytes: %+v", cut, l)
		}
		if _, err := review.Append(path, said(review.Different, "c", "d", "ann", 2)); err != nil {
			t.Fatal(err)
		}
		if l := read(t, path); len(l.Decisions) != 2 || len(l.Aside) != 1 {
			t.Fatalf("appended after a torn line of %d bytes: %+v", cut, l)
		}
	}
}

func TestWritersWaitForEachOther(t *testing.T) {
	path := filepath.Join(t.TempDir(), "list"+review.Ending)
	var group sync.WaitGroup
	for w := range 8 {
		group.Go(func() {
			for i := range 20 {
				if _, err := review.Append(path, said(review.Same, fmt.Sprint(w), fmt.Sprint(i), "ann", i), said(review.Skip, fmt.Sprint(w), fmt.Sprint(i), "bob", i)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	if l := read(t, path); len(l.Decisions) != 320 || len(l.Aside) != 0 {
		t.Errorf("%d decisions, %d lines set aside", len(l.Decisions), len(l.Aside))
	}
}

func TestWhatIsNoDecision(t *testing.T) {
	path := filepath.Join(t.TempDir(), "list"+review.Ending)
	for line, want := range map[string]string{
		`{"kind":"same"`:                                   "JSON",
		`{"kind":"same","a":{"id":"x"}}`:                   "two records",
		`{"kind":"value","a":{"id":"x"}}`:                  "column",
		`{"kind":"keep"}`:                                  "a record",
		`{"kind":"undo"}`:                                  "takes back",
		`{"kind":"foresee","a":{"id":"x"},"b":{"id":"y"}}`: `"foresee"`,
		`<<<<<<< HEAD`:                                     "JSON",
		`[1,2]`:                                            "JSON",
		`{"kind":"same","a":{"id":"x"},"b":7}`:             "JSON",
		`{"kind":"same","a":{"id":"x"},"b":{"id":"y"},"at":1}`: "JSON",
	} {
		if err := os.WriteFile(path, []byte("\n"+line+"\n"), 0o666); err != nil {
			t.Fatal(err)
		}
		if l := read(t, path); len(l.Decisions) != 0 || len(l.Aside) != 1 || l.Aside[0].Line != 2 || !strings.Contains(l.Aside[0].Reason, want) {
			t.Errorf("%s: %+v", line, l)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"kind":"same","a":{"id":"x"},"b":{"id":"y"},"at":"2024-05-01T09:00:00Z"}`))
	f.Add([]byte("\ufeff{\"kind\":\"undo\",\"undoes\":[\"d1\"]}\n{"))
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "x")
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		before := read(t, path)
		before.InForce()
		sealed, err := review.Append(path, said(review.Same, "fuzz a", "fuzz b", "ann", 1))
		if err != nil {
			t.Fatal(err)
		}
		after := read(t, path)
		if len(after.Aside) != len(before.Aside) {
			t.Errorf("appending changes what is set aside: %d, %d", len(before.Aside), len(after.Aside))
		}
		found := false
		for _, d := range after.Decisions {
			found = found || d.ID == sealed[0].ID
		}
		if !found {
			t.Error("what was appended is not there")
		}
	})
}
