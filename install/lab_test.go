package install

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// TestMain lets this binary play jupyter-lab and python3: symbolic links of
// those names on PATH point at it.
func TestMain(m *testing.M) {
	switch name := filepath.Base(os.Args[0]); {
	case strings.HasPrefix(name, "jupyter-lab"):
		playLab(os.Args[1:])
	case strings.HasPrefix(name, "python"):
		playPython(os.Args[1:])
	default:
		os.Exit(m.Run())
	}
}

// playLab reports how it was called; with "wait" among its arguments it goes on until it is told to stop.
func playLab(args []string) {
	data, _, _ := strings.Cut(os.Getenv("JUPYTER_PATH"), string(os.PathListSeparator))
	raw, err := os.ReadFile(filepath.Join(data, "kernels", "reprise", "kernel.json"))
	var s spec
	json.Unmarshal(raw, &s)
	fmt.Printf("args %s\nkernel %s %v\npath %s\n", strings.Join(args, " "), strings.Join(s.Argv, " "), err, os.Getenv("JUPYTER_PATH"))
	switch {
	case strings.Contains(strings.Join(args, " "), "wait"):
		stop := make(chan os.Signal, 1)
		signal.Notify(stop, terminate)
		fmt.Println("waiting")
		<-stop
		fmt.Println("stopped")
	case strings.Contains(strings.Join(args, " "), "fail"):
		os.Exit(3)
	}
}

// playPython knows what the set-up asks of Python. PLAY says what goes wrong.
func playPython(args []string) {
	play, line := os.Getenv("PLAY"), strings.Join(args, " ")
	fmt.Fprintln(os.Stderr, "called:", line)
	switch {
	case strings.Contains(line, "find_spec") && !strings.Contains(play, "has-lab"):
		os.Exit(1)
	case strings.Contains(line, "version_info"):
		if strings.Contains(play, "old") {
			fmt.Println("False 3.9.2")
			return
		}
		fmt.Println("True 3.12.1")
	case strings.HasPrefix(line, "-m venv "):
		if strings.Contains(play, "no-venv") {
			fmt.Println("ensurepip is not available")
			os.Exit(1)
		}
		self, _ := os.Executable()
		os.MkdirAll(filepath.Join(args[2], "bin"), 0o755)
		os.Symlink(self, filepath.Join(args[2], "bin", "python"))
	case strings.HasPrefix(line, "-m pip install "):
		fmt.Println("Collecting jupyterlab==" + LabVersion)
		if strings.Contains(play, "no-network") {
			fmt.Println("ERROR: could not reach the index")
			os.Exit(1)
		}
		fmt.Println("Installing collected packages: jupyterlab")
	}
}

