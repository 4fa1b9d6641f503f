package dedupe_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/unecho/unecho/dedupe"
	"github.com/unecho/unecho/pipeline/record"
)

// input makes a list of rows, whose columns are a title and what others are
// named; forms are the words in lower case, numbers noted.
func input(rows [][]string, roles ...record.Role) *dedupe.Input {
	in := &dedupe.Input{}
	for _, role := range append([]record.Role{record.Title}, roles...) {
		in.Columns = append(in.Columns, record.Column{Name: string(role), Role: role})
	}
	in.Forms = make([][]record.Form, len(in.Columns))
	for c := range in.Columns {
		in.Forms[c] = make([]record.Form, len(rows))
	}
	for r, row := range rows {
		in.Cells = append(in.Cells, row...)
		for c, cell := range row {
			f := &in.Forms[c][r]
			f.Text = strings.Join(strings.Fields(strings.ToLower(cell)), " ")
			f.Core = f.Text
			for w := range strings.FieldsSeq(f.Text) {
				if w[0] >= '0' && w[0] <= '9' {
					f.Marks = append(f.Marks, record.Mark{Value: w})
				}
			}
		}
	}
	return in
}

// titles makes a list of one column.
func titles(texts ...string) *dedupe.Input {
	rows := make([][]string, len(texts))
	for i, t := range texts {
		rows[i] = []string{t}
	}
	return input(rows)
}

// random makes rows of few words, so that much resembles much: some are
// repeats of earlier ones with a slip, a word less or another number.
func random(rng *rand.Rand, n int) [][]string {
	words := strings.Fields("autoscaling delivery service kafka postgres queue london paris garden recipe 1 2 3 2014 monday review guide a the of how")
	rows := make([][]string, 0, n)
	for len(rows) < n {
		var title []string
		if len(rows) > 0 && rng.IntN(2) == 0 {
			title = strings.Fields(rows[rng.IntN(len(rows))][0])
			if len(title) > 1 {
				k := rng.IntN(len(title))
				switch rng.IntN(4) {
				case 0:
					title = slices.Delete(title, k, k+1)
				case 1:
					title[k] = words[rng.IntN(len(words))]
				case 2:
					title[k] = title[k][:len(title[k])-1] + "x"
				}
			}
		} else {
			for range rng.IntN(8) {
				title = append(title, words[rng.IntN(len(words))])
			}
		}
		person := []string{"", "ann lee", "bob ray", "ann leigh"}[rng.IntN(4)]
		rows = append(rows, []string{strings.Join(title, " "), person, []string{"", "2014", "2015"}[rng.IntN(3)]})
	}
	return rows
}

func columnsOf(rows [][]string) *dedupe.Input { return input(rows, record.Person, record.Date) }

