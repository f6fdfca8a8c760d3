package modules_test

import (
	"context"
	"fmt"
	"go/types"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"reprise/kernel/modules"
	"reprise/kernel/modules/proxytest"
	"reprise/kernel/symbols"
)

// The modules of testdata/proxy are served from a folder, as a proxy would.
func newModules(t *testing.T) *modules.Modules {
	t.Helper()
	proxytest.Serve(t, "testdata")
	m := modules.New(symbols.NewImporter())
	t.Cleanup(func() {
		if err := m.Close(); err != nil {
			t.Error(err)
		}
	})
	return m
}

func get(t *testing.T, m *modules.Modules, query string) (modules.Got, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	return m.Get(ctx, query)
}

func TestGet(t *testing.T) {
	m := newModules(t)
	if _, err := m.Import("example.com/plain"); err == nil || !strings.Contains(err.Error(), "is not here") {
		t.Errorf("before: %v", err)
	}
	got, err := get(t, m, "example.com/plain@v1.0.0")
	if err != nil {
		t.Fatal(err)
	}
	if s := fmt.Sprintf("%+v", got); s != "{Module:{Path:example.com/plain Version:v1.0.0} Packages:[example.com/plain example.com/plain/sub] Name:plain}" {
		t.Errorf("got %s", s)
	}
	pkg, err := m.Import("example.com/plain/sub")
	if err != nil {
		t.Fatal(err)
	}
	if f, ok := pkg.Scope().Lookup("Double").(*types.Func); !ok || f.Type().String() != "func(x int) int" {
		t.Errorf("Double is %v", pkg.Scope().Lookup("Double"))
	}
	if d := m.Doc("example.com/plain", "Stack.Push"); d != "Push puts x on top.\n" {
		t.Errorf("doc of Push: %q", d)
	}
	if strs, err := m.Import("strings"); err != nil || strs.Path() != "strings" {
		t.Errorf("a compiled package: %v %v", strs, err)
	}
}

// Another version of a module is another package: what was read of the first one is forgotten.
func TestAnotherVersion(t *testing.T) {
	m := newModules(t)
	if _, err := get(t, m, "example.com/plain@v1.0.0"); err != nil {
		t.Fatal(err)
	}
	old, err := m.Import("example.com/plain")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := get(t, m, "example.com/plain"); err != nil || got.Version != "v1.1.0" {
		t.Fatalf("the latest is %v, %v", got, err)
	}
	now, err := m.Import("example.com/plain")
	if err != nil || now == old || now.Scope().Lookup("Added") == nil || old.Scope().Lookup("Added") != nil {
		t.Errorf("v1.1.0: %v %v", now, err)
	}
	if all := fmt.Sprint(m.All()); all != "[{example.com/plain v1.1.0}]" {
		t.Errorf("all: %s", all)
	}
}

func TestRefused(t *testing.T) {
	m := newModules(t)
	for query, want := range map[string]string{
		"example.com/needsc@v1.0.0":  "package example.com/needsc needs cgo: C can not be interpreted",
		"example.com/program@v1.0.0": "package example.com/program is a program, which can not be imported",
		"example.com/system@v1.0.0":  `package example.com/system can not be used in cells: system.go:3: could not import syscall`,
		"example.com/none@v1.0.0":    "example.com/none@v1.0.0: reading file:",
		"example.com/plain@v9.9.9":   "example.com/plain@v9.9.9: reading file:",
		"not a module":               "malformed",
	} {
		if _, err := get(t, m, query); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v\nwant %s", query, err, want)
		}
	}
}

// A module that is no longer what its checksum says is refused.
func TestChecksum(t *testing.T) {
	m := newModules(t)
	if _, err := get(t, m, "example.com/plain@v1.0.0"); err != nil {
		t.Fatal(err)
	}
	forged := t.TempDir()
	text, err := os.ReadFile("testdata/plain.txtar")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(forged, "plain.txtar")
	if err := os.WriteFile(file, append(text, "// and more\n"...), 0o644); err != nil {
		t.Fatal(err)
	}
	proxytest.Serve(t, forged)
	if _, err := get(t, m, "example.com/plain@v1.0.0"); err == nil || !strings.Contains(err.Error(), "checksum mismatch") {
		t.Errorf("a forged module: %v", err)
	}
}

func TestWithoutGo(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the folder of go.exe is looked at without PATH on Windows")
	}
	m := newModules(t)
	t.Setenv("PATH", t.TempDir())
	if _, err := get(t, m, "example.com/plain@v1.0.0"); err == nil || !strings.Contains(err.Error(), "needs the go command") {
		t.Errorf("without go: %v", err)
	}
}

func TestInterrupted(t *testing.T) {
	m := newModules(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := m.Get(ctx, "example.com/plain@v1.0.0"); err != context.Canceled {
		t.Errorf("interrupted: %v", err)
	}
	if _, err := get(t, m, "example.com/plain@v1.0.0"); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

func TestCached(t *testing.T) {
	m := newModules(t)
	if _, err := get(t, m, "example.com/plain@v1.0.0"); err != nil {
		t.Fatal(err)
	}
	for typed, want := range map[string]string{
		"exa":                      "[example.com/]",
		"example.com/pl":           "[example.com/plain@]",
		"example.com/plain@":       "[example.com/plain@v1.0.0]",
		"example.com/nothing@":     "[]",
		"github.com/Nobody/Has/it": "[]",
	} {
		if got := fmt.Sprint(modules.Cached(context.Background(), typed)); got != want {
			t.Errorf("%s: %s, want %s", typed, got, want)
		}
	}
}
