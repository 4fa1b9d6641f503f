package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/unecho/unecho/pipeline/review"
)

// Audit is a sample of a list's merges and near misses that a person looks
// at, and what their answers say of all of it. The answers are decisions: they
// are obeyed, and teach the weights nothing, so that the audited grouping
// stays the one that is written.
type Audit struct {
	List  *List
	Pairs []AuditPair // the sample, in the order of asking
	Seed  uint64

	o             Options
	recalled      *Recalled
	found         *Found
	strata        []AuditStratum
	copies, known int
	clock         func() time.Time
	by            string
}

// OpenAudit searches a list as Run does and draws a sample of so many pairs;
// a seed of 0 stands for one that is made from what the list holds. clock and
// by say when and who of each answer. Errors are those of Run.
func OpenAudit(ctx context.Context, o Options, sample int, seed uint64, clock func() time.Time, by string) (*Audit, error) {
	a := &Audit{o: o, clock: clock, by: by, Seed: seed, strata: auditStrata()}
	var err error
	if a.List, err = Read(ctx, o); err != nil {
		return nil, err
	}
	if err := a.List.Comparable(); err != nil {
		return nil, err
	}
	if err := a.search(ctx); err != nil {
		return nil, err
	}
	ids := a.recalled.Refs.IDs()
	if a.Seed == 0 {
		a.Seed = seedOf(ids)
	}
	var pairs []AuditPair
	pairs, a.copies, a.known = a.found.merges(a.recalled)
	pairs = append(pairs, a.found.misses(ids)...)
	a.Pairs = draw(pairs, a.strata, ids, sample, a.Seed)
	return a, nil
}

// search groups the list as the ledger stands.
func (a *Audit) search(ctx context.Context) (err error) {
	if a.recalled, err = recallAgreed(a.List, a.o); err != nil {
		return err
	}
	a.found, err = Match(ctx, a.List, a.recalled.decided(a.o))
	return err
}

// Ledger is the file that answers go to.
func (a *Audit) Ledger() string { return a.recalled.Paths[0] }

// Ref names a record of the sample as decisions do.
func (a *Audit) Ref(row int) review.Ref { return a.recalled.Refs.Ref(row) }

// Stratum is the part that a pair of the sample was drawn from.
func (a *Audit) Stratum(i int) AuditStratum { return a.strata[a.Pairs[i].Stratum] }

// Answer records what a person says about a pair of the sample: Same,
// Different, Related, or Skip where nobody can tell. It is in the ledger, on
// the disk, before Answer returns; an answer given again replaces the one
// before.
func (a *Audit) Answer(i int, kind review.Kind) error {
	if i < 0 || i >= len(a.Pairs) || !kind.Pairwise() {
		return &Error{Msg: fmt.Sprintf("%q is no answer about pair %d of %d", kind, i+1, len(a.Pairs)), Hint: "say same, different, related or skip"}
	}
	p := &a.Pairs[i]
	said, err := review.Append(a.Ledger(), review.Decision{Kind: kind, A: a.Ref(p.A), B: a.Ref(p.B), By: a.by, At: a.clock(), Via: auditVia, Version: a.o.Version})
	if err != nil {
		return &Error{Msg: fmt.Sprintf("the answer could not be written: %v", err), Hint: "it was not taken; the answers before it are in the ledger"}
	}
	p.Kind, p.said = kind, said[0].ID
	return nil
}

const auditVia = "audit"

// tally counts the answers by stratum. What nobody can tell counts as found.
func (a *Audit) tally() []AuditStratum {
	strata := slices.Clone(a.strata)
	for _, p := range a.Pairs {
		s := &strata[p.Stratum]
		if p.Kind == "" {
			continue
		}
		s.Looked++
		switch {
		case p.Kind == review.Skip:
			s.Found++
			s.Open++
		case s.Merges == (p.Kind != review.Same):
			s.Found++
		}
	}
	return strata
}

// Finish works out the statement from the answers so far, for the list as it
// is grouped with them, and records it in the ledger. It fails when nothing was
// answered.
func (a *Audit) Finish(ctx context.Context) (*Statement, error) {
	s := a.statement()
	if s.Looked == 0 {
		return nil, &Error{Msg: "no pair was looked at, so nothing can be said", Hint: "unecho audit FILE asks; a few dozen answers make a bound"}
	}
	before := slices.Clone(a.found.Cluster)
	if err := a.search(ctx); err != nil {
		return nil, err
	}
	merged, split := a.regrouped(before)
	s.WrongAtMost, s.RepeatsAtMost, s.Moved = s.WrongAtMost+merged, s.RepeatsAtMost+split, merged+split
	s.At, s.By = a.clock().UTC().Format(time.RFC3339), a.by
	for _, p := range a.Pairs {
		if p.Kind != "" {
			s.Answers = append(s.Answers, p.said)
		}
	}
	s.Grouping = grouping(a.recalled.Refs.IDs(), a.found.Survivor)
	d, err := s.decision()
	if err != nil {
		return nil, err
	}
	d.By, d.At, d.Via, d.Version = a.by, a.clock(), auditVia, a.o.Version
	if _, err := review.Append(a.Ledger(), d); err != nil {
		return nil, errors.Join(&Error{Msg: "the statement could not be written into the ledger"}, err)
	}
	return s, nil
}

// regrouped counts what the answers changed beside what was answered: merges
// of groups that no "same" joins, and parts split off that no "different"
// accounts for.
func (a *Audit) regrouped(before []int32) (merged, split int) {
	after := a.found.Cluster
	said, apart := newForest(), 0
	for _, p := range a.Pairs {
		switch merge := a.strata[p.Stratum].Merges; {
		case p.Kind == review.Same && !merge:
			said.join(before[p.A], before[p.B])
		case (p.Kind == review.Different || p.Kind == review.Related) && merge:
			apart++
		}
	}
	parts := map[[2]int32]bool{}
	for r, c := range after {
		parts[[2]int32{before[r], c}] = true
	}
	blocks := map[int32]int{}     // parts that each old group is in now
	joined := map[int32][]int32{} // old groups in each new one
	for part := range parts {
		blocks[part[0]]++
		joined[part[1]] = append(joined[part[1]], part[0])
	}
	for _, n := range blocks {
		split += n - 1
	}
	for _, old := range joined {
		roots := map[int32]bool{}
		for _, o := range old {
			roots[said.root(o)] = true
		}
		merged += len(roots) - 1
	}
	return merged, max(0, split-apart)
}
