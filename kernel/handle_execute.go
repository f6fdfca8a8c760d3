package kernel

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"reprise/kernel/display"
	"reprise/kernel/engine"
	"reprise/kernel/wire"
)

// execute runs a cell: execute_input, what the cell shows, its value or its error, the reply.
func (k *Kernel) execute(ctx context.Context, r *request, q wire.ExecuteRequest) wire.Content {
	k.running.Lock()
	defer k.running.Unlock()
	if r.shell.aborts(r) {
		return wire.ExecuteFailure{Status: wire.Aborted, ExecutionCount: k.count, Traceback: []string{}, Payload: []wire.Payload{}}
	}
	started := time.Now()
	c, n := k.cell(r, q)
	if !q.Silent {
		k.iopub.publish(&r.Header, wire.ExecuteInput{Code: q.Code, ExecutionCount: n})
	}
	out := newOutput(ctx, k, r, q)
	outcome, err := k.engine.Run(ctx, c, out)
	out.finish()
	r.metadata = map[string]any{"started": started.UTC().Format(time.RFC3339Nano), "status": wire.OK}
	if said := k.ledgerOf(c, outcome); len(said) > 0 {
		r.metadata["reprise"] = said
	}
	if err != nil {
		return k.executeFailed(ctx, r, q, n, err, out.payload)
	}
	k.showValue(r, q, n, outcome.Value)
	return wire.ExecuteReply{
		Status: wire.OK, ExecutionCount: n, Payload: out.payload,
		UserExpressions: k.userExpressions(ctx, q.UserExpressions),
	}
}

// unsaved is the name of cells that are not counted.
const unsaved = "unsaved cell"

// ledgerOf is what a reply tells of the cell: what it drew, and its record in the ledger
// when it counts. The record's output may be confirmed from the notebook later.
func (k *Kernel) ledgerOf(c engine.Cell, o engine.Outcome) map[string]any {
	said := map[string]any{}
	if len(o.Ledger) > 0 {
		said["ledger"] = o.Ledger
	}
	if o.Record == nil || c.Name == unsaved {
		return said
	}
	k.records.add(o.Record)
	bare := *o.Record
	bare.Volatile = nil
	said["record"] = bare
	return said
}

// cell makes the engine's cell of a request and counts it, if it is to be
// counted: not when it is silent, unsaved or empty.
func (k *Kernel) cell(r *request, q wire.ExecuteRequest) (engine.Cell, int) {
	id, _ := r.Metadata["cellId"].(string)
	c := engine.Cell{Name: unsaved, ID: id, Source: q.Code, Silent: q.Silent}
	if !q.StoreHistory || strings.TrimSpace(q.Code) == "" {
		return c, k.count
	}
	k.count++
	c.Name = fmt.Sprintf("cell [%d]", k.count)
	if err := k.history.Add(k.count, q.Code); err != nil {
		k.log.Warn("kernel: history", "error", err)
	}
	return c, k.count
}

func (k *Kernel) showValue(r *request, q wire.ExecuteRequest, n int, value *display.Bundle) {
	if value == nil || q.Silent {
		return
	}
	result := wire.ExecuteResult{ExecutionCount: n, Data: value.Data, Metadata: orEmpty(value.Metadata)}
	if err := k.iopub.publish(&r.Header, result); err != nil {
		k.iopub.print(&r.Header, engine.Stderr, "kernel: the value cannot be shown: "+err.Error()+"\n")
		return
	}
	text, ok := value.Data[display.Text].(string)
	if ok && q.StoreHistory {
		if err := k.history.SetOutput(n, text); err != nil {
			k.log.Warn("kernel: history", "error", err)
		}
	}
}

// executeFailed shows the error and, if the client asked for it, aborts what is queued behind the cell.
func (k *Kernel) executeFailed(ctx context.Context, r *request, q wire.ExecuteRequest, n int, err error, payload []wire.Payload) wire.Content {
	fault := asFault(err)
	r.metadata["status"] = wire.Error
	failure := wire.ExecuteFailure{
		Status: wire.Error, ExecutionCount: n, Payload: payload, UserExpressions: map[string]any{},
		EName: fault.Name, EValue: fault.Message, Traceback: fault.Traceback(),
	}
	if !q.Silent {
		k.iopub.publish(&r.Header, wire.ErrorOutput{EName: failure.EName, EValue: failure.EValue, Traceback: failure.Traceback})
	}
	if q.StopOnError {
		r.shell.fail(ctx)
	}
	return failure
}

// asFault gives any error the form of a fault. What is not the user's is said to be ours.
func asFault(err error) *engine.Fault {
	var fault *engine.Fault
	if errors.As(err, &fault) {
		return fault
	}
	return &engine.Fault{Name: "InternalError", Message: err.Error(), Notes: []string{"this is a mistake of the kernel, not of the cell"}}
}

// userExpressions evaluates each; one that fails says so in its own place.
func (k *Kernel) userExpressions(ctx context.Context, asked map[string]string) map[string]any {
	values := make(map[string]any, len(asked))
	for name, code := range asked {
		b, err := k.engine.Expr(ctx, code)
		if err != nil {
			f := asFault(err)
			values[name] = map[string]any{"status": wire.Error, "ename": f.Name, "evalue": f.Message, "traceback": f.Traceback()}
			continue
		}
		values[name] = map[string]any{"status": wire.OK, "data": b.Data, "metadata": orEmpty(b.Metadata)}
	}
	return values
}

// orEmpty writes {} for nil: clients index into it.
func orEmpty(m map[string]any) map[string]any {
	if m == nil {
		return map[string]any{}
	}
	return m
}
