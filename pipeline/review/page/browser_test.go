package page

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"github.com/unecho/unecho/pipeline/review"
)

func posts() []review.Card {
	return cards(
		[2]string{"How Harbourline Keeps 14,000 Containers in Sync", "How Harbourline Keeps 14,000 Containers in Sync – tech.harbourline"},
		[2]string{"What a Tide Table Taught Us About Caching", "What a Tide Table Taught Us About Caching (2)"},
		[2]string{"Methods for measuring the cost of a slow build", "Measuring the cost of a slow build"},
		[2]string{"Lesson 3: Tying knots", "Lesson 4: Tying knots"},
		[2]string{"Retries considered harmful", "Retries considered useful"},
	)
}

// chain is three records, each like the others, and one pair more.
func chain() []review.Card {
	return cards([2]string{"Knots", "Knots!"}, [2]string{"Knots!", "KNOTS"}, [2]string{"Knots", "KNOTS"}, [2]string{"Sails", "Sail"})
}

// kinds says what a desk was told, in order.
func (f *fake) kinds() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var out []string
	for _, c := range f.decisions() {
		word := string(c.Kind)
		if c.Keep != "" {
			word += " keep " + c.Keep
		}
		out = append(out, word)
	}
	return strings.Join(out, ", ")
}

// A whole sitting without a mouse: every answer, the entry that stays, going
// back, the end.
func TestSittingByKeyboard(t *testing.T) {
	desk := &fake{cards: posts()}
	address, ended := served(t, desk)
	w := open(t, chromium(t), address)
	w.shows(".headline.a", "How Harbourline")
	w.picture("light")
	w.keys("]", "s")
	w.shows(".headline.a", "Tide Table")
	w.shows("#news", "Same.")
	w.keys("d")
	w.shows(".headline.a", "Methods")
	w.keys("r")
	w.shows(".headline.a", "Tying knots")
	w.keys(" ")
	w.shows(".headline.a", "Retries")
	w.keys(backspace)
	w.shows("#news", "Taken back: skipped")
	w.shows(".headline.a", "Tying knots")
	w.keys("u")
	w.shows(".headline.a", "Methods")
	w.keys("r", " ")
	w.shows(".headline.a", "Retries")
	w.shows("#progress", "at your pace")
	w.keys(right)
	w.shows(".headline.a", "Tying knots") // put off, and asked again
	w.shows(".said", "Put off before")
	w.keys(left)
	w.shows("h1", "Nothing is left to ask")
	if got, want := desk.kinds(), "same keep r002, different, related, skip, same, different"; got != want {
		t.Errorf("the desk was told %s, wanted %s", got, want)
	}
	w.picture("end")
	// The last button is reached and pressed by keyboard too.
	for range 30 {
		w.keys(tabKey)
		if strings.HasPrefix(see[string](w, `document.activeElement.innerText`), "Done: write") {
			break
		}
	}
	w.keys(enter)
	w.shows("main", "posts.clean.xlsx")
	if err := <-ended; err != nil || !desk.over {
		t.Errorf("Serve gave %v", err)
	}
	w.calm(strings.Split(address, "#")[0])
}

func TestReloadInTheMiddle(t *testing.T) {
	desk := &fake{cards: posts()}
	address, _ := served(t, desk)
	w := open(t, chromium(t), address)
	w.keys("s", "d")
	w.shows(".headline.a", "Methods")
	if at := see[string](w, `location.href`); strings.Contains(at, "#") {
		t.Errorf("the key to the list stays in the address: %s", at)
	}
	w.do(chromedp.Reload())
	w.shows(".headline.a", "Methods")
	w.shows("#recent", "Tide Table")
	w.keys("u")
	w.shows(".headline.a", "Tide Table")
	w.keys("s")
	if got := desk.kinds(); got != "same, same" {
		t.Errorf("the desk was told %s", got)
	}
}

func TestTwoWindows(t *testing.T) {
	desk := &fake{cards: posts()}
	address, _ := served(t, desk)
	browser := chromium(t)
	one, two := open(t, browser, address), open(t, browser, address)
	one.keys("s")
	one.shows(".headline.a", "Tide Table")
	two.keys("d")
	two.shows("#trouble", "answered in the meantime (same)")
	two.shows(".headline.a", "Tide Table")
	two.keys("d")
	two.shows(".headline.a", "Methods")
	one.keys("u")
	one.shows("#trouble", "something else was decided in the meantime")
	one.shows(".headline.a", "Methods")
	if got := desk.kinds(); got != "same, different" {
		t.Errorf("the desk was told %s", got)
	}
}

