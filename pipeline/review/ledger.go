package review

import (
	"bytes"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"
)

// Ending is how the ledger of a list is called: NAME.decisions.jsonl, beside
// its first input.
const Ending = ".decisions.jsonl"

// Ledger is what was decided, as it stands in one file or in several.
type Ledger struct {
	Decisions []Decision // in order of time, each once; those taken back included
	Aside     []Aside    // lines that are no decision
}

// Aside is a line of a ledger that could not be read: torn off by a crash, or
// written by a newer version. It stays where it is, and is reported.
type Aside struct {
	Path   string
	Line   int
	Text   string // its beginning
	Reason string
}

// Read reads ledgers as one. A file that is not there is an empty one. A line
// that is no decision is set aside; the error is that of reading the files.
func Read(paths ...string) (*Ledger, error) {
	l := &Ledger{}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		l.take(path, data)
	}
	l.sort()
	return l, nil
}

// take adds the lines of one file.
func (l *Ledger) take(path string, data []byte) {
	for n, line := range bytes.Split(data, []byte("\n")) {
		line = bytes.TrimSpace(line)
		if n == 0 {
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
		if len(line) == 0 {
			continue
		}
		d, err := parse(line)
		if err != nil {
			l.Aside = append(l.Aside, Aside{Path: path, Line: n + 1, Text: beginning(string(line), 80), Reason: err.Error()})
			continue
		}
		l.Decisions = append(l.Decisions, d)
	}
}

// parse reads one line and looks whether it says something.
func parse(line []byte) (Decision, error) {
	var d Decision
	if err := json.Unmarshal(line, &d); err != nil {
		return d, errors.New("it is no JSON line, or only the beginning of one")
	}
	switch {
	case d.Kind.Pairwise() && (d.A.ID == "" || d.B.ID == ""):
		return d, errors.New("it does not name two records")
	case (d.Kind == Keep || d.Kind == Value) && d.A.ID == "":
		return d, errors.New("it does not name a record")
	case d.Kind == Value && d.Column == "":
		return d, errors.New("it does not name a column")
	case d.Kind == Undo && len(d.Undoes) == 0:
		return d, errors.New("it does not say what it takes back")
	case d.Kind == Audit && d.Value == "":
		return d, errors.New("it does not say what was found")
	case (d.Kind == Learn || d.Kind == Stop) && d.Value != Yes && d.Value != No:
		return d, fmt.Errorf("%q is neither yes nor no", d.Value)
	case !d.Kind.Pairwise() && d.Kind != Keep && d.Kind != Value && d.Kind != Learn && d.Kind != Stop && d.Kind != Undo && d.Kind != Audit:
		return d, fmt.Errorf("%q is no kind of decision that this version knows", d.Kind)
	}
	if d.ID == "" {
		d.ID = d.identity()
	}
	return d, nil
}

// identity is the id of a decision, from all that it says.
func (d Decision) identity() string {
	d.ID = ""
	text, err := json.Marshal(d)
	if err != nil {
		panic(err) // strings, a time and maps of strings
	}
	sum := sha256.Sum256(text)
	return "d" + strings.ToLower(base32.StdEncoding.EncodeToString(sum[:7]))[:11]
}

// Sealed gives the decision with its id and in the form in which it is
// written: time in UTC to the millisecond, text cut where it is only for the eye.
func (d Decision) Sealed() Decision {
	d.At = d.At.UTC().Truncate(1e6)
	d.A.Text, d.B.Text = beginning(d.A.Text, textLength), beginning(d.B.Text, textLength)
	d.ID = d.identity()
	return d
}

// textLength is how much of a main text stands in a ledger, in runes.
const textLength = 100

// beginning cuts a text after so many runes.
func beginning(text string, runes int) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	if utf8.RuneCountInString(text) <= runes {
		return text
	}
	return string([]rune(text)[:runes-1]) + "…"
}

// sort puts the decisions in order of time and takes each once.
func (l *Ledger) sort() {
	slices.SortStableFunc(l.Decisions, func(x, y Decision) int {
		if c := x.At.Compare(y.At); c != 0 {
			return c
		}
		return strings.Compare(x.ID, y.ID)
	})
	seen := make(map[string]bool, len(l.Decisions))
	l.Decisions = slices.DeleteFunc(l.Decisions, func(d Decision) bool {
		again := seen[d.ID]
		seen[d.ID] = true
		return again
	})
}

// Append seals decisions and writes them to the end of a ledger, which is made
// where there is none. It returns when they are on the disk: all of them, or,
// with an error, none that a reader would take for a decision. Processes that
// append at once wait for each other. A torn last line of somebody else is
// closed, so that it spoils none of ours.
func Append(path string, decisions ...Decision) ([]Decision, error) {
	var lines bytes.Buffer
	sealed := make([]Decision, len(decisions))
	for i, d := range decisions {
		sealed[i] = d.Sealed()
		line, err := json.Marshal(sealed[i])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		lines.Write(line)
		lines.WriteByte('\n')
	}
	if len(decisions) == 0 {
		return nil, nil
	}
	return sealed, appendLines(path, lines.Bytes())
}

func appendLines(path string, lines []byte) (err error) {
	_, missing := os.Stat(path)
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o666)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	unlock, err := lock(f)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	defer unlock()
	end, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	if torn, err := endsTorn(f, end); err != nil {
		return err
	} else if torn {
		lines = append([]byte("\n"), lines...)
	}
	if _, err := f.Write(lines); err != nil {
		return errors.Join(err, f.Truncate(end)) // a disk that is full: no half of a line stays
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if missing != nil {
		return syncFolder(filepath.Dir(path))
	}
	return nil
}

// endsTorn says whether a file's last line has no end.
func endsTorn(f *os.File, size int64) (bool, error) {
	if size == 0 {
		return false, nil
	}
	var last [1]byte
	if _, err := f.ReadAt(last[:], size-1); err != nil {
		return false, err
	}
	return last[0] != '\n', nil
}
