package page

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	logs "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

var pictures = flag.String("pictures", "", "a folder for pictures of what the tests see")

// tab is a window of a real browser, and what went on in it.
type tab struct {
	t   *testing.T
	ctx context.Context
	mu  sync.Mutex
	// asked lists the addresses that the page asked for; dialogs what popped
	// up; faults what the console called an error.
	asked, dialogs, faults []string
}

// chromium starts a browser for one test; without one the test is skipped.
func chromium(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser is not started in a short test")
	}
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Skip("no Chromium on this machine: the page was not tried in a browser")
	}
	allocated, cancel := chromedp.NewExecAllocator(context.Background(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.UserDataDir(t.TempDir()))...)
	t.Cleanup(cancel)
	ctx, cancel := chromedp.NewContext(allocated)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Skipf("Chromium does not start (%v): the page was not tried in a browser", err)
	}
	return ctx
}

// open opens an address in a new window of 1280 × 800.
func open(t *testing.T, browser context.Context, address string) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 5*time.Minute)
	t.Cleanup(cancel)
	w := &tab{t: t, ctx: ctx}
	if err := chromedp.Listen(ctx, w.hear); err != nil {
		t.Fatal(err)
	}
	command(w, network.Enable, network.EnableParams{})
	command(w, logs.Enable, cdp.Empty{})
	w.do(chromedp.EmulateViewport(1280, 800), chromedp.Navigate(address))
	w.wait(`document.getElementById("question")`)
	return w
}

func (w *tab) hear(event any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		w.asked = append(w.asked, e.Request.URL)
	case *page.EventJavascriptDialogOpening:
		w.dialogs = append(w.dialogs, e.Message)
	case *runtime.EventExceptionThrown:
		w.faults = append(w.faults, e.ExceptionDetails.Text)
	case *logs.EventEntryAdded:
		if e.Entry.Level == logs.EntryLevelError {
			w.faults = append(w.faults, e.Entry.Text)
		}
	}
}

func (w *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	w.t.Helper()
	if err := chromedp.Do(w.ctx, actions...); err != nil {
		w.t.Fatal(err)
	}
}

// command sends a command of the protocol that chromedp has no action for.
func command[P, R any](w *tab, c cdp.Command[P, R], params P) {
	w.t.Helper()
	if _, err := chromedp.Call(w.ctx, c, params); err != nil {
		w.t.Fatal(err)
	}
}

// see evaluates an expression in the page.
func see[T any](w *tab, expression string) T {
	w.t.Helper()
	value, err := chromedp.Run(w.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		w.t.Fatalf("%s: %v", expression, err)
	}
	return value
}

// wait waits until an expression holds. (The policy of the page does not let
// chromedp.Poll compile one there.)
func (w *tab) wait(expression string) {
	w.t.Helper()
	for range 1000 {
		if see[bool](w, "Boolean("+expression+")") {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	w.t.Fatalf("%s never held; the page reads:\n%s", expression, w.text("body"))
}

func (w *tab) text(selector string) string {
	w.t.Helper()
	return see[string](w, fmt.Sprintf(`(document.querySelector(%q) || {innerText: ""}).innerText`, selector))
}

// keys presses keys one after the other, each when the one before is done.
func (w *tab) keys(keys ...string) {
	w.t.Helper()
	for _, key := range keys {
		w.do(chromedp.KeyEvent(key))
		w.wait(`!document.body.hasAttribute("aria-busy")`)
	}
}

// shows waits until the question on the screen holds a text.
func (w *tab) shows(selector, text string) {
	w.t.Helper()
	w.wait(fmt.Sprintf(`[...document.querySelectorAll(%q)].some((e) => e.innerText.includes(%q))`, selector, text))
}

func (w *tab) click(text string) {
	w.t.Helper()
	w.wait(fmt.Sprintf(`(() => { const b = [...document.querySelectorAll("button, summary")].find((b) => b.innerText.includes(%q) && b.getClientRects().length); if (b) b.click(); return Boolean(b); })()`, text))
	w.wait(`!document.body.hasAttribute("aria-busy")`)
}

// dark has the window in dark colours from now on, or light.
func (w *tab) dark(on bool) {
	w.t.Helper()
	value := "light"
	if on {
		value = "dark"
	}
	command(w, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: value}}})
}

// picture keeps what the window shows, if -pictures asks for it.
func (w *tab) picture(name string) {
	w.t.Helper()
	if *pictures == "" {
		return
	}
	png, err := chromedp.Run(w.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(*pictures, name+".png"), png, 0o666); err != nil {
		w.t.Fatal(err)
	}
}

// calm holds that nothing went wrong in the window and that it asked nobody
// but the server of the address.
func (w *tab) calm(address string) {
	w.t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, dialog := range w.dialogs {
		w.t.Errorf("a dialog said %q", dialog)
	}
	for _, fault := range w.faults {
		w.t.Errorf("the console: %s", fault)
	}
	for _, asked := range w.asked {
		if !strings.HasPrefix(asked, address) && !strings.HasPrefix(asked, "blob:") {
			w.t.Errorf("the page asked for %s", asked)
		}
	}
}

// served serves a desk until the test ends, and gives its address.
func served(t *testing.T, desk *fake) (address string, ended <-chan error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	told := make(chan string, 1)
	end := make(chan error, 1)
	go func() { end <- Serve(ctx, desk, Options{Announce: func(url string) { told <- url }}) }()
	select {
	case address = <-told:
		return address, end
	case err := <-end:
		t.Fatal(err)
	}
	return "", nil
}

const (
	backspace = kb.Backspace
	tabKey    = kb.Tab
	enter     = kb.Enter
	escape    = kb.Escape
	left      = kb.ArrowLeft
	right     = kb.ArrowRight
)

// clickOn clicks what a selector finds, as a script does: a real mouse would
// miss what moves while the page is scrolled.
func clickOn(selector string) chromedp.Action[chromedp.Void] {
	return chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`(() => { const e = document.querySelector(%q); e.focus(); e.click(); })()`, selector))
}

// keyDown presses a key and waits for nothing.
func keyDown(key string) chromedp.Action[chromedp.Void] { return chromedp.KeyEvent(key) }
