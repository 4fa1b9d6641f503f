package cluster

// sets is a union–find over the numbers 0 to len-1. The leader of a set is its
// smallest member, so that leaders do not depend on the order of joins.
type sets []int32

func singles(n int) sets {
	s := make(sets, n)
	for i := range s {
		s[i] = int32(i)
	}
	return s
}

// find gives the leader of i's set, halving the path on the way.
func (s sets) find(i int32) int32 {
	for s[i] != i {
		s[i] = s[s[i]]
		i = s[i]
	}
	return i
}

// join makes one set of two and says whether they were two.
func (s sets) join(a, b int32) bool {
	a, b = s.find(a), s.find(b)
	if a == b {
		return false
	}
	s[max(a, b)] = min(a, b)
	return true
}

// flatten points every member straight at its leader, so that find no longer
// writes and may be called from several goroutines.
func (s sets) flatten() {
	for i := range s {
		s[i] = s[s[i]] // leaders are smaller, so s[s[i]] is final already
	}
}
