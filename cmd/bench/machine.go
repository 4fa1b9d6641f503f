package main

import (
	"fmt"
	"os"
	"regexp"
	"runtime"
	"strconv"
)

// machine is what a table was measured on.
type machine struct {
	Cores  int    `json:"cores"`
	CPU    string `json:"cpu,omitempty"`
	Memory int64  `json:"memory_bytes,omitempty"`
	System string `json:"system"`
	Go     string `json:"go"`
}

// thisMachine looks where the kernel says it; elsewhere than on Linux the
// model and the memory are left out.
func thisMachine() machine {
	m := machine{Cores: runtime.NumCPU(), System: runtime.GOOS + "/" + runtime.GOARCH, Go: runtime.Version()}
	if found := firstOf("/proc/cpuinfo", `(?m)^model name\s*: (.*)$`); found != "" {
		m.CPU = found
	}
	kilobytes, _ := strconv.ParseInt(firstOf("/proc/meminfo", `(?m)^MemTotal:\s*(\d+) kB$`), 10, 64)
	m.Memory = kilobytes * 1024
	return m
}

// firstOf gives what a pattern holds in brackets where it first fits a file.
func firstOf(file, pattern string) string {
	data, err := os.ReadFile(file)
	if err != nil {
		return ""
	}
	if found := regexp.MustCompile(pattern).FindSubmatch(data); found != nil {
		return string(found[1])
	}
	return ""
}

// String says it in a line.
func (m machine) String() string {
	text := fmt.Sprintf("%d cores", m.Cores)
	if m.CPU != "" {
		text += " (" + m.CPU + ")"
	}
	if m.Memory > 0 {
		text += ", " + memory(m.Memory) + " of memory"
	}
	return text + ", " + m.System + ", " + m.Go
}
