package swarm

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// A cluster is a crew that meets at a NATS server: the session's own, or one that is there.
type cluster struct {
	config  Config
	options workersOptions
	url     string
	server  *server.Server // nil when it is somebody else's
	folder  string         // of the server
	nc      *nats.Conn
	js      jetstream.JetStream
	store   jetstream.ObjectStore

	cancel context.CancelFunc      // of the workers beside
	deny   context.CancelCauseFunc // of what is being prepared: the server forbids something
	beside sync.WaitGroup

	mu        sync.Mutex
	known     map[string]bool   // workers that have said hello and were let in
	dismissed map[string]string // and why
	notes     chan news         // of workers that were turned away, and of the queue
}

var _ crew = (*cluster)(nil)

// newCluster listens, or connects, and returns what to tell the person.
func newCluster(ctx context.Context, config Config, o workersOptions, where string) (*cluster, string, error) {
	c := &cluster{config: config, options: o, url: where, known: map[string]bool{}, dismissed: map[string]string{}, notes: make(chan news, 16)}
	ctx, c.deny = context.WithCancelCause(ctx)
	defer c.deny(nil)
	say, err := c.connect(where)
	if err == nil {
		var more string
		more, err = c.prepare(ctx)
		say += more
	}
	if err == nil {
		err = c.receive()
	}
	if err == nil {
		err = c.employ()
	}
	if err != nil {
		c.close()
		return nil, "", err
	}
	return c, say, nil
}

func (c *cluster) connect(where string) (say string, err error) {
	access, url := c.options.Access, where
	if where == "listen" {
		if c.options.Token == "" {
			c.options.Token = secret()
		}
		if c.server, c.folder, err = listen(c.options); err != nil {
			return "", err
		}
		access, url = Access{Token: c.options.Token}, "" // no socket, and no TLS, lies between
		join, err := joinURL(c.server, c.options.Cert != "", c.options.Token)
		if err != nil {
			return "", err
		}
		say = "others join with: reprise worker --join " + join
		if c.options.Cert != "" {
			say += " --ca FILE"
		}
	} else if err := checkURL(where); err != nil {
		return "", err
	} else {
		say = "others join with: reprise worker --join " + shownURL(where) + " and credentials of their own; experiments wait for the first"
	}
	no, err := access.options("reprise session")
	if err != nil {
		return "", err
	}
	no = append(no, denied(func(err error) {
		err = explain(url, err)
		c.deny(err)
		c.note(news{err: fmt.Errorf("experiment: %w", err)})
	}))
	if c.server != nil {
		no = append(no, nats.InProcessServer(c.server))
	}
	if c.nc, err = nats.Connect(url, no...); err != nil {
		return "", explain(url, err)
	}
	c.js, err = jetstream.New(c.nc, jetstream.WithPublishAsyncTimeout(5*time.Second),
		jetstream.WithPublishAsyncErrHandler(func(_ jetstream.JetStream, m *nats.Msg, err error) { c.askAgain(m, err) }))
	return say, err
}

// receive answers workers that say hello, and tells those who wait that a session is there.
func (c *cluster) receive() error {
	_, err := c.nc.Subscribe(subjectHello, func(m *nats.Msg) {
		var h hello
		if err := json.Unmarshal(m.Data, &h); err != nil {
			return
		}
		_ = m.Respond(jsonOf(c.admit(h))) // who has gone needs no answer
	})
	if err != nil {
		return err
	}
	if err := c.nc.Publish(subjectOpen, nil); err != nil {
		return err
	}
	if err := c.nc.FlushTimeout(10 * time.Second); err != nil {
		return explain(c.url, err)
	}
	if err := c.nc.LastError(); errors.Is(err, nats.ErrPermissionViolation) {
		return explain(c.url, err)
	}
	return nil
}

// admit lets a worker in that computes what this program computes.
func (c *cluster) admit(h hello) welcome {
	c.mu.Lock()
	defer c.mu.Unlock()
	if why := c.dismissed[h.Worker]; why != "" {
		return welcome{Refused: why}
	}
	if lock := c.config.Lock(); h.Lock != lock {
		err := fmt.Errorf("it is another program: %s; the session's is %s; install the same version of reprise", h.Lock, lock)
		c.note(news{by: h.Worker, refused: true, err: err})
		return welcome{Refused: err.Error()}
	}
	c.known[h.Worker] = true
	return welcome{}
}

// note keeps what the cell that plays, or the next one, is to hear.
func (c *cluster) note(n news) {
	select {
	case c.notes <- n:
	default: // nobody listens: that many notes say enough
	}
}

// employ starts the workers on this machine.
func (c *cluster) employ() error {
	ctx, cancel := context.WithCancel(context.Background())
	c.cancel = cancel
	n := c.options.local
	if n < 0 {
		n = 0
		if c.server != nil {
			n = 1 // a session that only listens would wait for the first to come
		}
	}
	for i := range n {
		w := &Worker{Name: fmt.Sprintf("worker %d of the session", i+1), Lock: c.config.Lock(), Start: c.config.Start, nc: c.nc, js: c.js, open: make(chan struct{}, 1)}
		c.beside.Go(func() { _ = w.serve(ctx) }) // it ends with the session
	}
	return nil
}

func (c *cluster) trusted() bool { return false }

func (c *cluster) close() {
	if c.cancel != nil {
		c.cancel()
	}
	c.beside.Wait()
	if c.nc != nil {
		c.nc.Close()
	}
	if c.server != nil {
		c.server.Shutdown()
		c.server.WaitForShutdown()
		removeAll(c.folder)
	}
}

// String tells who is there.
func (c *cluster) String() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var names []string
	for name := range c.known {
		names = append(names, name)
	}
	slices.Sort(names)
	return fmt.Sprintf("experiments are played by whoever joins at %s: %d so far %v", shownURL(c.nc.ConnectedUrl()), len(names), names)
}

// others reports whether another worker than that has come.
func (c *cluster) others(than string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for name := range c.known {
		if name != than && c.dismissed[name] == "" {
			return true
		}
	}
	return false
}
