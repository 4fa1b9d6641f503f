package main

import (
	"fmt"
	"slices"

	"github.com/unecho/unecho/pipeline/evaluate"
)

// quality is all that was measured; its JSON keys are stable.
type quality struct {
	Families []familyQuality `json:"families"`
	Lists    []listQuality   `json:"lists"`
}

// familyQuality holds the means of a family over its lists that count. A list
// of one table counts in the ways across as it does without.
type familyQuality struct {
	Name  string  `json:"name"`
	Lists int     `json:"lists"`
	Means []means `json:"means"`
}

type means struct {
	way
	Pairs   evaluate.Rates `json:"pairs"`
	Surplus evaluate.Rates `json:"surplus"`
	BCubed  evaluate.Rates `json:"bcubed"`
}

func (f *familyQuality) find(w way) (means, bool) {
	for _, m := range f.Means {
		if m.way == w {
			return m, true
		}
	}
	return means{}, false
}

// ways lists every way, in the order of the results.
func ways() (all []way) {
	for _, columns := range []string{"all", "title"} {
		for _, across := range []bool{false, true} {
			for _, balanced := range []bool{false, true} {
				all = append(all, way{Columns: columns, Balanced: balanced, Across: across})
				if columns != "all" {
					continue
				}
				for _, n := range answered {
					all = append(all, way{Columns: columns, Balanced: balanced, Across: across, Answers: n})
				}
				all = append(all, way{Columns: columns, Balanced: balanced, Across: across, Answers: answeredWrong, Wrong: true})
			}
		}
	}
	return all
}

// summarise puts families together.
func summarise(lists []listQuality) *quality {
	q := &quality{Lists: lists}
	for _, name := range append(slices.Clone(families), "others") {
		f := familyQuality{Name: name}
		var members []listQuality
		for _, l := range lists {
			if l.Family == name && l.Counted {
				members = append(members, l)
			}
		}
		if f.Lists = len(members); f.Lists == 0 {
			continue
		}
		for _, w := range ways() {
			f.Means = append(f.Means, meanOf(members, w))
		}
		q.Families = append(q.Families, f)
	}
	return q
}

func meanOf(lists []listQuality, w way) means {
	m := means{way: w}
	for _, l := range lists {
		s, ok := l.find(w)
		if !ok {
			alone := w
			alone.Across = false
			s, _ = l.find(alone)
		}
		for _, p := range []struct{ sum, one *evaluate.Rates }{{&m.Pairs, &s.Pairs.Rates}, {&m.Surplus, &s.Surplus.Rates}, {&m.BCubed, &s.BCubed}} {
			p.sum.Precision += p.one.Precision
			p.sum.Recall += p.one.Recall
			p.sum.F1 += p.one.F1
		}
	}
	n := float64(len(lists))
	for _, r := range []*evaluate.Rates{&m.Pairs, &m.Surplus, &m.BCubed} {
		r.Precision, r.Recall, r.F1 = round(r.Precision/n), round(r.Recall/n), round(r.F1/n)
	}
	return m
}

// tolerance is how far a family's figure may fall: less than a person would
// notice, more than the labels are wrong.
const tolerance = 0.02

// compare lists the figures of families that fell or rose by more than the
// tolerance. A family or a way that is gone has fallen. Precision counts where
// nobody is asked: in the surplus of the cautious ways.
func compare(before, now *quality) (fallen, risen []string) {
	for _, was := range before.Families {
		at := slices.IndexFunc(now.Families, func(f familyQuality) bool { return f.Name == was.Name })
		if at < 0 {
			fallen = append(fallen, was.Name+" is no longer measured")
			continue
		}
		for _, m := range was.Means {
			is, ok := now.Families[at].find(m.way)
			if !ok {
				fallen = append(fallen, fmt.Sprintf("%s (%s) is no longer measured", was.Name, m.way))
				continue
			}
			for _, figure := range figures(m, is) {
				line := fmt.Sprintf("%s (%s): %s %.3f → %.3f", was.Name, m.way, figure.name, figure.was, figure.is)
				switch {
				case figure.is < figure.was-tolerance:
					fallen = append(fallen, line)
				case figure.is > figure.was+tolerance:
					risen = append(risen, line)
				}
			}
		}
	}
	return fallen, risen
}

type figure struct {
	name    string
	was, is float64
}

func figures(was, is means) []figure {
	all := []figure{
		{"pair F1", was.Pairs.F1, is.Pairs.F1},
		{"surplus F1", was.Surplus.F1, is.Surplus.F1},
		{"B-cubed F1", was.BCubed.F1, is.BCubed.F1},
	}
	if !was.Balanced {
		all = append(all, figure{"surplus precision", was.Surplus.Precision, is.Surplus.Precision})
	}
	return all
}
