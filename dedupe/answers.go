package dedupe

// Answer is what a person said about two rows of the list, counted from 0. A
// pair that is related but not the same was answered with Same false.
type Answer struct {
	A, B int
	Same bool
	// Links says that the answer binds the two and teaches nothing: the pair
	// was not chosen to learn from (see Questions), and weights moved by such
	// pairs ruin a list.
	Links bool
}

// settled knows which pairs of distinct records need no question: those that
// decisions and answers decide, also over chains (a is b and b is c; a is b
// and b is not c), and those of one list (Across). It holds only the records
// that somebody decided about.
type settled struct {
	across []int32
	leader map[int32]int32
	apart  map[[2]int32]bool // leaders, the smaller first
	lists  map[int32][]int32 // the lists of the records behind a leader
}

func (p *Prepared) settle(answers []Answer) *settled {
	s := &settled{across: p.list.across, leader: map[int32]int32{}, apart: map[[2]int32]bool{}, lists: map[int32][]int32{}}
	known := p.list.constraints(answers)
	for _, q := range known.must {
		s.join(q[0], q[1])
	}
	for _, q := range known.cannot {
		s.apart[ordered(s.find(q[0]), s.find(q[1]))] = true
	}
	return s
}

// find gives the record that stands for d and all that are the same as it.
func (s *settled) find(d int32) int32 {
	for {
		up, ok := s.leader[d]
		if !ok {
			return d
		}
		if over, ok := s.leader[up]; ok {
			s.leader[d] = over // half the way for whoever comes next
		}
		d = up
	}
}

// join makes two records one. All joins come before the first that is kept apart.
func (s *settled) join(a, b int32) {
	a, b = s.find(a), s.find(b)
	if a == b {
		return
	}
	if s.across != nil {
		s.lists[a] = append(s.listsOf(a), s.listsOf(b)...)
	}
	s.leader[b] = a
}

// listsOf gives the lists of the records that leader d stands for.
func (s *settled) listsOf(d int32) []int32 {
	if lists, ok := s.lists[d]; ok {
		return lists
	}
	if s.across[d] < 0 {
		return nil // of no list
	}
	return s.across[d : d+1 : d+1]
}

// decides says whether the answer about two records is known.
func (s *settled) decides(a, b int32) bool {
	a, b = s.find(a), s.find(b)
	if a == b || s.apart[ordered(a, b)] {
		return true
	}
	if s.across == nil {
		return false
	}
	for _, x := range s.listsOf(a) {
		for _, y := range s.listsOf(b) {
			if x == y {
				return true
			}
		}
	}
	return false
}

func ordered(a, b int32) [2]int32 { return [2]int32{min(a, b), max(a, b)} }
