package kernel

import (
	"context"

	"reprise/kernel/cell"
	"reprise/kernel/display"
	"reprise/kernel/engine"
)

// An Engine is all that the kernel asks of whatever runs cells. Run, Complete and
// Inspect may be called from different goroutines; one Run at a time. Positions are byte offsets.
type Engine interface {
	// Run runs one cell. The user's mistakes come back as *engine.Fault.
	Run(ctx context.Context, c engine.Cell, out engine.Output) (engine.Outcome, error)
	Complete(ctx context.Context, code string, cursor int) (engine.Completion, error)
	// Inspect documents the name at cursor; detail 0 is a summary, 1 everything. False: nothing known.
	Inspect(ctx context.Context, code string, cursor, detail int) (display.Bundle, bool, error)
	// Expr evaluates one expression for Jupyter's user_expressions.
	Expr(ctx context.Context, code string) (display.Bundle, error)
	IsComplete(code string) cell.State
	// Interrupt asks the running cell to stop; a second call, 3 s or more after one that was not obeyed, replaces the worker.
	Interrupt()
	// Banner is shown at start; Language names the version for kernel_info.
	Close() error
}
