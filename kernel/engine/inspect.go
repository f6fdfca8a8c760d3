package engine

import (
	"context"

	"reprise/kernel/display"
)

// Inspect documents the name at cursor.
func (e *Engine) Inspect(ctx context.Context, code string, cursor, detail int) (display.Bundle, bool, error) {
	return display.Bundle{}, false, nil
}
