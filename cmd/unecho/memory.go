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
// holds, and never lower than before: what was given back to the system once
// would have to be asked for again, page by page.
func keepWithin() {
	held := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	var most int64
	var set func(struct{})
	set = func(struct{}) {
		metrics.Read(held)
		most = max(most, bound(int64(held[0].Value.Uint64())))
		debug.SetMemoryLimit(most)
		runtime.AddCleanup(new([4]*byte), set, struct{}{})
	}
	set(struct{}{})
}

// bound is how much memory, in bytes, may be taken where so much is held: two
// fifths more, of lists of some gigabytes a fifth more. Near what is held,
// garbage would be collected all the time.
func bound(held int64) int64 { return max(enough, held+min(held/5*2, max(spare, held/5))) }

const spare = 600 << 20

// A list takes up to perByte times the bytes of its files, fewer the longer it is.
// From vast on, which a million titles do not take, large pages are worth their while.
const (
	perByte = 12
	vast    = 2 << 30
)

// roomFor makes ready for the lists in some files. What else they name, such as
// standard input, has a length that is not known.
func roomFor(files []string) {
	var size int64
	for _, name := range files {
		if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() {
			size += info.Size()
		}
	}
	if size *= perByte; size >= vast && os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		largePages(size)
	}
}
