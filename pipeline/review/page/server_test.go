package page

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/unecho/unecho/pipeline/review"
)

const (
	testPort  = 4567
	testHost  = "127.0.0.1:4567"
	testToken = "THETOKENOFTHETESTS"
)

// request is one as the page itself would send it.
func request(method, path, body string) *http.Request {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Host = testHost
	r.Header.Set(tokenHeader, testToken)
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if method == http.MethodPost {
		r.Header.Set("Origin", "http://"+testHost)
		r.Header.Set("Content-Type", "application/json")
	}
	return r
}

func answered(s *server, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

func TestGuard(t *testing.T) {
	for _, test := range []struct {
		name, method, path string
		change             func(*http.Request)
		status             int
	}{
		{"the page", "GET", "/", nil, 200},
		{"the page without a token", "GET", "/", func(r *http.Request) { r.Header.Del(tokenHeader) }, 200},
		{"the page from a link elsewhere", "GET", "/", func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }, 200},
		{"a script", "GET", "/screen.js", nil, 200},
		{"no such file", "GET", "/nothing.js", nil, 404},
		{"a way out", "GET", "/..%2fserver.go", nil, 404},
		{"data", "GET", "/api/screen", nil, 200},
		{"localhost is this machine too", "GET", "/api/screen", func(r *http.Request) { r.Host = "localhost:4567" }, 200},
		{"no token", "GET", "/api/screen", func(r *http.Request) { r.Header.Del(tokenHeader) }, 403},
		{"another token", "GET", "/api/screen", func(r *http.Request) { r.Header.Set(tokenHeader, "THETOKENOFTHETESTX") }, 403},
		{"half a token", "GET", "/api/screen", func(r *http.Request) { r.Header.Set(tokenHeader, testToken[:8]) }, 403},
		{"a token in the address only", "GET", "/api/screen?token=" + testToken, func(r *http.Request) { r.Header.Del(tokenHeader) }, 403},
		{"a name that resolves to this machine", "GET", "/", func(r *http.Request) { r.Host = "evil.example:4567" }, 421},
		{"another port", "GET", "/", func(r *http.Request) { r.Host = "127.0.0.1:80" }, 421},
		{"no port", "GET", "/", func(r *http.Request) { r.Host = "127.0.0.1" }, 421},
		{"another page reads", "GET", "/api/screen", func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") }, 403},
		{"another page reads a script", "GET", "/screen.js", func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") }, 403},
		{"a page of another port", "GET", "/api/screen", func(r *http.Request) { r.Header.Set("Origin", "http://127.0.0.1:8080") }, 403},
		{"a page of another port, same site", "GET", "/api/screen", func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "same-site") }, 403},
		{"a sandboxed frame", "POST", "/api/undo", func(r *http.Request) { r.Header.Set("Origin", "null") }, 403},
		{"a change by GET", "GET", "/api/decide", nil, 404},
		{"a change by DELETE", "DELETE", "/api/decide", nil, 405},
		{"a permission asked for", "OPTIONS", "/api/decide", func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") }, 403},
		{"data by POST", "POST", "/api/screen", nil, 404},
		{"a change without an origin", "POST", "/api/undo", func(r *http.Request) { r.Header.Del("Origin") }, 403},
		{"a form", "POST", "/api/undo", func(r *http.Request) { r.Header.Set("Content-Type", "application/x-www-form-urlencoded") }, 415},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := request(test.method, test.path, "{}")
			if test.change != nil {
				test.change(r)
			}
			w := answered(newServer(&fake{cards: posts()}, testPort, testToken), r)
			if w.Code != test.status {
				t.Errorf("%d, wanted %d: %s", w.Code, test.status, w.Body)
			}
			for header, want := range map[string]string{
				"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
				"Content-Security-Policy": policy, "Access-Control-Allow-Origin": "", "Cross-Origin-Resource-Policy": "same-origin",
			} {
				if got := w.Header().Get(header); got != want {
					t.Errorf("%s is %q, wanted %q", header, got, want)
				}
			}
			if w.Code != 200 && strings.Contains(w.Body.String(), "Harbourline") {
				t.Errorf("a refusal tells of the list: %s", w.Body)
			}
		})
	}
}

func TestBodiesAreBounded(t *testing.T) {
	s := newServer(&fake{cards: posts()}, testPort, testToken)
	for name, body := range map[string]string{
		"too large":          `{"choice":{"kind":"same","why":"` + strings.Repeat("x", answerBytes) + `"}}`,
		"no JSON":            "same",
		"something behind":   `{"choice":{"kind":"same","a":"r001","b":"r002"}} {}`,
		"an unknown word":    `{"choose":{}}`,
		"another type":       `{"choice":7}`,
		"no kind":            `{"choice":{"a":"r001"}}`,
		"a kind of the road": `{"choice":{"kind":"stop","value":"no"}}`,
	} {
		if w := answered(s, request("POST", "/api/decide", body)); w.Code != 400 {
			t.Errorf("%s: %d, wanted 400: %s", name, w.Code, w.Body)
		}
	}
	for _, from := range []string{"", "x", "NaN", "2", "-1"} {
		if w := answered(s, request("GET", "/api/obvious?from="+from, "")); w.Code != 400 {
			t.Errorf("from %q: %d, wanted 400", from, w.Code)
		}
	}
	if n := len(s.desk.Recent(10)); n != 0 {
		t.Errorf("%d decisions were recorded", n)
	}
}

