package main

import (
	"os"
	"regexp"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"
)

// What is asked to come in large pages is marked so, and takes no memory before
// it is written to.
func TestLargePages(t *testing.T) {
	if _, err := os.Stat("/sys/kernel/mm/transparent_hugepage"); err != nil {
		t.Skip("the kernel has no large pages")
	}
	const size = 256 << 20
	if !takes(size) {
		t.Skip("256 MB are not to be had")
	}
	if !largePages(size) {
		t.Fatal("the kernel refused")
	}
	marked, held := markedMemory(t)
	if marked < size {
		t.Errorf("%d MB are marked", marked>>20)
	}
	if held >= size/2 {
		t.Errorf("%d MB of it are held", held>>20)
	}
}

// What is asked to come in large pages does not count as held.
func TestLargePagesDoNotCount(t *testing.T) {
	const size = 1 << 30
	if !takes(size) {
		t.Skip("1 GB is not to be had")
	}
	keepWithin() // to the end of the process, which it does no harm
	for range 20 {
		largePages(size)
		time.Sleep(10 * time.Millisecond) // for what follows a collection
		if limit := debug.SetMemoryLimit(-1); limit != enough {
			t.Fatalf("the bound is %d MB", limit>>20)
		}
	}
}

// markedMemory is how much memory of the process may come in large pages, and how
// much of it the process holds, in bytes.
func markedMemory(t *testing.T) (size, held int) {
	t.Helper()
	maps, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		t.Skip(err)
	}
	figure := regexp.MustCompile(`(?m)^(Size|Rss): +(\d+) kB$`)
	area := map[string]int{}
	for line := range strings.Lines(string(maps)) {
		if m := figure.FindStringSubmatch(line); m != nil {
			kilobytes, _ := strconv.Atoi(m[2])
			area[m[1]] = kilobytes << 10
		}
		if strings.HasPrefix(line, "VmFlags:") && strings.Contains(line+" ", " hg ") {
			size, held = size+area["Size"], held+area["Rss"]
		}
	}
	return size, held
}

// A length of which nobody knows is no reason to make ready.
func TestRoomForWhatIsNoFile(t *testing.T) {
	roomFor([]string{"-", t.TempDir(), "nowhere.csv"})
}
