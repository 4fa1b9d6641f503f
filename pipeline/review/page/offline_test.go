package page

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"

	"github.com/unecho/unecho/pipeline/review"
)

// offline writes the file of a desk and gives its address.
func offline(t *testing.T, desk review.Desk) (address, dir string) {
	t.Helper()
	var file bytes.Buffer
	if _, err := Offline(&file, desk, OfflineOptions{}); err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	path := filepath.Join(dir, "pairs.html")
	if err := os.WriteFile(path, file.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	return "file://" + filepath.ToSlash(path), dir
}

// given is a line of the file that the offline file gives back.
type given struct {
	review.Choice
	At time.Time `json:"at"`
}

// saved presses Save answers and reads what was saved.
func (w *tab) saved(dir, name string) []given {
	w.t.Helper()
	command(w, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{Behavior: browser.SetDownloadBehaviorBehaviorAllow, DownloadPath: dir})
	w.click("Save answers")
	w.shows("#news", "Saved")
	path := filepath.Join(dir, name+".answers.jsonl")
	for range 500 {
		if text, err := os.ReadFile(path); err == nil && bytes.HasSuffix(text, []byte("\n")) {
			return choices(w.t, text)
		}
		time.Sleep(20 * time.Millisecond)
	}
	w.t.Fatalf("no file %s", path)
	return nil
}

func choices(t *testing.T, text []byte) (out []given) {
	t.Helper()
	for line := range bytes.Lines(text) {
		decoder := json.NewDecoder(bytes.NewReader(line))
		decoder.DisallowUnknownFields()
		var g given
		if err := decoder.Decode(&g); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		out = append(out, g)
	}
	return out
}

// The same screen from a file: by keyboard, closed in the middle, implied
// pairs not asked, going back, two windows, and the answers handed back.
func TestOfflineFile(t *testing.T) {
	address, dir := offline(t, &fake{cards: cards([2]string{"Knots", "Knots!"}, [2]string{"Knots!", "KNOTS"}, [2]string{"Knots", "KNOTS"}, [2]string{"Sails", "Sail"},
		[2]string{"How Harbourline Keeps 14,000 Containers in Sync", "How Harbourline keeps them in sync"}, [2]string{"Sand", "Sands"})})
	c := chromium(t)
	w := open(t, c, address)
	w.picture("offline")
	w.keys("]", "s", "s")
	w.shows("#news", "also settles 1 pair")
	w.shows(".headline.a", "Sails")
	w.do(chromedp.Reload())
	w.wait(`document.getElementById("question")`)
	w.shows(".headline.a", "Sails")
	other := open(t, w.ctx, address)
	other.keys("d")
	w.keys("s")
	w.shows("#trouble", "answered in another window")
	w.shows(".headline.a", "How Harbourline")
	w.keys("r", "u", "s", " ")
	w.shows(".said", "Put off before")
	got := w.saved(dir, "posts")
	var words []string
	for _, g := range got {
		if g.At.IsZero() || g.Via != "offline page" || g.TextA == "" || g.TextB == "" {
			t.Errorf("a line lacks something: %+v", g)
		}
		words = append(words, strings.TrimSpace(fmt.Sprint(g.Kind, " ", g.A, " ", g.B, " ", g.Keep)))
	}
	if got, want := strings.Join(words, ", "), "same r001 r002 r002, same r002 r003, different r004 r005, same r006 r007, skip r008 r009"; got != want {
		t.Errorf("the file says %s, wanted %s", got, want)
	}
	w.calm(address)
}

func TestOfflineHostileText(t *testing.T) {
	address, _ := offline(t, &fake{cards: hostileCards()})
	w := open(t, chromium(t), address)
	w.keys("n", "m")
	w.hostile()
	w.calm(address)
}

// A browser that keeps nothing says so, and the answers can still be saved.
func TestOfflineWithoutStorage(t *testing.T) {
	address, dir := offline(t, &fake{cards: posts()})
	w := open(t, chromium(t), address)
	w.do(chromedp.Evaluate[chromedp.Void](`Storage.prototype.setItem = () => { throw new Error("full"); }`))
	w.keys("s")
	w.shows("#ledger", "does not keep answers for a file")
	w.keys("d")
	w.shows(".headline.a", "Methods")
	if got := w.saved(dir, "posts"); len(got) != 2 {
		t.Errorf("%d answers were saved", len(got))
	}
}

// Five thousand pairs are one file that opens and answers.
func TestOfflineIsLarge(t *testing.T) {
	var pairs [][2]string
	for i := range 5000 {
		pairs = append(pairs, [2]string{fmt.Sprintf("Entry number %d %s", i, strings.Repeat("as long as the abstract of a paper ", 20)), fmt.Sprintf("Entry nr %d", i)})
	}
	desk := &fake{cards: cards(pairs...)}
	desk.over = true
	address, dir := offline(t, desk)
	info, err := os.Stat(filepath.Join(dir, "pairs.html"))
	if err != nil {
		t.Fatal(err)
	}
	if info.Size() > offlineBytes {
		t.Errorf("%d bytes", info.Size())
	}
	w := open(t, chromium(t), address)
	w.shows("#progress", "5000 questions left")
	w.keys("s", "d", "u", "s")
	w.shows("#progress", "4998 questions left")
	w.click("Confirm obvious repeats")
	w.click("as the same")
	w.shows("#news", "Confirmed")
	w.keys("u")
	w.shows("#progress", "4998 questions left")
}

func TestOfflineFits(t *testing.T) {
	long := cards([2]string{strings.Repeat("long ", 30_000), strings.Repeat("long ", 30_000) + "er"})
	for range 6 {
		long = append(long, long...)
	}
	desk := &fake{cards: long}
	for _, test := range []struct{ bytes, pairs int }{{5_000_000, 64}, {1_000_000, 64}, {200_000, 64}, {140_000, 30}, {0, 64}} {
		var file bytes.Buffer
		n, err := Offline(&file, desk, OfflineOptions{Bytes: test.bytes})
		if err != nil {
			t.Fatal(err)
		}
		if test.bytes > 0 && file.Len() > test.bytes {
			t.Errorf("%d bytes, wanted at most %d", file.Len(), test.bytes)
		}
		if test.pairs == 64 && n != 64 || test.pairs != 64 && (n == 0 || n == 64) {
			t.Errorf("in %d bytes are %d pairs, wanted %d", test.bytes, n, test.pairs)
		}
	}
}

// The same desk gives the same bytes; nothing in them names another address.
func TestOfflineIsTheSame(t *testing.T) {
	var one, two bytes.Buffer
	for _, w := range []*bytes.Buffer{&one, &two} {
		if _, err := Offline(w, &fake{cards: hostileCards()}, OfflineOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Error("two files of one desk differ")
	}
	var empty bytes.Buffer
	if _, err := Offline(&empty, &fake{}, OfflineOptions{}); err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"src=", "href=\"page", "@import", "url("} {
		if strings.Contains(empty.String(), word) {
			t.Errorf("the file has %q in it", word)
		}
	}
	for _, n := range []struct {
		word  string
		times int
	}{{"<script", 2}, {"</script", 2}, {"<style", 1}, {"<!--", 0}, {"Content-Security-Policy", 1}} {
		if got := strings.Count(empty.String(), n.word); got != n.times {
			t.Errorf("%q stands %d times, wanted %d", n.word, got, n.times)
		}
	}
	if !strings.Contains(empty.String(), `"cards":[]`) {
		t.Error("a list without questions has no list of cards")
	}
}
