package page

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/unecho/unecho/pipeline"
	"github.com/unecho/unecho/pipeline/review"
)

// servesList names the variable that has this test's program serve a list, as
// unecho review does, until it is killed.
const servesList = "UNECHO_PAGE_TEST_LIST"

func TestMain(m *testing.M) {
	if list := os.Getenv(servesList); list != "" {
		desk, err := pipeline.OpenDesk(context.Background(), pipeline.Options{Inputs: []string{list}}, time.Now, "ada", "browser")
		if err == nil {
			err = Serve(context.Background(), desk, Options{Announce: func(url string) { fmt.Println(url) }})
		}
		if err != nil {
			fmt.Println(err)
			os.Exit(2)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// process serves a list in a program of its own, and gives its address.
func process(t *testing.T, list string) (*exec.Cmd, string) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), servesList+"="+list)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || !strings.HasPrefix(address, "http://") {
		t.Fatalf("the list is not served: %s %v", address, err)
	}
	return cmd, strings.TrimSpace(address)
}

// doubtful writes a list with some hundreds of doubtful pairs: titles made of
// a few words, each once more with one word changed.
func doubtful(t *testing.T, pairs int) string {
	t.Helper()
	adjectives := strings.Fields("quiet brass northern salted hollow amber patient woven distant copper gentle broken winter silver hidden narrow velvet crooked marble early")
	nouns := strings.Fields("harbour lantern orchard ledger compass kettle meadow bridge archive violin furnace garden mirror station island cellar ladder river castle window")
	verbs := strings.Fields("Mending Counting Painting Charting Keeping Finding Naming Teaching Weighing Drying Sorting Tuning Opening Guarding Lighting Drawing Carving Reading Sinking Folding")
	dice := rand.New(rand.NewPCG(4, 4))
	pick := func(words []string) string { return words[dice.IntN(len(words))] }
	var list strings.Builder
	list.WriteString("title,author,year\n")
	for i := range pairs {
		verb, noun, year := pick(verbs), pick(nouns), 1990+dice.IntN(30)
		rest := fmt.Sprintf("by the %s of %s %ss", pick(nouns), pick(adjectives), pick(nouns))
		fmt.Fprintf(&list, "%s the %s %s %s,%c. Writer%d,%d\n", verb, pick(adjectives), noun, rest, 'A'+rune(i%26), i, year)
		fmt.Fprintf(&list, "%s the %s %s %s,,%d\n", verb, pick(adjectives), noun, rest, year)
	}
	path := filepath.Join(t.TempDir(), "list.csv")
	if err := os.WriteFile(path, []byte(list.String()), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

// told is an answer that the page showed as taken.
type told struct{ kind, a, b string }

func answeredBefore(given []told, a, b string) int {
	return slices.IndexFunc(given, func(g told) bool { return g.a == a && g.b == b || g.a == b && g.b == a })
}

// answers gives answers by keyboard until the page asks nothing more, or until
// there are enough. Each is remembered when the page has moved on, and no pair
// is asked twice.
func (w *tab) answers(enough int, before []told) []told {
	w.t.Helper()
	given := before
	kinds := []string{"same", "different", "different", "related"}
	for len(given)-len(before) < enough {
		pair := see[[]string](w, `sitting.card ? [sitting.card.a.id, sitting.card.b.id] : []`)
		if len(pair) == 0 {
			break
		}
		if i := answeredBefore(given, pair[0], pair[1]); i >= 0 {
			w.t.Fatalf("%v is asked again, after %s", pair, given[i].kind)
		}
		kind := kinds[len(given)%len(kinds)]
		w.keys(kind[:1])
		if trouble := w.text("#trouble"); trouble != "" {
			w.t.Fatalf("%s about %v: %s", kind, pair, trouble)
		}
		given = append(given, told{kind, pair[0], pair[1]})
	}
	return given
}

// A sitting of hundreds of questions by keyboard only; the program is killed
// in the middle, with an answer on its way, and started again. No answer that
// the page showed as taken is lost, none is asked again, and Done writes the
// list.
func TestKilledInTheMiddle(t *testing.T) {
	if testing.Short() {
		t.Skip("a sitting of hundreds of questions is long")
	}
	browser := chromium(t)
	list := doubtful(t, 360)
	first, address := process(t, list)
	w := open(t, browser, address)
	left := see[int](w, `sitting.screen.head.left`)
	if left < 300 {
		t.Fatalf("only %d pairs are doubtful", left)
	}
	given := w.answers(120, nil)
	w.do(keyDown("d"))
	if err := first.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = first.Wait()
	w.wait(`!document.body.hasAttribute("aria-busy")`)

	_, address = process(t, list)
	again := open(t, browser, address)
	given = again.answers(10_000, given)
	again.shows("h1", "Nothing is left to ask")
	again.click("Done: write the clean list")
	again.shows("main", "list.clean.csv")
	t.Logf("%d pairs were doubtful at first, %d answers were given", left, len(given))

	ledger, err := review.Read(strings.TrimSuffix(list, ".csv") + review.Ending)
	if err != nil || len(ledger.Aside) > 0 {
		t.Fatalf("the ledger: %v, %v", err, ledger.Aside)
	}
	kept := map[told]bool{}
	for _, d := range ledger.Decisions {
		kept[told{string(d.Kind), d.A.ID, d.B.ID}] = true
		kept[told{string(d.Kind), d.B.ID, d.A.ID}] = true
	}
	for _, g := range given {
		if !kept[told{g.kind, review.Content(g.a), review.Content(g.b)}] {
			t.Errorf("%v is not in the ledger", g)
		}
	}
	desk, err := pipeline.OpenDesk(t.Context(), pipeline.Options{Inputs: []string{list}}, time.Now, "ada", "browser")
	if err != nil {
		t.Fatal(err)
	}
	for _, card := range desk.Ahead(10_000) { // moved weights may have found new ones
		if answeredBefore(given, card.A.ID, card.B.ID) >= 0 {
			t.Errorf("the next run asks again about %q and %q", card.A.Text, card.B.Text)
		}
	}
}

// The offline file of a list, answered by keyboard somewhere else; its answers
// are applied, and nothing of them is asked again.
func TestOfflineRoundTrip(t *testing.T) {
	list := doubtful(t, 40)
	o := pipeline.Options{Inputs: []string{list}}
	desk, err := pipeline.OpenDesk(t.Context(), o, time.Now, "ada", "browser")
	if err != nil {
		t.Fatal(err)
	}
	address, dir := offline(t, desk)
	w := open(t, chromium(t), address)
	w.keys("m")
	w.do(clickOn("#drawer-merge fieldset:nth-of-type(1) button:nth-of-type(2)"))
	w.click("Same")
	w.keys("]", "s")
	given := w.answers(20, nil)
	said := w.saved(dir, "list")
	if len(said) != 23 { // a value, two answers and twenty
		t.Errorf("%d lines were saved", len(said))
	}
	books, err := pipeline.OpenBooks([]string{filepath.Join(dir, "list.answers.jsonl")})
	if err != nil {
		t.Fatal(err)
	}
	defer books.Close()
	for again := range 2 {
		done, err := pipeline.Apply(t.Context(), books, o, time.Now(), "ben")
		if err != nil {
			t.Fatal(err)
		}
		fresh := 0
		for _, n := range done.New {
			fresh += n
		}
		if again == 0 && fresh < 23 || again == 1 && fresh != 0 || len(done.Stale)+len(done.Left) != 0 {
			t.Errorf("applied, time %d: %+v", again+1, done)
		}
	}
	after, err := pipeline.OpenDesk(t.Context(), o, time.Now, "ada", "browser")
	if err != nil {
		t.Fatal(err)
	}
	if head := after.Head(); head.Decided < 22 {
		t.Errorf("%d pairs are decided", head.Decided)
	}
	for _, card := range after.Ahead(10_000) {
		if answeredBefore(given, card.A.ID, card.B.ID) >= 0 {
			t.Errorf("%q and %q are asked again", card.A.Text, card.B.Text)
		}
	}
}
