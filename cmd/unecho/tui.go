package main

// Everything that is said to a person while a command runs is said here. The
// rules of speaking:
//
//   - Data goes to stdout, words go to stderr. Where nothing but files is
//     asked for, stdout stays empty.
//   - An error is two lines: "error: what is wrong and where", and, when there
//     is something to do about it, "hint: what to do".
//   - A summary is short and in a fixed order, a word and a fact on each line;
//     what was not compared, not sure or left open is said as a note.
//   - The last line is the next step, as a command or a sheet to open.
//   - A sentence has no full stop, no exclamation mark and no jargon: entry,
//     repeat, group, review. Numbers are exact, with commas from 10,000 on.
//   - Progress is for a terminal, after a second; a pipe never sees it.
//   - Colour is never the only sign, and is off when not on a terminal, with
//     NO_COLOR, UNECHO_NO_COLOR, TERM=dumb or --no-color.

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"

	"golang.org/x/term"

	"github.com/unecho/unecho/dedupe"
	"github.com/unecho/unecho/pipeline"
	"github.com/unecho/unecho/pipeline/evaluate"
	"github.com/unecho/unecho/pipeline/parse"
	"github.com/unecho/unecho/pipeline/profile"
	"github.com/unecho/unecho/pipeline/verify"
)

// voice speaks for one run of the command.
type voice struct {
	in       io.Reader
	out, to  io.Writer // stdout for data, stderr for words
	terminal bool      // stderr is one, so there may be progress
	colours  bool      // on stderr
	quiet    bool
	leaving  string     // what is said on Ctrl-C; "" for that nothing was written
	mu       sync.Mutex // the lines on stderr: progress comes from other goroutines
	meter    meter
}

func newVoice(in io.Reader, out, words *os.File, getenv func(string) string) *voice {
	v := &voice{in: in, out: out, to: words}
	v.terminal = term.IsTerminal(int(words.Fd())) && getenv("TERM") != "dumb"
	v.colours = v.terminal && getenv("NO_COLOR") == "" && getenv("UNECHO_NO_COLOR") == ""
	return v
}

// settle takes the flags that are about speaking.
func (v *voice) settle(c *call) {
	v.quiet = c.quiet
	if c.noColor {
		v.colours = false
	}
}

// data prints to stdout.
func (v *voice) data(format string, args ...any) { fmt.Fprintf(v.out, format, args...) }

