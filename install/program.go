package install

import (
	"bytes"
	"crypto/sha256"
	"io"
	"os"
	"path/filepath"
)

// copyProgram makes target a copy of the binary source, unless it is one already.
func copyProgram(target, source string) error {
	same, err := sameContent(target, source)
	if err != nil || same {
		return err
	}
	in, err := os.Open(source)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.CreateTemp(filepath.Dir(target), ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(out.Name()) // fails once the copy has its name
	_, err = io.Copy(out, in)
	if syncErr := out.Sync(); err == nil { // a half-written program after a power cut would not start
		err = syncErr
	}
	if closeErr := out.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	if err := os.Chmod(out.Name(), 0o755); err != nil {
		return err
	}
	return replace(out.Name(), target)
}

// replace renames from to target. Windows does not let go of a program that
// runs, but it may be renamed: it is moved aside, and removed by the next install.
func replace(from, target string) error {
	aside := target + ".old"
	os.Remove(aside) // there is none, or it still runs
	err := os.Rename(from, target)
	if err == nil {
		return nil
	}
	if os.Rename(target, aside) != nil {
		return err
	}
	return os.Rename(from, target)
}

// sameContent compares two files. A missing a is different; a missing b is an error.
func sameContent(a, b string) (bool, error) {
	infoB, err := os.Stat(b)
	if err != nil {
		return false, err
	}
	infoA, err := os.Stat(a)
	if err != nil {
		return false, nil
	}
	if os.SameFile(infoA, infoB) {
		return true, nil
	}
	if infoA.Size() != infoB.Size() {
		return false, nil
	}
	sumA, err := digest(a)
	if err != nil {
		return false, err
	}
	sumB, err := digest(b)
	return bytes.Equal(sumA, sumB), err
}

func digest(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return h.Sum(nil), err
}
