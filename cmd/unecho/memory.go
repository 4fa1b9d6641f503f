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
		keepWithin(enough)
	}
	return make([]byte, 8<<20)
}

// enough is what a list of a million titles may take: garbage is collected
// sooner than by its share of the list where that would take more.
const enough = 850 << 20

// keepWithin bounds the memory by so many bytes, or by an eighth more than what
// is held where that is more: a bound below what is held would have garbage
// collected all the time. It is set anew after each collection.
func keepWithin(bytes int64) {
	held := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	var set func(struct{})
	set = func(struct{}) {
		metrics.Read(held)
		debug.SetMemoryLimit(max(bytes, int64(held[0].Value.Uint64())/8*9))
		runtime.AddCleanup(new([4]*byte), set, struct{}{})
	}
	set(struct{}{})
}
