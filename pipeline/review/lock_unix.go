//go:build unix

package review

import (
	"os"
	"syscall"
)

// lock waits until no other process writes to the file. The lock ends with the
// process, however it ends.
func lock(f *os.File) (unlock func(), err error) {
	for {
		err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX)
		if err == nil {
			return func() { syscall.Flock(int(f.Fd()), syscall.LOCK_UN) }, nil
		}
		if err != syscall.EINTR {
			return nil, &os.PathError{Op: "lock", Path: f.Name(), Err: err}
		}
	}
}

// syncFolder forces the entry of a new file to disk.
func syncFolder(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	defer dir.Close()
	return dir.Sync()
}
