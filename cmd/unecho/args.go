package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/unecho/unecho/pipeline/record"
)

// call is a command line put in order: which command, its flags, its files.
// urfave/cli stops looking for flags at the first file and takes the rest for
// files without a word, so a flag after a file would be lost; it also leaves
// an unknown command with exit code 3 and prints help on stdout for a mistyped
// flag. Putting the line in order first, and refusing what is unknown, mends
// all of it in one place.
type call struct {
	command *cli.Command
	flags   []string // "--name=value", one word each
	files   []string
	help    bool
	quiet   bool
	noColor bool
	version bool
	json    bool
}

// argv is what urfave/cli is given.
func (c *call) argv(name string) []string {
	argv := append([]string{name, c.command.Name}, c.flags...)
	return append(append(argv, "--"), c.files...)
}

// arrange puts a command line in order. Flags may stand anywhere; what follows
// "--" is a file; "-" is standard input. Errors are *usage.
func arrange(commands []*cli.Command, args []string) (*call, error) {
	c := &call{}
	words, err := c.split(commands, args)
	if err != nil {
		return nil, err
	}
	for _, w := range words {
		if err := c.take(w); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// word is a flag with its value, not yet looked up under the command.
type word struct {
	name     string // without dashes
	typed    string // as typed, for messages
	value    string
	hasValue bool
}

// split finds the command and the files, and joins each flag with its value.
// Which flags have one must be known before the command is, so it is the same
// for all commands (a test holds the commands to that).
func (c *call) split(commands []*cli.Command, args []string) ([]word, error) {
	var words []word
	for i := 0; i < len(args); i++ {
		arg := args[i]
		switch {
		case arg == "--":
			return words, c.positionals(commands, args[i+1:])
		case arg == "-" || !strings.HasPrefix(arg, "-"):
			if err := c.positionals(commands, []string{arg}); err != nil {
				return nil, err
			}
		default:
			flags, err := splitFlag(commands, arg)
			if err != nil {
				return nil, err
			}
			last := &flags[len(flags)-1]
			if !last.hasValue && takesValue(commands, last.name) {
				if i++; i == len(args) {
					return nil, &usage{msg: fmt.Sprintf("%s needs a value", last.typed), hint: valueHint(commands, last.name)}
				}
				last.value, last.hasValue = args[i], true
			}
			words = append(words, flags...)
		}
	}
	return words, nil
}

// positionals takes the first word for the command and the others for files.
func (c *call) positionals(commands []*cli.Command, args []string) error {
	for _, arg := range args {
		if c.command != nil {
			c.files = append(c.files, arg)
			continue
		}
		for _, command := range commands {
			if command.HasName(arg) {
				c.command = command
			}
		}
		if c.command == nil {
			return unknownCommand(commands, arg)
		}
	}
	return nil
}

// splitFlag reads one argument that begins with a dash. Short flags may stand
// together (-nq), the last with its value (-oDIR).
func splitFlag(commands []*cli.Command, arg string) ([]word, error) {
	name, value, hasValue := strings.Cut(strings.TrimLeft(arg, "-"), "=")
	if strings.HasPrefix(arg, "--") || len(name) < 2 {
		return []word{{name: name, typed: cutAt(arg, '='), value: value, hasValue: hasValue}}, nil
	}
	var words []word
	letters := strings.TrimPrefix(arg, "-")
	for i, letter := range letters {
		short := string(letter)
		if !known(commands, short) {
			break
		}
		w := word{name: short, typed: "-" + short}
		if takesValue(commands, short) {
			w.value = strings.TrimPrefix(letters[i+len(short):], "=")
			w.hasValue = w.value != ""
			return append(words, w), nil
		}
		if words = append(words, w); i+len(short) == len(letters) {
			return words, nil
		}
	}
	return []word{{name: name, typed: cutAt(arg, '='), value: value, hasValue: hasValue}}, nil
}

func cutAt(s string, sep byte) string {
	if i := strings.IndexByte(s, sep); i >= 0 {
		return s[:i]
	}
	return s
}

// take looks a flag up under the command.
func (c *call) take(w word) error {
	on := !w.hasValue || w.value == "true"
	switch w.name {
	case "help", "h":
		c.help = true
		return nil
	case "version", "v":
		c.version = true
		return nil
	case "quiet", "q":
		c.quiet = on
		return nil
	case "no-color":
		c.noColor = on
		return nil
	}
	var flags []cli.Flag
	if c.command != nil {
		flags = c.command.Flags
	}
	for _, flag := range flags {
		if slices.Contains(flag.Names(), w.name) {
			if w.name == "json" {
				c.json = on
			}
			c.flags = append(c.flags, w.join(flag))
			return nil
		}
	}
	return c.unknownFlag(flags, w)
}

// join writes a flag as one word that urfave/cli cannot misread.
func (w word) join(flag cli.Flag) string {
	if !w.hasValue {
		return "--" + flag.Names()[0]
	}
	return "--" + flag.Names()[0] + "=" + w.value
}

func (c *call) unknownFlag(flags []cli.Flag, w word) error {
	names := []string{"--help", "--version", "--quiet", "--no-color"}
	for _, flag := range flags {
		names = append(names, "--"+flag.Names()[0])
	}
	u := &usage{msg: "unknown flag " + w.typed}
	help := "unecho help"
	if c.command != nil {
		u.msg += " for " + c.command.Name
		help += " " + c.command.Name
	}
	if near := record.Nearest(names, w.typed); near != "" {
		u.hint = fmt.Sprintf("did you mean %s?", near)
	} else {
		u.hint = help + " lists them"
	}
	return u
}

func unknownCommand(commands []*cli.Command, typed string) error {
	var names []string
	for _, c := range commands {
		if !c.Hidden {
			names = append(names, c.Name)
		}
	}
	u := &usage{msg: fmt.Sprintf("unknown command %q", typed)}
	switch near := record.Nearest(names, typed); {
	case near != "":
		u.hint = fmt.Sprintf("did you mean %q?", near)
	case strings.ContainsAny(typed, "./\\"):
		u.hint = "to clean a list: unecho clean " + typed
	default:
		u.hint = "the commands are " + strings.Join(names, ", ")
	}
	return u
}

func find(commands []*cli.Command, name string) cli.Flag {
	for _, command := range commands {
		for _, flag := range command.Flags {
			if slices.Contains(flag.Names(), name) {
				return flag
			}
		}
	}
	return nil
}

func known(commands []*cli.Command, short string) bool {
	return strings.Contains("hqv", short) || find(commands, short) != nil
}

func takesValue(commands []*cli.Command, name string) bool {
	flag, ok := find(commands, name).(cli.DocGenerationFlag)
	return ok && flag.TakesValue()
}

func valueHint(commands []*cli.Command, name string) string {
	if flag, ok := find(commands, name).(cli.DocGenerationFlag); ok {
		return flag.GetUsage()
	}
	return ""
}

// usage is a command line that cannot be understood.
type usage struct{ msg, hint string }

func (u *usage) Error() string { return u.msg }

// usageError turns what the flag package found wrong with a value into words.
func usageError(err error) error {
	msg := err.Error()
	if value, rest, ok := strings.Cut(msg, " for flag -"); ok && strings.HasPrefix(value, "invalid value ") {
		name, _, _ := strings.Cut(rest, ":")
		return &usage{msg: fmt.Sprintf("--%s: %s is not a number", name, strings.TrimPrefix(value, "invalid value "))}
	}
	if value, rest, ok := strings.Cut(msg, " for -"); ok && strings.HasPrefix(value, "invalid boolean value ") {
		name, _, _ := strings.Cut(rest, ":")
		return &usage{msg: fmt.Sprintf("--%s takes no value, and got %s", name, strings.TrimPrefix(value, "invalid boolean value "))}
	}
	return &usage{msg: msg}
}
