package normalize

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/unecho/unecho/pipeline/record"
)

// chunk is how many rows one worker takes at a time; their texts share one
// piece of memory.
const chunk = 4096

// Forms gives the match forms of one column, a form a row, by the column's
// role and part (see the package comment). Row r is cells[offset+r*stride]: a
// column of a record.Table is read in place with stride len(t.Columns) and
// offset c. The cells should be cleaned text.
//
// What is read off the list itself (affixes of titles, whether the day or the
// month comes first, the decimal sign) is read off these cells alone. The
// forms are the same at any GOMAXPROCS. progress may be nil; it is called from
// one goroutine at a time. The only error is that of ctx.
func Forms(ctx context.Context, col record.Column, cells []string, stride, offset int, progress func(done, total int)) ([]record.Form, error) {
	forms, _, err := SegmentedForms(ctx, col, cells, stride, offset, progress)
	return forms, err
}

// SegmentedForms is Forms, and gives the segments of titles as well, by which
// affixes are found anew when rows are gone; nil for other columns.
func SegmentedForms(ctx context.Context, col record.Column, cells []string, stride, offset int, progress func(done, total int)) ([]record.Form, *Segments, error) {
	rows := 0
	if stride > 0 && offset >= 0 && offset < len(cells) {
		rows = (len(cells) - offset + stride - 1) / stride
	}
	cell := func(r int) string { return cells[offset+r*stride] }
	titles := col.Role == record.Title
	forms := make([]record.Form, rows)
	segs := make([][]segmented, (rows+chunk-1)/chunk)
	pool := sync.Pool{New: func() any { return new(scanner) }}
	write := writerOf(ctx, col, rows, cell)
	err := eachChunk(ctx, rows, progress, func(from, to int) {
		s := pool.Get().(*scanner)
		segs[from/chunk] = s.forms(forms, from, to, cell, write, titles)
		pool.Put(s)
	})
	if err != nil {
		return nil, nil, err
	}
	if !titles {
		return forms, nil, ctx.Err()
	}
	return forms, setAside(ctx, forms, segs), ctx.Err()
}

// batch gathers the texts, marks and segments of a chunk, so that each is laid
// down once, in one piece. It is reused from chunk to chunk.
type batch struct {
	text  []byte
	ends  []int // where the text of each row ends; isCell for one that is the cell itself
	marks []markAt
	after []int // how many marks there are after each row
	cuts  []cut
	rows  []int32 // those with more than one segment
	first []int   // where the cuts of each of these begin
}

// isCell stands for the end of a text that equals its cell and shares its memory.
const isCell = -1

func (b *batch) reset() {
	b.text, b.ends, b.marks, b.after = b.text[:0], b.ends[:0], b.marks[:0], b.after[:0]
	b.cuts, b.rows, b.first = b.cuts[:0], b.rows[:0], b.first[:0]
}

// forms writes forms[from:to], each with a Core equal to its Text, and, for
// titles, returns those of more than one segment.
func (s *scanner) forms(forms []record.Form, from, to int, cell func(int) string, write writer, titles bool) []segmented {
	b := &s.batch
	b.reset()
	for r := from; r < to; r++ {
		c := cell(r)
		s.marks, s.cuts = s.marks[:0], s.cuts[:0]
		if write(s, c); string(s.text) == c {
			b.ends = append(b.ends, isCell)
		} else {
			b.text = append(b.text, s.text...)
			b.ends = append(b.ends, len(b.text))
		}
		b.marks = append(b.marks, s.marks...)
		b.after = append(b.after, len(b.marks))
		if titles && len(s.cuts) > 1 {
			b.rows = append(b.rows, int32(r))
			b.first = append(b.first, len(b.cuts))
			b.cuts = append(b.cuts, s.cuts...)
		}
	}
	b.lay(forms[from:to], func(k int) string { return cell(from + k) })
	return b.segmented()
}

// lay writes the texts and marks of the batch into forms.
func (b *batch) lay(forms []record.Form, cell func(int) string) {
	text := string(b.text)
	values := make([]record.Mark, len(b.marks))
	at, m := 0, 0
	for k, end := range b.ends {
		f := &forms[k]
		if end == isCell {
			f.Text = cell(k)
		} else {
			f.Text = text[at:end]
			at = end
		}
		f.Core = f.Text
		for j := m; j < b.after[k]; j++ {
			values[j] = record.Mark{Kind: b.marks[j].kind, Value: f.Text[b.marks[j].start:b.marks[j].end]}
		}
		if m < b.after[k] {
			f.Marks = values[m:b.after[k]:b.after[k]]
		}
		m = b.after[k]
	}
}

// segmented gives the titles of more than one segment.
func (b *batch) segmented() []segmented {
	cuts := slices.Clone(b.cuts)
	segs := make([]segmented, len(b.rows))
	for k, r := range b.rows {
		to := len(cuts)
		if k+1 < len(b.first) {
			to = b.first[k+1]
		}
		segs[k] = segmented{row: r, cuts: cuts[b.first[k]:to]}
	}
	return segs
}

// eachChunk calls work for the rows from 0 to n, a chunk at a time, on all
// processors, until ctx is done. Chunks do not overlap.
func eachChunk(ctx context.Context, n int, progress func(done, total int), work func(from, to int)) error {
	var (
		next, done atomic.Int64
		wait       sync.WaitGroup
		mu         sync.Mutex
	)
	for range min(runtime.GOMAXPROCS(0), (n+chunk-1)/chunk) {
		wait.Go(func() {
			for ctx.Err() == nil {
				from := int(next.Add(chunk)) - chunk
				if from >= n {
					return
				}
				to := min(from+chunk, n)
				work(from, to)
				if d := done.Add(int64(to - from)); progress != nil {
					mu.Lock()
					progress(int(d), n)
					mu.Unlock()
				}
			}
		})
	}
	wait.Wait()
	return ctx.Err()
}
