package main

import (
	"bufio"
	"bytes"
	"math"
	"os"
	"runtime/debug"
	"strconv"

	"golang.org/x/sys/unix"
)

// largePages has the next memory of the heap, so many bytes, come in pages of two
// megabytes where the kernel leaves that to programs, as most do: a list of
// gigabytes is looked up all over, and each look at a page that is not at hand, and
// each page of four kilobytes that is given for the first time, is waited for. It says
// whether it did.
//
// Go has no call for it: the memory is taken, which costs nothing before it is
// written to, marked, and given back. The heap takes it again from its begin on.
func largePages(size int64) bool {
	if !takes(size) {
		return false
	}
	// No collection may find it: all of it would count as held (keepWithin).
	percent, limit := debug.SetGCPercent(-1), debug.SetMemoryLimit(math.MaxInt64)
	room := make([]byte, size)
	err := unix.Madvise(room, unix.MADV_HUGEPAGE)
	room = nil
	debug.SetGCPercent(percent)
	debug.SetMemoryLimit(limit)
	debug.FreeOSMemory()
	return err == nil
}

// takes says whether so many bytes may be taken without harm: they are there, and
// nothing counts them before they are written to.
func takes(size int64) bool {
	var limit unix.Rlimit
	if unix.Getrlimit(unix.RLIMIT_AS, &limit) != nil || limit.Cur != unix.RLIM_INFINITY {
		return false
	}
	strict, err := os.ReadFile("/proc/sys/vm/overcommit_memory")
	return err == nil && !bytes.HasPrefix(strict, []byte("2")) && available() >= size
}

// available is how much memory the kernel says can be had, in bytes; 0 where it
// does not say.
func available() int64 {
	file, err := os.Open("/proc/meminfo")
	if err != nil {
		return 0
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if fields := bytes.Fields(lines.Bytes()); len(fields) > 1 && string(fields[0]) == "MemAvailable:" {
			kilobytes, _ := strconv.ParseInt(string(fields[1]), 10, 64)
			return kilobytes << 10
		}
	}
	return 0
}