// post sends a change and gives what the screen is told.
func post(t *testing.T, s *server, path string, body any) (int, screen, string) {
	t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	w := answered(s, request("POST", path, string(text)))
	if w.Code == 200 {
		var sc screen
		if err := json.Unmarshal(w.Body.Bytes(), &sc); err != nil {
			t.Fatal(err)
		}
		return w.Code, sc, ""
	}
	var no refusal
	if err := json.Unmarshal(w.Body.Bytes(), &no); err != nil {
		t.Fatal(err)
	}
	if no.Screen == nil {
		no.Screen = &screen{}
	}
	return w.Code, *no.Screen, no.Error
}

func choice(kind review.Kind, a, b string) review.Choice {
	return review.Choice{Kind: kind, A: a, B: b}
}

// A window that shows what was settled elsewhere is told so, is shown what is
// open now, and nothing is recorded.
func TestStaleAnswersAreRefused(t *testing.T) {
	for _, test := range []struct {
		name string
		body answer
		code int
	}{
		{"the open pair", answer{Choice: choice(review.Same, "r005", "r006")}, 200},
		{"the open pair, the other way round", answer{Choice: choice(review.Same, "r006", "r005")}, 200},
		{"an answered pair", answer{Choice: choice(review.Different, "r001", "r002")}, 409},
		{"an answered pair, gone back to", answer{Choice: choice(review.Different, "r001", "r002"), Said: 1, Chosen: true}, 200},
		{"gone back to before the answer came", answer{Choice: choice(review.Different, "r001", "r002"), Chosen: true}, 409},
		{"an answer that was taken back", answer{Choice: choice(review.Same, "r005", "r006"), Said: 1}, 409},
		{"a pair that is not next", answer{Choice: choice(review.Same, "r007", "r008")}, 409},
		{"no such pair", answer{Choice: choice(review.Same, "r001", "r999")}, 500},
	} {
		desk := &fake{cards: posts(), strokes: [][]review.Choice{{choice(review.Same, "r001", "r002")}, {choice(review.Different, "r003", "r004")}}}
		code, sc, why := post(t, newServer(desk, testPort, testToken), "/api/decide", test.body)
		if code != test.code {
			t.Errorf("%s: %d %s, wanted %d", test.name, code, why, test.code)
		}
		if recorded := len(desk.strokes) - 2; (recorded == 1) != (test.code == 200) {
			t.Errorf("%s: %d decisions were recorded", test.name, recorded)
		}
		if test.code == 409 && (sc.Card == nil || sc.Card.A.ID != "r005") {
			t.Errorf("%s: the refusal does not show the open question", test.name)
		}
	}
}

// Of many windows that answer one question at once, one is heard.
func TestOneAnswerAPair(t *testing.T) {
	desk := &fake{cards: posts()}
	s := newServer(desk, testPort, testToken)
	var all sync.WaitGroup
	codes := make([]int, 16)
	for i := range codes {
		all.Go(func() {
			codes[i], _, _ = post(t, s, "/api/decide", answer{Choice: choice([]review.Kind{review.Same, review.Different}[i%2], "r001", "r002")})
		})
	}
	all.Wait()
	taken := 0
	for _, code := range codes {
		if code == 200 {
			taken++
		}
	}
	if taken != 1 || len(desk.strokes) != 1 {
		t.Errorf("%d answers were taken, %d recorded; wanted 1", taken, len(desk.strokes))
	}
}

func TestUndoTakesBackWhatTheScreenShows(t *testing.T) {
	desk := &fake{cards: posts()}
	s := newServer(desk, testPort, testToken)
	if code, _, _ := post(t, s, "/api/undo", step{}); code != 409 {
		t.Errorf("an empty ledger: %d, wanted 409", code)
	}
	post(t, s, "/api/decide", answer{Choice: choice(review.Same, "r001", "r002")})
	shown := desk.Recent(1)[0]
	post(t, s, "/api/decide", answer{Choice: choice(review.Different, "r003", "r004")})
	if code, _, _ := post(t, s, "/api/undo", step{&shown}); code != 409 {
		t.Errorf("an older decision: %d, wanted 409", code)
	}
	shown = desk.Recent(1)[0]
	code, sc, why := post(t, s, "/api/undo", step{&shown})
	if code != 200 || sc.Undone == nil || sc.Undone.Kind != review.Different || sc.Card.A.ID != "r003" {
		t.Errorf("the last decision: %d %s, %+v", code, why, sc.Undone)
	}
}

