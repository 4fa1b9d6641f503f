package evaluate

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// Setting is what one threshold gives, clusters and all.
type Setting struct {
	Same float64 `json:"same"` // the probability from which pairs are merged, 0 to 1
	Counts
}

// Curve is precision and recall over the threshold, to be drawn.
type Curve struct {
	Title    string    // what was measured, "books.csv: pairs of 1,295 entries"
	Settings []Setting // in rising order of Same
	Marks    []Mode    // settings that the program has names for
}

// Mode is a named setting on a curve.
type Mode struct {
	Name string // "clean --balanced"
	Setting
}

// The page, in units of the drawing.
const (
	pageWidth, pageHeight = 760, 500
	plotLeft, plotTop     = 64, 92
	plotWidth, plotHeight = 660, 310
)

// lines are the three curves. They differ in colour, which colour-blind eyes
// can tell apart, and in dashes, and each has its name.
var lines = [...]struct {
	name, colour, dash string
	of                 func(Counts) float64
}{
	{"precision", "#1d4ed8", "", func(c Counts) float64 { return c.Precision }},
	{"recall", "#b45309", "8 4", func(c Counts) float64 { return c.Recall }},
	{"F1", "#4b5563", "2 4", func(c Counts) float64 { return c.F1 }},
}

// Draw writes a curve as an SVG: precision, recall and F1 from bottom to top,
// the threshold from left to right, and the named modes as diamonds with their
// numbers below. The same curve gives the same bytes.
func (c *Curve) Draw(w io.Writer) error {
	d := &drawing{out: bufio.NewWriter(w)}
	d.say(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" font-family="Helvetica, Arial, sans-serif" font-size="13" fill="#1b1f23">`,
		pageWidth, pageHeight, pageWidth, pageHeight)
	d.say(`<title>%s</title>`, escaped(c.Title))
	d.say(`<rect width="100%%" height="100%%" fill="#ffffff"/>`)
	d.text(plotLeft, 26, "start", `font-size="16" font-weight="bold"`, c.Title)
	d.axes()
	for i, line := range lines {
		d.say(`<path d="M%d %d h36" stroke="%s" stroke-width="2.5" stroke-dasharray="%s"/>`, plotLeft+i*130, 48, line.colour, line.dash)
		d.text(float64(plotLeft+i*130+44), 52, "start", "", line.name)
		d.line(c.Settings, line.of, line.colour, line.dash)
	}
	for i, mode := range c.Marks {
		d.mode(i, mode)
	}
	d.say(`</svg>`)
	return d.out.Flush()
}

// drawing writes the elements; the first error of the writer is kept by it.
type drawing struct{ out *bufio.Writer }

func (d *drawing) say(format string, args ...any) { fmt.Fprintf(d.out, format+"\n", args...) }

func (d *drawing) text(x, y float64, anchor, more, words string) {
	d.say(`<text x="%.1f" y="%.1f" text-anchor="%s" %s>%s</text>`, x, y, anchor, more, escaped(words))
}

func x(same float64) float64 { return plotLeft + same*plotWidth }

func y(share float64) float64 { return plotTop + (1-share)*plotHeight }

// axes draws the frame, a line for each tenth, and what the axes mean.
func (d *drawing) axes() {
	for i := range 11 {
		v := float64(i) / 10
		d.say(`<path d="M%.1f %.1f H%.1f M%.1f %.1f V%.1f" stroke="#e5e7eb"/>`, x(0), y(v), x(1), x(v), y(0), y(1))
		d.text(x(0)-8, y(v)+4, "end", "", fmt.Sprintf("%.1f", v))
		d.text(x(v), y(0)+18, "middle", "", fmt.Sprintf("%.1f", v))
	}
	d.say(`<path d="M%.1f %.1f V%.1f H%.1f" stroke="#1b1f23" fill="none"/>`, x(0), y(1), y(0), x(1))
	d.text(x(0.5), y(0)+38, "middle", "", "merged from this probability on (--balanced --same)")
	d.say(`<text transform="translate(18 %.1f) rotate(-90)" text-anchor="middle">share of pairs</text>`, y(0.5))
}

func (d *drawing) line(settings []Setting, of func(Counts) float64, colour, dash string) {
	var points []string
	for _, s := range settings {
		points = append(points, fmt.Sprintf("%.1f,%.1f", x(s.Same), y(of(s.Counts))))
	}
	d.say(`<polyline points="%s" fill="none" stroke="%s" stroke-width="2.5" stroke-dasharray="%s"/>`, strings.Join(points, " "), colour, dash)
}

// mode marks a named setting: a thin line with diamonds where its precision
// and recall are, and a line of words under the drawing.
func (d *drawing) mode(i int, m Mode) {
	d.say(`<path d="M%.1f %.1f V%.1f" stroke="#9ca3af" stroke-dasharray="3 3"/>`, x(m.Same), y(0), y(1))
	for _, line := range lines[:2] {
		d.say(`<path d="M%.1f %.1f l6 6 l-6 6 l-6 -6 z" fill="%s" stroke="#ffffff"/>`, x(m.Same), y(line.of(m.Counts))-6, line.colour)
	}
	d.text(x(m.Same), y(1)-8, "middle", "", m.Name)
	d.text(plotLeft, y(0)+66+float64(i)*18, "start", "", fmt.Sprintf("◆ %s: precision %.3f, recall %.3f, F1 %.3f", m.Name, m.Precision, m.Recall, m.F1))
}

func escaped(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		return ""
	}
	return b.String()
}
