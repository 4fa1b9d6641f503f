package main

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"
)

// The help: examples first, then the flags, then what every user asks once.

const about = `unecho finds entries that stand more than once in a list, written differently,
and gives the list back clean, with a reason for each decision. Nothing leaves
the machine.
`

const firstExamples = `unecho clean posts.txt      → posts.clean.csv, posts.clean.xlsx, posts.clusters.csv
unecho check posts.txt      exit 1 if the list has repeats
unecho why posts.txt 7 8    the evidence for two entries`

const exitCodes = `0    done
1    check found repeats, verify a difference, log --conflicts a contradiction
2    trouble: a wrong argument, an unreadable input, an unwritable output
130  interrupted; nothing is left half written`

const filesWritten = `NAME.clean.csv        the entries that are kept: your columns, your order
NAME.clean.xlsx       the same as a workbook, with what is doubtful and why
NAME.clusters.csv     what became of every entry
NAME.rejects.csv      what could not be read; only when there is such a thing
NAME.decisions.jsonl  what people decided; written by review, apply, audit, undo`

const environment = `NO_COLOR, UNECHO_NO_COLOR  no colours, when set
TERM=dumb                  no colours and no progress`

func globalFlags() []cli.Flag {
	return []cli.Flag{
		&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "say nothing but errors"},
		&cli.BoolFlag{Name: "no-color", Usage: "no colours"},
		&cli.BoolFlag{Name: "help", Aliases: []string{"h"}, Usage: "show the help of a command"},
		&cli.BoolFlag{Name: "version", Aliases: []string{"v"}, Usage: "print the version"},
	}
}

// helpCommand is `unecho help [COMMAND]`.
func helpCommand(say *voice) *cli.Command {
	return &cli.Command{
		Name: "help", ArgsUsage: "[COMMAND]", Usage: "show the help, or that of a command",
		UsageText: "unecho help clean",
		Action: func(c *cli.Context) error {
			call := &call{}
			if name := c.Args().First(); name != "" {
				if call.command = c.App.Command(name); call.command == nil {
					return unknownCommand(c.App.Commands, name)
				}
			}
			return say.help(c.App, call)
		},
	}
}

// help prints the help that a call asks for.
func (v *voice) help(app *cli.App, c *call) error {
	if c.command != nil {
		v.data("%s", commandHelp(c.command))
		return nil
	}
	v.data("%s", appHelp(app))
	return nil
}

func appHelp(app *cli.App) string {
	var b strings.Builder
	b.WriteString(about)
	section(&b, "Examples", firstExamples)
	var lines []string
	for _, c := range app.Commands {
		if !c.Hidden {
			lines = append(lines, fmt.Sprintf("%-11s %s", c.Name, c.Usage))
		}
	}
	section(&b, "Commands", strings.Join(lines, "\n"))
	section(&b, "Flags of every command", flagLines(globalFlags()))
	section(&b, "Files", filesWritten)
	section(&b, "Exit codes", exitCodes)
	b.WriteString("\nunecho help COMMAND says more about one of them.\n")
	return b.String()
}

func commandHelp(c *cli.Command) string {
	var b strings.Builder
	fmt.Fprintf(&b, "unecho %s %s\n\n%s.\n", c.Name, strings.TrimSpace("[flags] "+c.ArgsUsage), capital(c.Usage))
	if c.UsageText != "" {
		section(&b, "Examples", c.UsageText)
	}
	if c.Description != "" {
		b.WriteString("\n" + c.Description + "\n")
	}
	if len(c.Flags) > 0 {
		section(&b, "Flags", flagLines(c.Flags))
	}
	section(&b, "Flags of every command", flagLines(globalFlags()))
	if c.Name == "clean" {
		section(&b, "Files", filesWritten)
	}
	return b.String()
}

func section(b *strings.Builder, title, text string) {
	fmt.Fprintf(b, "\n%s:\n", title)
	for _, line := range strings.Split(text, "\n") {
		b.WriteString("  " + line + "\n")
	}
}

// flagLines writes flags one below the other, with their texts in a column.
func flagLines(flags []cli.Flag) string {
	const column, width = 22, 78
	var lines []string
	for _, flag := range flags {
		name, text := flagName(flag)
		wrapped := wrap(text, width-column)
		if len(name) > column-2 {
			lines = append(lines, name)
			name = ""
		}
		for i, part := range wrapped {
			if i > 0 {
				name = ""
			}
			lines = append(lines, fmt.Sprintf("%-*s%s", column, name, part))
		}
	}
	return strings.Join(lines, "\n")
}

// flagName gives "-o, --output DIR" and the text of a flag.
func flagName(flag cli.Flag) (name, text string) {
	value, usage := "", ""
	if f, ok := flag.(cli.DocGenerationFlag); ok {
		usage = f.GetUsage()
		if before, rest, ok := strings.Cut(usage, "`"); ok {
			word, after, _ := strings.Cut(rest, "`")
			usage = before + word + after
			value = " " + word
		}
	}
	names := flag.Names()
	name = "    --" + names[0] + value
	if len(names) > 1 {
		name = "-" + names[1] + ", --" + names[0] + value
	}
	return name, usage
}

func wrap(text string, width int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && len([]rune(line))+1+len([]rune(word)) > width {
			lines = append(lines, line)
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
