package main

import (
	"context"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// endTogether lets a program that is stopped take what it has started along.
func endTogether(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}

// peak is the most memory that a program held, in bytes, or one of those that
// it started.
func peak(s *os.ProcessState) int64 {
	return s.SysUsage().(*syscall.Rusage).Maxrss * 1024
}

// holdsMore looks ten times a second whether a program holds more memory than
// it may, and says so as soon as it does; or that it did not, at the end.
func holdsMore(ctx context.Context, pid int, bytes int64) bool {
	for tick := time.NewTicker(100 * time.Millisecond); ; {
		select {
		case <-ctx.Done():
			return false
		case <-tick.C:
		}
		text, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/statm")
		if err != nil {
			return false
		}
		fields := strings.Fields(string(text))
		if len(fields) < 2 {
			return false
		}
		if pages, _ := strconv.ParseInt(fields[1], 10, 64); pages*int64(os.Getpagesize()) > bytes {
			return true
		}
	}
}
