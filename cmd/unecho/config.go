package main

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/unecho/unecho/pipeline"
)

// configCommand shows the settings in force.
func configCommand(say *voice) *cli.Command {
	return &cli.Command{
		Name: "config", ArgsUsage: "FILE…",
		Usage: "show the settings in force for a list, and where each is from",
		UsageText: `unecho config books.csv
unecho config june.csv --settings books.unecho.toml
unecho config books.csv --ignore note --save-settings default`,
		Description: `Shows each setting, its value and where it is from: a flag, the file that
--settings names, NAME.unecho.toml beside the list, or the default, the first of
these that has it. With --save-settings it saves them and cleans nothing.
The settings are ` + strings.Join(settingNames[:8], ", ") + ",\n" + strings.Join(settingNames[8:], ", ") + ".",
		Flags: concat([]cli.Flag{
			saveSettingsFlag(), keepFlag(), mergeFieldsFlag(), keepTextFlag(), jsonFlag("the settings"),
		}, slices.DeleteFunc(outputFlags(), func(f cli.Flag) bool { return !slices.Contains(settingNames[:], f.Names()[0]) }), bandFlags(), readingFlags()),
		Action: func(c *cli.Context) error {
			files := c.Args().Slice()
			for _, file := range files {
				if _, err := os.Stat(file); err != nil && file != "-" && !strings.ContainsAny(file, "*?[") {
					return &usage{msg: err.Error(), hint: "name the list whose settings are to be shown"}
				}
			}
			from, err := inForce(c, files)
			if err != nil {
				return err
			}
			o, err := options(c, say, files) // for what is wrong with the values
			if err != nil {
				return blamed(err, from)
			}
			say.config(settingsInForce(c, from), c.Bool("json"))
			return say.saveSettings(c, o)
		},
	}
}

// setting is one line of unecho config.
type setting struct {
	Name  string   `json:"name"`
	Value []string `json:"value"`
	From  string   `json:"from"` // a flag, a file, or "default"
}

func settingsInForce(c *cli.Context, from map[string]string) []setting {
	var out []setting
	set := setFlags(c)
	for _, name := range settingNames {
		s := setting{name, set[name], from[name]}
		if !c.IsSet(name) {
			s.Value = []string{defaultOf(name)}
		}
		if s.Value == nil {
			s.Value = []string{}
		}
		out = append(out, s)
	}
	return out
}

// config prints the settings, as a table or as JSON.
func (v *voice) config(list []setting, asJSON bool) {
	if asJSON {
		v.json(list)
		return
	}
	wide := 0
	for _, s := range list {
		wide = max(wide, len([]rune(strings.Join(s.Value, ", "))))
	}
	wide = min(wide, 40)
	for _, s := range list {
		value := clip(strings.Join(s.Value, ", "), 80)
		pad := strings.Repeat(" ", max(0, wide-len([]rune(value))))
		v.data("%-13s %s%s  %s\n", s.Name, value, pad, s.From)
	}
}

// settings says from which files flags are.
func (v *voice) settings(from map[string]string) {
	of := make(map[string][]string)
	for _, name := range settingNames {
		if file := from[name]; file != "default" && file != "--"+name {
			of[file] = append(of[file], name)
		}
	}
	for _, file := range slices.Sorted(maps.Keys(of)) {
		v.note("%s from %s", strings.Join(of[file], ", "), file)
	}
}

// saveSettings saves the flags in force where that is asked for, and says so.
func (v *voice) saveSettings(c *cli.Context, o pipeline.Options) error {
	if o.DryRun {
		return nil
	}
	path, err := saveSettings(c, o.Inputs)
	if err == nil && path != "" {
		v.line("%s %s", v.paint(bold, fmt.Sprintf("%-9s", "settings")), "saved in "+path)
	}
	return err
}
