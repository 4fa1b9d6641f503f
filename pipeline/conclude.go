package pipeline

import (
	"cmp"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/unecho/unecho/dedupe"
	"github.com/unecho/unecho/export"
	"github.com/unecho/unecho/pipeline/record"
)

// Conclude turns what was found into what is written: a verdict on every
// record, the questions worth asking in the order of their use, and what is
// kept apart on purpose. The evidence for a question is computed when a writer
// asks for it.
func Conclude(list *List, found *Found, o Options) *export.Work {
	work := &export.Work{
		Table: list.Table, Columns: list.Columns, Cells: list.Cells, Changes: list.Changes,
		Related:  inBand(found.Links, record.Related),
		Evidence: func(a, b int) []record.Evidence { return found.Explain(a, b).Evidence },
	}
	if o.Progress != nil {
		o.Progress("concluding", 0, 0)
	}
	var aside sync.WaitGroup // none of these needs another
	aside.Go(func() { work.Series = found.series() })
	aside.Go(func() { work.Review, work.Settles = found.questions() })
	ids := record.IDs(list.Columns, list.Cells)
	names := clusterNames(found.Cluster, ids, list.was)
	aside.Wait()
	found.word(work.Review[:min(examplesShown, len(work.Review))])
	if o.forget {
		found.done(o.writes(XLSX))
	}
	work.Verdicts, work.Brakes = found.verdicts(list.Table, ids, names), found.brakes(names)
	if o.KeepText {
		work.Cells, work.Changes = list.Table.Cells, nil
	}
	work.Cells, work.Fills = merged(work.Cells, len(list.Columns), found.Fills), found.Fills
	filledFrom(work.Verdicts, list.Columns, found.Fills)
	var typed []record.Change
	work.Cells, typed = found.typed(work.Cells, len(list.Columns), o.Values)
	work.Changes = ofOwn(list.Table, withTyped(work.Changes, typed))
	work.Summary = summary(list, found, work, o)
	return work
}

// word says why pairs are doubtful of which it was not said yet.
func (f *Found) word(links []record.Link) {
	for i := range links {
		if k := &links[i]; k.Why == "" {
			k.Why = f.Explain(k.A, k.B).Why
		}
	}
}

// members lists the rows of each cluster.
func (f *Found) members() [][]int { return record.Members[int](f.Cluster) }

func (f *Found) verdicts(t *record.Table, ids, names []string) []record.Verdict {
	verdicts := make([]record.Verdict, len(ids))
	verdict := func(r int) {
		verdicts[r] = record.Verdict{
			ID: ids[r], Cluster: names[f.Cluster[r]],
			Kept: int(f.Survivor[r]) == r, Survivor: int(f.Survivor[r]),
			Probability: f.Held[r], Reason: f.Reason[r],
		}
		if t.Old > 0 {
			verdicts[r].Reason = placed(t, f.Reason[r])
		}
	}
	part := max(1024, (len(ids)+runtime.GOMAXPROCS(0)-1)/runtime.GOMAXPROCS(0))
	var wg sync.WaitGroup
	for from := 0; from < len(ids); from += part {
		wg.Go(func() {
			for r := from; r < min(from+part, len(ids)); r++ {
				verdict(r)
			}
		})
	}
	wg.Wait()
	return verdicts
}

func (f *Found) brakes(names []string) []export.Brake {
	brakes := make([]export.Brake, len(f.Brakes))
	for i, b := range f.Brakes {
		brakes[i] = export.Brake{Cluster: names[b.Cluster], Size: b.Size, A: b.Weakest[0], B: b.Weakest[1], Probability: b.Probability, Loose: b.Loose()}
	}
	return brakes
}

// questions gives the doubtful pairs worth an answer, and how many records
// each answer decides: the smaller of the two clusters that it would join.
// Pairs whose records already stand together are answered, and of several
// pairs between the same two clusters only the likeliest is asked. The pair
// that decides most comes first, among equals the one nearest to even odds.
func (f *Found) questions() ([]record.Link, []int) {
	best, size := questionsOf(f.Result), record.Sizes(f.Cluster)
	type question struct {
		*record.Link
		settles int
		doubt   float64
	}
	asked := make([]question, 0, len(best))
	for _, link := range best {
		settles := min(size[f.Cluster[link.A]], size[f.Cluster[link.B]])
		asked = append(asked, question{link, int(settles), abs(link.Score)})
	}
	slices.SortFunc(asked, func(x, y question) int {
		return cmp.Or(
			cmp.Compare(y.settles, x.settles),
			cmp.Compare(x.doubt, y.doubt),
			cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B))
	})
	review, decides := make([]record.Link, len(asked)), make([]int, len(asked))
	for i, q := range asked {
		review[i], decides[i] = *q.Link, q.settles
	}
	return review, decides
}

