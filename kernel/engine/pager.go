package engine

import (
	"context"
	"strings"
)

// page answers a question in the front end's pager.
func (e *Engine) page(ctx context.Context, c Cell, name string, detail int, out Output) (Outcome, error) {
	b, found, err := e.Inspect(ctx, name, len(name), detail)
	if err != nil {
		return Outcome{}, err
	}
	if !found {
		return Outcome{}, &Fault{Name: "NotFound", Message: "nothing is known about " + name,
			Places: []Place{{Cell: c.Name, Line: 1, Column: 1 + strings.Index(c.Source, name), Text: strings.TrimSpace(c.Source)}}}
	}
	out.Page(b)
	return Outcome{}, nil
}
