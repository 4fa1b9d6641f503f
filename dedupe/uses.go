package dedupe

import (
	"context"

	"github.com/unecho/unecho/pipeline/record"
)

// Use says what is compared as one field, and what it can tell in this list.
type Use struct {
	Name string // the column, or "year and month and day" of those that belong together
	Role record.Role
	Main bool // the main text, or a piece of it
	// Agreement is what an equal value tells on average, in nats: -ln of the
	// chance that two records have it by accident. 0 for the main text as a
	// whole, whose words are weighed one by one.
	Agreement float64
	// Difference is what two different values tell, in nats; 0 where the list
	// shows that they say nothing, because records with one main text differ
	// there as a rule.
	Difference float64
}

// Uses lists what is compared of a list beside running text, the main text
// first, without searching it.
func Uses(ctx context.Context, in *Input) ([]Use, error) {
	l, err := newList(ctx, in, nil)
	if err != nil {
		return nil, err
	}
	var uses []Use
	if l.titled != "" {
		uses = append(uses, Use{Name: l.titled, Role: in.Columns[record.Main(in.Columns)[0]].Role, Main: true})
	}
	pieces := map[string]bool{}
	for _, c := range record.Main(in.Columns) {
		pieces[in.Columns[c].Name] = true
	}
	for _, f := range l.fields {
		uses = append(uses, Use{Name: f.name, Role: f.role, Main: pieces[f.name], Agreement: f.power, Difference: f.against})
	}
	return uses, nil
}
