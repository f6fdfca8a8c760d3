package kernel

import (
	"context"

	"reprise/kernel/cell"
	"reprise/kernel/wire"
)

// isComplete tells a console whether Enter runs the text or starts another line.
func (k *Kernel) isComplete(_ context.Context, _ *request, q wire.IsCompleteRequest) wire.Content {
	state := k.engine.IsComplete(q.Code)
	reply := wire.IsCompleteReply{Status: state.Status}
	if state.Status == cell.Incomplete {
		reply.Indent = &state.Indent
	}
	return reply
}
