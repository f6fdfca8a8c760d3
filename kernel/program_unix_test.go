//go:build !windows

package kernel_test

import (
	"io"
	"os"
	"os/exec"
	"testing"
	"time"

	"reprise/kernel/kerneltest"
	"reprise/kernel/wire"
)

// A kernel whose client died ends too, with its worker, although a cell runs.
func TestOrphanedProgramEnds(t *testing.T) {
	program, err := build()
	if err != nil {
		t.Fatal(err)
	}
	c := kerneltest.FreePorts(t)
	// The shell is the client that starts a kernel: it ends with its standard input.
	parent := exec.Command("sh", "-c", `"$0" kernel "$1" & read line`, program, kerneltest.WriteConnection(t, c))
	parent.Env = append(os.Environ(), "JPY_PARENT_PID=1", "XDG_DATA_HOME="+t.TempDir())
	leave, err := parent.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	alive, inherited, err := os.Pipe() // all that descends from the shell has the other end
	if err != nil {
		t.Fatal(err)
	}
	defer alive.Close()
	parent.Stderr = inherited
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	inherited.Close()
	f := kerneltest.ConnectZMQ(t, c)
	begin(f)
	leave.Close()
	parent.Wait()
	if err := alive.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(alive); err != nil {
		f.Control(wire.ShutdownRequest{})
		t.Errorf("20 s after its parent the kernel still runs: %v", err)
	}
	f.Disconnect()
}
