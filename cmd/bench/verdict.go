package main

import "fmt"

// verdict compares unecho --balanced, which merges as the others do, with the
// quickest of them.
type verdict struct {
	Records int     `json:"records"`
	Fastest string  `json:"fastest"` // of the others that find near repeats and came to an end
	Times   float64 `json:"times"`   // its wall time, in that of unecho
	F1      float64 `json:"f1"`
	Best    float64 `json:"best_f1"` // of the others
	Reached bool    `json:"reached"`
}

// A program finds near repeats, and not only equal titles, from this recall
// on. Unecho is to be so many times as fast as the fastest that does.
const (
	nearRecall = 0.2
	asFast     = 5
)

// verdicts gives one for each list.
func verdicts(answers []answer) []verdict {
	var out []verdict
	ours := map[int]answer{}
	for _, a := range answers {
		if a.Program == balanced {
			ours[a.Records] = a
			out = append(out, verdict{Records: a.Records, F1: a.F1})
		}
	}
	for i := range out {
		v := &out[i]
		for _, a := range answers {
			if a.Records != v.Records || a.Note != "" || a.Program == plainRun || a.Program == balanced {
				continue
			}
			v.Best = max(v.Best, a.F1)
			if times := a.Wall / ours[v.Records].Wall; a.Recall >= nearRecall && (v.Fastest == "" || times < v.Times) {
				v.Fastest, v.Times = a.Program, times
			}
		}
		v.Reached = (v.Fastest == "" || v.Times >= asFast) && v.F1 > v.Best
	}
	return out
}

// String says it in a sentence.
func (v verdict) String() string {
	if v.Fastest == "" {
		return fmt.Sprintf("%s titles: no other program that finds near repeats came to an end.", count(v.Records))
	}
	return fmt.Sprintf("%s titles: %s takes %.1f times as long as %s (to reach: %d), which has an F1 of %.3f against %.3f for the best of the others. %s",
		count(v.Records), v.Fastest, v.Times, balanced, asFast, v.F1, v.Best, sign(&v.Reached))
}