func TestConfirmOnlyWhatWasShown(t *testing.T) {
	desk := &fake{cards: posts()}
	s := newServer(desk, testPort, testToken)
	for _, test := range []struct {
		name  string
		pairs [][2]string
		code  int
	}{
		{"none", nil, 400},
		{"one that is below", [][2]string{{"r001", "r002"}, {"r009", "r010"}}, 409},
		{"two", [][2]string{{"r001", "r002"}, {"r003", "r004"}}, 200},
		{"once more", [][2]string{{"r001", "r002"}}, 409},
	} {
		if code, _, why := post(t, s, "/api/confirm", stroke{From: 0.7, Pairs: test.pairs}); code != test.code {
			t.Errorf("%s: %d %s, wanted %d", test.name, code, why, test.code)
		}
	}
	if len(desk.strokes) != 1 || len(desk.strokes[0]) != 2 {
		t.Errorf("recorded: %v", desk.strokes)
	}
}

func TestFailureKeepsTheQuestion(t *testing.T) {
	desk := &fake{cards: posts(), fail: errors.New("posts.decisions.jsonl: no space left on device")}
	s := newServer(desk, testPort, testToken)
	code, _, why := post(t, s, "/api/decide", answer{Choice: choice(review.Same, "r001", "r002")})
	if code != 500 || !strings.Contains(why, "no space left") {
		t.Errorf("%d %s", code, why)
	}
	if card, _ := desk.Next(); card.A.ID != "r001" {
		t.Errorf("the question is %s", card.A.ID)
	}
}

// An answer and the values that came with it are taken together, refused
// together, and taken back together.
func TestValuesGoWithTheirAnswer(t *testing.T) {
	desk := &fake{cards: posts()}
	s := newServer(desk, testPort, testToken)
	s.hint = func(error) string { return "make room" }
	same := answer{Choice: choice(review.Same, "r001", "r002")}
	same.Choice.Keep = "r001"
	for _, column := range []string{"title", "year"} {
		same.Values = append(same.Values, review.Choice{Kind: review.Value, A: "r001", Column: column, Value: "x"})
	}
	for failing := range 3 {
		desk.failAfter, desk.fail = failing, errors.New("no space left on device")
		if code, _, why := post(t, s, "/api/decide", same); code != 500 || !strings.Contains(why, "no space") {
			t.Errorf("failure at %d: %d %s", failing, code, why)
		}
		if len(desk.strokes) != 0 {
			t.Errorf("failure at %d: %v is left", failing, desk.strokes)
		}
	}
	if code, _, why := post(t, s, "/api/decide", same); code != 200 || len(desk.strokes) != 3 {
		t.Errorf("%d %s, %v", code, why, desk.strokes)
	}
	shown := desk.Recent(1)[0]
	if code, sc, why := post(t, s, "/api/undo", step{&shown}); code != 200 || len(desk.strokes) != 0 || sc.Undone.Kind != review.Same {
		t.Errorf("taken back: %d %s, %v is left", code, why, desk.strokes)
	}
}

func TestServeEndsWithDone(t *testing.T) {
	var said []string
	address := make(chan string, 1)
	ended := make(chan error, 1)
	var logged []string
	go func() {
		ended <- Serve(t.Context(), &fake{}, Options{
			Announce:    func(url string) { address <- url },
			OpenBrowser: func(string) error { return errors.New("no display") },
			Finished:    func(summary []string) { said = summary },
			Log:         func(line string) { logged = append(logged, line) },
		})
	}()
	url, token, _ := strings.Cut(<-address, "#")
	if len(token) < 26 || !strings.HasPrefix(url, "http://127.0.0.1:") {
		t.Fatalf("the address is %s, the token %s", url, token)
	}
	r, err := http.NewRequest("POST", url+"api/done", strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set(tokenHeader, token)
	r.Header.Set("Origin", strings.TrimSuffix(url, "/"))
	r.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(response.Body)
	response.Body.Close()
	if err != nil || !strings.Contains(string(body), "posts.clean.csv") {
		t.Errorf("Done answered %s, %v", body, err)
	}
	if err := <-ended; err != nil || len(said) != 1 || len(logged) != 1 || !strings.Contains(logged[0], "no display") {
		t.Errorf("Serve gave %v, said %v, logged %v", err, said, logged)
	}
}

func TestServeEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	desk := &fake{}
	err := Serve(ctx, desk, Options{Announce: func(string) { cancel() }})
	if !errors.Is(err, context.Canceled) || desk.over {
		t.Errorf("Serve gave %v", err)
	}
	taken, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	if err := Serve(t.Context(), desk, Options{Port: taken.Addr().(*net.TCPAddr).Port}); err == nil {
		t.Error("a port that is taken was served")
	}
}
