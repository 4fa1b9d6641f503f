package dedupe

import "slices"

// deciding gives, of pairs in order of rising score, those that a merge of
// linked lists would rest on, in the same order: going from the best down, a
// pair decides where its records are not joined already, and hold no record of
// the same list (Kruskal 1956). Of a record and the five entries of another
// list that resemble it, that is the nearest one.
//
// The others are nearly all different and would never be merged, however alike
// they are; a person who is asked about them teaches the matcher to distrust
// what it is right about.
func (p *Prepared) deciding(order []int32) []int32 {
	s := &settled{across: p.list.across, leader: map[int32]int32{}, lists: map[int32][]int32{}}
	var deciding []int32
	for _, i := range slices.Backward(order) {
		pair := p.pairs[i]
		if !s.decides(pair.A, pair.B) {
			deciding = append(deciding, i)
			s.join(pair.A, pair.B)
		}
	}
	slices.Reverse(deciding)
	return deciding
}
