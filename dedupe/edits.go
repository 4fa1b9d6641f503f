package dedupe

// edits is the optimal string alignment distance of two texts in bytes:
// insertions, deletions, changes and swaps of neighbours, each part edited
// once (Damerau 1964; Boytsov 2011, section 2.1). Above limit it gives
// limit+1. Of the table only the band is computed where limit or fewer are
// possible, and no row after one that has none (Ukkonen 1985).
func edits(a, b string, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) == 0 {
		return len(b)
	}
	if len(b) > maxEdited {
		return limit + 1
	}
	var rows [3][maxEdited + 2]int // one cell more: the band of a row ends in a wall
	before, last, row := &rows[0], &rows[1], &rows[2]
	for j := 0; j <= min(limit+1, len(b)); j++ {
		last[j] = j
	}
	lastLeast := 0
	for i := 1; i <= len(a); i++ {
		from, to := max(1, i-limit), min(len(b), i+limit)
		row[from-1] = limit + 1
		if from == 1 {
			row[0] = i
		}
		least := row[from-1]
		for j := from; j <= to; j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, before[j-2]+1)
			}
			row[j] = d
			least = min(least, d)
		}
		row[to+1] = limit + 1
		if least > limit && lastLeast > limit { // a swap reaches back two rows
			return limit + 1
		}
		lastLeast = least
		before, last, row = last, row, before
	}
	return min(last[len(b)], limit+1)
}

// maxEdited is the length, in bytes, of the longest text that edits compares
// once equal ends are cut off.
const maxEdited = 64

// typoLimit is how many edits make a slip of a word: one, and two from seven
// letters on.
func typoLimit(a, b string) int { return slipEdits(min(len(a), len(b))) }

// slipEdits is typoLimit, given the bytes of the shorter word.
func slipEdits(shorter int) int {
	if shorter >= slipTwo {
		return 2
	}
	return 1
}

// digit says whether a word begins with a digit.
func digit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }
