//go:build !windows && (!unix || solaris || aix)

package ledger

import "os"

// openLocked opens a file for reading and appending. Systems without locks trust that one process writes it.
func openLocked(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_RDWR|os.O_APPEND|os.O_CREATE, 0o644)
}
