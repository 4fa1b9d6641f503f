package main

import (
	"context"
	"io"
	"os"
	"sync"
)

// interruptible gives a standard input that ends with ctx: a read that waits
// for somebody to type, or for another program, would otherwise hold up a run
// that was told to stop. A regular file never keeps a read waiting and is
// given as it is. Nothing is read before the first Read.
func interruptible(ctx context.Context, in *os.File) io.Reader {
	if info, err := in.Stat(); err == nil && info.Mode().IsRegular() {
		return in
	}
	r, w := io.Pipe()
	context.AfterFunc(ctx, func() { r.CloseWithError(ctx.Err()) })
	return &lazyPipe{PipeReader: r, start: sync.OnceFunc(func() {
		go func() {
			_, err := io.Copy(w, in)
			w.CloseWithError(err)
		}()
	})}
}

// lazyPipe is a pipe that is filled from the first Read on.
type lazyPipe struct {
	*io.PipeReader
	start func()
}

func (p *lazyPipe) Read(b []byte) (int, error) {
	p.start()
	return p.PipeReader.Read(b)
}