// An address without the key shows nothing of the list.
func TestWithoutTheKey(t *testing.T) {
	address, _ := served(t, &fake{cards: posts()})
	ctx, cancel := chromedp.NewContext(chromium(t))
	t.Cleanup(cancel)
	w := &tab{t: t, ctx: ctx}
	w.do(chromedp.Navigate(strings.Split(address, "#")[0]))
	w.shows("#trouble", "Open the address that the terminal shows")
	if text := w.text("body"); strings.Contains(text, "Harbourline") {
		t.Errorf("the page reads %s", text)
	}
}

func TestTroubleIsSaid(t *testing.T) {
	desk := &fake{cards: posts(), fail: errors.New("posts.decisions.jsonl: no space left on device")}
	address, _ := served(t, desk)
	w := open(t, chromium(t), address)
	w.keys("s")
	w.shows("#trouble", "Not recorded: posts.decisions.jsonl: no space left on device")
	w.shows(".headline.a", "How Harbourline")
	w.shows("#recent", "none yet")
	w.picture("trouble")
	w.keys("s")
	w.shows(".headline.a", "Tide Table")
	w.wait(`document.getElementById("trouble").innerText === ""`)
}

func TestServerGone(t *testing.T) {
	desk := &fake{cards: posts()}
	address, ended := served(t, desk)
	w := open(t, chromium(t), address)
	other := open(t, w.ctx, address)
	other.click("Done")
	<-ended
	w.keys("s")
	w.shows("#trouble", "Not recorded: unecho does not answer")
	w.shows(".headline.a", "How Harbourline")
}

// What an answer settles is said, and not asked.
func TestImpliedIsNotAsked(t *testing.T) {
	desk := &fake{cards: chain()}
	address, _ := served(t, desk)
	w := open(t, chromium(t), address)
	w.keys("s", "s")
	w.shows("#news", "also settles 1 pair")
	w.shows(".headline.a", "Sails")
	w.shows("#progress", "1 question left")
}

func TestObviousInOneStroke(t *testing.T) {
	desk := &fake{cards: posts()}
	desk.cards[1].Probability, desk.cards[3].Probability = 0.981, 0.972
	address, _ := served(t, desk)
	w := open(t, chromium(t), address)
	w.click("Confirm obvious repeats: 3 pairs")
	w.shows("h1", "3 pairs stand at 0.97 and above")
	w.picture("obvious")
	w.do(clickOn("#pair-2"))
	w.click("Confirm 2 pairs as the same")
	w.shows("#news", "Confirmed 2 pairs")
	w.shows(".headline.a", "Methods")
	if got := desk.kinds(); got != "same, same" {
		t.Errorf("the desk was told %s", got)
	}
	w.keys("u")
	w.shows("#news", "Taken back")
	if got := desk.kinds(); got != "" {
		t.Errorf("after one undo the desk still holds %s", got)
	}
}

func TestReopen(t *testing.T) {
	desk := &fake{cards: posts()}
	address, _ := served(t, desk)
	w := open(t, chromium(t), address)
	w.keys("s", "d")
	w.do(clickOn("#recent li:nth-child(2) button"))
	w.shows(".banner", "You came back")
	w.shows(".said", "Answered before: same, by ada, 3 Nov 2026")
	w.picture("reopened")
	w.keys(escape)
	w.shows(".headline.a", "Methods")
	w.do(clickOn("#recent li:nth-child(2) button"))
	w.shows(".banner", "You came back")
	w.keys("d")
	w.shows(".headline.a", "Methods")
	if got := desk.kinds(); got != "same, different, different" {
		t.Errorf("the desk was told %s", got)
	}
}

func TestLessonAfterTen(t *testing.T) {
	var pairs [][2]string
	for i := range 14 {
		pairs = append(pairs, [2]string{fmt.Sprintf("Entry number %d", i), fmt.Sprintf("Entry nr %d", i)})
	}
	desk := &fake{cards: cards(pairs...)}
	address, _ := served(t, desk)
	w := open(t, chromium(t), address)
	w.shows("#offers", "10 more answers")
	w.keys("s", "s", "s", "d", "d", "s", "s", "s", "s")
	w.shows("#offers", "1 more answer,")
	w.keys("d")
	w.shows(".lesson", "38 more pairs are sure, 12 fewer to ask")
	w.shows("#news", "38 more pairs are sure")
	w.picture("lesson")
	w.keys("s") // the questions go on beside it
	w.keys("k")
	w.wait(`!document.querySelector(".lesson")`)
	if !desk.taught {
		t.Error("the lesson was not kept")
	}
}

