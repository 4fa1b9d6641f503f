package page

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/unecho/unecho/pipeline/review"
)

// hostile is text that wants to be more than text.
var hostile = []string{
	`<script>alert("one")</script>`, `<img src="https://evil.example/x.png" onerror="alert('two')">`, `"><svg onload=alert(3)>`,
	`javascript:alert(4)`, "data:text/html,<script>alert(5)</script>", "https://user:secret@evil.example/", "invoice\u202Efdp.exe", "zero\u200Bwidth \u2066isolated\u2069",
	`</script><script>alert(6)</script>`, `<!-- <script>`, "&lt;b&gt;", "{{constructor.constructor('alert(7)')()}}", "\u0000\u0007\u001b[31mred", "שלום <b>עולם</b>", strings.Repeat("𝕏", 3000),
}

func hostileCards() (out []review.Card) {
	for i, text := range hostile {
		c := cards([2]string{text, text + " and more"})[0]
		c.A.ID, c.B.ID = fmt.Sprintf("a%02d", i), fmt.Sprintf("b%02d", i)
		c.A.Where, c.B.Chips, c.Why, c.Carried = text, []string{text}, text, text
		c.A.Before, c.B.After = []string{text}, []string{text}
		c.Fields = append(c.Fields, review.Field{Name: text, A: []review.Piece{{Text: text, Own: true}}, B: []review.Piece{{Text: text + "!", Own: true}}}, review.Field{Name: "__proto__", A: []review.Piece{{Text: text}}})
		c.Evidence = append(c.Evidence, review.Term{Name: text, Level: text, Weight: 1e9})
		out = append(out, c)
	}
	return out
}

// Nothing of a list runs, opens, or asks another machine; what turns the
// direction of text or is not seen is spelled.
func TestHostileText(t *testing.T) {
	desk := &fake{cards: hostileCards()}
	address, _ := served(t, desk)
	w := open(t, chromium(t), address)
	w.keys("n", "m", "g")
	w.hostile()
	w.calm(strings.Split(address, "#")[0])
}

// hostile goes through the hostile cards.
func (w *tab) hostile() {
	w.t.Helper()
	for range hostile {
		if n := see[int](w, `document.querySelectorAll("main script, main img, main svg, main iframe, main b").length`); n != 0 {
			w.t.Errorf("text became %d elements: %s", n, w.text("main"))
		}
		for _, href := range see[[]string](w, `[...document.querySelectorAll("main a")].map((a) => a.href)`) {
			if !strings.HasPrefix(href, "https://harbourline.example/") {
				w.t.Errorf("there is a link to %s", href)
			}
		}
		if bare := see[int](w, `[...document.body.innerText.matchAll(/[\u202A-\u202E\u2066-\u2069\u200B\u0000]/g)].length`); bare != 0 {
			w.t.Errorf("%d characters that are not seen stand bare in: %s", bare, w.text("main"))
		}
		if wide := see[int](w, `document.documentElement.scrollWidth - innerWidth`); wide > 0 {
			w.t.Errorf("the page is %d wider than the window: %s", wide, see[string](w, `[...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > innerWidth).map((e) => e.tagName + "." + e.className).slice(0, 5).join(" ")`))
		}
		if strings.Contains(w.text(".headline.a"), "U+202E") {
			w.picture("hostile")
		}
		w.keys("s")
	}
	w.shows("h1", "Nothing is left")
}

// Even a script that got in would not run, and would reach nobody.
func TestPolicyHolds(t *testing.T) {
	browser := chromium(t)
	address, _ := served(t, &fake{cards: posts()})
	file, _ := offline(t, &fake{cards: posts()})
	for _, at := range []string{address, file} {
		w := open(t, browser, at)
		w.do(chromedp.Evaluate[chromedp.Void](`(() => {
			for (const text of ["window.ran = true", "//# \nwindow.ran = true"]) document.body.append(Object.assign(document.createElement("script"), { textContent: text }));
			document.body.append(Object.assign(document.createElement("script"), { src: "data:text/javascript,window.ran=true" }));
			document.body.append(Object.assign(document.createElement("img"), { src: "https://evil.example/x.png" }));
			document.body.insertAdjacentHTML("beforeend", "<a id=trap href='javascript:window.ran=true'>x</a><img src=x onerror='window.ran=true'><iframe src='https://evil.example/'></iframe><style>body{--styled:1}</style>");
			document.getElementById("trap").click();
			fetch("https://evil.example/").then(() => window.reached = true, () => window.refused = true);
		})()`))
		w.wait(`window.refused || window.reached`)
		if see[bool](w, `Boolean(window.ran || window.reached || getComputedStyle(document.body).getPropertyValue("--styled"))`) {
			t.Errorf("%s: a script, a style or a request got through", at)
		}
	}
}
