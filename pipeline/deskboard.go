package pipeline

import (
	"slices"
)

// board keeps which rows stand together and which groups must not: a
// union-find whose leaders know their foes. Rows count from 0.
type board struct {
	leader []int32
	size   []int32                  // rows behind a leader
	foes   map[int32]map[int32]bool // leaders that must not be joined, both ways
	across []int32                  // the list of each row (Across), nil for one list
	lists  map[int32][]int32        // the lists behind a leader of several rows; nil for one list
}

func newBoard(rows int, across []int32) *board {
	b := &board{leader: make([]int32, rows), size: make([]int32, rows), foes: map[int32]map[int32]bool{}, across: across}
	for r := range b.leader {
		b.leader[r], b.size[r] = int32(r), 1
	}
	if across != nil {
		b.lists = map[int32][]int32{}
	}
	return b
}

// clone copies a board without its foes.
func (b *board) clone() *board {
	c := &board{leader: slices.Clone(b.leader), size: slices.Clone(b.size), foes: map[int32]map[int32]bool{}, across: b.across}
	if b.lists != nil {
		c.lists = make(map[int32][]int32, len(b.lists))
		for r, lists := range b.lists {
			c.lists[r] = lists
		}
	}
	return c
}

// find gives the leader of a row.
func (b *board) find(r int) int32 {
	x := int32(r)
	for b.leader[x] != x {
		b.leader[x] = b.leader[b.leader[x]]
		x = b.leader[x]
	}
	return x
}

// same says whether two rows stand together.
func (b *board) same(x, y int) bool { return b.find(x) == b.find(y) }

// apart says whether two rows must not stand together, over chains too.
func (b *board) apart(x, y int) bool {
	p, q := b.find(x), b.find(y)
	if p == q {
		return false
	}
	return b.foes[p][q] || b.oneList(p, q)
}

// oneList says whether two leaders stand for records of one list.
func (b *board) oneList(p, q int32) bool {
	if b.across == nil {
		return false
	}
	for _, list := range b.listsOf(p) {
		if list >= 0 && slices.Contains(b.listsOf(q), list) {
			return true
		}
	}
	return false
}

func (b *board) listsOf(leader int32) []int32 {
	if lists, ok := b.lists[leader]; ok {
		return lists
	}
	return b.across[leader : leader+1]
}

// join puts two rows together, unless they must stay apart.
func (b *board) join(x, y int) bool {
	if b.apart(x, y) {
		return false
	}
	p, q := b.find(x), b.find(y)
	if p == q {
		return true
	}
	if b.size[p] < b.size[q] {
		p, q = q, p
	}
	if b.across != nil {
		b.lists[p] = slices.Concat(b.listsOf(p), b.listsOf(q))
	}
	b.leader[q] = p
	b.size[p] += b.size[q]
	for foe := range b.foes[q] {
		delete(b.foes[foe], q)
		b.oppose(p, foe)
	}
	delete(b.foes, q)
	return true
}

// part keeps two rows apart, unless they stand together.
func (b *board) part(x, y int) bool {
	p, q := b.find(x), b.find(y)
	if p == q {
		return false
	}
	b.oppose(p, q)
	return true
}

func (b *board) oppose(p, q int32) {
	for _, side := range [2][2]int32{{p, q}, {q, p}} {
		if b.foes[side[0]] == nil {
			b.foes[side[0]] = map[int32]bool{}
		}
		b.foes[side[0]][side[1]] = true
	}
}

// dissolve takes rows out of their group, each to stand alone. All rows of the
// group must be among them, and it must have no foes yet.
func (b *board) dissolve(rows []int) {
	for _, r := range rows {
		b.leader[r], b.size[r] = int32(r), 1
		if b.lists != nil {
			delete(b.lists, int32(r))
		}
	}
}
