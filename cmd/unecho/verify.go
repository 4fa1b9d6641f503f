package main

import (
	"os"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/unecho/unecho/pipeline/verify"
)

// verifyCommand recomputes the accounting of a run.
func verifyCommand(say *voice) *cli.Command {
	return &cli.Command{
		Name: "verify", ArgsUsage: "FILE… [OUTPUTS…]",
		Usage: "recompute that every entry and byte of the input is accounted for",
		UsageText: `unecho verify posts.txt                 finds the outputs beside it
unecho verify posts.txt out             the outputs are in the folder out
unecho verify posts.txt posts.clean.csv posts.clusters.csv`,
		Description: `Reads the input and the outputs of clean again, with code of its own, and checks
that nothing was lost, nothing added and nothing changed unsaid. Exit 1 when
something does not hold.`,
		Flags: []cli.Flag{jsonFlag("the checks")},
		Action: func(c *cli.Context) error {
			inputs, outputs := splitOutputs(c.Args().Slice())
			if len(inputs) == 0 {
				return &usage{msg: "no file given", hint: "unecho verify FILE, after unecho clean FILE"}
			}
			r, err := verify.Files(c.Context, inputs, outputs)
			if err != nil {
				return err
			}
			if c.Bool("json") {
				err = say.json(r)
			} else {
				_, err = r.WriteTo(say.out)
			}
			if err == nil && !r.OK() {
				return &repeatsFound{}
			}
			return err
		},
	}
}

// outputEndings tell an output of clean from an input.
var outputEndings = [...]string{".clean.csv", ".clean.xlsx", ".clean.jsonl", ".clusters.csv", ".rejects.csv"}

// splitOutputs tells inputs from outputs: the first is an input; of the others
// those with the ending of an output, or a folder at the end, are outputs.
func splitOutputs(args []string) (inputs, outputs []string) {
	for i, arg := range args {
		if i > 0 && isOutput(arg, i == len(args)-1) {
			outputs = append(outputs, arg)
		} else {
			inputs = append(inputs, arg)
		}
	}
	return inputs, outputs
}

func isOutput(arg string, last bool) bool {
	for _, ending := range outputEndings {
		if strings.HasSuffix(arg, ending) {
			return true
		}
	}
	info, err := os.Stat(arg)
	return last && err == nil && info.IsDir()
}
