package review

import "slices"

// Audit is what an audit of the list found; Value is the statement as JSON.
// It settles nothing and holds until the list is grouped otherwise.
const Audit Kind = "audit"

// Audited gives the last audit in force; ok is false when there is none.
func (f *InForce) Audited() (d Decision, ok bool) {
	for _, d := range slices.Backward(f.Decisions) {
		if d.Kind == Audit {
			return d, true
		}
	}
	return Decision{}, false
}
