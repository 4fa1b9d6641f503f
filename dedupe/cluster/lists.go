package cluster

import "slices"

// addLists notes which lists the records of each slot belong to.
func (m *merger) addLists() {
	for range m.size {
		m.lists = append(m.lists, nil)
	}
	for i, unit := range m.part.units {
		slot := m.slotOf[i]
		for _, r := range m.units.copies(unit) {
			if list := m.o.Across[r]; list >= 0 {
				m.lists[slot] = append(m.lists[slot], list)
			}
		}
	}
	for _, l := range m.lists {
		slices.Sort(l)
	}
}

// sharesList says whether two clusters have records of one list.
func (m *merger) sharesList(a, b int32) bool {
	if len(m.lists) == 0 {
		return false
	}
	short, long := m.lists[a], m.lists[b]
	if len(short) > len(long) {
		short, long = long, short
	}
	for _, list := range short {
		if _, found := slices.BinarySearch(long, list); found {
			return true
		}
	}
	return false
}

// joinLists gives the lists of a cluster that is gone to the one it went into.
func (m *merger) joinLists(keep, gone int32) {
	if len(m.lists) > 0 {
		m.lists[keep] = append(m.lists[keep], m.lists[gone]...)
		slices.Sort(m.lists[keep])
		m.lists[gone] = nil
	}
}
