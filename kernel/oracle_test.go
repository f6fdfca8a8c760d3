//go:build oracle

package kernel_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The kernel, with the echo engine, against clients that we did not write:
// jupyter_client on libzmq, nbclient, nbconvert, jupyter_kernel_test. Each script
// fails unless it ran as many tests as it says, none of them skipped.
func TestOracles(t *testing.T) {
	scripts, err := filepath.Glob("testdata/oracle/*.py")
	if err != nil || len(scripts) < 4 {
		t.Fatalf("%d scripts, %v; want client, executed, protocol and counted", len(scripts), err)
	}
	path := echoKernelspec(t)
	for _, script := range scripts {
		name := filepath.Base(script)
		if name == "counted.py" {
			continue
		}
		t.Run(strings.TrimSuffix(name, ".py"), func(t *testing.T) {
			out, err := python(t, path, script).CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			t.Logf("%s", out)
		})
	}
}

// jupyter_kernel_test against the program itself, installed as a person installs it.
func TestJupyterKernelTest(t *testing.T) {
	show(t, python(t, installed(t), "testdata/jupyter_kernel_test/test_reprise.py"))
}

// papermill -p with our translator, which pip installs beside it.
func TestPapermill(t *testing.T) {
	data, packages, source := installed(t), t.TempDir(), filepath.Join(t.TempDir(), "papermill")
	if err := os.CopyFS(source, os.DirFS("../install/papermill")); err != nil { // pip leaves things beside what it builds
		t.Fatal(err)
	}
	pip := python(t, data, filepath.Join(source, "pyproject.toml"))
	pip.Args = append(pip.Args[:1], "-m", "pip", "install", "--quiet", "--no-deps", "--target", packages, ".")
	show(t, pip)
	c := python(t, data, "testdata/frontends/with_papermill.py", t.TempDir())
	c.Env = append(c.Env, "PYTHONPATH="+packages)
	show(t, c)
}

// A launcher on libzmq that leaves the ports to the kernel.
func TestRegistrationWithLibzmq(t *testing.T) {
	show(t, python(t, installed(t), "testdata/frontends/with_registration.py", t.TempDir()))
}

// Jupyter console, typed into.
func TestConsole(t *testing.T) {
	show(t, python(t, installed(t), "testdata/frontends/with_console.py", t.TempDir()))
}

// VS Code's Jupyter extension speaks to kernels by Node's libzmq, without a server.
func TestVSCode(t *testing.T) {
	data, client := installed(t), filepath.Join(t.TempDir(), "vscode")
	if err := os.CopyFS(client, os.DirFS("testdata/vscode")); err != nil { // npm installs beside what it reads
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"},
		{"node", "raw.mjs", filepath.Join(data, "kernels", "reprise", "kernel.json"), t.TempDir()},
	} {
		c := exec.CommandContext(t.Context(), args[0], args[1:]...)
		c.Dir, c.WaitDelay = client, 5*time.Second
		show(t, c)
	}
}

// The notebooks as go:percent text and back.
func TestJupytext(t *testing.T) {
	books, err := filepath.Glob("../notebooks/*.ipynb")
	if err != nil || len(books) == 0 {
		t.Fatalf("%d notebooks, %v", len(books), err)
	}
	args := []string{t.TempDir()}
	for _, b := range books {
		path, err := filepath.Abs(b)
		if err != nil {
			t.Fatal(err)
		}
		args = append(args, path)
	}
	show(t, python(t, installed(t), "testdata/frontends/with_jupytext.py", args...))
}

// installed installs the program and gives the path for Jupyter to search.
func installed(t *testing.T) string {
	t.Helper()
	program, err := build()
	if err != nil {
		t.Fatal(err)
	}
	data := t.TempDir()
	install := exec.Command(program, "install")
	install.Env = append(os.Environ(), "JUPYTER_DATA_DIR="+data)
	show(t, install)
	return data
}

func show(t *testing.T, c *exec.Cmd) {
	t.Helper()
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("%s", out)
}

// python runs a script with the interpreter that REPRISE_PYTHON names.
func python(t *testing.T, jupyterPath, script string, args ...string) *exec.Cmd {
	t.Helper()
	interpreter := os.Getenv("REPRISE_PYTHON")
	if interpreter == "" {
		interpreter = "python3"
	}
	c := exec.CommandContext(t.Context(), interpreter, append([]string{filepath.Base(script)}, args...)...)
	c.Dir = filepath.Dir(script)
	c.WaitDelay = 5 * time.Second
	c.Env = append(os.Environ(), "JUPYTER_PATH="+jupyterPath, "PYTHONDONTWRITEBYTECODE=1")
	return c
}

// echoKernelspec builds the echo kernel and makes it known to Jupyter as "echo". It gives the path to search.
func echoKernelspec(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	binary := filepath.Join(dir, "echokernel")
	if out, err := exec.Command("go", "build", "-o", binary, "./kerneltest/echokernel").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	spec, err := json.Marshal(map[string]any{
		"argv": []string{binary, "{connection_file}"}, "display_name": "echo", "language": "go",
		"interrupt_mode": "message", "kernel_protocol_version": "5.6",
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(dir, "kernels", "echo"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "kernels", "echo", "kernel.json"), spec, 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}
