// Command unecho finds entries that stand more than once in a list, written
// differently, and gives the list back clean. See unecho help.
//
// The command is thin: it turns arguments into [pipeline.Options], calls the
// road, and speaks. Every word to a person is said in tui.go or in the texts
// of help.go; only main exits.
package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"runtime"
	"syscall"

	"github.com/urfave/cli/v2"
)

// The exit codes, as documented in the help.
const (
	exitDone        = 0
	exitRepeats     = 1 // check found repeats, verify a difference, log --conflicts a contradiction
	exitTrouble     = 2
	exitInterrupted = 130
)

func main() {
	room := spareMemory()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	say := newVoice(interruptible(ctx, os.Stdin), os.Stdout, os.Stderr, os.Getenv)
	interrupts := make(chan os.Signal, 2)
	signal.Notify(interrupts, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-interrupts
		say.interrupted()
		cancel()
		<-interrupts
		os.Exit(exitInterrupted)
	}()
	code := run(ctx, os.Args[1:], say)
	runtime.KeepAlive(room)
	os.Exit(code)
}

// run does what the arguments ask for and gives the exit code.
func run(ctx context.Context, args []string, say *voice) int {
	err := dispatch(ctx, args, say)
	say.endProgress()
	var found *repeatsFound
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &found):
		return exitRepeats
	case ctx.Err() != nil:
		return exitInterrupted
	}
	say.err(err)
	return exitTrouble
}

// repeatsFound is how check and verify say no: exit 1, and nothing more to be
// said.
type repeatsFound struct{}

func (*repeatsFound) Error() string { return "not clean" }

// dispatch puts the arguments in order and hands them to the command that they
// name.
func dispatch(ctx context.Context, args []string, say *voice) error {
	app := newApp(say)
	call, err := arrange(app.Commands, args)
	if err != nil {
		return err
	}
	say.settle(call)
	switch {
	case call.version:
		say.data("unecho %s\n", version())
		return nil
	case call.help:
		return say.help(app, call)
	case call.command == nil:
		return &usage{msg: "no command given", hint: "unecho clean FILE cleans a list; unecho help shows all commands"}
	}
	return app.RunContext(ctx, call.argv(app.Name))
}

// newApp gives the commands to urfave/cli, which reads the flags; finding the
// command, help, errors and exit codes are ours (see args.go for why).
func newApp(say *voice) *cli.App {
	wrong := func(_ *cli.Context, err error, _ bool) error { return usageError(err) }
	commands := commands(say)
	for _, c := range commands {
		c.OnUsageError, c.HideHelp = wrong, true
	}
	return &cli.App{
		Name: "unecho", Usage: "finds entries that stand more than once in a list, written differently",
		HideHelp: true, HideVersion: true, DisableSliceFlagSeparator: true, Commands: commands,
		Writer: io.Discard, ErrWriter: io.Discard,
		ExitErrHandler: func(*cli.Context, error) {}, OnUsageError: wrong,
	}
}
