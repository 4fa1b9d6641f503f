package page

import (
	"crypto/subtle"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// tokenHeader carries the token. A page of another origin cannot set it
// without asking first, and is never allowed to.
const tokenHeader = "X-Unecho-Token"

// policy lets the page run its own files and speak to its own server, and
// nothing else: nothing inline, no frames, no forms, no other address.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// guard stands before everything that the server gives out. It refuses what
// does not come from this page on this machine: names that resolve to
// 127.0.0.1 (DNS rebinding) by Host, other pages by Origin and Sec-Fetch-Site,
// other programs by the token.
type guard struct {
	hosts []string // with port
	token string
}

func newGuard(port int, token string) guard {
	p := ":" + strconv.Itoa(port)
	return guard{hosts: []string{"127.0.0.1" + p, "localhost" + p}, token: token}
}

// refuse says why a request is not answered, with its status; "" when it is.
func (g guard) refuse(r *http.Request) (int, string) {
	origin, site := r.Header.Get("Origin"), r.Header.Get("Sec-Fetch-Site")
	data := strings.HasPrefix(r.URL.Path, "/api/")
	switch {
	case !slices.Contains(g.hosts, r.Host):
		return http.StatusMisdirectedRequest, "this server answers to 127.0.0.1 only"
	case origin != "" && origin != "http://"+r.Host:
		return http.StatusForbidden, "this page may not be used by another one"
	case r.Method != http.MethodGet && r.Method != http.MethodPost:
		return http.StatusMethodNotAllowed, "only GET and POST"
	case !data && r.Method != http.MethodGet:
		return http.StatusMethodNotAllowed, "only GET"
	case !data:
		return 0, ""
	case site != "" && site != "same-origin":
		return http.StatusForbidden, "this page may not be used by another one"
	case !g.knows(r.Header.Get(tokenHeader)):
		return http.StatusForbidden, "open the address that the terminal shows: it has the key to this list"
	case r.Method == http.MethodPost && origin == "":
		return http.StatusForbidden, "an answer must say which page it comes from"
	case r.Method == http.MethodPost && r.Header.Get("Content-Type") != "application/json":
		return http.StatusUnsupportedMediaType, "an answer must be JSON"
	}
	return 0, ""
}

// knows compares tokens in a time that tells nothing about them.
func (g guard) knows(token string) bool {
	return subtle.ConstantTimeCompare([]byte(token), []byte(g.token)) == 1
}

// harden sets what every answer carries.
func harden(h http.Header) {
	h.Set("Content-Security-Policy", policy)
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
}
