package cluster

import (
	"cmp"
	"context"
	"math/bits"
	"slices"
)

// merger clusters one part after the other, reusing its memory. A cluster is
// known by a slot, a number below the number of must-link groups of the part.
type merger struct {
	ctx   context.Context
	units *units
	scale scale
	o     *Options

	part   part
	slotOf []int32   // the slot that each unit began in
	into   sets      // slots merged; the leader of a set need not be its live slot
	live   []int32   // the live slot of a set, at its leader
	size   []int64   // units of the cluster in a slot
	first  []int32   // its first unit, as a place in the part
	lists  [][]int32 // the numbers in Across of its records, ascending; nil without Across
	near   [][]int32 // links of the slot, dead ones among them
	links  []link
	at     map[uint64]int32 // the link between two live slots
	offers queue

	sampling bool      // a second look is on
	members  [][]int32 // in a second look: the places of each slot's units, ascending
}

// link is what is known between two clusters.
type link struct {
	a, b      int32 // slots
	stamp     int32 // of the newest offer; older ones are void
	dead      bool  // merged, or folded into another link
	forbidden bool  // the two never merge
	sum       int64 // of the scores found, in millionths
	count     int64 // of pairs of units that have a score
}

// solve clusters a part and enters each unit's leader into final.
func (m *merger) solve(p part, final []int32) {
	m.begin(p)
	m.addLinks()
	for i := range m.links {
		m.offer(int32(i))
	}
	m.drain()
	if m.o.Sample > 0 && m.o.ScorePair != nil && m.ctx.Err() == nil {
		m.secondLook()
	}
	for i, unit := range p.units {
		final[unit] = p.units[m.first[m.slot(m.slotOf[i])]]
	}
}

// slot gives the live slot that slot i has been merged into.
func (m *merger) slot(i int32) int32 { return m.live[m.into.find(i)] }

// begin puts each must-link group into a slot.
func (m *merger) begin(p part) {
	m.part, m.sampling = p, false
	m.slotOf, m.size, m.first, m.lists = m.slotOf[:0], m.size[:0], m.first[:0], m.lists[:0]
	m.links, m.offers = m.links[:0], m.offers[:0]
	if len(p.bonds) > 64 || m.at == nil || len(m.at) > 256 {
		m.at = make(map[uint64]int32, len(p.bonds)) // emptying a large map costs its size
	} else {
		clear(m.at)
	}
	m.into, m.live = m.into[:0], m.live[:0]
	for i, unit := range p.units {
		slot := int32(len(m.size))
		if leader := m.units.must[unit]; leader != unit {
			at, _ := slices.BinarySearch(p.units, leader)
			slot = m.slotOf[at]
			m.size[slot]++
		} else {
			m.size = append(m.size, 1)
			m.first = append(m.first, int32(i))
			m.into = append(m.into, slot)
			m.live = append(m.live, slot)
		}
		m.slotOf = append(m.slotOf, slot)
	}
	for len(m.near) < len(m.size) {
		m.near = append(m.near, nil)
	}
	for i := range m.size {
		m.near[i] = m.near[i][:0]
	}
}

// addLinks adds up the bonds between each two slots. A pair of units that has
// several bonds (copies were scored one by one) counts once, with the largest
// score.
func (m *merger) addLinks() {
	slices.SortFunc(m.part.bonds, func(x, y bond) int {
		return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b), cmp.Compare(x.score, y.score))
	})
	for i, b := range m.part.bonds {
		l := m.link(m.slotOf[b.a], m.slotOf[b.b])
		if b.score == forbidden {
			l.forbidden = true
		} else if i+1 == len(m.part.bonds) || m.part.bonds[i+1].a != b.a || m.part.bonds[i+1].b != b.b {
			l.sum += int64(b.score)
			l.count++
		}
	}
	if m.o.Across != nil {
		m.addLists()
	}
}

