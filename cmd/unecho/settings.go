package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/urfave/cli/v2"

	"github.com/unecho/unecho/dedupe"
	"github.com/unecho/unecho/pipeline"
	"github.com/unecho/unecho/pipeline/profile"
	"github.com/unecho/unecho/pipeline/record"
)

// settings are what a settings file holds: flags by their names, so that the
// same list is cleaned next month in the same way. A key that is not there
// leaves the flag as it is.
type settings struct {
	From        *string   `toml:"from,omitempty" comment:"format of the input"`
	Sheet       *string   `toml:"sheet,omitempty" comment:"of a workbook"`
	Columns     *[]string `toml:"columns,omitempty" comment:"what columns hold, ROLE=NAME"`
	Ignore      *[]string `toml:"ignore,omitempty" comment:"columns that are not compared"`
	Across      *string   `toml:"across,omitempty" comment:"column that tells lists apart which hold no repeats of their own"`
	Same        *float64  `toml:"same,omitempty" comment:"merge from this probability on"`
	Review      *float64  `toml:"review,omitempty" comment:"ask from this probability on"`
	Balanced    *bool     `toml:"balanced,omitempty" comment:"merge what is more likely than not"`
	Weights     *string   `toml:"weights,omitempty" comment:"match weights, a path from the folder of this file"`
	Keep        *string   `toml:"keep,omitempty" comment:"which entry of a group stays"`
	MergeFields *bool     `toml:"merge-fields,omitempty" comment:"fill blank fields from the others of the group"`
	KeepText    *bool     `toml:"keep-text,omitempty" comment:"write the text as it came"`
	Write       *[]string `toml:"write,omitempty" comment:"kinds of clean list to write"`
	Delimiter   *string   `toml:"delimiter,omitempty" comment:"of NAME.clean.csv"`
	BOM         *bool     `toml:"bom,omitempty" comment:"begin NAME.clean.csv with a byte order mark"`
	CSVSafe     *bool     `toml:"csv-safe,omitempty" comment:"apostrophe before what a spreadsheet takes for a formula"`
}

// settingNames are the keys, in the order in which they are written and shown.
var settingNames = [...]string{"from", "sheet", "columns", "ignore", "across", "same", "review", "balanced", "weights", "keep", "merge-fields", "keep-text", "write", "delimiter", "bom", "csv-safe"}

// settingsEnding ends the name of the settings file that lies beside a list.
const settingsEnding = ".unecho.toml"

// settingsFlags name settings files.
func settingsFlags() []cli.Flag {
	return []cli.Flag{&cli.StringFlag{Name: "settings", Usage: "take flags that are not given from the settings `FILE` (default: NAME.unecho.toml, where it lies beside the list)"}}
}

func saveSettingsFlag() cli.Flag {
	return &cli.StringFlag{Name: "save-settings", Usage: "save the flags in force as the settings `FILE`; default stands for NAME.unecho.toml beside the list, which is read by itself"}
}

// field gives the value of a setting, a pointer that is nil where it is not set.
func (s *settings) field(name string) any {
	switch name {
	case "from":
		return &s.From
	case "sheet":
		return &s.Sheet
	case "columns":
		return &s.Columns
	case "ignore":
		return &s.Ignore
	case "across":
		return &s.Across
	case "same":
		return &s.Same
	case "review":
		return &s.Review
	case "balanced":
		return &s.Balanced
	case "weights":
		return &s.Weights
	case "keep":
		return &s.Keep
	case "merge-fields":
		return &s.MergeFields
	case "keep-text":
		return &s.KeepText
	case "write":
		return &s.Write
	case "delimiter":
		return &s.Delimiter
	case "bom":
		return &s.BOM
	}
	return &s.CSVSafe
}

// values gives a setting as a flag would be typed; ok is false where it is not set.
func (s *settings) values(name string) (words []string, ok bool) {
	switch f := s.field(name).(type) {
	case **string:
		if *f != nil {
			return []string{**f}, true
		}
	case **float64:
		if *f != nil {
			return []string{strconv.FormatFloat(**f, 'g', -1, 64)}, true
		}
	case **bool:
		if *f != nil {
			return []string{strconv.FormatBool(**f)}, true
		}
	case **[]string:
		if *f != nil {
			return **f, true
		}
	}
	return nil, false
}

// readSettings reads a settings file. Errors name its line.
func readSettings(path string) (*settings, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, &usage{msg: "--settings: " + err.Error(), hint: "--save-settings FILE writes one"}
	}
	s := &settings{}
	in := toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields()
	err = in.Decode(s)
	var strict *toml.StrictMissingError
	var wrong *toml.DecodeError
	switch {
	case err == nil:
	case errors.As(err, &strict):
		first := strict.Errors[0]
		line, _ := first.Position()
		key := first.Key()[len(first.Key())-1]
		u := &usage{msg: fmt.Sprintf("%s:%d: unknown setting %q", path, line, key), hint: "unecho config --help lists the settings"}
		if near := record.Nearest(settingNames[:], key); near != "" {
			u.hint = fmt.Sprintf("did you mean %q?", near)
		}
		return nil, u
	case errors.As(err, &wrong):
		line, _ := wrong.Position()
		return nil, &usage{msg: fmt.Sprintf("%s:%d: %s", path, line, s.wrong(wrong)), hint: settingsHint}
	default:
		return nil, &usage{msg: fmt.Sprintf("%s: %s", path, strings.TrimPrefix(err.Error(), "toml: ")), hint: settingsHint}
	}
	if s.Weights != nil && *s.Weights != "" && !filepath.IsAbs(*s.Weights) {
		*s.Weights = filepath.Join(filepath.Dir(path), *s.Weights)
	}
	return s, nil
}

