package engine

import (
	"context"
	"fmt"
	"go/types"

	"reprise/kernel/cell"
	"reprise/kernel/display"
)

// outcome makes the value of the cell.
func (e *Engine) outcome(c Cell, prog *cell.Program, r *run) (Outcome, error) {
	vals := r.results
	if len(vals) == 0 || c.Silent {
		return Outcome{}, nil
	}
	if err, ok := vals[len(vals)-1].(error); ok && err != nil {
		return Outcome{}, e.rt.errorFault(err)
	}
	vals = dropNilError(vals, prog)
	if len(vals) == 0 {
		return Outcome{}, nil
	}
	for i, v := range vals {
		vals[i] = showable(v)
	}
	b := e.render(vals)
	return Outcome{Value: &b}, nil
}

// dropNilError leaves out a nil error at the end: no error says nothing.
func dropNilError(vals []any, prog *cell.Program) []any {
	n := len(vals)
	if vals[n-1] == nil && n == len(prog.Results) && prog.Results[n-1].String() == "error" {
		return vals[:n-1]
	}
	return vals
}

// showable puts the type in the place of a function: its address says nothing and is
// another one in each run.
func showable(v any) any {
	b, ok := v.(Boxed)
	if !ok {
		return v
	}
	if _, isFunc := b.T.Go.Underlying().(*types.Signature); isFunc {
		return verbatim(typeName(b.T.Go))
	}
	return v
}

// verbatim is text that is shown without quotes.
type verbatim string

func (v verbatim) String() string { return string(v) }

func (e *Engine) render(vals []any) display.Bundle {
	render := e.config.Render
	if render == nil {
		render = func(v any) display.Bundle { return display.AsText(fmt.Sprintf("%v", v)) }
	}
	var all []display.Bundle
	for _, v := range vals {
		all = append(all, render(v))
	}
	return display.Join(all...)
}

// expression is the name of what is evaluated beside the notebook; it stands in no ledger.
const expression = "expression"

// Expr evaluates one expression, without effects on the notebook's names.
func (e *Engine) Expr(ctx context.Context, code string) (display.Bundle, error) {
	o, err := e.Run(ctx, Cell{Name: expression, Source: code}, discard{})
	if err != nil {
		return display.Bundle{}, err
	}
	if o.Value == nil {
		return display.Bundle{Data: map[string]any{display.Text: ""}}, nil
	}
	return *o.Value, nil
}
