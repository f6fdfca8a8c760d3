package kernel

import (
	"context"
	"time"

	"reprise/kernel/wire"
)

// interrupt asks the running cell to stop; the cell's own reply says that it did.
func (k *Kernel) interrupt(context.Context, *request, wire.InterruptRequest) wire.Content {
	k.Interrupt()
	return wire.InterruptReply{Status: wire.OK}
}

// Interrupt is what interrupt_request and SIGINT do.
func (k *Kernel) Interrupt() {
	k.engine.Interrupt() // first, so that a cell that leaves Input finds the stop flag set
	k.stdin.interrupt()
}

// lastWords is how long slow readers are waited for at the end.
const lastWords = time.Second

// shutdown ends Serve when the reply is out. A running cell is not waited for.
func (k *Kernel) shutdown(ctx context.Context, r *request, q wire.ShutdownRequest) wire.Content {
	reply := wire.ShutdownReply{Status: wire.OK, Restart: q.Restart}
	k.iopub.send(k.session.Child(&r.Header, reply), false) // other clients learn it here
	r.then = func() {
		ctx, cancel := context.WithTimeout(ctx, lastWords)
		defer cancel()
		k.iopub.barrier(ctx)
		k.stop(errShutdown)
	}
	return reply
}
