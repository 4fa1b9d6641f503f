package pipeline

import "context"

// MatchDecided is [MatchPrepared] under the ledger of the list, as [Run] obeys
// it.
func MatchDecided(ctx context.Context, searched *Searched, o Options) (*Found, error) {
	recalled, err := recallAgreed(searched.list, o)
	if err != nil {
		return nil, err
	}
	return MatchPrepared(ctx, searched, recalled.decided(o))
}
