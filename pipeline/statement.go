package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/unecho/unecho/pipeline/evaluate"
	"github.com/unecho/unecho/pipeline/record"
	"github.com/unecho/unecho/pipeline/review"
)

// Statement is what an audit says of a list as it is grouped: bounds that hold
// together with the confidence, whatever the list is like. Where a stratum was
// seen in full its number is known; elsewhere it is bounded from the sample by
// the exact (hypergeometric) form of Clopper and Pearson's interval, and the
// chance of error is shared out over all strata (Bonferroni).
type Statement struct {
	At         string  `json:"at"` // RFC 3339
	By         string  `json:"by"`
	Confidence float64 `json:"confidence"`
	Seed       uint64  `json:"seed"`
	Sample     int     `json:"sample"` // pairs drawn
	Looked     int     `json:"looked"` // pairs answered; fewer when it was stopped early

	Merges       int  `json:"merges"`        // removed records
	Copies       int  `json:"copies"`        // of them exact copies, which nobody can tell apart
	Known        int  `json:"known"`         // of them, people had said so before
	WrongFound   int  `json:"wrong_found"`   // merges that were wrong, and are put right by the answers
	WrongAtMost  int  `json:"wrong_at_most"` // merges that are wrong still
	MergesLooked int  `json:"merges_looked"` // pairs
	MergesKnown  bool `json:"merges_known"`  // the number is exact: all were looked at

	Near          int  `json:"near"`            // near misses: pairs of groups kept apart at a probability of 0.05 and above, or as parts and editions
	RepeatsFound  int  `json:"repeats_found"`   // that were repeats, and are merged by the answers
	RepeatsAtMost int  `json:"repeats_at_most"` // repeats that remain among them still
	NearLooked    int  `json:"near_looked"`
	NearKnown     bool `json:"near_known"`

	Far       int `json:"far"` // pairs less alike; looked into, not bounded
	FarLooked int `json:"far_looked"`
	FarFound  int `json:"far_found"`

	Open   int            `json:"open"`   // answers "cannot tell", which count as mistakes
	Moved  int            `json:"moved"`  // records that the answers regrouped beside those looked at, counted as mistakes
	Strata []AuditStratum `json:"strata"` //

	Grouping string   `json:"grouping"` // fingerprint of the grouping that this is true of
	Answers  []string `json:"answers"`  // ids of the decisions that it rests on
}

// statement works out what the answers say.
func (a *Audit) statement() *Statement {
	s := &Statement{Confidence: auditConfidence, Seed: a.Seed, Sample: len(a.Pairs), Copies: a.copies, Known: a.known, Strata: a.tally()}
	var merges, misses []evaluate.Stratum
	for _, t := range s.Strata {
		s.Looked += t.Looked
		s.Open += t.Open
		stratum := evaluate.Stratum{Size: t.Size, Looked: t.Looked, Found: t.Found}
		switch {
		case t.Merges:
			merges = append(merges, stratum)
			s.Merges += t.Size
			s.MergesLooked += t.Looked
			s.WrongFound += t.Found - t.Open
		case t.Probe:
			s.Far, s.FarLooked, s.FarFound = t.Size, t.Looked, t.Found-t.Open
		default:
			misses = append(misses, stratum)
			s.Near += t.Size
			s.NearLooked += t.Looked
			s.RepeatsFound += t.Found - t.Open
		}
	}
	s.MergesKnown, s.NearKnown = s.MergesLooked == s.Merges, s.NearLooked == s.Near
	confidence := s.Confidence
	if !s.MergesKnown && !s.NearKnown {
		confidence = 1 - (1-confidence)/2 // both hold together
	}
	s.WrongAtMost = evaluate.AtMost(merges, confidence) - s.WrongFound
	s.RepeatsAtMost = evaluate.AtMost(misses, confidence) - s.RepeatsFound
	s.Merges += a.copies + a.known
	return s
}

// auditConfidence is that of the whole statement.
const auditConfidence = 0.95

// Words says it in sentences, the bounds first.
func (s *Statement) Words() []string {
	words := []string{s.bounds()}
	if s.WrongFound+s.RepeatsFound+s.FarFound > 0 {
		words = append(words, fmt.Sprintf("%s and %s were found, and the answers put them right",
			plural(s.WrongFound, "wrong merge", "wrong merges"), plural(s.RepeatsFound+s.FarFound, "missed repeat", "missed repeats")))
	}
	looked := fmt.Sprintf("%s looked at", plural(s.Looked, "pair was", "pairs were"))
	if s.Looked < s.Sample {
		looked += fmt.Sprintf(" of %d that were drawn", s.Sample)
	}
	if s.Open > 0 {
		looked += fmt.Sprintf("; %s with \"cannot tell\" and %s as a mistake", plural(s.Open, "was answered", "were answered"), map[bool]string{true: "counts", false: "count"}[s.Open == 1])
	}
	words = append(words, looked)
	if s.Copies > 0 {
		words = append(words, fmt.Sprintf("%s an exact copy of an entry, which nobody can tell from it", plural(s.Copies, "merge is of", "merges are each of")))
	}
	switch {
	case s.Far > 0 && s.FarLooked == 0:
		words = append(words, fmt.Sprintf("no bound is claimed for %s less alike", plural(s.Far, "pair", "pairs")))
	case s.Far > 0:
		words = append(words, fmt.Sprintf("of %s less alike %s looked at and %s; no bound is claimed for them",
			plural(s.Far, "pair", "pairs"), plural(s.FarLooked, "was", "were"), found(s.FarFound)))
	}
	if s.Moved > 0 {
		words = append(words, fmt.Sprintf("the answers regrouped %s that nobody looked at; %s counted as mistakes",
			plural(s.Moved, "entry", "entries"), map[bool]string{true: "it is", false: "they are"}[s.Moved == 1]))
	}
	return words
}

