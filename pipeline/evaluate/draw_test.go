package evaluate_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/unecho/unecho/pipeline/evaluate"
)

func curve() *evaluate.Curve {
	at := func(same, p, r float64) evaluate.Setting {
		return evaluate.Setting{Same: same, Counts: evaluate.Counts{Rates: evaluate.Rates{Precision: p, Recall: r, F1: 2 * p * r / (p + r)}}}
	}
	return &evaluate.Curve{
		Title:    `<a & "b">.csv` + "\x00",
		Settings: []evaluate.Setting{at(0.1, 0.4, 0.9), at(0.5, 0.8, 0.8), at(0.9, 1, 0.3)},
		Marks:    []evaluate.Mode{{Name: "clean --balanced", Setting: at(0.5, 0.8, 0.8)}, {Name: "clean", Setting: at(0.9, 1, 0.25)}},
	}
}

// The drawing is well-formed XML whatever the title, says its curves and modes
// in words, and is the same each time.
func TestDraw(t *testing.T) {
	var first, second bytes.Buffer
	if err := errors.Join(curve().Draw(&first), curve().Draw(&second)); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("the same curve gives other bytes")
	}
	var words strings.Builder
	for d := xml.NewDecoder(&first); ; {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if text, ok := token.(xml.CharData); ok {
			words.Write(text)
		}
	}
	for _, want := range []string{`<a & "b">.csv`, "precision", "recall", "F1", "0.5", "clean --balanced: precision 0.800, recall 0.800", "clean: precision 1.000, recall 0.250"} {
		if !strings.Contains(words.String(), want) {
			t.Errorf("the drawing does not say %q", want)
		}
	}
}

// A curve without points is a frame.
func TestDrawNothing(t *testing.T) {
	var b bytes.Buffer
	if err := new(evaluate.Curve).Draw(&b); err != nil || !strings.HasSuffix(b.String(), "</svg>\n") {
		t.Errorf("%v: %.80s", err, b.String())
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestDrawTellsOfADiskThatIsFull(t *testing.T) {
	if err := curve().Draw(full{}); err == nil {
		t.Error("no error")
	}
}
