package pipeline

import (
	"cmp"
	"slices"

	"github.com/unecho/unecho/pipeline/record"
	"github.com/unecho/unecho/pipeline/review"
)

// Growth is how a cluster came to be: its records, joined by the strongest
// links that connect them (a maximum spanning tree, by Kruskal 1956), in the
// order in which they join: the strongest first. Rows count from 0.
type Growth struct {
	Rows     []int // in order
	Survivor int
	Steps    []Joining         // one fewer than Rows
	Weakest  int               // the last step that rests on evidence, as an index into Steps; -1 when none does
	Splits   []int             // the rows that would be cut from the survivor if the weakest link went
	Next     *Joining          // the link that would hold them then; nil when there is none
	Said     []review.Decision // decisions in force about its records, in order of time
}

// Joining is a link by which records join.
type Joining struct {
	A, B        int      // rows, the smaller first
	By          JoinedBy //
	Score       float64  // of evidence, in nats
	Probability float64  // 1 for copies and decisions
	Why         string   // one line
	Size        int      // records together after it
}

// JoinedBy is what a link rests on.
type JoinedBy string

// What links rest on, the strongest first.
const (
	ByCopy     JoinedBy = "copy"     // equal in every compared column
	ByDecision JoinedBy = "decision" // a person said so
	ByEvidence JoinedBy = "evidence"
)

func (b JoinedBy) rank() int { return slices.Index([]JoinedBy{ByCopy, ByDecision, ByEvidence}, b) }

// Growth tells how the cluster of a row came to be. recalled may be nil.
func (f *Found) Growth(row int, recalled *Recalled) *Growth {
	g := &Growth{Survivor: int(f.Survivor[row]), Weakest: -1, Steps: []Joining{}}
	for r, c := range f.Cluster {
		if c == f.Cluster[row] {
			g.Rows = append(g.Rows, r)
		}
	}
	links := f.inside(g)
	g.Steps = g.tree(links, f)
	for i, s := range g.Steps {
		if s.By == ByEvidence {
			g.Weakest = i
		}
	}
	if g.Weakest >= 0 {
		g.cut(links)
	}
	if recalled != nil {
		g.Said = recalled.about(g.Rows)
	}
	return g
}

// inside lists the links between the records of a cluster, the strongest first.
func (f *Found) inside(g *Growth) []Joining {
	in := func(r int) bool { _, there := slices.BinarySearch(g.Rows, r); return there }
	var links []Joining
	first := f.passes[0]
	for i, a := range g.Rows {
		for _, b := range g.Rows[i+1:] {
			if first.Equal(a, b) {
				links = append(links, Joining{A: a, B: b, By: ByCopy, Probability: 1, Why: "equal in every compared column"})
				break // the next copy goes on from there
			}
		}
	}
	for _, p := range f.told.pairs {
		if p.says == SaysSame && in(p.a) && in(p.b) {
			links = append(links, Joining{A: p.a, B: p.b, By: ByDecision, Probability: 1, Why: "a person said so"})
		}
	}
	for _, l := range f.Links {
		if l.Band == record.Certain && in(l.A) && in(l.B) {
			links = append(links, evident(l))
		}
	}
	strongestFirst(links)
	return links
}

func evident(l record.Link) Joining {
	return Joining{A: min(l.A, l.B), B: max(l.A, l.B), By: ByEvidence, Score: l.Score, Probability: l.Probability, Why: l.Why}
}

func strongestFirst(links []Joining) {
	slices.SortFunc(links, func(x, y Joining) int {
		return cmp.Or(cmp.Compare(x.By.rank(), y.By.rank()), cmp.Compare(y.Score, x.Score), cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B))
	})
}

// tree takes the links that join what was apart. What no listed link joins is
// joined by the strongest evidence there is between the two sides.
func (g *Growth) tree(links []Joining, f *Found) []Joining {
	parts := newParts(g.Rows)
	steps := []Joining{}
	take := func(l Joining) {
		if l.Size = parts.join(l.A, l.B); l.Size > 0 {
			steps = append(steps, l)
		}
	}
	for _, l := range links {
		take(l)
	}
	for len(steps) < len(g.Rows)-1 {
		take(g.unlisted(parts, f))
	}
	return steps
}

// unlistedMost bounds the pairs that are looked at for one missing link.
const unlistedMost = 2000

// unlisted finds the strongest evidence between the survivor's part and the
// rest.
func (g *Growth) unlisted(parts *parts, f *Found) Joining {
	var best Joining
	looked := 0
	for _, a := range g.Rows {
		for _, b := range g.Rows {
			if parts.of[a] != parts.of[g.Survivor] || parts.of[b] == parts.of[g.Survivor] {
				continue
			}
			if looked++; looked > unlistedMost {
				return best
			}
			if l := evident(f.Explain(a, b).Link); best.By == "" || l.Score > best.Score {
				best = l
			}
		}
	}
	return best
}

// cut finds what the weakest link holds, and what would hold it without.
func (g *Growth) cut(links []Joining) {
	weakest := g.Steps[g.Weakest]
	parts := newParts(g.Rows)
	for i, s := range g.Steps {
		if i != g.Weakest {
			parts.join(s.A, s.B)
		}
	}
	for _, r := range g.Rows {
		if parts.of[r] != parts.of[g.Survivor] {
			g.Splits = append(g.Splits, r)
		}
	}
	for _, l := range links {
		if parts.of[l.A] != parts.of[l.B] && (l.A != weakest.A || l.B != weakest.B) {
			l.Size = len(g.Rows)
			g.Next = &l
			return
		}
	}
}

// parts are records that are joined, each part by the number of one of them.
type parts struct {
	of      map[int]int
	members map[int][]int
}

func newParts(rows []int) *parts {
	p := &parts{of: make(map[int]int, len(rows)), members: make(map[int][]int, len(rows))}
	for _, r := range rows {
		p.of[r], p.members[r] = r, []int{r}
	}
	return p
}

// join joins the parts of two records and gives the size of what comes of it,
// 0 when they were one already.
func (p *parts) join(a, b int) int {
	x, y := p.of[a], p.of[b]
	if x == y {
		return 0
	}
	if len(p.members[x]) < len(p.members[y]) {
		x, y = y, x
	}
	for _, r := range p.members[y] {
		p.of[r] = x
	}
	p.members[x] = append(p.members[x], p.members[y]...)
	delete(p.members, y)
	return len(p.members[x])
}

// about gives the decisions in force about some rows, in order.
func (r *Recalled) about(rows []int) []review.Decision {
	ids := map[string]bool{}
	in := func(row int) bool {
		return slices.ContainsFunc(rows, func(mine int) bool { return r.one(mine, row) })
	}
	for _, p := range r.Pairs {
		ids[p.Decision.ID] = ids[p.Decision.ID] || in(p.A) || in(p.B)
	}
	for _, o := range slices.Concat(r.Keeps, r.Values) {
		ids[o.Decision.ID] = ids[o.Decision.ID] || in(o.Row)
	}
	var out []review.Decision
	for _, d := range r.Force.Decisions {
		if ids[d.ID] {
			out = append(out, d)
		}
	}
	return out
}
