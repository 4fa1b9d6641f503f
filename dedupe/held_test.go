package dedupe

import (
	"bytes"
	"math"
	"strings"
	"testing"
)

// flat are weights under which every pair has one score.
func flat(score float64) *Weights {
	return &Weights{Base: score, Levels: make([][]Level, measureCount)}
}

// judged is a list of n pairs of which so many are the same.
func judged(family string, n, same int) *Sample {
	s := &Sample{Family: family, rows: make([]comparison, n), same: make([]bool, n)}
	for i := range same {
		s.same[i] = true
	}
	return s
}

func TestMeasureHeld(t *testing.T) {
	samples := []*Sample{judged("a", 100, 90), judged("a", 100, 70), judged("b", 40, 20), judged("b", 3, 0), judged("unlearned", 50, 0)}
	got := MeasureHeld(samples, map[string]*Weights{"a": flat(logOdds(0.85)), "b": flat(logOdds(0.8))})
	if len(got) != 1 || got[0].From != 0.8 || math.Abs(got[0].Mean-0.65) > 1e-9 || got[0].Worst != 0.5 {
		t.Errorf("got %+v, want 0.65 and 0.5 from 0.8 on: the list of 3 pairs and the family without weights say nothing", got)
	}
}

func TestHeldComesBackFromTheFile(t *testing.T) {
	w := flat(0)
	w.Held = []Held{{0.5, 0.4, 0.1}, {0.9, 0.8, 0.3}}
	var file bytes.Buffer
	if err := w.Write(&file); err != nil {
		t.Fatal(err)
	}
	back, err := ReadWeights(&file, "w.csv")
	if err != nil {
		t.Fatal(err)
	}
	for p, want := range map[float64]Held{0.5: w.Held[0], 0.89: w.Held[0], 0.9: w.Held[1], 1: w.Held[1]} {
		if got, ok := back.HeldAt(p); !ok || got != want {
			t.Errorf("at %g: %+v %v, want %+v", p, got, ok, want)
		}
	}
	if _, ok := back.HeldAt(0.49); ok {
		t.Error("below an even chance nobody measured")
	}
	for line, want := range map[string]string{
		"held,x,0.5":            "not a number",
		"held at worst,0.9,1.2": "a share from 0 to 1",
		"held,0.2,0.5":          "a probability from 0.5 to 1",
	} {
		if _, err := ReadWeights(strings.NewReader(weightsVersion+"\nbase,,0\n"+line+"\n"), "w.csv"); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "w.csv:3") {
			t.Errorf("%s: error %v, want one with %q and the line", line, err, want)
		}
	}
}
