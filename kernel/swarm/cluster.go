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

	"reprise/nnlib/experiment"
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

// storage of the streams: memory with our own server, as it does not outlast the session; files on another.
func (c *cluster) storage() jetstream.StorageType {
	if c.server != nil {
		return jetstream.MemoryStorage
	}
	return jetstream.FileStorage
}

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

// prepare makes the streams, or finds them. In a cluster of servers three keep them, so that one may die.
func (c *cluster) prepare(ctx context.Context) (say string, err error) {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	err = persist(ctx, func(ctx context.Context) error { _, err := c.js.AccountInfo(ctx); return err })
	if err == nil && c.server == nil && c.nc.ConnectedClusterName() != "" {
		err = persist(ctx, func(ctx context.Context) error { return c.streams(ctx, 3) })
		if !fewNodes(err) {
			return "", c.unprepared(ctx, err)
		}
		say = "\nthe queue is kept by one server of the cluster, as three are not there: without that one, the experiment stops"
		err = nil
	}
	if err == nil {
		err = persist(ctx, func(ctx context.Context) error { return c.streams(ctx, 1) })
	}
	return say, c.unprepared(ctx, err)
}

// unprepared says why there is no queue.
func (c *cluster) unprepared(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); err != nil && errors.Is(cause, nats.ErrPermissionViolation) {
		return cause
	}
	return explain(c.url, err)
}

// fewNodes reports whether a cluster has not enough servers for that many replicas.
func fewNodes(err error) bool {
	const noPeers, notClustered jetstream.ErrorCode = 10005, 10074
	var api *jetstream.APIError
	return errors.As(err, &api) && (api.ErrorCode == noPeers || api.ErrorCode == notClustered)
}

func (c *cluster) streams(ctx context.Context, replicas int) error {
	if _, err := c.js.CreateOrUpdateStream(ctx, jetstream.StreamConfig{
		Name: jobStream, Subjects: []string{subjectJob + ".>"}, Retention: jetstream.WorkQueuePolicy,
		Storage: c.storage(), Replicas: replicas, MaxAge: 7 * 24 * time.Hour,
	}); err != nil {
		return fmt.Errorf("the queue: %w", err)
	}
	if _, err := c.js.CreateOrUpdateConsumer(ctx, jobStream, jetstream.ConsumerConfig{
		Durable: workersName, AckPolicy: jetstream.AckExplicitPolicy, AckWait: ackWait, MaxDeliver: -1, MaxAckPending: 10_000,
	}); err != nil {
		return fmt.Errorf("the queue: %w", err)
	}
	if _, err := c.js.CreateOrUpdateStream(ctx, jetstream.StreamConfig{
		Name: resultStream, Subjects: []string{subjectResult + ".>"},
		Storage: c.storage(), Replicas: replicas, MaxAge: 7 * 24 * time.Hour, MaxBytes: 1 << 30, Discard: jetstream.DiscardOld,
	}); err != nil {
		return fmt.Errorf("the results: %w", err)
	}
	var err error
	if c.store, err = c.js.CreateOrUpdateObjectStore(ctx, jetstream.ObjectStoreConfig{
		Bucket: bigBucket, Storage: c.storage(), Replicas: replicas, TTL: 7 * 24 * time.Hour,
	}); err != nil {
		return fmt.Errorf("the store of programs: %w", err)
	}
	return nil
}

// persist calls f again while the servers of a cluster have none to speak for them, as after one has died.
func persist(ctx context.Context, f func(context.Context) error) error {
	for {
		err := f(within(ctx, 5*time.Second))
		if err == nil || !electing(err) || pause(ctx, retryWait) != nil {
			return err
		}
	}
}

