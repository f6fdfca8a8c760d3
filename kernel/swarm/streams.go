package swarm

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

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
// Each time it has twice the time of the last: the link may be slow.
func persist(ctx context.Context, f func(context.Context) error) error {
	for patience := 5 * time.Second; ; patience *= 2 {
		err := f(within(ctx, patience))
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

// storage of the streams: memory with our own server, as it does not outlast the session; files on another.
func (c *cluster) storage() jetstream.StorageType {
	if c.server != nil {
		return jetstream.MemoryStorage
	}
	return jetstream.FileStorage
}