func run(t testing.TB, in *dedupe.Input, o dedupe.Options) *dedupe.Result {
	t.Helper()
	res, err := dedupe.Run(context.Background(), in, o)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// byContent writes a partition down without row numbers.
func byContent(in *dedupe.Input, cluster []int32) []string {
	n := len(in.Columns)
	groups := map[int32][]string{}
	for r, c := range cluster {
		groups[c] = append(groups[c], strings.Join(in.Cells[r*n:(r+1)*n], "|"))
	}
	var out []string
	for _, g := range groups {
		slices.Sort(g)
		out = append(out, strings.Join(g, " = "))
	}
	slices.Sort(out)
	return out
}

// checkWhole holds what is true of every result.
func checkWhole(t testing.TB, in *dedupe.Input, res *dedupe.Result) {
	t.Helper()
	n := in.Len()
	if len(res.Cluster) != n || len(res.Survivor) != n || len(res.Held) != n || len(res.Reason) != n {
		t.Fatalf("%d records, but %d clusters, %d survivors, %d probabilities, %d reasons", n, len(res.Cluster), len(res.Survivor), len(res.Held), len(res.Reason))
	}
	next := int32(0)
	for r, c := range res.Cluster {
		if c > next || c < 0 {
			t.Fatalf("row %d opens cluster %d, want at most %d", r, c, next)
		}
		next = max(next, c+1)
		s := res.Survivor[r]
		if res.Cluster[s] != c || res.Survivor[s] != s {
			t.Fatalf("row %d of cluster %d has survivor %d of cluster %d, whose survivor is %d", r, c, s, res.Cluster[s], res.Survivor[s])
		}
		if !(res.Held[r] > 0 && res.Held[r] <= 1) || res.Reason[r] == "" {
			t.Fatalf("row %d is held by %v, reason %q", r, res.Held[r], res.Reason[r])
		}
	}
	for _, l := range res.Links {
		if l.A >= l.B || l.A < 0 || l.B >= n {
			t.Fatalf("link between rows %d and %d", l.A, l.B)
		}
		if l.Band == record.Certain != (res.Cluster[l.A] == res.Cluster[l.B]) {
			t.Fatalf("link %v between clusters %d and %d", l, res.Cluster[l.A], res.Cluster[l.B])
		}
	}
}

// checkLaws holds a small random list to the laws of the package.
func checkLaws(t testing.TB, seed uint64, size int, balanced bool) {
	rng := rand.New(rand.NewPCG(seed, 1))
	rows := random(rng, size)
	in, o := columnsOf(rows), dedupe.Options{Balanced: balanced}
	res := run(t, in, o)
	checkWhole(t, in, res)
	want := byContent(in, res.Cluster)

	shuffled := slices.Clone(rows)
	rng.Shuffle(len(shuffled), func(i, k int) { shuffled[i], shuffled[k] = shuffled[k], shuffled[i] })
	other := columnsOf(shuffled)
	if diff := cmp.Diff(want, byContent(other, run(t, other, o).Cluster)); diff != "" {
		t.Fatalf("another order of the records gives other clusters:\n%s", diff)
	}

	if len(rows) == 0 {
		return
	}
	k := rng.IntN(len(rows))
	longer := columnsOf(append(slices.Clone(rows), rows[k]))
	more := run(t, longer, o)
	if more.Cluster[k] != more.Cluster[len(rows)] {
		t.Fatalf("row %d and its copy are in clusters %d and %d", k, more.Cluster[k], more.Cluster[len(rows)])
	}
	if diff := cmp.Diff(res.Cluster, more.Cluster[:len(rows)]); diff != "" {
		t.Fatalf("a copy of row %d changes other clusters:\n%s", k, diff)
	}
}

func TestLaws(t *testing.T) {
	for seed := range uint64(60) {
		checkLaws(t, seed, int(seed), seed%2 == 0)
	}
}

func FuzzLaws(f *testing.F) {
	f.Add(uint64(1), uint8(30), false)
	f.Add(uint64(2), uint8(120), true)
	f.Fuzz(func(t *testing.T, seed uint64, size uint8, balanced bool) { checkLaws(t, seed, int(size), balanced) })
}

// A list long enough that all workers have something to do.
func TestSameAtAnyGOMAXPROCS(t *testing.T) {
	size := 2500
	if testing.Short() {
		size = 500
	}
	in := columnsOf(random(rand.New(rand.NewPCG(3, 3)), size))
	before := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(before)
	want := run(t, in, dedupe.Options{})
	for _, p := range []int{2, 4, 7} {
		runtime.GOMAXPROCS(p)
		if diff := cmp.Diff(want, run(t, in, dedupe.Options{})); diff != "" {
			t.Fatalf("GOMAXPROCS %d gives another result:\n%s", p, diff)
		}
	}
}

func TestDecisionsAreObeyed(t *testing.T) {
	for seed := range uint64(40) {
		rng := rand.New(rand.NewPCG(seed, 2))
		in := columnsOf(random(rng, 40))
		pair := func() [2]int {
			a := rng.IntN(39)
			return [2]int{a, a + 1 + rng.IntN(39-a)}
		}
		for range rng.IntN(6) {
			in.Same = append(in.Same, pair())
		}
		for range rng.IntN(6) {
			in.Different = append(in.Different, pair())
		}
		for range rng.IntN(3) {
			in.Related = append(in.Related, pair())
		}
		for _, balanced := range []bool{false, true} {
			res, err := dedupe.Run(context.Background(), in, dedupe.Options{Balanced: balanced})
			var c *dedupe.Conflict
			if errors.As(err, &c) {
				checkConflict(t, in, c)
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			checkWhole(t, in, res)
			for _, q := range in.Same {
				if res.Cluster[q[0]] != res.Cluster[q[1]] {
					t.Fatalf("seed %d: rows %v are the same by decision and stand apart", seed, q)
				}
			}
			for _, q := range slices.Concat(in.Different, in.Related) {
				if res.Cluster[q[0]] == res.Cluster[q[1]] {
					t.Fatalf("seed %d: rows %v are told apart and stand together", seed, q)
				}
			}
		}
	}
}

// checkConflict holds a conflict to the decisions it names.
func checkConflict(t *testing.T, in *dedupe.Input, c *dedupe.Conflict) {
	t.Helper()
	equal := func(a, b int) bool {
		n := len(in.Columns)
		for k := range n {
			if in.Forms[k][a].Text != in.Forms[k][b].Text {
				return false
			}
		}
		return true
	}
	if len(c.Chain) < 1 || !equal(c.Chain[0], c.A) || !equal(c.Chain[len(c.Chain)-1], c.B) {
		t.Fatalf("the chain %v does not lead from %d to %d", c.Chain, c.A, c.B)
	}
	for i, r := range c.Chain[1:] {
		if !slices.ContainsFunc(in.Same, func(q [2]int) bool {
			p := c.Chain[i]
			return equal(q[0], p) && equal(q[1], r) || equal(q[1], p) && equal(q[0], r)
		}) {
			t.Fatalf("no decision says that rows %d and %d are the same", c.Chain[i], r)
		}
	}
	if !strings.Contains(c.Error(), "decision") {
		t.Errorf("error %q", c)
	}
}

func TestChainOfDecisions(t *testing.T) {
	in := titles("red house", "blue moon rising", "green tea and rice", "old man and sea")
	in.Same = [][2]int{{0, 1}, {1, 2}}
	res := run(t, in, dedupe.Options{})
	if res.Cluster[0] != res.Cluster[2] || res.Cluster[0] == res.Cluster[3] {
		t.Errorf("clusters %v", res.Cluster)
	}
	in.Different = [][2]int{{0, 2}}
	_, err := dedupe.Run(context.Background(), in, dedupe.Options{})
	var c *dedupe.Conflict
	if !errors.As(err, &c) || c.Lists || len(c.Chain) != 3 {
		t.Errorf("error %v, want a conflict over two steps", err)
	}
}

func TestDifferentKeepsCopiesApart(t *testing.T) {
	in := titles("the same title here", "something else entirely", "the same title here", "the same title here")
	in.Different = [][2]int{{0, 2}}
	for _, balanced := range []bool{false, true} {
		if res := run(t, in, dedupe.Options{Balanced: balanced}); res.Cluster[0] == res.Cluster[2] {
			t.Errorf("balanced %v: clusters %v", balanced, res.Cluster)
		}
	}
}

func TestAcrossIsObeyed(t *testing.T) {
	for seed := range uint64(20) {
		rng := rand.New(rand.NewPCG(seed, 4))
		in := columnsOf(random(rng, 60))
		for range in.Len() {
			in.Across = append(in.Across, int32(rng.IntN(3)))
		}
		res := run(t, in, dedupe.Options{Balanced: seed%2 == 0})
		checkWhole(t, in, res)
		for a := range in.Across {
			for b := range a {
				if res.Cluster[a] == res.Cluster[b] && in.Across[a] == in.Across[b] {
					t.Fatalf("seed %d: rows %d and %d of list %d stand together", seed, b, a, in.Across[a])
				}
			}
		}
	}
}

func TestSmallestLists(t *testing.T) {
	for name, in := range map[string]*dedupe.Input{
		"nothing":        {},
		"no records":     titles(),
		"one record":     titles("a title"),
		"one blank":      titles(""),
		"all blank":      titles("", "", ""),
		"blank columns":  columnsOf([][]string{{"", "", ""}, {"", "", ""}}),
		"nothing to see": {Columns: []record.Column{{Name: "a", Ignored: true}}, Forms: make([][]record.Form, 1), Cells: []string{"x", "x"}},
	} {
		t.Run(name, func(t *testing.T) {
			for _, balanced := range []bool{false, true} {
				checkWhole(t, in, run(t, in, dedupe.Options{Balanced: balanced}))
			}
		})
	}
}

// Hostile lists: what matters is that they end soon and in little memory.
func TestHostileLists(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	rng := rand.New(rand.NewPCG(5, 5))
	letters := func(n int) string {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte('a' + rng.IntN(26))
		}
		return string(b)
	}
	lists := map[string]func(i int) string{
		"one word in every title": func(i int) string { return "news " + letters(6) + " " + letters(6) },
		"equal titles":            func(int) string { return "the very same title" },
		"one template":            func(i int) string { return fmt.Sprint("my favourite ", i) },
		"random letters":          func(int) string { return letters(30) },
		"two words":               func(i int) string { return fmt.Sprintf("w%d w%d", i%300, i/300) },
	}
	for name, title := range lists {
		t.Run(name, func(t *testing.T) {
			const n = 20_000
			texts := make([]string, n)
			for i := range texts {
				texts[i] = title(i)
			}
			in := titles(texts...)
			res := run(t, in, dedupe.Options{})
			checkWhole(t, in, res)
			if most := 15 * n; res.Promise.Candidates > most {
				t.Errorf("%d candidates, want at most %d", res.Promise.Candidates, most)
			}
		})
	}
	t.Run("one title of a megabyte", func(t *testing.T) {
		long := strings.Repeat("word another third ", 55_000)
		in := titles(long, "word another third", long+"more", "something else", strings.Repeat(letters(30)+" ", 30_000))
		checkWhole(t, in, run(t, in, dedupe.Options{}))
	})
}
