package main

import (
	"runtime/debug"

	"github.com/urfave/cli/v2"
)

// commands lists the commands in the order of the help.
func commands(say *voice) []*cli.Command {
	return []*cli.Command{
		cleanCommand(say),
		checkCommand(say),
		reviewCommand(say),
		applyCommand(say),
		whyCommand(say),
		howCommand(say),
		auditCommand(say),
		diffCommand(say),
		logCommand(say),
		undoCommand(say),
		profileCommand(say),
		configCommand(say),
		evaluateCommand(say),
		verifyCommand(say),
		completionCommand(say),
		manCommand(say),
		helpCommand(say),
		versionCommand(say),
		candidatesCommand(say),
	}
}

// version is that of the module, as the Go toolchain recorded it.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}

func versionCommand(say *voice) *cli.Command {
	return &cli.Command{
		Name: "version", Usage: "print the version",
		Action: func(*cli.Context) error {
			say.data("unecho %s\n", version())
			return nil
		},
	}
}
