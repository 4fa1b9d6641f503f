package main

import (
	"fmt"
	"strings"

	"github.com/unecho/unecho/pipeline"
)

// against says what the list repeats of lists that were cleaned before.
func (v *voice) against(r *pipeline.Report) {
	if r.Against == nil {
		return
	}
	var words []string
	for _, old := range r.Against.Lists {
		words = append(words, fmt.Sprintf("%s of %s (%s)", repeated(old.Repeated), shown(old.Name), entries(old.Records)))
	}
	if words == nil {
		words = []string{"nothing: the lists that it is compared with are empty"}
	}
	v.fact("against", "%s", strings.Join(words, ", "))
}

func repeated(n int) string {
	switch n {
	case 0:
		return "none repeats an entry"
	case 1:
		return "1 of them repeats an entry"
	}
	return thousands(n) + " of them repeat entries"
}

// oldExamples shows the first repeats of old entries, in a dry run.
func (v *voice) oldExamples(r *pipeline.Report) {
	if r.Against == nil {
		return
	}
	for i, e := range r.Against.Repeats {
		if i == oldShown {
			v.line("… and %d more that repeat entries of the lists compared with", len(r.Against.Repeats)-i)
			return
		}
		if i == 0 {
			v.line("")
		}
		v.line("%s\n  is taken for a repeat of\n%s  %s\n  %s", rowText(e.Row, e.Text), shown(e.File)+fmt.Sprintf(":%d", e.Line), clip(e.Old, 100), e.Reason)
	}
}

const oldShown = 10
