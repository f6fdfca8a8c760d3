//go:build oracle

package install

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// The oracle is Jupyter itself. REPRISE_PYTHON names a Python that has jupyter_client.
func python() string {
	if p := os.Getenv("REPRISE_PYTHON"); p != "" {
		return p
	}
	return "python3"
}

func jupyter(t *testing.T, env []string, code string) string {
	t.Helper()
	cmd := exec.Command(python(), "-c", code)
	cmd.Env = append(os.Environ(), env...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v; set REPRISE_PYTHON to a Python with jupyter_client", err)
	}
	return strings.TrimSpace(string(out))
}

const list = "from jupyter_client.kernelspecapp import KernelSpecApp; KernelSpecApp.launch_instance(['list', '--json'])"

// Wherever it is installed, `jupyter kernelspec list` finds it, with all that front ends use.
func TestJupyterSeesIt(t *testing.T) {
	prefix, data := t.TempDir(), t.TempDir()
	t.Setenv("JUPYTER_DATA_DIR", data)
	for _, c := range []struct {
		o   Options
		env []string
	}{
		{Options{}, nil},
		{Options{Name: "go-2.x_y", DisplayName: "Göö \"2\"", Prefix: prefix}, []string{"JUPYTER_PATH=" + filepath.Join(prefix, "share", "jupyter")}},
	} {
		c.o.Program = program(t, "x")
		r, err := Install(c.o)
		if err != nil {
			t.Fatal(err)
		}
		var seen struct {
			Kernelspecs map[string]struct {
				Dir  string `json:"resource_dir"`
				Spec spec   `json:"spec"`
			}
		}
		if err := json.Unmarshal([]byte(jupyter(t, c.env, list)), &seen); err != nil {
			t.Fatal(err)
		}
		name := c.o.Name
		if name == "" {
			name = DefaultName
		}
		got, ok := seen.Kernelspecs[name]
		if !ok || got.Dir != r.Dir || strings.Join(got.Spec.Argv, " ") != strings.Join(r.Argv, " ") {
			t.Fatalf("jupyter sees %+v", seen)
		}
		if c.o.DisplayName != "" && got.Spec.DisplayName != c.o.DisplayName || got.Spec.InterruptMode != "message" || got.Spec.KernelProtocolVersion != "5.6" {
			t.Errorf("jupyter sees %+v", got.Spec)
		}
		if _, err := Uninstall(c.o); err != nil {
			t.Fatal(err)
		}
		if out := jupyter(t, c.env, list); strings.Contains(out, `"`+name+`"`) {
			t.Errorf("after uninstall jupyter sees %s", out)
		}
	}
}

// Jupyter's own idea of its data directory, in several environments.
func TestJupyterDataDir(t *testing.T) {
	for _, env := range []string{"", "XDG_DATA_HOME=/xdg", "JUPYTER_DATA_DIR=/data", "JUPYTER_PLATFORM_DIRS=1", "XDG_DATA_HOME=/xdg JUPYTER_PLATFORM_DIRS=1"} {
		vars := append(strings.Fields(env), "HOME="+t.TempDir())
		for _, name := range []string{"XDG_DATA_HOME", "JUPYTER_DATA_DIR", "JUPYTER_PLATFORM_DIRS"} {
			t.Setenv(name, "")
		}
		want := jupyter(t, vars, "import warnings; warnings.simplefilter('ignore'); import jupyter_core.paths as p; print(p.jupyter_data_dir())")
		for _, pair := range vars {
			name, value, _ := strings.Cut(pair, "=")
			t.Setenv(name, value)
		}
		if got, err := here().dataDir(); err != nil || got != want {
			t.Errorf("with %q: got %s, %v; jupyter says %s", env, got, err, want)
		}
	}
}

// --sys-prefix is sys.prefix of the Python on PATH.
func TestJupyterSysPrefix(t *testing.T) {
	bin, err := exec.LookPath(python())
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("VIRTUAL_ENV", "")
	t.Setenv("CONDA_PREFIX", "")
	t.Setenv("PATH", filepath.Dir(bin)+string(os.PathListSeparator)+os.Getenv("PATH"))
	want := jupyter(t, nil, "import sys; print(sys.prefix)")
	if got, err := here().sysPrefix(); err != nil || got != want {
		t.Errorf("got %s, %v; want %s", got, err, want)
	}
}

// What `reprise lab` uses: a kernelspec on JUPYTER_PATH alone.
func TestJupyterSeesTheTemporarySpec(t *testing.T) {
	data, err := temporarySpec("/bin/reprise")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(data)
	out := jupyter(t, []string{"JUPYTER_PATH=" + data}, list)
	if !strings.Contains(out, `"/bin/reprise"`) {
		t.Errorf("jupyter sees %s", out)
	}
}

// A real JupyterLab, started as `reprise lab` does, offers the kernel and ends when it is told to.
func TestRealLabOffersTheKernel(t *testing.T) {
	t.Setenv("JUPYTER_DATA_DIR", t.TempDir()) // nothing is installed
	bin, err := exec.LookPath(python())
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", filepath.Dir(bin)+string(os.PathListSeparator)+os.Getenv("PATH"))
	ctx, stop := context.WithCancel(soon(t))
	r, w := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		ended <- Lab(ctx, LabOptions{
			Notebook: program(t, "{}"), NoBrowser: true, Stdout: w, Stderr: w, Program: "/bin/reprise",
			Args: []string{"--allow-root", "--port=0", "--port-retries=50", "--ServerApp.token=secret"},
		})
		w.Close()
	}()
	address := regexp.MustCompile(`http://127\.0\.0\.1:\d+/`)
	var said strings.Builder
	base := ""
	for lines := bufio.NewScanner(r); base == ""; {
		if !lines.Scan() {
			t.Fatalf("JupyterLab ended early: %v\n%s", <-ended, said.String())
		}
		said.WriteString(lines.Text() + "\n")
		base = address.FindString(lines.Text())
	}
	go io.Copy(io.Discard, r)
	body, err := get(ctx, base+"api/kernelspecs?token=secret")
	if err != nil || !strings.Contains(string(body), `"/bin/reprise"`) || !strings.Contains(string(body), "logo-svg.svg") {
		t.Errorf("%s offers %s, %v", base, body, err)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// get asks until the server, which tells its address before it listens, answers.
func get(ctx context.Context, url string) (string, error) {
	for {
		resp, err := http.Get(url)
		if err == nil {
			defer resp.Body.Close()
			body, err := io.ReadAll(resp.Body)
			return string(body), err
		}
		select {
		case <-ctx.Done():
			return "", err
		case <-time.After(20 * time.Millisecond):
		}
	}
}
