package profile

import (
	"encoding/binary"
	"math/bits"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
)

// hashSet is a set of hashes other than 0, by open addressing: the hashes are
// spread already, and at a million rows this takes a third of a map's time.
type hashSet struct{ slots []uint64 }

// newHashSet makes a set for at most n hashes.
func newHashSet(n int) hashSet {
	return hashSet{make([]uint64, 1<<bits.Len(uint(2*n+1)))}
}

// add puts h in and says whether it was new.
func (s hashSet) add(h uint64) bool {
	mask := uint64(len(s.slots) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		switch s.slots[i] {
		case 0:
			s.slots[i] = h
			return true
		case h:
			return false
		}
	}
}

// repeats says of each hash, none of them 0, whether it stood before. The
// hashes are looked at in shards, each in a set that a core's cache holds.
func repeats(hashes []uint64) []bool {
	const shards = 16
	shard := func(h uint64) int { return int(h >> 58 % shards) }
	var sizes [shards]int
	for _, h := range hashes {
		sizes[shard(h)]++
	}
	again := make([]bool, len(hashes))
	spread(shards, func(k int) {
		set := newHashSet(sizes[k])
		for i, h := range hashes {
			if shard(h) == k && !set.add(h) {
				again[i] = true
			}
		}
	})
	return again
}

// spread calls work for 0 to n-1 on all processors.
func spread(n int, work func(k int)) {
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		wait.Go(func() {
			for k := int(next.Add(1)) - 1; k < n; k = int(next.Add(1)) - 1 {
				work(k)
			}
		})
	}
	wait.Wait()
}

// hashCell gives a cell's hash, 0 for a blank one. It is the same on every
// run and machine, as samples are chosen by it.
func hashCell(v string) uint64 {
	v = strings.TrimSpace(v)
	if v == "" {
		return 0
	}
	h := uint64(len(v)) * 0x9E3779B97F4A7C15
	for len(v) >= 8 {
		h = mix(h ^ binary.LittleEndian.Uint64([]byte(v[:8])))
		v = v[8:]
	}
	var last uint64
	for i := range len(v) {
		last |= uint64(v[i]) << (8 * i)
	}
	return mix(h^last) | 1<<63
}

// mix spreads the bits of a word (the finalizer of MurmurHash3, A. Appleby).
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}
