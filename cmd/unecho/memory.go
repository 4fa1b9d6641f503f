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

// Up to enough, which a million titles take, garbage is collected by its share of
// the list; from there on sooner.
const enough = 900 << 20

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

// bound is how much memory, in bytes, may be taken where so much is held: two
// fifths more, of lists of some gigabytes a quarter more. Near what is held,
// garbage would be collected all the time.
func bound(held int64) int64 { return max(enough, held+min(held/5*2, max(spare, held/4))) }

const spare = 600 << 20
