package parse

import (
	"context"

	"github.com/unecho/unecho/pipeline/record"
)

// list is what one source gives. While a parser fills it, offsets are those
// of the decoded text and a span reaches to the beginning of the next one, so
// that no byte can be counted twice or forgotten; settle turns them into
// offsets and lengths in the file.
type list struct {
	columns []record.Column
	cells   []string
	at      []record.Position
	rejects []record.Reject
	gaps    []int // where layout begins again behind records (the closing bracket of a JSON array)
	source  record.Source
	ctx     context.Context
}

// name gives the list its columns.
func (l *list) name(names ...string) {
	l.columns = make([]record.Column, len(names))
	for i, n := range names {
		l.columns[i].Name = n
	}
}

// begin starts a record at offset off; its cells follow by append.
func (l *list) begin(off, line, endLine int) {
	l.at = append(l.at, record.Position{Offset: int64(off), Line: int32(line), EndLine: int32(endLine)})
}

// reject starts a part that is no record at offset off.
func (l *list) reject(off, line, endLine int, reason string) {
	l.rejects = append(l.rejects, record.Reject{
		Position: record.Position{Offset: int64(off), Line: int32(line), EndLine: int32(endLine)},
		Reason:   reason,
	})
}

// stopped says whether the run was interrupted; it looks every 65,536 records.
func (l *list) stopped() bool {
	return len(l.at)&0xffff == 0xffff && l.ctx.Err() != nil
}

// settle gives every span its place and length in the file, and the layout
// the rest. Records, rejects and gaps are each in order of offset.
func (l *list) settle(t *text) {
	m := t.mapper()
	const none = int(^uint(0) >> 1)
	head := func(i, n int, off func() int64) int {
		if i < n {
			return int(off())
		}
		return none
	}
	var a, r, g int
	var length *int64 // of the span that is open; nil stands for layout
	var start, layout int64
	for {
		oa := head(a, len(l.at), func() int64 { return l.at[a].Offset })
		or := head(r, len(l.rejects), func() int64 { return l.rejects[r].Offset })
		og := head(g, len(l.gaps), func() int64 { return int64(l.gaps[g]) })
		next := min(oa, or, og, len(t.s))
		if next == len(t.s) && min(oa, or, og) == none {
			break
		}
		off := m.raw(next)
		if length == nil {
			layout += off - start
		} else {
			*length = off - start
		}
		start = off
		switch next {
		case oa:
			l.at[a].Offset, length = off, &l.at[a].Bytes
			a++
		case or:
			l.rejects[r].Offset, length = off, &l.rejects[r].Bytes
			r++
		default:
			length = nil
			g++
		}
	}
	if end := int64(len(t.raw)); length == nil {
		layout += end - start
	} else {
		*length = end - start
	}
	l.source.Layout = layout
	for i := range l.rejects {
		j := &l.rejects[i]
		j.Text = str(t.raw[j.Offset : j.Offset+j.Bytes])
	}
}