// link finds or makes the link between two live slots. The pointer holds until
// the next call.
func (m *merger) link(a, b int32) *link {
	key := between(a, b)
	i, ok := m.at[key]
	if !ok {
		i = int32(len(m.links))
		m.links = append(m.links, link{a: a, b: b})
		m.at[key] = i
		m.near[a] = append(m.near[a], i)
		m.near[b] = append(m.near[b], i)
	}
	return &m.links[i]
}

func between(a, b int32) uint64 { return uint64(min(a, b))<<32 | uint64(max(a, b)) }

// plainMean is the mean score between two clusters with the pairs that nobody
// scored counting as missing; ok is false when it is not above 0.
func (m *merger) plainMean(l *link) (v mean, ok bool) {
	pairs := m.size[l.a] * m.size[l.b]
	hi, lost := bits.Mul64(uint64(pairs-l.count), uint64(-m.scale.missing))
	if l.sum <= 0 || hi > 0 || lost >= uint64(l.sum) {
		return mean{}, false
	}
	return mean{l.sum - int64(lost), pairs}, true
}

// offer puts the merge over a link into the queue if its mean is above 0, and
// voids earlier offers of it.
func (m *merger) offer(i int32) {
	l := &m.links[i]
	l.stamp++
	if l.forbidden {
		return
	}
	if v, ok := m.value(l); ok {
		a, b := m.first[l.a], m.first[l.b]
		m.offers.push(offer{v, min(a, b), max(a, b), i, l.stamp})
	}
}

// value is the mean by which a merge is offered.
func (m *merger) value(l *link) (mean, bool) {
	if m.sampling {
		return m.sampledMean(l)
	}
	return m.plainMean(l)
}

// drain merges the best offer until none is left. An offer that has gone stale
// since one of its clusters grew is an upper bound, and is made again at its
// true mean. (In a second look no offer is ever stale, see regrow.)
func (m *merger) drain() {
	for steps := 1; len(m.offers) > 0; steps++ {
		if steps%1024 == 0 && m.ctx.Err() != nil {
			return
		}
		o := m.offers.pop()
		l := &m.links[o.link]
		if l.dead || l.stamp != o.stamp {
			continue
		}
		if !m.sampling {
			if v, ok := m.plainMean(l); !ok || v != o.mean {
				m.offer(o.link)
				continue
			}
		}
		if m.sharesList(l.a, l.b) {
			l.forbidden = true // lists only grow
			continue
		}
		m.merge(o.link)
	}
}

// merge joins the two clusters of a link. The links of the one with fewer go
// over to the other, so that each moves at most log₂ times.
func (m *merger) merge(i int32) {
	keep, gone := m.links[i].a, m.links[i].b
	if len(m.near[keep]) < len(m.near[gone]) {
		keep, gone = gone, keep
	}
	m.links[i].dead = true
	m.size[keep] += m.size[gone]
	m.first[keep] = min(m.first[keep], m.first[gone])
	m.into.join(keep, gone)
	m.live[m.into.find(keep)] = keep
	m.joinLists(keep, gone)
	for _, moved := range m.near[gone] {
		if !m.links[moved].dead {
			m.move(moved, keep, gone)
		}
	}
	m.near[gone] = m.near[gone][:0]
	if m.sampling {
		m.regrow(keep, gone)
	}
}

// move hands a link of a slot that is gone to the slot that it went into. Two
// links to the same third cluster become one, whose mean may be as large as
// the larger of the two, so it is offered at once. One that stands alone has
// only lost by the merge, so its old offer still bounds it.
func (m *merger) move(moved, keep, gone int32) {
	l := &m.links[moved]
	other := l.a ^ l.b ^ gone
	key := between(keep, other)
	twin, ok := m.at[key]
	if !ok {
		l.a, l.b = keep, other
		m.at[key] = moved
		m.near[keep] = append(m.near[keep], moved)
		return
	}
	l.dead = true
	t := &m.links[twin]
	t.sum += l.sum
	t.count += l.count
	t.forbidden = t.forbidden || l.forbidden
	if !m.sampling {
		m.offer(twin)
	}
}
