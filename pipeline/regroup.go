package pipeline

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/unecho/unecho/export"
	"github.com/unecho/unecho/pipeline/record"
	"github.com/unecho/unecho/pipeline/review"
)

// Became is what became of groups between two runs.
type Became string

// What may become of groups. A group here has two records or more in one of
// the two runs; a record that stands alone in both is counted, not listed.
const (
	Joined    Became = "joined"    // several became one
	Split     Became = "split"     // one became several
	Regrouped Became = "regrouped" // several became several others
	Grown     Became = "grown"     // records came in that the first run did not have
	Shrunk    Became = "shrunk"    // records went that the second run does not have
	Changed   Became = "changed"   // some came and others went: an entry was corrected
	New       Became = "new"       // of records that the first run did not have
	Gone      Became = "gone"      // of records that the second run does not have
	Unchanged Became = "unchanged"
)

// Becames lists them in the order in which they are told.
var Becames = [...]Became{Joined, Split, Regrouped, Grown, Shrunk, Changed, New, Gone, Unchanged}

// Regrouping is what became of the groups of one run in another of the same
// list, or of what the list is a month later. Records are the same when their
// lasting ids are.
type Regrouping struct {
	Groups  map[Became]int `json:"groups"`  // how many changes there are of each kind
	Changes []Regroup      `json:"changes"` // all but the unchanged, in the order of Becames, then by id
	Entries EntryCounts    `json:"entries"` // that stand alone in both runs, or in the one that has them
}

// EntryCounts are records that are in no group.
type EntryCounts struct {
	Unchanged int `json:"unchanged"`
	New       int `json:"new"`
	Gone      int `json:"gone"`
}

// Equal says whether the two runs grouped the same records in the same way.
func (r *Regrouping) Equal() bool {
	return len(r.Changes) == 0 && r.Entries.New == 0 && r.Entries.Gone == 0
}

// Regroup is one change.
type Regroup struct {
	Became Became          `json:"became"`
	Old    []string        `json:"old"` // ids of the groups of the first run, sorted
	New    []string        `json:"new"` // and of the second
	Size   int             `json:"size"`
	Parts  []RegroupedPart `json:"entries"` // the records, by group of the second run, then of the first, then by id
	By     []string        `json:"by"`      // what did it, in words
}

// RegroupedPart is a record of a group that changed.
type RegroupedPart struct {
	ID   string `json:"id"`
	Old  string `json:"old"` // its group in the first run, "" where it was not there
	New  string `json:"new"`
	Text string `json:"text,omitempty"`

	reason string // of the second run
	kept   bool
}

// Compare says what became of the groups of one run in another. texts gives
// the main text of records by id, ledger what people decided; both may be nil.
// The order of lines is nothing to it.
func Compare(first, second *Clustering, texts map[string]string, ledger *review.Ledger) *Regrouping {
	parts := sideBySide(first, second, texts)
	groups := connected(parts)
	out := &Regrouping{Groups: map[Became]int{}, Changes: []Regroup{}}
	for _, kind := range Becames {
		out.Groups[kind] = 0
	}
	var spoken *spokenOf
	if ledger != nil {
		spoken = newSpokenOf(ledger)
	}
	for _, members := range groups {
		g := regroup(members)
		if len(members) == 1 {
			switch g.Became {
			case New:
				out.Entries.New++
			case Gone:
				out.Entries.Gone++
			default:
				out.Entries.Unchanged++
			}
			continue
		}
		out.Groups[g.Became]++
		if g.Became != Unchanged {
			g.By = append(spoken.about(g), g.reasons()...)
			out.Changes = append(out.Changes, g)
		}
	}
	rank := func(b Became) int { return slices.Index(Becames[:], b) }
	slices.SortFunc(out.Changes, func(x, y Regroup) int {
		return cmp.Or(cmp.Compare(rank(x.Became), rank(y.Became)), strings.Compare(x.Parts[0].ID, y.Parts[0].ID))
	})
	return out
}

// sideBySide puts the two runs together, record by record, in order of id.
func sideBySide(first, second *Clustering, texts map[string]string) []RegroupedPart {
	at := make(map[string]int, len(second.Rows))
	var parts []RegroupedPart
	get := func(id string) *RegroupedPart {
		i, there := at[id]
		if !there {
			i = len(parts)
			at[id] = i
			parts = append(parts, RegroupedPart{ID: id, Text: texts[id]})
		}
		return &parts[i]
	}
	for _, r := range first.Rows {
		get(r.ID).Old = r.Cluster
	}
	for _, r := range second.Rows {
		p := get(r.ID)
		p.New, p.reason, p.kept = r.Cluster, r.Reason, r.Kept
	}
	slices.SortFunc(parts, func(x, y RegroupedPart) int { return strings.Compare(x.ID, y.ID) })
	return parts
}

