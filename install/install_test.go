package install

import (
	"bytes"
	"encoding/json"
	"image/png"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// program writes something that stands for the binary.
func program(t *testing.T, content string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "built")
	if err := os.WriteFile(name, []byte(content), 0o755); err != nil {
		t.Fatal(err)
	}
	return name
}

// files lists a directory tree.
func files(t *testing.T, dir string) string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			rel, _ := filepath.Rel(dir, path)
			names = append(names, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(names, " ")
}

func installed(name string) string {
	return strings.NewReplacer("NAME", name, "EXE", programName()).Replace(
		"share/jupyter/kernels/NAME/kernel.json share/jupyter/kernels/NAME/logo-32x32.png share/jupyter/kernels/NAME/logo-64x64.png share/jupyter/kernels/NAME/logo-svg.svg share/jupyter/kernels/NAME/EXE")
}

func TestInstallTwiceAndUninstall(t *testing.T) {
	prefix := t.TempDir()
	o := Options{Prefix: prefix, Program: program(t, "version 1")}
	for range 2 {
		r, err := Install(o)
		if err != nil {
			t.Fatal(err)
		}
		if got := files(t, prefix); got != installed("reprise") {
			t.Fatalf("the prefix holds %s", got)
		}
		if r.Dir != filepath.Join(prefix, "share", "jupyter", "kernels", "reprise") || r.Program != filepath.Join(r.Dir, programName()) {
			t.Errorf("got %+v", r)
		}
		checkSpec(t, r, "Go (reprise)")
		checkProgram(t, r, "version 1")
	}
	o.Program = program(t, "version 2, longer")
	r, err := Install(o)
	if err != nil {
		t.Fatal(err)
	}
	checkProgram(t, r, "version 2, longer")

	if _, err := Uninstall(Options{Prefix: prefix}); err != nil {
		t.Fatal(err)
	}
	if got := files(t, prefix); got != "" {
		t.Errorf("left: %s", got)
	}
	if _, err := os.Stat(r.Dir); err == nil {
		t.Error("the directory is left")
	}
	if _, err := Uninstall(Options{Prefix: prefix}); err == nil || !strings.Contains(err.Error(), "no kernel is installed in "+r.Dir) {
		t.Errorf("a second uninstall: %v", err)
	}
}

func checkSpec(t *testing.T, r Result, displayName string) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(r.Dir, "kernel.json"))
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(raw, &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"argv":         []any{r.Program, "kernel", "{connection_file}"},
		"display_name": displayName, "language": "go", "interrupt_mode": "message", "kernel_protocol_version": "5.6",
		"metadata": map[string]any{"reprise": map[string]any{"installed": true}, "supported_encryption": "curve"},
	}
	g, _ := json.Marshal(got)
	w, _ := json.Marshal(want)
	if !bytes.Equal(g, w) {
		t.Errorf("kernel.json is %s, want %s", g, w)
	}
	if !filepath.IsAbs(r.Program) || len(r.Argv) != 3 {
		t.Errorf("argv %q", r.Argv)
	}
}

func checkProgram(t *testing.T, r Result, content string) {
	t.Helper()
	raw, err := os.ReadFile(r.Program)
	if err != nil || string(raw) != content {
		t.Errorf("the installed copy holds %q, %v", raw, err)
	}
	if info, err := os.Stat(r.Program); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o755 {
		t.Errorf("%v %v", info.Mode(), err)
	}
}

// The installed copy can be what runs: `reprise install` from there must not empty it.
func TestInstallFromTheInstalledCopy(t *testing.T) {
	prefix := t.TempDir()
	r, err := Install(Options{Prefix: prefix, Program: program(t, "the program")})
	if err != nil {
		t.Fatal(err)
	}
	r, err = Install(Options{Prefix: prefix, Program: r.Program, DisplayName: "Go again"})
	if err != nil {
		t.Fatal(err)
	}
	checkProgram(t, r, "the program")
	checkSpec(t, r, "Go again")
}

