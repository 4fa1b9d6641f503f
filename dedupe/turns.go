package dedupe

import "sync"

// turns does one thing at a time, in order, for parts that become ready in any
// order: whoever makes the next one ready does it, and those behind it that are
// ready too, while others go on.
type turns struct {
	do func(i int)

	mu    sync.Mutex
	given []bool // which parts are ready
	next  int
	busy  bool
}

// newTurns makes turns for parts 0 to n-1. do is called for each once, in order.
func newTurns(n int, do func(i int)) *turns { return &turns{do: do, given: make([]bool, n)} }

// ready says that a part is ready. Once it was said of all of them and the last
// call has returned, all are done.
func (t *turns) ready(i int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.given[i] = true
	if t.busy {
		return
	}
	t.busy = true
	for t.next < len(t.given) && t.given[t.next] {
		t.mu.Unlock()
		t.do(t.next)
		t.mu.Lock()
		t.next++
	}
	t.busy = false
}
