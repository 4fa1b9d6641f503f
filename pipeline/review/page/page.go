// Package page is the screen of a sitting in the browser: a server for this
// machine alone (Serve) and the same screen as one file that works without a
// server (Offline). It shows what a review.Desk asks and hands it the answers;
// it decides nothing. The screen itself is plain HTML, CSS and JavaScript in
// static.
//
// The server listens on 127.0.0.1. Its address is told to the caller with a
// token of 128 random bits behind the sign #, which browsers do not send; the
// screen takes it from there and shows it with each request. What it serves
// without the token holds nothing of the list.
package page

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/unecho/unecho/pipeline/review"
)

// Options say how the page is served. The zero value takes any free port and
// tells nobody.
type Options struct {
	// Port to listen on; 0 takes one that is free.
	Port int
	// OpenBrowser is called once with the address, when the page answers. Its
	// error goes to Log: the person can still open the address.
	OpenBrowser func(url string) error
	// Announce is called once with the address, before OpenBrowser.
	Announce func(url string)
	// Finished is called with what Desk.Done said, after the person chose Done.
	Finished func(summary []string)
	// Hint says what to do about an error of the desk, "" where it cannot.
	Hint func(err error) string
	// Log takes a line about trouble that does not end the sitting.
	Log func(line string)
}

// Serve shows the desk in the browser until the person chooses Done, which
// calls Desk.Done and gives nil, or until the context ends, which gives its
// error and writes no outputs: every answer is in the ledger by then, and
// whether to call Desk.Done is the caller's choice. Any other error is that
// of the port.
func Serve(ctx context.Context, desk review.Desk, o Options) error {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp4", net.JoinHostPort("127.0.0.1", strconv.Itoa(o.Port)))
	if err != nil {
		return fmt.Errorf("the page cannot be served: %w", err)
	}
	port := listener.Addr().(*net.TCPAddr).Port
	s := newServer(desk, port, rand.Text())
	s.hint = o.Hint
	server := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      30 * time.Minute, // Done cleans the list
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          log.New(lines(o.Log), "", 0),
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	address := fmt.Sprintf("http://127.0.0.1:%d/#%s", port, s.token)
	if o.Announce != nil {
		o.Announce(address)
	}
	if o.OpenBrowser != nil {
		if err := o.OpenBrowser(address); err != nil {
			lines(o.Log).line("the browser did not open: " + err.Error())
		}
	}
	select {
	case summary := <-s.done:
		stop(server)
		if o.Finished != nil {
			o.Finished(summary)
		}
		return nil
	case <-ctx.Done():
		stop(server)
		return ctx.Err()
	case err := <-ended:
		return fmt.Errorf("the page cannot be served any more: %w", err)
	}
}

// stop lets answers under way come to their end.
func stop(server *http.Server) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := server.Shutdown(ctx); errors.Is(err, context.DeadlineExceeded) {
		server.Close()
	}
}

// lines hands what the server logs to the caller.
type lines func(string)

func (l lines) line(s string) {
	if l != nil {
		l(s)
	}
}

func (l lines) Write(p []byte) (int, error) {
	l.line(strings.TrimSpace(string(p)))
	return len(p), nil
}
