package main

import (
	"fmt"
	"math"
)

// table is all that was measured in a run; its JSON keys are stable.
type table struct {
	Machine machine    `json:"machine"`
	Quick   bool       `json:"quick,omitempty"` // small lists: nothing is said about speed
	Real    bool       `json:"real_titles"`     // not made of words
	Rows    []measured `json:"rows"`
	Growth  *growth    `json:"growth,omitempty"`
	Peers   []answer   `json:"peers,omitempty"`

	Verdicts []verdict `json:"verdicts,omitempty"` // one for each list that the peers were measured on
}

// measured is a row after its run.
type measured struct {
	Name    string `json:"name"`
	Work    string `json:"work"`
	Records int    `json:"records"`
	cost
	Floor   *cost   `json:"floor,omitempty"`
	Target  target  `json:"target"`
	Times   float64 `json:"times_the_million,omitempty"`
	Reached *bool   `json:"reached,omitempty"` // nil where nothing was asked for, or where it cannot be told
}

// growth is how the time of titles grows with their number: as its power of so much.
type growth struct {
	From     int     `json:"from"`
	To       int     `json:"to"`
	Exponent float64 `json:"exponent"`
	Most     float64 `json:"most"` // that it is to be
}

// answer is what a program found in a list with known repeats.
type answer struct {
	Program string `json:"program"`
	Records int    `json:"records"`
	cost
	Precision float64 `json:"precision"` // of pairs
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
	Asked     int     `json:"asked,omitempty"` // pairs that are put to a person, beside those found
	Note      string  `json:"note,omitempty"`  // why there is no answer
}

// find gives a row by its name.
func (t *table) find(name string) *measured {
	for i := range t.Rows {
		if t.Rows[i].Name == name {
			return &t.Rows[i]
		}
	}
	return nil
}

// mostGrowth is the exponent that the time may grow by.
const mostGrowth = 1.15

// judge says which rows are what they are to be. Small lists say nothing.
func (t *table) judge() {
	if t.Quick {
		return
	}
	million := t.find("titles-1m")
	for i := range t.Rows {
		m := &t.Rows[i]
		if million != nil {
			m.Times = m.Wall / million.Wall
		}
		m.Reached = m.reached()
	}
	t.Verdicts = verdicts(t.Peers)
	if few := t.find("titles-100k"); few != nil && million != nil {
		t.Growth = &growth{few.Records, million.Records, math.Log(million.Wall/few.Wall) / math.Log(float64(million.Records)/float64(few.Records)), mostGrowth}
	}
}

// reached compares a row with its target.
func (m *measured) reached() *bool {
	g := m.Target
	if g == (target{}) || g.Floors > 0 && m.Floor == nil || g.Times > 0 && m.Times == 0 {
		return nil
	}
	ok := (g.Seconds == 0 || m.Wall <= g.Seconds) && (g.Floors == 0 || m.Wall <= g.Floors*m.Floor.Wall) &&
		(g.Times == 0 || m.Times <= g.Times) && (g.Peak == 0 || float64(m.Peak) <= g.Peak)
	return &ok
}

// String says a target in words.
func (g target) String() string {
	text := ""
	add := func(limit float64, part string) {
		if limit == 0 {
			return
		}
		if text != "" {
			text += ", "
		}
		text += part
	}
	add(g.Seconds, "≤ "+seconds(g.Seconds))
	add(g.Floors, fmt.Sprintf("≤ %g × floor", g.Floors))
	add(g.Times, fmt.Sprintf("≤ %g × the million", g.Times))
	add(g.Peak, "≤ "+memory(int64(g.Peak)))
	return text
}
