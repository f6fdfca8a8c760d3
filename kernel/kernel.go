package kernel

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"reprise/kernel/cell"
	"reprise/kernel/display"
	"reprise/kernel/engine"
	"reprise/kernel/ledger"
	"reprise/kernel/wire"
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
	// Close ends the engine; a cell that still runs ends with an error.
	Close() error
}

// A Socket is one bound socket of a kernel, as zmtp.Socket is one. Frames that a
// Socket was given must not be changed.
type Socket interface {
	Recv(ctx context.Context) ([][]byte, error)
	Send(ctx context.Context, frames [][]byte) error // blocks while the peer is slow
	Close() error
}

// Channels are the five sockets of a kernel. On Shell, Control and Stdin the
// first frame names the client. Heartbeat answers by itself, so that it beats
// while all else is busy. New subscribers of IOPub are given Welcome.
type Channels struct {
	Shell, Control, Stdin, IOPub Socket
	Heartbeat                    io.Closer
}

func (c Channels) close() error {
	var errs []error
	for _, s := range []io.Closer{c.Shell, c.Control, c.Stdin, c.IOPub, c.Heartbeat} {
		errs = append(errs, s.Close())
	}
	return errors.Join(errs...)
}

// Welcome is what a new subscriber of topic is sent: iopub_welcome (JEP 65).
func Welcome(codec *wire.Codec, session *wire.Session) func(topic []byte) [][]byte {
	return func(topic []byte) [][]byte {
		m := session.Request(wire.IOPubWelcome{Subscription: string(topic)})
		m.IDs = [][]byte{topic}
		frames, _ := codec.Encode(m) // two strings can be encoded
		return frames
	}
}

// Options are what New may leave open.
type Options struct {
	Info    Info
	History History               // nil: in memory
	Comms   map[string]CommTarget // by target name
	Log     *slog.Logger          // nil: slog.Default

	// Notebook is the path of the notebook, when it is known: the ledger of the session is
	// kept beside it. Lock and Machine open that ledger.
	Notebook string
	Lock     *ledger.Lock
	Machine  *ledger.Machine
}

// A Kernel answers Jupyter clients.
type Kernel struct {
	engine   Engine
	channels Channels
	codec    *wire.Codec
	session  *wire.Session
	options  Options
	log      *slog.Logger

	iopub   *iopub
	stdin   *stdin
	history History
	comms   *comms
	shells  *shells
	usage   usage
	records *records

	handlers map[string]handler

	running sync.Mutex // held while a cell runs: the engine runs one at a time
	count   int        // cells counted so far; under running

	stop context.CancelCauseFunc // ends Serve
}

// New makes a kernel that runs cells in e. Serve starts it.
func New(e Engine, ch Channels, codec *wire.Codec, o Options) *Kernel {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.History == nil {
		o.History = NewMemoryHistory()
	}
	k := &Kernel{
		engine: e, channels: ch, codec: codec, options: o, log: o.Log,
		session: wire.NewSession("kernel"),
		history: o.History, handlers: handlers(),
	}
	k.records = &records{kernel: k}
	k.iopub = newIOPub(ch.IOPub, codec, k.session)
	k.stdin = &stdin{socket: ch.Stdin, codec: codec, session: k.session, log: k.log}
	k.comms = newComms(k, o.Comms)
	k.shells = newShells(k)
	return k
}

// errShutdown ends Serve as a client asked for.
var errShutdown = errors.New("kernel: shut down")

// shutdownGrace is how long Serve waits for the running cell and for slow readers when it ends.
const shutdownGrace = 2 * time.Second

// Serve answers clients until one asks for shutdown (nil), ctx ends (its cause)
// or a socket fails. It closes the engine, the history and the sockets.
func (k *Kernel) Serve(ctx context.Context) error {
	ctx, k.stop = context.WithCancelCause(ctx)
	k.shells.start(ctx)
	var loops sync.WaitGroup
	for _, loop := range []func(context.Context) error{
		k.iopub.run, k.serveControl, k.serveShell, k.stdin.run,
	} {
		loops.Go(func() {
			if err := loop(ctx); err != nil && ctx.Err() == nil {
				k.stop(err)
			}
		})
	}
	k.iopub.status(nil, wire.Starting)
	<-ctx.Done()
	err := k.close(&loops)
	if cause := context.Cause(ctx); cause != errShutdown {
		return cause
	}
	return err
}

