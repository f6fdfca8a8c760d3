package swarm

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"reprise/nnlib/experiment"
)

// ackWait is how long a block may go without a sign of life before somebody else gets it.
const ackWait = 3 * time.Second

// A clusterShift is an experiment on the server.
type clusterShift struct {
	*cluster
	hash   string
	ctx    context.Context
	stop   context.CancelFunc
	out    chan news
	eater  results
	before []news // what an earlier session's workers have published
	ended  sync.Once
	reader sync.WaitGroup
}

var _ shift = (*clusterShift)(nil)

func (c *cluster) open(ctx context.Context, p *Program) (shift, error) {
	p.audit = c.options.audit
	s := &clusterShift{cluster: c, hash: p.Hash(), out: make(chan news, 64)}
	s.eater = results{js: c.js, subject: subjectResult + "." + s.hash}
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
	if err := s.recall(quick); err != nil {
		s.eater.close()
		return nil, fmt.Errorf("experiment: the results of an earlier session: %w", err)
	}
	s.reader.Go(s.read)
	s.reader.Go(s.pass)
	return s, nil
}

// recall reads what was published before this session asked. What went wrong then is no news.
func (s *clusterShift) recall(ctx context.Context) error {
	n, err := s.published(ctx)
	if err != nil {
		return err
	}
	for heard := map[uint64]bool{}; len(heard) < n; {
		m, err := s.eater.next(ctx)
		if err != nil {
			return err
		}
		at, err := m.Metadata()
		if err != nil {
			return err
		}
		if heard[at.Sequence.Stream] {
			continue // it came twice
		}
		heard[at.Sequence.Stream] = true
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

// published counts the results that are there.
func (s *clusterShift) published(ctx context.Context) (n int, err error) {
	err = persist(ctx, func(ctx context.Context) error {
		stream, err := s.js.Stream(ctx, resultStream)
		if err != nil {
			return err
		}
		info, err := stream.Info(ctx, jetstream.WithSubjectFilter(s.eater.subject))
		if err == nil {
			n = int(info.State.Subjects[s.eater.subject])
		}
		return err
	})
	return n, err
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
		m, err := s.eater.next(s.ctx)
		if err != nil {
			if s.ctx.Err() == nil {
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
		s.reader.Wait()
		s.eater.close()
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_ = s.purgeJobs(ctx) // else it ages out
	})
}