func TestInstallsSideBySide(t *testing.T) {
	prefix := t.TempDir()
	for _, name := range []string{"one", "two"} {
		if _, err := Install(Options{Prefix: prefix, Name: name, Program: program(t, name)}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Uninstall(Options{Prefix: prefix, Name: "one"}); err != nil {
		t.Fatal(err)
	}
	if got := files(t, prefix); got != installed("two") {
		t.Errorf("left: %s", got)
	}
}

func TestUninstallLeavesWhatIsNotOurs(t *testing.T) {
	prefix := t.TempDir()
	r, err := Install(Options{Prefix: prefix, Program: program(t, "x")})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(r.Dir, "notes.txt"), []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Uninstall(Options{Prefix: prefix}); err != nil {
		t.Fatal(err)
	}
	if got := files(t, prefix); got != "share/jupyter/kernels/reprise/notes.txt" {
		t.Errorf("left: %s", got)
	}
}

func TestOtherKernelsAreNotTouched(t *testing.T) {
	for _, content := range []string{`{"argv": ["other"], "display_name": "Other", "language": "go"}`, `not JSON`} {
		prefix := t.TempDir()
		dir := filepath.Join(prefix, "share", "jupyter", "kernels", "reprise")
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "kernel.json"), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		for name, do := range map[string]func(Options) (Result, error){"install": Install, "uninstall": Uninstall} {
			if _, err := do(Options{Prefix: prefix, Program: program(t, "x")}); err == nil || !strings.Contains(err.Error(), "choose another name with --name") {
				t.Errorf("%s over %s: %v", name, content, err)
			}
		}
		if got := files(t, prefix); got != "share/jupyter/kernels/reprise/kernel.json" {
			t.Errorf("now there are %s", got)
		}
	}
}

func TestBadOptions(t *testing.T) {
	file := program(t, "a file")
	for _, c := range []struct {
		o    Options
		want string
	}{
		{Options{Name: "Go"}, `bad kernel name "Go"; Jupyter allows a-z`},
		{Options{Name: "../up"}, `bad kernel name "../up"`},
		{Options{Name: ".."}, `bad kernel name ".."`},
		{Options{Name: "with space"}, "bad kernel name"},
		{Options{SysPrefix: true, Prefix: "/x"}, "exclude each other"},
		{Options{Prefix: filepath.Join(t.TempDir(), "missing")}, "is not a directory; create it first"},
		{Options{Prefix: file}, "is not a directory"},
		{Options{Prefix: t.TempDir(), Program: "/does/not/exist"}, "no such file"},
	} {
		if _, err := Install(c.o); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: got %v, want %s", c.o, err, c.want)
		}
	}
}

func TestNoPermission(t *testing.T) {
	if os.Geteuid() <= 0 {
		t.Log("root may write anywhere: the error is made by hand")
		err := explain(&fs.PathError{Op: "mkdir", Path: "/usr/share", Err: fs.ErrPermission})
		if !strings.Contains(err.Error(), "/usr/share") || !strings.Contains(err.Error(), "use --prefix with a directory of yours") {
			t.Errorf("got %v", err)
		}
		return
	}
	prefix := t.TempDir()
	if err := os.Chmod(prefix, 0o500); err != nil {
		t.Fatal(err)
	}
	_, err := Install(Options{Prefix: prefix, Program: program(t, "x")})
	if err == nil || !strings.Contains(err.Error(), "use --prefix with a directory of yours") {
		t.Errorf("got %v", err)
	}
}

func TestLogos(t *testing.T) {
	for name, side := range map[string]int{"logo-32x32.png": 32, "logo-64x64.png": 64} {
		raw, err := logos.ReadFile("logos/" + name)
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(bytes.NewReader(raw))
		if err != nil || img.Bounds().Dx() != side || img.Bounds().Dy() != side {
			t.Errorf("%s: %v %v", name, img.Bounds(), err)
		}
	}
}

// The committed logos are what the program beside them draws.
func TestLogosAreFresh(t *testing.T) {
	dir := t.TempDir()
	if out, err := exec.Command("go", "run", "logos/draw.go", "-o", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, name := range logoFiles() {
		want, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := logos.ReadFile("logos/" + name); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is stale: run go generate ./install (%v)", name, err)
		}
	}
}
