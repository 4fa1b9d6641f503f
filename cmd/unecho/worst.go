package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/unecho/unecho/pipeline"
	"github.com/unecho/unecho/pipeline/record"
)

func worstFlag() cli.Flag {
	return &cli.IntFlag{Name: "worst", Usage: "show the `N` worst false merges and misses of each, with their sums"}
}

// mistake is a pair that was judged wrong, with the sum behind it. Rows count
// from 1.
type mistake struct {
	A           int           `json:"a"`
	B           int           `json:"b"`
	TextA       string        `json:"text_a"`
	TextB       string        `json:"text_b"`
	Probability float64       `json:"probability"`
	Score       float64       `json:"score"` // log-odds: base and weights together
	Base        float64       `json:"base"`
	Evidence    []whyEvidence `json:"evidence"`
	Why         string        `json:"why"`
}

// mistakes are the worst of one mode.
type mistakes struct {
	Merges []mistake `json:"merges"` // different things in one group, the surest first
	Misses []mistake `json:"misses"` // one thing in two groups, the most doubted first
}

// mistakesLooked bounds the pairs of each kind that are weighed, pairsLooked
// those that are gone through for them; of more, the first in reading order
// count.
const (
	mistakesLooked = 5_000
	pairsLooked    = 50_000_000
)

// worst weighs the pairs that stand wrong and gives the n worst of each kind.
func worst(list *pipeline.List, found *pipeline.Found, truth, sources []int32, n int) *mistakes {
	m := &mistakes{
		Merges: weigh(list, found, wrongPairs(found.Cluster, truth, sources)),
		Misses: weigh(list, found, wrongPairs(truth, found.Cluster, sources)),
	}
	slices.SortStableFunc(m.Merges, func(x, y mistake) int { return cmp.Compare(y.Score, x.Score) })
	slices.SortStableFunc(m.Misses, func(x, y mistake) int { return cmp.Compare(x.Score, y.Score) })
	m.Merges, m.Misses = m.Merges[:min(n, len(m.Merges))], m.Misses[:min(n, len(m.Misses))]
	return m
}

// wrongPairs lists pairs of rows that share a label in one clustering and not
// in the other, in order; with sources, only those across.
func wrongPairs(together, apart, sources []int32) [][2]int {
	members := make(map[int32][]int)
	var pairs [][2]int
	looked := 0
	for b, label := range together {
		if looked += len(members[label]); looked > pairsLooked {
			break
		}
		for _, a := range members[label] {
			if apart[a] != apart[b] && (sources == nil || sources[a] != sources[b]) {
				pairs = append(pairs, [2]int{a, b})
			}
			if len(pairs) == mistakesLooked {
				return pairs
			}
		}
		members[label] = append(members[label], b)
	}
	return pairs
}

// weigh gives the sum of each pair.
func weigh(list *pipeline.List, found *pipeline.Found, pairs [][2]int) []mistake {
	out := []mistake{}
	for _, pair := range pairs {
		e := found.Explain(pair[0], pair[1])
		m := mistake{A: pair[0] + 1, B: pair[1] + 1, Score: e.Score, Base: e.Base, Probability: e.Probability, Why: e.Why, Evidence: evidenceReport(e.Evidence),
			TextA: pipeline.MainText(list.Columns, list.Cells, pair[0]), TextB: pipeline.MainText(list.Columns, list.Cells, pair[1])}
		out = append(out, m)
	}
	return out
}

func evidenceReport(evidence []record.Evidence) []whyEvidence {
	out := []whyEvidence{}
	for _, e := range evidence {
		out = append(out, whyEvidence{Name: e.Name, Level: e.Level, Weight: e.Weight})
	}
	return out
}

// mistakes shows the worst pairs of a mode.
func (v *voice) mistakes(mode string, m *mistakes) {
	if m == nil {
		return
	}
	for _, part := range []struct {
		name  string
		pairs []mistake
	}{{"false merges, the surest first", m.Merges}, {"misses, the most doubted first", m.Misses}} {
		if len(part.pairs) == 0 {
			v.data("%s: no %s\n\n", mode, strings.Split(part.name, ",")[0])
			continue
		}
		v.data("%s: %s\n", mode, part.name)
		for _, p := range part.pairs {
			v.data("%s\n%s\n        probability %.4f: %s\n        sum %+.2f = base %+.2f%s\n", rowText(p.A, p.TextA), rowText(p.B, p.TextB), p.Probability, p.Why, p.Score, p.Base, largest(p.Evidence))
		}
		v.data("\n")
	}
}

// largest writes the weights of a sum in order of size, down to a twentieth of
// a nat.
func largest(evidence []whyEvidence) string {
	sorted := slices.Clone(evidence)
	slices.SortStableFunc(sorted, func(x, y whyEvidence) int { return cmp.Compare(math.Abs(y.Weight), math.Abs(x.Weight)) })
	var b strings.Builder
	rest := 0.0
	for _, e := range sorted {
		if math.Abs(e.Weight) < 0.05 {
			rest += e.Weight
			continue
		}
		fmt.Fprintf(&b, ", %s %+.2f", e.Name, e.Weight)
	}
	if math.Abs(rest) >= 0.005 {
		fmt.Fprintf(&b, ", the rest %+.2f", rest)
	}
	return b.String()
}
