package swarm

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"reprise/nnlib/experiment"
)

// Names on a NATS server. Streams and buckets are made by the session; workers need them to be there.
const (
	jobStream    = "REPRISE_JOBS"
	resultStream = "REPRISE_RESULTS"
	bigBucket    = "REPRISE_PROGRAMS" // programs, and what is too big for a message
	workersName  = "workers"          // the consumer that all workers share

	subjectHello   = "reprise.hello"   // request: hello
	subjectOpen    = "reprise.open"    // a session is there
	subjectDismiss = "reprise.dismiss" // .worker: the reason
	subjectJob     = "reprise.job"     // .program
	subjectResult  = "reprise.result"  // .program
)

// hello is what a worker says of itself, and hears back.
type hello struct {
	Worker string `json:"worker"`
	Lock   string `json:"lock"`
}

type welcome struct {
	Refused string `json:"refused,omitempty"` // why
}

// A jobMessage asks for a block of runs.
type jobMessage struct {
	Program string            `json:"program"` // hash
	Tasks   []experiment.Task `json:"tasks"`
	Not     string            `json:"not,omitempty"` // this worker must not: it is an audit of what it did
}

// A resultMessage is what a worker has to tell of a program.
type resultMessage struct {
	By      string             `json:"by"`
	Proof   *experiment.Result `json:"proof,omitempty"`
	Played  []Played           `json:"played,omitempty"`
	Failed  *experiment.Task   `json:"failed,omitempty"`
	Refused bool               `json:"refused,omitempty"`
	Err     string             `json:"err,omitempty"` // of Failed or Refused
	Big     string             `json:"big,omitempty"` // all of it is the object of that name
}

// limit is how big a message may be: a little less than the server's usual payload of 1 MiB.
const limit = 1<<20 - 1<<14

// publish sends a result, through the object store when it is big.
func publish(ctx context.Context, js jetstream.JetStream, store jetstream.ObjectStore, program string, m resultMessage) error {
	data := jsonOf(m)
	if len(data) > limit {
		name := "result-" + digest(json.RawMessage(data))
		if _, err := store.PutBytes(ctx, name, data); err != nil {
			return fmt.Errorf("storing a result of %d bytes: %w", len(data), err)
		}
		data = jsonOf(resultMessage{By: m.By, Big: name})
	}
	_, err := js.Publish(ctx, subjectResult+"."+program, data)
	return err
}

// readResult reads what publish wrote.
func readResult(ctx context.Context, store jetstream.ObjectStore, data []byte) (m resultMessage, err error) {
	if err := json.Unmarshal(data, &m); err != nil {
		return m, fmt.Errorf("a result cannot be read: %w", err)
	}
	if m.Big == "" {
		return m, nil
	}
	if data, err = getObject(ctx, store, m.Big); err != nil {
		return m, fmt.Errorf("a result of %s: %w", m.By, err)
	}
	m = resultMessage{}
	return m, json.Unmarshal(data, &m)
}

// fetchProgram gets a program by its hash, and checks that it is the one.
func fetchProgram(ctx context.Context, store jetstream.ObjectStore, hash string) (*Program, error) {
	data, err := getObject(ctx, store, hash)
	if err != nil {
		return nil, fmt.Errorf("the cells %s: %w", hash[:12], err)
	}
	var p Program
	if err := json.Unmarshal(data, &p); err != nil {
		return nil, fmt.Errorf("the cells %s: %w", hash[:12], err)
	}
	if p.Hash() != hash {
		return nil, errors.New("the cells " + hash[:12] + " are not what their name says")
	}
	return &p, nil
}

// lag is how much later another server of a cluster may have what one has.
const lag = 2 * time.Second

// getObject reads an object, for as long as it takes the servers to have it.
func getObject(ctx context.Context, store jetstream.ObjectStore, name string) (data []byte, err error) {
	late := within(ctx, lag)
	err = persist(ctx, func(ctx context.Context) error {
		for {
			data, err = store.GetBytes(ctx, name)
			if !errors.Is(err, jetstream.ErrObjectNotFound) || pause(late, lag/20) != nil {
				return err
			}
		}
	})
	return data, err
}
