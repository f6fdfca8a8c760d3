package engine

import "context"

// The worker's front process runs %replay itself, since it outlives the engine.
// Only an engine without a worker gets here.
func replayMagic() Magic {
	return Magic{
		Name: "replay",
		Doc: "Run all cells that had succeeded once more, silently, in a fresh worker, and compare what they show with what they had shown. " +
			"It brings a notebook back after its worker has died. The line must stand alone in its cell.",
		Run: func(_ context.Context, c *Call) (Outcome, error) {
			return Outcome{}, c.misuse("%%replay must stand alone in its cell, and needs a kernel with a worker process")
		},
	}
}