// connected parts the records into those that hang together over groups of
// either run.
func connected(parts []RegroupedPart) [][]RegroupedPart {
	type group struct {
		run int
		id  string
	}
	together := &forest[int]{map[int]int{}}
	first := make(map[group]int)
	for i, p := range parts {
		for run, id := range [2]string{p.Old, p.New} {
			key := group{run, id}
			if other, there := first[key]; id != "" && there {
				together.join(i, other)
			} else if id != "" {
				first[key] = i
			}
		}
	}
	order, groups := make(map[int]int), [][]RegroupedPart(nil)
	for i, p := range parts {
		root := together.root(i)
		g, there := order[root]
		if !there {
			g = len(groups)
			order[root] = g
			groups = append(groups, nil)
		}
		groups[g] = append(groups[g], p)
	}
	return groups
}

// regroup says what became of groups that hang together.
func regroup(members []RegroupedPart) Regroup {
	g := Regroup{Size: len(members), Parts: slices.Clone(members), By: []string{}, Old: []string{}, New: []string{}}
	came, went := 0, 0
	for _, p := range members {
		if p.Old == "" {
			came++
		} else {
			g.Old = append(g.Old, p.Old)
		}
		if p.New == "" {
			went++
		} else {
			g.New = append(g.New, p.New)
		}
	}
	for _, ids := range []*[]string{&g.Old, &g.New} {
		slices.Sort(*ids)
		*ids = slices.Compact(*ids)
	}
	switch olds, news := len(g.Old), len(g.New); {
	case olds == 0:
		g.Became = New
	case news == 0:
		g.Became = Gone
	case olds > 1 && news > 1:
		g.Became = Regrouped
	case olds > 1:
		g.Became = Joined
	case news > 1:
		g.Became = Split
	case came > 0 && went > 0:
		g.Became = Changed
	case came > 0:
		g.Became = Grown
	case went > 0:
		g.Became = Shrunk
	default:
		g.Became = Unchanged
	}
	slices.SortStableFunc(g.Parts, func(x, y RegroupedPart) int {
		return cmp.Or(strings.Compare(x.New, y.New), strings.Compare(x.Old, y.Old))
	})
	return g
}

// reasons gives what the second run says of the records that came into a group:
// those that were not there, or in another than the one that stays.
func (g *Regroup) reasons() []string {
	home := make(map[string]string) // the old group of the record that stays, by new group
	for _, p := range g.Parts {
		if p.kept {
			home[p.New] = p.Old
		}
	}
	var out []string
	for _, p := range g.Parts {
		if p.New != "" && !p.kept && (p.Old == "" || p.Old != home[p.New]) {
			words := p.reason
			if p.Text != "" {
				words = "“" + p.Text + "”: " + words
			}
			out = append(out, words)
		}
	}
	return out
}

// spokenOf finds decisions by the contents of the records they are about.
type spokenOf struct{ by map[string][]review.Decision }

func newSpokenOf(ledger *review.Ledger) *spokenOf {
	s := &spokenOf{by: make(map[string][]review.Decision)}
	for _, d := range ledger.InForce().Decisions {
		if d.Kind.Decides() {
			s.by[d.A.ID] = append(s.by[d.A.ID], d)
		}
	}
	return s
}

// about gives the decisions that did it: "same" between records that came
// together, "different" or "related" between such as parted.
func (s *spokenOf) about(g Regroup) []string {
	out := []string{}
	if s == nil {
		return out
	}
	at := make(map[string][]RegroupedPart)
	for _, p := range g.Parts {
		id := review.Content(p.ID)
		at[id] = append(at[id], p)
	}
	for _, id := range slices.Sorted(maps.Keys(at)) {
		for _, d := range s.by[id] {
			if slices.ContainsFunc(at[id], func(a RegroupedPart) bool {
				return slices.ContainsFunc(at[d.B.ID], func(b RegroupedPart) bool {
					together, were := a.New == b.New && a.New != "", a.Old == b.Old && a.Old != ""
					return together != were && together == (d.Kind == review.Same)
				})
			}) {
				out = append(out, person(d.By)+" said "+spoken(d)+" of “"+d.A.Text+"” and “"+d.B.Text+"” on "+d.At.Format("2006-01-02"))
			}
		}
	}
	return out
}

// clusteringOf is what a run would write into its NAME.clusters.csv.
func clusteringOf(work *export.Work) *Clustering {
	c := &Clustering{}
	own := work.Table.Own()
	for r, v := range work.Verdicts[:own] {
		row := Clustered{Row: r + 1, ID: v.ID, Cluster: v.Cluster, Kept: v.Kept, Reason: v.Reason}
		if v.Survivor < own {
			row.Survivor = v.Survivor + 1
		}
		c.Rows = append(c.Rows, row)
	}
	return c
}

// preview says what a run would change against the last one, nil where there
// was none.
func preview(list *List, work *export.Work) *Regrouping {
	if list.before == nil {
		return nil
	}
	return Compare(list.before, clusteringOf(work), list.Texts(), nil)
}

// Texts gives the main text of each record of the list, by its lasting id.
func (l *List) Texts() map[string]string {
	texts := make(map[string]string, l.Table.Own())
	own := l.Table.Own()
	for r, id := range record.IDs(l.Columns, l.Cells)[:own] {
		texts[id] = MainText(l.Columns, l.Cells, r)
	}
	return texts
}