// electing reports whether an error passes when a cluster has chosen who speaks for it.
func electing(err error) bool {
	if errors.Is(err, jetstream.ErrJetStreamNotEnabled) || errors.Is(err, jetstream.ErrJetStreamNotEnabledForAccount) {
		return false
	}
	var api *jetstream.APIError
	if errors.As(err, &api) {
		return api.Code == 503
	}
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, nats.ErrTimeout) || errors.Is(err, nats.ErrNoResponders) ||
		errors.Is(err, jetstream.ErrNoStreamResponse) || errors.Is(err, jetstream.ErrAsyncPublishTimeout) || errors.Is(err, nats.ErrDisconnected)
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
		w := &Worker{Name: fmt.Sprintf("worker %d of the session", i+1), Lock: c.config.Lock(), Start: c.config.Start, nc: c.nc, js: c.js}
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

// ackWait is how long a block may go without a sign of life before somebody else gets it.
const ackWait = 3 * time.Second

// A clusterShift is an experiment on the server.
type clusterShift struct {
	*cluster
	hash   string
	ctx    context.Context
	stop   context.CancelFunc
	out    chan news
	eater  jetstream.MessagesContext
	before []news // what an earlier session's workers have published
	ended  sync.Once
	reader sync.WaitGroup
}

var _ shift = (*clusterShift)(nil)

func (c *cluster) open(ctx context.Context, p *Program) (shift, error) {
	p.audit = c.options.audit
	s := &clusterShift{cluster: c, hash: p.Hash(), out: make(chan news, 64)}
	s.ctx, s.stop = context.WithCancel(ctx)
	quick, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	// What an earlier session has left in the queue is asked for again as far as it is needed.
	if err := persist(quick, s.purgeJobs); err != nil {
		return nil, err
	}
	data := jsonOf(p)
	if err := persist(quick, func(ctx context.Context) error { _, err := c.store.PutBytes(ctx, s.hash, data); return err }); err != nil {
		return nil, fmt.Errorf("experiment: storing %d bytes of cells: %w", len(data), err)
	}
	if err := persist(quick, s.consume); err != nil {
		return nil, fmt.Errorf("experiment: the results: %w", err)
	}
	if err := s.recall(quick); err != nil {
		s.eater.Stop()
		return nil, fmt.Errorf("experiment: the results of an earlier session: %w", err)
	}
	s.reader.Go(s.read)
	s.reader.Go(s.pass)
	return s, nil
}

// consume starts the delivery of all results that there are and will be.
func (s *clusterShift) consume(ctx context.Context) error {
	results, err := s.js.OrderedConsumer(ctx, resultStream, jetstream.OrderedConsumerConfig{FilterSubjects: []string{subjectResult + "." + s.hash}})
	if err == nil {
		s.eater, err = results.Messages()
	}
	return err
}

// recall reads what was published before this session asked. What went wrong then is no news.
func (s *clusterShift) recall(ctx context.Context) error {
	subject := subjectResult + "." + s.hash
	var n uint64
	if err := persist(ctx, func(ctx context.Context) error {
		stream, err := s.js.Stream(ctx, resultStream)
		if err != nil {
			return err
		}
		info, err := stream.Info(ctx, jetstream.WithSubjectFilter(subject))
		if err == nil {
			n = info.State.Subjects[subject]
		}
		return err
	}); err != nil {
		return err
	}
	for range n {
		m, err := s.eater.Next(jetstream.NextContext(ctx))
		if err != nil {
			return err
		}
		r, err := readResult(ctx, s.store, m.Data())
		if errors.Is(err, jetstream.ErrObjectNotFound) {
			continue // it was too old: it is played again
		}
		if err != nil {
			return err
		}
		s.mu.Lock()
		s.known[r.By] = true
		s.mu.Unlock()
		r.Refused, r.Failed = false, nil
		s.before = append(s.before, newsOf(r)...)
	}
	return nil
}

func (s *clusterShift) earlier() []news { return s.before }

