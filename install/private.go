package install

import (
	"bufio"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
)

// LabVersion is the JupyterLab that PrivateLab sets up.
const LabVersion = "4.6.6"

//go:embed constraints.txt
var constraints []byte

// doneFile is written into the environment when it is complete.
const doneFile = "complete"

// PrivateLab returns the command of a JupyterLab in a Python environment of our
// own under cacheDir, in fixed versions. When it is missing it is made, which
// takes some minutes and is told line by line; an interrupted set-up goes on
// where it was.
func PrivateLab(ctx context.Context, cacheDir string, progress func(line string)) ([]string, error) {
	dir := filepath.Join(cacheDir, "jupyterlab-"+LabVersion)
	python := venvPython(dir)
	lab := []string{python, "-m", "jupyterlab"}
	if complete(dir, python) {
		return lab, nil
	}
	base, err := basePython(ctx)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("install: no place for JupyterLab: %w", err)
	}
	unlock, err := lock(dir + ".lock")
	if err != nil {
		return nil, err
	}
	defer unlock()
	if complete(dir, python) { // another run finished it meanwhile
		return lab, nil
	}
	progress(fmt.Sprintf("JupyterLab is missing; setting up JupyterLab %s in %s (once)", LabVersion, dir))
	if err := setUp(ctx, base, dir, python, progress); err != nil {
		return nil, err
	}
	progress("JupyterLab is ready")
	return lab, nil
}

func complete(dir, python string) bool {
	version, err := os.ReadFile(filepath.Join(dir, doneFile))
	if err != nil || strings.TrimSpace(string(version)) != LabVersion {
		return false
	}
	_, err = os.Stat(python) // gone when the Python it was made of has been removed
	return err == nil
}

func setUp(ctx context.Context, base, dir, python string, progress func(string)) error {
	// Both steps may be done again over a half-finished environment.
	if err := follow(ctx, progress, base, "-m", "venv", dir); err != nil {
		return fmt.Errorf("install: %s cannot make a virtual environment (Debian and Ubuntu: apt install python3-venv): %w", base, err)
	}
	pins := filepath.Join(dir, "constraints.txt")
	if err := os.WriteFile(pins, constraints, 0o644); err != nil {
		return fmt.Errorf("install: %w", err)
	}
	if err := follow(ctx, progress, python, "-m", "pip", "install", "--no-input", "--disable-pip-version-check",
		"--progress-bar", "off", "-c", pins, "jupyterlab=="+LabVersion); err != nil {
		return fmt.Errorf("install: JupyterLab could not be downloaded: %w; run it again to go on, or install JupyterLab yourself (https://jupyter.org/install)", err)
	}
	if err := os.WriteFile(filepath.Join(dir, doneFile), []byte(LabVersion+"\n"), 0o644); err != nil {
		return fmt.Errorf("install: %w", err)
	}
	return nil
}

// basePython finds a Python that the fixed versions run on.
func basePython(ctx context.Context) (string, error) {
	const what = "install: JupyterLab is missing, and setting it up takes Python 3.11 or later"
	python, err := findPython()
	if err != nil {
		return "", fmt.Errorf("%s: %w; install one of them (https://jupyter.org/install)", what, err)
	}
	const ask = "import sys; print(sys.version_info >= (3, 11), '.'.join(map(str, sys.version_info[:3])))"
	out, err := exec.CommandContext(ctx, python, "-c", ask).Output()
	if err != nil {
		return "", fmt.Errorf("%s: %s does not run: %w", what, python, err)
	}
	if ok, version, _ := strings.Cut(strings.TrimSpace(string(out)), " "); ok != "True" {
		return "", fmt.Errorf("%s: %s is %s", what, python, version)
	}
	return python, nil
}

func venvPython(dir string) string {
	if runtime.GOOS == "windows" {
		return filepath.Join(dir, "Scripts", "python.exe")
	}
	return filepath.Join(dir, "bin", "python")
}

// follow runs a command, passes on the lines that tell of progress, and has the
// last lines of what it said in its error.
func follow(ctx context.Context, progress func(string), name string, args ...string) error {
	cmd := exec.CommandContext(ctx, name, args...)
	out, in := io.Pipe()
	cmd.Stdout, cmd.Stderr = in, in
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() {
		err := cmd.Wait()
		in.Close()
		ended <- err
	}()
	var last []string
	for lines := bufio.NewScanner(out); lines.Scan(); {
		line := strings.TrimSpace(lines.Text())
		if strings.HasPrefix(line, "Collecting ") || strings.HasPrefix(line, "Installing ") {
			progress("  " + line)
		}
		if last = append(last, line); len(last) > 5 {
			last = last[1:]
		}
	}
	out.Close() // a line too long for the scanner must not block the command
	err := <-ended
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return fmt.Errorf("%w: %s", err, strings.Join(last, " | "))
	}
	return nil
}

// lock keeps two set-ups apart. A lock whose process has died is taken over.
func lock(name string) (unlock func(), err error) {
	for range 2 {
		f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
		if err == nil {
			fmt.Fprint(f, os.Getpid())
			f.Close()
			return func() { os.Remove(name) }, nil
		}
		if !errors.Is(err, fs.ErrExist) {
			return nil, fmt.Errorf("install: %w", err)
		}
		text, _ := os.ReadFile(name)
		if pid, err := strconv.Atoi(string(text)); err == nil && alive(pid) {
			return nil, fmt.Errorf("install: process %d is setting up JupyterLab; wait for it, or remove %s if that is not so", pid, name)
		}
		if err := os.Remove(name); err != nil {
			return nil, fmt.Errorf("install: %w", err)
		}
	}
	return nil, fmt.Errorf("install: others keep setting up JupyterLab (%s)", name)
}
