//go:build unix

package main_test

import (
	"bufio"
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"reprise/notebooks/nb"
)

// Ctrl-C stops the cell, and what was executed is written.
func TestInterruptWritesWhatWasExecuted(t *testing.T) {
	folder := notebook(t, "fmt.Println(\"first\")", "for {\n}", "fmt.Println(\"never\")")
	c := exec.CommandContext(t.Context(), program, "run", "x.ipynb")
	c.Dir = folder
	stderr, err := c.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(deadline, func() { c.Process.Kill() })
	defer timer.Stop()
	var said []string
	for lines := bufio.NewScanner(stderr); lines.Scan(); {
		said = append(said, lines.Text())
		if strings.HasPrefix(lines.Text(), "cell 1/3") {
			if err := c.Process.Signal(os.Interrupt); err != nil {
				t.Fatal(err)
			}
		}
	}
	var exit *exec.ExitError
	if err := c.Wait(); !errors.As(err, &exit) || exit.ExitCode() != 130 {
		t.Errorf("ended with %v, want exit code 130\n%s", err, strings.Join(said, "\n"))
	}
	n := read(t, folder, "x.ipynb")
	out := n.Cells[1].Outputs
	if len(n.Cells[0].Outputs) != 1 || len(n.Cells[2].Outputs) != 0 || len(out) > 0 && (out[0].Type != nb.Error || out[0].EName != "Interrupted") {
		t.Errorf("wrote %+v", out)
	}
}

// Ctrl-C stops a comparison, which says what it knew.
func TestInterruptDiff(t *testing.T) {
	folder := notebook(t, "fmt.Println(\"first\")", "for {\n}")
	c := exec.CommandContext(t.Context(), program, "diff", "x.ipynb", "x.ipynb")
	c.Dir = folder
	stderr, err := c.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	var stdout strings.Builder
	c.Stdout = &stdout
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(deadline, func() { c.Process.Kill() })
	defer timer.Stop()
	for lines := bufio.NewScanner(stderr); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "cell 1/2") {
			if err := c.Process.Signal(os.Interrupt); err != nil {
				t.Fatal(err)
			}
		}
	}
	var exit *exec.ExitError
	if err := c.Wait(); !errors.As(err, &exit) || exit.ExitCode() != 130 || !strings.Contains(stdout.String(), "A  x.ipynb") {
		t.Errorf("ended with %v, want exit code 130\n%s", err, stdout.String())
	}
}
