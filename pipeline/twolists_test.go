package pipeline_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/unecho/unecho/pipeline"
)

// Two lists without repeats of their own, put together: the column that tells
// them apart is proposed. A column that repeats agree in is not.
func TestListsAreProposed(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 8))
	rows := []string{"title,author,shop,shelf"}
	for i := range 60 {
		title, author := unrelated(rng, 5), unrelated(rng, 2)
		rows = append(rows, fmt.Sprintf("%s,%s,north,%d", title, author, i%3), fmt.Sprintf("%s,%s,south,%d", title, author, i%3))
	}
	notes := func(o pipeline.Options) string {
		o.Inputs, o.DryRun = []string{"-"}, true
		o.Stdin = strings.NewReader(strings.Join(rows, "\n") + "\n")
		r, err := pipeline.Run(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(slices.DeleteFunc(r.Notes, func(s string) bool { return !strings.Contains(s, "--across") }), "\n")
	}
	if got := notes(pipeline.Options{}); !strings.Contains(got, `--across "shop"`) || strings.Contains(got, "shelf") {
		t.Errorf("proposed: %q", got)
	}
	var told pipeline.Options
	told.Columns.Across = "shop"
	if got := notes(told); got != "" {
		t.Errorf("proposed though it was said: %q", got)
	}
}