// close ends what Serve started. What does not end in time ends with the process.
func (k *Kernel) close(loops *sync.WaitGroup) error {
	err := k.engine.Close()
	k.stdin.interrupt()
	ended := make(chan struct{})
	go func() { loops.Wait(); k.shells.wait(); close(ended) }()
	select {
	case <-ended:
	case <-time.After(shutdownGrace):
		k.log.Warn("kernel: the running cell did not end")
	}
	return errors.Join(err, k.records.close(), k.history.Close(), k.channels.close())
}

// serveControl answers control requests one after the other, whatever the cells do.
func (k *Kernel) serveControl(ctx context.Context) error {
	return k.receive(ctx, k.channels.Control, func(m *wire.Message) {
		k.answer(ctx, &request{Message: m, socket: k.channels.Control, control: true, arrived: time.Now()})
	})
}

// serveShell puts shell requests in the queue of their subshell.
func (k *Kernel) serveShell(ctx context.Context) error {
	return k.receive(ctx, k.channels.Shell, func(m *wire.Message) {
		k.shells.put(ctx, &request{Message: m, socket: k.channels.Shell, arrived: time.Now()})
	})
}

// receive hands on every message that is well signed. Another is only logged:
// whoever sent it has not shown that it may ask for anything.
func (k *Kernel) receive(ctx context.Context, s Socket, then func(*wire.Message)) error {
	for {
		frames, err := s.Recv(ctx)
		if err != nil {
			return err
		}
		m, err := k.codec.Decode(frames)
		if err != nil {
			k.log.Warn("kernel: message refused", "error", err)
			continue
		}
		then(m)
	}
}

// A request is a message that is to be answered.
type request struct {
	*wire.Message
	socket   Socket // the reply goes back by the channel it came by
	control  bool
	shell    *shell // nil on control
	arrived  time.Time
	metadata map[string]any // of the reply
	then     func()         // what to do when all is said
}

// answer works one request off. Every reply and every idle is sent here, in
// this order: busy, what the handler shows, the reply, idle. The barrier makes
// sure that a client that has the reply can read all output without waiting.
func (k *Kernel) answer(ctx context.Context, r *request) {
	k.iopub.status(r, wire.Busy)
	reply := k.handle(ctx, r)
	if !r.control { // control must get through while a slow reader holds up the output
		k.iopub.barrier(ctx)
	}
	if reply != nil {
		k.reply(ctx, r, reply)
	}
	k.iopub.status(r, wire.Idle)
	if r.then != nil {
		r.then()
	}
}

// reply sends c to who asked. It waits for a client that leaves its replies
// unread until the socket gives that client up (zmtp.Options.Stall).
func (k *Kernel) reply(ctx context.Context, r *request, c wire.Content) {
	m := k.session.Reply(r.Message, c)
	m.Metadata = r.metadata
	frames, err := k.codec.Encode(m)
	if err != nil {
		k.log.Error("kernel: reply could not be written", "error", err)
		failed := wire.Fail(r.Type(), "InternalError", err.Error())
		frames, _ = k.codec.Encode(k.session.Reply(r.Message, failed))
	}
	if err := r.socket.Send(ctx, frames); err != nil && ctx.Err() == nil {
		k.log.Warn("kernel: reply was not taken", "type", m.Type(), "error", err)
	}
}

// handle finds the handler of r and runs it. A handler that panics costs its own request only.
func (k *Kernel) handle(ctx context.Context, r *request) (reply wire.Content) {
	defer func() {
		if p := recover(); p != nil {
			k.log.Error("kernel: handler panicked", "type", r.Type(), "panic", p, "stack", string(debug.Stack()))
			reply = wire.Fail(r.Type(), "InternalError", fmt.Sprint(p))
		}
	}()
	h, known := k.handlers[r.Type()]
	switch {
	case !known:
		return wire.Fail(r.Type(), "UnknownMessage", fmt.Sprintf("this kernel does not know %q; protocol %s is spoken", r.Type(), wire.Version))
	case r.control && h.shellOnly:
		return wire.Fail(r.Type(), "WrongChannel", fmt.Sprintf("%s belongs on the shell channel", r.Type()))
	}
	return h.run(k, ctx, r)
}
