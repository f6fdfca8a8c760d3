//go:build oracle

package engine_test

import (
	"flag"
	"go/build"
	"go/build/constraint"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

var (
	gorootFlag   = flag.String("goroot", "", "run only the programs of the Go distribution whose path holds this; -v shows their output")
	gorootUpdate = flag.Bool("goroot-update", false, "rewrite testdata/goroot.txt; new lines have no reason")
	gorootSlow   = flag.Bool("goroot-slow", false, "run also what the list calls slow")
)

// gorootDeadline is what one program of the distribution may take.
const gorootDeadline = time.Minute

// TestGoroot runs the Go distribution's own test programs (all of $GOROOT/test that begin
// with "// run") as cells. What a program must print stands in the distribution, in a file
// beside it; without one it must print nothing.
func TestGoroot(t *testing.T) {
	root := filepath.Join(runtime.GOROOT(), "test")
	programs := gorootPrograms(t, root)
	if len(programs) < 900 {
		t.Fatalf("%d programs in %s: is this a whole distribution?", len(programs), root)
	}
	list := readFails(t, "testdata/goroot.txt",
		`The programs of $GOROOT/test that begin with "// run" and do not run as a cell as they do compiled, and why.`)
	list.check(t, programs)
	var todo []job
	for _, p := range programs {
		if strings.Contains(p.name, *gorootFlag) && (*gorootSlow || !list.is(p.name, "slow")) {
			todo = append(todo, p)
		}
	}
	failed := runJobs(t, todo, gorootDeadline, *gorootFlag)
	if *gorootUpdate {
		list.write(t, programs, todo, failed)
	}
	passed := list.judge(t, todo, failed, *gorootFlag != "")
	t.Logf("%d of %d programs of %s/test pass; the others stand in %s with the reason: %s", passed, len(programs), runtime.Version(), list.file, list.kinds())
}

// gorootPrograms lists the programs that the distribution's test runner would run here.
func gorootPrograms(t *testing.T, root string) []job {
	var list []job
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		head, rest, _ := strings.Cut(string(text), "\n")
		if head = strings.TrimSpace(head); head != "// run" && !strings.HasPrefix(head, "// run ") || !applies(rest) {
			return nil
		}
		rel, err := filepath.Rel(root, path)
		want, _ := os.ReadFile(strings.TrimSuffix(path, ".go") + ".out") // none: it prints nothing
		list = append(list, job{name: filepath.ToSlash(rel), Cells: []string{string(text)}, Both: true,
			right: func(got []string) string { return firstDifference(string(want), got[0]) }})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// applies evaluates a program's build constraint for this machine, without cgo.
func applies(text string) bool {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "package ") {
			return true
		}
		if x, err := constraint.Parse(line); err == nil {
			return x.Eval(func(tag string) bool {
				return tag == runtime.GOOS || tag == runtime.GOARCH || tag == "gc" || tag == "unix" && runtime.GOOS != "windows" ||
					strings.HasPrefix(tag, "go1.") && slices.Contains(build.Default.ReleaseTags, tag)
			})
		}
	}
	return true
}
