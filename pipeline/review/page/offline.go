package page

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"unicode/utf8"

	"github.com/unecho/unecho/pipeline/review"
)

// OfflineOptions bound the offline file.
type OfflineOptions struct {
	Pairs int // at most so many; 0 is 5,000
	Bytes int // at most so large; 0 is 20 MB, which mail still takes
}

const (
	offlinePairs = 5000
	offlineBytes = 20_000_000
)

// Offline writes the desk's questions as one HTML file with the same screen,
// which works from a disk without a server or a network. It gives the number
// of pairs in it: the first that would be asked, fewer than asked for where
// not more fit. Texts are shortened in the middle where they must be.
//
// The file hands its answers back as NAME.answers.jsonl: one JSON object a
// line, a review.Choice and "at", an RFC 3339 time, oldest first; of each pair
// only the last answer. The same desk gives the same bytes.
func Offline(w io.Writer, desk review.Desk, o OfflineOptions) (pairs int, err error) {
	if o.Pairs == 0 {
		o.Pairs = offlinePairs
	}
	if o.Bytes == 0 {
		o.Bytes = offlineBytes
	}
	files, err := fs.Sub(static, "static")
	if err != nil {
		return 0, err
	}
	frame, err := newFrame(files)
	if err != nil {
		return 0, err
	}
	head := desk.Head()
	fitting := fit(desk.Ahead(o.Pairs), o.Bytes-frame.size())
	sheet := sheet{List: head.List, Records: head.Records, Cards: fitting}
	sum := sha256.Sum256(encoded(sheet))
	sheet.ID = hex.EncodeToString(sum[:8])
	return len(fitting), frame.write(w, encoded(sheet))
}

// sheet is what the offline file holds of the list.
type sheet struct {
	ID      string            `json:"id"` // by which the browser keeps the answers
	List    string            `json:"list"`
	Records int               `json:"records"`
	Cards   []json.RawMessage `json:"cards"`
}

// encoded gives JSON in which <, > and & are escaped, so that no text ends
// the element that it stands in.
func encoded(value any) []byte {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err) // plain data
	}
	return text
}

// cuts are the lengths, in runes, to which pieces of text are shortened, one
// after the other, until the pairs fit.
var cuts = [...]int{4000, 1000, 300, 80}

// fit encodes as many cards as fit into so many bytes, with the longest texts
// with which all do.
func fit(cards []review.Card, room int) []json.RawMessage {
	out := []json.RawMessage{}
	for _, cut := range cuts {
		total := 0
		out = out[:0]
		for _, c := range cards {
			text := encoded(shorten(c, cut))
			if total += len(text) + 1; total > room {
				break
			}
			out = append(out, text)
		}
		if len(out) == len(cards) {
			break
		}
	}
	return out
}

// offlineCard is a card whose long texts are shortened.
type offlineCard struct {
	review.Card
	Fields []offlineField `json:"fields"`
}

// offlineField is a field; Cut says that its value is not all there, so that
// it cannot be chosen.
type offlineField struct {
	review.Field
	Cut bool `json:"cut,omitempty"`
}

func shorten(c review.Card, most int) offlineCard {
	out := offlineCard{Card: c}
	out.A, out.B = shortenSide(c.A, most), shortenSide(c.B, most)
	for _, f := range c.Fields {
		a, cutA := shortenPieces(f.A, most)
		b, cutB := shortenPieces(f.B, most)
		if f.Equal {
			b = nil // the screen shows A's
		}
		f.A, f.B = a, b
		out.Fields = append(out.Fields, offlineField{f, cutA || cutB})
	}
	return out
}

// neighbour is how much of a neighbour's text is shown, in runes.
const neighbour = 160

func shortenSide(s review.Side, most int) review.Side {
	s.Text, _ = middle(s.Text, most)
	s.Before, s.After = beginnings(s.Before), beginnings(s.After)
	return s
}

func beginnings(texts []string) (out []string) {
	for _, t := range texts {
		if utf8.RuneCountInString(t) > neighbour {
			t = string([]rune(t)[:neighbour-1]) + "…"
		}
		out = append(out, t)
	}
	return out
}

func shortenPieces(pieces []review.Piece, most int) (out []review.Piece, cut bool) {
	for _, p := range pieces {
		text, shorter := middle(p.Text, most)
		out = append(out, review.Piece{Text: text, Own: p.Own})
		cut = cut || shorter
	}
	return out, cut
}

// middle leaves out what is between the beginning and the end of a text.
func middle(text string, most int) (string, bool) {
	n := utf8.RuneCountInString(text)
	if n <= most {
		return text, false
	}
	runes := []rune(text)
	return fmt.Sprintf("%s … (%d characters are not in this file) … %s", string(runes[:most/2]), n-most/2*2, string(runes[n-most/2:])), true
}

// frame is the page around the pairs, with everything that it needs in it.
type frame struct{ before, after []byte }

var (
	scripts = regexp.MustCompile(`<script src="([\w.]+)" defer></script>\n`)
	styles  = regexp.MustCompile(`<link rel="stylesheet" href="([\w.]+)">`)
	icon    = regexp.MustCompile(`<link rel="icon"[^>]*>\n`)
	charset = []byte(`<meta charset="utf-8">`)
)

// newFrame puts style and scripts into the page, with the desk of the offline
// file in place of that of the server, and a policy that runs nothing else
// and asks nobody.
func newFrame(files fs.FS) (*frame, error) {
	html, err := fs.ReadFile(files, "index.html")
	if err != nil {
		return nil, err
	}
	style, err := fs.ReadFile(files, string(styles.FindSubmatch(html)[1]))
	if err != nil {
		return nil, err
	}
	var script []byte
	for _, name := range scripts.FindAllSubmatch(html, -1) {
		file := string(name[1])
		if file == "online.js" {
			file = "offline.js"
		}
		code, err := fs.ReadFile(files, file)
		if err != nil {
			return nil, err
		}
		script = append(script, code...)
	}
	rules := fmt.Sprintf(`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src %s; style-src %s; base-uri 'none'; form-action 'none'">`, digest(script), digest(style))
	html = icon.ReplaceAll(html, nil)
	html = bytes.Replace(html, charset, append(append([]byte{}, charset...), "\n"+rules...), 1)
	html = styles.ReplaceAllLiteral(html, slot("<style>", style, "</style>"))
	at := scripts.FindIndex(html)[0]
	end := scripts.ReplaceAll(html[at:], nil)
	return &frame{
		before: append(bytes.Clone(html[:at]), `<script type="application/json" id="pairs">`...),
		after:  append(slot("</script>\n<script>", script, "</script>\n"), end...),
	}, nil
}

func slot(open string, content []byte, end string) []byte {
	return append(append([]byte(open), content...), end...)
}

// digest names a text in a policy.
func digest(text []byte) string {
	sum := sha256.Sum256(text)
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// sheetFrame is more than what stands around the cards in a sheet.
const sheetFrame = 4096

func (f *frame) size() int { return len(f.before) + len(f.after) + sheetFrame }

func (f *frame) write(w io.Writer, sheet []byte) error {
	for _, part := range [][]byte{f.before, sheet, f.after} {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}