// json prints a value to stdout, indented.
func (v *voice) json(value any) error {
	enc := json.NewEncoder(v.out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(value)
}

// line prints one line of words, unless --quiet.
func (v *voice) line(format string, args ...any) {
	if v.quiet {
		return
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.meter.clear(v.to)
	fmt.Fprintf(v.to, format+"\n", args...)
}

// note prints what a person should know about the result.
func (v *voice) note(format string, args ...any) {
	v.line("%s "+format, append([]any{v.paint(yellow, "note:")}, args...)...)
}

// err prints an error and what to do about it; --quiet does not silence it.
func (v *voice) err(err error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.meter.clear(v.to)
	fmt.Fprintf(v.to, "%s %s\n", v.paint(red, "error:"), err)
	if hint := hintOf(err); hint != "" {
		fmt.Fprintf(v.to, "%s %s\n", v.paint(cyan, "hint:"), hint)
	}
}

func (v *voice) interrupted() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.meter.clear(v.to)
	fmt.Fprintf(v.to, "interrupted: %s (once more to leave at once)\n", cmp.Or(v.leaving, "nothing was written"))
}

// hintOf gives what to do about an error, "" when it does not say.
func hintOf(err error) string {
	var (
		command *usage
		road    *pipeline.Error
		input   *parse.Error
		column  *profile.Error
		truth   *evaluate.TruthError
		outputs *verify.Error
	)
	switch {
	case errors.As(err, &command):
		return command.hint
	case errors.As(err, &road):
		return road.Hint
	case errors.As(err, &input):
		if input.Hint == "" && input.Source != "" && input.Line == 0 {
			return "name a file, a folder, a pattern such as '*.csv', or - for standard input"
		}
		return input.Hint
	case errors.As(err, &column):
		return column.Hint
	case errors.As(err, &truth):
		return truth.Hint
	case errors.As(err, &outputs):
		return outputs.Hint
	}
	return ""
}

// summary says what clean or check did.
func (v *voice) summary(r *pipeline.Report, command string) {
	if r.Records.Read == 0 {
		v.fact("read", "no records in %s", inputNames(r))
	} else {
		v.fact("read", "%s from %s", entries(r.Records.Read), inputNames(r))
	}
	v.fact(mergedWord(r, command), "%s", mergedFact(r))
	v.against(r)
	v.fact("kept", "%s", entries(r.Records.Kept))
	v.fact("review", "%s", reviewFact(r))
	v.fact("rejected", "%s", rejectedFact(r))
	switch {
	case r.DryRun || command == "check":
		v.fact("wrote", "nothing%s", map[bool]string{true: " (dry run)"}[command == "clean"])
	default:
		v.fact("wrote", "%s", strings.Join(r.Outputs, ", "))
	}
	v.notes(r)
}

func (v *voice) fact(word, format string, args ...any) {
	v.line("%s %s", v.paint(bold, fmt.Sprintf("%-9s", word)), fmt.Sprintf(format, args...))
}

func mergedWord(r *pipeline.Report, command string) string {
	if command == "check" || r.DryRun {
		return "repeats"
	}
	return "merged"
}

func mergedFact(r *pipeline.Report) string {
	if r.Records.Removed > 0 {
		fact := fmt.Sprintf("%s in %s", plural(r.Records.Removed, "repeat", "repeats"), plural(r.Clusters, "group", "groups"))
		if r.Filled > 0 {
			fact += fmt.Sprintf("; %s filled from them", plural(r.Filled, "blank field", "blank fields"))
		}
		return fact
	}
	switch {
	case r.Records.Read < 2:
		return "nothing: there is nothing to compare"
	case r.Links.Scored == 0:
		return "nothing: no two entries resemble each other"
	}
	return fmt.Sprintf("nothing: none of %s that resemble each other is certain", plural(r.Links.Scored, "pair", "pairs"))
}

func reviewFact(r *pipeline.Report) string {
	if r.Review == 0 {
		return "nothing is doubtful"
	}
	return fmt.Sprintf("%s doubtful", pluralIs(r.Review, "pair", "pairs"))
}

func rejectedFact(r *pipeline.Report) string {
	if r.Records.Rejected == 0 {
		return "nothing"
	}
	fact := fmt.Sprintf("%s of the input could not be read as an entry", plural(r.Records.Rejected, "part", "parts"))
	for _, path := range r.Outputs {
		if strings.HasSuffix(path, ".rejects.csv") {
			return fact + ", see " + path
		}
	}
	return fact
}

// notes say what the numbers do not: what was not compared, what reading was
// not sure of, what is loosely held.
func (v *voice) notes(r *pipeline.Report) {
	for _, in := range r.Inputs {
		if in.Sure < surelyRead && in.Records+in.Rejected > 0 {
			v.note("not sure that %s is %s (%s); unecho profile shows how that reads, --from FORMAT overrides it", shown(in.Name), formatOf(in), in.Why)
		}
	}
	v.decisions(r)
	for _, note := range r.Notes {
		v.note("%s", note)
	}
	for _, note := range r.Promise.Notes {
		v.note("%s", note)
	}
	if r.Related > 0 {
		v.note("%s kept apart on purpose: parts, issues or editions of one thing", pluralIs(r.Related, "pair", "pairs"))
	}
	if len(r.Gaps) > 0 {
		v.note("%s", gapsFact(r.Gaps))
	}
	for i, b := range r.Brakes {
		if i == brakesShown {
			v.note("and %s more to look at (see the workbook)", plural(len(r.Brakes)-i, "group", "groups"))
			break
		}
		what := "is large"
		if b.Loose {
			what = "is held together loosely"
		}
		v.note("a group of %s %s (%q); its weakest link is rows %d and %d, probability %.2f: unecho why %s %d %d", entries(b.Size), what, clip(b.Text, 50),
			b.Weakest[0], b.Weakest[1], b.Probability, quoted(inputPaths(r)), b.Weakest[0], b.Weakest[1])
	}
}

const (
	surelyRead  = 0.8 // below, how the input was read is said aloud
	brakesShown = 3
	gapsShown   = 3
)

// gapsFact names what series lack, in one line.
func gapsFact(gaps []pipeline.GapReport) string {
	var words []string
	for _, g := range gaps[:min(gapsShown, len(gaps))] {
		words = append(words, fmt.Sprintf("%s (row %d is %q)", g.Name, g.Row, clip(g.Text, 40)))
	}
	more := ""
	if n := len(gaps) - len(words); n > 0 {
		more = fmt.Sprintf(" and %d more, see the sheet Series", n)
	}
	return "missing in a series: " + strings.Join(words, ", ") + more
}

// examples shows the first merges of a dry run.
func (v *voice) examples(r *pipeline.Report) {
	for i, e := range r.Examples {
		if i == 0 {
			v.line("")
		}
		v.line("%s\n  is taken for a repeat of\n%s\n  %s", rowText(e.Row, e.Removed), rowText(e.Survivor, e.Kept), e.Reason)
	}
	more := r.Records.Removed - len(r.Examples)
	if r.Against != nil {
		more -= len(r.Against.Repeats)
	}
	if more > 0 {
		v.line("… and %d more", more)
	}
	v.oldExamples(r)
}

func rowText(row int, text string) string { return fmt.Sprintf("%6d  %s", row, clip(text, 100)) }

// next says what to do now.
func (v *voice) next(r *pipeline.Report, files []string) {
	workbook := ""
	for _, path := range r.Outputs {
		if strings.HasSuffix(path, ".xlsx") {
			workbook = path
		}
	}
	first := 0
	if len(r.Questions) > 0 {
		first = r.Questions[0].A
	}
	next := ""
	switch {
	case r.DryRun && r.Records.Read > 0:
		next = "the same without --dry-run writes the clean list"
	case r.Review > 0 && workbook != "":
		next = fmt.Sprintf("unecho review %s asks about the doubtful pairs, one a screen%s; or answer on the sheet Review of %s", quoted(files), bargain(r), workbook)
	case r.Review > 0 && !slices.Contains(files, "-"):
		next = fmt.Sprintf("unecho review %s asks about the doubtful pairs, one a screen%s", quoted(files), bargain(r))
	case r.Review > 0:
		next = fmt.Sprintf("unecho why %s %d %d shows the evidence for the first doubtful pair", quoted(files), first, r.Questions[0].B)
	case r.Records.Removed > 0 && workbook != "":
		next = fmt.Sprintf("the sheet Merged of %s shows each merge and its reason", workbook)
	}
	if next != "" {
		v.line("%s %s", v.paint(bold, "next:"), next)
	}
}

// bargain is what ten answers buy, where more than ten pairs are doubtful and
// none of that was taken yet.
func bargain(r *pipeline.Report) string {
	if r.Review <= dedupe.LearnFrom || r.Decisions.Learned > 0 {
		return ""
	}
	return fmt.Sprintf("; %d answers settle many of the others", dedupe.LearnFrom)
}

// inputNames says what was read, and as what: "posts.txt (listing, utf-8)".
func inputNames(r *pipeline.Report) string {
	switch n := len(r.Inputs); {
	case n == 0:
		return "the input"
	case n > 3:
		return fmt.Sprintf("%d files (%s)", n, kinds(r))
	}
	names := make([]string, len(r.Inputs))
	for i, in := range r.Inputs {
		names[i] = fmt.Sprintf("%s (%s)", shown(in.Name), formatOf(in))
	}
	return strings.Join(names, ", ")
}

// inputPaths are the inputs as they were named.
func inputPaths(r *pipeline.Report) []string {
	paths := make([]string, len(r.Inputs))
	for i, in := range r.Inputs {
		paths[i] = in.Name
	}
	return paths
}

// kinds counts the formats of many files: "3 csv, 1 xlsx".
func kinds(r *pipeline.Report) string {
	var order []string
	n := make(map[string]int)
	for _, in := range r.Inputs {
		if n[in.Format]++; n[in.Format] == 1 {
			order = append(order, in.Format)
		}
	}
	for i, format := range order {
		order[i] = fmt.Sprintf("%d %s", n[format], format)
	}
	return strings.Join(order, ", ")
}

func formatOf(in pipeline.InputReport) string {
	words := []string{in.Format}
	switch {
	case in.Delimiter == "\t":
		words[0] += " with tabs"
	case in.Delimiter != "" && in.Delimiter != ",":
		words[0] += fmt.Sprintf(" with %q", in.Delimiter)
	}
	for _, word := range []string{sheetOf(in), in.Encoding, in.Compression} {
		if word != "" {
			words = append(words, word)
		}
	}
	return strings.Join(words, ", ")
}

func sheetOf(in pipeline.InputReport) string {
	if in.Sheet == "" {
		return ""
	}
	return "sheet " + in.Sheet
}

func shown(name string) string {
	if name == "-" {
		return "standard input"
	}
	return name
}

type colour string

const (
	red    colour = "31"
	green  colour = "32"
	yellow colour = "33"
	cyan   colour = "36"
	bold   colour = "1"
)

func (v *voice) paint(c colour, s string) string {
	if !v.colours {
		return s
	}
	return "\x1b[" + string(c) + "m" + s + "\x1b[0m"
}

func entries(n int) string { return plural(n, "entry", "entries") }

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return thousands(n) + " " + many
}

func pluralIs(n int, one, many string) string {
	if n == 1 {
		return "1 " + one + " is"
	}
	return thousands(n) + " " + many + " are"
}

// thousands writes a number with commas from 10,000 on.
func thousands(n int) string {
	s := fmt.Sprint(n)
	if n < 10_000 {
		return s
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// clip shows a text on one line of at most n characters, harmless on a
// terminal: no control character reaches it.
func clip(s string, n int) string {
	runes := []rune(strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7F && r < 0xA0 {
			return ' '
		}
		return r
	}, s)), " "))
	if len(runes) > n {
		return string(runes[:n-1]) + "…"
	}
	return string(runes)
}

// quoted writes file names as a shell takes them.
func quoted(files []string) string {
	out := make([]string, len(files))
	for i, f := range files {
		out[i] = f
		if f == "" || strings.ContainsAny(f, " '\"\\$`!*?[](){}<>|&;#~\t\n") {
			out[i] = "'" + strings.ReplaceAll(f, "'", `'\''`) + "'"
		}
	}
	return strings.Join(out, " ")
}
