package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/unecho/unecho/pipeline"
	"github.com/unecho/unecho/pipeline/review"
	"github.com/unecho/unecho/pipeline/review/page"
)

// reviewCommand asks about what is doubtful.
func reviewCommand(say *voice) *cli.Command {
	return &cli.Command{
		Name: "review", ArgsUsage: "FILE…",
		Usage: "answer the doubtful pairs, in the browser or on the terminal",
		UsageText: `unecho review posts.txt                       a page in your browser, for this machine alone
unecho review posts.txt --tty                 questions and letters on this terminal
unecho review posts.txt --html pairs.html     a page to mail; unecho apply takes its answers`,
		Description: `Asks about pairs one by one, most useful first, and keeps every answer in
NAME.decisions.jsonl beside the list before the next is asked: stop at any time,
and go on where you were. The first ten answers teach the program this list. At
the end, "Done" writes the same files as unecho clean with the same flags.`,
		Flags: concat([]cli.Flag{
			&cli.BoolFlag{Name: "tty", Usage: "ask on this terminal instead of in the browser"},
			&cli.StringFlag{Name: "html", Usage: "write the questions as a page into `FILE`, to be answered without this program"},
			&cli.IntFlag{Name: "port", Usage: "serve the page on port `N` of this machine (default: any that is free)"},
			&cli.BoolFlag{Name: "no-browser", Usage: "print the address of the page, open nothing"},
			&cli.StringFlag{Name: "by", Usage: "keep the answers in the name of `NAME` (default: yours on this system)"},
			&cli.IntFlag{Name: "limit", Usage: "end after `N` answers (--tty), or write at most N pairs (--html)"},
		}, reviewOutputs(), []cli.Flag{keepFlag(), mergeFieldsFlag(), keepTextFlag(), decisionsFlag(), againstFlag()}, bandFlags(), readingFlags()),
		Action: func(c *cli.Context) error {
			if err := reviewFlags(c); err != nil {
				return err
			}
			o, err := options(c, say, c.Args().Slice())
			if err != nil {
				return err
			}
			if slices.Contains(o.Inputs, "-") {
				return &usage{msg: "review cannot read standard input: it reads the list again when you are done", hint: "save the list to a file first"}
			}
			o.Command = strings.Replace(commandLine(c), "unecho review", "unecho clean", 1) // which gives the same files
			desk, err := pipeline.OpenDesk(c.Context, o, now, who(c), "")
			if err != nil {
				return err
			}
			say.endProgress()
			say.leaving = reviewLeft(desk.Head(), o.Inputs)
			switch {
			case c.IsSet("html"):
				return say.reviewHTML(desk, c.String("html"), c.Int("limit"))
			case c.Bool("tty"):
				return say.reviewTTY(c.Context, desk, c.Int("limit"))
			}
			return say.reviewPage(c, desk)
		},
	}
}

// reviewOutputs are the flags of the outputs, but for a dry run: leaving
// without "Done" is one.
func reviewOutputs() []cli.Flag {
	return without(outputFlags(), "dry-run")
}

// reviewFlags refuses flags that do not go together.
func reviewFlags(c *cli.Context) error {
	way := "the browser"
	switch {
	case c.Bool("tty") && c.IsSet("html"):
		return &usage{msg: "--tty and --html are two ways to ask", hint: "choose one"}
	case c.Bool("tty"):
		way = "--tty"
	case c.IsSet("html"):
		way = "--html"
	}
	for _, name := range []string{"port", "no-browser"} {
		if c.IsSet(name) && way != "the browser" {
			return &usage{msg: fmt.Sprintf("--%s is for the page in the browser, not for %s", name, way)}
		}
	}
	if c.IsSet("limit") && way == "the browser" {
		return &usage{msg: "--limit is for --tty and --html", hint: "in the browser, stop when you like: every answer is kept"}
	}
	if c.IsSet("limit") && c.Int("limit") < 1 {
		return &usage{msg: fmt.Sprintf("--limit %d: nothing would be asked", c.Int("limit"))}
	}
	if port := c.Int("port"); port < 0 || port > 65535 {
		return &usage{msg: fmt.Sprintf("--port %d is no port", port), hint: "give a number from 1024 to 65535, or leave it out"}
	}
	return nil
}

// reviewLeft is what is said when somebody leaves without "Done".
func reviewLeft(h review.Head, files []string) string {
	return fmt.Sprintf("every answer is kept in %s: unecho review %s goes on there", shown(h.Decision), quoted(files))
}

// reviewPage asks in the browser.
func (v *voice) reviewPage(c *cli.Context, desk review.Desk) error {
	o := page.Options{
		Port: c.Int("port"),
		Announce: func(url string) {
			v.line("%s", v.reviewHead(desk.Head()))
			v.line("%s %s", v.paint(bold, "open"), url)
			v.line("only this machine can; Ctrl-C ends it, and every answer is kept")
		},
		Finished: v.reviewDone,
		Hint:     hintOf,
		Log:      func(line string) { v.note("%s", clip(line, 200)) },
	}
	if !c.Bool("no-browser") {
		o.OpenBrowser = func(url string) error { return openBrowser(c.Context, url) }
	}
	return page.Serve(c.Context, desk, o)
}

func (v *voice) reviewHead(h review.Head) string {
	return fmt.Sprintf("%s: %s, %s left, %s decided", h.List, entries(h.Records), plural(h.Left, "question", "questions"), plural(h.Decided, "pair", "pairs"))
}

// reviewDone says what was done.
func (v *voice) reviewDone(summary []string) {
	for _, line := range summary {
		v.line("%s", clip(line, 400))
	}
}

// reviewHTML writes the questions as one file, whole or not at all.
func (v *voice) reviewHTML(desk review.Desk, path string, limit int) error {
	var text bytes.Buffer
	pairs, err := page.Offline(&text, desk, page.OfflineOptions{Pairs: limit})
	if err != nil {
		return err
	}
	if err := writeWhole(path, text.Bytes()); err != nil {
		return &usage{msg: fmt.Sprintf("--html: %v", err), hint: "name a file in a folder that can be written to"}
	}
	v.line("%s in %s", plural(pairs, "pair", "pairs"), path)
	v.line("%s open it in any browser, answer, save the answers; then unecho apply NAME.answers.jsonl", v.paint(bold, "next:"))
	return nil
}

// writeWhole writes a file beside its place and renames it.
func writeWhole(path string, data []byte) (err error) {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(file.Name())
		}
	}()
	if _, err := file.Write(data); err != nil {
		return errors.Join(err, file.Close())
	}
	if err := errors.Join(file.Chmod(0o644), file.Sync(), file.Close()); err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}

// openBrowser asks the system to show an address.
func openBrowser(ctx context.Context, url string) error {
	switch runtime.GOOS {
	case "darwin":
		return exec.CommandContext(ctx, "open", url).Start()
	case "windows":
		return exec.CommandContext(ctx, "rundll32", "url.dll,FileProtocolHandler", url).Start()
	}
	if os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return errors.New("there is no screen here; open the address yourself, or use --tty")
	}
	return exec.CommandContext(ctx, "xdg-open", url).Start()
}
