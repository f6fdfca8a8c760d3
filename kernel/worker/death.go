package worker

import (
	"fmt"
	"strings"

	"reprise/kernel/engine"
)

// Died is the name of the fault of a cell whose worker has ended.
const Died = "WorkerDied"

// causes are the runtime's words for its end, and ours. The first that is found counts.
var causes = []struct{ words, say string }{
	{"stack exceeds", "stack overflow: a function calls itself without end"},
	{"stack overflow", "stack overflow: a function calls itself without end"},
	{"out of memory", "out of memory"},
	{"cannot allocate memory", "out of memory"},
	{"concurrent map writes", "concurrent map writes: two goroutines wrote to one map; guard it with a sync.Mutex"},
	{"concurrent map read and map write", "concurrent map read and map write: guard the map with a sync.Mutex"},
	{"concurrent map iteration and map write", "concurrent map iteration and map write: guard the map with a sync.Mutex"},
	{"all goroutines are asleep", "deadlock: all goroutines are asleep"},
}

// fault tells in one line why a child that is gone has ended.
func (c *child) fault() *engine.Fault {
	c.mu.Lock()
	defer c.mu.Unlock()
	f := &engine.Fault{Name: Died, Message: diagnose(c.last)}
	switch {
	case c.why != "":
		f.Message = c.why
	case f.Message != "":
	case killed(c.state):
		f.Message = "the worker was killed from outside, perhaps since memory ran out"
	case c.state != nil:
		f.Message = fmt.Sprintf("the worker ended by itself: %s", c.state)
	default:
		f.Message = "the worker ended"
	}
	return f
}

// diagnose finds the line of the runtime's last words that says what happened.
func diagnose(last string) string {
	if last == "" {
		return ""
	}
	for _, cause := range causes {
		if strings.Contains(last, cause.words) {
			return cause.say
		}
	}
	for line := range strings.Lines(last) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "fatal error: ") || strings.HasPrefix(line, "panic: ") {
			return line
		}
	}
	first, _, _ := strings.Cut(strings.TrimSpace(last), "\n")
	return first
}
