package dedupe

import (
	"bytes"
	"math"
	"strings"
	"testing"
)

// The shipped weights are read, written and read again without a change.
func TestShippedWeightsComeBack(t *testing.T) {
	w := Shipped()
	var out bytes.Buffer
	if err := w.Write(&out); err != nil {
		t.Fatal(err)
	}
	if out.String() != shippedWeights {
		t.Error("what Write writes differs from the shipped file")
	}
}

// Every comparison that has a direction keeps it: more of what speaks for the
// same never counts less.
func TestShippedWeightsAreMonotone(t *testing.T) {
	for m, levels := range Shipped().Levels {
		sign := float64(measures[m].sign)
		for i := 1; i < len(levels); i++ {
			if math.IsNaN(levels[i-1].UpTo) || sign == 0 {
				continue
			}
			if (levels[i].Weight-levels[i-1].Weight)*sign < -1e-9 {
				t.Errorf("%s: the level up to %v counts %v, the one before %v", measures[m].key, levels[i].UpTo, levels[i].Weight, levels[i-1].Weight)
			}
		}
	}
}

func TestReadWeightsSaysWhatIsWrong(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"another version", "unecho weights 0\n", `w.csv:1: the first line is "unecho weights 0"`},
		{"unknown comparison", "unecho weights 1\nbase,,1\nmoon,inf,1\n", `w.csv:3: unknown comparison "moon"`},
		{"fields", "unecho weights 1\nbase,1\n", "w.csv:2: 2 fields"},
		{"weight", "unecho weights 1\nbase,,heavy\n", `w.csv:2: weight "heavy" is not a number`},
		{"not a number", "unecho weights 1\nbase,,NaN\n", `w.csv:2: weight "NaN" is not a number`},
		{"level", "unecho weights 1\nbase,,1\nwhole,up,1\n", `w.csv:3: up_to "up"`},
		{"order", "unecho weights 1\nbase,,1\nwhole,0.5,1\nwhole,0.4,1\n", `w.csv:4: levels of "whole" are not in order`},
		{"no end", "unecho weights 1\nbase,,1\nwhole,0.5,1\n", `the last level of "whole" is not up to inf`},
		{"no base", "unecho weights 1\n", "there is no line for the base"},
		{"empty", "", "there is no line for the base"},
	} {
		_, err := ReadWeights(strings.NewReader(c.text), "w.csv")
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}

// A sum of evidence is what is shown: base and weights add up to the score.
func TestExplanationIsASum(t *testing.T) {
	in := survivors(
		[3]string{"1999", "a long walk to the northern sea", "oslo"},
		[3]string{"1999", "a long walk to the northern seas", "oslo"},
		[3]string{"2004", "gardens of the north, part 2", "rome"},
		[3]string{"2005", "gardens of the north, part 3", ""},
	)
	for a := range 4 {
		for b := range 4 {
			if a == b {
				continue
			}
			e, err := Explain(t.Context(), in, Options{}, a, b)
			if err != nil {
				t.Fatal(err)
			}
			sum := e.Base
			for _, v := range e.Evidence {
				sum += v.Weight
			}
			if math.Abs(sum-e.Score) > 1e-9 {
				t.Errorf("rows %d and %d: the parts add up to %v, the score is %v", a+1, b+1, sum, e.Score)
			}
		}
	}
}
