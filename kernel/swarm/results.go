package swarm

import (
	"context"
	"errors"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// results delivers what workers publish of one program: every message at least once.
//
// An OrderedConsumer of the client's library would deliver each just once, but it lives on one server of a
// cluster. After the death of that one it wants another of one name for as long as it takes, which is for ever
// when the cluster has given that name to the dead server as well.
type results struct {
	js      jetstream.JetStream
	subject string
	name    string                    // of the consumer
	queue   jetstream.MessagesContext // nil: to be opened
	silent  int                       // signs of life that did not come, in a row
}

// resultPulse is between two signs of life of a consumer that has nothing to deliver.
const resultPulse = time.Second

// next waits for a message. One goroutine may do so at a time.
func (r *results) next(ctx context.Context) (jetstream.Msg, error) {
	for {
		m, err := r.try(ctx)
		switch {
		case err == nil:
			r.silent = 0
			return m, ignoreLost(m.Ack())
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case errors.Is(err, jetstream.ErrNoHeartbeat):
			if r.silent++; r.silent < 2 {
				continue // another server may speak for it by now
			}
		case !electing(err) && !errors.Is(err, jetstream.ErrConsumerDeleted):
			return nil, err
		}
		r.close()
		if err := pause(ctx, retryWait); err != nil {
			return nil, err
		}
	}
}

func (r *results) try(ctx context.Context) (jetstream.Msg, error) {
	if r.queue == nil {
		if err := r.open(within(ctx, 5*time.Second)); err != nil {
			return nil, err
		}
	}
	return r.queue.Next(jetstream.NextContext(ctx))
}

// open has everything delivered, from the first on. As many servers keep track of it as keep the messages.
func (r *results) open(ctx context.Context) error {
	consumer, err := r.js.CreateConsumer(ctx, resultStream, jetstream.ConsumerConfig{
		FilterSubject: r.subject, AckPolicy: jetstream.AckExplicitPolicy, AckWait: ackWait, MaxAckPending: 10_000,
		InactiveThreshold: time.Minute, MemoryStorage: true,
	})
	if err != nil {
		return err
	}
	r.name, r.silent = consumer.CachedInfo().Name, 0
	r.queue, err = consumer.Messages(jetstream.PullExpiry(10*resultPulse), jetstream.PullHeartbeat(resultPulse))
	return err
}

// close ends the delivery. The consumer ages out where it cannot be deleted.
func (r *results) close() {
	if r.queue == nil {
		return
	}
	r.queue.Stop()
	r.queue = nil
	_ = r.js.DeleteConsumer(within(context.Background(), time.Second), resultStream, r.name)
}
