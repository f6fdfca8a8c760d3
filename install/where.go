package install

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// A system is what decides where Jupyter keeps its data.
type system struct {
	goos   string
	getenv func(string) string
	home   func() (string, error)
	// pythonPrefix is sys.prefix of the Python on PATH.
	pythonPrefix func() (string, error)
}

func here() system {
	return system{runtime.GOOS, os.Getenv, os.UserHomeDir, pythonPrefix}
}

// target is the data directory that o asks for.
func (s system) target(o Options) (string, error) {
	switch {
	case o.SysPrefix && o.Prefix != "":
		return "", errors.New("install: --sys-prefix and --prefix exclude each other")
	case o.Prefix != "":
		prefix, err := filepath.Abs(o.Prefix)
		if err != nil {
			return "", fmt.Errorf("install: bad prefix: %w", err)
		}
		if info, err := os.Stat(prefix); err != nil || !info.IsDir() {
			return "", fmt.Errorf("install: the prefix %s is not a directory; create it first", prefix)
		}
		return filepath.Join(prefix, "share", "jupyter"), nil
	case o.SysPrefix:
		prefix, err := s.sysPrefix()
		return filepath.Join(prefix, "share", "jupyter"), err
	}
	return s.dataDir()
}

// sysPrefix is the active Python environment: as its activation script says, or
// else that of the Python on PATH.
func (s system) sysPrefix() (string, error) {
	for _, name := range []string{"VIRTUAL_ENV", "CONDA_PREFIX"} {
		if dir := s.getenv(name); dir != "" {
			return dir, nil
		}
	}
	prefix, err := s.pythonPrefix()
	if err != nil {
		return "", fmt.Errorf("install: --sys-prefix wants an active Python environment and found none (%w); activate one or use --prefix", err)
	}
	return prefix, nil
}

// dataDir is the user's Jupyter data directory, as jupyter_core 5.9 finds it
// (jupyter_core/paths.py, jupyter_data_dir).
func (s system) dataDir() (string, error) {
	if dir := s.getenv("JUPYTER_DATA_DIR"); dir != "" {
		return filepath.Abs(dir)
	}
	home, err := s.home()
	if err != nil {
		return "", fmt.Errorf("install: no home directory (%w); set JUPYTER_DATA_DIR or use --prefix", err)
	}
	platform := s.isSet("JUPYTER_PLATFORM_DIRS")
	switch s.goos {
	case "darwin":
		if platform {
			return filepath.Join(home, "Library", "Application Support", "jupyter"), nil
		}
		return filepath.Join(home, "Library", "Jupyter"), nil
	case "windows":
		return s.windowsDataDir(home, platform), nil
	}
	if xdg := s.getenv("XDG_DATA_HOME"); xdg != "" {
		return filepath.Join(xdg, "jupyter"), nil
	}
	return filepath.Join(home, ".local", "share", "jupyter"), nil
}

func (s system) windowsDataDir(home string, platform bool) string {
	if local := s.getenv("LOCALAPPDATA"); platform && local != "" {
		return filepath.Join(local, "jupyter")
	}
	if roaming := s.getenv("APPDATA"); roaming != "" {
		return filepath.Join(roaming, "jupyter")
	}
	if config := s.getenv("JUPYTER_CONFIG_DIR"); config != "" {
		return filepath.Join(config, "data")
	}
	return filepath.Join(home, ".jupyter", "data")
}

// isSet reads a variable as jupyter_core's envset does.
func (s system) isSet(name string) bool {
	switch strings.ToLower(s.getenv(name)) {
	case "", "n", "no", "off", "false", "0", "0.0":
		return false
	}
	return true
}

func pythonPrefix() (string, error) {
	python, err := findPython()
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	out, err := exec.CommandContext(ctx, python, "-c", "import sys; print(sys.prefix)").Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w", python, err)
	}
	return strings.TrimSpace(string(out)), nil
}

// findPython looks for Python 3 on PATH. On Windows the command is mostly "python".
func findPython() (string, error) {
	for _, name := range []string{"python3", "python"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("no python3 on PATH")
}
