// Package evaluate compares clusters that were found with clusters that are
// known. It stands beside the road: nothing is matched here, and nothing that
// is found here flows back. Everything is computed from counts of cells, the
// records that share both their found and their true cluster, so that no pair
// is ever listed and a million records take a second.
//
// Three views of one result are given, since each is blind where another
// sees: pairs (what the literature reports; a few large clusters decide it),
// surplus (what a cleaner removes; the view of the person who has to trust
// it) and B-cubed (each record counts the same).
package evaluate

// Scores says how well found clusters agree with the known ones. The JSON
// keys are stable.
type Scores struct {
	Records           int  `json:"records"`
	TrueClusters      int  `json:"true_clusters"`
	PredictedClusters int  `json:"predicted_clusters"`
	CrossSource       bool `json:"cross_source"` // pairs within one source do not count

	// Pairs counts pairs of records that share a cluster.
	Pairs Counts `json:"pairs"`
	// Surplus counts the records that a cleaner removes, all but one a cluster.
	// An extra record of a found cluster is right when another of its true
	// cluster stands there before it, and wrong when it would be lost.
	Surplus Counts `json:"surplus"`
	// BCubed is the mean over records of the share of its found cluster that
	// is right (precision) and of its true cluster that is found (recall);
	// Bagga and Baldwin 1998.
	BCubed Rates `json:"bcubed"`
}

// Rates are shares from 0 to 1. A rate with nothing in its denominator is 1:
// who finds nothing where nothing is to be found makes no mistake.
type Rates struct {
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
}

// Counts are the rates and what they are made of.
type Counts struct {
	Rates
	TP int64 `json:"tp"` // found and true
	FP int64 `json:"fp"` // found, not true
	FN int64 `json:"fn"` // true, not found
}

// Score compares two clusterings of the same records, given as a label for
// each record; only whether labels are equal matters. Where sources is not
// nil, it gives each record the list it came from, and pairs within a list do
// not count (surplus and B-cubed count all records in any case). Score panics
// when the slices differ in length. Time is that of sorting the records.
func Score(truth, predicted, sources []int32) Scores {
	if len(truth) != len(predicted) || sources != nil && len(sources) != len(truth) {
		panic("evaluate: labels of different lengths")
	}
	byTrue, byFound := group(truth, nil), group(predicted, nil)
	cells := group(predicted, truth)
	both, found, all := pairsWithin(cells.sizes), pairsWithin(byFound.sizes), pairsWithin(byTrue.sizes)
	if sources != nil {
		both -= pairsWithin(group(cells.of, sources).sizes)
		found -= pairsWithin(group(predicted, sources).sizes)
		all -= pairsWithin(group(truth, sources).sizes)
	}
	n := len(truth)
	right := int64(n - len(cells.sizes))
	return Scores{
		Records:           n,
		TrueClusters:      len(byTrue.sizes),
		PredictedClusters: len(byFound.sizes),
		CrossSource:       sources != nil,
		Pairs:             counts(both, found, all),
		Surplus:           counts(right, int64(n-len(byFound.sizes)), int64(n-len(byTrue.sizes))),
		BCubed:            bcubed(cells, byFound, byTrue),
	}
}

// bcubed takes each record once: a cell of c records lends each of them
// c / size of the found cluster to precision and c / size of the true one to
// recall.
func bcubed(cells, byFound, byTrue groups) Rates {
	n := len(cells.of)
	if n == 0 {
		return rates(1, 1)
	}
	var precision, recall float64
	for r, cell := range cells.of {
		c := float64(cells.sizes[cell])
		precision += c / float64(byFound.sizes[byFound.of[r]])
		recall += c / float64(byTrue.sizes[byTrue.of[r]])
	}
	return rates(precision/float64(n), recall/float64(n))
}

// counts gives the rates for what is in both, what was found and what is true.
func counts(both, found, all int64) Counts {
	share := func(part, whole int64) float64 {
		if whole == 0 {
			return 1
		}
		return float64(part) / float64(whole)
	}
	return Counts{Rates: rates(share(both, found), share(both, all)), TP: both, FP: found - both, FN: all - both}
}

func rates(precision, recall float64) Rates {
	f := Rates{Precision: precision, Recall: recall}
	if precision+recall > 0 {
		f.F1 = 2 * precision * recall / (precision + recall)
	}
	return f
}
