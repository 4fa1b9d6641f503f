package verify

import (
	"fmt"
	"slices"
	"strings"
)

// claim is that a cell of the input became a cell of the clean list.
type claim struct {
	row, col      int // row from 1, col from 0
	name          string
	before, after string
}

// stands tells whether the cell stands as in the input, in the way in which
// the entry's format lets it be compared.
func (e *entry) stands(m claim) bool {
	return m.after == m.before || e.loose && sameNumber(m.before, m.after) || m.after == "'"+m.before ||
		e.words && slices.Equal(strings.Fields(m.after), strings.Fields(m.before))
}

// filled tells whether a cell that is blank in the input was filled, as
// clean --merge-fields does: another record of the cluster, one that was
// removed, has that very cell in the input or by a listed cleaning, and the
// reason in clusters.csv says that it is from there.
func (run *run) filled(l *list, listed *changes, v verdict, m claim, e *entry) bool {
	if strings.TrimSpace(m.before) != "" && !listed.explains(m.row, m.col, m.name, m.before, "", e.words) {
		return false
	}
	for _, other := range run.members()[v.cluster] {
		if other.kept || other.row > len(l.records) || !names(v.reason, m.name, other.row) {
			continue
		}
		from := &l.records[other.row-1]
		source := m
		source.row, source.before = other.row, from.aligned(run.header, max(len(run.header), m.col+1))[m.col]
		if from.stands(source) || listed.explains(source.row, source.col, source.name, source.before, source.after, from.words) {
			return true
		}
	}
	return false
}

// names tells whether a reason says that a column was filled from a row.
func names(reason, column string, row int) bool {
	words := fmt.Sprintf(" %s from row %d", strings.Join(strings.Fields(column), " "), row)
	for {
		at := strings.Index(reason, words)
		if at < 0 {
			return false
		}
		if reason = reason[at+len(words):]; reason == "" || reason[0] < '0' || reason[0] > '9' {
			return true
		}
	}
}

// members gives the lines of clusters.csv by cluster.
func (run *run) members() map[string][]verdict {
	if run.byCluster == nil {
		run.byCluster = make(map[string][]verdict)
		for _, v := range run.verdicts {
			run.byCluster[v.cluster] = append(run.byCluster[v.cluster], v)
		}
	}
	return run.byCluster
}
