package page

import (
	"strings"
	"testing"

	"github.com/unecho/unecho/pipeline/review"
)

// nameless lists the controls in view that have no name for a screen reader.
const nameless = `[...document.querySelectorAll("button, input, a, summary, [role=progressbar], section, aside, fieldset")]
	.filter((e) => e.getClientRects().length)
	.filter((e) => {
		const by = (e.getAttribute("aria-labelledby") || "").split(" ").map((id) => document.getElementById(id)).filter(Boolean).map((n) => n.textContent).join(" ");
		const own = e.matches("section, aside, input, [role=progressbar]") ? "" : e.matches("fieldset") ? (e.querySelector("legend") || {}).textContent : e.textContent;
		const label = e.labels && e.labels.length ? e.labels[0].textContent : "";
		return !(e.getAttribute("aria-label") || by || own || label || "").trim();
	}).map((e) => e.outerHTML.slice(0, 120)).join("\n")`

// faint lists texts in view whose contrast with what is behind them is below
// that of WCAG AA (4.5, or 3 for large text), by its formula.
const faint = `(() => {
	const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
	const rgba = (css) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = css; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
	const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
	const ratio = (x, y) => { const [a, b] = [light(x), light(y)].sort((p, q) => q - p); return (a + 0.05) / (b + 0.05); };
	const behind = (e) => { for (; e; e = e.parentElement) { const c = rgba(getComputedStyle(e).backgroundColor); if (c[3] === 255) return c; } return [255, 255, 255, 255]; };
	const found = new Map(), walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	let seen = 0;
	while (walker.nextNode()) {
		const e = walker.currentNode.parentElement;
		if (!walker.currentNode.data.trim() || !e.getClientRects().length || e.closest(".unseen, .skip-link, noscript, script, :disabled")) continue;
		seen++;
		const style = getComputedStyle(e), back = behind(e), ink = rgba(style.color);
		let opacity = 1;
		for (let p = e; p; p = p.parentElement) opacity *= getComputedStyle(p).opacity;
		const mixed = ink.map((v, i) => v * opacity + back[i] * (1 - opacity));
		const large = parseFloat(style.fontSize) >= 24 || parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700;
		const r = ratio(mixed, back);
		if (r < (large ? 3 : 4.5)) found.set(e.tagName + "." + e.className, r.toFixed(2) + " " + walker.currentNode.data.trim().slice(0, 40));
	}
	return seen < 10 ? "only " + seen + " texts were looked at" : [...found].map(([what, r]) => what + ": " + r).join("\n");
})()`

// Every control has a name, every text can be read, in light and in dark, on
// each screen of a sitting; headings and landmarks are there.
func TestReadable(t *testing.T) {
	desk := &fake{cards: posts(), probes: posts()[:1], strokes: [][]review.Choice{{choice(review.Same, "r001", "r002")}}}
	desk.cards[1].Probability = 0.99
	desk.cards[2].Carried = "the year was corrected"
	address, _ := served(t, desk)
	w := open(t, chromium(t), address)
	looks := func(where string) {
		t.Helper()
		if names := see[string](w, nameless); names != "" {
			t.Errorf("%s: without a name:\n%s", where, names)
		}
		for _, dark := range []bool{false, true} {
			w.dark(dark)
			if texts := see[string](w, faint); texts != "" {
				t.Errorf("%s, dark %v: too faint:\n%s", where, dark, texts)
			}
		}
	}
	w.shows("#offers", "Confirm obvious")
	w.keys("?", "n", "m", "]")
	w.do(clickOn("#drawer-equal summary"), clickOn("#drawer-merge .option"))
	looks("a question")
	w.picture("unfolded-dark")
	w.dark(false)
	w.picture("unfolded")
	w.click("Confirm obvious")
	looks("the list")
	w.click("Back to the questions")
	w.do(clickOn("#recent button"))
	w.shows("#main", "You came back to this pair")
	w.keys("g")
	w.shows("#groups", "Group of both")
	looks("gone back")
	w.click("Back to the questions")
	w.keys("s", "s", "s", "s")
	w.shows("h1", "Nothing is left")
	looks("the end")
	for _, landmark := range []string{"header", "main", "aside", "h1", "a.skip-link[href='#main']", "[aria-live=polite]", "[role=alert]", "html[lang]"} {
		if n := see[int](w, `document.querySelectorAll("`+landmark+`").length`); n != 1 {
			t.Errorf("%d of %s", n, landmark)
		}
	}
}

// After each answer the new question is what a screen reader reads: it has the
// focus, and its name says where the two differ.
func TestFocusGoesWithTheQuestion(t *testing.T) {
	address, _ := served(t, &fake{cards: posts()})
	w := open(t, chromium(t), address)
	for _, answer := range []string{"s", " ", "u", "d"} {
		w.keys(answer)
		if at := see[string](w, `document.activeElement.textContent`); !strings.HasPrefix(at, "The same entry?") || !strings.Contains(at, "differ in title, year") {
			t.Errorf("after %q the focus is on %q", answer, at)
		}
	}
	w.keys("?")
	w.do(clickOn("#single"))
	w.wait(`!document.getElementById("single").checked`)
	w.keys("s")
	w.shows("#progress", "3 questions left")
	if n := see[int](w, `document.querySelectorAll("#recent li button").length`); n != 2 {
		t.Errorf("single keys are off, and %d answers were taken", n)
	}
}