func (s *clusterShift) purgeJobs(ctx context.Context) error {
	jobs, err := s.js.Stream(ctx, jobStream)
	if err == nil {
		err = jobs.Purge(ctx, jetstream.WithPurgeSubject(subjectJob+"."+s.hash))
	}
	if err != nil {
		return fmt.Errorf("experiment: the queue: %w", err)
	}
	return nil
}

// read turns messages into news.
func (s *clusterShift) read() {
	for {
		m, err := s.eater.Next()
		if err != nil {
			if s.ctx.Err() == nil && !errors.Is(err, jetstream.ErrMsgIteratorClosed) {
				s.tell(news{err: fmt.Errorf("experiment: the results: %w", err)})
			}
			return
		}
		r, err := readResult(s.ctx, s.store, m.Data())
		if err != nil {
			s.tell(news{err: fmt.Errorf("experiment: %w", err)})
			return
		}
		for _, n := range newsOf(r) {
			s.tell(n)
		}
	}
}

// pass hands on what did not come as a result.
func (s *clusterShift) pass() {
	for {
		select {
		case n := <-s.notes:
			s.tell(n)
		case <-s.ctx.Done():
			return
		}
	}
}

func newsOf(r resultMessage) (all []news) {
	if r.Proof != nil {
		all = append(all, news{by: r.By, proof: r.Proof})
	}
	for _, p := range r.Played {
		all = append(all, news{by: r.By, played: &p})
	}
	switch err := errors.New(r.Err); {
	case r.Refused:
		all = append(all, news{by: r.By, refused: true, err: err})
	case r.Failed != nil:
		all = append(all, news{by: r.By, failed: r.Failed, err: err})
	}
	return all
}

func (s *clusterShift) tell(n news) {
	select {
	case s.out <- n:
	case <-s.ctx.Done():
	}
}

func (s *clusterShift) news() <-chan news { return s.out }

// give publishes jobs. An error is told as news: the spread waits there.
func (s *clusterShift) give(tasks []experiment.Task, block int) {
	for chunk := range slices.Chunk(tasks, block) {
		s.ask(jobMessage{Program: s.hash, Tasks: chunk})
	}
}

func (s *clusterShift) ask(j jobMessage) {
	s.publish(nats.NewMsg(subjectJob+"."+s.hash), jsonOf(j))
}

func (c *cluster) publish(m *nats.Msg, data []byte) {
	m.Data = data
	if _, err := c.js.PublishMsgAsync(m); err != nil {
		c.note(news{err: fmt.Errorf("experiment: the queue: %w", err)})
	}
}

// triesHeader counts how often a block was sent to the queue.
const triesHeader = "Reprise-Tries"

// askAgain sends a block again that the queue did not take. If it took it after all, it is played twice: no harm.
func (c *cluster) askAgain(m *nats.Msg, err error) {
	const most = 20
	tries := len(m.Header.Values(triesHeader))
	if tries >= most || !electing(err) || c.nc.IsClosed() {
		c.note(news{err: fmt.Errorf("experiment: the queue did not take a block of runs: %w", err)})
		return
	}
	next := nats.NewMsg(m.Subject)
	next.Header[triesHeader] = append(slices.Clone(m.Header[triesHeader]), "1")
	time.AfterFunc(retryWait, func() { c.publish(next, m.Data) })
}

func (s *clusterShift) audit(t experiment.Task, not string) {
	s.ask(jobMessage{Program: s.hash, Tasks: []experiment.Task{t}, Not: not})
}

func (s *clusterShift) dismiss(worker, why string) {
	s.mu.Lock()
	s.dismissed[worker] = why
	s.mu.Unlock()
	_ = s.nc.Publish(subjectDismiss+"."+subjectToken(worker), []byte(why)) // its results do not count in any case
}

// end leaves the experiment: nobody needs to play what is still in the queue.
func (s *clusterShift) end(bool) {
	s.ended.Do(func() {
		s.stop()
		s.eater.Stop()
		s.reader.Wait()
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_ = s.purgeJobs(ctx) // else it ages out
	})
}