func TestProbe(t *testing.T) {
	desk := &fake{cards: posts(), probes: cards([2]string{"Sea", "Sea!"}, [2]string{"Sand", "Sand!"}, [2]string{"Sun", "Sun!"})}
	for i := range desk.probes {
		desk.probes[i].A.ID = fmt.Sprintf("p%d", 2*i)
		desk.probes[i].B.ID = fmt.Sprintf("p%d", 2*i+1)
	}
	address, _ := served(t, desk)
	w := open(t, chromium(t), address)
	w.click("Look at what is merged without asking")
	w.shows("h1", "Merged without asking")
	w.keys("s")
	w.shows(".banner", "2 of 3")
	w.picture("probe")
	w.keys("d")
	w.shows("#news", "nothing is merged on this list without asking")
	w.shows("#offers", "found a wrong merge")
	w.shows(".headline.a", "How Harbourline")
}

// A column may have a name that means something to JavaScript.
func TestMergedEntryOfOddColumns(t *testing.T) {
	desk := &fake{cards: posts()}
	desk.cards[0].Fields = []review.Field{field("__proto__", "one", "two"), field("constructor", "three", "four")}
	address, _ := served(t, desk)
	w := open(t, chromium(t), address)
	w.keys("m")
	if typed := see[string](w, `[...document.querySelectorAll("#drawer-merge input")].map((i) => i.value).join("|")`); typed != "|" {
		t.Errorf("the fields read %q before anything is typed", typed)
	}
	w.do(clickOn("#drawer-merge fieldset:nth-of-type(1) button:nth-of-type(2)"), clickOn("#drawer-merge fieldset:nth-of-type(2) button:nth-of-type(1)"))
	w.click("Same")
	w.shows(".headline.a", "Tide Table")
	if got := desk.kinds(); got != "value, value, same keep r001" {
		t.Errorf("the desk was told %s", got)
	}
}

// The fields of the merged entry: one clicked, one typed; they go with "same".
func TestMergedEntry(t *testing.T) {
	desk := &fake{cards: posts()}
	address, _ := served(t, desk)
	w := open(t, chromium(t), address)
	w.keys("m")
	w.wait(`document.getElementById("drawer-merge").open`)
	w.do(clickOn("#drawer-merge fieldset:nth-of-type(2) button:nth-of-type(2)"))
	w.do(clickOn("#drawer-merge fieldset:nth-of-type(1) input"))
	w.keys("H", "s", "d", " ", "7", backspace) // letters are letters in a field
	w.shows(".settles", "2 values go with “same”")
	w.picture("merge")
	w.click("Same")
	w.shows(".headline.a", "Tide Table")
	want := []review.Choice{
		{Kind: review.Value, A: "r001", Column: "year", Value: "2014", Via: "browser"},
		{Kind: review.Value, A: "r001", Column: "title", Value: "Hsd ", Via: "browser"},
		{Kind: review.Same, A: "r001", B: "r002", Keep: "r001", Via: "browser"},
	}
	if diff := cmp.Diff(want, desk.decisions()); diff != "" {
		t.Error(diff)
	}
}

func TestGroup(t *testing.T) {
	desk := &fake{cards: chain(), strokes: [][]review.Choice{{choice(review.Same, "r001", "r002")}}}
	address, _ := served(t, desk)
	w := open(t, chromium(t), address)
	w.keys("g")
	w.shows("#groups", "Group of A: 2 entries")
	w.picture("group")
	w.keys("2")
	w.wait(`document.querySelector("#groups .members li:first-child").innerText.includes("Knots!")`)
	w.click("What the merged entry reads")
	w.do(clickOn("#groups form input"), chromedp.KeyEvent("Knots, all of them"+enter))
	w.shows("#groups form p", "Knots, all of them")
	if got := desk.kinds(); got != "same, keep, value" {
		t.Errorf("the desk was told %s", got)
	}
}

// A part that is unfolded while the next question is on its way is unfolded
// there: the browser says that it was unfolded only when that is drawn.
func TestUnfoldedOnTheWay(t *testing.T) {
	address, _ := served(t, &fake{cards: posts()})
	w := open(t, chromium(t), address)
	if n := see[int](w, `(unfold("group"), act.back(), document.querySelectorAll("#drawer-group[open]").length)`); n != 0 {
		t.Fatal("the part is unfolded before the browser has said so")
	}
	w.shows("#groups", "stands alone so far")
	w.wait(`document.querySelector("#drawer-group[open]")`)
}

