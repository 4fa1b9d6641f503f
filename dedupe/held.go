package dedupe

import (
	"cmp"
	"fmt"
	"slices"
)

// Held says how far the probabilities of a band held on lists of kinds that
// the weights had not seen: the share of its pairs that were the same thing.
type Held struct {
	From  float64 `json:"from"`  // the band's lower bound; the next band's is the upper
	Mean  float64 `json:"mean"`  // over kinds of list
	Worst float64 `json:"worst"` // of the kind where it held least
}

// heldFrom are the lower bounds of the bands; heldPairs is how many pairs of a
// list must lie in a band for its share to count.
var heldFrom = [...]float64{0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98}

const heldPairs = 20

// MeasureHeld takes labelled lists and, for each family, weights that were
// learned without it. Lists of a family weigh the same; families with too few
// pairs in a band say nothing about it.
func MeasureHeld(samples []*Sample, unseen map[string]*Weights) []Held {
	shares := make([]map[string][]float64, len(heldFrom))
	for b := range shares {
		shares[b] = map[string][]float64{}
	}
	for _, s := range samples {
		w := unseen[s.Family]
		if w == nil {
			continue
		}
		var same, all [len(heldFrom)]int
		for i := range s.rows {
			b := heldBand(probability(w.score(&s.rows[i])))
			if b < 0 {
				continue
			}
			all[b]++
			if s.same[i] {
				same[b]++
			}
		}
		for b, n := range all {
			if n >= heldPairs {
				shares[b][s.Family] = append(shares[b][s.Family], float64(same[b])/float64(n))
			}
		}
	}
	var held []Held
	for b, families := range shares {
		if len(families) == 0 {
			continue
		}
		var means []float64
		for _, lists := range families {
			means = append(means, mean(lists))
		}
		slices.Sort(means)
		held = append(held, Held{From: heldFrom[b], Mean: mean(means), Worst: means[0]})
	}
	return held
}

// heldBand numbers the band of a probability, -1 below the first.
func heldBand(p float64) int {
	b, found := slices.BinarySearch(heldFrom[:], p)
	if found {
		return b
	}
	return b - 1
}

func mean(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}

// HeldAt gives how far a probability held; ok is false where nobody measured:
// below an even chance, and for weights that say nothing of it, such as those
// that a person's answers have moved.
func (w *Weights) HeldAt(p float64) (held Held, ok bool) {
	for _, h := range w.Held {
		if p >= h.From {
			held, ok = h, true
		}
	}
	return held, ok
}

// Words says it in one line: "of pairs this likely, 93 in 100 were repeats on
// kinds of list that the weights had not seen; 81 on the worst kind".
func (h Held) Words() string {
	return fmt.Sprintf("of pairs this likely, %.0f in 100 were repeats on kinds of list that the weights had not seen; %.0f on the worst kind", 100*h.Mean, 100*h.Worst)
}

// The names under which a weights file has these shares.
const (
	heldMean  = "held"
	heldWorst = "held at worst"
)

// addHeld takes one line about a band of a weights file.
func (w *Weights) addHeld(name string, from, share float64) error {
	if !(from >= 0.5 && from < 1) || !(share >= 0 && share <= 1) {
		return fmt.Errorf("%q takes a probability from 0.5 to 1 and a share from 0 to 1", name)
	}
	i, found := slices.BinarySearchFunc(w.Held, from, func(h Held, from float64) int { return cmp.Compare(h.From, from) })
	if !found {
		w.Held = slices.Insert(w.Held, i, Held{From: from, Mean: share, Worst: share})
	}
	if name == heldMean {
		w.Held[i].Mean = share
	} else {
		w.Held[i].Worst = share
	}
	return nil
}