// questionsOf gives the likeliest doubtful pair between each two clusters.
func questionsOf(r *dedupe.Result) map[[2]int32]*record.Link {
	return strongestBetween(r, r.Links, func(link record.Link) bool { return link.Band >= record.Review })
}

// strongestBetween gives, of the links that count, the one with the highest
// score between each two clusters.
func strongestBetween(r *dedupe.Result, links []record.Link, counts func(record.Link) bool) map[[2]int32]*record.Link {
	best := make(map[[2]int32]*record.Link)
	for i := range links {
		link := &links[i]
		key := clustersOf(r, *link)
		if key[0] == key[1] || !counts(*link) {
			continue
		}
		if seen, known := best[key]; !known || link.Score > seen.Score {
			best[key] = link
		}
	}
	return best
}

func clustersOf(r *dedupe.Result, link record.Link) [2]int32 {
	a, b := r.Cluster[link.A], r.Cluster[link.B]
	return [2]int32{min(a, b), max(a, b)}
}

func abs(x float64) float64 { return max(x, -x) }

func inBand(links []record.Link, band record.Band) []record.Link {
	var in []record.Link
	for _, link := range links {
		if link.Band == band {
			in = append(in, link)
		}
	}
	return in
}

func pick(ids []string, rows []int) []string {
	picked := make([]string, len(rows))
	for i, r := range rows {
		picked[i] = ids[r]
	}
	return picked
}

// summary is what the sheet Start says.
func summary(list *List, found *Found, work *export.Work, o Options) export.Summary {
	s := export.Summary{
		Command: o.Command, Version: o.Version, Flags: o.Flags, Named: o.Inputs,
		Read: list.Table.Own(), Rejected: len(list.Table.Rejects), Review: len(work.Review),
		Promise: promise(found.Promise), Held: held(o.weights().Held),
	}
	own := work.Verdicts[:s.Read]
	for _, v := range own {
		if v.Kept {
			s.Kept++
		}
	}
	s.Merged = s.Read - s.Kept
	s.Clusters = groups(own)
	records := make([]int, len(list.Table.Sources))
	for _, at := range list.Table.At {
		records[at.Source]++
	}
	for i, source := range list.Table.OwnSources() {
		s.Inputs = append(s.Inputs, export.Input{Name: source.Name, SHA256: source.SHA256, Format: source.Format, Encoding: source.Encoding, Records: records[i]})
	}
	return s
}

// groups counts the clusters of two records or more.
func groups(verdicts []record.Verdict) int {
	n, seen := 0, make(map[string]bool)
	for _, v := range verdicts {
		if !v.Kept && !seen[v.Cluster] {
			seen[v.Cluster] = true
			n++
		}
	}
	return n
}

// held says in one sentence how far the probabilities can be trusted on a list
// of a kind that the weights have not seen.
func held(bands []dedupe.Held) string {
	var parts []string
	for _, h := range bands {
		if h.From == 0.5 || h.From == 0.8 || h.From == 0.95 {
			parts = append(parts, fmt.Sprintf("%.0f %% from %g on (%.0f %% on the worst kind)", 100*h.Mean, h.From, 100*h.Worst))
		}
	}
	if parts == nil {
		return ""
	}
	return "A probability comes from other lists. On kinds of list that the weights had not seen, so many of the pairs were repeats: " + strings.Join(parts, ", ") + "."
}

// promise says in one sentence what the search guarantees.
func promise(p dedupe.Promise) string {
	if p.Of == "" {
		return ""
	}
	return fmt.Sprintf("Every pair with a similarity of %s or more (%s) was looked at.", strconv.FormatFloat(p.Similarity, 'g', 3, 64), p.Of)
}
