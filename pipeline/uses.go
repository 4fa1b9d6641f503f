package pipeline

import (
	"context"

	"github.com/unecho/unecho/dedupe"
)

// Uses says what of a list is compared as one field and what it can tell,
// without searching the list.
func Uses(ctx context.Context, list *List, o Options) ([]dedupe.Use, error) {
	in, _, err := input(ctx, list, o)
	if err != nil || in.Len() == 0 {
		return nil, err
	}
	return dedupe.Uses(ctx, in)
}
