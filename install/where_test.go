package install

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
)

// The expected directories are those of jupyter_core 5.9, paths.py.
func TestDataDir(t *testing.T) {
	for _, c := range []struct{ goos, env, want string }{
		{"linux", "", "/home/me/.local/share/jupyter"},
		{"linux", "XDG_DATA_HOME=/xdg", "/xdg/jupyter"},
		{"linux", "JUPYTER_DATA_DIR=/data XDG_DATA_HOME=/xdg", "/data"},
		{"linux", "JUPYTER_PLATFORM_DIRS=1", "/home/me/.local/share/jupyter"},
		{"freebsd", "", "/home/me/.local/share/jupyter"},
		{"darwin", "", "/home/me/Library/Jupyter"},
		{"darwin", "JUPYTER_PLATFORM_DIRS=yes", "/home/me/Library/Application Support/jupyter"},
		{"darwin", "JUPYTER_PLATFORM_DIRS=No", "/home/me/Library/Jupyter"},
		{"windows", "APPDATA=/roaming", "/roaming/jupyter"},
		{"windows", "APPDATA=/roaming LOCALAPPDATA=/local JUPYTER_PLATFORM_DIRS=true", "/local/jupyter"},
		{"windows", "", "/home/me/.jupyter/data"},
		{"windows", "JUPYTER_CONFIG_DIR=/config", "/config/data"},
	} {
		got, err := fake(c.goos, c.env).dataDir()
		if err != nil || filepath.ToSlash(got) != c.want {
			t.Errorf("%s with %q: got %s, %v; want %s", c.goos, c.env, got, err, c.want)
		}
	}
}

func TestSysPrefix(t *testing.T) {
	for _, c := range []struct{ env, want string }{
		{"VIRTUAL_ENV=/venv CONDA_PREFIX=/conda", "/venv/share/jupyter"},
		{"CONDA_PREFIX=/conda", "/conda/share/jupyter"},
		{"PYTHON=/usr/local", "/usr/local/share/jupyter"},
	} {
		got, err := fake("linux", c.env).target(Options{SysPrefix: true})
		if err != nil || filepath.ToSlash(got) != c.want {
			t.Errorf("with %q: got %s, %v; want %s", c.env, got, err, c.want)
		}
	}
	if _, err := fake("linux", "").target(Options{SysPrefix: true}); err == nil || !strings.Contains(err.Error(), "activate one or use --prefix") {
		t.Errorf("got %v", err)
	}
}

func TestNoHome(t *testing.T) {
	s := fake("linux", "")
	s.home = func() (string, error) { return "", errors.New("$HOME is not defined") }
	if _, err := s.dataDir(); err == nil || !strings.Contains(err.Error(), "set JUPYTER_DATA_DIR or use --prefix") {
		t.Errorf("got %v", err)
	}
}

// fake is a system with an environment such as "A=1 B=2".
func fake(goos, env string) system {
	vars := map[string]string{}
	for _, pair := range strings.Fields(env) {
		name, value, _ := strings.Cut(pair, "=")
		vars[name] = value
	}
	return system{
		goos:   goos,
		getenv: func(name string) string { return vars[name] },
		home:   func() (string, error) { return "/home/me", nil },
		pythonPrefix: func() (string, error) {
			if vars["PYTHON"] == "" {
				return "", errors.New("no python3 on PATH")
			}
			return vars["PYTHON"], nil
		},
	}
}
