package main

import (
	"context"

	"github.com/unecho/unecho/pipeline/review"
	"github.com/unecho/unecho/pipeline/review/tty"
)

// reviewTTY asks on the terminal. Questions are words to a person: they go to
// stderr, with --quiet too.
func (v *voice) reviewTTY(ctx context.Context, desk review.Desk, limit int) error {
	end, err := tty.Run(ctx, desk, v.in, v.to, tty.Options{Limit: limit})
	if err != nil {
		return err
	}
	if !end.Done {
		v.line("%s", v.leaving)
		return nil
	}
	summary, err := desk.Done()
	if err != nil {
		return err
	}
	v.endProgress()
	v.reviewDone(summary)
	return nil
}
