package page

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/unecho/unecho/pipeline/review"
)

//go:embed static
var static embed.FS

// recent is how many decisions the screen lists.
const recent = 10

// Bounds of what a request may hold, in bytes: an answer may carry typed
// values, a confirmation some ten thousand pairs of ids.
const (
	answerBytes  = 1 << 20
	confirmBytes = 16 << 20
)

// server answers the requests of the screen. Changes go one after the other,
// so that what an answer is held to (the question that is open, the last
// decision) is still so when it is recorded.
type server struct {
	desk review.Desk
	guard
	routes *http.ServeMux
	done   chan []string
	change sync.Mutex
	over   bool // Done was chosen
	// bundles are the answers of this sitting that came with values of fields,
	// to be taken back with them.
	bundles []answer
	hint    func(error) string
}

func newServer(desk review.Desk, port int, token string) *server {
	s := &server{desk: desk, guard: newGuard(port, token), routes: http.NewServeMux(), done: make(chan []string, 1)}
	s.routes.HandleFunc("/", file)
	s.routes.HandleFunc("GET /api/screen", s.reads(s.screen))
	s.routes.HandleFunc("GET /api/card", s.reads(s.card))
	s.routes.HandleFunc("GET /api/group", s.reads(s.group))
	s.routes.HandleFunc("GET /api/obvious", s.reads(s.obvious))
	s.routes.HandleFunc("GET /api/obvious/count", s.reads(s.obviousCount))
	s.routes.HandleFunc("GET /api/probe", s.reads(s.probe))
	s.routes.HandleFunc("GET /api/lesson", s.reads(s.lesson))
	s.routes.HandleFunc("POST /api/decide", changes(s, answerBytes, s.decide))
	s.routes.HandleFunc("POST /api/undo", changes(s, answerBytes, s.undo))
	s.routes.HandleFunc("POST /api/confirm", changes(s, confirmBytes, s.confirm))
	s.routes.HandleFunc("POST /api/learn", changes(s, answerBytes, s.learn))
	s.routes.HandleFunc("POST /api/done", changes(s, answerBytes, s.finish))
	return s
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	harden(w.Header())
	if status, why := s.refuse(r); why != "" {
		write(w, status, refusal{Error: why})
		return
	}
	s.routes.ServeHTTP(w, r)
}

// file gives out a file of the page, which holds nothing of the list.
func file(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Path[1:]
	if name == "" {
		name = "index.html"
	}
	data, err := static.ReadFile("static/" + name)
	if err != nil {
		write(w, http.StatusNotFound, refusal{Error: "there is nothing at this address"})
		return
	}
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
}

// reads answers a request that changes nothing.
func (s *server) reads(answer func(*http.Request) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { s.reply(w, r, answer) }
}

// changes answers a request that changes something: its body is a T, at most
// so many bytes, with nothing behind.
func changes[T any](s *server, most int64, answer func(T) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s.reply(w, r, func(r *http.Request) (any, error) {
			var body T
			decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, most))
			decoder.DisallowUnknownFields()
			if err := decoder.Decode(&body); err != nil {
				return nil, refused{http.StatusBadRequest, "the answer cannot be read: " + err.Error()}
			}
			if _, err := decoder.Token(); err != io.EOF {
				return nil, refused{http.StatusBadRequest, "the answer cannot be read: something stands behind it"}
			}
			s.change.Lock()
			defer s.change.Unlock()
			if s.over {
				return nil, refused{http.StatusGone, "this sitting is over: start unecho review again"}
			}
			return answer(body)
		})
	}
}

// refused is a request that is not done, and why.
type refused struct {
	status int
	why    string
}

func (r refused) Error() string { return r.why }

// stale refuses an answer to a question that is not open any more.
func stale(format string, args ...any) error {
	return refused{http.StatusConflict, fmt.Sprintf(format, args...)}
}

// refusal is what the screen is told then; Screen is how things are now.
type refusal struct {
	Error  string  `json:"error"`
	Hint   string  `json:"hint,omitempty"`
	Screen *screen `json:"screen,omitempty"`
}

func (s *server) reply(w http.ResponseWriter, r *http.Request, answer func(*http.Request) (any, error)) {
	value, err := answer(r)
	if err == nil {
		write(w, http.StatusOK, value)
		return
	}
	status, told := http.StatusInternalServerError, refusal{Error: err.Error()}
	if s.hint != nil {
		told.Hint = s.hint(err)
	}
	var no refused
	if errors.As(err, &no) {
		status = no.status
	}
	if status == http.StatusConflict {
		now := s.now()
		told.Screen = &now
	}
	write(w, status, told)
}

func write(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	// A failure to write is the reader gone: nobody is left to tell.
	_ = json.NewEncoder(w).Encode(value)
}

// number reads a number out of a query.
func number(r *http.Request, name string, low, high float64) (float64, error) {
	n, err := strconv.ParseFloat(r.URL.Query().Get(name), 64)
	if err != nil || !(n >= low && n <= high) {
		return 0, refused{http.StatusBadRequest, fmt.Sprintf("%s must be a number from %v to %v", name, low, high)}
	}
	return n, nil
}
