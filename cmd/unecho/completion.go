package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/unecho/unecho/dedupe"
	"github.com/unecho/unecho/pipeline"
	"github.com/unecho/unecho/pipeline/parse"
	"github.com/unecho/unecho/pipeline/record"
)

// candidatesName is the hidden command that the shells call; what follows "--"
// are the words typed so far, the last of them unfinished.
const candidatesName = "candidates"

// completionCommand prints the script that makes a shell complete.
func completionCommand(say *voice) *cli.Command {
	return &cli.Command{
		Name: "completion", ArgsUsage: "SHELL", Usage: "print the completion script of a shell: bash, zsh, fish or powershell",
		UsageText: `source <(unecho completion bash)
unecho completion zsh > "${fpath[1]}/_unecho"
unecho completion fish > ~/.config/fish/completions/unecho.fish
unecho completion powershell | Out-String | Invoke-Expression`,
		Action: func(c *cli.Context) error {
			if c.Args().Len() != 1 {
				return &usage{msg: "completion needs the name of a shell", hint: "unecho completion bash, zsh, fish or powershell"}
			}
			script, known := completionScripts()[c.Args().First()]
			if !known {
				return oneOf("completion", c.Args().First(), []string{"bash", "zsh", "fish", "powershell"})
			}
			say.data("%s", script)
			return nil
		},
	}
}

// completionScripts gives the script of each shell. They ask the program for
// candidates and fall back to file names.
func completionScripts() map[string]string {
	return map[string]string{
		"bash": `# bash completion for unecho
_unecho() {
    local cur=${COMP_WORDS[COMP_CWORD]}
    mapfile -t COMPREPLY < <(unecho candidates -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
    if [ ${#COMPREPLY[@]} -eq 0 ]; then
        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
        compopt -o filenames 2>/dev/null
    fi
}
complete -F _unecho unecho
`,
		"zsh": `#compdef unecho
_unecho() {
    local -a found
    found=(${(f)"$(unecho candidates -- "${(@)words[2,CURRENT]}" 2>/dev/null)"})
    if (( $#found )); then
        compadd -- $found
    else
        _files
    fi
}
if [ "$funcstack[1]" = _unecho ]; then
    _unecho "$@"
else
    compdef _unecho unecho
fi
`,
		"fish": `# fish completion for unecho
function __unecho_candidates
    set -l words (commandline -opc)
    set -l typed (commandline -ct)
    set -e words[1]
    set -l found (unecho candidates -- $words "$typed" 2>/dev/null)
    if set -q found[1]
        string join \n -- $found
    else
        __fish_complete_path "$typed"
    end
end
complete -c unecho -f -a '(__unecho_candidates)'
`,
		"powershell": `# PowerShell completion for unecho
Register-ArgumentCompleter -Native -CommandName unecho -ScriptBlock {
    param($word, $ast, $position)
    $words = @($ast.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
    if ($word -eq '') { $words += '' }
    & unecho candidates '--' $words 2>$null | ForEach-Object {
        [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
    }
}
`,
	}
}

func candidatesCommand(say *voice) *cli.Command {
	return &cli.Command{
		Name: candidatesName, Hidden: true,
		Action: func(c *cli.Context) error {
			for _, word := range candidates(c.App.Commands, c.Args().Slice()) {
				say.data("%s\n", word)
			}
			return nil
		},
	}
}

// candidates gives what the last of the words may become: a command, a flag or
// the value of a flag; none where a file name is meant.
func candidates(commands []*cli.Command, words []string) []string {
	if len(words) == 0 {
		words = []string{""}
	}
	typed, before := words[len(words)-1], words[:len(words)-1]
	if slices.Contains(before, "--") {
		return nil
	}
	var command *cli.Command
	for _, word := range before {
		for _, c := range commands {
			if command == nil && c.HasName(word) {
				command = c
			}
		}
	}
	switch {
	case len(before) > 0 && takesValue(commands, strings.TrimLeft(before[len(before)-1], "-")) && strings.HasPrefix(before[len(before)-1], "-"):
		return begin(flagValues(strings.TrimLeft(before[len(before)-1], "-")), typed)
	case strings.HasPrefix(typed, "-"):
		return begin(flagNames(command), typed)
	case command == nil || command.Name == "help":
		return begin(commandNames(commands), typed)
	case command.Name == "completion":
		return begin([]string{"bash", "fish", "powershell", "zsh"}, typed)
	}
	return nil
}

func begin(words []string, with string) []string {
	return slices.DeleteFunc(words, func(w string) bool { return !strings.HasPrefix(w, with) })
}

func commandNames(commands []*cli.Command) []string {
	var names []string
	for _, c := range commands {
		if !c.Hidden {
			names = append(names, c.Name)
		}
	}
	return names
}

func flagNames(command *cli.Command) []string {
	flags := globalFlags()
	if command != nil {
		flags = append(slices.Clone(command.Flags), flags...)
	}
	var names []string
	for _, flag := range flags {
		names = append(names, "--"+flag.Names()[0])
	}
	return names
}

// flagValues gives the words that a flag may be followed by.
func flagValues(name string) []string {
	var values []string
	add := func(v any) { values = append(values, fmt.Sprint(v)) }
	switch name {
	case "from":
		return slices.Clone(parse.Formats[:])
	case "keep":
		for _, k := range dedupe.Keeps {
			add(k)
		}
	case "write":
		for _, k := range pipeline.Kinds {
			add(k)
		}
	case "columns":
		for _, r := range record.Roles {
			add(string(r) + "=")
		}
	case "truth-by":
		values = []string{"id", "row"}
	case "delimiter":
		values = []string{"comma", "pipe", "semicolon", "tab"}
	}
	return values
}
