package evaluate

import "math"

// What a sample says about the whole: exact bounds, that is, none rests on a
// normal approximation, which fails where nothing or little was found.

// ClopperPearson gives the exact confidence interval of a share of which x of
// n independent draws were seen (Clopper and Pearson 1934): each end leaves
// half of 1-confidence. It holds for every share, and is therefore a little
// wide. Without draws it is 0 to 1.
func ClopperPearson(x, n int, confidence float64) (low, high float64) {
	alpha := (1 - confidence) / 2
	return ShareAtLeast(x, n, alpha), ShareAtMost(x, n, alpha)
}

// ShareAtMost is the upper end alone: the largest share under which x or fewer
// of n draws have a chance of alpha.
func ShareAtMost(x, n int, alpha float64) float64 {
	if x >= n {
		return 1
	}
	return bisect(func(share float64) bool { return binomialTail(x, n, share) > alpha })
}

// ShareAtLeast is the lower end alone.
func ShareAtLeast(x, n int, alpha float64) float64 {
	if x <= 0 {
		return 0
	}
	return 1 - ShareAtMost(n-x, n, alpha)
}

// CountAtMost bounds how many of size things are so, when x of n that were
// drawn without putting back were: the largest number under which x or fewer
// have a chance above alpha. It is Clopper and Pearson's bound with the
// hypergeometric in place of the binomial distribution (Buonaccorsi 1987),
// exact for a list that ends, never above theirs, and x where all were seen.
// n is at most size, and x at most n.
func CountAtMost(x, n, size int, alpha float64) int {
	low, high := x, size-(n-x) // what is possible at all
	for low < high {
		mid := low + (high-low+1)/2
		if hypergeometricTail(x, n, mid, size) > alpha {
			low = mid
		} else {
			high = mid - 1
		}
	}
	return low
}

// bisect finds the largest share for which a property holds that holds up to
// it.
func bisect(holds func(share float64) bool) float64 {
	low, high := 0.0, 1.0
	for range 60 {
		mid := (low + high) / 2
		if holds(mid) {
			low = mid
		} else {
			high = mid
		}
	}
	return low
}

// binomialTail is the chance of x or fewer of n.
func binomialTail(x, n int, share float64) float64 {
	switch {
	case share <= 0 || x >= n:
		return 1
	case share >= 1:
		return 0
	}
	sum := 0.0
	for k := range x + 1 {
		sum += math.Exp(logChoose(n, k) + float64(k)*math.Log(share) + float64(n-k)*math.Log1p(-share))
	}
	return min(sum, 1)
}

// hypergeometricTail is the chance of x or fewer among n drawn of size things,
// of which marked are so.
func hypergeometricTail(x, n, marked, size int) float64 {
	sum, all := 0.0, logChoose(size, n)
	for k := max(0, n-(size-marked)); k <= min(x, n, marked); k++ {
		sum += math.Exp(logChoose(marked, k) + logChoose(size-marked, n-k) - all)
	}
	return min(sum, 1)
}

// logChoose is the logarithm of n over k.
func logChoose(n, k int) float64 { return logFactorial(n) - logFactorial(k) - logFactorial(n-k) }

func logFactorial(n int) float64 {
	v, _ := math.Lgamma(float64(n) + 1)
	return v
}

// Stratum is a part of the whole that was sampled by itself.
type Stratum struct {
	Size   int // things in it
	Looked int // of them, drawn without putting back and looked at
	Found  int // of those, found to be so
}

// AtMost bounds how many of all strata together are so, with the given
// confidence for the sum: the bounds of the strata are added, and the chance of
// error is shared out evenly among those that were not seen in full
// (Bonferroni), so that it holds whatever the strata have to do with each
// other. A stratum in which nothing was looked at counts in full.
func AtMost(strata []Stratum, confidence float64) int {
	open := 0
	for _, s := range strata {
		if s.Looked > 0 && s.Looked < s.Size {
			open++
		}
	}
	sum := 0
	for _, s := range strata {
		sum += CountAtMost(s.Found, s.Looked, s.Size, (1-confidence)/float64(max(open, 1)))
	}
	return sum
}

// Allot shares out a sample over strata by weight: none gets more than it has,
// and what one cannot use goes to the others, the first before the last.
func Allot(sample int, sizes []int, weights []float64) []int {
	allotted := make([]int, len(sizes))
	for left := sample; left > 0; {
		total := 0.0
		for i, w := range weights {
			if allotted[i] < sizes[i] {
				total += w
			}
		}
		if total == 0 {
			return allotted
		}
		given := 0
		for i, w := range weights {
			n := min(sizes[i]-allotted[i], int(float64(left)*w/total))
			allotted[i] += n
			given += n
		}
		for i := 0; given == 0 && i < len(sizes); i++ { // less than one each
			if allotted[i] < sizes[i] && weights[i] > 0 {
				allotted[i]++
				given = 1
			}
		}
		left -= given
	}
	return allotted
}
