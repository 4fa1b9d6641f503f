package pipeline

import (
	"context"
	"time"

	"github.com/unecho/unecho/pipeline/review"
)

// DeskOn is [OpenDesk] for a list that was read and searched already, with the
// same options. It does not look whether the outputs can be written.
func DeskOn(ctx context.Context, searched *Searched, o Options, clock func() time.Time, by, via string) (review.Desk, error) {
	return openDesk(ctx, searched.list, searched, o, clock, by, via)
}

// LabelsDecided gives a cluster number for each record, as one search under
// the ledger of the list finds them: without the searches of what it leaves,
// and without the words. It is for measuring.
func LabelsDecided(ctx context.Context, searched *Searched, o Options) ([]int32, error) {
	recalled, err := Recall(searched.list, o)
	if err != nil {
		return nil, err
	}
	o = recalled.decided(o)
	told, err := searched.list.told(o.Decisions)
	if err != nil {
		return nil, err
	}
	settings := o.matching()
	settings.Progress, settings.Answers = nil, told.answers()
	return searched.Labels(ctx, settings)
}
