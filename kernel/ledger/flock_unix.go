//go:build unix && !solaris && !aix

package ledger

import (
	"os"
	"syscall"
)

// openLocked opens a file for reading and appending, for this process alone. The lock goes
// with the process. Readers do not need it.
func openLocked(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_APPEND|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close()
		if err == syscall.EWOULDBLOCK {
			err = errTaken
		}
		return nil, err
	}
	return f, nil
}
