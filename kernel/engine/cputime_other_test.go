//go:build !unix

package engine_test

import "time"

var started = time.Now()

// cpuTime is the time that has gone by, where the system does not tell what the process has used.
func cpuTime() time.Duration { return time.Since(started) }