const settingsHint = `a setting is a line such as same = 0.9, keep = "newest" or ignore = ["note"]`

// wrong says what is wrong with a line: with the kind of its value, or with the
// way it is written.
func (s *settings) wrong(err *toml.DecodeError) string {
	key := strings.Join(err.Key(), ".")
	if !slices.Contains(settingNames[:], key) {
		return strings.TrimPrefix(err.Error(), "toml: ")
	}
	kind := "a text in quotes"
	switch s.field(key).(type) {
	case **float64:
		kind = "a number"
	case **bool:
		kind = "true or false"
	case **[]string:
		kind = "a list of texts in quotes"
	}
	return fmt.Sprintf("the value of %s is not %s", key, kind)
}

// inForce sets the flags of a command that were not given from settings files:
// first that of --settings, then the one beside the list. It gives where each
// setting is from: "--same" for a flag, a file, or "default".
func inForce(c *cli.Context, files []string) (map[string]string, error) {
	from := make(map[string]string, len(settingNames))
	has := make(map[string]bool)
	for _, flag := range c.Command.Flags {
		has[flag.Names()[0]] = true
	}
	for _, name := range settingNames {
		from[name] = "default"
		if has[name] && c.IsSet(name) {
			from[name] = "--" + name
		}
	}
	for _, path := range settingsOf(c, files) {
		s, err := readSettings(path)
		if err != nil {
			return nil, err
		}
		for _, name := range settingNames {
			values, ok := s.values(name)
			if !ok || !has[name] || from[name] != "default" {
				continue
			}
			for _, value := range values {
				if err := c.Set(name, value); err != nil {
					return nil, usageError(err)
				}
			}
			from[name] = path
		}
	}
	return from, nil
}

// settingsOf names the settings files of a command line, the foremost first.
func settingsOf(c *cli.Context, files []string) (paths []string) {
	if path := c.String("settings"); path != "" {
		paths = append(paths, path)
	}
	for _, flag := range c.Command.Flags {
		if flag.Names()[0] != "settings" || len(files) == 0 || files[0] == "-" {
			continue
		}
		path := pipeline.Beside(files[0], "", settingsEnding)
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() && !slices.Contains(paths, path) {
			paths = append(paths, path)
		}
	}
	return paths
}

// blamed names the settings file that a value is from, in an error that names
// the flag.
func blamed(err error, from map[string]string) error {
	if err == nil {
		return nil
	}
	name := "columns"
	var column *profile.Error
	if m := regexp.MustCompile(`^--([a-z-]+)`).FindStringSubmatch(err.Error()); m != nil {
		name = m[1]
	} else if !errors.As(err, &column) {
		return err
	}
	file := from[name]
	if file == "" || file == "default" || file == "--"+name {
		return err
	}
	return &usage{msg: file + ": " + regexp.MustCompile(`^--`).ReplaceAllString(err.Error(), ""), hint: hintOf(err)}
}

// saveSettings writes the flags in force where --save-settings says. It gives
// the path, "" where nothing was to be saved.
func saveSettings(c *cli.Context, files []string) (string, error) {
	path := c.String("save-settings")
	if path == "" {
		return "", nil
	}
	if path == "default" {
		path = pipeline.Beside(files[0], "", settingsEnding)
	}
	s := &settings{}
	for _, name := range settingNames {
		if c.IsSet(name) {
			s.take(c, name)
		}
	}
	if s.Weights != nil {
		*s.Weights = relativeTo(filepath.Dir(path), *s.Weights)
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "# Settings of unecho. unecho config FILE shows what is in force.\n\n")
	in := toml.NewEncoder(&out)
	if err := in.Encode(s); err != nil {
		return "", err
	}
	if err := writeWhole(path, out.Bytes()); err != nil {
		return "", &usage{msg: "--save-settings: " + err.Error(), hint: "name a file in a folder that can be written to"}
	}
	return path, nil
}

// take takes a setting from its flag.
func (s *settings) take(c *cli.Context, name string) {
	switch f := s.field(name).(type) {
	case **string:
		v := c.String(name)
		*f = &v
	case **float64:
		v := c.Float64(name)
		*f = &v
	case **bool:
		v := c.Bool(name)
		*f = &v
	case **[]string:
		v := c.StringSlice(name)
		*f = &v
	}
}

// relativeTo gives a path as seen from a folder, itself where there is no way.
func relativeTo(folder, path string) string {
	from, err1 := filepath.Abs(folder)
	to, err2 := filepath.Abs(path)
	if err1 != nil || err2 != nil {
		return path
	}
	if rel, err := filepath.Rel(from, to); err == nil {
		return filepath.ToSlash(rel)
	}
	return path
}

// defaultOf is what holds where a setting is not set, in words.
func defaultOf(name string) string {
	switch name {
	case "same":
		return fmt.Sprint(dedupe.DefaultSame)
	case "review":
		return fmt.Sprint(dedupe.DefaultReview)
	case "keep":
		return string(dedupe.Keeps[0])
	case "balanced", "merge-fields", "keep-text", "bom", "csv-safe":
		return "false"
	case "write":
		return "csv, xlsx"
	case "delimiter":
		return "comma"
	case "weights":
		return "shipped"
	case "from", "columns":
		return "found out"
	case "sheet":
		return "the first"
	}
	return "none"
}
