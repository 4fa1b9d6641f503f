package normalize

import (
	"context"
	"runtime"
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
	rows := 0
	if stride > 0 && offset >= 0 && offset < len(cells) {
		rows = (len(cells) - offset + stride - 1) / stride
	}
	cell := func(r int) string { return cells[offset+r*stride] }
	forms := make([]record.Form, rows)
	var segs [][]segmented
	var write func(from, to int)
	if f := formOf(col, rows, cell); f != nil {
		write = func(from, to int) {
			for r := from; r < to; r++ {
				forms[r] = f(cell(r))
			}
		}
	} else {
		segs = make([][]segmented, (rows+chunk-1)/chunk)
		pool := sync.Pool{New: func() any { return new(scanner) }}
		write = func(from, to int) {
			s := pool.Get().(*scanner)
			segs[from/chunk] = s.forms(forms, from, to, cell, col.Role == record.Title)
			pool.Put(s)
		}
	}
	if err := eachChunk(ctx, rows, progress, write); err != nil {
		return nil, err
	}
	if col.Role == record.Title {
		setAside(forms, concat(segs))
	}
	return forms, ctx.Err()
}

func concat(segs [][]segmented) []segmented {
	n := 0
	for _, s := range segs {
		n += len(s)
	}
	all := make([]segmented, 0, n)
	for _, s := range segs {
		all = append(all, s...)
	}
	return all
}

// forms writes forms[from:to], each with a Core equal to its Text, and, for
// titles, returns those of more than one segment.
func (s *scanner) forms(forms []record.Form, from, to int, cell func(int) string, titles bool) []segmented {
	var (
		text  []byte
		ends  = make([]int, 0, to-from)
		marks []markAt
		after = make([]int, 0, to-from)
		cuts  []cut
		segs  []segmented
		first []int
	)
	for r := from; r < to; r++ {
		text = append(text, s.fold(cell(r))...)
		ends = append(ends, len(text))
		marks = append(marks, s.marks...)
		after = append(after, len(marks))
		if titles && len(s.cuts) > 1 {
			segs = append(segs, segmented{row: int32(r)})
			first = append(first, len(cuts))
			cuts = append(cuts, s.cuts...)
		}
	}
	all := string(text)
	values := make([]record.Mark, len(marks))
	at, m := 0, 0
	for k, end := range ends {
		f := &forms[from+k]
		f.Text = all[at:end]
		f.Core = f.Text
		for j := m; j < after[k]; j++ {
			values[j] = record.Mark{Kind: marks[j].kind, Value: f.Text[marks[j].start:marks[j].end]}
		}
		if m < after[k] {
			f.Marks = values[m:after[k]:after[k]]
		}
		at, m = end, after[k]
	}
	for k := range segs {
		to := len(cuts)
		if k+1 < len(first) {
			to = first[k+1]
		}
		segs[k].cuts = cuts[first[k]:to]
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
