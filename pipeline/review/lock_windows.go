//go:build windows

package review

import (
	"os"

	"golang.org/x/sys/windows"
)

// lock waits until no other process writes to the file. The lock ends with the
// process, however it ends.
func lock(f *os.File) (unlock func(), err error) {
	handle, whole := windows.Handle(f.Fd()), ^uint32(0)
	if err := windows.LockFileEx(handle, windows.LOCKFILE_EXCLUSIVE_LOCK, 0, whole, whole, new(windows.Overlapped)); err != nil {
		return nil, &os.PathError{Op: "lock", Path: f.Name(), Err: err}
	}
	return func() { windows.UnlockFileEx(handle, 0, whole, whole, new(windows.Overlapped)) }, nil
}

// syncFolder has nothing to do: folders are not forced to disk here.
func syncFolder(string) error { return nil }