// onPath makes a PATH of links with the given names to this test binary.
func onPath(t *testing.T, names ...string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("links to the test binary need a privilege on Windows; the code under test is the same there")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, name := range names {
		if err := os.Symlink(self, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir)
}

func soon(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

func TestLabRunsWithOurKernel(t *testing.T) {
	onPath(t, "jupyter-lab")
	t.Setenv("JUPYTER_PATH", "/already/there")
	notebook := program(t, "{}")
	var out strings.Builder
	err := Lab(soon(t), LabOptions{Notebook: notebook, NoBrowser: true, Args: []string{"--port=1"}, Program: "/bin/reprise", Stdout: &out})
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(out.String(), "\n")
	if lines[0] != "args --ServerApp.answer_yes=True --no-browser --port=1 "+notebook {
		t.Error(lines[0])
	}
	if lines[1] != "kernel /bin/reprise kernel {connection_file} <nil>" {
		t.Error(lines[1])
	}
	data, rest, _ := strings.Cut(strings.TrimPrefix(lines[2], "path "), ":")
	if rest != "/already/there" {
		t.Error(lines[2])
	}
	if _, err := os.Stat(data); !os.IsNotExist(err) {
		t.Errorf("the temporary kernelspec is left in %s: %v", data, err)
	}
}

func TestLabStops(t *testing.T) {
	onPath(t, "jupyter-lab")
	ctx, stop := context.WithCancel(soon(t))
	r, w := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		ended <- Lab(ctx, LabOptions{Args: []string{"wait"}, Stdout: w})
		w.Close()
	}()
	var said strings.Builder
	buf := make([]byte, 1024)
	for !strings.Contains(said.String(), "waiting") {
		n, err := r.Read(buf)
		if err != nil {
			t.Fatal(err)
		}
		said.Write(buf[:n])
	}
	stop()
	rest, err := io.ReadAll(r)
	if err != nil || !strings.Contains(string(rest), "stopped") {
		t.Errorf("it said %q, %v", rest, err)
	}
	if err := <-ended; err != nil {
		t.Errorf("being stopped is no failure: %v", err)
	}
}

func TestLabErrors(t *testing.T) {
	onPath(t, "jupyter-lab")
	if err := Lab(soon(t), LabOptions{Args: []string{"fail"}}); err == nil || !strings.Contains(err.Error(), "exit status 3") {
		t.Errorf("got %v", err)
	}
	if err := Lab(soon(t), LabOptions{Notebook: "missing.ipynb"}); err == nil || !strings.Contains(err.Error(), "no notebook to open: stat missing.ipynb") {
		t.Errorf("got %v", err)
	}
	onPath(t)
	err := Lab(soon(t), LabOptions{CacheDir: t.TempDir()})
	if err == nil || !strings.Contains(err.Error(), "takes Python 3.11 or later: no python3 on PATH") || strings.Contains(err.Error(), "\n") {
		t.Errorf("got %v", err)
	}
}

func TestFindLab(t *testing.T) {
	onPath(t, "python3")
	if _, err := FindLab(soon(t)); err == nil || !strings.Contains(err.Error(), "pip install jupyterlab") {
		t.Errorf("got %v", err)
	}
	t.Setenv("PLAY", "has-lab")
	lab, err := FindLab(soon(t))
	if err != nil || len(lab) != 3 || filepath.Base(lab[0]) != "python3" || lab[2] != "jupyterlab" {
		t.Errorf("got %q, %v", lab, err)
	}
}

func TestPrivateLab(t *testing.T) {
	onPath(t, "python3")
	cache := filepath.Join(t.TempDir(), "not", "there", "yet")
	var told []string
	setUp := func() ([]string, error) {
		told = nil
		return PrivateLab(soon(t), cache, func(line string) { told = append(told, line) })
	}

	t.Setenv("PLAY", "no-network")
	_, err := setUp()
	if err == nil || !strings.Contains(err.Error(), "ERROR: could not reach the index") || !strings.Contains(err.Error(), "run it again to go on") {
		t.Fatalf("got %v", err)
	}
	t.Setenv("PLAY", "")
	lab, err := setUp()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(cache, "jupyterlab-"+LabVersion)
	if want := filepath.Join(dir, "bin", "python") + " -m jupyterlab"; strings.Join(lab, " ") != want {
		t.Errorf("got %q", lab)
	}
	want := []string{
		"JupyterLab is missing; setting up JupyterLab " + LabVersion + " in " + dir + " (once)",
		"  Collecting jupyterlab==" + LabVersion, "  Installing collected packages: jupyterlab", "JupyterLab is ready",
	}
	if strings.Join(told, "\n") != strings.Join(want, "\n") {
		t.Errorf("told %q", told)
	}
	if _, err := setUp(); err != nil || len(told) != 0 {
		t.Errorf("the second time: %v, told %q", err, told)
	}
	if err := os.Remove(filepath.Join(dir, "bin", "python")); err != nil { // the system's Python went away
		t.Fatal(err)
	}
	if _, err := setUp(); err != nil || len(told) == 0 {
		t.Errorf("after Python was replaced: %v, told %q", err, told)
	}
}

func TestPrivateLabErrors(t *testing.T) {
	onPath(t, "python3")
	quiet := func(string) {}
	for play, want := range map[string]string{
		"old":     "python3 is 3.9.2",
		"no-venv": "apt install python3-venv",
	} {
		t.Setenv("PLAY", play)
		if _, err := PrivateLab(soon(t), t.TempDir(), quiet); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v", play, err)
		}
	}
}

func TestLock(t *testing.T) {
	name := filepath.Join(t.TempDir(), "x.lock")
	unlock, err := lock(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := lock(name); err == nil || !strings.Contains(err.Error(), fmt.Sprintf("process %d is setting up JupyterLab", os.Getpid())) {
		t.Errorf("got %v", err)
	}
	unlock()
	if err := os.WriteFile(name, []byte("999999999"), 0o644); err != nil { // of a process that died
		t.Fatal(err)
	}
	unlock, err = lock(name)
	if err != nil {
		t.Fatal(err)
	}
	unlock()
}
