package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// spareMemory collects garbage twice as often as Go does by itself: a list is
// held whole, so the room that Go leaves for garbage is as large as the list. It
// costs some per cent of the time (docs/performance.md). GOGC overrules it.
//
// A small list would be collected every other millisecond. What is given back
// counts as held while it is kept, which leaves room for some garbage beside
// any list; nothing is ever written to it, so it takes no memory.
func spareMemory() (room []byte) {
	if os.Getenv("GOGC") != "" {
		return nil
	}
	debug.SetGCPercent(50)
	if os.Getenv("GOMEMLIMIT") == "" {
		keepWithin()
	}
	return make([]byte, 8<<20)
}

// A list of a million titles is to take no more than much. Up to enough,
// garbage is collected by its share of the list; from there on sooner.
const (
	enough = 850 << 20
	much   = 1000 << 20
)

// keepWithin bounds the memory anew after each collection, by what the list then
// holds.
func keepWithin() {
	held := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	var set func(struct{})
	set = func(struct{}) {
		metrics.Read(held)
		debug.SetMemoryLimit(bound(int64(held[0].Value.Uint64())))
		runtime.AddCleanup(new([4]*byte), set, struct{}{})
	}
	set(struct{}{})
}

// bound is how much memory, in bytes, may be taken where so much is held. It is
// always an eighth more at the least, and a quarter more for a list that is
// larger than much: near what is held, garbage would be collected all the time.
func bound(held int64) int64 {
	if small := max(enough, held/8*9); small <= much {
		return small
	}
	return held / 4 * 5
}
