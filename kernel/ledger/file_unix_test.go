//go:build unix

package ledger_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"reprise/kernel/ledger"
)

// A pipe is not opened: that would wait for a writer.
func TestFileDigest(t *testing.T) {
	folder := t.TempDir()
	pipe, plain := filepath.Join(folder, "pipe"), filepath.Join(folder, "plain")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(plain, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{pipe: "", folder: "", filepath.Join(folder, "none"): "", plain: ledger.Digest("x")} {
		if got := ledger.FileDigest(path); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}
