package dedupe

import "github.com/unecho/unecho/dedupe/cluster"

// spread carries decisions to the copies of those they are about: where a
// person joins groups that the evidence alone holds together, every pair of
// theirs speaks for one group. Without it a decision "same" would part a
// record from its copy, which need not resemble the other record. Where such a
// group holds two that must stay apart, something has to give, and the
// evidence is left as it is.
func (c *constraints) spread(edges []cluster.Edge, alone, across []int32) []cluster.Edge {
	groups := c.joined(alone)
	c.dropBroken(groups, across)
	have := make(map[[2]int32]bool, len(edges))
	for i, e := range edges {
		have[ordered(e.A, e.B)] = true
		if g := groups.of[e.A]; g != nil && g == groups.of[e.B] {
			edges[i].Score = max(e.Score, spreadScore)
		}
	}
	for _, g := range groups.all {
		for i, a := range g.members {
			for _, b := range g.members[i+1:] {
				if !have[ordered(a, b)] {
					edges = append(edges, cluster.Edge{A: min(a, b), B: max(a, b), Score: spreadScore})
				}
			}
		}
	}
	return edges
}

// spreadScore is what a pair counts that decisions imply, in nats: it is a
// yes, and evidence of its own goes before it.
const spreadScore = 0.1

// joinedGroups are the groups that decisions make of those of the evidence.
type joinedGroups struct {
	all []*joinedGroup
	of  map[int32]*joinedGroup // of each record in one
}

type joinedGroup struct{ members []int32 }

// joined joins groups, given by a label for each record, by the decisions
// "same". Groups that no decision touches are left out.
func (c *constraints) joined(alone []int32) *joinedGroups {
	s := &settled{leader: map[int32]int32{}}
	for _, q := range c.must {
		s.join(alone[q[0]], alone[q[1]])
	}
	g := &joinedGroups{of: map[int32]*joinedGroup{}}
	byLeader := map[int32]*joinedGroup{}
	for _, q := range c.must {
		byLeader[s.find(alone[q[0]])] = nil
	}
	for d, label := range alone {
		leader := s.find(label)
		group, touched := byLeader[leader]
		if !touched {
			continue
		}
		if group == nil {
			group = &joinedGroup{}
			byLeader[leader] = group
			g.all = append(g.all, group)
		}
		group.members = append(group.members, int32(d))
		g.of[int32(d)] = group
	}
	return g
}

// dropBroken empties the groups that are too large to be looked at pair by
// pair, or hold two records that must stay apart.
func (c *constraints) dropBroken(groups *joinedGroups, across []int32) {
	broken := map[*joinedGroup]bool{}
	for _, q := range c.cannot {
		if g := groups.of[q[0]]; g != nil && g == groups.of[q[1]] {
			broken[g] = true
		}
	}
	for _, g := range groups.all {
		seen := map[int32]bool{}
		for _, d := range g.members {
			if across != nil && across[d] >= 0 {
				broken[g] = broken[g] || seen[across[d]]
				seen[across[d]] = true
			}
		}
		if broken[g] || len(g.members) > completeLimit {
			for _, d := range g.members {
				delete(groups.of, d)
			}
			g.members = nil
		}
	}
}
