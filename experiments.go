package main

import (
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"sync"

	"reprise/kernel/engine"
	"reprise/kernel/swarm"
	"reprise/nnlib/experiment"
	"reprise/notebooks/runner"
)

// experiments is what experiments in cells need of the program.
func experiments(e *engine.Engine, play experiment.Evaluator) experiment.Host {
	_, replica := play.(swarm.Replica)
	return experiment.Host{
		Evaluator: play,
		Replica:   replica,
		Source: func() experiment.Source {
			s, err := e.Source()
			return experiment.Source{Execution: s.Execution, Digest: s.Digest, Err: err}
		},
		Lock:    lock,
		Context: e.Context,
		Fresh:   os.Getenv(runner.FreshVar) != "",
		Writes:  e.WritesFile,
	}
}

// lock says which versions the program is made of. One that was built from no commit
// says instead which bytes it is.
var lock = sync.OnceValue(readLock)

func readLock() string {
	text := fmt.Sprintf("reprise %s, %s", version(), runtime.Version())
	if version() == "devel" || version() == "unknown" {
		text += ", program " + programDigest()
	}
	info, _ := debug.ReadBuildInfo()
	for _, m := range shownModules {
		text += fmt.Sprintf(", %s %s", m, moduleVersion(info, m))
	}
	return text
}

func programDigest() string {
	path, err := os.Executable()
	if err != nil {
		return err.Error()
	}
	f, err := os.Open(path)
	if err != nil {
		return err.Error()
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return err.Error()
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}
