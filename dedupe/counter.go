package dedupe

import "sync"

// counter adds up what several workers have done and tells it, one at a time.
type counter struct {
	mu          sync.Mutex
	done, total int
	tell        func(done, total int)
}

func (c *counter) add(n int) {
	if c.tell == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.done += n
	c.tell(c.done, c.total)
}

// steps tells how far a stage of several steps is, of which each takes about its
// share of the time.
type steps struct {
	tell  func(done, total int)
	total int     // what is told as all, such as the records
	begun float64 // share of the steps that came before, 0 to 1
}

// next begins a step and gives what is told during it; nil where nobody listens.
func (s *steps) next(share float64) func(done, total int) {
	from := s.begun
	s.begun += share
	if s.tell == nil {
		return nil
	}
	during := func(done, total int) {
		s.tell(int(float64(s.total)*(from+share*float64(done)/float64(max(total, 1)))), s.total)
	}
	during(0, 1)
	return during
}
