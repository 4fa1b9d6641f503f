package main

import (
	"fmt"
	"strings"

	"github.com/cpuguy83/go-md2man/v2/md2man"
	"github.com/urfave/cli/v2"
)

// manCommand prints the manual page, made from the same texts as the help.
func manCommand(say *voice) *cli.Command {
	return &cli.Command{
		Name: "man", Usage: "print the manual page",
		UsageText: "unecho man > /usr/local/share/man/man1/unecho.1",
		Action: func(c *cli.Context) error {
			say.data("%s", md2man.Render([]byte(manual(c.App))))
			return nil
		},
	}
}

// manual is the page in Markdown, as md2man takes it.
func manual(app *cli.App) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%% unecho 1\n\n# NAME\n\nunecho - %s\n\n", app.Usage)
	b.WriteString("# SYNOPSIS\n\n**unecho** COMMAND [flags] FILE…\n\n")
	fmt.Fprintf(&b, "# DESCRIPTION\n\n%s\n", about)
	b.WriteString("Flags may stand before or after files; what follows **--** is a file; **-** is standard input; several files are one list.\n\n")
	verbatim(&b, "EXAMPLES", firstExamples)
	b.WriteString("# COMMANDS\n\n")
	for _, c := range app.Commands {
		if c.Hidden {
			continue
		}
		fmt.Fprintf(&b, "## unecho %s %s\n\n%s.\n\n", c.Name, escape(c.ArgsUsage), capital(escape(c.Usage)))
		if c.Description != "" {
			b.WriteString(escape(c.Description) + "\n\n")
		}
		manFlags(&b, c.Flags)
	}
	b.WriteString("# FLAGS OF EVERY COMMAND\n\n")
	manFlags(&b, globalFlags())
	verbatim(&b, "FILES", filesWritten)
	verbatim(&b, "ENVIRONMENT", environment)
	verbatim(&b, "EXIT STATUS", exitCodes)
	return b.String()
}

func manFlags(b *strings.Builder, flags []cli.Flag) {
	for _, flag := range flags {
		name, text := flagName(flag)
		fmt.Fprintf(b, "**%s**\n: %s\n\n", strings.TrimSpace(name), escape(text))
	}
}

func verbatim(b *strings.Builder, title, text string) {
	fmt.Fprintf(b, "# %s\n\n```\n%s\n```\n\n", title, text)
}

// escape keeps what Markdown would take for marks.
func escape(s string) string {
	return strings.NewReplacer("*", `\*`, "_", `\_`, "<", `\<`, "[", `\[`, "]", `\]`).Replace(s)
}
