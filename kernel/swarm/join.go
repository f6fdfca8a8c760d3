package swarm

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"reprise/nnlib/experiment"
)

// A Worker plays runs for the sessions of a NATS server.
type Worker struct {
	Name  string // unique among the workers
	Lock  string // what results depend on besides the cells
	Start Starter
	// Idle ends the worker when it had nothing to do for so long; 0: never.
	Idle time.Duration
	// Log is told what happens, a line at a time; nil: nobody.
	Log func(line string)

	nc     *nats.Conn
	js     jetstream.JetStream
	store  jetstream.ObjectStore
	player *player
	hash   string                   // of the program that the player stands in
	proof  *experiment.Result       // of that program
	open   chan struct{}            // another session is there
	cannot map[string]error         // programs that cannot be evaluated here
	alter  func(*experiment.Result) // tests make a worker wrong
}

// ErrRefused is how a worker ends that the session does not want.
var ErrRefused = errors.New("refused")

// errIdle ends a worker that has waited long enough.
var errIdle = errors.New("idle")

// Join connects to a NATS server and plays runs until ctx ends, there was nothing to do for
// Idle, or the session refuses the worker (ErrRefused). It waits for a server that is not there yet.
func (w *Worker) Join(ctx context.Context, url string, a Access) error {
	if err := checkURL(url); err != nil {
		return err
	}
	o, err := a.options("reprise worker " + w.Name)
	if err != nil {
		return err
	}
	o = append(o, nats.DisconnectErrHandler(func(_ *nats.Conn, err error) { w.log("the connection is lost (%v); trying again", err) }),
		nats.ReconnectHandler(func(*nats.Conn) { w.log("connected again"); w.another() }))
	w.open = make(chan struct{}, 1)
	ctx, deny := context.WithCancelCause(ctx)
	defer deny(nil)
	o = append(o, denied(func(err error) { deny(explain(url, err)) }))
	if w.nc, err = w.dial(ctx, url, o); err != nil {
		return ended(ctx, err)
	}
	defer w.nc.Close()
	w.log("connected to %s as %s", shownURL(url), w.Name)
	if w.js, err = jetstream.New(w.nc); err != nil {
		return err
	}
	if err := w.queueless(ctx); err != nil {
		return ended(ctx, explain(url, err))
	}
	return ended(ctx, w.serve(ctx))
}

// queueless is why no session can ever come to the server.
func (w *Worker) queueless(ctx context.Context) error {
	_, err := w.js.AccountInfo(within(ctx, 5*time.Second))
	if errors.Is(err, jetstream.ErrJetStreamNotEnabled) || errors.Is(err, jetstream.ErrJetStreamNotEnabledForAccount) {
		return err
	}
	return nil // what else is wrong may pass
}

// ended is nil when a worker ends that has nothing more to do.
func ended(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); errors.Is(cause, nats.ErrPermissionViolation) {
		return cause
	}
	if errors.Is(err, errIdle) || ctx.Err() != nil {
		return nil
	}
	return err
}

// retryWait is between two tries of what nobody announces.
const retryWait = 500 * time.Millisecond

// dial connects, and waits for a server that does not listen yet.
func (w *Worker) dial(ctx context.Context, url string, o []nats.Option) (*nats.Conn, error) {
	told := false
	for began := time.Now(); ; {
		nc, err := nats.Connect(url, o...)
		if err == nil || !absent(err) {
			return nc, explain(url, err)
		}
		if w.Idle > 0 && time.Since(began) > w.Idle {
			return nil, errIdle
		}
		if !told {
			w.log("waiting for %s (%v)", shownURL(url), err)
			told = true
		}
		if err := pause(ctx, retryWait); err != nil {
			return nil, err
		}
	}
}

func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// another notes that there may be another session than the one that was met.
func (w *Worker) another() {
	select {
	case w.open <- struct{}{}:
	default: // it is known
	}
}