// A telephone: nothing stands out to the side, nothing is too small to touch.
func TestNarrow(t *testing.T) {
	desk := &fake{cards: posts(), probes: posts()[:1]}
	address, _ := served(t, desk)
	w := open(t, chromium(t), address)
	w.do(chromedp.EmulateViewport(360, 740, chromedp.EmulateMobile, chromedp.EmulateTouch))
	fits := func(where string) {
		t.Helper()
		if wide := see[float64](w, `Math.max(...[...document.querySelectorAll("body *")].filter((e) => e.getClientRects().length && !e.closest(".unseen, .skip-link")).map((e) => e.getBoundingClientRect().right))`); wide > 360 {
			t.Errorf("%s reaches to %v of 360", where, wide)
		}
		if small := see[string](w, `[...document.querySelectorAll("button:not(.more)")].filter((b) => b.getClientRects().length && b.getBoundingClientRect().height < 32).map((b) => b.innerText).join(", ")`); small != "" {
			t.Errorf("%s: too low to touch: %s", where, small)
		}
	}
	fits("a question")
	w.picture("narrow")
	w.keys("e", "n", "m", "g", "?")
	w.keys("e")
	fits("everything unfolded")
	w.keys("?")
	w.dark(true)
	w.picture("narrow-dark")
	w.click("Confirm obvious")
	fits("the list")
	w.click("Back to the questions")
	w.swipe(300, 60)
	w.shows(".headline.a", "Tide Table")
	w.swipe(60, 300)
	w.shows(".headline.a", "Methods")
	if got := desk.kinds(); got != "different, same" {
		t.Errorf("the desk was told %s", got)
	}
	w.keys("s", "s", "s")
	fits("the end")
}

// swipe draws a finger across the question.
func (w *tab) swipe(from, to int) {
	w.t.Helper()
	w.do(chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`(() => {
		const on = document.querySelector(".headline.a");
		const touch = (x) => new Touch({ identifier: 1, target: on, clientX: x, clientY: 300 });
		on.dispatchEvent(new TouchEvent("touchstart", { bubbles: true, touches: [touch(%d)], changedTouches: [touch(%d)] }));
		on.dispatchEvent(new TouchEvent("touchend", { bubbles: true, touches: [], changedTouches: [touch(%d)] }));
	})()`, from, from, to)))
	w.wait(`!document.body.hasAttribute("aria-busy")`)
}

func TestReducedMotion(t *testing.T) {
	address, _ := served(t, &fake{cards: posts()})
	w := open(t, chromium(t), address)
	command(w, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}})
	if moving := see[int](w, `[...document.querySelectorAll("*")].filter((e) => getComputedStyle(e).transitionDuration !== "0s" || getComputedStyle(e).animationName !== "none").length`); moving != 0 {
		t.Errorf("%d elements still move", moving)
	}
}

// A long pile of obvious repeats is confirmed a thousand at a time.
func TestObviousIsLong(t *testing.T) {
	var pairs [][2]string
	for i := range 1500 {
		pairs = append(pairs, [2]string{fmt.Sprintf("Entry number %d", i), fmt.Sprintf("Entry nr %d", i)})
	}
	desk := &fake{cards: cards(pairs...)}
	for i := range desk.cards {
		desk.cards[i].Probability = 0.98
	}
	address, _ := served(t, desk)
	w := open(t, chromium(t), address)
	w.click("Confirm obvious repeats: 1500 pairs")
	w.shows("main", "These are the first 1000")
	if n := see[int](w, `document.querySelectorAll(".pairs li").length`); n != 1000 {
		t.Errorf("%d pairs are shown", n)
	}
}

// An answer that was carried over to a corrected entry is shown once, as such.
func TestCarriedOver(t *testing.T) {
	desk := &fake{cards: posts()}
	desk.cards[0].Carried = "year was 2012, is 2013"
	desk.cards[0].Said = []review.Said{{Kind: review.Same, By: "ben", At: "2026-10-01T08:00:00Z"}}
	address, _ := served(t, desk)
	w := open(t, chromium(t), address)
	w.shows("h1", "Does this answer still hold?")
	w.shows(".said", "Answered before: same, by ben, 1 Oct 2026")
	w.shows(".said", "What was corrected since: year was 2012, is 2013")
	w.keys("s")
	w.shows(".headline.a", "Tide Table")
}

// Long texts are cut in the middle, and all there when asked for.
func TestLongTexts(t *testing.T) {
	desk := &fake{cards: cards([2]string{strings.Repeat("𝕏a", 1500) + " one", strings.Repeat("𝕏a", 1500) + " two"}, [2]string{"Sand", "Sands"})}
	address, _ := served(t, desk)
	w := open(t, chromium(t), address)
	if text := w.text(".headline.a"); len(text) > 2500 || strings.Contains(text, "\uFFFD") || !strings.Contains(text, "more character") {
		t.Errorf("the title is shown as %q", text)
	}
	w.click("more characters")
	w.wait(`document.querySelector(".headline.a").textContent.includes("𝕏a".repeat(1500))`)
}
