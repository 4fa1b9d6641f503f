package dedupe

import "github.com/adrg/strutil/metrics"

// runLength is how many characters make a run.
const runLength = 4

// overlapBytes is how much of a text is compared.
const overlapBytes = 400

// overlap compares longer texts by the runs of four characters of the shorter
// that the longer has (strutil's overlap coefficient).
func (c *comparer) overlap(a, b string) float64 {
	if c.runs == nil {
		c.runs = &runs{}
	}
	return max(0, (c.runs.overlap(cutAt(a, overlapBytes), cutAt(b, overlapBytes))-0.4)/0.6)
}

// runs is the memory in which two texts are compared; it is used again for the
// next two. A run of four characters of 16 bits is one number.
type runs struct {
	a, b []uint64                // the runs of each text
	slot [2048]uint16            // by hash: place of a run in held, from 1; 0 for none
	held [overlapBytes]uint64    // the different runs of a
	left [overlapBytes + 1]int16 // by place from 1: how often a has it more than b so far
}

// overlap is the share of the runs of the shorter text that the longer has,
// each as often as both have it. Texts have at most overlapBytes bytes.
func (r *runs) overlap(a, b string) float64 {
	var plainA, plainB bool
	r.a, plainA = appendRuns(r.a[:0], a)
	r.b, plainB = appendRuns(r.b[:0], b)
	least := min(len(r.a), len(r.b))
	if least == 0 || !plainA || !plainB {
		return overlapOfAny(a, b)
	}
	clear(r.slot[:])
	n := uint16(0)
	for _, run := range r.a {
		s := r.find(run)
		if r.slot[s] == 0 {
			r.held[n] = run
			n++
			r.slot[s], r.left[n] = n, 0
		}
		r.left[r.slot[s]]++
	}
	common := 0
	for _, run := range r.b {
		if at := r.slot[r.find(run)]; at > 0 && r.left[at] > 0 {
			r.left[at]--
			common++
		}
	}
	return float64(common) / float64(least)
}

// find gives the slot of a run, or the empty one where it would stand.
func (r *runs) find(run uint64) uint64 {
	s := run * 0x9E3779B97F4A7C15 >> 53
	for r.slot[s] != 0 && r.held[r.slot[s]-1] != run {
		s = (s + 1) % uint64(len(r.slot))
	}
	return s
}

// appendRuns appends the runs of s; plain is false if s has a character of more
// than 16 bits.
func appendRuns(to []uint64, s string) (_ []uint64, plain bool) {
	run, seen := uint64(0), 0
	for _, c := range s {
		if c > 0xFFFF {
			return to, false
		}
		run = run<<16 | uint64(c)
		if seen++; seen >= runLength {
			to = append(to, run)
		}
	}
	return to, true
}

// overlapOfAny is runs.overlap for texts of any characters.
func overlapOfAny(a, b string) float64 {
	m := metrics.NewOverlapCoefficient()
	m.NgramSize = runLength
	return m.Compare(a, b)
}