// serve plays until something ends it.
func (w *Worker) serve(ctx context.Context) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	sub, err := w.nc.Subscribe(subjectDismiss+"."+subjectToken(w.Name), func(m *nats.Msg) {
		stop(fmt.Errorf("%w: the session has dismissed %s: %s", ErrRefused, w.Name, m.Data))
	})
	if err != nil {
		return err
	}
	defer sub.Unsubscribe()
	opened, err := w.nc.Subscribe(subjectOpen, func(*nats.Msg) { w.another() })
	if err != nil {
		return err
	}
	defer opened.Unsubscribe()
	w.player, w.cannot = newPlayer(ctx, w.Start, 0), map[string]error{}
	defer func() {
		w.player.lock.Lock()
		defer w.player.lock.Unlock()
		w.player.discard()
	}()
	err = w.work(ctx)
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return err
}

// work meets sessions, one after another, and plays for them.
func (w *Worker) work(ctx context.Context) error {
	for {
		if err := w.meet(ctx); err != nil {
			return err
		}
		w.log("ready")
		if err := w.play(ctx); err != nil {
			return err
		}
	}
}

// meet waits for a session and says hello.
func (w *Worker) meet(ctx context.Context) error {
	told := false
	for waited := time.Now(); ; {
		m, err := w.nc.RequestWithContext(within(ctx, 2*time.Second), subjectHello, jsonOf(hello{w.Name, w.Lock}))
		if err == nil {
			var welcome welcome
			if err := json.Unmarshal(m.Data, &welcome); err != nil {
				return err
			}
			if welcome.Refused != "" {
				return fmt.Errorf("%w: %s", ErrRefused, welcome.Refused)
			}
			return nil
		}
		if w.nc.IsClosed() {
			return errors.New("the server has closed the connection")
		}
		if w.Idle > 0 && time.Since(waited) > w.Idle {
			return errIdle
		}
		if !told {
			w.log("waiting for a session")
			told = true
		}
		select {
		case <-w.open:
		case <-time.After(retryWait):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// within is ctx for a while.
func within(ctx context.Context, d time.Duration) context.Context {
	ctx, cancel := context.WithTimeout(ctx, d)
	context.AfterFunc(ctx, cancel)
	return ctx
}

// play takes blocks from the queue until it is gone, or another session has come.
func (w *Worker) play(ctx context.Context) error {
	queue, err := w.js.Consumer(within(ctx, 5*time.Second), jobStream, workersName)
	if err == nil {
		w.store, err = w.js.ObjectStore(within(ctx, 5*time.Second), bigBucket)
	}
	if err != nil {
		return w.lost(ctx, err)
	}
	idle := time.Now()
	for {
		select {
		case <-w.open:
			return nil
		default:
		}
		m, err := queue.Next(jetstream.FetchMaxWait(2*time.Second), jetstream.FetchHeartbeat(500*time.Millisecond))
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err == nil:
			if err := w.job(ctx, m); err != nil {
				return err
			}
			idle = time.Now()
		case errors.Is(err, nats.ErrTimeout) || errors.Is(err, jetstream.ErrNoMessages):
			if w.Idle > 0 && time.Since(idle) > w.Idle {
				return errIdle
			}
		default:
			return w.lost(ctx, err)
		}
	}
}

// lost is a queue that went away with its session: another may come.
func (w *Worker) lost(ctx context.Context, err error) error {
	if w.nc.IsClosed() {
		return fmt.Errorf("the queue: %w", err)
	}
	w.log("the queue is gone (%v)", err)
	return pause(ctx, retryWait)
}

func (w *Worker) log(format string, args ...any) {
	if w.Log != nil {
		w.Log(fmt.Sprintf(format, args...))
	}
}

// subjectToken makes a name fit for a subject.
func subjectToken(name string) string {
	return strings.Map(func(r rune) rune {
		if r <= ' ' || strings.ContainsRune(".*>", r) || r > '~' {
			return '_'
		}
		return r
	}, name)
}