func found(n int) string {
	switch n {
	case 0:
		return "none was a repeat"
	case 1:
		return "1 was a repeat"
	}
	return fmt.Sprintf("%d were repeats", n)
}

// bounds is the statement itself, in one sentence.
func (s *Statement) bounds() string {
	var parts []string
	switch {
	case s.Merges == 0:
		parts = append(parts, "nothing was merged")
	case s.MergesKnown && s.WrongAtMost == 0:
		parts = append(parts, fmt.Sprintf("none of the %d merges is wrong", s.Merges))
	case s.MergesLooked == 0 && s.WrongAtMost == s.Merges:
		parts = append(parts, fmt.Sprintf("nothing can be said of the %d merges", s.Merges))
	default:
		parts = append(parts, fmt.Sprintf("at most %s %% of the %d merges are wrong (%d)", percentUp(s.WrongAtMost, s.Merges), s.Merges, s.WrongAtMost))
	}
	switch {
	case s.Near == 0:
		parts = append(parts, "no two entries that were kept apart come close")
	case s.NearKnown && s.RepeatsAtMost == 0:
		parts = append(parts, fmt.Sprintf("no repeat remains among the %s closest", plural(s.Near, "pair that comes", "pairs that come")))
	default:
		parts = append(parts, fmt.Sprintf("at most %s among the %s closest", plural(s.RepeatsAtMost, "repeat remains", "repeats remain"), plural(s.Near, "pair that comes", "pairs that come")))
	}
	sentence := strings.Join(parts, ", ")
	if !s.MergesKnown || !s.NearKnown {
		sentence += fmt.Sprintf(" (%.0f %% sure)", 100*s.Confidence)
	}
	return sentence
}

// percentUp writes a share in percent, rounded up: it is a bound.
func percentUp(n, of int) string {
	p := math.Ceil(1000*float64(n)/float64(of)-1e-9) / 10
	return strings.TrimSuffix(fmt.Sprintf("%.1f", p), ".0")
}

// AuditWords is what an audit in a ledger found, in one sentence; "" when it
// cannot be read.
func AuditWords(d review.Decision) string {
	var s Statement
	if err := json.Unmarshal([]byte(d.Value), &s); err != nil {
		return ""
	}
	return s.bounds()
}

// decision is the statement as a line of the ledger.
func (s *Statement) decision() (review.Decision, error) {
	value, err := json.Marshal(s)
	return review.Decision{Kind: review.Audit, Value: string(value)}, err
}

// AuditReport is the last audit of a list, in its report.
type AuditReport struct {
	Statement
	Holds bool     `json:"holds"` // it is of the list as it is grouped now, and of answers that hold
	Words []string `json:"words"`
}

// audit gives the last audit of a list, nil when there is none or it cannot be
// read.
func (r *Recalled) audit(verdicts []record.Verdict) *AuditReport {
	d, ok := r.Force.Audited()
	if !ok {
		return nil
	}
	a := &AuditReport{}
	if err := json.Unmarshal([]byte(d.Value), &a.Statement); err != nil {
		return nil
	}
	ids, survivors := make([]string, len(verdicts)), make([]int32, len(verdicts))
	for i, v := range verdicts {
		ids[i], survivors[i] = v.ID, int32(v.Survivor)
	}
	a.Holds = a.Grouping == grouping(ids, survivors) && r.hold(a.Answers)
	a.Words = a.Statement.Words()
	return a
}

// hold says whether all of some decisions are in the ledger and hold.
func (r *Recalled) hold(ids []string) bool {
	holds := map[string]bool{}
	for _, p := range r.Ledger.History() {
		holds[p.ID] = p.State == review.Holds
	}
	return !slices.ContainsFunc(ids, func(id string) bool { return !holds[id] })
}

// audits counts the audits among the decisions in force.
func (r *Recalled) audits() int {
	n := 0
	for _, d := range r.Force.Decisions {
		if d.Kind == review.Audit {
			n++
		}
	}
	return n
}

// onStart is the audit for the sheet Start, "" where none holds.
func (a *AuditReport) onStart() string {
	if a == nil || !a.Holds {
		return ""
	}
	sentence := strings.Join(a.Words, ". ") + "."
	return fmt.Sprintf("Audited on %s by %s. %s", a.At[:min(10, len(a.At))], person(a.By), capitals(sentence))
}

// capitals begins each sentence with a capital.
func capitals(text string) string {
	parts := strings.Split(text, ". ")
	for i, p := range parts {
		if p != "" {
			parts[i] = strings.ToUpper(p[:1]) + p[1:]
		}
	}
	return strings.Join(parts, ". ")
}

// grouping is a fingerprint of who stands for whom, whatever the order.
func grouping(ids []string, survivors []int32) string {
	lines := make([]string, len(ids))
	for r, s := range survivors {
		lines[r] = ids[r] + " " + ids[s] + "\n"
	}
	slices.Sort(lines)
	h := sha256.New()
	for _, line := range lines {
		h.Write([]byte(line))
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
